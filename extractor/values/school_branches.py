"""Branches: «филиал МБОУ Ивановская СОШ – Петровская ООШ» is one school, and its wording is the whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

import msgspec

from extractor.model.plan import School, Span
from extractor.values.lexing import plain
from extractor.values.school_lexicon import nominative
from extractor.values.school_merging import renamed
from extractor.values.school_numbers import NumberReader

_NEAR = 24
_LONGEST = 200
_TOWNISH = re.compile(r"[сц]к(?:ий|ого|ому|им|ом)$")


class Sighting(NamedTuple):
    """One writing of one or several schools: «ГБОУ №№ 79, 111» is one sighting of two."""

    start: int
    end: int
    schools: tuple[School, ...]


class _Branch(NamedTuple):
    """The word «филиал» with what says which: «Ивановский филиал», «филиал в с. Ивановка»."""

    start: int
    end: int
    name: str | None = None
    place: str | None = None


def join_branches(reader: NumberReader, found: list[Sighting]) -> list[Sighting]:
    """The sightings with each branch made one with the school that it is of."""
    branches = [
        _branch(reader, index)
        for index, token in enumerate(reader.tokens)
        if token.word in reader.lexicon.branches
    ]
    if not branches:
        return found
    starts = [branch.start for branch in branches]
    joined: list[Sighting] = []
    for sighting in found:
        before = joined[-1] if joined else None
        place = bisect_left(starts, before.end if before else 0)
        branch = branches[place] if place < len(branches) else None
        if branch is not None and _opens(reader.text, branch, sighting):
            whole = _whole(reader, branch, sighting)
            if before is not None and _behind(reader.text, before, branch):
                joined[-1] = _stretched(reader.text, before.schools[0], before.start, whole.end)
            else:
                joined.append(whole)
        elif before is not None and _goes_on(reader.text, before, sighting):
            joined[-1] = _stretched(reader.text, sighting.schools[0], before.start, sighting.end)
        else:
            joined.append(sighting)
    return joined


def _branch(reader: NumberReader, index: int) -> _Branch:
    token, name = reader.tokens[index], None
    start, end = token.start, token.end
    before = reader.tokens[index - 1] if index else token
    if index and reader.text[before.start].isupper() and _TOWNISH.search(before.word):
        start = before.start
        name = f"{nominative(reader.text[before.start : before.end], 'm')} филиал"
    behind = _place_at(reader, index + 1)
    if behind > index + 1:
        end = reader.tokens[behind - 1].end
        return _Branch(start, end, name, _place_of(reader, index + 1, behind))
    return _Branch(start, end, name)


def _place_at(reader: NumberReader, index: int) -> int:
    """Behind «в с. Ивановка»; `index` where no such thing stands."""
    first = index + (reader.word(index) in ("в", "во"))
    return reader.place_end(first) if first > index and reader.is_place(first) else index


def _place_of(reader: NumberReader, index: int, behind: int) -> str:
    return plain(reader.text[reader.tokens[index + 1].start : reader.tokens[behind - 1].end])


def _opens(text: str, branch: _Branch, sighting: Sighting) -> bool:
    """«филиал МБОУ …», «филиал – МБОУ …»."""
    near = branch.start < sighting.start < branch.end + _NEAR
    return near and text[branch.end : sighting.start].strip(" \n\u00a0") in ("", "-", "–")


def _behind(text: str, before: Sighting, branch: _Branch) -> bool:
    """«Петровская ООШ – филиал МБОУ …»: the branch is the school before."""
    short = before.end - before.start < _LONGEST and branch.start - before.end < 5
    return short and text[before.end : branch.start].strip(" –—-(,") == ""


def _goes_on(text: str, before: Sighting, sighting: Sighting) -> bool:
    """«филиал МБОУ … – Петровская ООШ»: the branch is the school behind."""
    gap = text[before.end : sighting.start] if sighting.start - before.end < _NEAR else "far"
    return before.schools[0].text.lower().startswith("филиал") and gap.strip() in ("-", "–", "—")


def _whole(reader: NumberReader, branch: _Branch, sighting: Sighting) -> Sighting:
    """The branch of the school sighted, with its place: «филиал МКОУ «Полянская СОШ» в с. Ивановка»."""
    school, end, place = sighting.schools[0], sighting.end, branch.place
    index = bisect_left(reader.tokens, sighting.end, key=lambda token: token.start)
    behind = _place_at(reader, index)
    if place is None and school.place is None and behind > index:
        end, place = reader.tokens[behind - 1].end, _place_of(reader, index, behind)
    school = renamed(school, branch.name) if branch.name else school
    school = msgspec.structs.replace(school, place=place or school.place)
    return _stretched(reader.text, school, branch.start, end)


def _stretched(text: str, school: School, start: int, end: int) -> Sighting:
    whole = msgspec.structs.replace(school, text=plain(text[start:end]), at=(Span(0, start, end),))
    return Sighting(start, end, (whole,))
