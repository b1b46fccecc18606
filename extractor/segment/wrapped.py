"""Rows that a page or a converter broke in two: the rest of a row goes back to the row above."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extractor.model.outline import Column, Row
from extractor.model.passage import join
from extractor.segment.columns import MAIN


def wrapped_rows(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """The rows, where one that only goes on with the row above has been joined to it: no number and no term
    of its own in a numbered table, and its wording begins in the middle of a sentence."""
    of = {role: c.index for c in columns for role in c.roles}
    main = next((of[role] for role in MAIN if role in of), None)
    joined: list[Row] = []
    for row in rows:
        if joined and main is not None and "number" in of and _goes_on(joined[-1], row, main, of):
            joined[-1] = _join_rows(joined[-1], row)
        else:
            joined.append(row)
    return joined


def _goes_on(above: Row, row: Row, main: int, of: dict[str, int]) -> bool:
    before = {cell.column: cell for cell in above.cells}
    filled = [cell for cell in row.cells if cell.text]
    first = next((cell for cell in filled if cell.column == main), None)
    if first is None or row.above or main not in before or not first.text.text[:1].islower():
        return False
    fits = all(
        cell.col_span == 1 and not cell.nested and cell.column in before and before[cell.column].row_span == 1
        for cell in filled
    )
    barred = {of["number"], of.get("dates", of["number"])}
    ended = before[main].text.text.rstrip().endswith((".", ";", "!", "?", ":"))
    return fits and not ended and not any(cell.column in barred for cell in filled) and bool(before[main].text)


def _join_rows(above: Row, row: Row) -> Row:
    below = {cell.column: cell for cell in row.cells if cell.text}
    cells = tuple(
        replace(cell, lines=cell.lines + below[cell.column].lines, text=join([cell.text, below[cell.column].text]))
        if cell.column in below
        else cell
        for cell in above.cells
    )
    return replace(above, cells=cells)
