"""Every original again, with this version of the program: what comes out differently, before it is taken.

    refresh(archive, jobs=2, accept=False) → Refreshed(files=97, same=95, changed=[Changed(…)], …)
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from extractor.archive import made
from extractor.archive.compare import bands
from extractor.archive.differences import Change, differences
from extractor.archive.originals import find_original, is_elsewhere
from extractor.archive.parcel import JOB, Parcel, PlanParcel, unpack
from extractor.archive.store import Archive, touch
from extractor.archive.versions import facts_of, insert_reading
from extractor.errors import ExtractorError
from extractor.model.plan import Plan
from extractor.worker.pool import Task, WorkerPool

Fetch = Callable[[str], Iterable[bytes]]  # «…/планы.zip!/план.docx» or «s3://…» → what lies there now


class Changed(NamedTuple):
    """A plan that this version reads differently. `plan` is its id."""

    file: str
    plan: str
    changes: list[Change]


class Refreshed(msgspec.Struct):
    files: int = 0
    same: int = 0
    accepted: int = 0
    changed: list[Changed] = []
    missing: list[tuple[str, str]] = []  # the file, and what to do
    failed: list[tuple[str, str]] = []


def refresh(
    archive: Archive,
    *,
    jobs: int = 1,
    accept: bool = False,
    fetch: Fetch | None = None,
    seen: Callable[[], None] = lambda: None,
) -> Refreshed:
    """Reads every original again. With `accept` what changed is taken, a document a transaction; the
    earlier record stays among the readings. `fetch` gets what lies in ZIP archives and at addresses."""
    run = archive.begin_run("refresh --accept" if accept else "refresh")
    found = Refreshed()
    with tempfile.TemporaryDirectory(prefix="extract-") as folder, WorkerPool(jobs, JOB) as pool:
        originals = _Originals(archive, Path(folder), fetch)
        for done in pool.run(_tasks(archive, originals, found, seen)):
            originals.forget(done.key)
            file = _file(archive, done.key)
            if done.error is not None:
                told = str(done.error) if isinstance(done.error, ExtractorError) else repr(done.error)
                found.failed.append((file, told))
            else:
                _compare(archive, run, unpack(done.result), found, accept=accept)
            seen()
    found.changed.sort(key=lambda each: (each.file, each.plan))
    counts = {"files": found.files, "changed": len(found.changed), "accepted": found.accepted}
    archive.end_run(run, counts)
    return found


def count_originals(archive: Archive) -> int:
    return int(archive.value("SELECT count(*) FROM originals") or 0)


def _tasks(
    archive: Archive, originals: _Originals, found: Refreshed, seen: Callable[[], None]
) -> Iterator[Task]:
    for row in archive.read("SELECT sha256, name FROM originals ORDER BY sha256"):
        found.files += 1
        file = _file(archive, row["sha256"])
        path = originals.find(row["sha256"], row["name"])
        if isinstance(path, str):
            found.missing.append((file, path))
            seen()
            continue
        yield Task(row["sha256"], path, {"file": file, "name": row["name"]})


class _Originals:
    """The files to read again: copies, files in folders, and what has to be fetched into `folder` first."""

    def __init__(self, archive: Archive, folder: Path, fetch: Fetch | None) -> None:
        self._archive, self._folder, self._fetch = archive, folder, fetch
        self._fetched: dict[str, Path] = {}

    def find(self, sha256: str, name: str) -> Path | str:
        """A file with just these bytes, or one sentence that says what to do."""
        path = find_original(self._archive, sha256)
        if path is not None:
            return path
        rows = self._archive.read(
            "SELECT path FROM places WHERE sha256 = ? ORDER BY current DESC, path", sha256
        )
        told = ""
        for place in (row["path"] for row in rows):
            data, why = self._bytes(place, sha256)
            if data is not None:
                return self._kept(data, sha256, name)
            told = told or why
        return told or "места файла архив не знает: добавьте план заново, с --originals хранилась бы копия."

    def _bytes(self, place: str, sha256: str) -> tuple[bytes | None, str]:
        if not is_elsewhere(place):
            return None, f"по пути «{place}» его нет или он изменён: верните файл туда или добавьте новый."
        if self._fetch is None:
            return None, f"лежит в «{place}»: распакуйте или скачайте его и добавьте заново."
        try:
            for data in self._fetch(place):
                if hashlib.sha256(data).hexdigest() == sha256:
                    return data, ""
        except (ExtractorError, OSError) as error:
            return None, str(error)
        return None, f"в «{place}» теперь другой файл: верните прежний или добавьте новый."

    def _kept(self, data: bytes, sha256: str, name: str) -> Path:
        path = self._folder / f"{sha256}{PurePosixPath(name).suffix[:12]}"
        path.write_bytes(data)
        self._fetched[sha256] = path
        return path

    def forget(self, sha256: str) -> None:
        """The file has been read: what was fetched goes away."""
        if path := self._fetched.pop(sha256, None):
            path.unlink(missing_ok=True)


def _file(archive: Archive, sha256: str) -> str:
    found = archive.value("SELECT file FROM versions WHERE sha256 = ? ORDER BY number", sha256)
    return str(found or archive.value("SELECT name FROM originals WHERE sha256 = ?", sha256))


def _compare(archive: Archive, run: int, parcel: Parcel, found: Refreshed, *, accept: bool) -> None:
    rows = archive.read(
        "SELECT id, number, file, state FROM versions WHERE sha256 = ? ORDER BY number", parcel.sha256
    )
    known = {row["number"]: row for row in rows if row["state"] != "gone"}
    new = {plan.number: plan for plan in parcel.plans}
    changed: list[Changed] = []
    for number in sorted(known | new):
        row, plan = known.get(number), new.get(number)
        file = row["file"] if row else _file(archive, parcel.sha256)
        plan_id = f"{parcel.sha256[:16]}-{number}"
        before = made.record_of(archive.connection, plan_id) if row else None
        after = msgspec.json.decode(plan.record, type=Plan) if plan else None
        changes = _changes(before, after)
        if changes or (before and after and _rest(before) != _rest(after)):
            changed.append(Changed(file, plan_id, changes))
    found.same += not changed
    found.changed += changed
    if accept and changed:
        with archive.transaction() as connection:
            for number in sorted(known | new):
                _take(connection, run, parcel, (number, new.get(number)))
            touch(connection)
        found.accepted += len(changed)


def _changes(before: Plan | None, after: Plan | None) -> list[Change]:
    if before is None:
        return [Change("план", None, "в файле нашёлся ещё один план")]
    if after is None:
        return [Change("план", "был отдельным планом", None)]
    return differences(before, after)


def _rest(plan: Plan) -> bytes:
    """All of the record but the version that made it."""
    return msgspec.json.encode(msgspec.structs.replace(plan, source=_unversioned(plan)))


def _unversioned(plan: Plan) -> object:
    return msgspec.structs.replace(plan.source, extractor="")


def _take(connection: sqlite3.Connection, run: int, parcel: Parcel, what: tuple[int, PlanParcel | None]) -> None:
    """Puts the new reading in the place of the one that was there."""
    number, plan = what
    plan_id = f"{parcel.sha256[:16]}-{number}"
    row = connection.execute("SELECT state FROM versions WHERE id = ?", (plan_id,)).fetchone()
    if plan is None:
        made.delete_rows(connection, plan_id)
        connection.execute("UPDATE versions SET state = 'gone' WHERE id = ?", (plan_id,))
        return
    reading = insert_reading(connection, run, plan_id, plan, parcel.extractor)
    facts = {**facts_of(plan), "reading": reading}
    if row is None:
        _insert_found(connection, run, parcel, (plan_id, number), facts)
        state = "current"
    else:
        state = "current" if row["state"] == "gone" else row["state"]
        listed = ", ".join(f"{name} = :{name}" for name in facts)
        values = {**facts, "id": plan_id, "state": state}
        connection.execute(f"UPDATE versions SET {listed}, state = :state WHERE id = :id", values)
    made.delete_text(connection, plan_id)
    made.insert_text(connection, plan_id, plan)
    made.delete_rows(connection, plan_id)
    if state == "current":
        made.insert_rows(connection, plan_id, plan.rows)
    connection.execute("DELETE FROM bands WHERE plan = ?", (plan_id,))
    connection.executemany(
        "INSERT OR IGNORE INTO bands (band, value, plan) VALUES (?, ?, ?)",
        [(*band, plan_id) for band in bands(plan.sketch)],
    )


def _insert_found(
    connection: sqlite3.Connection,
    run: int,
    parcel: Parcel,
    what: tuple[str, int],
    facts: dict[str, str | int | bytes | None],
) -> None:
    """A plan that earlier versions did not tell from its neighbours."""
    plan_id, number = what
    first = connection.execute(
        "SELECT file, modified FROM versions WHERE sha256 = ? ORDER BY number", (parcel.sha256,)
    ).fetchone()
    values = {
        **facts,
        "id": plan_id,
        "sha256": parcel.sha256,
        "number": number,
        "work": plan_id,
        "version": 1,
        "state": "current",
        "file": first["file"] if first else parcel.name,
        "modified": first["modified"] if first else None,
        "run": run,
    }
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(f"INSERT INTO versions ({', '.join(values)}) VALUES ({marks})", values)
