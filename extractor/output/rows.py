"""The machinery of tables: what a row, a column and a table are, and which things of a plan make rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from extractor.model.plan import Activity, AgendaItem, At, Date, Meeting, Participant, Plan, Plans
from extractor.model.source import Block
from extractor.output.cells import Cell

_ROLES = {"speakers": "выступающий", "responsible": "ответственный", "participants": "участник"}


class Row(NamedTuple):
    """One thing of a plan with what it stands in. `value` is the thing the row is about."""

    plan: Plan
    blocks: dict[int, Block]
    value: Any
    kind: str = ""
    meeting: Meeting | None = None
    within: AgendaItem | Activity | Meeting | None = None  # the item at which a person has a role

    @property
    def at(self) -> At:
        own: At = getattr(self.value, "at", ())
        return own or (self.within.at if self.within else ())

    @property
    def dates(self) -> tuple[Date, ...]:
        """The term of the thing itself, else that of what it stands in."""
        for holder in (self.value, self.within, self.meeting):
            if dates := getattr(holder, "dates", ()):
                return tuple(dates)
        return ()


class Column(NamedTuple):
    heading: str
    cell: Callable[[Row], Cell]


class Table(NamedTuple):
    name: str
    columns: tuple[Column, ...]
    things: Callable[[Plan, dict[int, Block]], Iterator[Row]]

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]


def rows(table: Table, plan: Plan | Plans) -> list[tuple[Cell, ...]]:
    """The table's rows for a plan, or for each plan of a collection one after another."""
    plans: Iterable[Plan] = plan.plans if isinstance(plan, Plans) else (plan,)
    return [
        tuple(column.cell(row) for column in table.columns)
        for each in plans
        for row in table.things(each, {block.id: block for block in each.blocks})
    ]


def the_plan(plan: Plan, blocks: dict[int, Block]) -> Iterator[Row]:
    yield Row(plan, blocks, plan.title)


def meetings(plan: Plan, blocks: dict[int, Block]) -> Iterator[Row]:
    return (Row(plan, blocks, each, "заседание", meeting=each) for each in plan.meetings)


def agenda(plan: Plan, blocks: dict[int, Block]) -> Iterator[Row]:
    for meeting in plan.meetings:
        for item in meeting.agenda:
            yield Row(plan, blocks, item, "вопрос заседания", meeting=meeting)


def activities(plan: Plan, blocks: dict[int, Block]) -> Iterator[Row]:
    return (Row(plan, blocks, each, "мероприятие") for each in plan.activities)


def work(plan: Plan, blocks: dict[int, Block]) -> Iterator[Row]:
    """Agenda items and activities; a meeting without an agenda stands for itself, so that none is lost."""
    for meeting in meetings(plan, blocks):
        if not meeting.value.agenda:
            yield meeting
    yield from agenda(plan, blocks)
    yield from activities(plan, blocks)


def participation(plan: Plan, blocks: dict[int, Block]) -> Iterator[Row]:
    """A person, role or group at an item a row: the table for counting."""
    if plan.head:
        yield Row(plan, blocks, plan.head, "руководитель объединения")
    for member in plan.members:
        yield Row(plan, blocks, member, "член объединения")
    for approval in plan.approvals:
        if approval.by:
            yield Row(plan, blocks, approval.by, approval.kind)
    for row in (*meetings(plan, blocks), *agenda(plan, blocks), *activities(plan, blocks)):
        for field, kind in _ROLES.items():
            people: tuple[Participant, ...] = getattr(row.value, field, ())
            for person in people:
                yield Row(plan, blocks, person, kind, meeting=row.meeting, within=row.value)


def schools(plan: Plan, blocks: dict[int, Block]) -> Iterator[Row]:
    return (Row(plan, blocks, each) for each in plan.schools)


def people(plan: Plan, blocks: dict[int, Block]) -> Iterator[Row]:
    return (Row(plan, blocks, each) for each in plan.people)


def remarks(plan: Plan, blocks: dict[int, Block]) -> Iterator[Row]:
    return (Row(plan, blocks, each) for each in plan.diagnostics)
