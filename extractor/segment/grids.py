"""Cell blocks → grids: rows of cells with what merged cells reach into them from above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from extractor.model.outline import Cell, Grid, Row
from extractor.model.passage import EMPTY, join
from extractor.model.source import Block
from extractor.segment.lines import block_lines


def make_grids(blocks: Iterable[Block]) -> dict[int, Grid]:
    """Every table of the document by its number."""
    tables: dict[int, dict[tuple[int, int], list[Block]]] = {}
    inside: dict[int, tuple[int, int, int] | None] = {}
    for block in blocks:
        if block.table is None or block.row is None or block.column is None:
            continue
        tables.setdefault(block.table, {}).setdefault((block.row, block.column), []).append(block)
        inside[block.table] = block.inside
    grids = {number: _grid(number, cells, inside[number]) for number, cells in tables.items()}
    return _nest(grids)


def _nest(grids: dict[int, Grid]) -> dict[int, Grid]:
    """Every table inside a cell is put into that cell, innermost first."""
    held: dict[tuple[int, int, int], list[int]] = {}
    for number, grid in grids.items():
        if grid.inside is not None and grid.inside[0] in grids and grid.inside[0] != number:
            held.setdefault(grid.inside, []).append(number)
    for number in sorted(grids, reverse=True):
        places = {place: numbers for place, numbers in held.items() if place[0] == number}
        if not places:
            continue
        rows = []
        for row in grids[number].rows:
            held_here = {column: places[place] for place in places if (column := place[2]) and place[1] == row.number}
            bare = [Cell(row.number, c, 1, 1, (), EMPTY) for c in held_here if c not in {x.column for x in row.cells}]
            cells = [
                replace(c, nested=tuple(grids[n] for n in held_here[c.column])) if c.column in held_here else c
                for c in (*row.cells, *bare)
            ]
            rows.append(replace(row, cells=tuple(sorted(cells, key=lambda c: c.column))))
        grids[number] = replace(grids[number], rows=tuple(rows))
    return grids


def _grid(
    number: int, cells: dict[tuple[int, int], list[Block]], inside: tuple[int, int, int] | None
) -> Grid:
    rows: dict[int, list[Cell]] = {}
    width = 0
    for (row, column), blocks in cells.items():
        cell = _cell(row, column, blocks)
        rows.setdefault(row, []).append(cell)
        width = max(width, column + cell.col_span - 1)
    ordered: list[Row] = []
    reaching: list[Cell] = []
    for row in sorted(rows):
        reaching = [cell for cell in reaching if cell.row + cell.row_span > row]
        ordered.append(Row(row, tuple(sorted(rows[row], key=lambda c: c.column)), tuple(reaching)))
        reaching += [cell for cell in rows[row] if cell.row_span > 1]
    return Grid(number, width, tuple(ordered), (), inside)


def _cell(row: int, column: int, blocks: Sequence[Block]) -> Cell:
    lines = tuple(line for block in blocks for line in block_lines(block))
    first = blocks[0]
    label = next((block.label for block in blocks if block.label), None) if not lines else None
    return Cell(row, column, first.row_span, first.col_span, lines, join(line.whole for line in lines), label)
