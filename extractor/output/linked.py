"""A record → the rows of all its tables with what ties them together: the meeting, the remark.

    tables_of(plan, "2021/план.docx") → [PlanTables(file="2021/план.docx", number=1, rows=([…], […], …))]

The cells are those of `tables.py`. Made where a plan is read, so that whoever writes a workbook of a
thousand plans need not see the records themselves.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from extractor.model.plan import Plan, Plans
from extractor.output.cells import Cell, remarks_at
from extractor.output.rows import Table
from extractor.output.tables import TABLES


class LinkedRow(NamedTuple):
    """The cells of a row, the ordinal of its meeting and of its first remark in the plan, from 0."""

    cells: tuple[Cell, ...]
    meeting: int | None
    remark: int | None


class PlanTables(NamedTuple):
    """The rows of one plan, for each table of `TABLES` in order. `number` counts the plans of a file."""

    file: str
    number: int
    rows: tuple[list[LinkedRow], ...]

    @property
    def key(self) -> str:
        """«2021/план.docx», and «2021/план.docx#2» for the second plan of a file."""
        return self.file if self.number == 1 else f"{self.file}#{self.number}"


def tables_of(record: Plan | Plans, file: str) -> list[PlanTables]:
    """The tables of each plan of the record, which name `file` as where they come from."""
    plans = record.plans if isinstance(record, Plans) else (record,)
    named = (replace(each, source=replace(each.source, name=file)) for each in plans)
    return [
        PlanTables(file, number, tuple(_rows(table, plan) for table in TABLES))
        for number, plan in enumerate(named, 1)
    ]


def _rows(table: Table, plan: Plan) -> list[LinkedRow]:
    meetings = {id(meeting): ordinal for ordinal, meeting in enumerate(plan.meetings)}
    blocks = {block.id: block for block in plan.blocks}
    remarks = "Замечания" in table.headings
    return [
        LinkedRow(
            tuple(column.cell(row) for column in table.columns),
            meetings.get(id(row.meeting)) if row.meeting else None,
            next(iter(remarks_at(row.value, plan)), None) if remarks else None,
        )
        for row in table.things(plan, blocks)
    ]
