"""The words of `schools.toml` made ready, and what one writing of a school says."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.values.lexing import Phrases, lex
from extractor.vocabulary.people_words import SchoolType, SchoolWords

ADJECTIVE = re.compile(r"(?:ая|яя|ой|ей|ую|юю|ий|ый|ого|его|ому|ему|ом|ем|ым|им|ое|ее|ие|ые)$")


class SchoolLexicon:
    """The words of `schools.toml`, folded and made into sets and phrases."""

    def __init__(self, words: SchoolWords) -> None:
        strong = [word for entry in words.forms.values() for word in entry.words]
        self.forms = Phrases(
            [(word, "strong") for word in (*strong, *words.forms_in_words.words)]
            + [(word, "type") for word in words.forms_with_type.words]
            + [(word, "number") for word in words.forms_with_number.words]
        )
        self.types = Phrases(
            [(form, (kind, False)) for kind in words.types for each in (kind.name, *kind.forms) for form in _hyphens(each)]
            + [(form, (kind, True)) for kind in words.types for each in kind.many for form in _hyphens(each)]
        )
        written = [
            *strong,
            *words.forms_with_type.words,
            *(form for kind in words.types for form in kind.forms),
        ]
        self.abbreviations = _folded(tuple(word for word in written if word.isupper()))
        self.not_after_form = _folded(words.not_after_form.words)
        self.number_owners = _folded(words.number_owners.words)
        self.after_number = _folded(words.after_number.words)
        self.not_names = _folded(words.not_names.words)
        self.other_schools = _folded(words.other_schools.words)
        self.places = Phrases(
            [(mark, False) for mark in words.places.marks] + [(mark, True) for mark in words.places.towns]
        )
        self.place_begins = _folded(words.places.begins)
        self.areas = Phrases([(mark, True) for mark in words.places.areas])
        self.honorifics = _folded(words.honorifics.marks)
        self.titles = _folded(words.honorifics.titles)
        self.branches = _folded(words.branches.words)


def _hyphens(form: str) -> tuple[str, ...]:
    """«школа-сад» as it stands and with spaces: «школа – сад»."""
    return (form, form.replace("-", " - ")) if "-" in form else (form,)


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset("".join(token.word for token in lex(word)) for word in words)


class Number(NamedTuple):
    """«192», «5а»; `type` when the number has one of its own («28 шк.-инт.»)."""

    text: str
    start: int
    end: int
    type: SchoolType | None = None


class Found(NamedTuple):
    """What one writing says, from token `first` to before token `behind`."""

    first: int
    behind: int
    form: str | None = None
    type: SchoolType | None = None
    many: bool = False
    numbers: tuple[Number, ...] = ()
    name: str | None = None
    place: str | None = None
    honorific: str | None = None
    area: bool = False  # the place is an area or a town, where many schools stand


def nominative(word: str, gender: str) -> str:
    """An adjective in the nominative of that gender: «Раздольной» is «Раздольная»; others as they are."""
    low = word.lower()
    if gender == "f" and low.endswith(("ой", "ую", "ою")) and len(low) > 4:
        return word[:-2] + ("АЯ" if word.isupper() else "ая")
    if gender == "f" and low.endswith(("ей", "юю", "ею")) and len(low) > 4:
        return word[:-2] + "яя"
    if gender == "m" and low.endswith(("ого", "ому")):
        return word[:-3] + ("ий" if low[-4] in "кгхжшщ" else "ый")
    if gender == "m" and low.endswith(("ском", "ским", "цком", "цким")):
        return word[:-2] + "ий"
    return word
