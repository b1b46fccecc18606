"""Merged cells in tables whose text has no sign for them: written out, or left as empty cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.ingest.text.shapes import Cell

_LEVELS = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3})*)[.)]?\s")
_NO_WORDS = re.compile(r"[\d\W]*$")
_MERGED = 0.25  # share of the rows without a first cell, from which on it is no accident
_LEAST_WIDTH = 3  # columns of a table with merged rows


def find_wide(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """The numbers, from 1, of the rows that are one merged cell: its text stands in all columns, or in the first
    alone («| АВГУСТ | | |»). A row without a value yet is none: «| 4. Разное | | |» under «| 3. Доклад | …»."""
    width = max(map(len, rows), default=0)
    items = {_count_levels(row[0]) for row in rows if row and any(row[1:])} - {0}
    return frozenset(
        number
        for number, row in enumerate(rows, 1)
        if row
        and (_is_repeated(row, width) or _is_lone(row) and (width >= _LEAST_WIDTH or number == 1))
        and _count_levels(row[0]) not in items
    )


def _is_repeated(row: Sequence[str], width: int) -> bool:
    return len(row) == width >= _LEAST_WIDTH and len(set(row)) == 1 and len(row[0]) > 3


def _is_lone(row: Sequence[str]) -> bool:
    return len(row) > 1 and not any(row[1:]) and sum(map(str.isalpha, row[0])) > 2


def _count_levels(text: str) -> int:
    """How many numbers stand before the text: 2 of «1.4. Выдача учебников», 0 of «АВГУСТ»."""
    found = _LEVELS.match(text)
    return found[1].count(".") + 1 if found else 0


def merge_down(
    cells: Sequence[Cell], rows: Sequence[Sequence[str]], wide: frozenset[int]
) -> tuple[Cell, ...]:
    """The cells, the first ones of a row merged downwards where they have words over empty cells again and
    again: «Сентябрь» over two rows, «Октябрь» over three; «1 | 29 августа» over three questions."""
    spans = _find_spans(rows, wide)
    merged = {(start + below, column) for (start, column), span in spans.items() for below in range(1, span)}
    if len({row for row, _ in merged}) < _MERGED * len(rows):
        return tuple(cells)
    return tuple(
        cell._replace(row_span=spans.get((cell.row, cell.column), 1))
        for cell in cells
        if (cell.row, cell.column) not in merged
    )


def _find_spans(rows: Sequence[Sequence[str]], wide: frozenset[int]) -> dict[tuple[int, int], int]:
    """How many rows each of the first cells (row, column) with words reaches over, where more than one."""
    spans: dict[tuple[int, int], int] = {}
    opener = 0
    for number, row in enumerate(rows, 1):
        empty = next((at for at, text in enumerate(row) if text), len(row))
        if number in wide or len(row) < _LEAST_WIDTH:
            opener = 0
        elif not empty:
            opener = 0 if number == 1 else number
        elif not opener or empty == len(row) or empty < (2 if _NO_WORDS.match(rows[opener - 1][0]) else 1):
            opener = 0
        else:
            for column in range(1, empty + 1):
                if rows[opener - 1][column - 1] and spans.get((opener, column), 1) == number - opener:
                    spans[opener, column] = number - opener + 1
    return spans
