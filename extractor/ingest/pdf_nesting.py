"""Tables in cells of tables: with a frame of their own, and those that lean on the frame of the cell."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.ingest.pdf_shapes import Cell, Table

_PAD = 16.0  # points: the strip between a cell and the table in it is narrower
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
    """Takes out of the table what is a table in a cell: it touches the border of the cell below, and
    shows by two empty strips beside it, under one cell as wide as all three."""
    strips = [
        cell
        for cell in table.cells
        if not cell.lines and cell.right - cell.left < _PAD and cell.row_end - cell.row > 1
    ]
    for left in strips[:100]:
        for right in strips[:100]:
            rows = (left.row, left.row_end)
            if (right.row, right.row_end) == rows and right.left > left.right + 2 * _PAD:
                home = _find_home(table, left, right)
                if home is not None:
                    _lift(table, home, left, right)
                    break


def _find_home(table: Table, left: Cell, right: Cell) -> Cell | None:
    for cell in table.cells:
        if (
            cell.row_end == left.row
            and abs(cell.left - left.left) < _SLACK
            and abs(cell.right - right.right) < _SLACK
        ):
            return cell
    return None


def _lift(table: Table, home: Cell, left: Cell, right: Cell) -> None:
    inner = [
        cell
        for cell in table.cells
        if cell.row >= left.row
        and cell.row_end <= left.row_end
        and cell.left >= left.right - _SLACK
        and cell.right <= right.left + _SLACK
    ]
    if len(inner) < 2:
        return
    gone = {id(cell) for cell in (*inner, left, right)}
    table.cells = [cell for cell in table.cells if id(cell) not in gone]
    home.row_end, home.bottom = left.row_end, left.bottom
    nested = Table(inner, 0, left.right, left.top, right.left, left.bottom, table.page, table.last_page)
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
