"""The archive → a workbook, a Word report or a calendar: the plans in force, with the registry's decisions.

    write_report(archive, Path("district.xlsx"), Selection(year="2021", territory="Кировский район")) → 37

Schools get the registry's key and people the registry's name, so that every spelling is counted as one;
the author's words («Как в плане») stay as they were written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from extractor.archive import registry_list
from extractor.archive.filters import plan_schools, territories
from extractor.archive.made import numbered_tables
from extractor.archive.registry import ensure_registry
from extractor.archive.registry_list import registry_rows
from extractor.archive.schema import SCHOOL_REGISTRY, quoted
from extractor.archive.search import years_asked
from extractor.archive.store import Archive
from extractor.errors import UsageProblem
from extractor.model.plan import Participant, Person, Plan, School, Span
from extractor.model.source import Block
from extractor.output.atomic import atomic_target, check_free, check_target, write_atomically


class Selection(NamedTuple):
    """Which plans. `year`: «2021» (the school year that begins then, or the calendar year) or «2021-2022»."""

    year: str | None = None
    territory: str | None = None
    school: str | None = None


class Chosen(NamedTuple):
    """A plan with the registry's names, its id, the file that it came from and its number in the file."""

    id: str
    file: str
    number: int
    plan: Plan


_SELECT = """
SELECT v.id, v.file, v.number, r.record FROM versions AS v JOIN readings AS r ON r.id = v.reading
WHERE v.state = 'current' AND (:first IS NULL OR v.first_year = :first) AND (:last IS NULL OR v.year = :year)
  AND (:territory IS NULL OR v.territory IN (SELECT value FROM json_each(:territory)))
  AND (:plans IS NULL OR v.id IN (SELECT value FROM json_each(:plans)))
ORDER BY v.file, v.number, v.id
"""


def chosen_plans(archive: Archive, selection: Selection) -> Iterator[Chosen]:
    """The plans in the order of their files, one at a time. Raises UsageProblem for what is not understood."""
    first, last = years_asked(selection.year)
    places = territories(archive, selection.territory) if selection.territory else None
    named = plan_schools(archive, selection.school) if selection.school else None
    values = {
        "first": first,
        "last": last,
        "year": f"{first}–{last}",
        "territory": None if places is None else json.dumps(places),
        "plans": None if named is None else json.dumps(sorted({each.split(" ")[0] for each in named})),
    }
    for row in archive.iterate(_SELECT, values):
        plan = msgspec.json.decode(row["record"], type=Plan)
        yield Chosen(row["id"], row["file"], row["number"], registered(plan, _names_of(archive, row["id"])))


class _Names(NamedTuple):
    """The registry's id of each school key, and its name of each person, in one plan."""

    schools: Mapping[str, str]
    people: Mapping[str, str]


def _names_of(archive: Archive, plan: str) -> _Names:
    schools = archive.read(
        'SELECT "Ключ" AS key, "реестр_id" AS id FROM "Школы" WHERE "план_id" = ? AND "реестр_id" IS NOT NULL', plan
    )
    people = archive.read(
        'SELECT p."Имя" AS name, r."Имя" AS registered FROM "Люди" AS p '
        'JOIN "Реестр людей" AS r ON r.id = p."реестр_id" WHERE p."план_id" = ?',
        plan,
    )
    named: dict[str, set[str]] = {}
    for row in people:
        named.setdefault(row["name"], set()).add(row["registered"])
    return _Names(
        {row["key"]: row["id"] for row in schools},
        {name: next(iter(found)) for name, found in named.items() if len(found) == 1},
    )


def registered(value: Any, names: _Names) -> Any:
    """The value with the registry's keys and names throughout; its texts untouched."""
    if isinstance(value, tuple) and not isinstance(value, Block | Span):
        return tuple(registered(each, names) for each in value)
    if not isinstance(value, msgspec.Struct) or isinstance(value, Block | Span):
        return value
    changed = {}
    for field in value.__struct_fields__:
        old = getattr(value, field)
        if isinstance(old, tuple | msgspec.Struct) and field not in ("at", "blocks", "structure", "residue"):
            new = registered(old, names)
            if new is not old:
                changed[field] = new
    if isinstance(value, School):
        changed["key"] = names.schools.get(value.key, value.key)
    elif isinstance(value, Participant | Person) and value.name:
        changed["name"] = names.people.get(value.name, value.name)
    if isinstance(value, Person):
        changed["schools"] = tuple(names.schools.get(key, key) for key in value.schools)
    return msgspec.structs.replace(value, **changed) if changed else value


# --- what is written ----------------------------------------------------------------------------


def write_report(archive: Archive, target: Path, selection: Selection) -> int:
    """Writes the file whole or not at all; how many plans it holds. Raises UsageProblem where none fits."""
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        raise UsageProblem(f"Не понятно, в каком виде записать «{target.name}»: бывают {', '.join(WRITERS)}.")
    check_target(target)
    check_free(target)
    if target.exists() and archive.path.exists() and target.samefile(archive.path):
        raise UsageProblem(f"«{target}» — сам архив: укажите после -o другое имя.")
    ensure_registry(archive)
    counted = _Counted(chosen_plans(archive, selection))
    first = next(counted, None)
    if first is None:
        raise UsageProblem("В архиве нет планов, которые подходят под условия: проверьте год и территорию.")
    writer(archive, _chained(first, counted), target)
    return counted.count


class _Counted:
    def __init__(self, plans: Iterator[Chosen]) -> None:
        self._plans, self.count = plans, 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> Chosen:
        chosen = next(self._plans)
        self.count += 1
        return chosen


def _chained(first: Chosen, rest: Iterator[Chosen]) -> Iterator[Chosen]:
    yield first
    yield from rest


def _workbook(archive: Archive, plans: Iterator[Chosen], target: Path) -> None:
    from extractor.output.to_xlsx import Workbook

    written = set()
    with atomic_target(target) as temporary:
        workbook = Workbook(temporary, _school_names(archive))
        try:
            for chosen in plans:
                workbook.add(numbered_tables(chosen.plan, chosen.file, chosen.number))
                written.add(chosen.id)
            workbook.add_list(registry_list.NAME, registry_list.HEADINGS, registry_rows(archive, written))
            workbook.finish()
        except BaseException:
            workbook.abandon()
            raise


def _word(archive: Archive, plans: Iterator[Chosen], target: Path) -> None:
    from extractor.output.to_report import report_bytes

    write_atomically(target, report_bytes(_with_files(plans), _school_names(archive)))


def _calendar(archive: Archive, plans: Iterator[Chosen], target: Path) -> None:
    from extractor.output.to_ics import calendar_bytes

    write_atomically(target, calendar_bytes(_with_files(plans)))


def _school_names(archive: Archive) -> dict[str, str]:
    """What the registry calls each school, by the key that `registered` gives it."""
    rows = archive.read(f'SELECT id, "Название" AS name FROM {quoted(SCHOOL_REGISTRY)}')
    return {row["id"]: row["name"] for row in rows}


def _with_files(plans: Iterator[Chosen]) -> Iterator[Plan]:
    """The plans without their letters, each naming the file it came from."""
    for _, file, _, plan in plans:
        source = msgspec.structs.replace(plan.source, name=file)
        yield msgspec.structs.replace(plan, source=source, blocks=(), structure=(), residue=())


WRITERS: Mapping[str, Callable[[Archive, Iterator[Chosen], Path], None]] = {
    ".xlsx": _workbook,
    ".docx": _word,
    ".ics": _calendar,
}
