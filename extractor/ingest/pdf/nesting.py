"""Tables in cells of tables: with a frame of their own, and those that lean on the frame of the cell."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.ingest.pdf.shapes import Cell, Table

_PAD = 16.0  # points: the strip between a cell and the table in it is narrower
_HAIR = 8.0  # … and what is narrower has no room for text: one such strip is enough
_MOST_STRIPS = 100
_SLACK = 1.5


def nest_tables(tables: Sequence[Table]) -> list[Table]:
    """The tables that lie in no other; each of the rest is put into the cell that it lies in."""
    outer = []
    for table in tables:
        _lift_leaning(table)
        home: Cell | None = None
        for other in tables:
            if other is table or table.top < other.top or table.bottom > other.bottom:
                continue
            for cell in other.cells:
                if _lies_in(table, cell) and (
                    home is None or cell.right - cell.left < home.right - home.left
                ):
                    home = cell
        if home is None:
            outer.append(table)
        else:
            home.nested.append(table)
    return outer


def _lies_in(table: Table, cell: Cell) -> bool:
    return (
        table.left >= cell.left - _SLACK
        and table.right <= cell.right + _SLACK
        and table.top >= cell.top - _SLACK
        and table.bottom <= cell.bottom + _SLACK
    )


def _lift_leaning(table: Table) -> None:
    """Takes out of the table what is a table in a cell: it touches the border of the cell below or beside it,
    and shows by empty strips at its sides, under one cell as wide as all of them."""
    strips = [
        cell
        for cell in table.cells
        if not cell.lines and cell.right - cell.left < _PAD and cell.row_end - cell.row > 1
    ][:_MOST_STRIPS]
    for strip in strips:
        above = next((cell for cell in table.cells if _stands_on(cell, strip)), None)
        if above is None:
            continue
        home = _find_home(table, above, strip)
        rows = (strip.row, strip.row_end)
        others = [other for other in strips if (other.row, other.row_end) == rows and other is not strip]
        right = next((other for other in others if abs(home.right - other.right) < _SLACK), None)
        if right is not None and right.left > strip.right + 2 * _PAD:
            _lift(table, home, [strip, right], (strip.right, right.left))
        elif strip.right - strip.left < _HAIR and abs(home.left - strip.left) < _SLACK:
            _lift(table, home, [strip], (strip.right, home.right))
        elif strip.right - strip.left < _HAIR:
            _lift(table, home, [strip], (home.left, strip.left))


def _find_home(table: Table, above: Cell, strip: Cell) -> Cell:
    """The cell that holds the table beside the strip: the one above, whose text stands before the table; where a
    row ends between the two, a cell of its own below, in which nothing but the table stands."""
    beside = [
        cell for cell in table.cells if cell.right <= above.left + _SLACK or cell.left >= above.right - _SLACK
    ]
    if not beside or any(cell.row < strip.row < cell.row_end for cell in beside):
        return above
    return Cell(above.left, strip.top, above.right, strip.bottom, strip.row, strip.row_end, strip.page)


def _stands_on(cell: Cell, strip: Cell) -> bool:
    """Whether the cell ends where the strip begins, and begins or ends with its side."""
    return (
        cell.row_end == strip.row
        and bool(cell.lines or cell.nested)
        and cell.right - cell.left > 2 * _PAD
        and (abs(cell.left - strip.left) < _SLACK or abs(cell.right - strip.right) < _SLACK)
    )


def _lift(table: Table, home: Cell, strips: list[Cell], sides: tuple[float, float]) -> None:
    row, row_end, bottom = strips[0].row, strips[0].row_end, strips[0].bottom
    inner = [
        cell
        for cell in table.cells
        if cell.row >= row
        and cell.row_end <= row_end
        and cell.left >= sides[0] - _SLACK
        and cell.right <= sides[1] + _SLACK
        and all(cell is not strip for strip in strips)
    ]
    filled = [cell for cell in inner if cell.lines or cell.right - cell.left < sides[1] - sides[0] - _PAD]
    if len({cell.left for cell in filled}) < 2:
        return
    gone = {id(cell) for cell in (*inner, *strips)}
    table.cells = [cell for cell in table.cells if id(cell) not in gone]
    if all(cell is not home for cell in table.cells):
        table.cells.append(home)
    home.row_end, home.bottom = row_end, bottom
    end = max(cell.bottom for cell in filled)
    nested = Table(filled, 0, sides[0], strips[0].top, sides[1], end, table.page, table.last_page)
    home.nested.append(nested)
    number_rows(nested)
    number_rows(table)


def number_rows(table: Table) -> None:
    """Counts the rows anew: a row is where a cell begins."""
    starts = sorted({cell.row for cell in table.cells})
    numbers = {row: at for at, row in enumerate(starts)}
    for cell in table.cells:
        end = sum(start < cell.row_end for start in starts) if cell.row_end - cell.row > 1 else 0
        cell.row = numbers[cell.row]
        cell.row_end = max(end, cell.row + 1)
    table.rows = len(starts)
