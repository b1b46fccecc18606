"""Text that stands in columns without ruling lines: two columns of prose, or a table kept by gaps alone.

Shy on purpose: a strip must stay free over several lines. Prose is read column by column; a table needs
three rows, and three columns or a narrow first one; all else stays lines, with a tab for a wide gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extractor.ingest.pdf.aligned import find_aligned
from extractor.ingest.pdf.lines import Line, group_words, make_line
from extractor.ingest.pdf.pieces import cut_row, runs_on
from extractor.ingest.pdf.shapes import Cell, Table
from extractor.ingest.pdf.sheet import Word

Row = list[Word]

_LEAST_GAP = 8.0  # points of a gap that may be a gutter
_LEAST_GUTTER = 5.0  # … and what must stay free of it over all lines
_LEAST_ROWS = 3
_LEAST_PROSE = 5  # lines on each side
_FULL = 0.85  # of the width of a column: such a line is full
_NARROW = 0.3  # of the width of a table: its first column, where it has but two
_MOST_ABOVE = 12  # lines of a row that a page break cut
_MOST_TRIES = 60  # lines of a page with which no table begins; behind so many none is looked for
_FRONT_LINES = 12
_NEAR = 1.2  # times the pitch of the lines of a block: the next one belongs to it
_FREE = 10_000.0  # points: the right side of a column whose lines are never broken by its width
_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXІХ]{1,6}[.)]|[а-яa-z]\)|\W{1,2})$")
_OFTEN = 0.4  # share of the rows of a list that have a tab at one place
_TYPED = 0.3  # share of the gaps in which the file types a space, if it types spaces
_SAME = 1.5  # points by which beginnings behind one tab stop differ
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?$")
_SMALL = re.compile(r"[a-zа-яё]")


class _Run(NamedTuple):
    """Rows `start` to `end` that leave the strip from `left` to `right` free."""

    start: int
    end: int
    left: float
    right: float
    both: int  # rows with words on both sides


def split_columns(page: int, words: Sequence[Word], *, front: bool = False) -> list[Line | Table]:
    """The words as lines and tables in reading order. `front`: nothing stands above them in the document."""
    rows = group_words(words)
    items: list[Line | Table] = []
    stops = _find_stops(rows)
    at = tries = 0
    while at < len(rows):
        above = rows[:at] if page > 1 and at == len(items) <= _MOST_ABOVE else []
        aligned = find_aligned(rows[at:], page, above) if tries < _MOST_TRIES and len(rows[at]) > 1 else None
        tries += aligned is None and len(rows[at]) > 1
        if aligned is not None:
            if len(above) and aligned[1].top <= above[0][0].top:
                items.clear()
            items.append(aligned[1])
            at += aligned[0]
            continue
        run = _find_run(rows, at)
        if run is None:
            items.append(make_line(rows[at], page, tabs=True, stops=stops))
            at += 1
            continue
        begins = front and at <= 1
        run = _lengthen(rows, run) if begins else run
        found = _read_run(rows[run.start : run.end], run, page, front=begins)
        if found is None:
            items.append(make_line(rows[at], page, tabs=True, stops=stops))
            at += 1
        else:
            items.extend(found)
            at = run.end
    return items


def _find_stops(rows: list[Row]) -> list[float]:
    """Where many rows of a numbered list go on behind a gap in which no space is typed."""
    numbered = [row for row in rows if _NUMBER.match(row[0].text)]
    gaps = [pair for row in numbered for pair in pairwise(row[1:])]
    if sum(one.spaced for one, _ in gaps) < _TYPED * len(gaps):
        return []
    lefts = sorted(two.left for one, two in gaps if one.piece != two.piece and not one.spaced)
    least = round(max(_LEAST_ROWS, _OFTEN * len(numbered)))
    stops: list[float] = []
    for one, two in zip(lefts, lefts[least - 1 :], strict=False):
        if two - one < _SAME and (not stops or one - stops[-1] >= _SAME):
            stops.append(one)
    return stops


def _find_run(rows: list[Row], start: int) -> _Run | None:
    """The longest run of rows with one free strip that begins with this row."""
    best: _Run | None = None
    for left, right in _gaps(rows, start):
        run = _extend(rows, start, left, right)
        if run.both >= 2 and (best is None or run.end > best.end):
            best = run
    return best


def _gaps(rows: list[Row], at: int) -> list[tuple[float, float]]:
    row = rows[at]
    gaps = [(one.right, two.left) for one, two in pairwise(row)]
    if at + 1 < len(rows) and rows[at + 1][0].left > row[-1].right:
        gaps.append((row[-1].right, rows[at + 1][0].left))
    return [(left, right) for left, right in gaps if right - left > _LEAST_GAP][:12]


def _extend(rows: list[Row], start: int, left: float, right: float) -> _Run:
    at, both, last_both = start, 0, start
    while at < len(rows):
        middle = (left + right) / 2
        before = [word for word in rows[at] if word.left < middle]
        behind = [word for word in rows[at] if word.left >= middle]
        near, far = before[-1].right if before else left, behind[0].left if behind else right
        if before and behind and (far - near < _LEAST_GAP or before[-1].piece == behind[0].piece > 0):
            break
        if min(far, right) - max(near, left) < _LEAST_GUTTER:
            break
        left, right = max(near, left), min(far, right)
        if before and behind:
            both += 1
            last_both = at
        elif behind:
            last_both = at
        at += 1
    prose = at - last_both < at - start - (last_both - start) / 2 and both >= _LEAST_PROSE
    return _Run(start, at if prose else last_both + 1, left, right, both)


def _lengthen(rows: list[Row], run: _Run) -> _Run:
    """The run with the lines below it on its left side that stand as near as its own: the longer block of two."""
    pitches = [two[0].base - one[0].base for one, two in pairwise(rows[run.start : run.end])]
    end = run.end
    while (
        end < len(rows)
        and rows[end][-1].right <= run.left
        and rows[end][0].base - rows[end - 1][0].base < _NEAR * min(pitches, default=0.0)
    ):
        end += 1
    return run._replace(end=end)


def _read_run(rows: list[Row], run: _Run, page: int, *, front: bool) -> list[Line | Table] | None:
    """The rows as columns of prose or as a table; None where they are neither."""
    middle = (run.left + run.right) / 2
    left = [[word for word in row if word.left < middle] for row in rows]
    right = [[word for word in row if word.left >= middle] for row in rows]
    left, right = [row for row in left if row], [row for row in right if row]
    if _is_prose(left) and _is_prose(right):
        items = _read_column(page, left, run.left)
        return items + _read_column(page, right, max(row[-1].right for row in right))
    if front and _is_front(left, right, run):
        return _read_column(page, left, _FREE) + _read_column(page, right, _FREE)
    gutters = _find_gutters(rows)
    if run.both >= _LEAST_ROWS and _is_table(rows, gutters) and not runs_on([cut_row(row) for row in rows]):
        return [_make_table(rows, gutters, page)]
    return None


def _read_column(page: int, rows: list[Row], right: float) -> list[Line | Table]:
    items = split_columns(page, [word for row in rows for word in row])
    left = min(row[0].left for row in rows)
    for item in items:
        if isinstance(item, Line):
            item.limits = (left, right)
    return items


def _is_prose(rows: list[Row]) -> bool:
    """Whether these are lines of running text: many, of several words, most of them full."""
    if len(rows) < _LEAST_PROSE or sum(len(row) for row in rows) < 3 * len(rows):
        return False
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    full = sum(row[-1].right - left > _FULL * (right - left) for row in rows)
    return full * 2 >= len(rows)


def _is_front(left: list[Row], right: list[Row], run: _Run) -> bool:
    """Whether two short blocks stand side by side above everything else: who agreed, who approved."""
    if max(len(left), len(right)) > _FRONT_LINES or min(len(left), len(right)) < 2:
        return False
    start, end = min(row[0].left for row in left), max(row[-1].right for row in right)
    return abs((run.left + run.right) / 2 - (start + end) / 2) < 0.25 * (end - start)


def _find_gutters(rows: list[Row]) -> list[tuple[float, float]]:
    """The strips that all rows leave free."""
    spans = sorted((word.left, word.right) for row in rows for word in row)
    gutters = []
    reach = spans[0][1]
    for left, right in spans[1:]:
        if left - reach >= _LEAST_GUTTER:
            gutters.append((reach, left))
        reach = max(reach, right)
    return gutters


def _is_table(rows: list[Row], gutters: list[tuple[float, float]]) -> bool:
    """Whether the strips part columns: the gaps there are wider than between the words of a line."""
    if not gutters:
        return False
    first = [row for row in rows if row[0].right <= gutters[0][0] + 1]
    labels = all(_LABEL.match(row[0].text) and (len(row) < 2 or row[1].left > gutters[0][0]) for row in first)
    splits = [_split(row, gutters) for row in rows]
    if len(gutters) - labels < 1 or not _are_wide(splits):
        return False
    filled = [sum(at in split for split in splits) for at in range(labels, len(gutters) + 1)]
    if min(filled) < _LEAST_ROWS:
        return False
    if labels:
        return sum(len(split) > len(gutters) for split in splits) >= max(_LEAST_ROWS, 0.6 * len(splits))
    if len(gutters) >= 2:
        return sum(len(split) >= 2 for split in splits) * 2 >= len(rows)
    start, end = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    return gutters[0][0] - start < _NARROW * (end - start) and len(first) > _LEAST_ROWS


def _are_wide(splits: list[dict[int, Row]]) -> bool:
    """Whether nearly all gaps over gutters are far wider than the spaces in the same row."""
    wide = count = 0
    for split in splits:
        columns = [split[at] for at in sorted(split)]
        spaces = [two.left - one.right for words in columns for one, two in pairwise(words)]
        usual = median(spaces) if spaces else 0.0
        for one, two in pairwise(columns):
            count += 1
            wide += two[0].left - one[-1].right > 2.2 * usual
    return wide >= 0.85 * count


def _split(row: Row, gutters: list[tuple[float, float]]) -> dict[int, Row]:
    """The words of a row by column."""
    columns: dict[int, Row] = {}
    for word in row:
        at = sum(word.left >= (left + right) / 2 for left, right in gutters)
        columns.setdefault(at, []).append(word)
    return columns


def _make_table(rows: list[Row], gutters: list[tuple[float, float]], page: int) -> Table:
    """The table: a row begins where its first column does, or behind a wider gap."""
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    sides = [left, *((one + two) / 2 for one, two in gutters), right]
    groups = _group_rows([(row, _split(row, gutters)) for row in rows])
    cells: list[Cell] = []
    for number, group in enumerate(groups):
        top = min(word.top for row, _ in group for word in row)
        bottom = max(word.bottom for row, _ in group for word in row)
        for column in range(len(sides) - 1):
            cell = Cell(sides[column], top, sides[column + 1], bottom, number, number + 1, page)
            cell.lines = [make_line(split[column], page) for _, split in group if column in split]
            end = gutters[column][0] if column < len(gutters) else right
            for line in cell.lines:
                line.limits = (sides[column], end)
            cells.append(cell)
    top = min(word.top for word in rows[0])
    bottom = max(word.bottom for word in rows[-1])
    return Table(cells, len(groups), left, top, right, bottom, page, page)


def _group_rows(rows: list[tuple[Row, dict[int, Row]]]) -> list[list[tuple[Row, dict[int, Row]]]]:
    pitches = [two[0][0].base - one[0][0].base for one, two in pairwise(rows)]
    least = min(pitches)
    groups = [[rows[0]]]
    for pitch, (row, split) in zip(pitches, rows[1:], strict=True):
        begins = 0 in split and not _SMALL.match(split[0][0].text)
        if begins or pitch > 1.5 * least and len(split) > 1:
            groups.append([(row, split)])
        else:
            groups[-1].append((row, split))
    return groups
