"""Tables on their side: the headings stand in the first column, and every other column is a meeting."""

from __future__ import annotations

from msgspec.structs import replace

from extractor.model.outline import Cell, Grid, Row
from extractor.segment.columns import heading_columns, read_heading
from extractor.values.senses import Senses

_LEAST = 3  # rows with a heading of a column
_SHARE = 0.6  # of the rows
_LONGEST = 60  # signs of a heading


def upright(grid: Grid, senses: Senses) -> Grid:
    """The table with columns for rows where it lies on its side («| Заседание 1 | Заседание 2 … / Сроки | сентябрь
    | ноябрь …»); else as it is."""
    return _turned(grid) if _on_its_side(grid, senses) else grid


def _on_its_side(grid: Grid, senses: Senses) -> bool:
    cells = [cell for row in grid.rows for cell in row.cells]
    if grid.width < 3 or len(grid.rows) < _LEAST or any(cell.row_span > 1 or cell.nested for cell in cells):
        return False
    top, *below = grid.rows
    heads = [cell for cell in top.cells if cell.column > 1]
    if not heads or any(senses.meetings.read(cell.text.text) is None for cell in heads):
        if heading_columns(top, senses) is not None or not _dated(grid, senses):
            return False
        below = [*grid.rows]
    firsts = [row.cells[0] for row in below if row.cells and row.cells[0].column == 1]
    named = [cell for cell in firsts if len(cell.text.text) <= _LONGEST and read_heading(cell, senses)[1] >= 0.5]
    roles = {role for cell in named for role in read_heading(cell, senses)[0]}
    return (
        len(named) >= max(_LEAST, _SHARE * len(firsts)) and bool(roles & {"text", "agenda", "theme"}) and "dates" in roles
    )


def _dated(grid: Grid, senses: Senses) -> bool:
    """Whether the first row has a term in each column but its first: «Дата | 12.09.2023 | 14.11.2023»."""
    texts = [cell.text.text for cell in grid.rows[0].cells if cell.column > 1]
    return len(texts) >= 2 and all(senses.is_term(text) for text in texts)


def _turned(grid: Grid) -> Grid:
    columns: dict[int, list[Cell]] = {}
    for number, row in enumerate(grid.rows, 1):
        for cell in row.cells:
            for column in range(cell.column, cell.column + cell.col_span):
                columns.setdefault(column, []).append(replace(cell, row=column, column=number, row_span=1, col_span=1))
    rows = tuple(Row(column, tuple(cells)) for column, cells in sorted(columns.items()))
    return replace(grid, width=len(grid.rows), rows=rows)
