"""Misspelt heading words: unknown to the dictionary, one letter away from a word of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.values.inflection import is_known
from extractor.vocabulary import Vocabulary
from extractor.vocabulary.folding import fold
from extractor.vocabulary.matching import one_typo

_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)?", re.IGNORECASE)
_SHORTEST = 6


class Spelling:
    """Looks for misspelt words of headings; made once from the vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        known: set[str] = set()
        plan = words.plan
        for heading in plan.headings.values():
            known |= _words(heading.labels)
        for column in plan.columns.values():
            known |= _words(column.examples)
        for labels in (*plan.meetings.values(), *plan.titles.values()):
            known |= _words((*labels.labels, *labels.words, *labels.examples))
        known |= _words(plan.association.examples.lines) | {
            "объединение",
            "объединения",
            "методического",
            "методическое",
            "мероприятия",
            "мероприятие",
            "ответственный",
            "ответственные",
        }
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(known):
            self._by_length.setdefault(len(word), []).append(word)
        self._known = known

    def misspelt(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, as it should be spelt) for each misspelt word of a heading."""
        folded = fold(text)
        for match in _WORD.finditer(folded):
            word = match[0].replace("-", "")
            if len(word) < _SHORTEST or word in self._known or match[0] in self._known:
                continue
            meant = self._meant(word)
            if meant is not None and not is_known(match[0]) and not is_known(word):
                yield match.start(), match.end(), meant

    def _meant(self, word: str) -> str | None:
        for size in (len(word), len(word) - 1, len(word) + 1):
            for known in self._by_length.get(size, ()):
                if known[0] == word[0] and one_typo(word, known):
                    return known
        return None


def _words(phrases: object) -> set[str]:
    found: set[str] = set()
    for phrase in phrases:  # type: ignore[attr-defined]
        found |= {w for w in _WORD.findall(fold(phrase)) if len(w) >= _SHORTEST}
    return found
