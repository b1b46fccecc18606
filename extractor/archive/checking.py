"""Is the archive whole? Keys, hashes, the index, and that the tables hold what the records hold."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

from extractor.archive import schema
from extractor.archive.made import numbered_tables, record_of
from extractor.archive.originals import file_hash, originals_folder
from extractor.archive.store import Archive, problem
from extractor.archive.versions import reading_id
from extractor.output.tables import PLANS, TABLES


def check_archive(archive: Archive) -> list[str]:
    """What is wrong, a Russian sentence each; empty where all is well."""
    return [
        *_sqlite(archive),
        *_index(archive),
        *_records(archive),
        *_tables(archive),
        *_originals(archive),
    ]


def _sqlite(archive: Archive) -> Iterator[str]:
    for row in archive.read("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"Файл базы повреждён: {row[0]}."
    for row in archive.read("PRAGMA foreign_key_check"):
        yield f"В таблице «{row[0]}» строка {row[1]} ссылается на то, чего нет в «{row[2]}»."


def _index(archive: Archive) -> Iterator[str]:
    try:
        archive.connection.execute("INSERT INTO lines_fts (lines_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if not error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
            raise problem(archive.path, error) from error
        yield "Указатель поиска не соответствует тексту планов."


def _records(archive: Archive) -> Iterator[str]:
    for row in archive.iterate("SELECT id, plan, record FROM readings", {}):
        if reading_id(row["plan"], row["record"]) != row["id"]:
            yield f"Запись плана «{row['plan']}» не соответствует своей контрольной сумме."
    for row in archive.read("SELECT work FROM versions GROUP BY work HAVING sum(state = 'current') > 1"):
        yield f"У плана «{row['work']}» действуют сразу несколько редакций."


def _tables(archive: Archive) -> Iterator[str]:
    """The Russian tables against the records, row by row counted."""
    current = {row["id"]: row["file"] for row in archive.read("SELECT id, file FROM versions WHERE state = 'current'")}
    for row in archive.read(f"SELECT id FROM {schema.quoted(PLANS.name)}"):
        if row["id"] not in current:
            yield f"В таблице «{PLANS.name}» стоит план «{row['id']}», который не действует."
    counts: dict[tuple[str, str], int] = {}
    for table in TABLES:
        column = "id" if table is PLANS else schema.quoted("план_id")
        counted = f"SELECT {column} AS plan, count(*) AS rows FROM {schema.quoted(table.name)} GROUP BY 1"
        for row in archive.read(counted):
            counts[(table.name, row["plan"])] = row["rows"]
    for plan, file in current.items():
        tables = numbered_tables(record_of(archive.connection, plan), file, 1)
        for table, rows in zip(TABLES, tables.rows, strict=True):
            found = counts.get((table.name, plan), 0)
            if found != len(rows):
                yield f"План «{file}»: в таблице «{table.name}» строк {found}, а в записи {len(rows)}."


def _originals(archive: Archive) -> Iterator[str]:
    folder = originals_folder(archive)
    for row in archive.read("SELECT sha256, name, stored FROM originals WHERE stored IS NOT NULL ORDER BY sha256"):
        if folder is None:
            continue
        path = folder / row["stored"]
        try:
            if file_hash(path) != row["sha256"]:
                yield f"Оригинал «{row['name']}» ({path}) изменён: его содержимое не то, что было добавлено."
        except OSError:
            yield f"Оригинала «{row['name']}» нет на месте: {path}."


def unfinished_runs(archive: Archive) -> int:
    """Runs that were broken off; what they had finished is there."""
    return int(archive.value("SELECT count(*) FROM runs WHERE finished IS NULL") or 0)


def contents_mark(archive: Archive) -> str:
    """A hash of all that is kept, runs left out: the same when adding again changed nothing."""
    digest = hashlib.sha256()
    tables = ["originals", "versions", "readings", "places", "mentions", "similar", *(t.name for t in TABLES)]
    for name in tables:
        columns = [row["name"] for row in archive.read("SELECT name FROM pragma_table_info(?)", name)]
        listed = ", ".join(schema.quoted(column) for column in columns if column != "run")
        for row in archive.read(f"SELECT {listed} FROM {schema.quoted(name)} ORDER BY 1, 2"):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
