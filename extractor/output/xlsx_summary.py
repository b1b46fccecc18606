"""The sheet «Свод»: key figures, the sections of `summary.py` one below another, native charts.

xlsxwriter in constant memory takes rows from the top down only; so every row is written once, whole.
"""

from __future__ import annotations

from typing import Any

from extractor.output.cells import Cell
from extractor.output.summary import Chart, Section, Summary
from extractor.output.tables import PLANS
from extractor.output.xlsx_looks import FONT, INK, Looks, prepare_page

SHEET = "Свод"
_COLUMNS = 15
_FIRST_WIDTH, _WIDTH = 46, 8.3
_LINE = 20  # pixels of a row
_PAGE_ROWS = 50  # a section that would begin low on the printed page begins the next one
_SCALE = 60  # per cent: the columns fill A4 in landscape
_COLOURS = ("#2F5597", "#ED7D31", "#70AD47", "#FFC000", "#7030A0", "#00B0F0", "#C00000", "#7F7F7F")


def write_summary(file: Any, sheet: Any, looks: Looks, summary: Summary) -> None:
    """Writes the sheet from its first row to its last."""
    page = _Page(file, sheet, looks)
    page.begin(summary)
    for section in summary.sections():
        page.write(section)
    page.end()


class _Page:
    def __init__(self, file: Any, sheet: Any, looks: Looks) -> None:
        self.file, self.sheet, self.looks = file, sheet, looks
        self.row = 0
        self.breaks: list[int] = []

    def begin(self, summary: Summary) -> None:
        looks, sheet = self.looks, self.sheet
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, "Свод по планам методических объединений", looks.title)
        years = summary.years()
        span = "" if not years else years[0] if len(years) == 1 else f"{years[0]} … {years[-1]}"
        sheet.write_string(1, 0, f"Учебные годы: {span}" if span else "Учебный год не указан", looks.subtitle)
        self.row = 3
        for label, count, target in summary.figures():
            if target:
                sheet.write_url(self.row, 0, f"internal:'{target}'!A1", looks.label_link, label)
            elif count:
                sheet.write_string(self.row, 0, label, looks.label)
            else:
                continue
            sheet.write_number(self.row, 1, count, looks.figure)
            self.row += 1
        self.row += 1

    def write(self, section: Section) -> None:
        if self.row - max(self.breaks, default=0) + min(len(section.rows), 20) > _PAGE_ROWS:
            self.breaks.append(self.row)
        self._heading(section)
        begin = self.row
        if not section.rows:
            self.sheet.write_string(self.row, 0, "Нет ни одной строки.", self.looks.note)
            self.row += 1
        for index, row in enumerate(section.rows):
            self._write_row(section, row, section.links[index] if section.links else None)
        if section.left_out:
            rest = f"… и ещё {section.left_out}: все строки — на листах книги."
            self.sheet.write_string(self.row, 0, rest, self.looks.note)
            self.row += 1
        if section.chart and section.rows:
            self._chart(section, section.chart, begin)
        self.row += 1

    def _heading(self, section: Section) -> None:
        looks, sheet = self.looks, self.sheet
        sheet.set_row(self.row, 20)
        sheet.write_string(self.row, 0, section.title, looks.section)
        for column in range(1, _COLUMNS):
            sheet.write_blank(self.row, column, None, looks.section)
        sheet.write_string(self.row + 1, 0, section.note, looks.note)
        sheet.set_row(self.row + 2, 28)
        for column, heading in enumerate(section.headings):
            plain = heading.replace("-", "\u00ad") if column else heading
            look = looks.column if column and heading != "Почему" else looks.first_column
            sheet.write_string(self.row + 2, column, plain.replace("\u00ad", "- ") if column else plain, look)
        self.row += 3

    def _write_row(self, section: Section, row: tuple[Cell, ...], plan: int | None) -> None:
        looks, sheet = self.looks, self.sheet
        total = row[0] == "Всего"
        label = str(row[0])
        if len(label) > _FIRST_WIDTH:
            sheet.set_row(self.row, 27)
        if plan is not None:
            sheet.write_url(self.row, 0, f"internal:'{PLANS.name}'!A{plan + 2}", looks.label_link, label)
        else:
            sheet.write_string(self.row, 0, label, looks.sum_label if total else looks.label)
        for column, cell in enumerate(row[1:], 1):
            if isinstance(cell, str):
                sheet.write_string(self.row, column, cell, looks.plain)
            elif isinstance(cell, int | float):
                share = section.headings[column] == "Разобрано"
                look = looks.sum if total else looks.count_share if share else looks.count
                sheet.write_number(self.row, column, cell, look)
            else:
                sheet.write_blank(self.row, column, None, looks.sum if total else looks.count)
        self.row += 1

    def _chart(self, section: Section, plan: Chart, begin: int) -> None:
        """Across: below the table, a series a row. Else: right of the table, one bar a row."""
        if plan.across:
            self._columns_chart(section, plan, begin)
            return
        shown = min(len(section.rows), plan.most)
        chart = self.file.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": plan.title,
                "categories": [SHEET, begin, 0, begin + shown - 1, 0],
                "values": [SHEET, begin, plan.columns[0], begin + shown - 1, plan.columns[0]],
                "categories_data": [row[0] for row in section.rows[:shown]],
                "values_data": [row[plan.columns[0]] for row in section.rows[:shown]],
                "fill": {"color": _COLOURS[0]},
                "gap": 40,
                "data_labels": {"value": True, "font": {"name": FONT, "size": 8}},
            }
        )
        chart.set_y_axis({"reverse": True, "num_font": {"name": FONT, "size": 8}, "line": {"none": True}})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        height = max(7, shown + 2) * _LINE
        self._place(chart, plan.title, begin - 1, (6, 9 * 63, height), legend=False)
        self.row = max(self.row, begin - 1 + height // _LINE + 1)

    def _columns_chart(self, section: Section, plan: Chart, begin: int) -> None:
        chart = self.file.add_chart({"type": "column", "subtype": "stacked"})
        first, last = plan.columns[0], plan.columns[-1]
        rows = [
            index
            for index, row in enumerate(section.rows)
            if row[0] != "Всего" and any(row[first : last + 1])
        ]
        if not rows:
            return
        for colour, index in enumerate(rows[-plan.most :]):
            row = begin + index
            chart.add_series(
                {
                    "name": [SHEET, row, 0],
                    "categories": [SHEET, begin - 1, first, begin - 1, last],
                    "values": [SHEET, row, first, row, last],
                    "categories_data": list(section.headings[first : last + 1]),
                    "values_data": [each or 0 for each in section.rows[index][first : last + 1]],
                    "fill": {"color": _COLOURS[colour % len(_COLOURS)]},
                    "gap": 60,
                }
            )
        font = {"name": FONT, "size": 9}
        chart.set_x_axis({"num_font": font})
        grid = {"visible": True, "line": {"color": "#D9D9D9"}}
        chart.set_y_axis({"num_font": font, "major_gridlines": grid, "line": {"none": True}, "min": 0})
        height = 13 * _LINE
        title = plan.title if len(rows) <= plan.most else f"{plan.title}, последние {plan.most} лет"
        self._place(chart, title, self.row + 1, (0, 1180, height), legend=len(rows) > 1)
        self.row += height // _LINE + 2

    def _place(self, chart: Any, title: str, row: int, box: tuple[int, int, int], *, legend: bool) -> None:
        column, width, height = box
        chart.set_title(
            {"name": title, "name_font": {"name": FONT, "size": 11, "color": INK}, "overlay": False}
        )
        chart.set_legend(
            {"position": "bottom", "font": {"name": FONT, "size": 9}} if legend else {"none": True}
        )
        chart.set_size({"width": width, "height": height})
        chart.set_chartarea({"border": {"none": True}})
        options = {"object_position": 1, "x_offset": 4, "y_offset": 2, "description": title}
        self.sheet.insert_chart(row, column, chart, options)

    def end(self) -> None:
        self.sheet.set_column(0, 0, _FIRST_WIDTH)
        self.sheet.set_column(1, _COLUMNS - 1, _WIDTH)
        prepare_page(self.sheet, SHEET, 0)
        self.sheet.hide_gridlines(2)
        self.sheet.set_print_scale(_SCALE)
        self.sheet.set_h_pagebreaks(self.breaks)
        self.sheet.freeze_panes(1, 0)
