"""What a methodologist counts by hand: the sections of the sheet «Свод», from the rows of the tables.

    summary = Summary(); summary.add(tables); summary.sections() → [Section("Заседания по …", …), …]

Only sums are kept, so a district of ten thousand plans takes no more room than one. Every number can
be counted again with a filter on the sheet that the section names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec

from extractor.output.cells import Cell
from extractor.output.linked import LinkedRow, PlanTables
from extractor.output.rows import Table
from extractor.output.tables import (
    ACTIVITIES,
    AGENDA,
    MEETINGS,
    PARTICIPATION,
    PEOPLE,
    PLANS,
    SCHOOLS,
    TABLES,
)

MONTHS = ("сен", "окт", "ноя", "дек", "янв", "фев", "мар", "апр", "май", "июн", "июл", "авг")
LONGEST = 300  # rows of a section; the rest is counted in its last line
_NO_YEAR = "год не указан"
_ROLES = {"выступающий": "talks", "ответственный": "answers", "участник": "takes_part"}


class Chart(NamedTuple):
    """`columns` of a section drawn over its first column, or, `across`, its rows over the headings."""

    title: str
    columns: tuple[int, ...]
    across: bool = False
    most: int = 15


class Section(NamedTuple):
    """A heading, how it was counted, and a table. `links` say which row of «Планы» a row is about."""

    title: str
    note: str
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    chart: Chart | None = None
    links: tuple[int | None, ...] = ()
    left_out: int = 0


class SchoolCount(msgspec.Struct):
    """What the plans say of one school, by its key."""

    name: str = ""
    talks: int = 0
    answers: int = 0
    takes_part: int = 0
    mentions: int = 0
    plans: int = 0


class Doubtful(NamedTuple):
    """A plan that deserves a look: its row on «Планы», from 0."""

    file: str
    remarks: int
    coverage: float
    plan: int


def cell_of(table: Table, heading: str) -> Callable[[LinkedRow], Any]:
    """Gives the cell under `heading` of a row of `table`."""
    index = table.headings.index(heading)
    return lambda row: row.cells[index]


_begin, _end = cell_of(MEETINGS, "Начало"), cell_of(MEETINGS, "Окончание")
_meeting_year, _plan_year = cell_of(MEETINGS, "Учебный год"), cell_of(PLANS, "Учебный год")
_role, _name = cell_of(PARTICIPATION, "В каком качестве"), cell_of(PARTICIPATION, "Имя")
_kind, _key = cell_of(PARTICIPATION, "Кто это"), cell_of(PARTICIPATION, "Ключ школы")
_school, _written = cell_of(PARTICIPATION, "Школа"), cell_of(PARTICIPATION, "Как в плане")
_school_key, _school_name = cell_of(SCHOOLS, "Ключ"), cell_of(SCHOOLS, "Как в плане")
_mentions, _person = cell_of(SCHOOLS, "Упоминаний"), cell_of(PEOPLE, "Имя")
_schools = cell_of(PEOPLE, "Ключи школ")
_remarks, _coverage = cell_of(PLANS, "Замечаний"), cell_of(PLANS, "Разобрано")


class Summary:
    """Counts plan after plan; `sections` may be asked at any time. `names`: what schools are called by
    their keys, where somebody has decided that; else the fullest writing stands for a school."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._names = names or {}
        self.plans = 0
        self.months: dict[str, Counter[int | None]] = {}
        self.schools: dict[str, SchoolCount] = {}
        self.talks: Counter[tuple[str, str]] = Counter()
        self.named: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.doubtful: list[Doubtful] = []
        self.unread: list[tuple[str, str]] = []

    def add(self, tables: PlanTables) -> None:
        rows = dict(zip((table.name for table in TABLES), tables.rows, strict=True))
        for name, those in rows.items():
            self.counts[name] += len(those)
        self._add_meetings(rows)
        self._add_schools(rows[SCHOOLS.name])
        homes = {_person(row): _schools(row) for row in rows[PEOPLE.name]}
        for row in rows[PARTICIPATION.name]:
            self._add_role(row, homes)
        self.named.update(_person(row) for row in rows[PEOPLE.name])
        for row in rows[PLANS.name]:
            if _remarks(row):
                self.doubtful.append(Doubtful(tables.key, _remarks(row), _coverage(row), self.plans))
            self.plans += 1
        if len(self.doubtful) > 4 * LONGEST:
            self.doubtful = self._most_doubtful()

    def _add_meetings(self, rows: dict[str, list[LinkedRow]]) -> None:
        for plan in rows[PLANS.name]:
            self.months.setdefault(_plan_year(plan) or _NO_YEAR, Counter())
        for row in rows[MEETINGS.name]:
            year = self.months.setdefault(_meeting_year(row) or _NO_YEAR, Counter())
            year[month_of(_begin(row), _end(row))] += 1

    def _add_schools(self, rows: list[LinkedRow]) -> None:
        for key in {_school_key(row) or _school_name(row) for row in rows}:
            self.schools.setdefault(key, SchoolCount()).plans += 1
        for row in rows:
            key = _school_key(row) or _school_name(row)
            school = self.schools[key]
            school.mentions += _mentions(row) or 0
            school.name = self._names.get(key) or max(school.name, _school_name(row), key=_fuller)

    def _add_role(self, row: LinkedRow, homes: dict[str, str | None]) -> None:
        """`homes`: the schools that the plan gives a person anywhere; one alone is that of every talk."""
        role = _ROLES.get(_role(row))
        if role is None:
            return
        key = _key(row) or _school(row)
        if key:
            school = self.schools.setdefault(
                key, SchoolCount(name=self._names.get(key) or _school(row) or key)
            )
            setattr(school, role, getattr(school, role) + 1)
        if role == "talks":
            self.counts["Выступления"] += 1
            if _kind(row) == "человек":
                name = _name(row) or _written(row)
                home = homes.get(name) or ""
                self.talks[(name, key or ("" if ";" in home else home))] += 1

    def _most_doubtful(self) -> list[Doubtful]:
        return sorted(self.doubtful, key=lambda each: (-each.remarks, each.coverage, each.plan))[:LONGEST]

    # --- what is shown ------------------------------------------------------------------------------

    def figures(self) -> list[tuple[str, int, str | None]]:
        """(what, how many, the sheet that lists them)."""
        counts = self.counts
        return [
            ("Планов", self.plans, PLANS.name),
            ("Заседаний", counts[MEETINGS.name], MEETINGS.name),
            ("Вопросов в повестках", counts[AGENDA.name], AGENDA.name),
            ("Мероприятий", counts[ACTIVITIES.name], ACTIVITIES.name),
            ("Выступлений на заседаниях", counts["Выступления"], PARTICIPATION.name),
            ("Школ (разных)", len(self.schools), SCHOOLS.name),
            ("Людей (разных имён)", len(self.named), PEOPLE.name),
            ("Замечаний", counts["Замечания"], "Замечания"),
            ("Файлов не прочитано", len(self.unread), None),
        ]

    def years(self) -> list[str]:
        return sorted(year for year in self.months if year != _NO_YEAR)

    def sections(self) -> Iterator[Section]:
        yield self._meetings()
        yield self._talks_by_school()
        yield self._talks_by_person()
        yield self._silent_schools()
        yield self._doubtful_plans()
        if self.unread:
            yield _cut("Не прочитаны", "Файлы, которых нет на листах.", ("Файл", "Почему"), list(self.unread))

    def _meetings(self) -> Section:
        order = [*range(9, 13), *range(1, 9)]
        rows: list[tuple[Cell, ...]] = []
        for year in sorted(self.months, key=lambda each: (each == _NO_YEAR, each)):
            count = self.months[year]
            months = [count[month] or None for month in order]
            rows.append((year, *months, count[None] or None, count.total()))
        if len(rows) > 1:
            sums = [sum(_number(row[column]) for row in rows) for column in range(1, 15)]
            rows.append(("Всего", *(each or None for each in sums)))
        return Section(
            "Заседания по годам и месяцам",
            "По учебному году плана и месяцу начала; срок шире месяца или без дней — «без месяца».",
            ("Год плана", *MONTHS, "без месяца", "всего"),
            rows,
            Chart("Заседания по месяцам", tuple(range(1, 13)), across=True, most=8),
        )

    def _talks_by_school(self) -> Section:
        spoke = [each for each in self.schools.values() if each.talks]
        spoke.sort(key=lambda each: (-each.talks, each.name))
        return _cut(
            "Выступления по школам",
            "Строки листа «Участие», где школа названа у человека; «Планов» — в скольких планах есть школа.",
            ("Школа", "Выступ-лений", "Отвечает", "Участник", "Планов"),
            [(each.name, each.talks, each.answers, each.takes_part, each.plans) for each in spoke],
            Chart("Выступления по школам", (1,)),
        )

    def _talks_by_person(self) -> Section:
        ranked = sorted(self.talks.items(), key=lambda each: (-each[1], each[0]))
        rows: list[tuple[Cell, ...]] = []
        for (name, key), count in ranked:
            school = self.schools[key].name if key in self.schools else key
            rows.append((f"{name} ({school})" if school else name, count))
        note = "Люди, названные выступающими; однофамильцы из разных школ стоят отдельно."
        headings = ("Кто (школа)", "Выступ-лений")
        return _cut("Выступления по людям", note, headings, rows, Chart("Выступления по людям", (1,)))

    def _silent_schools(self) -> Section:
        silent = [each for each in self.schools.values() if not each.talks]
        silent.sort(key=lambda each: (-each.mentions, each.name))
        return _cut(
            "Школы, которые ни разу не выступали",
            "Названы в планах, но ни у одного выступающего.",
            ("Школа", "Упоми-наний", "Отвечает", "Участник", "Планов"),
            [(each.name, each.mentions, each.answers, each.takes_part, each.plans) for each in silent],
        )

    def _doubtful_plans(self) -> Section:
        worst = self._most_doubtful()[:20]
        return Section(
            "Планы, где больше всего замечаний",
            "Что именно проверить, сказано на листе «Замечания»; «разобрано» — доля понятого текста.",
            ("Файл", "Замеча-ний", "Разобрано"),
            [(each.file, each.remarks, each.coverage) for each in worst],
            Chart("Замечания по планам", (1,)),
            tuple(each.plan for each in worst),
        )


def month_of(begin: date | None, end: date | None) -> int | None:
    """The month that a term lies in; None for «в течение года», «по заявкам», «до 15 сентября»."""
    if begin is None or end is None or (begin.year, begin.month) != (end.year, end.month):
        return None
    return begin.month


def _fuller(name: str) -> tuple[int, str]:
    return len(name), name


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _cut(
    title: str, note: str, headings: tuple[str, ...], rows: list[Any], chart: Chart | None = None
) -> Section:
    return Section(title, note, headings, rows[:LONGEST], chart, left_out=max(0, len(rows) - LONGEST))
