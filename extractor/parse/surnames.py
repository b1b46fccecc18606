"""A surname alone («Дробот, Сыч») is a person where the document elsewhere says who that is."""

from __future__ import annotations

import re

from msgspec.structs import replace

from extractor.model.plan import Activity, Meeting, Participant
from extractor.model.walk import rebuild, walk

_SURNAME = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")

Work = tuple[tuple[Meeting, ...], tuple[Activity, ...], tuple[Participant, ...]]


def know_surnames(work: Work) -> Work:
    """The meetings, activities and members, in which a lone word that is some person's surname is a person."""
    people = list(walk(work, Participant))
    known = {_low(p.surname) for p in people if p.kind == "person" and p.surname and p.given}
    if not any(_is_known(p, known) for p in people):
        return work
    done: Work = rebuild(work, Participant, lambda p: _as_person(p) if _is_known(p, known) else p)
    return done


def _is_known(participant: Participant, known: set[str]) -> bool:
    if participant.kind not in ("role", "group") or participant.name:
        return False
    return bool(_SURNAME.fullmatch(participant.text)) and _low(participant.text) in known


def _as_person(participant: Participant) -> Participant:
    surname = participant.text
    return replace(
        participant, kind="person", name=surname, surname=surname, position=None, by="surname_known_here"
    )


def _low(text: str | None) -> str:
    return (text or "").lower().replace("ё", "е")
