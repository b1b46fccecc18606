"""Merged cells in tables that lost them: «1 | 29 августа» over three questions, the cells below it empty."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extractor.model.outline import Cell, Row
from extractor.segment.loose_fit import is_number

_SHARE = 0.25  # of the rows with empty first cells, from which on it is no accident
_LEAST_WIDTH = 3


def merge_down(rows: Sequence[Row], width: int) -> tuple[Row, ...]:
    """The rows, the first cells of each merged over the empty ones below, where that happens again and again. A
    number alone over an empty cell is none: its neighbour must be empty there as well."""
    spans = _spans(rows, width)
    covered = {(start + below, column) for (start, column), span in spans.items() for below in range(1, span)}
    if len({at for at, _ in covered}) < _SHARE * len(rows):
        return tuple(rows)
    made: list[Row] = []
    reaching: list[Cell] = []
    for at, row in enumerate(rows):
        cells = tuple(
            replace(cell, row_span=spans.get((at, cell.column), 1)) for cell in row.cells if (at, cell.column) not in covered
        )
        reaching = [cell for cell in reaching if cell.row + cell.row_span > row.number]
        made.append(replace(row, cells=cells, above=tuple(reaching)))
        reaching += [cell for cell in cells if cell.row_span > 1]
    return tuple(made)


def _spans(rows: Sequence[Row], width: int) -> dict[tuple[int, int], int]:
    """(place of a row, column) → how many rows the cell reaches over, where more than one."""
    spans: dict[tuple[int, int], int] = {}
    opener: int | None = None
    for at, row in enumerate(rows):
        if len(row.cells) < max(width, _LEAST_WIDTH):
            opener = None
            continue
        empty = next((k for k, cell in enumerate(row.cells) if cell.text), width)
        if not empty:
            opener = at
            continue
        first = rows[opener].cells[0].text.text if opener is not None else ""
        if opener is None or empty == width or empty < (2 if is_number(first) else 1):
            opener = None
            continue
        for cell in rows[opener].cells[:empty]:
            if cell.text and spans.get((opener, cell.column), 1) == at - opener:
                spans[opener, cell.column] = at - opener + 1
    return spans
