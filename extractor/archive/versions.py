"""A document that was read → the archive: what is new, what is a new version of which plan, what is a copy.

A new version is a plan that lies where the known one lay, or that has the same title, association and
year and mostly the same people. A plan of another year is never a version, wherever it lies: it is a
plan of its own, and where it is last year's text with the year changed, that is said.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from extractor.archive import made
from extractor.archive.compare import ALIKE, bands, likeness, packed, unpacked
from extractor.archive.parcel import Parcel, PlanParcel
from extractor.archive.store import Archive, touch

_SAME_TEXT = 0.3  # at one place: less alike is another document
_SAME_PLAN = 0.5  # at another place, with the same title
_MOST_ALIKE = 5
_BAND_LIMIT = 20  # plans looked at for each band: thousands of copies of one text must not slow it down


class Arrival(NamedTuple):
    """A file that came: where it lies, how the tables call it, when it was changed, where its copy is."""

    path: str
    file: str
    modified: str | None = None
    stored: str | None = None


class Added(NamedTuple):
    """What became of one plan of it."""

    plan: str
    version: int
    replaces: str | None  # the file of the version that it was put beside
    alike: str | None  # the file of the plan that it is nearly a copy of
    share: float = 0.0
    only_digits: bool = False


def is_known(archive: Archive, sha256: str) -> bool:
    return archive.value("SELECT 1 FROM originals WHERE sha256 = ?", sha256) is not None


def store_document(archive: Archive, run: int, arrival: Arrival, parcel: Parcel) -> list[Added]:
    """Puts the whole document into the archive, in one transaction; nothing where another run already did."""
    with archive.transaction() as connection:
        if _has(connection, parcel.sha256):
            _note_place(connection, run, arrival, parcel.sha256)
            return []
        before = _lying_at(connection, arrival.path)
        connection.execute(
            "INSERT INTO originals (sha256, name, format, bytes, stored, run) VALUES (?, ?, ?, ?, ?, ?)",
            (parcel.sha256, parcel.name, parcel.format, parcel.bytes, arrival.stored, run),
        )
        _note_place(connection, run, arrival, parcel.sha256)
        connection.execute("DELETE FROM failures WHERE path = ?", (arrival.path,))
        candidates = _versions_of(connection, before) if before else []
        added = [_store_plan(connection, run, arrival, (parcel, plan), candidates) for plan in parcel.plans]
        touch(connection)
        return added


def note_known(archive: Archive, run: int, arrival: Arrival, sha256: str) -> None:
    """A file that the archive has already: notes its place if that is new. Else nothing is written at all."""
    current = archive.value("SELECT current FROM places WHERE path = ? AND sha256 = ?", arrival.path, sha256)
    stored = archive.value("SELECT stored FROM originals WHERE sha256 = ?", sha256)
    if current == 1 and (stored or not arrival.stored):
        return
    with archive.transaction() as connection:
        _note_place(connection, run, arrival, sha256)
        if arrival.stored:
            connection.execute("UPDATE originals SET stored = ? WHERE sha256 = ?", (arrival.stored, sha256))


def _note_place(connection: sqlite3.Connection, run: int, arrival: Arrival, sha256: str) -> None:
    """The file lies here now. Where another one lay, and this one is its older version, it is in force again."""
    before = _lying_at(connection, arrival.path)
    connection.execute("UPDATE places SET current = 0 WHERE path = ? AND sha256 <> ?", (arrival.path, sha256))
    connection.execute(
        "INSERT INTO places (path, sha256, file, modified, current, run) VALUES (?, ?, ?, ?, 1, ?) "
        "ON CONFLICT (path, sha256) DO UPDATE SET current = 1",
        (arrival.path, sha256, arrival.file, arrival.modified, run),
    )
    if before and before != sha256:
        for row in _versions_of(connection, sha256):
            if row["state"] == "replaced":
                made.put_in_force(connection, row["id"])
                touch(connection)


def _has(connection: sqlite3.Connection, sha256: str) -> bool:
    return connection.execute("SELECT 1 FROM originals WHERE sha256 = ?", (sha256,)).fetchone() is not None


def _lying_at(connection: sqlite3.Connection, path: str) -> str | None:
    row = connection.execute("SELECT sha256 FROM places WHERE path = ? AND current = 1", (path,)).fetchone()
    return row["sha256"] if row else None


def _versions_of(connection: sqlite3.Connection, sha256: str) -> list[sqlite3.Row]:
    return connection.execute("SELECT * FROM versions WHERE sha256 = ? ORDER BY number", (sha256,)).fetchall()


def _store_plan(
    connection: sqlite3.Connection,
    run: int,
    arrival: Arrival,
    what: tuple[Parcel, PlanParcel],
    candidates: list[sqlite3.Row],
) -> Added:
    parcel, plan = what
    plan_id = f"{parcel.sha256[:16]}-{plan.number}"
    former = _at_same_place(plan, candidates)
    here = former is not None
    former = former or _by_identity(connection, plan, arrival)
    work = former["work"] if former else plan_id
    version = 1 + (_last_version(connection, work) if former else 0)
    newer = here or former is None or _is_newer(connection, arrival, work)
    _insert_version(connection, run, arrival, (plan_id, work, version, newer), what)
    made.insert_text(connection, plan_id, plan)
    if newer:
        for row in connection.execute("SELECT id FROM versions WHERE work = ? AND id <> ?", (work, plan_id)):
            made.delete_rows(connection, row["id"])
            connection.execute(
                "UPDATE versions SET state = 'replaced' WHERE id = ? AND state = 'current'", (row["id"],)
            )
        made.insert_rows(connection, plan_id, plan.rows)
    alike = _note_alike(connection, plan_id, work, plan)
    return Added(plan_id, version, former["file"] if former else None, *alike)


def _insert_version(
    connection: sqlite3.Connection,
    run: int,
    arrival: Arrival,
    place: tuple[str, str, int, bool],
    what: tuple[Parcel, PlanParcel],
) -> None:
    plan_id, work, version, newer = place
    parcel, plan = what
    values = {
        "id": plan_id,
        "sha256": parcel.sha256,
        "number": plan.number,
        "work": work,
        "version": version,
        "state": "current" if newer else "replaced",
        "file": arrival.file,
        "modified": arrival.modified,
        "reading": insert_reading(connection, run, plan_id, plan, parcel.extractor),
        "run": run,
        **facts_of(plan),
    }
    listed = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(f"INSERT INTO versions ({listed}) VALUES ({marks})", values)
    connection.executemany(
        "INSERT OR IGNORE INTO bands (band, value, plan) VALUES (?, ?, ?)",
        [(*band, plan_id) for band in bands(plan.sketch)],
    )


def facts_of(plan: PlanParcel) -> dict[str, str | int | bytes | None]:
    """The columns of `versions` that say what the plan is."""
    return {
        "title": plan.title,
        "association": plan.association,
        "territory": plan.territory,
        "audience": plan.audience,
        "year": plan.year,
        "first_year": plan.first_year,
        "identity": plan.identity,
        "letters": plan.letters,
        "sketch": packed(plan.sketch),
        "names": json.dumps(plan.names, ensure_ascii=False),
        "schools": json.dumps(plan.schools, ensure_ascii=False),
    }


def insert_reading(
    connection: sqlite3.Connection, run: int, plan_id: str, plan: PlanParcel, extractor: str
) -> str:
    """Keeps the record; its id says what it holds, so that the same record is kept once."""
    reading = reading_id(plan_id, plan.record)
    connection.execute(
        "INSERT OR IGNORE INTO readings (id, plan, extractor, record, run) VALUES (?, ?, ?, ?, ?)",
        (reading, plan_id, extractor, plan.record, run),
    )
    return reading


def reading_id(plan_id: str, record: str) -> str:
    return f"{plan_id}@{hashlib.sha256(record.encode()).hexdigest()[:12]}"


# --- which plan is it? --------------------------------------------------------------------------


def _at_same_place(plan: PlanParcel, candidates: list[sqlite3.Row]) -> sqlite3.Row | None:
    """The plan that lay here and that this one continues; the same title and year first, then the number."""
    possible = [row for row in candidates if _may_be_version(plan, row)]
    for row in possible:
        if plan.identity and row["identity"] == plan.identity:
            return row
    return next((row for row in possible if row["number"] == plan.number), None)


def _may_be_version(plan: PlanParcel, row: sqlite3.Row) -> bool:
    if plan.year and row["year"] and plan.year != row["year"]:
        return False
    known = unpacked(row["sketch"])
    alike = not plan.sketch or not known or likeness(plan.sketch, known) >= _SAME_TEXT
    return alike or (plan.identity is not None and plan.identity == row["identity"])


def _by_identity(connection: sqlite3.Connection, plan: PlanParcel, arrival: Arrival) -> sqlite3.Row | None:
    if plan.identity is None:
        return None
    rows = connection.execute(
        "SELECT * FROM versions WHERE identity = ? ORDER BY state, version DESC, id", (plan.identity,)
    ).fetchall()
    return next((row for row in rows if _is_same_plan(plan, row)), None)


def _is_same_plan(plan: PlanParcel, row: sqlite3.Row) -> bool:
    """Two schools often call their plans alike: the text and most of the people must be the same, too."""
    if likeness(plan.sketch, unpacked(row["sketch"])) < _SAME_PLAN:
        return False
    return _share(plan.names, json.loads(row["names"])) >= 0.5 and (
        _share(plan.schools, json.loads(row["schools"])) > 0.0
    )


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    """The Jaccard index; 1 where one of them says nothing."""
    if not one or not other:
        return 1.0
    return len(set(one) & set(other)) / len(set(one) | set(other))


def _last_version(connection: sqlite3.Connection, work: str) -> int:
    row = connection.execute("SELECT max(version) FROM versions WHERE work = ?", (work,)).fetchone()
    return int(row[0] or 0)


def _is_newer(connection: sqlite3.Connection, arrival: Arrival, work: str) -> bool:
    """Of two files at different places, the one that was changed last is in force."""
    rows = connection.execute("SELECT modified, file FROM versions WHERE work = ? AND state = 'current'", (work,))
    return all(
        (arrival.modified or "", arrival.file) >= (row["modified"] or "", row["file"]) for row in rows.fetchall()
    )


def _note_alike(
    connection: sqlite3.Connection, plan_id: str, work: str, plan: PlanParcel
) -> tuple[str | None, float, bool]:
    """Notes the plans that this one is nearly a copy of; (file of the nearest, share, only digits differ)."""
    found: dict[str, sqlite3.Row] = {}
    for band, value in bands(plan.sketch):
        rows = connection.execute(
            "SELECT versions.id, file, letters, sketch FROM bands JOIN versions ON versions.id = bands.plan "
            "WHERE band = ? AND value = ? AND versions.work <> ? LIMIT ?",
            (band, value, work, _BAND_LIMIT),
        )
        found.update((row["id"], row) for row in rows)
    ranked = sorted(
        ((likeness(plan.sketch, unpacked(row["sketch"])), row["letters"] == plan.letters, row) for row in found.values()),
        key=lambda each: (-each[1], -each[0], each[2]["id"]),
    )
    near = [each for each in ranked if each[0] >= ALIKE][:_MOST_ALIKE]
    connection.executemany(
        "INSERT OR IGNORE INTO similar (plan, other, share, same_letters) VALUES (?, ?, ?, ?)",
        [(plan_id, row["id"], round(share, 3), int(same)) for share, same, row in near],
    )
    return (near[0][2]["file"], near[0][0], near[0][1]) if near else (None, 0.0, False)
