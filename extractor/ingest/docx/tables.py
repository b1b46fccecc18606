"""The grid of a Word table: which cell stands in which row and column, and over how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from extractor.ingest.docx.names import SILENT, TC, TR, VAL, W
from extractor.ingest.docx.styles import is_on, read_number
from extractor.ingest.limits import Limits

_TRPR, _TCPR = W + "trPr", W + "tcPr"


@dataclass
class Cell:
    """One cell of the grid; `covered` are the cells that a merge hides behind it."""

    element: _Element
    address: str
    row: int
    column: int
    col_span: int = 1
    row_span: int = 1


@dataclass
class Grid:
    """The cells in reading order, and what was left out on the way."""

    cells: list[Cell]
    deleted_rows: int = 0
    hidden_rows: int = 0
    covered: list[_Element] | None = None  # merged cells that the page does not show


def lay_out(table: _Element, address: str, limits: Limits) -> Grid:
    """The grid of the table. Rows and columns count from 1; merges across rows and columns become spans."""
    grid = Grid([], covered=[])
    above: dict[int, Cell] = {}  # by column: the cells of the row above, for merges down
    number = 0
    for row, row_address in _find(table, TR, address):
        before, shown = _read_row(row, grid, limits)
        if not shown:
            continue
        number += 1
        above = _lay_row(row, row_address, (number, before + 1), above, grid, limits)
    return grid


def _lay_row(
    row: _Element, address: str, at: tuple[int, int], above: dict[int, Cell], grid: Grid, limits: Limits
) -> dict[int, Cell]:
    number, column = at
    current: dict[int, Cell] = {}
    last: Cell | None = None
    for element, cell_address in _find(row, TC, address):
        span, down, across = _read_cell(element, limits)
        if across and last is not None:
            if last.row == number:
                last.col_span += span
            _cover(grid, element)
        elif down and column in above:
            last = above[column]
            if last.row + last.row_span == number:
                last.row_span += 1
            current[column] = last
            _cover(grid, element)
        else:
            last = Cell(element, cell_address, number, column, span)
            grid.cells.append(last)
            current[column] = last
        column += span
    return current


def _cover(grid: Grid, element: _Element) -> None:
    if grid.covered is not None:
        grid.covered.append(element)


def _find(parent: _Element, wanted: str, address: str) -> Iterator[tuple[_Element, str]]:
    """Rows of a table or cells of a row, also those inside content controls and other wrappers."""
    number = 0
    short = wanted.rpartition("}")[2]
    others: dict[str, int] = {}
    for child in parent:
        tag = child.tag
        if tag == wanted:
            number += 1
            yield child, f"{address}/{short}[{number}]"
        elif tag not in SILENT and len(child) and isinstance(tag, str):
            name = tag.rpartition("}")[2]
            others[name] = others.get(name, 0) + 1
            yield from _find(child, wanted, f"{address}/{name}[{others[name]}]")


def _read_row(row: _Element, grid: Grid, limits: Limits) -> tuple[int, bool]:
    """Grid columns left free before the row, and whether the row is there at all."""
    before = 0
    for properties in row.iterchildren(_TRPR):
        for child in properties:
            if child.tag == W + "gridBefore":
                before = read_number(child.get(VAL), 0) or 0
            elif child.tag == W + "del":
                grid.deleted_rows += 1
                return 0, False
            elif child.tag == W + "hidden" and is_on(child):
                grid.hidden_rows += 1
                return 0, False
    return min(before, limits.columns), True


def _read_cell(cell: _Element, limits: Limits) -> tuple[int, bool, bool]:
    """Columns of the cell, whether it goes on a cell above, whether it goes on the cell before."""
    span, down, across = 1, False, False
    for properties in cell.iterchildren(_TCPR):
        for child in properties:
            if child.tag == W + "gridSpan":
                span = min(max(read_number(child.get(VAL), 1) or 1, 1), limits.columns)
            elif child.tag == W + "vMerge":
                down = child.get(VAL) != "restart"
            elif child.tag == W + "hMerge":
                across = child.get(VAL) != "restart"
    return span, down, across
