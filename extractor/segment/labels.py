"""Where a label ends: «Цель деятельности ММО: …», «ТЕМА «…»», «Задачи» alone on a line."""

from __future__ import annotations

import re

from extractor.model.outline import Line
from extractor.model.passage import Passage
from extractor.values.marks import read_mark

LISTS = ("tasks", "directions", "results", "members", "section")
TEXTS = ("themes", "goals", "head")
_AFTER_LABEL = re.compile(r"\s*([:.–—-]\s*)+|\s*(?=[«\"“„])|\s*$")
_QUOTE = re.compile(r"\s*[«\"“„]")
_TAIL_DASH = re.compile(
    r"(?:\s+(?:работы|деятельности))?(?:\s+(?:[А-ЯЁ]{2,5}|кластера|объединения|сообщества|комиссии|кафедры|секции))?(?:\s+(?:на|в)\s+\d{4}[\d\s/–-]{0,8}(?:уч\w*\.?\s*|учебн\w+\s+|календарн\w+\s+)?(?:год\w*|г\.)?)?"
    r"(?:\s+[–—-]\s+|\.\s+(?=[А-ЯЁ]))"
)
_TAIL = re.compile(r"(?:[^.!?;«\"]|(?<=\bуч)\.|(?<=\bг)\.){0,110}?:")


_YEAR_LAST = re.compile(r"(?<=\d)\s*(?:уч\.?\s?)?г{1,2}\.$")  # «Задачи на 2024-2025 уч.г.»: the stop ends no sentence


def label_end(text: str, end: int) -> int | None:
    """Where the label ends whose words end at `end`: behind its colon or dash, with a short tail
    («Цель деятельности ММО:»); the whole of a short line without a colon; None for a sentence."""
    after = _AFTER_LABEL.match(text, end) if not _inside_word(text, end) else None
    if after and (after.end() > end or after.end() == len(text) or _QUOTE.match(text, end)):
        return after.end()
    dashed = _TAIL_DASH.match(text, end)
    if dashed:
        return dashed.end()
    tail = _TAIL.match(text, end)
    if tail:
        return tail.end()
    words = text[end:].split()
    if len(words) <= 7 and len(text) <= 90 and not _YEAR_LAST.sub("", text.rstrip()).endswith((".", ";", ",")):
        return len(text)
    return None


def _inside_word(text: str, end: int) -> bool:
    """«Сведения об учителях-логопедах»: the hyphen belongs to the word."""
    return re.match(r"-[а-яё]", text[end:]) is not None and re.search(r"(?:учител|педагог|инструктор)\w*$", text[:end].lower()) is not None


def rest_line(line: Line, rest: Passage) -> Line | None:
    if not rest:
        return None
    mark, body = read_mark(rest)
    if mark and mark.kind == "bullet" and rest.text[0] in "–—-":
        return Line(body, body, line.block, None, False)
    return Line(rest, body, line.block, mark, False)
