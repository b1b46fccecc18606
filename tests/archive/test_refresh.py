"""Reading again: what another version of the program would change is shown, then taken."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from extractor import cli
from extractor.archive.checking import check_archive, contents_mark
from extractor.archive.differences import Change, differences
from extractor.archive.refresh import refresh
from extractor.archive.search import Question, search
from extractor.archive.versions import reading_id
from extractor.batch.again import bytes_at
from extractor.model.plan import Plan
from tests.archive.conftest import Desk


def as_an_older_program_read_it(database: Path) -> None:
    """The archive as a program would have left it that read «Доклад» wrongly and lost a line."""
    connection = sqlite3.connect(database)
    with connection:
        plan, record = connection.execute("SELECT plan, record FROM readings").fetchone()
        old = record.replace("Чтение в семье и школе", "Чтение в симье и школе")
        assert old != record
        connection.execute(
            "UPDATE readings SET record = ?, id = ?, extractor = '0.0.9'", (old, reading_id(plan, old))
        )
        connection.execute("UPDATE versions SET reading = ?", (reading_id(plan, old),))
    connection.close()


def test_nothing_new_changes_nothing(desk: Desk) -> None:
    desk.write("план.txt")
    desk.add()
    with desk.open() as archive:
        before = contents_mark(archive)
        found = refresh(archive, accept=True)
        assert (found.files, found.same, found.changed) == (1, 1, [])
        assert contents_mark(archive) == before


def test_changes_are_shown_before_they_are_taken(desk: Desk) -> None:
    desk.write("план.txt")
    desk.add()
    as_an_older_program_read_it(desk.database)
    with desk.open() as archive:
        before = contents_mark(archive)
        [changed] = refresh(archive).changed
        assert contents_mark(archive) == before
        assert any(change.where.startswith("заседание 2, вопрос 1") for change in changed.changes)
        told = [f"{change.before} {change.after}" for change in changed.changes]
        assert any("симье" in each and "семье" in each for each in told)
        assert refresh(archive, accept=True).accepted == 1
        assert refresh(archive).changed == []
        assert archive.value("SELECT count(*) FROM readings") == 2
        assert search(archive, Question("чтение в семье")).total == 1
        assert check_archive(archive) == []


def test_originals_are_read_from_their_copies(desk: Desk) -> None:
    path = desk.write("план.txt")
    desk.add(originals=desk.folder.parent / "оригиналы")
    path.unlink()
    with desk.open() as archive:
        assert refresh(archive).same == 1


def test_a_lost_original_is_said(desk: Desk) -> None:
    path = desk.write("план.txt")
    desk.add()
    path.write_text("что-то другое", "utf-8")
    with desk.open() as archive:
        [(file, told)] = refresh(archive).missing
        assert file == "Планы/план.txt"
        assert "нет или он изменён" in told and told.endswith(".")


def zipped(desk: Desk, *names: str) -> Path:
    target = desk.folder.parent / "архив.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.write(desk.folder / name, name)
    return target


def test_members_of_an_archive_are_read_again(desk: Desk) -> None:
    desk.write("план.txt")
    target = zipped(desk, "план.txt")
    desk.add([target])
    as_an_older_program_read_it(desk.database)
    with desk.open() as archive:
        [changed] = refresh(archive, fetch=bytes_at).changed
        assert changed.file == "архив.zip/план.txt"
        assert refresh(archive, accept=True, fetch=bytes_at).accepted == 1
        assert refresh(archive, fetch=bytes_at).same == 1
        assert "распакуйте" in refresh(archive).missing[0][1]


def test_files_at_an_address_are_read_again(desk: Desk) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe("/обновить/2021/план.txt", desk.write("план.txt").read_bytes())
    desk.add(["memory://обновить"])
    with desk.open() as archive:
        assert archive.value("SELECT path FROM places") == "memory://обновить/2021/план.txt"
        assert refresh(archive, fetch=bytes_at).same == 1
        memory.rm("/обновить", recursive=True)
        [(_, told)] = refresh(archive, fetch=bytes_at).missing
        assert told.startswith("«memory://обновить/2021/план.txt» не отвечает")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda desk, target: target.unlink(), "нет на прежнем месте"),
        (lambda desk, target: zipped(desk, "другой.txt"), "больше нет файла «план.txt»"),
        (lambda desk, target: (desk.write("план.txt", year=2023), zipped(desk, "план.txt")), "теперь другой файл"),
        (lambda desk, target: target.write_bytes(b"PK"), "повреждён"),
    ],
)
def test_what_to_do_where_the_archive_is_another(desk: Desk, change: Any, told: str) -> None:
    desk.write("план.txt")
    desk.write("другой.txt", year=2022)
    target = zipped(desk, "план.txt")
    desk.add([target])
    change(desk, target)
    with desk.open() as archive:
        [(file, sentence)] = refresh(archive, fetch=bytes_at).missing
    assert file == "архив.zip/план.txt"
    assert told in sentence and sentence.endswith(".")


def test_the_command_reads_members_of_an_archive(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write("план.txt")
    target = zipped(desk, "план.txt")
    assert cli.main(["archive", str(target), "--db", str(desk.database)]) == 0
    assert cli.main(["refresh", str(desk.database)]) == 0
    assert "Прочитано оригиналов: 1; без изменений: 1." in capsys.readouterr().out


def test_differences_align_lists(plan: Plan) -> None:
    import msgspec

    [meeting] = plan.meetings
    added = msgspec.structs.replace(meeting, title="Новое", text="Новое заседание", number=0, agenda=())
    other = msgspec.structs.replace(plan, meetings=(added, meeting))
    assert differences(plan, other) == [Change("заседание 1", None, "Новое заседание")]
    themed = msgspec.structs.replace(plan, meetings=(msgspec.structs.replace(meeting, theme="Чтение"),))
    assert differences(plan, themed) == [Change("заседание 1, тема", None, "Чтение")]


@pytest.mark.parametrize("field", ["by", "grade"])
def test_rules_and_grades_are_no_contents(plan: Plan, field: str) -> None:
    import msgspec

    [meeting] = plan.meetings
    other = msgspec.structs.replace(plan, meetings=(msgspec.structs.replace(meeting, **{field: "other"}),))
    assert differences(plan, other) == []
