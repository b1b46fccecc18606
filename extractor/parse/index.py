"""People and schools of the whole plan, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from extractor.model.plan import At, Participant, Person, Plan, School, SchoolEntry
from extractor.model.walk import rebuild, walk
from extractor.values.school_merging import merge_schools


def index_schools(plan: Plan) -> tuple[Plan, tuple[SchoolEntry, ...]]:
    """The plan with one key for each school, and the list of its schools."""
    parts = (
        plan.institution,
        plan.head,
        plan.signatures,
        plan.approvals,
        plan.members,
        plan.meetings,
        plan.activities,
    )
    found = list(walk(parts, School))
    groups = merge_schools(found)
    keys: dict[tuple[str, At], str] = {}
    entries = []
    for fullest, members in groups:
        at = _spans(found[i].at for i in members)
        spellings = tuple(dict.fromkeys(found[i].text for i in members))
        for i in members:
            keys[(found[i].text, found[i].at)] = fullest.key
        entries.append(
            SchoolEntry(
                text=fullest.text,
                form=fullest.form,
                type=fullest.type,
                number=fullest.number,
                name=fullest.name,
                place=fullest.place,
                honorific=fullest.honorific,
                key=fullest.key,
                at=at,
                mentions=len(at),
                spellings=spellings,
            )  # fmt: skip
        )
    return rebuild(plan, School, lambda school: _keyed(school, keys)), tuple(entries)


def _keyed(school: School, keys: dict[tuple[str, At], str]) -> School:
    """The school with its key as the whole document has it."""
    key = keys.get((school.text, school.at), school.key)
    return school if key == school.key else replace(school, key=key)


def _spans(groups: Iterable[At]) -> At:
    """All places once, in order."""
    return tuple(
        sorted({span for group in groups for span in group}, key=lambda s: (s.block, s.start, s.end))
    )


def index_people(plan: Plan) -> tuple[Person, ...]:
    """Everybody named with a name: spelling, schools' keys, number of mentions."""
    parts = (plan.head, plan.signatures, plan.approvals, plan.members, plan.meetings, plan.activities)
    persons: dict[tuple[str, str, str], list[Participant]] = {}
    for person in walk(parts, Participant):
        if person.name and person.surname:
            persons.setdefault(_key(person), []).append(person)
    return tuple(_person(group) for group in _joined(persons))


def _key(person: Participant) -> tuple[str, str, str]:
    def low(text: str | None) -> str:
        return (text or "").lower().replace("ё", "е")

    return low(person.surname), low(person.given)[:1], low(person.patronymic)[:1]


def _joined(persons: dict[tuple[str, str, str], list[Participant]]) -> list[list[Participant]]:
    """A surname alone or with one initial is the person who has the same and more, where there is one such."""
    namesakes: dict[str, list[tuple[str, str, str]]] = {}
    for key in persons:
        namesakes.setdefault(key[0], []).append(key)
    for key in list(persons):
        if key[1] and key[2]:
            continue
        fuller = [
            k for k in namesakes[key[0]] if k in persons and k[1].startswith(key[1]) and k[1:] > key[1:]
        ]
        if len(fuller) == 1:
            persons[fuller[0]].extend(persons.pop(key))
    return list(persons.values())


def _person(group: Sequence[Participant]) -> Person:
    fullest = max(group, key=lambda p: len(p.name or ""))
    at = _spans(p.at for p in group)
    return Person(
        name=fullest.name or fullest.text, surname=fullest.surname, given=fullest.given, patronymic=fullest.patronymic,
        schools=tuple(dict.fromkeys(p.school.key for p in group if p.school)), mentions=len({p.at for p in group}), at=at,
    )  # fmt: skip
