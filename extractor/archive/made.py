"""A plan → rows of the Russian tables, and away with them when a newer version takes its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from extractor.archive import schema
from extractor.archive.parcel import MadeRow, PlanParcel, Stored, made_rows
from extractor.model.plan import Plan
from extractor.output.linked import PlanTables, tables_of
from extractor.output.rows import Table
from extractor.output.tables import MEETINGS, PARTICIPATION, PEOPLE, PLANS, REMARKS, SCHOOLS, TABLES

_LETTERS = {  # what stands in the ids of rows: «3f2a…-1-п-12»
    "Заседания": "з",
    "Повестка": "п",
    "Мероприятия": "м",
    "Участие": "у",
    "Школы": "ш",
    "Люди": "л",
    "Замечания": "х",
}


def insert_rows(connection: sqlite3.Connection, plan: str, rows: Sequence[Sequence[MadeRow]]) -> None:
    """Puts the rows of all tables of one plan; `rows` stand in the order of `TABLES`."""
    by_table = dict(zip((table.name for table in TABLES), rows, strict=True))
    schools = _ordinals(by_table[SCHOOLS.name], SCHOOLS, "Ключ")
    people = _ordinals(by_table[PEOPLE.name], PEOPLE, "Имя")
    for table in TABLES:
        statement = schema.insert_statement(table.name, [*schema.key_columns(table), *table.headings])
        made: list[list[Stored]] = []
        for ordinal, row in enumerate(by_table[table.name], 1):
            links: dict[str, str | None] = {
                "id": plan if table is PLANS else row_id(plan, table.name, ordinal),
                "план_id": plan,
                "заседание_id": _linked(plan, MEETINGS, row.meeting),
                "замечание_id": _linked(plan, REMARKS, row.remark),
            }
            if table is PARTICIPATION:
                links["школа_id"] = _linked(plan, SCHOOLS, schools.get(_cell(row, table, "Ключ школы")))
                links["человек_id"] = _linked(plan, PEOPLE, people.get(_cell(row, table, "Имя")))
            made.append([*(links.get(key) for key in schema.key_columns(table)), *row.cells])
        connection.executemany(statement, made)


def row_id(plan: str, table: str, ordinal: int) -> str:
    return f"{plan}-{_LETTERS[table]}-{ordinal}"


def _linked(plan: str, table: Table, ordinal: int | None) -> str | None:
    return None if ordinal is None else row_id(plan, table.name, ordinal + 1)


def _cell(row: MadeRow, table: Table, heading: str) -> Stored:
    return row.cells[table.headings.index(heading)]


def _ordinals(rows: Sequence[MadeRow], table: Table, heading: str) -> dict[Stored, int]:
    """{cell: ordinal of its row}; what stands twice (namesakes) or is empty leads nowhere."""
    found: dict[Stored, int] = {}
    twice: set[Stored] = {None}
    for ordinal, row in enumerate(rows):
        cell = _cell(row, table, heading)
        if cell in found:
            twice.add(cell)
        found[cell] = ordinal
    return {cell: ordinal for cell, ordinal in found.items() if cell not in twice}


def delete_rows(connection: sqlite3.Connection, plan: str) -> None:
    """Takes the plan out of the Russian tables."""
    for table in reversed(TABLES):
        column = "id" if table is PLANS else "план_id"
        connection.execute(f"DELETE FROM {schema.quoted(table.name)} WHERE {schema.quoted(column)} = ?", (plan,))


def insert_text(connection: sqlite3.Connection, plan: str, parcel: PlanParcel) -> None:
    """The lines with their full-text index, and where schools and people stand."""
    for line in parcel.lines:
        values = (plan, line.block, line.place, line.table, line.row, line.text, line.lemmas)
        cursor = connection.execute(
            "INSERT INTO lines (plan, block, place, table_number, table_row, text, lemmas) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        connection.execute(
            "INSERT INTO lines_fts (rowid, text, lemmas) VALUES (?, ?, ?)",
            (cursor.lastrowid, line.text, line.lemmas),
        )
    mentions = [(plan, *each) for each in parcel.mentions]
    connection.executemany("INSERT INTO mentions (plan, kind, key, block) VALUES (?, ?, ?, ?)", mentions)


def delete_text(connection: sqlite3.Connection, plan: str) -> None:
    connection.execute(
        "INSERT INTO lines_fts (lines_fts, rowid, text, lemmas) "
        "SELECT 'delete', id, text, lemmas FROM lines WHERE plan = ?",
        (plan,),
    )
    connection.execute("DELETE FROM lines WHERE plan = ?", (plan,))
    connection.execute("DELETE FROM mentions WHERE plan = ?", (plan,))


def put_in_force(connection: sqlite3.Connection, plan: str) -> None:
    """Makes the version the one in force; the other versions of its plan leave the Russian tables."""
    row = connection.execute("SELECT work, file FROM versions WHERE id = ?", (plan,)).fetchone()
    others = connection.execute(
        "SELECT id FROM versions WHERE work = ? AND id <> ? AND state = 'current'", (row["work"], plan)
    ).fetchall()
    for other in others:
        delete_rows(connection, other["id"])
        connection.execute("UPDATE versions SET state = 'replaced' WHERE id = ?", (other["id"],))
    connection.execute("UPDATE versions SET state = 'current' WHERE id = ?", (plan,))
    delete_rows(connection, plan)
    insert_rows(connection, plan, _rows_of(connection, plan, row["file"]))


def record_of(connection: sqlite3.Connection, plan: str) -> Plan:
    """The record of the plan as it was last taken."""
    row = connection.execute(
        "SELECT record FROM readings JOIN versions ON versions.reading = readings.id WHERE versions.id = ?", (plan,)
    ).fetchone()
    return msgspec.json.decode(row["record"], type=Plan)


def numbered_tables(plan: Plan, file: str, number: int) -> PlanTables:
    """The tables of a plan that was the `number`th of its file."""
    return tables_of(plan, file)[0]._replace(number=number)


def _rows_of(connection: sqlite3.Connection, plan: str, file: str) -> list[list[MadeRow]]:
    return made_rows(numbered_tables(record_of(connection, plan), file, 1))


def make_again(connection: sqlite3.Connection) -> None:
    """Makes the Russian tables again from the records: this version of the program has other columns."""
    schema.create_made(connection)
    rows = connection.execute("SELECT id, file FROM versions WHERE state = 'current' ORDER BY id").fetchall()
    for row in rows:
        insert_rows(connection, row["id"], _rows_of(connection, row["id"], row["file"]))
