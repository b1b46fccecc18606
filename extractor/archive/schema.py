"""The tables of an archive. What is kept has English names; what is made of it, for people, Russian ones.

The Russian tables are those of `output.tables`, column by column, with keys between them. They hold the
plans in force only: a plan that a newer version replaced stays in `versions`, `readings` and `lines`.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence

from extractor.output.rows import Table
from extractor.output.tables import (
    ACTIVITIES,
    AGENDA,
    MEETINGS,
    PARTICIPATION,
    PEOPLE,
    PLANS,
    REMARKS,
    SCHOOLS,
)
from extractor.output.tables import TABLES as OUTPUT_TABLES

VERSION = 1
APPLICATION_ID = 0x504C414E  # "PLAN"
SCHOOL_REGISTRY, PEOPLE_REGISTRY, PROPOSALS = "Реестр школ", "Реестр людей", "Предложения"

_KEPT = """
CREATE TABLE archive (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, command TEXT NOT NULL, extractor TEXT NOT NULL,
  started TEXT NOT NULL, finished TEXT, counts TEXT);
CREATE TABLE originals (
  sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, format TEXT NOT NULL, bytes INTEGER NOT NULL,
  stored TEXT, run INTEGER NOT NULL REFERENCES runs(id));
CREATE TABLE places (
  path TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES originals(sha256), file TEXT NOT NULL,
  modified TEXT, current INTEGER NOT NULL, run INTEGER NOT NULL REFERENCES runs(id),
  PRIMARY KEY (path, sha256));
CREATE INDEX places_original ON places (sha256);
CREATE TABLE versions (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES originals(sha256), number INTEGER NOT NULL,
  work TEXT NOT NULL, version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('current', 'replaced', 'gone')),
  file TEXT NOT NULL, title TEXT, association TEXT, territory TEXT, audience TEXT,
  year TEXT, first_year INTEGER, identity TEXT, modified TEXT, letters TEXT NOT NULL, sketch BLOB NOT NULL,
  names TEXT NOT NULL, schools TEXT NOT NULL,
  reading TEXT NOT NULL REFERENCES readings(id) DEFERRABLE INITIALLY DEFERRED,
  run INTEGER NOT NULL REFERENCES runs(id));
CREATE INDEX versions_identity ON versions (identity);
CREATE INDEX versions_work ON versions (work);
CREATE INDEX versions_original ON versions (sha256);
CREATE TABLE readings (
  id TEXT PRIMARY KEY, plan TEXT NOT NULL REFERENCES versions(id) DEFERRABLE INITIALLY DEFERRED,
  extractor TEXT NOT NULL, record TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs(id));
CREATE INDEX readings_plan ON readings (plan);
CREATE TABLE lines (
  id INTEGER PRIMARY KEY, plan TEXT NOT NULL REFERENCES versions(id) DEFERRABLE INITIALLY DEFERRED,
  block INTEGER NOT NULL, place TEXT NOT NULL, table_number INTEGER, table_row INTEGER,
  text TEXT NOT NULL, lemmas TEXT NOT NULL, UNIQUE (plan, block));
CREATE VIRTUAL TABLE lines_fts USING fts5 (
  text, lemmas, content='lines', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TABLE mentions (
  plan TEXT NOT NULL REFERENCES versions(id) DEFERRABLE INITIALLY DEFERRED, kind TEXT NOT NULL,
  key TEXT NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (plan, kind, key, block)) WITHOUT ROWID;
CREATE TABLE bands (
  band INTEGER NOT NULL, value INTEGER NOT NULL, plan TEXT NOT NULL REFERENCES versions(id),
  PRIMARY KEY (band, value, plan)) WITHOUT ROWID;
CREATE INDEX bands_plan ON bands (plan);
CREATE TABLE similar (
  plan TEXT NOT NULL REFERENCES versions(id), other TEXT NOT NULL REFERENCES versions(id),
  share REAL NOT NULL, same_letters INTEGER NOT NULL, PRIMARY KEY (plan, other)) WITHOUT ROWID;
CREATE TABLE failures (
  path TEXT PRIMARY KEY, sha256 TEXT, file TEXT NOT NULL, extractor TEXT NOT NULL, code INTEGER NOT NULL,
  message TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs(id));
CREATE TABLE decisions (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('schools', 'people')),
  same INTEGER NOT NULL, ids TEXT NOT NULL, name TEXT, why TEXT, made TEXT NOT NULL, undone TEXT);
"""

_LINK = "DEFERRABLE INITIALLY DEFERRED"
_KEYS: dict[str, dict[str, str]] = {  # beside `id`: column → the table that it leads to
    PLANS.name: {},
    MEETINGS.name: {},
    AGENDA.name: {"заседание_id": MEETINGS.name},
    ACTIVITIES.name: {},
    PARTICIPATION.name: {
        "заседание_id": MEETINGS.name,
        "школа_id": SCHOOLS.name,
        "человек_id": PEOPLE.name,
    },
    SCHOOLS.name: {"реестр_id": SCHOOL_REGISTRY},
    PEOPLE.name: {"реестр_id": PEOPLE_REGISTRY},
    REMARKS.name: {},
}
_INDEXED = {"Учебный год", "Территория", "Ключ школы", "Ключ", "Имя", "Код", "Начало"}

REGISTRY_COLUMNS: dict[str, tuple[str, ...]] = {
    SCHOOL_REGISTRY: ("Название", "Тип", "Номер", "Территория", "Написания", "Годы", "Планов", "Упоминаний"),
    PEOPLE_REGISTRY: ("Имя", "Школа", "Территория", "Написания", "Годы", "Планов", "Упоминаний"),
    PROPOSALS: ("Что", "Первое", "Второе", "Почему"),
}


def quoted(name: str) -> str:
    """An identifier for SQL; names come from the program's own tables, never from outside."""
    return '"' + name.replace('"', '""') + '"'


def key_columns(table: Table) -> list[str]:
    """The columns before those of `output.tables`: `id` and the links."""
    if table is PLANS:
        return ["id"]
    remark = ["замечание_id"] if "Замечания" in table.headings else []
    return ["id", "план_id", *_KEYS[table.name], *remark]


def create(connection: sqlite3.Connection) -> None:
    """Makes all tables in the transaction that is open. Ready to be filled."""
    for statement in _statements(_KEPT):
        connection.execute(statement)
    create_made(connection)
    connection.execute("INSERT INTO archive VALUES ('schema', ?), ('content', '0')", (str(VERSION),))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
    connection.execute(f"PRAGMA user_version = {VERSION:d}")


def create_made(connection: sqlite3.Connection) -> None:
    """Makes the Russian tables anew, empty; whoever calls fills them from the records."""
    for name in [*(table.name for table in OUTPUT_TABLES), *REGISTRY_COLUMNS]:
        connection.execute(f"DROP TABLE IF EXISTS {quoted(name)}")
    for name, columns in REGISTRY_COLUMNS.items():
        listed = ", ".join(quoted(column) for column in columns)
        link = ', "школа_id" TEXT' if name == PEOPLE_REGISTRY else ""
        connection.execute(f"CREATE TABLE {quoted(name)} (id TEXT PRIMARY KEY{link}, {listed})")
    for table in OUTPUT_TABLES:
        connection.execute(_made_table(table))
        for column in [*key_columns(table)[1:], *table.headings]:
            if column.endswith("_id") or column in _INDEXED:
                index = quoted(f"{table.name}: {column}")
                connection.execute(f"CREATE INDEX {index} ON {quoted(table.name)} ({quoted(column)})")
    connection.execute("INSERT OR REPLACE INTO archive VALUES ('tables', ?)", (tables_mark(),))
    connection.execute("INSERT OR REPLACE INTO archive VALUES ('registry', '')")


def _made_table(table: Table) -> str:
    if table is PLANS:
        keys = [f"id TEXT PRIMARY KEY REFERENCES versions(id) {_LINK}"]
    else:
        keys = ["id TEXT PRIMARY KEY", f'"план_id" TEXT NOT NULL REFERENCES {quoted(PLANS.name)}(id) {_LINK}']
        targets = _KEYS[table.name] | {"замечание_id": REMARKS.name}
        for column in key_columns(table)[2:]:
            keys.append(f"{quoted(column)} TEXT REFERENCES {quoted(targets[column])}(id) {_LINK}")
    columns = [quoted(heading) for heading in table.headings]
    return f"CREATE TABLE {quoted(table.name)} ({', '.join([*keys, *columns])})"


def tables_mark() -> str:
    """Changes whenever the columns of `output.tables` do: then the Russian tables are made again."""
    shape = repr([(table.name, key_columns(table), table.headings) for table in OUTPUT_TABLES])
    return hashlib.sha256((shape + repr(REGISTRY_COLUMNS)).encode()).hexdigest()[:16]


def insert_statement(name: str, columns: Sequence[str]) -> str:
    """«INSERT INTO "Планы" ("id", …) VALUES (?, …)»."""
    listed = ", ".join(quoted(column) for column in columns)
    return f"INSERT INTO {quoted(name)} ({listed}) VALUES ({', '.join('?' * len(columns))})"


def _statements(script: str) -> list[str]:
    """One by one: `executescript` would end the transaction."""
    return [each for part in script.split(";\n") if (each := part.strip())]
