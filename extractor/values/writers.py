"""Names that are a topic, not a speaker: known writers, and whoever stands beside the word for a work."""

from __future__ import annotations

import re

from extractor.values.names import Name
from extractor.vocabulary.folding import fold
from extractor.vocabulary.people_words import PeopleWords

_NEAR = 60


class Writers:
    """Knows writers and the words for works; made once from the words."""

    def __init__(self, words: PeopleWords) -> None:
        self.stems = tuple(fold(stem) for stem in words.works.stems)
        self._titles = tuple(fold(stem) for stem in words.works.titles)
        self._known = frozenset(_initialled(writer) for writer in words.writers.words)

    def is_one(self, name: Name) -> bool:
        """«А.С. Пушкин», «Пушкина А.С.»."""
        surname = fold(name.surname or "")
        first = f"{(name.given or ' ')[0]}{(name.patronymic or ' ')[0]}".lower()
        return any(initials == first and surname.startswith(stem) for stem, initials in self._known)

    def works_near(self, before: str) -> bool:
        """Whether a word for a work stands in the letters before a name."""
        return any(word.startswith(self.stems) for word in re.findall(r"\w+", fold(before)))

    def titles_work(self, before: str) -> bool:
        """Whether the letters before a name name a work itself («роман», «сказы»)."""
        words = re.findall(r"\w+", fold(before[-_NEAR:]))
        return any(word.startswith(self._titles) for word in words)


def _initialled(writer: str) -> tuple[str, str]:
    """(stem of the surname, initials): «Пушкин А.С.» is («пушкин», «ас»)."""
    surname, _, initials = fold(writer).partition(" ")
    stem = surname[:-2] if surname.endswith(("ий", "ой", "ый")) else surname
    return stem, initials.replace(".", "")
