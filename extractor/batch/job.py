"""What a worker does with one file: reads it and makes of it what the result is put together from.

Runs in a worker process (`worker.pool`) or on a cluster. The answer is MessagePack, never a pickle.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypedDict

import msgspec
from msgspec.structs import replace

from extractor.model.plan import Plan, Plans
from extractor.output.cells import Cell
from extractor.output.linked import LinkedRow, PlanTables, tables_of
from extractor.output.rows import rows
from extractor.output.tables import WORK

JOB = "extractor.batch.job:read_for_batch"
Want = Literal["json", "line", "tables", "work", "csv", "record"]
_Wire = str | int | float | tuple[int] | None  # a cell on its way: (ordinal,) is a day


class Options(TypedDict):
    """`file` names the source in tables, `name` in the record; `dialect` is for want «csv»."""

    want: Want
    file: str
    name: str
    encoding: str | None
    dialect: str


class Note(msgspec.Struct, frozen=True):
    """What the closing words say of a file: counts, and whether it deserves a look."""

    sha256: str = ""
    plans: int = 0
    meetings: int = 0
    items: int = 0
    activities: int = 0
    remarks: int = 0
    warnings: int = 0
    coverage: float = 0.0


class Product(msgspec.Struct, frozen=True):
    note: Note
    body: bytes


def read_for_batch(path: Path, options: Mapping[str, Any]) -> bytes:
    """A `Product` of the file in the form that `options["want"]` names. Raises ExtractorError."""
    from extractor.pipeline import extract_file

    record = _named(extract_file(path, encoding=options["encoding"]), options["name"])
    return msgspec.msgpack.encode(Product(note_of(record), _body(record, options)))


def _named(record: Plan | Plans, name: str) -> Plan | Plans:
    """The record as of a file of this name: what came out of an archive lay under another one."""
    if record.source.name == name:
        return record
    record = replace(record, source=replace(record.source, name=name))
    if isinstance(record, Plans):
        plans = tuple(replace(plan, source=replace(plan.source, name=name)) for plan in record.plans)
        record = replace(record, plans=plans)
    return record


def _body(record: Plan | Plans, options: Mapping[str, Any]) -> bytes:
    want, file = options["want"], options["file"]
    if want == "json":
        from extractor.output.to_json import json_bytes

        return json_bytes(record)
    if want == "line":
        return json_line(_named(record, file))
    if want == "tables":
        return _packed_tables(tables_of(record, file))
    if want == "work":
        return msgspec.msgpack.encode([_wired(row) for row in rows(WORK, _named(record, file))])
    if want == "csv":
        from extractor.output.to_csv import csv_bytes

        return csv_bytes(_named(record, file), dialect=options["dialect"])
    return msgspec.msgpack.encode([_slim(plan) for plan in plans_of(_named(record, file))])


def json_line(record: Plan | Plans) -> bytes:
    """The record in one line of JSON; a lone surrogate becomes «?»."""
    from extractor.output.to_json import json_bytes

    return msgspec.json.format(json_bytes(record), indent=-1) + b"\n"


def plans_of(record: Plan | Plans) -> tuple[Plan, ...]:
    return record.plans if isinstance(record, Plans) else (record,)


def note_of(record: Plan | Plans) -> Note:
    plans = plans_of(record)
    return Note(
        sha256=record.source.sha256,
        plans=len(plans),
        meetings=sum(len(plan.meetings) for plan in plans),
        items=sum(len(meeting.agenda) for plan in plans for meeting in plan.meetings),
        activities=sum(len(plan.activities) for plan in plans),
        remarks=sum(len(plan.diagnostics) for plan in plans),
        warnings=sum(each.severity != "info" for plan in plans for each in plan.diagnostics),
        coverage=min((plan.coverage for plan in plans), default=0.0),
    )


def _slim(plan: Plan) -> Plan:
    """The plan without its letters, for a report or a calendar."""
    return replace(plan, blocks=(), structure=(), residue=())


# --- rows on their way --------------------------------------------------------------------------


def _wired(cells: tuple[Cell, ...]) -> tuple[_Wire, ...]:
    return tuple((cell.toordinal(),) if isinstance(cell, date) else cell for cell in cells)


def _cells(wired: tuple[_Wire, ...]) -> tuple[Cell, ...]:
    return tuple(date.fromordinal(cell[0]) if isinstance(cell, tuple) else cell for cell in wired)


_WiredRow = tuple[tuple[_Wire, ...], int | None, int | None]
_WiredTables = tuple[str, int, tuple[list[_WiredRow], ...]]


def _packed_tables(tables: list[PlanTables]) -> bytes:
    wired = [
        (each.file, each.number, [[(_wired(row[0]), row[1], row[2]) for row in those] for those in each.rows])
        for each in tables
    ]
    try:
        return msgspec.msgpack.encode(wired)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(_without_surrogates(wired))


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list | tuple):
        return tuple(_without_surrogates(each) for each in value)
    return value


_tables_decoder = msgspec.msgpack.Decoder(list[_WiredTables])
_rows_decoder = msgspec.msgpack.Decoder(list[tuple[_Wire, ...]])


def unpack_tables(body: bytes) -> list[PlanTables]:
    """What want «tables» packed."""
    return [
        PlanTables(
            file,
            number,
            tuple([LinkedRow(_cells(row[0]), row[1], row[2]) for row in those] for those in table),
        )
        for file, number, table in _tables_decoder.decode(body)
    ]


def unpack_rows(body: bytes) -> list[tuple[Cell, ...]]:
    """What want «work» packed."""
    return [_cells(row) for row in _rows_decoder.decode(body)]


def unpack_plans(body: bytes) -> list[Plan]:
    """What want «record» packed."""
    return msgspec.msgpack.decode(body, type=list[Plan])
