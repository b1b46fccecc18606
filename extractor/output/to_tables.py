"""All tables as CSV in one folder, with a Frictionless Data Package that says what they hold.

`plans.csv`, `meetings.csv` … and `datapackage.json` with types and keys: a row of any table leads to its
plan, a question and a person's part lead to their meeting. Every file is written whole or not at all,
the description last.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.errors import OutputProblem
from extractor.model.plan import Plan, Plans
from extractor.output.atomic import atomic_target, write_atomically
from extractor.output.cells import Cell
from extractor.output.linked import LinkedRow, PlanTables, tables_of
from extractor.output.rows import Table
from extractor.output.tables import AGENDA, PARTICIPATION, PLANS, TABLES
from extractor.output.to_csv import cell_text
from extractor.output.to_parquet import ParquetFile
from extractor.output.typed import kind_of
from extractor.version import __version__

NAMES = ("plans", "meetings", "agenda", "activities", "participation", "schools", "people", "remarks")
ROW, PLAN, MEETING = "Ключ строки", "Ключ плана", "Ключ заседания"
_FOR_PEOPLE = {"excel": {"delimiter": ";", "lineTerminator": "\r\n"}, "machine": {"lineTerminator": "\n"}}


def write_tables(plan: Plan | Plans, folder: Path, *, dialect: str = "excel", parquet: bool = False) -> None:
    """The tables of one document."""
    with tables_folder(folder, dialect=dialect, parquet=parquet) as tables:
        for each in tables_of(plan, plan.source.name):
            tables.add(each)


@contextlib.contextmanager
def tables_folder(folder: Path, *, dialect: str, parquet: bool) -> Iterator[TablesFolder]:
    """The files are there when the block has ended well; else what was there before."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputProblem(f"Папка «{folder}» не создаётся: укажите после -o другое место.") from error
    with contextlib.ExitStack() as stack:
        tables = TablesFolder(folder, stack, dialect=dialect, parquet=parquet)
        yield tables
        tables.close()
    write_atomically(folder / "datapackage.json", tables.description())


def key_columns(table: Table) -> tuple[str, ...]:
    """The columns of keys before those of the table."""
    if table is PLANS:
        return (PLAN,)
    return (ROW, PLAN, MEETING) if table in (AGENDA, PARTICIPATION) else (ROW, PLAN)


def keys_of(
    table: Table, name: str, tables: PlanTables, number: int, row: LinkedRow
) -> tuple[str | None, ...]:
    """«2021/план.docx:agenda-3»: what the row is called, its plan, its meeting. `number` from 1."""
    if table is PLANS:
        return (tables.key,)
    own = f"{tables.key}:{name}-{number}"
    meeting = None if row.meeting is None else f"{tables.key}:meetings-{row.meeting + 1}"
    return (own, tables.key, meeting) if table in (AGENDA, PARTICIPATION) else (own, tables.key)


class TablesFolder:
    """The files while they grow."""

    def __init__(self, folder: Path, stack: contextlib.ExitStack, *, dialect: str, parquet: bool) -> None:
        self._dialect = dialect
        self._files = [_CsvFile(folder, name, table, stack, dialect) for name, table in _tables()]
        self._parquet: list[ParquetFile] = []
        if parquet:
            for name, table in _tables():
                target = stack.enter_context(atomic_target(folder / f"{name}.parquet"))
                self._parquet.append(ParquetFile(target, table, first=key_columns(table)))

    def add(self, tables: PlanTables) -> None:
        for index, (name, table) in enumerate(_tables()):
            made: list[tuple[Cell, ...]] = [
                (*keys_of(table, name, tables, number, row), *row.cells)
                for number, row in enumerate(tables.rows[index], 1)
            ]
            self._files[index].write(made)
            if self._parquet:
                self._parquet[index].add(made)

    def close(self) -> None:
        for csv_file in self._files:
            csv_file.close()
        for parquet_file in self._parquet:
            parquet_file.close()

    def description(self) -> bytes:
        """datapackage.json."""
        resources = [_resource(name, table, self._dialect) for name, table in _tables()]
        package = {
            "profile": "tabular-data-package",
            "name": "plans",
            "title": "Планы методических объединений",
            "description": f"Сделано программой extract {__version__}.",
            "resources": resources,
        }
        return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"


class _CsvFile:
    def __init__(
        self, folder: Path, name: str, table: Table, stack: contextlib.ExitStack, dialect: str
    ) -> None:
        self._dialect = dialect
        temporary = stack.enter_context(atomic_target(folder / f"{name}.csv"))
        self._stream = temporary.open("xb")
        stack.callback(self._stream.close)
        if dialect == "excel":
            self._stream.write(codecs.BOM_UTF8)
        self.write([(*key_columns(table), *table.headings)])

    def write(self, rows: list[tuple[Cell, ...]]) -> None:
        text = io.StringIO(newline="")
        excel = self._dialect == "excel"
        writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
        writer.writerows([cell_text(cell, self._dialect) for cell in row] for row in rows)
        self._stream.write(text.getvalue().encode("utf-8", "replace"))

    def close(self) -> None:
        self._stream.close()


def _tables() -> Iterator[tuple[str, Table]]:
    return zip(NAMES, TABLES, strict=True)


def _resource(name: str, table: Table, dialect: str) -> dict[str, Any]:
    keys = key_columns(table)
    fields = [{"name": each, "type": "string"} for each in keys]
    fields += [_field(heading, dialect) for heading in table.headings]
    fields[0]["constraints"] = {"required": True, "unique": True}  # type: ignore[assignment]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""], "primaryKey": [keys[0]]}
    foreign = []
    if PLAN in keys[1:]:
        foreign.append({"fields": [PLAN], "reference": {"resource": "plans", "fields": [PLAN]}})
    if MEETING in keys:
        foreign.append({"fields": [MEETING], "reference": {"resource": "meetings", "fields": [ROW]}})
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": table.name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "doubleQuote": True, "quoteChar": '"', **_FOR_PEOPLE[dialect]},
        "schema": schema,
    }


def _field(heading: str, dialect: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": heading, "type": kind_of(heading)}
    if dialect == "excel" and field["type"] == "date":
        field["format"] = "%d.%m.%Y"
    if dialect == "excel" and field["type"] == "number":
        field["decimalChar"] = ","
    return field
