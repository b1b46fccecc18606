"""Schools in a text: «ГБОУ №№ 79, 111», «МАОУ «Лицей № 176»», «Раздольная СОШ», «28 шк.-инт.».

`SchoolGrammar(words).find(text)` gives them in order. What belongs to one school is read by
`school_reading`; which spellings of a document are one school is decided by `school_merging`.
"""

from __future__ import annotations

import re

import msgspec

from extractor.model.plan import School, Span
from extractor.values.lexing import Token, lex, plain
from extractor.values.school_branches import Sighting, join_branches
from extractor.values.school_lexicon import Found, SchoolLexicon
from extractor.values.school_merging import merge_schools, same_school, school_key
from extractor.values.school_reading import Reader
from extractor.vocabulary.people_words import SchoolWords

__all__ = ["SchoolGrammar", "Sighting", "merge_schools", "same_school", "school_key"]


class SchoolGrammar:
    """Finds schools; made once from the words."""

    def __init__(self, words: SchoolWords) -> None:
        self.lexicon = SchoolLexicon(words)

    def find(self, text: str, *, bare: bool = False) -> tuple[School, ...]:
        """The schools named in `text`. `bare`: the place says that numbers are schools («№79», «192»)."""
        return tuple(school for sighting in self.sightings(text, bare=bare) for school in sighting.schools)

    def sightings(
        self, text: str, *, bare: bool = False, tokens: list[Token] | None = None
    ) -> list[Sighting]:
        """The same, by writing, with the whole extent of each."""
        tokens = lex(text) if tokens is None else tokens
        reader = Reader(text, tokens, self.lexicon, bare=bare)
        found = [sighting for sighting in self._scan(reader) if sighting.schools]
        return join_branches(reader, found)

    def _scan(self, reader: Reader) -> list[Sighting]:
        sightings: list[Sighting] = []
        index = 0
        while index < len(reader.tokens):
            found = reader.read(index)
            if found is None:
                index += 1
                continue
            sightings.append(_sighting(reader, found))
            index = reader.floor = max(found.behind, index + 1)
        return sightings


def _own_name(place: str | None) -> str | None:
    """A school without number and name goes by its place: «с.Целинное» → «Целинное»."""
    return re.sub(r"^(?:[а-яё]{1,4}\.\s*)+", "", place) or None if place else None


def _sighting(reader: Reader, found: Found) -> Sighting:
    """The schools of one writing; in a list each has its own number's wording and all else in common."""
    tokens = reader.tokens
    start, end = tokens[found.first].start, tokens[found.behind - 1].end
    schools = []
    for place, number in enumerate(found.numbers or (None,)):
        left, right = start, end
        if number is not None and len(found.numbers) > 1:
            whole = place == 0 and not found.many
            left, right = (start if whole else number.start), number.end
        kind = number.type if number is not None and number.type else found.type
        alone = len(found.numbers) < 2
        school = School(
            text=plain(reader.text[left:right]),
            form=found.form,
            type=kind.name if kind else None,
            number=number.text if number else None,
            name=(found.name or (_own_name(found.place) if number is None and not found.area else None)) if alone else None,
            place=found.place,
            honorific=found.honorific if alone else None,
            at=(Span(0, left, right),),
        )
        schools.append(msgspec.structs.replace(school, key=school_key(school, kind.key if kind else None)))
    return Sighting(start, end, tuple(schools))
