"""The workbook as openpyxl sees it: sheets, real days, no formulas, links, and numbers counted again."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from extractor.model.plan import Plan
from extractor.output.linked import LinkedRow, PlanTables, tables_of
from extractor.output.rows import rows
from extractor.output.summary import month_of
from extractor.output.tables import TABLES
from extractor.output.to_xlsx import LONGEST_TEXT, Workbook, xlsx_bytes
from extractor.output.typed import kind_of
from extractor.pipeline import extract_file
from tests.conftest import ROOT

SHEETS = ["Свод", "Планы", "Заседания", "Повестка", "Мероприятия", "Участие", "Школы", "Люди", "Замечания"]
SAMPLES = sorted((ROOT / "samples").glob("*/plan.docx"))


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def records() -> dict[str, Any]:
    return {f"{path.parent.name}/{path.name}": extract_file(path) for path in SAMPLES}


@pytest.fixture(scope="module")
def district(records: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    target = tmp_path_factory.mktemp("book") / "район.xlsx"
    workbook = Workbook(target)
    for name, record in records.items():
        for tables in tables_of(record, name):
            workbook.add(tables)
    workbook.summary.unread.append(("старый.pdf", "Файл закрыт паролем."))
    workbook.finish()
    return openpyxl.load_workbook(target)


def cells(book: Any) -> list[Any]:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def test_sheets_and_headings(district: Any) -> None:
    assert district.sheetnames == SHEETS
    for table in TABLES:
        assert [cell.value for cell in district[table.name][1]] == table.headings


def test_every_row_is_there(district: Any, records: dict[str, Any]) -> None:
    for table in TABLES:
        expected = sum(len(rows(table, record)) for record in records.values())
        assert district[table.name].max_row - 1 == expected


def test_no_formulas_and_all_days_are_real(district: Any) -> None:
    assert not [cell for cell in cells(district) if cell.data_type == "f"]
    for sheet in SHEETS[1:]:
        headings = [cell.value for cell in district[sheet][1]]
        for name in ("Начало", "Окончание"):
            if name in headings:
                column = [row[headings.index(name)] for row in district[sheet].iter_rows(min_row=2)]
                assert {type(cell.value) for cell in column} <= {datetime, type(None)}
                assert all(cell.is_date for cell in column if cell.value)


@pytest.mark.parametrize(
    "text", ["=1+1", "+7", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.ru", "007"]
)
def test_text_of_a_document_stays_text(plan: Plan, text: str) -> None:
    activity = replace(plan.activities[0], text=text, topic=text)
    book = opened(xlsx_bytes(replace(plan, activities=(activity,))))
    found = [cell for cell in cells(book) if cell.value == text]
    assert len(found) == 3  # wording and topic, and where somebody takes part
    assert all(cell.data_type in ("s", "inlineStr") and cell.hyperlink is None for cell in found)


def test_text_that_excel_cannot_hold_is_cut(plan: Plan) -> None:
    activity = replace(plan.activities[0], text="я" * 40_000, topic="нуль\x00 и \udc80")
    book = opened(xlsx_bytes(replace(plan, activities=(activity,))))
    longest = max((str(cell.value) for cell in cells(book)), key=len)
    assert len(longest) == LONGEST_TEXT and longest.endswith("…")


def test_day_before_excel_begins_is_text(plan: Plan) -> None:
    old = replace(plan.meetings[0].dates[0], start="1850-01-01", end="1850-01-01")
    book = opened(xlsx_bytes(replace(plan, meetings=(replace(plan.meetings[0], dates=(old,)),))))
    assert any(cell.value == "1850-01-01" for cell in cells(book))


def test_links_lead_to_the_plan_and_the_remark(district: Any) -> None:
    for name in ("Заседания", "Повестка", "Мероприятия", "Участие"):
        for row in district[name].iter_rows(min_row=2):
            target = district["Планы"][row[0].hyperlink.location.split("!")[1]]
            assert target.value == row[0].value
    linked = 0
    headings = [cell.value for cell in district["Повестка"][1]]
    for row in district["Повестка"].iter_rows(min_row=2):
        cell = row[headings.index("Замечания")]
        if cell.value:
            linked += 1
            remark = district["Замечания"][int(cell.hyperlink.location.split("!A")[1])]
            assert remark[0].value == row[0].value
            assert remark[4].value in cell.value.split("; ")
    assert linked


def test_filters_panes_widths_and_print(district: Any) -> None:
    for name in SHEETS[1:]:
        sheet = district[name]
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.freeze_panes == "B2"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$1"
        assert all(5 <= each.width <= 80 for each in sheet.column_dimensions.values())


def test_summary_is_what_can_be_counted_otherwise(district: Any, records: dict[str, Any]) -> None:
    plans = [plan for record in records.values() for plan in getattr(record, "plans", (record,))]
    shown = {row[0].value: row[1].value for row in district["Свод"].iter_rows() if row[0].value}
    speakers = [
        (person, plan)
        for plan in plans
        for meeting in plan.meetings
        for item in meeting.agenda
        for person in item.speakers
    ]
    assert shown["Планов"] == len(plans)
    assert shown["Заседаний"] == sum(len(plan.meetings) for plan in plans)
    assert shown["Замечаний"] == sum(len(plan.diagnostics) for plan in plans)
    assert shown["Выступлений на заседаниях"] == len(speakers)
    assert shown["старый.pdf"] == "Файл закрыт паролем."
    by_school = Counter(person.school.key for person, _ in speakers if person.school)
    names = {school.key: school.text for plan in plans for school in plan.schools}
    unique = [key for key in by_school if sum(names.get(key) == each for each in names.values()) == 1]
    assert sum(shown.get(names[key]) == by_school[key] for key in unique) >= len(unique) * 0.8
    table = section(district["Свод"], "Выступления по школам")
    assert sum(row[1] for row in table) == by_school.total()
    assert sorted(row[1] for row in table) == sorted(by_school.values())
    talks = section(district["Свод"], "Выступления по людям")
    assert sum(row[1] for row in talks) == sum(person.kind == "person" for person, _ in speakers)
    silent = section(district["Свод"], "Школы, которые ни разу не выступали")
    everywhere = {school.key or school.text for plan in plans for school in plan.schools}
    assert len(silent) == len(everywhere - set(by_school))


def test_meetings_by_month_are_those_of_the_sheet(district: Any) -> None:
    headings = [cell.value for cell in district["Заседания"][1]]
    year, begin, end = (headings.index(each) for each in ("Учебный год", "Начало", "Окончание"))
    counted: Counter[tuple[str, int | None]] = Counter()
    for row in district["Заседания"].iter_rows(min_row=2, values_only=True):
        counted[(row[year], month_of(row[begin], row[end]))] += 1
    table = section(district["Свод"], "Заседания по годам и месяцам")
    order = [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, None]
    for row in table[:-1]:
        assert [each or 0 for each in row[1:14]] == [counted[(row[0], month)] for month in order]
        assert row[14] == sum(counted[(row[0], month)] for month in order)
    assert table[-1][14] == counted.total()


def section(sheet: Any, title: str) -> list[tuple[Any, ...]]:
    """The rows below the headings of a section, up to the first row without a number."""
    found = list(sheet.iter_rows(values_only=True))
    begin = next(index for index, row in enumerate(found) if row[0] == title) + 3
    table = []
    for row in found[begin:]:
        if row[0] is None or not any(isinstance(cell, int | float) for cell in row[1:]):
            break
        table.append(row)
    return table


def test_years_without_meetings_are_not_in_the_chart(district: Any) -> None:
    table = section(district["Свод"], "Заседания по годам и месяцам")[:-1]
    chart = next(
        each
        for each in district["Свод"]._charts
        if type(each).__name__ == "BarChart" and each.grouping == "stacked"
    )
    dated = [row for row in table if any(row[1:13])]
    assert 0 < len(chart.series) == min(8, len(dated)) < len(table)


def test_lines_are_pale_and_those_of_empty_cells_too(district: Any) -> None:
    for name in SHEETS[1:]:
        sheet = district[name]
        assert not sheet.print_options.gridLines
        assert sheet.print_area.startswith(f"'{name}'!$A$1:")
        assert sheet["A2"].border.bottom.color.rgb == "FFD0D0D0"
        assert all(each.border.bottom.style == "thin" for each in sheet.column_dimensions.values())


def test_charts_are_native(district: Any) -> None:
    assert len(district["Свод"]._charts) >= 4


def test_kinds_of_columns_are_those_of_the_cells(records: dict[str, Any]) -> None:
    types = {"string": str, "integer": int, "number": float | int, "date": date}
    for table in TABLES:
        for record in records.values():
            for row in rows(table, record):
                for heading, cell in zip(table.headings, row, strict=True):
                    assert cell is None or isinstance(cell, types[kind_of(heading)]), heading


def test_fifty_thousand_rows_in_seconds_and_little_memory(plan: Plan, tmp_path: Path) -> None:
    import time
    import tracemalloc

    [tables] = tables_of(plan, "план.docx")
    wide = tuple(
        [LinkedRow(each.cells, each.meeting, each.remark) for each in those]
        * (100 if table.name == "Повестка" else 1)
        for table, those in zip(TABLES, tables.rows, strict=True)
    )
    begin = time.process_time()
    workbook = Workbook(tmp_path / "x.xlsx")
    tracemalloc.start()
    for number in range(20):
        workbook.add(PlanTables(f"{number}.docx", 1, wide))
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    for number in range(20, 500):
        workbook.add(PlanTables(f"{number}.docx", 1, wide))
    assert all(len(each.sheet.row_info) <= 2 and len(each.sheet.row_sizes) <= 2 for each in workbook._sheets)
    workbook.finish()
    assert before < 20 << 20
    assert time.process_time() - begin < 60
    assert openpyxl.load_workbook(tmp_path / "x.xlsx", read_only=True)["Повестка"].max_row == 50_001
