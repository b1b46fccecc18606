"""Tables with one cell a line: a tab opens each cell, an empty line closes each row.

So `docx2txt` and kin write tables. Empty lines stand inside cells too, and a line without a tab is
a further paragraph of the cell above, so rows are found by counting cells: the cheapest division of
the whole run into tables, rows of the table's width and rows of one cell is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.ingest.text.merged import find_wide, merge_down
from extractor.ingest.text.shapes import Cell, Part, Table, is_blank

_MOST_COLUMNS = 20
# Costs of a division, in empty lines that stand inside a row:
_BREAK_INSIDE = 1.0  # two or more empty lines between cells of one row: the cell ends with empty ones
_LONE_BREAK_INSIDE = 2.5  # a single one: that is how rows end
_LONG_BREAK = 0.5  # two or more empty lines between rows
_SECTION = 2.0  # a row of one cell
_CAPTION = 0.5  # a row of one cell above the first row of a table
_NEW_TABLE = 6.0  # a change of the number of columns
_NARROW = 4.0  # a row with fewer cells than the table has columns: some were merged
_NARROW_HEAD = 1.0  # such a row over the first full one: a heading in two rows
_MOST_MERGED = 4  # columns that such a row lacks
_PROSE_SHARE = 0.6  # of cells that look like paragraphs, above which tabs are only indents
_PROSE_LENGTH = 60
_TAIL_PARTS = 12  # paragraphs that the last cell of a file may hold behind an empty line


class _RunCell(NamedTuple):
    """A cell as it stands in the run: its first line, the empty lines before, its paragraphs."""

    line: int
    gap: int
    parts: tuple[Part, ...]


class _Step(NamedTuple):
    """Cells `start` to `end` taken as a row of `columns`, behind rows of width `before`.

    `caption`: the first of them is a row of its own over the table that opens here.
    """

    start: int
    end: int
    columns: int
    before: int
    opens: bool = False
    caption: bool = False


_State = dict[int, tuple[float, _Step | None]]  # by width: least cost so far, the last step on that way


def find_tab_cells(lines: Sequence[str], start: int, end: int) -> list[Table]:
    """Tables of cells that stand each on a line of its own behind a tab."""
    runs: list[list[_RunCell]] = []
    ends: list[int] = []
    at = start
    while at < end:
        if _opens_cell(lines[at]):
            cells, stop = _read_run(lines, at, end)
            runs.append(cells)
            ends.append(stop)
            at = stop
        else:
            at += 1
    divided = [_divide_run(run) for run in runs]
    if not _is_convincing(runs, divided):
        return []
    tables: list[Table] = []
    for place, (run, steps) in enumerate(zip(runs, divided, strict=True)):
        if place == len(runs) - 1:
            run, ends[place] = _trim_tail(lines, run, ends[place])
        tables.extend(_build_tables(run, steps, ends[place]))
    return tables


def _opens_cell(line: str) -> bool:
    """Whether the line starts with one tab and holds no other before its text ends."""
    return line.startswith("\t") and "\t" not in line[1:].strip() and not line[1:].startswith("\t")


def _read_run(lines: Sequence[str], start: int, end: int) -> tuple[list[_RunCell], int]:
    """The cells of a run and the line behind it.

    The run ends where a text without a tab follows two empty lines, or one behind an empty cell.
    """
    cells: list[_RunCell] = []
    parts: list[Part] = []
    opened, cell_gap, gap, stop = start, 0, 0, start
    for at in range(start, end):
        line = lines[at]
        if is_blank(line) and not line.startswith("\t"):
            gap += 1
            continue
        if _opens_cell(line):
            if at > start:
                cells.append(_RunCell(opened, cell_gap, tuple(parts)))
            opened, cell_gap = at, gap
            parts = [] if is_blank(line) else [Part(line)]
        elif line.startswith("\t") or gap >= 2 or (gap and not parts):
            break
        else:
            parts.append(Part(line, gap))
        gap, stop = 0, at + 1
    cells.append(_RunCell(opened, cell_gap, tuple(parts)))
    return cells, stop


def _divide_run(run: list[_RunCell]) -> list[_Step]:
    """The cheapest division of a run into rows, [] where there is none.

    A shortest path over the places where rows may end; one state for each width of the table. A width
    is that of some cells without an empty line between them: one row at least shows it.
    """
    widths = _find_widths(run)
    states: list[_State] = [{} for _ in range(len(run) + 1)]
    states[0][0] = (0.0, None)
    following = _rows_from(run, 0, widths)
    for at, state in enumerate(states[:-1]):
        rows, following = following, _rows_from(run, at + 1, widths)
        if not state:
            continue
        cheapest = min(state, key=lambda width: state[width][0])
        for end, cost in rows:
            columns = end - at
            for width in state:
                if 2 <= columns < width <= columns + _MOST_MERGED:
                    _offer(states[end], state, cost + _NARROW, _Step(at, end, width, width))
            for width in _full_widths(run, end, columns, widths):
                step = _Step(at, end, width, cheapest, opens=True)
                _offer(states[end], state, cost + _NEW_TABLE + _NARROW_HEAD, step)
            _offer(states[end], state, cost + _NEW_TABLE, _Step(at, end, columns, cheapest, opens=True))
            if columns in state:
                _offer(states[end], state, cost, _Step(at, end, columns, columns))
        if _stands_alone(run, at):
            _offer_sections(at, states, following, cheapest)
    return _walk_back(states)


def _full_widths(run: list[_RunCell], end: int, columns: int, widths: frozenset[int]) -> list[int]:
    """The widths of a table whose heading has so many cells in its first row, and empty cells below those that
    reach over both rows: «№ | Сроки | Отв.» over « | план | факт | »."""
    found = []
    for width in widths:
        below = run[end : end + width]
        if columns < 2 or not columns < width <= columns + _MOST_MERGED or len(below) < width or any(c.gap for c in below[1:]):
            continue
        if end + width < len(run) and not run[end + width].gap:
            continue
        if len(_spread(columns, below)) == columns:
            found.append(width)
    return found


def _spread(columns: int, below: list[_RunCell]) -> list[int]:
    """How many columns each cell of an upper heading row reaches over: one over an empty cell, all over cells that
    stand together; [] where that does not come out."""
    spans: list[int] = []
    for at, cell in enumerate(below):
        if spans and cell.parts and at and below[at - 1].parts:
            spans[-1] += 1
        else:
            spans.append(1)
    return spans if len(spans) == columns and any(not cell.parts for cell in below) else []


def _find_widths(run: list[_RunCell]) -> frozenset[int]:
    """How many cells stand in groups without an empty line between them."""
    starts = [0, *(at for at, cell in enumerate(run) if at and cell.gap), len(run)]
    sizes = (two - one for one, two in pairwise(starts))
    return frozenset(size for size in sizes if 2 <= size <= _MOST_COLUMNS)


def _rows_from(run: list[_RunCell], start: int, widths: frozenset[int]) -> list[tuple[int, float]]:
    """The places where a row that starts at `start` may end, with what the empty lines in it cost."""
    ends: list[tuple[int, float]] = []
    cost = 0.0
    for end in range(start + 1, min(start + max(widths, default=0), len(run)) + 1):
        gap = run[end].gap if end < len(run) else 1
        if not gap:
            continue
        if end - start in widths:
            ends.append((end, cost + (_LONG_BREAK if gap > 1 else 0.0)))
        cost += _BREAK_INSIDE if gap > 1 else _LONE_BREAK_INSIDE
    return ends


def _stands_alone(run: list[_RunCell], at: int) -> bool:
    """Whether the cell holds text and empty lines keep it from the next."""
    return bool(run[at].parts) and (at + 1 == len(run) or run[at + 1].gap > 0)


def _offer_sections(at: int, states: list[_State], following: list[tuple[int, float]], cheapest: int) -> None:
    """Offers the lone cell at `at` as a row over all columns: within a table, or above a new one."""
    state = states[at]
    for columns in state:
        if columns:
            _offer(states[at + 1], state, _SECTION, _Step(at, at + 1, columns, columns))
    for end, cost in following:
        step = _Step(at, end, end - at - 1, cheapest, opens=True, caption=True)
        _offer(states[end], state, cost + _NEW_TABLE + _CAPTION, step)


def _offer(target: _State, source: _State, cost: float, step: _Step) -> None:
    """Takes the step into the target state, if no cheaper way leads there."""
    total = source[step.before][0] + cost
    if step.columns not in target or total < target[step.columns][0]:
        target[step.columns] = (total, step)


def _walk_back(states: list[_State]) -> list[_Step]:
    """The steps of the cheapest way to the last state."""
    at = len(states) - 1
    if not states[at]:
        return []
    width = min(states[at], key=lambda columns: states[at][columns][0])
    steps: list[_Step] = []
    while at:
        step = states[at][width][1]
        if step is None:
            break
        steps.append(step)
        at, width = step.start, step.before
    return steps[::-1]


def _is_convincing(runs: list[list[_RunCell]], divided: list[list[_Step]]) -> bool:
    """Whether the runs hold tables, and not paragraphs with an indent made by a tab."""
    cells = [cell for run in runs for cell in run if cell.parts]
    in_rows = 0
    rows = 0
    for steps in divided:
        for above, step in pairwise(steps):
            if step.columns == above.columns and step.end - step.start > 1:
                rows += 1
                in_rows += step.end - step.start
    texts = [cell.parts[-1].text.strip() for cell in cells]
    prose = sum(len(text) > _PROSE_LENGTH and text[-1] in ".;!?" for text in texts)
    return rows > 0 and 2 * in_rows >= 0.5 * len(cells) and prose <= _PROSE_SHARE * len(texts)


def _trim_tail(lines: Sequence[str], run: list[_RunCell], stop: int) -> tuple[list[_RunCell], int]:
    """The last run of a file without the running text that follows its last cell."""
    last = run[-1]
    gapped = [at for at, part in enumerate(last.parts) if part.gap]
    inside = any(part.gap for cell in run[:-1] for part in cell.parts)
    if not gapped or (inside and len(last.parts) <= _TAIL_PARTS):
        return run, stop
    stop = next((at for at in range(last.line + 1, stop) if is_blank(lines[at])), stop)
    return [*run[:-1], last._replace(parts=last.parts[: gapped[0]])], stop


def _build_tables(run: list[_RunCell], steps: list[_Step], stop: int) -> list[Table]:
    """The tables of a divided run."""
    tables: list[Table] = []
    cells: list[Cell] = []
    start, row = run[0].line, 0
    for step in steps:
        if step.opens and cells:
            opener = run[step.start]
            tables.append(Table(start, opener.line - opener.gap, _merged(cells)))
            cells, start, row = [], opener.line, 0
        taken = run[step.start : step.end]
        if step.caption or len(taken) == 1:
            row += 1
            cells.append(Cell(row, 1, taken[0].parts, col_span=step.columns))
            taken = taken[1:]
        if taken:
            row += 1
            cells.extend(_place(row, taken, step.columns, run[step.end : step.end + step.columns]))
    if cells:
        tables.append(Table(start, stop, _merged(cells)))
    return tables


def _place(row: int, taken: list[_RunCell], columns: int, below: list[_RunCell]) -> list[Cell]:
    """The cells of one row; where it has fewer than the table, some reach over several columns."""
    missing = columns - len(taken)
    spans = _spread(len(taken), below) if missing and row == 1 else []
    if not spans or sum(spans) != columns:
        spans = [1] * (len(taken) - 1) + [1 + missing]
    cells, column = [], 1
    for cell, span in zip(taken, spans, strict=True):
        over = missing > 0 and row == 1 and span == 1 and column <= len(below) and not below[column - 1].parts
        cells.append(Cell(row, column, cell.parts, row_span=2 if over else 1, col_span=span))
        column += span
    return cells


def _merged(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells, empty ones under the first of a row taken for merged ones."""
    rows: list[list[str]] = []
    for cell in cells:
        if cell.row > len(rows):
            rows.append([])
        rows[-1].append(" ".join(part.text.strip() for part in cell.parts))
    return merge_down(cells, rows, find_wide(rows))
