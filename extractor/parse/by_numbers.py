"""Lines that say who answers for which question: «1. Иванова И.И.», «2-3. …», «4 вопрос – рук. РМО»."""

from __future__ import annotations

import re

from extractor.model.outline import Line
from extractor.model.passage import Passage

_RANGE = re.compile(r"(\d{1,2})\s*(?:-|–|,|и)\s*(\d{1,2})\s*[.)]\s*(?=[А-ЯЁ])")
_QUESTION = re.compile(
    r"(?:по\s+)?(\d{1,2})(?:\s*(?:-|–|,|и)\s*(\d{1,2}))?(?:\s?-?(?:м?у|ый|о?й))?\s+вопрос\w*\s*[:.–—-]*\s*",
    re.IGNORECASE,
)


def question_numbers(line: Line) -> list[str]:
    """The numbers of the questions that a line of speakers answers; [] where it says none."""
    both = _head(line)
    if both is not None:
        last = int(both[2] or both[1])
        return [str(n) for n in range(int(both[1]), last + 1)] if last <= 30 else []
    return [line.mark.number] if line.mark and line.mark.number else []


def behind_number(line: Line) -> Passage:
    """The people of such a line."""
    both = _head(line)
    return line.whole.cut(both.end()) if both else line.body


def number_of(line: Line) -> Passage:
    """The words of such a line that only say which question is meant."""
    both = _head(line)
    return line.whole.cut(0, both.end()) if both else line.mark.at if line.mark else line.whole.cut(0, 0)


def _head(line: Line) -> re.Match[str] | None:
    both = _RANGE.match(line.whole.text)
    if both and int(both[1]) < int(both[2]) <= 30:
        return both
    return _QUESTION.match(line.whole.text)
