"""A table without lines made of the pieces of its lines: which lines are one row, what each cell holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from extractor.ingest.pdf.lines import make_line
from extractor.ingest.pdf.pieces import SAME, Pieces, Placed, Strip, find_edges, line_of, place_pieces
from extractor.ingest.pdf.shapes import Cell, Table
from extractor.ingest.text.shapes import opens_item


def make_table(lines: Sequence[Pieces], strips: Sequence[Strip], page: int) -> Table:
    placed = place_pieces(lines, strips)
    left = min(each.piece.left for each in placed)
    right = max(each.piece.right for each in placed)
    sides = [left, *((one + two) / 2 for one, two in strips), right]
    ends = [*(one for one, _ in strips), right]
    rows = [
        _spread_heading(row, placed, len(strips)) for row in _rows_of_file(placed) or _rows_of_page(placed)
    ]
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        cells.extend(_make_cells(row, number, sides, ends, page))
    edges = find_edges(placed, len(strips))
    words = [word for each in placed for word in each.piece.words]
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    return Table(cells, len(rows), left, top, right, bottom, page, page, edges)


def _spread_heading(row: list[Placed], placed: Sequence[Placed], last: int) -> list[Placed]:
    """The row; where it is one piece over several columns, or begins where no other of its column does, it
    lies over all columns."""
    each = row[0]
    if len(row) > 1:
        return row
    if each.last > each.first:
        return [each._replace(first=0, last=last)]
    if each.first == 0:
        return row
    others = [other.piece.left for other in placed if other is not each and other.first == each.first]
    if any(abs(left - each.piece.left) < SAME for left in others):
        return row
    return [each._replace(first=0, last=last)]


def _make_cells(
    row: Sequence[Placed], number: int, sides: Sequence[float], ends: Sequence[float], page: int
) -> list[Cell]:
    top = min(word.top for each in row for word in each.piece.words)
    bottom = max(word.bottom for each in row for word in each.piece.words)
    cells = []
    column = 0
    while column < len(ends):
        over = [each for each in row if each.first == column]
        last = max((each.last for each in over), default=column)
        inside = [each for each in row if column <= each.first <= last]
        cell = Cell(sides[column], top, sides[last + 1], bottom, number, number + 1, page)
        for _, group in groupby(sorted(inside, key=line_of), key=line_of):
            words = [word for each in group for word in each.piece.words]
            line = make_line(words, page)
            line.limits = (sides[column], ends[last])
            cell.lines.append(line)
        cells.append(cell)
        column = last + 1
    return cells


def _rows_of_file(placed: Sequence[Placed]) -> list[list[Placed]]:
    """The rows as the file writes them, cell after cell; [] where it writes line after line."""
    if any(each.piece.order == 0 for each in placed):
        return []
    rows: list[list[Placed]] = []
    deep = False
    last: Placed | None = None
    for each in sorted(placed, key=lambda each: each.piece.order):
        if last is None or each.first < last.first or _begins_anew(rows[-1], last, each):
            rows.append([])
        deep = deep or bool(rows[-1]) and each.first == last.first and each.line > last.line  # type: ignore[union-attr]
        rows[-1].append(each)
        last = each
    for one, two in pairwise(rows):
        if max(each.line for each in one) >= min(each.line for each in two):
            return []
    return rows if deep else []


def _begins_anew(row: Sequence[Placed], last: Placed, each: Placed) -> bool:
    """Whether a piece in the same column as the one before is a row of its own, not the next line of a cell."""
    if each.line <= last.line:
        return False
    if each.first != last.first:
        return each.line > max(other.line for other in row)
    return each.last != last.last or each.first == 0 and opens_item(each.piece.text + " ")


def _rows_of_page(placed: Sequence[Placed]) -> list[list[Placed]]:
    """The rows by what stands in the first column: a line that begins there, unless in small letters."""
    rows: list[list[Placed]] = []
    over = False
    bases: list[float] = []
    for _, group in groupby(placed, key=line_of):
        line = list(group)
        bases.append(line[0].piece.words[0].base)
        heading = any(each.last > each.first for each in line)
        begins = line[0].first == 0 and not line[0].piece.text[:1].islower()
        if not rows or begins or heading or over or _is_far(bases, line):
            rows.append([])
        rows[-1].extend(line)
        over = heading
    return rows


def _is_far(bases: Sequence[float], line: Sequence[Placed]) -> bool:
    """Whether a line of several pieces stands further below the one before than lines of a cell do."""
    pitches = [two - one for one, two in pairwise(bases)]
    return len(line) > 1 and pitches[-1] > 1.5 * min(pitches)
