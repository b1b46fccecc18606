"""The file of an archive: opening, transactions, what SQLite says in Russian.

A rollback journal, not WAL: the archive is one file at rest, also on a network disk. A process that was
killed leaves a journal, from which the next one to open the archive restores the last whole document.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractor.archive import schema
from extractor.errors import DamagedFile, ExtractorError, NotAFile, OutputProblem, UnknownFormat, UsageProblem
from extractor.version import __version__

WAIT = 120.0  # seconds for another run to finish its document


class Archive:
    """An open archive. `read` asks, `transaction` changes; closing it ends what is open."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection, self.path = connection, path

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exception: object) -> None:
        self.connection.close()

    def read(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        with explained(self.path):
            return self.connection.execute(statement, values).fetchall()

    def read_named(self, statement: str, values: dict[str, Any]) -> list[sqlite3.Row]:
        with explained(self.path):
            return self.connection.execute(statement, values).fetchall()

    def iterate(self, statement: str, values: dict[str, Any]) -> Iterator[sqlite3.Row]:
        """Row by row, for what does not fit into memory at once."""
        with explained(self.path):
            yield from self.connection.execute(statement, values)

    def value(self, statement: str, *values: Any) -> Any:
        """The first cell of the first row, or None."""
        rows = self.read(statement, *values)
        return rows[0][0] if rows else None

    def setting(self, name: str) -> str | None:
        found = self.value("SELECT value FROM archive WHERE name = ?", name)
        return None if found is None else str(found)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing; waits for another run that is writing."""
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    if self.connection.in_transaction:
                        self.connection.execute("ROLLBACK")
                raise

    def begin_run(self, command: str) -> int:
        with self.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO runs (command, extractor, started) VALUES (?, ?, ?)", (command, __version__, now())
            )
            return int(cursor.lastrowid or 0)

    def end_run(self, run: int, counts: dict[str, int]) -> None:
        with self.transaction() as connection:
            values = (now(), json.dumps(counts, ensure_ascii=False), run)
            connection.execute("UPDATE runs SET finished = ?, counts = ? WHERE id = ?", values)


def touch(connection: sqlite3.Connection) -> None:
    """Notes that the plans are no longer those that the registry was made of."""
    connection.execute("UPDATE archive SET value = CAST(value AS INTEGER) + 1 WHERE name = 'content'")


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def open_archive(path: Path, *, create: bool = False) -> Archive:
    """The archive at `path`, made where it is missing and `create`. Raises ExtractorError."""
    if path.is_dir():
        raise UsageProblem(f"«{path}» — папка: назовите файл архива, например «{path / 'plans.sqlite'}».")
    if not path.exists():
        if not create:
            raise NotAFile(f"Архива «{path}» нет: создайте его командой extract archive ПАПКА --db {path}.")
        if not path.parent.is_dir():
            raise OutputProblem(f"Папки «{path.parent}» нет: создайте её или укажите после --db другое место.")
    with explained(path):
        mode = "rwc" if create else "rw"
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        connection = sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            archive = Archive(connection, path)
            _make_or_check(archive, create=create)
        except BaseException:
            connection.close()
            raise
    return archive


def _make_or_check(archive: Archive, *, create: bool) -> None:
    """A new file becomes an archive; any other must be one, of this schema or an older one."""
    if _is_new(archive.connection):
        if not create:
            raise UnknownFormat(f"«{archive.path}» — не архив планов: он пуст.")
        with archive.transaction() as connection:
            if _is_new(connection):  # another run may have been quicker
                schema.create(connection)
    if archive.value("PRAGMA application_id") != schema.APPLICATION_ID:
        raise UnknownFormat(f"«{archive.path}» — база SQLite, но не архив планов: укажите другой файл.")
    if archive.value("PRAGMA user_version") > schema.VERSION:
        raise UnknownFormat(f"Архив «{archive.path}» сделан более новой программой: обновите программу.")
    if archive.setting("tables") != schema.tables_mark():
        from extractor.archive.made import make_again

        with archive.transaction() as connection:
            make_again(connection)


def _is_new(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """What SQLite raises becomes one Russian sentence that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise problem(path, error) from error


def problem(path: Path, error: sqlite3.Error) -> ExtractorError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return OutputProblem(f"Архив «{path}» занят другой программой: закройте её и повторите.")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return OutputProblem(
            f"Архив «{path}» не дописан: на диске не хватило места или он не отвечает; "
            f"готовые планы сохранены, освободите место и повторите."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return OutputProblem(f"Архив «{path}» не открывается для записи: проверьте права на файл и папку.")
    if name == "SQLITE_NOTADB":
        return UnknownFormat(f"«{path}» — не архив планов: укажите файл, сделанный командой extract archive.")
    if name.startswith("SQLITE_CORRUPT"):
        return DamagedFile(f"Архив «{path}» повреждён: возьмите копию или соберите его заново из планов.")
    return DamagedFile(f"Архив «{path}» отвечает ошибкой ({name or error}): проверьте его параметром --check.")
