"""A folder → the archive: what it has not is read in worker processes, document by document.

    add_files(archive, entries, Manner(originals=Path("originals"))) → Outcome(added=[…], unchanged=12, …)
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

import msgspec

from extractor.archive import versions
from extractor.archive.originals import file_hash, keep, remember_folder
from extractor.archive.parcel import JOB, unpack
from extractor.archive.store import Archive
from extractor.archive.versions import Added, Arrival
from extractor.errors import (
    ExtractorError,
    NotAFile,
    OutOfMemory,
    OutputProblem,
    TimedOut,
    UnknownFormat,
    WorkerDied,
)
from extractor.version import __version__
from extractor.worker.pool import Done, Task, WorkerPool

_BY_CHANCE = (TimedOut.exit_code, OutOfMemory.exit_code, WorkerDied.exit_code, 70)  # worth trying again


class Entry(Protocol):
    """A file to add. `load` gives its bytes where it lies in no folder, `origin` says where that is, to get
    it again: «…/планы.zip!/план.docx», «s3://…». `named`: the user named it himself."""

    @property
    def key(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def load(self) -> Callable[[], bytes] | None: ...
    @property
    def named(self) -> bool: ...
    @property
    def origin(self) -> str | None: ...


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How to add: where copies of the originals go, how many workers, which suffixes are surely documents."""

    originals: Path | None = None
    jobs: int = 1
    encoding: str | None = None
    documents: frozenset[str] = frozenset()
    command: str = "archive"


class Outcome(msgspec.Struct):
    """What became of all files."""

    files: int = 0
    unchanged: int = 0
    added: list[tuple[str, Added]] = []
    failed: list[tuple[str, str]] = []
    skipped: list[str] = []


class _Item(NamedTuple):
    """A file on its way: its entry, where it lies, where the worker finds it, its hash."""

    entry: Entry
    arrival: Arrival
    here: Path
    sha256: str


def add_files(
    archive: Archive, entries: Iterable[Entry], manner: Manner, *, seen: Callable[[], None] = lambda: None
) -> Outcome:
    """Adds every document that is new. Raises OutputProblem where the archive cannot be written;
    what was finished before stays."""
    run = archive.begin_run(manner.command)
    if manner.originals is not None:
        remember_folder(archive, manner.originals)
    with tempfile.TemporaryDirectory(prefix="extract-") as folder:
        desk = _Desk(archive, run, manner, Path(folder))
        with WorkerPool(manner.jobs, JOB) as pool:
            for done in pool.run(desk.tasks(entries, seen)):
                desk.take(done)
                seen()
    outcome = desk.outcome
    counts = {
        "files": outcome.files,
        "unchanged": outcome.unchanged,
        "plans": len(outcome.added),
        "failed": len(outcome.failed),
    }
    archive.end_run(run, counts)
    return outcome


class _Desk:
    """Sorts what comes: known, to be read, unreadable."""

    def __init__(self, archive: Archive, run: int, manner: Manner, folder: Path) -> None:
        self.outcome = Outcome()
        self._archive, self._run, self._manner, self._folder = archive, run, manner, folder
        self._items: dict[int, _Item] = {}

    def tasks(self, entries: Iterable[Entry], seen: Callable[[], None]) -> Iterator[Task]:
        for number, entry in enumerate(entries):
            self.outcome.files += 1
            try:
                item = self._item(number, entry)
            except ExtractorError as error:
                if isinstance(error, OutputProblem):
                    raise
                self._fail(entry, arrival_of(entry), None, error)
                seen()
                continue
            if self._is_done(item):
                seen()
                self._forget(item)
                continue
            self._items[number] = item
            name = PurePosixPath(entry.key).name
            options = {"file": item.arrival.file, "name": name, "encoding": self._manner.encoding}
            yield Task(number, item.here, options)

    def take(self, done: Done) -> None:
        """What the worker said about the file goes into the archive, whole."""
        item = self._items.pop(done.key)
        if done.error is not None:
            self._fail(item.entry, item.arrival, item.sha256, done.error)
        else:
            parcel = unpack(done.result)
            arrival = self._with_copy(item._replace(sha256=parcel.sha256))
            added = versions.store_document(self._archive, self._run, arrival, parcel)
            self.outcome.added += [(item.arrival.file, each) for each in added]
            self.outcome.unchanged += not added and bool(parcel.plans)
        self._forget(item)

    def _item(self, number: int, entry: Entry) -> _Item:
        here = entry.path
        if entry.load is not None:
            here = self._folder / f"{number}{PurePosixPath(entry.key).suffix[:12]}"
            here.write_bytes(entry.load())
        try:
            return _Item(entry, arrival_of(entry), here, file_hash(here))
        except OSError as error:
            raise NotAFile(f"Файл «{entry.key}» не открывается: проверьте имя и права на него.") from error

    def _is_done(self, item: _Item) -> bool:
        """Whether nothing is to be read: the archive has the file, or this program could not read it before."""
        if versions.is_known(self._archive, item.sha256):
            versions.note_known(self._archive, self._run, self._with_copy(item), item.sha256)
            self.outcome.unchanged += 1
            return True
        rows = self._archive.read(
            "SELECT code, message FROM failures WHERE path = ? AND sha256 = ? AND extractor = ?",
            item.arrival.path,
            item.sha256,
            __version__,
        )
        if rows and rows[0]["code"] not in _BY_CHANCE:
            self.outcome.failed.append((item.arrival.file, rows[0]["message"]))
            return True
        return False

    def _with_copy(self, item: _Item) -> Arrival:
        if self._manner.originals is None:
            return item.arrival
        stored = keep(self._manner.originals, item.here, item.sha256, item.entry.key)
        return item.arrival._replace(stored=stored)

    def _fail(self, entry: Entry, arrival: Arrival, sha256: str | None, error: Exception) -> None:
        suffix = PurePosixPath(entry.key).suffix.lower()
        if isinstance(error, UnknownFormat) and not entry.named and suffix not in self._manner.documents:
            self.outcome.skipped.append(arrival.file)
            return
        code = error.exit_code if isinstance(error, ExtractorError) else 70
        message = str(error) if isinstance(error, ExtractorError) else f"Внутренняя ошибка программы ({error!r})."
        self.outcome.failed.append((arrival.file, message))
        with self._archive.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO failures (path, sha256, file, extractor, code, message, run) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (arrival.path, sha256, arrival.file, __version__, code, _one(message), self._run),
            )

    def _forget(self, item: _Item) -> None:
        if item.entry.load is not None:
            item.here.unlink(missing_ok=True)


def arrival_of(entry: Entry) -> Arrival:
    """Where the file lies for good, and its name in tables: from the folder that was named, «Планы 2021/а.docx»."""
    if entry.origin is not None:
        inside = "" if "://" in entry.origin else f"{entry.path.name}/"
        return Arrival(_one(entry.origin), _one(inside + entry.key))
    place = _absolute(entry.path).as_posix()
    root = PurePosixPath(place.removesuffix(entry.key)).name if place.endswith("/" + entry.key) else ""
    return Arrival(_one(place), _one(f"{root}/{entry.key}" if root else entry.key), _modified(entry.path))


def _absolute(path: Path) -> Path:
    """Without «..», links left as they are."""
    return Path(os.path.normpath(path.absolute()))


def _modified(path: Path) -> str | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    except (OSError, OverflowError, ValueError):
        return None


def _one(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
