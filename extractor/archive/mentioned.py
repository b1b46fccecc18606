"""The schools and people of the plans in force as the registry takes them: one atom a territory and spelling.

An atom's id is made of what the plans say («кировский-район/сош-183»), so that a decision about it holds
whatever else is added later. A plan without a territory stands for itself: its atoms bear its
association instead, since «СОШ № 3» is in every town.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from extractor.archive.store import Archive
from extractor.model.plan import School
from extractor.values.school_merging import slug


class Atom(msgspec.Struct):
    """What plans of one territory say of one school or person under one key. `rows` are ids in the tables."""

    id: str
    scope: str
    territory: str | None
    spellings: set[str] = msgspec.field(default_factory=set)
    plans: set[str] = msgspec.field(default_factory=set)
    years: set[str] = msgspec.field(default_factory=set)
    mentions: int = 0
    rows: list[str] = []


class SchoolAtom(Atom, kw_only=True):
    """`keys` are (plan, key in the plan)."""

    school: School
    keys: set[tuple[str, str]] = msgspec.field(default_factory=set)


class PersonAtom(Atom, kw_only=True):
    """`school` is the registry's id of the school, `group` the association where no school is named."""

    name: str
    surname: str
    given: str
    patronymic: str
    school: str | None
    group: str


_SCHOOLS = """
SELECT s.id, s."план_id" AS plan, s."Ключ" AS key, s."Как в плане" AS text, s."Правовая форма" AS form,
  s."Тип" AS type, s."Номер" AS number, s."Название" AS name, s."Населённый пункт" AS place,
  s."Имени" AS honorific, s."Написания" AS spellings, s."Упоминаний" AS mentions,
  v.territory, v.association, v.year, v.work
FROM "Школы" AS s JOIN versions AS v ON v.id = s."план_id" ORDER BY v.sha256, v.number, s.id
"""
_PEOPLE = """
SELECT p.id, p."план_id" AS plan, p."Имя" AS name, p."Фамилия" AS surname, p."Имя или инициал" AS given,
  p."Отчество или инициал" AS patronymic, p."Ключи школ" AS schools, p."Упоминаний" AS mentions,
  v.territory, v.association, v.audience, v.year, v.work
FROM "Люди" AS p JOIN versions AS v ON v.id = p."план_id" ORDER BY v.sha256, v.number, p.id
"""


def school_atoms(archive: Archive) -> list[SchoolAtom]:
    """Sorted by id; the school of an atom is its fullest writing."""
    atoms: dict[str, SchoolAtom] = {}
    for row in archive.read(_SCHOOLS):
        said = {name: row[name] or None for name in ("form", "type", "number", "name", "place", "honorific")}
        school = msgspec.structs.replace(School(text=row["text"], key=row["key"] or ""), **said)
        scope = _scope(row["territory"], row["association"], row["work"])
        parts = [scope, row["key"] or slug(row["text"])]
        if row["place"] and slug(row["place"]) not in parts[1]:
            parts.append(slug(row["place"]))
        key = "/".join(parts)
        atom = atoms.setdefault(key, SchoolAtom(key, scope, row["territory"], school=school))
        if fullness(school) > fullness(atom.school):
            atom.school = school
        atom.spellings.update((row["spellings"] or row["text"]).split("; "))
        atom.keys.add((row["plan"], row["key"]))
        _count(atom, row)
    return [atoms[key] for key in sorted(atoms)]


def person_atoms(archive: Archive, schools: dict[tuple[str, str], str]) -> list[PersonAtom]:
    """Sorted by id. `schools`: (plan, key in the plan) → the registry's id."""
    atoms: dict[str, PersonAtom] = {}
    for row in archive.read(_PEOPLE):
        scope = _scope(row["territory"], row["association"], row["work"])
        keys = [key for key in (row["schools"] or "").split("; ") if key]
        school = next((found for key in keys if (found := schools.get((row["plan"], key)))), None)
        group = slug(row["audience"] or row["association"] or "") or "мо"
        key = f"{scope}/{keys[0] if school else group}/{slug(row['name'])}"
        if school and key in atoms and atoms[key].school != school:
            key = f"{key}/{slug(school)}"
        known = (row["name"], row["surname"] or row["name"], row["given"] or "", row["patronymic"] or "")
        if key not in atoms:
            named = dict(zip(("name", "surname", "given", "patronymic"), known, strict=True))
            atoms[key] = PersonAtom(
                key, scope, row["territory"], **named, school=school, group=f"{scope}/{group}"
            )
        atoms[key].spellings.add(row["name"])
        _count(atoms[key], row)
    return [atoms[key] for key in sorted(atoms)]


def _scope(territory: str | None, association: str | None, work: str) -> str:
    """A plan that names neither stands for itself alone."""
    return slug(territory or "") or slug(association or "")[:60] or f"план-{work[:8]}"


def fullness(school: School) -> tuple[int, int, str]:
    said = (school.form, school.type, school.number, school.name, school.place, school.honorific)
    return sum(1 for each in said if each), len(school.text), school.text


def _count(atom: Atom, row: sqlite3.Row) -> None:
    atom.plans.add(row["plan"])
    if row["year"]:
        atom.years.add(row["year"])
    atom.mentions += row["mentions"] or 0
    atom.rows.append(row["id"])


def told_once(texts: Iterable[str]) -> str:
    return "; ".join(sorted(set(texts)))
