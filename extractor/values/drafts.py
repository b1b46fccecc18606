"""One entry of a text of people while it is put together, and its record."""

from __future__ import annotations

import msgspec

from extractor.model.plan import Participant, School, Span
from extractor.values.lexing import plain
from extractor.values.names import Name


class Draft(msgspec.Struct):
    """An entry being put together; places are of the text."""

    kind: str  # person | role | group | organisation | other
    start: int
    end: int
    name: Name | None = None
    position: tuple[tuple[int, int], ...] = ()  # «учитель истории», «руководитель РМО»
    organisation: tuple[int, int] | None = None
    school: School | None = None
    schools: int = 0
    known: bool = True
    unknown: int = 0  # words that nothing explains
    separator: str = ""
    many: bool = False
    office: bool = True  # the head is a position that one holds, no body of people
    speaks: bool = True
    numbers: bool = False  # nothing but numbers, which need the next entry: «10, 11 классы»
    complement: bool = False  # the position says more than its head: «учителя физики»


def to_participant(text: str, draft: Draft, default: str) -> Participant:
    """The record of an entry; its wording is one stretch of the text."""
    start, end = trimmed(text, draft.start, draft.end)
    wording, name = plain(text[start:end]), draft.name
    kind = draft.kind if draft.kind != "other" else default
    position = ", ".join(plain(text[slice(*at)]) for at in draft.position) if kind == "person" else ""
    return Participant(
        kind=kind,
        text=wording,
        name=name.name if name else None,
        surname=name.surname if name else None,
        given=name.given if name else None,
        patronymic=name.patronymic if name else None,
        position=wording if kind == "role" else position or None,
        school=draft.school,
        organisation=plain(text[slice(*draft.organisation)]) if draft.organisation else None,
        at=(Span(0, start, end),),
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without white space, commas, dashes and lines to sign on at its ends."""
    while start < end and (text[start].isspace() or text[start] in ",;.–—-_"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;–—-_"):
        end -= 1
    return start, end


def shifted(participant: Participant, by: int) -> Participant:
    """The participant with its places counted from the beginning of the whole text."""
    school = participant.school
    return msgspec.structs.replace(
        participant,
        at=_moved(participant.at, by),
        school=msgspec.structs.replace(school, at=_moved(school.at, by))
        if isinstance(school, School)
        else None,
    )


def _moved(at: tuple[Span, ...], by: int) -> tuple[Span, ...]:
    return tuple(Span(span.block, span.start + by, span.end + by) for span in at)
