"""One page put in reading order: lines and tables, from above, column by column."""

from __future__ import annotations

from collections import Counter

from extractor.ingest.pdf.columns import split_columns
from extractor.ingest.pdf.grid import Frame, Grid, find_grids
from extractor.ingest.pdf.lines import Line, group_words, make_line
from extractor.ingest.pdf.nesting import nest_tables, number_rows
from extractor.ingest.pdf.notes import take_marks
from extractor.ingest.pdf.shapes import Cell, PageContent, Table
from extractor.ingest.pdf.sheet import Sheet, Word, turn_word

_PADDING = 8.0  # points: the widest usual space between a border and its text


def read_content(sheet: Sheet, most_cells: int, name: str) -> PageContent:
    """The lines and tables of a sheet."""
    sheet, notes_top = take_marks(sheet)
    grids = find_grids(sheet.rulings, most_cells, name)
    by_cell, free = _hand_out(sheet.words, grids)
    tables = [
        _make_table(sheet, grid, [by_cell.get((number, at), []) for at in range(len(grid.frames))])
        for number, grid in enumerate(grids)
    ]
    top_tables = nest_tables(tables)
    items = _order(sheet, free, top_tables)
    return PageContent(
        number=sheet.number,
        width=sheet.width,
        height=sheet.height,
        items=items,
        letters=sum(len(word.text) for word in sheet.words),
        pictures=sheet.pictures,
        text_area=_find_area(items),
        text=" ".join([word.text for word in sheet.words[:400]]),
        notes_top=notes_top,
    )


def _hand_out(words: list[Word], grids: list[Grid]) -> tuple[dict[tuple[int, int], list[Word]], list[Word]]:
    """The words of each cell (number of the grid, number of the cell) and those outside all tables."""
    by_cell: dict[tuple[int, int], list[Word]] = {}
    free: list[Word] = []
    boxes = sorted(
        ((grid.box, number, grid) for number, grid in enumerate(grids)),
        key=lambda one: (one[0][2] - one[0][0]) * (one[0][3] - one[0][1]),
    )
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        for (left, top, right, bottom), number, grid in boxes:
            if left <= x <= right and top <= y <= bottom:
                at = grid.find(x, y)
                if at >= 0:
                    by_cell.setdefault((number, at), []).append(word)
                    break
        else:
            free.append(word)
    return by_cell, free


def _make_table(sheet: Sheet, grid: Grid, words: list[list[Word]]) -> Table:
    left, top, right, bottom = grid.box
    kept = [
        (frame, inside) for frame, inside in zip(grid.frames, words, strict=True) if inside or not frame.open
    ]
    cells = []
    for frame, inside in kept:
        box = (frame.left, frame.top, frame.right, frame.bottom)
        cell = Cell(*box, frame.row, frame.row_end, sheet.number)
        if inside:
            cell.lines = _cell_lines(sheet, frame, inside)
        cells.append(cell)
    pad = _find_padding(cells)
    for cell in cells:
        for line in cell.lines:
            if line.limits == (0.0, 0.0):
                line.limits = (cell.left + pad, cell.right - pad)
    cells.sort(key=lambda cell: (cell.row, cell.left))
    table = Table(cells, 0, left, top, right, bottom, sheet.number, sheet.number)
    number_rows(table)
    return table


def _cell_lines(sheet: Sheet, frame: Frame, words: list[Word]) -> list[Line]:
    """The lines of a cell; those of a cell whose text is written upwards run along its height."""
    turned = sum(word.turned for word in words)
    if abs(turned) * 2 <= len(words):
        return [make_line(row, sheet.number) for row in group_words(words)]
    direction = 1 if turned > 0 else -1
    upright = [turn_word(word, direction, sheet.width, sheet.height) for word in words]
    lines = [make_line(row, sheet.number) for row in group_words(upright)]
    limits = (
        (sheet.height - frame.bottom, sheet.height - frame.top)
        if direction == 1
        else (frame.top, frame.bottom)
    )
    pad = 2.0
    for line in lines:
        line.limits = (limits[0] + pad, limits[1] - pad)
    return lines


def _find_padding(cells: list[Cell]) -> float:
    """The space between the borders and the text of a table: what most lines leave on their left."""
    found = Counter(
        round((line.left - cell.left) * 2) / 2
        for cell in cells
        for line in cell.lines
        if line.limits == (0.0, 0.0) and 0 <= line.left - cell.left <= _PADDING
    )
    return found.most_common(1)[0][0] if found else 0.0


def _order(sheet: Sheet, free: list[Word], tables: list[Table]) -> list[Line | Table]:
    """Lines and tables from above; the lines between two tables are read column by column."""
    items: list[Line | Table] = []
    rest = sorted(free, key=lambda word: word.base)
    at = 0
    for table in sorted(tables, key=lambda table: (table.top, table.left)):
        start = at
        while at < len(rest) and (rest[at].top + rest[at].bottom) / 2 < table.top:
            at += 1
        front = not items and sheet.number == 1
        items.extend(split_columns(sheet.number, rest[start:at], front=front))
        items.append(table)
    items.extend(split_columns(sheet.number, rest[at:], front=not items and sheet.number == 1))
    return items


def _find_area(items: list[Line | Table]) -> tuple[float, float]:
    """How far to the left and to the right the text of the page reaches."""
    left = [item.left for item in items if isinstance(item, Line)]
    right = [item.right for item in items if isinstance(item, Line)]
    left += [item.left + _PADDING for item in items if isinstance(item, Table)]
    right += [item.right - _PADDING for item in items if isinstance(item, Table)]
    return (min(left, default=0.0), max(right, default=0.0))
