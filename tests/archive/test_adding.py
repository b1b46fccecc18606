"""What goes in stays in, once: again, newer versions, copies of last year, files that cannot be read."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from pathlib import Path

import pytest

from extractor.archive import open_archive
from extractor.archive.checking import check_archive, contents_mark
from extractor.errors import ExtractorError, NotAFile, UnknownFormat, UsageProblem
from extractor.output.linked import tables_of
from extractor.output.tables import TABLES
from extractor.pipeline import extract_file
from tests.archive.conftest import Desk, text
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"


def test_tables_hold_what_the_record_says(desk: Desk) -> None:
    path = desk.write("план.txt")
    desk.add()
    tables = tables_of(extract_file(path), "Планы/план.txt")[0]
    with desk.open() as archive:
        for table, rows in zip(TABLES, tables.rows, strict=True):
            columns = ", ".join(f'"{heading}"' for heading in table.headings)
            stored = archive.read(f'SELECT {columns} FROM "{table.name}" ORDER BY rowid')
            told = [[c if c is None or isinstance(c, int | float | str) else c.isoformat() for c in r.cells] for r in rows]
            assert [list(row) for row in stored] == told, table.name


def test_rows_lead_to_each_other(desk: Desk) -> None:
    desk.write("план.txt")
    desk.add()
    with desk.open() as archive:
        rows = archive.read(
            'SELECT u."Имя" AS name, m."Заседание" AS meeting, s."Как в плане" AS school, l."Имя" AS person '
            'FROM "Участие" AS u JOIN "Заседания" AS m ON m.id = u."заседание_id" '
            'JOIN "Школы" AS s ON s.id = u."школа_id" JOIN "Люди" AS l ON l.id = u."человек_id"'
        )
    assert len(rows) == 4
    assert {(row["person"], row["school"]) for row in rows} == {
        ("Губерт А. А.", "Раздольная СОШ"),
        ("Еремина Е. А.", "МБОУ СОШ № 183"),
    }


def test_again_changes_nothing(desk: Desk) -> None:
    for name in ("librarians-2019", "two-plans-2023", "history-2022"):
        source = next((SAMPLES / name).glob("plan.*x*"), None) or next((SAMPLES / name).glob("plan.*"))
        (desk.folder / f"{name}{source.suffix}").write_bytes(source.read_bytes())
    first = desk.add(originals=desk.folder.parent / "оригиналы")
    with desk.open() as archive:
        before = contents_mark(archive)
    second = desk.add(originals=desk.folder.parent / "оригиналы")
    assert (first.files, len(first.added) >= 3, first.failed) == (3, True, [])
    assert (second.unchanged, second.added) == (3, [])
    with desk.open() as archive:
        assert contents_mark(archive) == before
        assert check_archive(archive) == []
        assert len(archive.read("SELECT * FROM runs WHERE finished IS NOT NULL")) == 2


def test_the_same_from_any_order(desk: Desk, tmp_path: Path) -> None:
    paths = [desk.write(f"{n}.txt", territory=f"{n}ского района", one=f"{n}ова А.А.") for n in ("Алтай", "Бийск", "Томск")]
    desk.add(paths)
    other = Desk(desk.folder, tmp_path / "other.sqlite")
    other.add(reversed(paths))
    with desk.open() as one, other.open() as two:
        ids = 'SELECT id FROM "Участие" ORDER BY id'
        assert [row["id"] for row in one.read(ids)] == [row["id"] for row in two.read(ids)]


def test_changed_file_is_a_new_version(desk: Desk) -> None:
    desk.write("план.txt")
    desk.add()
    desk.write("план.txt", month="Ноябрь")
    outcome = desk.add()
    [(file, added)] = outcome.added
    assert (file, added.version, added.replaces) == ("Планы/план.txt", 2, "Планы/план.txt")
    with desk.open() as archive:
        states = archive.read("SELECT version, state FROM versions ORDER BY version")
        assert [tuple(row) for row in states] == [(1, "replaced"), (2, "current")]
        assert archive.value('SELECT count(*) FROM "Планы"') == 1
        assert archive.value("SELECT count(*) FROM readings") == 2
        assert check_archive(archive) == []


def test_old_version_that_comes_back_is_in_force_again(desk: Desk) -> None:
    desk.write("план.txt")
    desk.add()
    desk.write("план.txt", month="Ноябрь")
    desk.add()
    desk.write("план.txt")
    desk.add()
    with desk.open() as archive:
        states = archive.read("SELECT version, state FROM versions ORDER BY version")
        assert [tuple(row) for row in states] == [(1, "current"), (2, "replaced")]
        assert check_archive(archive) == []


def test_corrected_copy_elsewhere_is_a_new_version(desk: Desk) -> None:
    os.utime(desk.write("план.txt"), (1e9, 1e9))
    os.utime(desk.write("исправлено/план.txt", month="Ноябрь"), (1.1e9, 1.1e9))
    desk.add()
    with desk.open() as archive:
        row = archive.read("SELECT file FROM versions WHERE state = 'current'")
        assert [each["file"] for each in row] == ["Планы/исправлено/план.txt"]


def test_next_years_plan_at_the_same_place_is_another_plan(desk: Desk) -> None:
    desk.write("план.txt")
    desk.add()
    desk.write("план.txt", year=2022)
    [(_, added)] = desk.add().added
    assert (added.version, added.replaces) == (1, None)
    assert added.only_digits
    with desk.open() as archive:
        assert archive.value('SELECT count(*) FROM "Планы"') == 2


def test_last_years_plan_with_the_year_changed_is_said(desk: Desk) -> None:
    desk.write("2021.txt")
    desk.write("2022.txt", year=2022)
    desk.write("2023.txt", year=2023, month="Ноябрь", one="Птицына О.Р.")
    outcome = desk.add()
    alike = {file: each for file, each in outcome.added if each.alike}
    assert len(alike) == 2
    assert sorted(each.only_digits for each in alike.values()) in ([False, True], [False, False])
    with desk.open() as archive:
        assert archive.value("SELECT count(*) FROM versions WHERE state = 'current'") == 3


def test_two_schools_with_one_title_are_two_plans(desk: Desk) -> None:
    desk.write("одна.txt")
    desk.write("другая.txt", one="Птицына О.Р.", two="Белова К.К.", school="Луговская СОШ", second="гимназия № 7")
    outcome = desk.add()
    assert [each.version for _, each in outcome.added] == [1, 1]


def test_unreadable_file_is_remembered_and_others_go_in(desk: Desk) -> None:
    desk.write("план.txt")
    (desk.folder / "плохой.docx").write_bytes(b"PK\x03\x04 nothing")
    first, second = desk.add(), desk.add()
    assert [file for file, _ in first.failed] == ["Планы/плохой.docx"]
    assert second.failed == first.failed
    assert len(first.added) == 1


def test_zip_members_bear_their_own_names(desk: Desk) -> None:
    with zipfile.ZipFile(desk.folder / "все.zip", "w") as archive:
        archive.writestr("район/план.txt", text())
    desk.add([desk.folder / "все.zip"])
    with desk.open() as opened:
        assert opened.value('SELECT "Файл" FROM "Планы"') == "все.zip/район/план.txt"
        assert '"name":"план.txt"' in opened.value("SELECT record FROM readings")


def test_originals_are_kept_and_checked(desk: Desk) -> None:
    path = desk.write("план.txt")
    kept = desk.folder.parent / "оригиналы"
    desk.add(originals=kept)
    [copy] = kept.rglob("*.txt")
    assert copy.read_bytes() == path.read_bytes()
    copy.chmod(0o644)
    copy.write_bytes(b"changed")
    with desk.open() as archive:
        [problem] = check_archive(archive)
        assert "изменён" in problem
        copy.unlink()
        [problem] = check_archive(archive)
        assert "нет на месте" in problem


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE readings SET record = replace(record, 'Раздольная', 'Другая')",
        "DELETE FROM \"Школы\" WHERE rowid = 1",
        "UPDATE lines SET text = 'другое' WHERE id = 2",
        "DELETE FROM versions",
    ],
)
def test_check_finds_damage(desk: Desk, damage: str) -> None:
    desk.write("план.txt")
    desk.add()
    connection = sqlite3.connect(desk.database)
    with connection:
        connection.execute(damage)
    connection.close()
    with desk.open() as archive:
        assert check_archive(archive)


def test_other_columns_make_the_tables_again(desk: Desk) -> None:
    """What an older program wrote is brought up to date from the records."""
    desk.write("план.txt")
    desk.add()
    connection = sqlite3.connect(desk.database)
    with connection:
        connection.execute("UPDATE archive SET value = 'older' WHERE name = 'tables'")
        connection.execute('ALTER TABLE "Повестка" DROP COLUMN "Тема"')
    connection.close()
    with desk.open() as archive:
        assert archive.value('SELECT count("Тема") FROM "Повестка"') == 5
        assert check_archive(archive) == []


def test_what_is_no_archive_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.sqlite").write_text("not a database at all, but long enough to be read as one" * 20)
    sqlite3.connect(tmp_path / "other.sqlite").execute("CREATE TABLE t (a)").connection.close()
    cases: list[tuple[Path, type[ExtractorError]]] = [
        (tmp_path / "none.sqlite", NotAFile),
        (tmp_path, UsageProblem),
        (tmp_path / "text.sqlite", UnknownFormat),
        (tmp_path / "other.sqlite", UnknownFormat),
    ]
    for path, error in cases:
        with pytest.raises(error):
            open_archive(path)
    assert not (tmp_path / "none.sqlite").exists()


def test_newer_archive_is_left_alone(desk: Desk) -> None:
    desk.open().connection.close()
    connection = sqlite3.connect(desk.database)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(UnknownFormat, match="более новой"):
        desk.open()
