"""Tables drawn with signs: Markdown's «| № | Сроки |», antiword's bars, frames of «+---+» and «│».

In Markdown a line is a row. Between bars of fixed places, and in a frame, a row may run over
several lines, and a cell over several columns or rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractor.ingest.text.gathering import gather_rows
from extractor.ingest.text.merged import find_wide, merge_down
from extractor.ingest.text.rows import Line, group_lines, join_cell, read_rows
from extractor.ingest.text.shapes import Cell, Part, Table, find_runs, is_blank

_RULER_SIGNS = frozenset("|:-=+ \t")
_BAR = re.compile(r"(?<!\\)\|")
_RULER_PIECE = re.compile(r"[-=:]+$")
_FRAME_TOP = re.compile(r"\s*\+(?:[-=:]+\+){2,}\s*$")
_BOX = re.compile("[\u2500-\u257f]")
_FLAT, _UPRIGHT = "─━┄┅┈┉╌╍═╴╶╸╺╼╾", "│┃┆┇┊┋╎╏║╵╷╹╻╽╿"
_CORNERS = frozenset("+┌╔╒╓┏")
_MOST_COLUMNS = 60
_LONGEST_SECTION = 160
_PADDED = 0.8  # share of the lines with one length


def _redraw(line: str) -> str:
    """The line with its box-drawing signs as «+», «-», «|»."""
    return _BOX.sub(lambda sign: "-" if sign[0] in _FLAT else "|" if sign[0] in _UPRIGHT else "+", line)


def find_frames(lines: Sequence[str], start: int, end: int) -> list[Table]:
    """Tables in a drawn frame: «+---+---+» over «| 1 | Курсы |»."""
    tables: list[Table] = []
    at = start
    while at < end:
        if lines[at].lstrip()[:1] not in _CORNERS or not _FRAME_TOP.match(_redraw(lines[at])):
            at += 1
            continue
        stop = at
        drawn: list[str] = []
        while stop < end and (line := _redraw(lines[stop].rstrip())).lstrip()[:1] in ("+", "|"):
            drawn.append(line)
            stop += 1
        cells = _read_frame(drawn)
        if cells:
            tables.append(Table(at, stop, tuple(cells)))
        at = stop
    return tables


class _Frame:
    """The cells of a frame while its lines are read from top to bottom."""

    def __init__(self, edges: list[int]) -> None:
        self.edges = edges
        self.row = 0
        self.cells: list[Cell] = []
        self._open: dict[int, tuple[int, int, list[str]]] = {}  # column: first row, columns, lines

    def take_band(self, band: list[str]) -> None:
        """Takes the lines between two rulers: one row."""
        if not band:
            return
        self.row += 1
        inner = [
            at
            for at in range(1, len(self.edges) - 1)
            if 2 * sum(line[self.edges[at] : self.edges[at] + 1] in ("|", "+") for line in band) >= len(band)
        ]
        borders = [0, *inner, len(self.edges) - 1]
        for left, right in pairwise(borders):
            texts = [line[self.edges[left] + 1 : self.edges[right]] for line in band]
            if left in self._open:
                self._open[left][2].extend(texts)
            else:
                self._open[left] = (self.row, right - left, texts)

    def take_ruler(self, line: str) -> None:
        """Closes the cells that the ruler runs under; a gap in it lets a cell go on downwards."""
        for column in list(self._open):
            piece = line[self.edges[column] + 1 : self.edges[column + 1]]
            if _RULER_PIECE.match(piece):
                self._close(column)

    def finish(self) -> list[Cell]:
        """The cells, row by row."""
        for column in list(self._open):
            self._close(column)
        return sorted(self.cells)

    def _close(self, column: int) -> None:
        row, columns, lines = self._open.pop(column)
        width = max((len(line.strip()) for line in lines), default=0)
        parts = join_cell(lines, width)
        self.cells.append(Cell(row, column + 1, parts, self.row - row + 1, columns))


def _read_frame(drawn: list[str]) -> list[Cell]:
    """The cells of the lines of one frame; [] where it has but one column."""
    rulers = [line for line in drawn if _is_ruler(line)]
    edges = sorted({at for line in rulers for at, sign in enumerate(line) if sign == "+"})
    if not 3 <= len(edges) <= _MOST_COLUMNS:
        return []
    bands: list[list[str]] = [[]]
    for line in drawn:
        if _is_ruler(line) or _is_partial_ruler(line, edges):
            bands.append([])
        else:
            bands[-1].append(line)
    long = [band for band in bands if len(band) > 3]
    if len(rulers) <= 3 and long and all(len(_BAR.findall(line)) == len(edges) for line in long[-1]):
        return _read_bands_as_lines(drawn, edges)
    frame = _Frame(edges)
    band: list[str] = []
    for line in drawn:
        if _is_ruler(line) or _is_partial_ruler(line, edges):
            frame.take_band(band)
            band = []
            frame.take_ruler(line)
        else:
            band.append(line)
    frame.take_band(band)
    return frame.finish()


def _is_ruler(line: str) -> bool:
    """Whether the line is nothing but a ruler: «+----+----+»."""
    return _RULER_SIGNS.issuperset(line) and ("--" in line or "==" in line or "+-" in line)


def _is_partial_ruler(line: str, edges: list[int]) -> bool:
    """Whether the line is a ruler under some columns only, the others go on: «|     +-----+»."""
    if "+-" not in line and "-+" not in line and "+=" not in line:
        return False
    pieces = (line[left + 1 : right] for left, right in pairwise(edges))
    return any(_RULER_PIECE.match(piece) for piece in pieces)


def _read_bands_as_lines(drawn: list[str], edges: list[int]) -> list[Cell]:
    """The cells of a frame without rulers between its rows."""
    columns = len(edges) - 1
    rows: list[list[Line]] = []
    run: list[Line] = []
    for line in [*drawn, "+-"]:
        if _is_ruler(line):
            rows.extend(group_lines(run, columns))
            run = []
        else:
            run.append(_cut(line, edges))
    return read_rows(rows, columns)


def _cut(line: str, edges: list[int]) -> Line:
    """The texts between the edges of one line; one text where no bar stands inside the line."""
    inner = [at for at in edges[1:-1] if line[at : at + 1] in ("|", "+")]
    if not inner:
        return (line[edges[0] + 1 :].rstrip().removesuffix("|").strip(),)
    return tuple(line[one + 1 : two].strip() for one, two in pairwise(edges))


def find_pipes(lines: Sequence[str], start: int, end: int) -> list[Table]:
    """Tables whose cells are kept apart by bars: of Markdown, or of fixed width as antiword's."""
    runs = find_runs(lines, start, end, opens=_has_bar, find_end=_end_of_pipes)
    return [table for at, stop in runs if (table := _read_pipes(lines, at, stop))]


def _has_bar(line: str) -> bool:
    return "|" in line


def _end_of_pipes(lines: Sequence[str], start: int, end: int) -> int:
    """The line behind the last one with bars; one empty line between lines of like bars is inside, and a
    section between rows: «АВГУСТ» between «1 | Курсы | 3» and «2 | Семинар | 9»."""
    last = start
    for at in range(start + 1, end):
        line = lines[at]
        if "|" in line or _is_ruler(line.strip()):
            if at - last > 1 and not _is_like(lines[last], line):
                break
            last = at
        elif _parts_rows(lines, at, end):
            last = at
        elif not is_blank(line) or at - last > 1:
            break
    return last + 1


def _parts_rows(lines: Sequence[str], at: int, end: int) -> bool:
    """Whether the line without bars stands right between two rows of one width, three cells or more."""
    if (
        at + 1 >= end
        or is_blank(lines[at])
        or len(lines[at]) > _LONGEST_SECTION
        or lines[at - 1].startswith("|")
    ):
        return False
    bars = [len(_BAR.findall(line)) for line in (lines[at - 1], lines[at + 1])]
    return bars[0] == bars[1] >= 2


def _is_like(one: str, two: str) -> bool:
    """Whether two lines have their bars in the same places."""
    return [m.start() for m in _BAR.finditer(one)] == [m.start() for m in _BAR.finditer(two)]


def _read_pipes(lines: Sequence[str], start: int, end: int) -> Table | None:
    """The table in lines with bars; None where they are too few or unlike for a table."""
    held = [line.strip() for line in lines[start:end] if not is_blank(line)]
    rulers = [at for at, line in enumerate(held) if _is_ruler(line)]
    texts = [line for line in held if not _is_ruler(line)]
    outer = all(line.startswith("|") for line in texts) or bool(rulers)
    if not rulers and outer and len(texts) > 1 and _has_one_width(texts):
        fixed = _read_fixed(texts)
        if fixed:
            return Table(start, end, tuple(fixed))
    rows = [_split_pipes(line, outer=outer) for line in texts]
    widest = max(map(len, rows), default=0)
    if not rulers and not outer and 2 <= widest <= _MOST_COLUMNS:
        gathered = gather_rows(texts, widest, lambda line: _split_pipes(line, outer=False))
        rows = [["<br>".join(cell) for cell in row] for row in gathered] or rows
    if rulers and rulers[0] == 1 and not any(rows[0]):
        rows = rows[1:]
    columns = max(map(len, rows), default=0)
    alike = sum(len(row) == columns for row in rows)
    least = 1 if rulers else 2 if outer else 3
    if not 2 <= columns <= _MOST_COLUMNS or alike < least or 2 * alike < len(rows):
        return None
    wide = find_wide(rows)
    cells = [
        cell
        for number, row in enumerate(rows, 1)
        for cell in _cells_of_pipes(row, number, columns, wide=number in wide)
    ]
    return Table(start, end, merge_down(cells, rows, wide))


def _has_one_width(lines: list[str]) -> bool:
    """Whether nearly all lines are of one length, as a program that pads its cells writes them."""
    return max(Counter(map(len, lines)).values()) >= _PADDED * len(lines)


def _split_pipes(line: str, *, outer: bool) -> list[str]:
    """The texts between the bars of a line, outer bars left out: where not all lines have them, a bar in front
    stands behind an empty cell."""
    pieces = [piece.strip() for piece in _BAR.split(line)]
    if outer and line.startswith("|"):
        pieces = pieces[1:]
    if pieces and line.endswith("|") and not pieces[-1]:
        pieces = pieces[:-1]
    return pieces


def _cells_of_pipes(row: list[str], number: int, columns: int, *, wide: bool) -> list[Cell]:
    """The cells of one row; a `wide` one is one cell."""
    if wide or len(row) == 1:
        return [Cell(number, 1, _split_breaks(row[0]), col_span=columns)]
    row = row + [""] * (columns - len(row))
    return [Cell(number, column, _split_breaks(text)) for column, text in enumerate(row, 1)]


_BREAK_BEFORE_BULLET = re.compile(r"<br\s*/?>(?=\s*(?:[·•●▪\uf0b7]|[-–—*]\s*\w|\d{1,2}[.)]))", re.IGNORECASE)


def _split_breaks(text: str) -> tuple[Part, ...]:
    """The paragraphs of a Markdown cell: «<br>» before a bullet or a number begins one."""
    return tuple(Part(piece) for piece in _BREAK_BEFORE_BULLET.split(text) if not is_blank(piece))


def _read_fixed(lines: list[str]) -> list[Cell]:
    """The cells between bars of fixed places; [] where each line is a row, as in Markdown."""
    places = Counter(tuple(match.start() for match in _BAR.finditer(line)) for line in lines)
    edges = list(max((len(bars), count, bars) for bars, count in places.items())[2])
    columns = len(edges) - 1
    if not 2 <= columns <= _MOST_COLUMNS:
        return []
    cut = [_cut_bars(line, edges) for line in lines]
    full = [line for line in cut if len(line) > 1]
    if 2 * len(full) < len(lines) or all(line[0] for line in full):
        return []
    return read_rows(group_lines(cut, columns), columns)


def _cut_bars(line: str, edges: list[int]) -> Line:
    """The texts between the bars of one line, by count where all bars are there, else by place."""
    pieces = _BAR.split(line)
    if len(pieces) == len(edges) + 1:
        return tuple(piece.strip() for piece in pieces[1:-1])
    return _cut(line, edges)
