"""Tables that a converter wrote one cell a line: «№ / Тема / Сроки / 1 / Курсы / май / 2 / Семинар / март».

The lines of the heading name the columns; every line behind them is dealt out to a column, to a row
of its own (a section) or to what stands behind the table: the best way by dynamic programming. An
empty cell is an empty line, and a cell may hold several lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from extractor.model.outline import Column, Grid, Line, Row
from extractor.segment.columns import MAIN
from extractor.segment.loose_fit import Fits, is_number
from extractor.segment.loose_heads import drop_strange, is_named, is_whole, line_at, make_cell, read_head
from extractor.segment.loose_merged import merge_down
from extractor.segment.state import State
from extractor.values.senses import Senses

_MOST_LINES = 20_000

# What a step costs:
_NEW_ROW = 0.4
_SECTION = 1.2
_SKIPPED = 0.15  # an empty cell that an empty line shows
_UNSHOWN = 1.6  # an empty cell that no line shows
_NO_TEXT = 1.0  # more, where it is the main column
_NO_NUMBER = 2.5  # more, where it is the number of a row and rows have numbers
_BLANK = 0.5  # an empty line that shows no empty cell
_MOST_BLANKS = 3
_LEAST_MEAN = 0.55  # of the lines of a table: a fit below is an accident


# What a step costs where a text out of a PDF shows how the line stands to the one above: «line» beside it,
# «apart» behind an empty line, «below»:
_BESIDE = {
    "line": {"cell": -0.6, "row": 4.0, "on": 4.0, "section": 4.0},
    "apart": {"cell": -0.4, "row": 0.8, "on": 1.0, "section": 0.0},
    "below": {"cell": 2.5, "row": 0.0, "on": 0.0, "section": 0.0},
    None: {"cell": 0.0, "row": 0.0, "on": 0.0, "section": 0.0},
}


class _Empty(NamedTuple):
    """What empty cells cost: sums over the columns left of each, where lines show them and where none does."""

    shown: tuple[float, ...]
    unshown: tuple[float, ...]

    @property
    def width(self) -> int:
        return len(self.shown) - 1


class _Step(NamedTuple):
    """A line's place: its column (the number of columns for a section), whether it opens a row or a cell."""

    column: int
    row: bool
    cell: bool


_Way = tuple[float, list[_Step]]


def read_loose_cells(state: State, senses: Senses) -> tuple[Grid, int] | None:
    """The table that begins at the current line, and how many lines it takes; None where none begins."""
    head = read_head(state, 0, senses)
    if head is None:
        return None
    lines = _lines_below(state, len(head.lines), senses)
    behind = line_at(state, len(head.lines) + len(lines))
    tail = behind.block.gap if behind else len(head.columns)
    score, steps = _divide(lines, head.columns, senses, tail=tail)
    if (other := drop_strange(head, senses)) is not None:
        longer = [*head.lines[len(other.lines) :], *lines]
        better, others = _divide(longer, other.columns, senses, tail=tail)
        if better > score:
            head, lines, score, steps = other, longer, better, others
    counted = "number" in head.columns[1].roles  # «Содержание работы» may be the caption over «№»
    mains = [bool(set(column.roles) & set(MAIN)) for column in head.columns]
    titled = counted or mains[0] and any(mains[1:]) or not is_whole(head.lines[0], senses)
    if titled and (less := read_head(state, 1, senses)) is not None:
        better, _ = _divide(lines, less.columns, senses, tail=tail)
        if better > score:  # the first line is the title over the heading
            return None
    rows = _build_rows(lines, steps, head.columns)
    if sum(len(row.cells) > 1 for row in rows) < 2:
        return None
    return Grid(-1 - state.place, len(head.columns), (head.row, *rows)), len(head.lines) + len(steps)


def _lines_below(state: State, ahead: int, senses: Senses) -> list[Line]:
    """The lines that can belong to the table: up to a drawn table, a heading of Word's or of columns."""
    lines: list[Line] = []
    while len(lines) < _MOST_LINES and (line := line_at(state, ahead + len(lines))) is not None:
        if line.block.heading is not None:
            break
        if (
            lines
            and is_named(state, ahead + len(lines), senses)
            and read_head(state, ahead + len(lines), senses)
        ):
            if _is_caption(lines[-1], senses):
                lines.pop()
            break
        lines.append(line)
    return lines


def _is_caption(line: Line, senses: Senses) -> bool:
    """A line set apart over the heading of the next table: «Работа с родителями»."""
    text = line.text
    alone = line.block.gap > 0 and line.mark is None and len(text) < 100 and text[:1].isupper()
    return alone and not text.endswith((".", ",", ";")) and not senses.is_term(text) and not senses.is_people(text)


def _divide(lines: Sequence[Line], columns: Sequence[Column], senses: Senses, *, tail: int) -> _Way:
    """How well the lines make a table, and where each stands, from its first to its last line; no step where
    they make none. `tail` are the empty lines behind the last."""
    fits = Fits(lines, columns, senses)
    empty = _cost_of_empty(columns, numbered=sum(is_number(line.text) for line in lines) >= 2)
    scores: list[list[float]] = []
    ways: list[list[tuple[int, _Step]]] = []
    for at, line in enumerate(lines):
        found = [
            _best_way(scores[-1] if at else None, column, line, empty)
            for column in range(empty.width + 1)
        ]
        ways.append([(last, step) for _, last, step in found])
        scores.append([score + fits.of(at, step.column, opens=step.cell) for score, _, step in found])
    gaps = [*(line.block.gap for line in lines[1:]), tail]
    return _walk_back(gaps, scores, ways, empty)


def _cost_of_empty(columns: Sequence[Column], *, numbered: bool) -> _Empty:
    """What an empty cell of each column costs."""
    more = [
        _NO_TEXT
        if set(c.roles) & {*MAIN, "member"}
        else _NO_NUMBER
        if numbered and "number" in c.roles
        else 0.0
        for c in columns
    ]
    return _Empty(
        tuple(accumulate((_SKIPPED + each for each in more), initial=0.0)),
        tuple(accumulate((_UNSHOWN + 2 * each for each in more), initial=0.0)),
    )


def _best_way(
    scores: Sequence[float] | None, column: int, line: Line, empty: _Empty
) -> tuple[float, int, _Step]:
    """The best score with which the next line comes to stand in `column`, the column before, and the step."""
    width, gap = empty.width, line.block.gap
    if scores is None:
        cost = _SECTION if column == width else _skip(0, column, gap, empty)
        return -cost, width, _Step(column, True, True)
    return max(
        (
            (score - cost, last, step)
            for last, score in enumerate(scores)
            for step, cost in _steps(last, column, line, empty)
        ),
        key=lambda way: way[0],
    )


def _skip(first: int, end: int, gap: int, empty: _Empty) -> float:
    """What it costs that the cells `first` to `end` are empty, with so many empty lines there."""
    count = end - first
    if count <= 0:
        return _BLANK * min(gap, _MOST_BLANKS)
    share = min(1.0, gap / count)
    shown, unshown = empty.shown[end] - empty.shown[first], empty.unshown[end] - empty.unshown[first]
    return shown * share + unshown * (1 - share) + 0.5 * _BLANK * max(0, min(gap - count, _MOST_BLANKS))


def _steps(last: int, column: int, line: Line, empty: _Empty) -> list[tuple[_Step, float]]:
    """The ways from a line in column `last` to one in `column`, and what the empty cells between cost."""
    width, gap = empty.width, line.block.gap
    beside = _BESIDE[line.block.beside if line.first else None]
    end = width if last == width else last + 1
    if column == width:
        return [(_Step(width, True, True), _SECTION + beside["section"] + _skip(end, width, gap, empty))]
    found: list[tuple[_Step, float]] = []
    if last == column:
        found.append((_Step(column, False, False), beside["on"] + _BLANK * min(gap, _MOST_BLANKS)))
    if last < column:
        found.append((_Step(column, False, True), beside["cell"] + _skip(end, column, gap, empty)))
    shown = min(gap, width - end) if column else gap
    cost = _skip(end, width, shown, empty) if end < width else 0.0
    if column or end == width:
        cost += _skip(0, column, gap - shown if end < width else gap, empty)
    found.append((_Step(column, True, True), _NEW_ROW + beside["row"] + cost))
    return found


def _walk_back(
    gaps: Sequence[int], scores: list[list[float]], ways: list[list[tuple[int, _Step]]], empty: _Empty
) -> _Way:
    """The steps of the best way to the line at which the table best ends; [] where even that is no table."""
    width = empty.width
    best, at, column = 0.0, -1, width
    for place, row in enumerate(scores):
        for last, score in enumerate(row[:width]):
            total = score - (_skip(last + 1, width, gaps[place], empty) if last + 1 < width else 0.0)
            if total > best:
                best, at, column = total, place, last
    if best < _LEAST_MEAN * (at + 1):
        return 0.0, []
    steps: list[_Step] = []
    while at >= 0:
        last, step = ways[at][column]
        steps.append(step)
        at, column = at - 1, last
    return best, steps[::-1]


def _build_rows(lines: Sequence[Line], steps: Sequence[_Step], columns: Sequence[Column]) -> tuple[Row, ...]:
    """The rows of the lines; a cell that no line stands in is an empty one."""
    held: list[dict[int, list[Line]]] = []
    for line, step in zip(lines, steps, strict=False):
        if step.row:
            held.append({})
        held[-1].setdefault(step.column, []).append(line)
    rows: list[Row] = []
    width = len(columns)
    for number, cells in enumerate(held, 1):
        if width in cells:
            rows.append(Row(number, (make_cell(number, 1, cells[width], width),)))
        else:
            rows.append(
                Row(number, tuple(make_cell(number, at + 1, cells.get(at, [])) for at in range(width)))
            )
    return merge_down(rows, width)
