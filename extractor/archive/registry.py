"""Schools and people across plans and years as one list, with all their spellings.

    registry = make_registry(archive)
    registry.schools[0] → Entity(id="кировский-район/сош-183", name="МБОУ СОШ № 183", spellings=["школа № 183", …])

Made from the plans in force and from what people decided, always the same from the same; written into
the archive's own tables, from which reports and the workbook take it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from extractor.archive import schema
from extractor.archive.decisions import Decision, Kind, Suggestion, decisions, take_from_file, write_file
from extractor.archive.mentioned import (
    Atom,
    PersonAtom,
    SchoolAtom,
    fullness,
    person_atoms,
    school_atoms,
    told_once,
)
from extractor.archive.registry_rules import (
    Proposal,
    numbers_of,
    propose_people,
    propose_schools,
    same_people,
    same_schools,
)
from extractor.archive.store import Archive


class Entity(NamedTuple):
    """One school, with `type` and `number`, or one person, with the registry's `school`."""

    id: str
    name: str
    territory: str | None
    spellings: list[str]
    years: list[str]
    plans: int
    mentions: int
    rows: list[str]
    atoms: list[str]
    type: str | None = None
    number: str | None = None
    school: str | None = None
    school_name: str | None = None


class Open(NamedTuple):
    """A proposal that nobody has decided; `id` is what --same and --apart take."""

    id: str
    kind: Kind
    one: Entity
    other: Entity
    ids: tuple[str, str]
    why: str


class Registry(NamedTuple):
    schools: list[Entity]
    people: list[Entity]
    open: list[Open]
    problems: list[str]


def renewed_registry(archive: Archive) -> Registry:
    """The registry of now: takes what a person wrote in the TOML file, writes the tables and the file."""
    take_from_file(archive)
    registry = make_registry(archive)
    _write(archive, registry)
    told = [Suggestion(o.kind, o.ids, o.why, f"{o.one.name}  и  {o.other.name}") for o in registry.open]
    write_file(archive, told)
    return registry


def ensure_registry(archive: Archive) -> None:
    """Makes the registry's tables anew where plans or decisions have changed since they were made."""
    changed = take_from_file(archive)
    if changed or archive.setting("registry") != archive.setting("content"):
        _write(archive, make_registry(archive))


def make_registry(archive: Archive) -> Registry:
    made = decisions(archive)
    problems: list[str] = []
    atoms = school_atoms(archive)
    groups = _decided(atoms, same_schools(atoms), [d for d in made if d.kind == "schools"], problems)
    names = {id_: d.name for d in made if d.name for id_ in d.ids}
    schools = [_school(group, names) for group in groups]
    homes = {
        place: entity.id
        for entity, group in zip(schools, groups, strict=True)
        for atom in group
        for place in atom.keys
    }
    persons = person_atoms(archive, homes)
    parties = _decided(persons, same_people(persons), [d for d in made if d.kind == "people"], problems)
    titles = {entity.id: entity.name for entity in schools}
    people = [_person(group, names, titles) for group in parties]
    settled = [(set(d.ids), d.same) for d in made if len(d.ids) > 1]
    found = [
        *_open("schools", propose_schools(groups), schools, settled),
        *_open("people", propose_people(parties), people, settled),
    ]
    return Registry(sorted(schools, key=_by_name), sorted(people, key=_by_name), found, problems)


def _by_name(entity: Entity) -> tuple[str, str]:
    return entity.name, entity.id


def _decided(
    atoms: Sequence[Any], groups: list[list[int]], made: Sequence[Decision], problems: list[str]
) -> list[list[Any]]:
    """The groups as people decided them, the fullest atom of each first."""
    index = {atom.id: number for number, atom in enumerate(atoms)}
    for decision in made:
        known = [index[each] for each in decision.ids if each in index]
        touched = [group for group in groups if set(group) & set(known)]
        if len(known) < 2:
            continue
        rest = [group for group in groups if group not in touched]
        if decision.same:
            joined = sorted({number for group in touched for number in group})
            numbers = numbers_of(atoms[n] for n in joined if isinstance(atoms[n], SchoolAtom))
            if len(numbers) > 1:
                told = ", ".join(sorted(numbers))
                problems.append(f"Школы с разными номерами ({told}) не объединяются: решение не применено.")
                continue
            groups = [*rest, joined]
        else:
            groups = [*rest, *(part for group in touched for part in _split(group, known))]
    ordered = [sorted((atoms[n] for n in group), key=_rank) for group in groups]
    return sorted(ordered, key=lambda group: group[0].id)


def _split(group: list[int], known: Sequence[int]) -> list[list[int]]:
    """The group without all but the first of `known`, and each of the others alone."""
    there = [number for number in known if number in group]
    rest = [number for number in group if number not in there[1:]]
    return [rest, *([number] for number in there[1:])]


def _rank(atom: Atom) -> tuple[bool, int, str]:
    """What names the group: a school whose type is known before a bare number, the fullest name of a person."""
    if isinstance(atom, PersonAtom):
        return (False, -len(atom.name), atom.id)
    bare = isinstance(atom, SchoolAtom) and "/школа-" in f"/{atom.school.key}"
    return (bare, 0, atom.id)


def _school(group: Sequence[SchoolAtom], names: dict[str, str]) -> Entity:
    fullest = max(group, key=lambda atom: (fullness(atom.school), atom.id)).school
    decided = next((names[atom.id] for atom in group if atom.id in names), None)
    return _entity(
        group,
        decided or fullest.text,
        type=next((atom.school.type for atom in group if atom.school.type), None),
        number=next((atom.school.number for atom in group if atom.school.number), None),
    )


def _person(group: Sequence[PersonAtom], names: dict[str, str], titles: dict[str, str]) -> Entity:
    decided = next((names[atom.id] for atom in group if atom.id in names), None)
    schools = sorted({atom.school for atom in group if atom.school})
    told = "; ".join(titles.get(each, each) for each in schools) or None
    return _entity(group, decided or group[0].name, school=schools[0] if schools else None, school_name=told)


def _entity(group: Sequence[Atom], name: str, **about: str | None) -> Entity:
    return Entity(
        id=group[0].id,
        name=name,
        territory=next((atom.territory for atom in group if atom.territory), None),
        spellings=sorted({text for atom in group for text in atom.spellings}),
        years=sorted({year for atom in group for year in atom.years}),
        plans=len({plan for atom in group for plan in atom.plans}),
        mentions=sum(atom.mentions for atom in group),
        rows=[row for atom in group for row in atom.rows],
        atoms=sorted(atom.id for atom in group),
        **about,
    )


def _open(
    kind: Kind, proposals: Any, entities: Sequence[Entity], settled: Sequence[tuple[set[str], bool]]
) -> list[Open]:
    """The proposals that no decision has answered."""
    by_atom = {atom: entity for entity in entities for atom in entity.atoms}
    found = []
    proposal: Proposal
    for proposal in proposals:
        one, other = by_atom[proposal.one], by_atom[proposal.other]
        if any(not same and ids & set(one.atoms) and ids & set(other.atoms) for ids, same in settled):
            continue
        ids = (min(proposal[:2]), max(proposal[:2]))
        short = hashlib.sha256("|".join((kind, *ids)).encode()).hexdigest()[:6]
        found.append(Open(short, kind, one, other, ids, proposal.why))
    return sorted(found, key=lambda each: (each.kind == "people", each.ids))


def _write(archive: Archive, registry: Registry) -> None:
    with archive.transaction() as connection:
        content = connection.execute("SELECT value FROM archive WHERE name = 'content'").fetchone()[0]
        for table, entities in (("Школы", registry.schools), ("Люди", registry.people)):
            quoted = schema.quoted(table)
            connection.execute(f'UPDATE {quoted} SET "реестр_id" = NULL WHERE "реестр_id" IS NOT NULL')
            links = [(entity.id, row) for entity in entities for row in entity.rows]
            connection.executemany(f'UPDATE {quoted} SET "реестр_id" = ? WHERE id = ?', links)
        for name in schema.REGISTRY_COLUMNS:
            connection.execute(f"DELETE FROM {schema.quoted(name)}")
        schools: list[tuple[Any, ...]] = [(e.id, e.name, e.type, e.number, *_common(e)) for e in registry.schools]
        people: list[tuple[Any, ...]] = [(e.id, e.school, e.name, e.school_name, *_common(e)) for e in registry.people]
        proposals: list[tuple[Any, ...]] = [(o.id, o.kind, o.one.name, o.other.name, o.why) for o in registry.open]
        for name, extra, rows in (
            (schema.SCHOOL_REGISTRY, [], schools),
            (schema.PEOPLE_REGISTRY, ["школа_id"], people),
            (schema.PROPOSALS, [], proposals),
        ):
            columns = ["id", *extra, *schema.REGISTRY_COLUMNS[name]]
            connection.executemany(schema.insert_statement(name, columns), rows)
        connection.execute("INSERT OR REPLACE INTO archive VALUES ('registry', ?)", (content,))


def _common(entity: Entity) -> tuple[str | int | None, ...]:
    """Territory, spellings, years, plans, mentions."""
    return entity.territory, told_once(entity.spellings), told_once(entity.years), entity.plans, entity.mentions
