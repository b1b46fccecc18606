"""Killed, out of room, two at once: the archive opens, with every finished plan in it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.archive import open_archive
from extractor.archive.checking import check_archive
from tests.archive.conftest import Desk
from tests.conftest import ROOT

PLANS = 24
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def many(desk: Desk, count: int = PLANS) -> None:
    for number in range(count):
        desk.write(f"{number:02}.txt", territory=f"{'абвгдежзиклмнопрстуфхцчшщ'[number]}инского района", one=f"Ябло{'бвгджзклмнпрстфхцчшщбвгд'[number]}ова А.А.")


def start(desk: Desk, **more: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "extractor", "archive", str(desk.folder), "--db", str(desk.database), "--jobs", "1"]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload, no-any-return]


def finished(path: Path) -> int:
    with open_archive(path, create=True) as archive:
        count = archive.value("SELECT count(*) FROM versions")
        assert check_archive(archive) == []
    return int(count)


@posix_only
@pytest.mark.parametrize("wanted", [1, 6, 15])
def test_killed_in_the_middle(desk: Desk, wanted: int) -> None:
    many(desk)
    process = start(desk)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if desk.database.exists() and desk.database.stat().st_size and _stored(desk.database) >= wanted:
            break
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    there = finished(desk.database)
    assert there >= wanted
    desk.add()
    assert finished(desk.database) == PLANS


def _stored(path: Path) -> int:
    """Asked without a lock, as another program would."""
    import sqlite3

    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM versions").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        connection.close()


@posix_only
def test_disk_full_in_the_middle(desk: Desk) -> None:
    """No file may grow beyond a limit that the archive reaches after some plans."""
    many(desk)
    limit = 700_000

    def confine() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    process = start(desk, preexec_fn=confine)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 9, errors.decode()
    assert "не хватило места" in errors.decode()
    assert "Traceback" not in errors.decode()
    there = finished(desk.database)
    assert 0 < there < PLANS
    desk.add()
    assert finished(desk.database) == PLANS


def test_two_runs_at_once(desk: Desk) -> None:
    many(desk)
    runs = [start(desk), start(desk)]
    for process in runs:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    assert finished(desk.database) == PLANS
