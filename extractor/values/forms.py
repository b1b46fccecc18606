"""The form word at the head of an event or agenda item: «Доклад «…»», «Круглый стол: …»."""

from __future__ import annotations

import re

import msgspec

from extractor.vocabulary.folding import fold
from extractor.vocabulary.plan_words import PlanWords

_BEHIND = re.compile(
    r"\s*(?:[:.–—-]\s*|(?:по теме|на тему|по проблеме|по вопросу|тема)\s*:?\s*)*(?=[\"«“„»])|\s*[:]\s*|\s*\.\s+|\s+[–—-]\s+"
)
_BEHIND_SPEAKER = re.compile(
    r"[\s,.)]*(?:[–—-]\s*)?(?:(?:по теме|на тему|по проблеме|по вопросу|тема)\s*:?\s*|(?=[\"«“„]))(?=\S)", re.IGNORECASE
)


class Form(msgspec.Struct, frozen=True):
    """A form word: its name as recorded, and where the topic behind it begins."""

    name: str
    end: int  # of the form word
    topic: int  # where the topic begins
    whole: bool  # the text is nothing but the form


class FormGrammar:
    """Finds form words at the head of a text; made once from the words."""

    def __init__(self, words: PlanWords) -> None:
        self._quoted = frozenset(words.forms.forms.quoted)
        self._names = {
            _flat(fold(spelling)): group[0] for group in words.forms.forms.words for spelling in group
        }
        body = "|".join(
            r"\s?[\s-]\s?".join(map(re.escape, name.split()))
            for name in sorted(self._names, key=len, reverse=True)
        )
        self._pattern = re.compile(rf"({body})(?![а-яa-z-])")
        self._head = re.compile(rf"(?:[а-я-]+(?:ый|ий|ой|ая|ое|ее)\s+){{0,2}}({body})(?![а-яa-z-])")
        self._anywhere = re.compile(rf"(?<![а-яa-z-])({body})(?![а-яa-z-])")

    def read(self, text: str) -> Form | None:
        """The form that stands before a quoted or separated topic, or is the whole text; None otherwise."""
        folded = fold(text[:200])
        match = self._pattern.match(folded)
        if match is None:
            return None
        name = self._name(match[1])
        rest = folded[match.end() :]
        if not rest.strip(" .:;-"):
            return Form(name, match.end(), len(text), True)
        behind = _BEHIND.match(text, match.end())
        if behind is None or name in self._quoted and text[behind.end() : behind.end() + 1] not in "«\"“„":
            return None
        return Form(name, match.end(), behind.end(), False)

    def begins(self, text: str) -> bool:
        """Whether a form word stands at the head, behind two adjectives at most: «Установочный семинар …»."""
        return self._head.match(fold(text[:120])) is not None

    def before_speaker(self, text: str, start: int, end: int) -> Form | None:
        """The form word that governs the speaker at `start`–`end`, with the topic behind the speaker:
        «Выступление Ивановой И.И., учителя СОШ № 3, по теме «Чтение»»; None for any other wording."""
        match = self._pattern.match(fold(text[:200]))
        if match is None or text[match.end() : start].strip(" :"):
            return None
        behind = _BEHIND_SPEAKER.match(text, end)
        return Form(self._name(match[1]), match.end(), behind.end(), False) if behind else None

    def find(self, text: str) -> str | None:
        """The first form word anywhere in a text («в режиме видеоконференции» by its stem)."""
        folded = fold(text[:300])
        match = self._anywhere.search(folded)
        if match:
            return self._name(match[1])
        for spelling, name in self._names.items():
            if len(spelling) > 6 and re.search(
                rf"(?<![а-я]){re.escape(spelling[:-1])}[а-я]{{1,3}}(?![а-я])", folded
            ):
                return name
        return None

    def _name(self, spelling: str) -> str:
        return self._names.get(_flat(spelling), spelling)


def _flat(spelling: str) -> str:
    """Words parted by single spaces, whatever stood between them."""
    return " ".join(re.split(r"[\s-]+", spelling))
