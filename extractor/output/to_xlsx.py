"""Plans → a workbook: «Свод» first, then a sheet for each table, written row by row in flat memory.

    with atomic_target(path) as temporary:
        workbook = Workbook(temporary)
        for tables in …: workbook.add(tables)
        workbook.finish()

Text of a document is always a text cell, never a formula; days are real dates; a row leads to its
plan and to the first remark about it. The same rows give the same bytes.

Not through pandas: `DataFrame.to_excel` wants a whole sheet in memory and writes it column by column, which
xlsxwriter's constant memory cannot take (`benchmarks/batch.py rows` measures both).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from extractor.errors import OutputProblem
from extractor.model.plan import Plan, Plans
from extractor.output.cells import Cell
from extractor.output.linked import LinkedRow, PlanTables, tables_of
from extractor.output.summary import Summary
from extractor.output.tables import PLANS, REMARKS, TABLES
from extractor.output.xlsx_looks import LETTERS, Looks, prepare_page, width_limit
from extractor.output.xlsx_summary import write_summary

LONGEST_TEXT = 32_767  # what Excel takes in one cell
MOST_ROWS = 1_048_575
MOST_LINKS = 65_000  # Excel takes 65,530 in a sheet
_TALLEST = 20  # lines of a row: a cell of two thousand letters must not fill the screen
_LINE = 12.0  # points
_OPTIONS = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def xlsx_bytes(plan: Plan | Plans) -> bytes:
    """The workbook of one document."""
    file = io.BytesIO()
    workbook = Workbook(file)
    for tables in tables_of(plan, plan.source.name):
        workbook.add(tables)
    workbook.finish()
    return file.getvalue()


class Workbook:
    """A workbook that grows plan by plan; nothing is kept but sums and links. `names`: what schools are
    called on «Свод», by their keys."""

    def __init__(self, target: Path | BinaryIO, names: Mapping[str, str] | None = None) -> None:
        from xlsxwriter import Workbook as File

        place = str(target) if isinstance(target, Path) else target
        self._file = File(place, {"constant_memory": True, **_OPTIONS})
        self._file.set_properties(
            {"title": "Планы методических объединений", "created": datetime(2000, 1, 1)}
        )
        self._file.set_calc_mode("auto")
        self.summary = Summary(names)
        self._looks = Looks(self._file)
        self._front = self._file.add_worksheet("Свод")
        self._sheets = [_Sheet(self._file, table.name, table.headings, self._looks) for table in TABLES]
        self._by_name = {sheet.name: sheet for sheet in self._sheets}

    def add(self, tables: PlanTables) -> None:
        """The rows of one plan, below those that are there."""
        plan_row, remark_row = self._by_name[PLANS.name].used, self._by_name[REMARKS.name].used
        for sheet, rows in zip(self._sheets, tables.rows, strict=True):
            for row in rows:
                sheet.write(row, plan_row, remark_row)
        self.summary.add(tables)

    def add_list(self, name: str, headings: Sequence[str], rows: Iterable[tuple[Cell, ...]]) -> None:
        """One more sheet, behind the others, whose rows lead nowhere: the registry of an archive."""
        sheet = _Sheet(self._file, name, headings, self._looks)
        for cells in rows:
            sheet.write(LinkedRow(cells, None, None))
        self._sheets.append(sheet)

    def finish(self) -> None:
        """Writes the summary and closes the file; raises OSError where the disk is full."""
        from xlsxwriter.exceptions import FileCreateError

        for sheet in self._sheets:
            sheet.finish()
        write_summary(self._file, self._front, self._looks, self.summary)
        self._front.activate()
        try:
            self._file.close()
        except FileCreateError as error:
            raise (error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error))) from error

    def abandon(self) -> None:
        """Throws away what xlsxwriter keeps in temporary files."""
        for sheet in (self._front, *(each.sheet for each in self._sheets)):
            name = getattr(sheet, "row_data_filename", None)
            if name:
                sheet.row_data_fh.close()
                Path(name).unlink(missing_ok=True)
        self._file.fileclosed = True


class _Sheet:
    """One sheet: its heading row, and rows that are written once and forgotten."""

    def __init__(self, file: Any, name: str, headings: Sequence[str], looks: Looks) -> None:
        self.name, self.headings = name, list(headings)
        self.sheet = file.add_worksheet(name, worksheet_class=sheet_with_wide_links())
        self.used = 1
        self._plan: tuple[int, int] | None = (
            None  # the row of «Планы» that the last rows lead to; their first
        )
        self._looks = looks
        self._links = 0
        self._limits = [width_limit(heading) for heading in headings]
        self._room = [int(limit * LETTERS) for limit in self._limits]
        self._longest = [0] * len(headings)
        self._formats = [looks.of(heading) for heading in headings]
        self._remarks = {"Замечания", "Замечаний"} & set(headings)
        self._linked = [self.headings.index(each) for each in self._remarks]
        self.sheet.set_row(0, 33)
        for column, heading in enumerate(headings):
            self.sheet.write_string(0, column, heading, looks.heading)

    def write(self, row: LinkedRow, plan_row: int | None = None, remark_row: int = 0) -> None:
        """`plan_row`: where the plan stands on «Планы», if the row is of one; `remark_row`: where its first
        remark will."""
        number = self.used
        if number > MOST_ROWS:
            raise OutputProblem(
                f"На лист «{self.name}» не помещается больше {MOST_ROWS} строк: разделите планы на "
                f"несколько книг или запишите таблицы параметром --tables."
            )
        lines = self._lines(row.cells)
        self.sheet.set_row(number, min(lines, _TALLEST) * _LINE + 3)
        for column, cell in enumerate(row.cells):
            if cell is not None:
                self._cell(number, column, cell)
        if plan_row is not None and self.name != PLANS.name:
            self._link_to_plan(number, row.cells[0], plan_row)
        for column in self._linked:
            if row.cells[column]:
                target = remark_row + (row.remark or 0)
                self._link(number, column, row.cells[column], REMARKS.name, target)
        self.used += 1

    def _cell(self, row: int, column: int, cell: Cell) -> None:
        look = self._formats[column]
        if isinstance(cell, date):
            if cell.year >= 1900:
                self.sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), look)
                return
            cell = cell.isoformat()
        if isinstance(cell, str):
            self.sheet.write_string(row, column, fitting(cell), self._looks.word(cell) or look)
        elif cell is not None:
            self.sheet.write_number(row, column, cell, look)

    def _link_to_plan(self, row: int, cell: Cell, target: int) -> None:
        """One link for all rows of a plan, which stand together."""
        if self._plan is None or self._plan[0] != target:
            self._plan = (target, row)
            self._link(row, 0, cell, PLANS.name, target)
        else:
            self.sheet.write_string(row, 0, fitting(str(cell)), self._looks.link)
        self.sheet.last_rows[self._plan[1]] = row

    def _link(self, row: int, column: int, cell: Cell, sheet: str, target: int) -> None:
        """Makes the cell lead to a row of another sheet, as long as Excel takes links."""
        if self._links >= MOST_LINKS or cell is None:
            return
        self._links += 1
        place = f"internal:'{sheet}'!A{target + 1}"
        if isinstance(cell, str):
            self.sheet.write_url(row, column, place, self._looks.link, fitting(cell))
        else:
            self.sheet.write_url(row, column, place)
            self.sheet.write_number(row, column, cell, self._looks.link_number)

    def _lines(self, cells: Sequence[Cell]) -> int:
        """How many lines the tallest cell takes; also remembers how wide the columns want to be.

        Said outright, since not every program that opens the file measures wrapped text by itself.
        """
        most = 1
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                limit = self._room[column]
                longest = len(cell)
                if "\n" in cell:
                    parts = cell.split("\n")
                    longest = max(map(len, parts))
                    most = max(most, sum(1 + len(part) // limit for part in parts))
                elif longest > limit:
                    most = max(most, 1 + longest // limit)
                if longest > self._longest[column]:
                    self._longest[column] = longest
        return most

    def finish(self) -> None:
        widths = [
            min(limit, max(longest + 1, len(max(heading.split(), key=len)) + 4))
            for heading, limit, longest in zip(self.headings, self._limits, self._longest, strict=True)
        ]
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width, self._formats[column])  # empty cells have lines too
        last = max(self.used - 1, 1)
        self.sheet.print_area(0, 0, last, len(widths) - 1)
        self.sheet.autofilter(0, 0, last, len(widths) - 1)
        self.sheet.freeze_panes(1, 1)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        prepare_page(self.sheet, self.name, sum(widths))
        self.sheet.repeat_rows(0)


@cache
def sheet_with_wide_links() -> type[Any]:
    """A worksheet whose link in the first column may hold for several rows, as Excel writes it too.

    A link for each row would be too many for Excel and, in a district, for the memory; so would the
    heights of rows that xlsxwriter keeps.
    """
    from xlsxwriter.worksheet import Worksheet

    class WideLinks(Worksheet):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.last_rows: dict[int, int] = {}
            self._wide = ""

        def _write_single_row(self, current_row_num: int = 0) -> None:
            """Forgets the height of a row that has been written; no chart stands here that would ask for it."""
            written = self.previous_row
            super()._write_single_row(current_row_num)
            self.row_info.pop(written, None)
            self.row_sizes.pop(written, None)

        def _write_hyperlink_internal(self, row: int, column: int, *rest: Any) -> None:
            last = self.last_rows.get(row, row) if column == 0 else row
            self._wide = f"A{row + 1}:A{last + 1}" if last > row else ""
            super()._write_hyperlink_internal(row, column, *rest)
            self._wide = ""

        def _xml_empty_tag(self, tag: str, attributes: Any = None) -> None:
            if self._wide:
                attributes = [("ref", self._wide), *(each for each in attributes if each[0] != "ref")]
            super()._xml_empty_tag(tag, attributes)

    return WideLinks


def fitting(text: str) -> str:
    """The text as Excel can hold it: at most 32,767 letters, no lone surrogates."""
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - 1] + "…"
    return text if text.isascii() or _is_whole(text) else text.encode("utf-8", "replace").decode("utf-8")


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
