"""The commands as a methodologist types them: words, exit codes, files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from extractor import cli
from extractor.archive.report import WRITERS
from tests.archive.conftest import Desk


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    home = tmp_path_factory.mktemp("commands")
    desk = Desk(home / "Планы", home / "plans.sqlite")
    desk.write("2021.txt")
    desk.write("2022.txt", year=2022, second="Лицей № 183")
    desk.add()
    return desk


def run(*arguments: object) -> int:
    return cli.main([str(each) for each in arguments])


def test_from_a_folder_to_an_answer(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write("план.txt")
    assert run("archive", desk.folder, "--db", desk.database, "--jobs", 1, "--check") == 0
    said = capsys.readouterr()
    assert "Добавлено планов: 1" in said.err
    assert "в порядке" in said.out
    assert run("search", desk.database, "экстремистская литература", "--year", "2021") == 0
    said = capsys.readouterr()
    assert said.out == (
        "Планы/план.txt, абзац 4, 2021–2022:\n"
        "    1. Введение печатной документации экстремистской литературы (Губерт А.А., Раздольная СОШ).\n"
    )


def test_search_as_json(archived: Desk, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run("search", archived.database, "обзор", "--json") == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert sorted(json.loads(line)["year"] for line in lines) == ["2021–2022", "2022–2023"]


def test_registry_decides_and_undoes(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write("2021.txt")
    desk.write("2022.txt", year=2022, second="Лицей № 183")
    desk.add()
    assert run("registry", desk.database) == 0
    told = capsys.readouterr().out
    proposal = re.search(r"^  (\w{6}): .*тип разный", told, re.MULTILINE)
    assert proposal is not None
    assert run("registry", desk.database, "--same", proposal[1]) == 0
    assert "МБОУ СОШ № 183 (Заречный район; 2021–2022, 2022–2023) = Лицей № 183" in capsys.readouterr().out
    assert run("registry", desk.database, "--undo") == 0
    assert proposal[0] in capsys.readouterr().out
    assert run("registry", desk.database, "--same", "нет-такого") == 2


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_report_in_every_form(archived: Desk, suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"район{suffix}"
    assert run("report", archived.database, "-o", target, "--year", "2021", "--territory", "Заречный район") == 0
    assert target.stat().st_size


def test_report_numbers_are_those_of_the_archive(archived: Desk, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    target = tmp_path / "район.xlsx"
    assert run("report", archived.database, "-o", target) == 0
    book = openpyxl.load_workbook(target, read_only=True)
    with archived.open() as archive:
        for name in ("Планы", "Заседания", "Повестка", "Участие", "Школы"):
            rows = sum(1 for _ in book[name].iter_rows(min_row=2))
            assert rows == archive.value(f'SELECT count(*) FROM "{name}"'), name
    book.close()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["archive", "."], 2),
        (["archive", "--db", "x.sqlite"], 2),
        (["archive", "--db", "none.sqlite", "--check"], 3),
        (["search", "none.sqlite", "слово"], 3),
        (["search"], 2),
        (["report", "none.sqlite"], 2),
        (["report", "DB", "-o", "район.pdf"], 2),
        (["report", "DB", "-o", "район.xlsx", "--year", "1999"], 2),
        (["search", "DB"], 2),
    ],
)
def test_one_sentence_and_a_code(
    archived: Desk, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(*(archived.database if each == "DB" else each for each in arguments)) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert re.search("[а-я]", said.err)


def test_an_unreadable_file_has_a_code_of_its_own(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write("план.txt")
    (desk.folder / "плохой.docx").write_bytes(b"PK\x03\x04 nothing")
    assert run("archive", desk.folder, "--db", desk.database, "--jobs", 1) == 14
    assert "плохой.docx" in capsys.readouterr().err
