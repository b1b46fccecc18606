"""A table row by its columns' roles, and what kind of row it is."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.model.outline import Band, Cell, Column, Row
from extractor.model.passage import EMPTY, Passage, join
from extractor.model.plan import Date
from extractor.parse.context import Above, Context
from extractor.values.marks import read_mark, read_number
from extractor.vocabulary.folding import fold

_CLOCK = re.compile(r"(?:в\s*)?\d{1,2}[.:-]\d\d(?:\s*(?:ч\w*\.?|[–—-]\s*\d{1,2}[.:]\d\d))?")
_RANKS = {"roman": 0, "decimal": 1, "multi": 2, "letter": 3, "bullet": 4, "words": 1}


class RowView:
    """A row seen by role: `cell("dates")` is the cell of that column, merged cells included."""

    def __init__(self, row: Row, band: Band, before: RowView | None = None) -> None:
        self.row, self.band = row, band
        self._cells: dict[int, Cell] = {}
        self.dittos: list[Cell] = []
        last = max((c.index for c in band.columns), default=0)
        for cell in (*row.above, *row.cells):
            meant = cell
            if before is not None and cell.text and same_as_above(cell.text.text):
                meant = before._cells.get(cell.column, cell)
                self.dittos.append(cell)
            for column in range(cell.column, min(cell.column + cell.col_span, last + 1)):
                self._cells[column] = meant

    def column(self, role: str) -> Column | None:
        return next((c for c in self.band.columns if role in c.roles), None)

    def cell(self, role: str) -> Cell | None:
        """The filled cell of the column with this role; None for an empty one."""
        for column in self.band.columns:
            if role in column.roles:
                cell = self._cells.get(column.index)
                if cell is not None and not cell.empty:
                    return cell
        return None

    def at(self, column: int) -> Cell | None:
        """The cell of this column that holds anything, be it a sign; merged cells included."""
        cell = self._cells.get(column)
        return cell if cell is not None and cell.text else None

    def own(self, role: str) -> Cell | None:
        """The same, but only where the cell begins in this row."""
        cell = self.cell(role)
        return (
            cell
            if cell is not None and cell.row + cell.row_span > self.row.number and cell in self.row.cells
            else None
        )

    def under_merged(self, row: int, *roles: str) -> bool:
        """Whether a filled cell of one of these columns is merged from that row into this one."""
        cells = [self.cell(role) for role in roles]
        return any(cell is not None and cell.row == row and cell in self.row.above for cell in cells)

    def goes_on_above(self) -> bool:
        """Whether the row's number, or its term together with a place or form, is merged from the row above."""

        def merged(role: str) -> bool:
            cell = self.cell(role)
            return cell is not None and cell in self.row.above

        numbered = merged("number") or merged("meeting_number")
        return numbered or merged("dates") and (merged("place") or merged("form"))

    def filled(self) -> list[Cell]:
        return [cell for cell in self.row.cells if cell.text]

    def when(self) -> Passage:
        """The words that say when: the cell of terms, with the time of day of a column of its own behind it."""
        cells = [self.at(column.index) for column in self.band.columns if "dates" in column.roles]
        filled = [cell.text for cell in cells if cell is not None and not cell.empty]
        if len(filled) > 1 and _CLOCK.fullmatch(filled[1].text.strip()):
            return join(filled[:2])
        return filled[0] if filled else EMPTY

    def unlike(self, *roles: str) -> list[tuple[Column, Cell]]:
        """Filled cells of columns that have none of these roles."""
        found = []
        for column in self.band.columns:
            cell = self._cells.get(column.index)
            if cell is not None and not cell.empty and not set(column.roles) & set(roles):
                found.append((column, cell))
        return found


def row_dates(view: RowView, context: Context, under: Above | None = None) -> tuple[Date, ...]:
    """The row's terms; a day («4-8») in a column of its own is one of the month in the column before it."""
    cells = [view.at(column.index) for column in view.band.columns if "dates" in column.roles]
    filled = [cell for cell in dict.fromkeys(cells) if cell is not None and not cell.empty]
    if len(filled) > 1:
        month = context.above(filled[0].text)
        found = context.dates(filled[1].text, month) if month is not None else ()
        if found:
            context.label(filled[0].text)
            return found
    when = view.when()
    return context.dates(when, under) if when else ()


def section_heading(view: RowView, context: Context) -> Passage | None:
    """The words of a row that is a heading over the rows below; None for other rows."""
    row, filled = view.row, view.filled()
    if _beside_merged(view, filled):
        return filled[0].text
    if len(filled) != 1 or row.above and any(not c.empty for c in row.above):
        return _numbered_section(view, filled)
    cell = filled[0]
    width = max((c.column + c.col_span - 1 for c in (*row.cells, *row.above)), default=1)
    if cell.empty or len(cell.text.text) > 400:
        return None
    if cell.col_span >= width > 1 or cell.col_span > 1 and cell.col_span >= width - 1:
        return cell.text
    if width == 1:
        return None
    main = view.column("text") or view.column("agenda")
    bold = sum(line.block.bold for line in cell.lines) / max(1, len(cell.lines)) > 0.6
    mark, _ = read_mark(cell.text)
    if mark and mark.kind == "roman" or bold or cell.text.text.isupper() and len(cell.text.text) > 3:
        return cell.text
    if main is not None and cell.column == main.index and view.column("number") is not None:
        return None
    return (
        cell.text
        if cell.column == 1
        and not read_number(cell.text.text)
        and (main is None or cell.column != main.index)
        else None
    )


def _beside_merged(view: RowView, filled: list[Cell]) -> bool:
    """«Индивидуальная работа» across all columns but the last, whose cell is merged into the rows below."""
    cells = [*filled, *(cell for cell in view.row.above if not cell.empty)]
    if len(cells) != 2 or not filled:
        return False
    heading, beside = cells
    merged = beside.row_span > 1 == heading.row_span
    return merged and heading.column == 1 and 2 < heading.col_span + 1 == beside.column and beside.col_span == 1


def _numbered_section(view: RowView, filled: list[Cell]) -> Passage | None:
    """«II. | Информационная работа» with a bold or capital heading beside a Roman number."""
    if len(filled) != 2 or view.row.above:
        return None
    number, text = filled
    if not re.fullmatch(r"[IVXІХ]{1,5}\.?", number.text.text.strip()):
        return None
    return join([number.text, text.text])


def heading_rank(text: str, bold: bool) -> tuple[int, str]:
    """The depth that the heading's own shape speaks for: «II.» above «2.» above no number."""
    mark, _ = read_mark(Passage(text, ((0, 0, 0),)))
    if mark is not None:
        return _RANKS[mark.kind], mark.kind
    letters = [c for c in text if c.isalpha()]
    upper = bool(letters) and all(c.isupper() for c in letters)
    return (2, "capitals") if upper else (5, "plain")


class Sections:
    """The headings that hold for the rows below, outermost first."""

    def __init__(self, outer: Passage = EMPTY) -> None:
        self._stack: list[tuple[int, str, Passage]] = []
        self._fresh = False  # no row since the last heading
        if outer:
            self._stack.append((-1, "caption", outer))

    def add(self, heading: Passage, bold: bool = False) -> None:
        """A heading row: it takes the place of one of its shape, or goes under what stands above it."""
        rank, shape = heading_rank(heading.text, bold)
        shapes = [s for _, s, _ in self._stack]
        if shape in shapes:
            self._stack = self._stack[: shapes.index(shape)]
        elif not self._fresh:
            self._stack = [entry for entry in self._stack if entry[0] < rank]
        self._stack.append((rank, shape, heading))
        self._fresh = True

    def row(self) -> None:
        self._fresh = False

    def texts(self) -> tuple[str, ...]:
        return tuple(passage.text for _, _, passage in self._stack)


@lru_cache(maxsize=1024)
def same_as_above(text: str) -> bool:
    """«-//-», «так же», «то же», «"»: the cell says what the cell above says."""
    folded = re.sub(r"^- ", "", fold(text).strip(" ."))
    return folded in (
        "-//-",
        '-"-',
        "//",
        "-//",
        "//-",
        "так же",
        "также",
        "то же",
        "те же",
        "тот же",
        "та же",
        '"',
        "-||-",
        "- // -",
        '-""-',
        "— // —",
        "''",
    ) or bool(re.fullmatch(r"-?\s*[/|\"'\\]{2,4}\s*-?", folded))
