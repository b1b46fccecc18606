"""The tables for spreadsheets: the same columns whatever the plan, and where each row comes from."""

from __future__ import annotations

import datetime
import re
from typing import Any

import msgspec
import pytest

from extractor.model.plan import Plan, Plans, SourceInfo
from extractor.output.cells import Cell
from extractor.output.remark_words import remark_word
from extractor.output.rows import Table, rows
from extractor.output.tables import PARTICIPATION, PLANS, REMARKS, TABLES, WORK
from tests.conftest import ROOT

ALL = [*TABLES, WORK]
EXPECTED_ROWS = {
    "Планы": 1,
    "Заседания": 1,
    "Повестка": 1,
    "Мероприятия": 1,
    "Участие": 2,
    "Школы": 1,
    "Люди": 1,
    "Замечания": 1,
    "Работа": 2,
}


def first(table: Table, plan: Plan) -> dict[str, Cell]:
    return dict(zip(table.headings, rows(table, plan)[0], strict=True))


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_headings_differ_and_every_row_names_file_and_place(table: Table) -> None:
    assert len(set(table.headings)) == len(table.headings)
    assert table.headings[0] == "Файл"
    assert table.headings[-1] == "Место в файле"


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_one_row_a_thing(table: Table, plan: Plan) -> None:
    assert len(rows(table, plan)) == EXPECTED_ROWS[table.name]
    assert len(rows(table, Plans(source=plan.source, plans=(plan, plan)))) == 2 * EXPECTED_ROWS[table.name]


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_plan_without_anything(table: Table) -> None:
    source = SourceInfo(name="пусто.docx", format="docx", sha256="", bytes=0)
    assert len(rows(table, Plan(source=source))) == (table.name == "Планы")


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_cells_are_plain_values(table: Table, plan: Plan) -> None:
    for row in rows(table, plan):
        assert all(isinstance(cell, str | int | float | datetime.date | None) for cell in row)


def test_participation_counts_a_person_at_an_item(plan: Plan) -> None:
    row = first(PARTICIPATION, plan)
    assert row["В каком качестве"] == "выступающий"
    assert row["Имя"] == "Птицына А. А."
    assert row["Ключ школы"] == "сош-луговская"
    assert row["Заседание"] == "Заседание РМО"
    assert row["Начало"] == datetime.date(2022, 10, 25)


def test_remark_stands_at_what_it_is_about(plan: Plan) -> None:
    assert first(REMARKS, plan)["Место в файле"] == "абзац 2"
    meetings = next(table for table in TABLES if table.name == "Заседания")
    assert first(meetings, plan)["Замечания"] == "дата вне учебного года"


def test_impossible_day_is_an_empty_cell(plan: Plan) -> None:
    broken = msgspec.structs.replace(plan.meetings[0].dates[0], start="2022-02-30")
    meeting = msgspec.structs.replace(plan.meetings[0], dates=(broken,))
    meetings = next(table for table in TABLES if table.name == "Заседания")
    assert first(meetings, msgspec.structs.replace(plan, meetings=(meeting,)))["Начало"] is None


def test_every_remark_has_words() -> None:
    """Whoever adds a code says in `remark_words` what it is called in the tables."""
    sources = (path.read_text("utf-8") for path in (ROOT / "extractor").rglob("*.py"))
    codes = {code for text in sources for code in re.findall(r'code="([a-z]+(?:-[a-z]+)+)"', text)}
    assert len(codes) > 20
    assert {code for code in codes if remark_word(code) == code} == set()


def test_a_new_remark_keeps_its_code() -> None:
    assert remark_word("something-new") == "something-new"


@pytest.mark.parametrize(("level", "told"), [("district", "районный"), ("school", "школьный"), (None, None)])
def test_level_is_told_in_russian(plan: Plan, level: Any, told: str | None) -> None:
    association = msgspec.structs.replace(plan.association, level=level)
    assert first(PLANS, msgspec.structs.replace(plan, association=association))["Уровень"] == told
