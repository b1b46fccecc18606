"""Tables from ruling lines: the walls of a grid are found, what no wall parts is one cell.

Works on unit squares between all lines, so that a cell over several columns or rows is no special
case, a table without outer borders still closes, and the time grows with the grid alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from extractor.errors import TooLarge
from extractor.ingest.pdf.rulings import Rulings, Segment

_SNAP = 2.5  # points between lines that are meant to be one
_JOIN = 3.0  # points between two pieces of one line, and from a line's end to the line it meets
_OPEN = 6.0  # points by which a line goes on over the end of a table that a page break cut
_COVER = 0.7  # share of the side of a unit square that a line must cover to be a wall
_MOST_PAIRS = 6_000_000


class Frame(NamedTuple):
    """One cell of a grid: its box, and its place by unit rows and columns (the end not in it)."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    row_end: int
    column_end: int
    open: bool  # lies at the edge of the grid, where no line closes it


class Grid(NamedTuple):
    """A table as ruled: where its lines stand, its cells in reading order, the cell of each unit square."""

    xs: list[float]
    ys: list[float]
    frames: list[Frame]
    owners: list[list[int]]  # by unit row and column; -1: no cell

    def find(self, x: float, y: float) -> int:
        """The number of the cell that holds the point, -1 where none does."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.owners) and 0 <= column < len(self.xs) - 1:
            return self.owners[row][column]
        return -1

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_grids(rulings: Rulings, most_cells: int, name: str) -> list[Grid]:
    """The tables of a page, from above. Raises TooLarge where one has more than `most_cells` squares."""
    across, down = _merge_lines(rulings.across), _merge_lines(rulings.down)
    grids = []
    for rows, columns in _connect(across, down):
        rows = rows + _close_ends(rows, columns)
        ys, xs = sorted({y for y, _, _ in rows}), sorted({x for x, _, _ in columns})
        if len(xs) * len(ys) > most_cells:
            raise TooLarge(f"В файле «{name}» слишком большая таблица, сохраните план отдельным документом.")
        if len(xs) > 1 and len(ys) > 1:
            grid = _build(xs, ys, rows, columns)
            if len(grid.frames) > 1:
                grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merge_lines(lines: list[Segment]) -> list[Segment]:
    """The lines with those that stand side by side or end to end made one."""
    merged: list[Segment] = []
    group: list[Segment] = []
    for line in sorted(lines):
        if group and line[0] - group[-1][0] > _SNAP / 2 or group and line[0] - group[0][0] > _SNAP * 1.5:
            merged.extend(_join_ends(group))
            group = []
        group.append(line)
    merged.extend(_join_ends(group))
    return merged


def _join_ends(group: list[Segment]) -> Iterable[Segment]:
    """Pieces on one line, joined where they meet."""
    if not group:
        return
    weight = sum(end - start for _, start, end in group)
    at = sum(place * (end - start) for place, start, end in group) / weight if weight else group[0][0]
    pieces = sorted((start, end) for _, start, end in group)
    start, end = pieces[0]
    for next_start, next_end in pieces[1:]:
        if next_start <= end + _JOIN:
            end = max(end, next_end)
        else:
            yield at, start, end
            start, end = next_start, next_end
    yield at, start, end


def _connect(across: list[Segment], down: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """The lines in groups that touch each other; a line that meets fewer than two others is left out."""
    if len(across) < 2 or len(down) < 2 or len(across) * len(down) > _MOST_PAIRS:
        return []
    meets = [_meeting(line, across) for line in down]
    counts = [0] * len(across)
    for found in meets:
        for at in found:
            counts[at] += 1
    parents = list(range(len(across) + len(down)))
    for number, found in enumerate(meets):
        if len(found) > 1:
            for at in found:
                if counts[at] > 1:
                    _unite(parents, len(across) + number, at)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for at, line in enumerate(across):
        if counts[at] > 1:
            groups.setdefault(_root(parents, at), ([], []))[0].append(line)
    for at, line in enumerate(down):
        if len(meets[at]) > 1:
            groups.setdefault(_root(parents, len(across) + at), ([], []))[1].append(line)
    return [group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1]


def _meeting(line: Segment, across: list[Segment]) -> list[int]:
    """Which of the lines across a line down meets."""
    x, top, bottom = line
    first = bisect_right(across, (top - _JOIN, float("-inf"), 0.0))
    found = []
    for at in range(first, len(across)):
        y, left, right = across[at]
        if y > bottom + _JOIN:
            break
        if left - _JOIN <= x <= right + _JOIN:
            found.append(at)
    return found


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _unite(parents: list[int], one: int, two: int) -> None:
    parents[_root(parents, one)] = _root(parents, two)


def _close_ends(rows: list[Segment], columns: list[Segment]) -> list[Segment]:
    """Lines across where a page break cut the table open: its lines down go on over its last one."""
    closing = []
    left, right = min(x for x, _, _ in columns), max(x for x, _, _ in columns)
    top, bottom = min(y for y, _, _ in rows), max(y for y, _, _ in rows)
    for place, ends in (
        (top, sorted(start for _, start, _ in columns if start < top - _OPEN)),
        (bottom, sorted((end for _, _, end in columns if end > bottom + _OPEN), reverse=True)),
    ):
        if len(ends) > 1 and abs(ends[0] - ends[1]) < _JOIN and abs(ends[0] - place) > _OPEN:
            closing.append((ends[0], left, right))
    return closing


def _build(xs: list[float], ys: list[float], rows: list[Segment], columns: list[Segment]) -> Grid:
    above = _walls(rows, ys, xs)  # [line of ys][unit between xs]
    beside = _walls(columns, xs, ys)  # [line of xs][unit between ys]
    height, width = len(ys) - 1, len(xs) - 1
    owners = [[-1] * width for _ in range(height)]
    frames: list[Frame] = []
    for row in range(height):
        for column in range(width):
            if owners[row][column] == -1:
                row_end, column_end = _grow(row, column, above, beside, owners)
                for taken in range(row, row_end):
                    owners[taken][column:column_end] = [len(frames)] * (column_end - column)
                bare = (
                    (row == 0 and not any(above[0][column:column_end]))
                    or (row_end == height and not any(above[height][column:column_end]))
                    or (column == 0 and not any(beside[0][row:row_end]))
                    or (column_end == width and not any(beside[width][row:row_end]))
                )
                box = (xs[column], ys[row], xs[column_end], ys[row_end])
                frames.append(Frame(*box, row, column, row_end, column_end, bare))
    return Grid(xs, ys, frames, owners)


def _walls(lines: list[Segment], places: list[float], units: list[float]) -> list[list[bool]]:
    """Which sides of the unit squares a line covers, by the place of the line and the unit along it."""
    numbers = {place: at for at, place in enumerate(places)}
    walls = [[False] * (len(units) - 1) for _ in places]
    for place, start, end in lines:
        row = walls[numbers[place]]
        first = max(bisect_right(units, start) - 1, 0)
        for at in range(first, len(units) - 1):
            left, right = units[at], units[at + 1]
            if left >= end:
                break
            if min(end, right) - max(start, left) >= _COVER * (right - left):
                row[at] = True
    return walls


def _grow(
    row: int, column: int, above: list[list[bool]], beside: list[list[bool]], owners: list[list[int]]
) -> tuple[int, int]:
    """The end row and end column of the cell whose first square is given."""
    width, height = len(owners[0]), len(owners)
    column_end = column + 1
    while column_end < width and not beside[column_end][row] and owners[row][column_end] == -1:
        if above[row][column_end] != above[row][column] and row > 0:
            break
        column_end += 1
    row_end = row + 1
    while row_end < height and not any(above[row_end][column:column_end]):
        free = all(owners[row_end][at] == -1 for at in range(column, column_end))
        if not free or any(beside[at][row_end] for at in range(column + 1, column_end)):
            break
        row_end += 1
    return row_end, column_end
