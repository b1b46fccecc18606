"""`--verify`: a loss of ours is said with its place, and nothing is said that is no loss."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from extractor import pipeline, read_plan
from extractor.check.second_reading import CODE, MISSING_CODE, MOST, compare_readings
from extractor.errors import UsageProblem
from extractor.ingest.second_reading import second_reading
from extractor.model.plan import Diagnostic, Plan, Plans
from extractor.model.source import Block, Source
from tests.conftest import ROOT
from tests.documents import Paragraph, Table, document, item, part, table, titled
from tests.locked_pdf import pdf

DOCX = ROOT / "samples/librarians-2019/plan.docx"
LINES = (
    "План работы РМО учителей химии Заречного района на 2021-2022 учебный год",
    "1. Заседание РМО. 25 октября 2021 года.",
    "1. Доклад о решении задач. Птицына А.А.",
)
LIBRARIES = {"docx": "docx2python", "pdf": "pdfplumber"}


def plans_in(record: Plan | Plans) -> tuple[Plan, ...]:
    return record.plans if isinstance(record, Plans) else (record,)


def said_of(path: Path) -> list[Diagnostic]:
    """What the second reading adds to the diagnostics."""
    return [
        remark
        for plan in plans_in(read_plan(path, verify=True))
        for remark in plan.diagnostics
        if remark.code in (CODE, MISSING_CODE)
    ]


@pytest.fixture
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A plan of the kind that the test is asked for, where the library for it is installed."""
    pytest.importorskip(LIBRARIES[request.param])
    if request.param == "docx":
        return DOCX
    path = tmp_path / "план.pdf"
    path.write_bytes(pdf(LINES))
    return path


both = pytest.mark.parametrize("file", ["docx", "pdf"], indirect=True)


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[int, str | None]]:
    """Texts that our reading gives instead of those of the file, by block; None for a lost block."""
    changes: dict[int, str | None] = {}
    read = pipeline.read_source

    def read_badly(path: Path, **options: str | None) -> Source:
        source = read(path, **options)
        kept = [
            replace(block, text=changes.get(block.id, block.text) or "")
            for block in source.blocks
            if changes.get(block.id, "") is not None
        ]
        return replace(source, blocks=tuple(replace(block, id=n) for n, block in enumerate(kept)))

    monkeypatch.setattr(pipeline, "read_source", read_badly)
    yield changes


# --- whole files --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(ROOT.glob("samples/*/plan.docx")), ids=lambda path: path.parent.name)
def test_samples_are_read_alike(path: Path) -> None:
    pytest.importorskip("docx2python")
    assert said_of(path) == []


@both
def test_no_remarks_without_a_difference(file: Path) -> None:
    assert said_of(file) == []


@both
def test_every_lost_block_is_noticed(file: Path, change: dict[int, str | None]) -> None:
    plain = plans_in(read_plan(file))[0]
    for block in [each for each in plain.blocks if any(map(str.isalpha, each.text))][:12]:
        change.clear()
        change[block.id] = None
        said = said_of(file)
        assert said, block.text
        assert {(remark.code, remark.severity) for remark in said} == {(CODE, "warning")}
        longest = max((word.strip("«».,:;()") for word in block.text.split()), key=len)
        assert any(longest in remark.message for remark in said) or len(longest) > 80


def test_a_lost_line_is_said_with_its_page(tmp_path: Path, change: dict[int, str | None]) -> None:
    pytest.importorskip("pdfplumber")
    path = tmp_path / "план.pdf"
    path.write_bytes(pdf(LINES))
    change[2] = "1. Доклад о задач. Птицына А.А."
    assert [(remark.message, remark.at) for remark in said_of(path)] == [
        (
            "Второе чтение (pdfplumber) находит на странице 1 «решении» рядом с «1. Доклад о … задач. Птицына А», "
            "а в записи этого нет: проверьте, не пропало ли оно.",
            (),
        )
    ]


@both
def test_a_word_too_many_has_its_letters(file: Path, change: dict[int, str | None]) -> None:
    title = plans_in(read_plan(file))[0].blocks[0].text
    change[0] = f"{title} выдумка"
    (remark,) = said_of(file)
    (span,) = remark.at
    assert (span.block, change[0][span.start : span.end]) == (0, "выдумка")
    assert remark.message.startswith("«выдумка» второе чтение (") and remark.message.endswith(
        " с документом."
    )


def test_other_formats_have_no_second_reading(tmp_path: Path) -> None:
    path = tmp_path / "план.txt"
    path.write_text("\n".join(LINES), "utf-8")
    (remark,) = said_of(path)
    assert (remark.code, remark.severity, remark.at) == (MISSING_CODE, "info", ())
    assert "для формата text нет, есть для DOCX и PDF" in remark.message


@both
def test_what_is_not_installed_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = LIBRARIES[file.suffix[1:]]
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(
        UsageProblem, match=rf'^Для --verify нужен пакет {library}: pip install "plan-extractor\[verify\]" '
    ):
        read_plan(file, verify=True)
    assert read_plan(file)


def test_a_library_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    library = pytest.importorskip("docx2python")

    def fail(*arguments: object, **options: object) -> None:
        raise KeyError("r")

    monkeypatch.setattr(library, "docx2python", fail)
    assert second_reading(DOCX) == ("docx2python", None)
    (remark,) = said_of(DOCX)
    assert remark.code == MISSING_CODE and "docx2python не удалось" in remark.message


# --- what is a difference -----------------------------------------------------------------------


def differences(parts: tuple[str | Paragraph | Table, ...], *other: str | Block) -> list[str]:
    """What is said of a plan of these parts whose title the other reading knows too."""
    plan = titled(*parts)
    blocks = [plan.blocks[0].text, *other]
    made = [
        replace(each, id=n) if isinstance(each, Block) else Block(id=n, kind="paragraph", text=each)
        for n, each in enumerate(blocks)
    ]
    return [remark.message for remark in compare_readings([plan], made, "другое")[0]]


def margin(text: str) -> Block:
    return Block(id=0, kind="paragraph", text=text, part="header")


@pytest.mark.parametrize(
    ("parts", "other"),
    [
        (("Учёба лётчика",), ["УЧЕБА ЛЕТЧИКА"]),
        (("Совершенствование чтения",), ["Совершен-", "ствование", "чтения"]),
        (("Ответственный за чтение",), ["Ответственн за", "ый чтение"]),
        (("Какой-то доклад",), ["Какойто доклад"]),
        (("2021 г. доклад",), ["2021г. доклад"]),
        (("Г ородское чтение",), ["Горо дское чтение"]),
        (("Проект Profi",), ["Проект Pro\ufb01"]),
        ((item("1.", "Доклад"), item("II.", "Отчёт")), ["1. Доклад", "II. Отчёт"]),
        ((item("1.", "Доклад"), item("1.1.", "Отчёт")), ["Доклад", "Отчёт"]),
        ((item("1.", "Доклад"),), ["1Доклад"]),
        ((item("•", "Доклад"),), ["o Доклад"]),
        ((part("textbox", "Утверждаю"), "Доклад"), ["Утверждаю", "Утверждаю", "Доклад"]),
        ((part("textbox", "Утверждаю"), "Доклад"), ["Доклад"]),
        (("Доклад", part("header", "Школа химии")), [margin("Школа химии"), margin("Школа химии"), "Доклад"]),
        (("Доклад", part("comment", "Уточнить")), ["Доклад"]),
        ((table(["Мероприятие", "Срок"], ["Семинар", "май"]),), ["Срок", "май", "Мероприятие", "Семинар"]),
    ],
)
def test_no_difference(parts: tuple[str | Paragraph | Table, ...], other: list[str | Block]) -> None:
    assert differences(parts, *other) == []


@pytest.mark.parametrize(
    ("parts", "other", "said"),
    [
        (("Доклад",), ["Доклад о чтении"], "«о чтении» рядом с «Доклад»"),
        (("Доклад. Отчёт",), ["Доклад.", "Доклад.", "Отчёт"], "«Доклад»"),
        (("Кабинет 12",), ["Кабинет 13"], "«13» рядом с «Кабинет»"),
        (("Доклад",), [margin("Школа химии"), "Доклад"], "«Школа», "),
        (("Доклад о чтении",), ["Доклад"], "«о чтении» второе чтение (другое) не находит"),
        (("Доклад", part("footer", "Школа")), ["Доклад"], "«Школа» второе чтение"),
    ],
)
def test_difference(parts: tuple[str | Paragraph, ...], other: list[str | Block], said: str) -> None:
    assert any(said.rstrip(", ") in message for message in differences(parts, *other))


def test_many_differences_are_summed_up() -> None:
    words = [f"слово{n}" for n in range(40)]
    said = differences(("Доклад",), "Доклад", *words)
    assert len(said) == MOST
    assert said[-1].startswith(f"Мест, где два чтения файла расходятся, ещё {40 - MOST + 1}:")


def test_pages_of_a_scan_are_left_alone() -> None:
    plan = titled("Доклад о чтении")
    blocks = tuple(replace(block, page=1 + block.id) for block in plan.blocks)
    plan = replace(plan, blocks=blocks, source=replace(plan.source, ocr=True))
    other = [Block(id=0, kind="paragraph", text=blocks[0].text, page=1)]
    assert compare_readings([plan], other, "другое") == [()]
    assert document("Доклад").ocr is False
