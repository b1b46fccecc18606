"""`--password`: a locked PDF opens, and the password is written nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import cli, read_plan
from extractor.errors import EncryptedFile
from extractor.model.plan import Plan
from tests.conftest import ROOT
from tests.locked_pdf import pdf

SECRET = "Sesam-4711"
LINES = (
    "План работы РМО учителей химии Заречного района на 2021-2022 учебный год",
    "1. Заседание РМО. 25 октября 2021 года.",
    "1. Доклад о решении задач. Птицына А.А.",
)


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are forks of pytest here, and that has room reserved by all that other tests imported."""
    monkeypatch.setenv("EXTRACT_MEMORY_MB", "16000")


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EXTRACT_DEBUG", raising=False)
    path = tmp_path / "закрыт.pdf"
    path.write_bytes(pdf(LINES, SECRET))
    return path


def test_the_library_opens_it(locked: Path) -> None:
    record = read_plan(locked, password=SECRET)
    assert isinstance(record, Plan)
    assert [block.text for block in record.blocks][0] == LINES[0]


def test_the_second_reading_opens_it_too(locked: Path) -> None:
    pytest.importorskip("pdfplumber")
    record = read_plan(locked, password=SECRET, verify=True)
    assert record.source.pages == 1
    assert not any("чтение" in remark.message for remark in record.diagnostics)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "command",
    [[], ["-o", "plan.json"], ["-o", "план.csv"], ["--explain"], ["--verify"], ["show"]],
    ids=lambda command: " ".join(command) or "stdout",
)
def test_the_command_opens_it_and_tells_nobody(
    locked: Path, command: list[str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    if "--verify" in command:
        pytest.importorskip("pdfplumber")
    words = [*command, str(locked)] if command == ["show"] else [str(locked), *command]
    assert cli.main([*words, "--password", SECRET]) == 0
    out, err = capfdbinary.readouterr()
    written = b"".join(path.read_bytes() for path in locked.parent.iterdir() if path != locked)
    assert "химии".encode() in out + written
    assert SECRET.encode() not in out + err + written


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        (None, "Файл «закрыт.pdf» закрыт паролем, укажите пароль или сохраните документ без него.\n"),
        ("", "Файл «закрыт.pdf» закрыт паролем, укажите пароль или сохраните документ без него.\n"),
        ("Wrong-0815", "Пароль не подходит к файлу «закрыт.pdf», проверьте его.\n"),
        ("пароль-0815", "Пароль не подходит к файлу «закрыт.pdf», проверьте его.\n"),
    ],
)
def test_the_wrong_one_is_one_sentence(
    locked: Path, password: str | None, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [] if password is None else ["--password", password]
    assert cli.main([str(locked), *given]) == EncryptedFile.exit_code
    assert capsys.readouterr() == ("", sentence)


def test_the_traceback_does_not_show_it(locked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(locked), "--password", "Wrong-0815", "--debug"]) == EncryptedFile.exit_code
    out, err = capsys.readouterr()
    assert "Traceback" in err and "Wrong-0815" not in out + err


def test_other_files_do_not_mind(tmp_path: Path) -> None:
    open_pdf = tmp_path / "план.pdf"
    open_pdf.write_bytes(pdf(LINES))
    assert read_plan(open_pdf, password=SECRET) == read_plan(open_pdf)
    docx = ROOT / "samples/librarians-2019/plan.docx"
    assert read_plan(docx, password=SECRET) == read_plan(docx)


@pytest.mark.parametrize("option", [["--password", SECRET], ["--verify"]])
@pytest.mark.parametrize("files", [["а.pdf", "б.pdf"], ["папка/"], ["-"]])
def test_one_file_only(
    option: list[str], files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "папка").mkdir()
    assert cli.main([*files, *option]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.endswith("один план: укажите один файл.\n") and SECRET not in err


def test_verify_wants_the_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "plan.json"
    assert cli.main([str(ROOT / "samples/librarians-2019/plan.docx"), "-o", str(record)]) == 0
    capsys.readouterr()
    assert cli.main(["show", str(record), "--verify"]) == 2
    assert capsys.readouterr().err.endswith("— готовая запись: укажите документ.\n")


def test_verify_and_explain_need_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["план.docx", "--explain", "--verify"]) == 2
    assert "только в файл" in capsys.readouterr().err
