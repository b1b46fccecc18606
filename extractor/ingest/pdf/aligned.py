"""A table of which no line is drawn, found by how its columns are aligned.

Columns are the places where pieces begin again and again; a table is a stretch of lines whose pieces leave strips
between such columns free. A piece over several columns (the heading of a section) is a cell over them.

Shy on purpose: three columns, three lines with several pieces, and nearly all pieces aligned.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from extractor.ingest.pdf.aligned_rows import make_table
from extractor.ingest.pdf.pieces import (
    SAME,
    Piece,
    Pieces,
    Placed,
    Strip,
    cut_row,
    find_edges,
    line_of,
    place_pieces,
    runs_on,
)
from extractor.ingest.pdf.shapes import Table
from extractor.ingest.pdf.sheet import Word

_LEAST_STRIP = 2.0  # points that stay free between two columns
_LEAST_COLUMNS, _LEAST_LINES = 3, 3
_OFTEN = 0.2  # share of the lines with several pieces that begin at a place: there a column begins
_ALIGNED = 0.7  # share of the pieces that begin, or have their middle, where others of their column do
_ALIGNED_COLUMN = 0.5  # … and in each column
_COVERED = 0.4  # times the pieces that begin at a place: as many that run over it, and no column begins there
_FEW = 5  # pieces in a column that has but one such place
_CROSSING = 0.15  # share of the lines with several pieces of which one may lie over several columns
_HEADINGS = 3  # lines over several columns in a row; more are text outside of the table
_BROAD = 0.5  # of the width of the lines: a lone piece so long may be such a heading
_FAR = 3.0  # of the height: a table does not go on behind such a gap
_MOST_TRIES, _MOST_LINES = 12, 150  # ends that are tried; lines of a page that are looked at


def find_aligned(
    rows: Sequence[list[Word]], page: int, above: Sequence[list[Word]] = ()
) -> tuple[int, Table] | None:
    """The table that begins with the first of these lines and how many lines it takes; None where none does.

    `above` are the lines before, where the page begins with them: all go into the table where they are
    the rest of a row that the page break cut.
    """
    if len(rows) < _LEAST_LINES or len(cut_row(rows[0])) < 2:
        return None
    lines = _take_lines(rows[:_MOST_LINES])
    if _is_prose(lines) or runs_on(lines):
        return None
    for end in _find_ends(lines)[:_MOST_TRIES]:
        strips = _find_strips(lines[:end])
        if strips and _is_table(lines[:end], strips):
            rest = [cut_row(row) for row in above]
            edges = find_edges(place_pieces(lines[:end], strips), len(strips))
            lead = rest if all(_goes_into(pieces, edges) for pieces in rest) else []
            return end, make_table(lead + lines[:end], strips, page)
    return None


def _goes_into(pieces: Pieces, edges: Sequence[float]) -> bool:
    """Whether the pieces of a line begin where columns other than the first do."""
    return all(any(abs(piece.left - edge) < SAME for edge in edges[1:]) for piece in pieces)


def _take_lines(rows: Sequence[list[Word]]) -> list[Pieces]:
    """The lines that may belong to the table: up to running text or a large gap."""
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    lines: list[Pieces] = []
    broad = 0
    for number, row in enumerate(rows):
        height = row[0].bottom - row[0].top
        if number and row[0].base - rows[number - 1][0].base > _FAR * height:
            break
        pieces = cut_row(row)
        if len(pieces) > 1:
            broad = 0
        elif pieces[0].right - pieces[0].left > _BROAD * (right - left):
            broad += 1
        if broad > _HEADINGS:
            break
        lines.append(pieces)
    return lines


def _is_prose(lines: Sequence[Pieces]) -> bool:
    """Whether the first line is one of a text, only with wide spaces: one below it is as that goes."""
    first = lines[0]
    below = next((at for at, pieces in enumerate(lines) if at and len(pieces) > 1), len(lines))
    return len(first) < _LEAST_COLUMNS and any(
        abs(piece.left - first[0].left) < SAME and piece.right > first[1].left for piece, *_ in lines[1:below]
    )


def _find_ends(lines: Sequence[Pieces]) -> list[int]:
    """Where the table may end, the furthest first: behind a line of several pieces and the rest of its row."""
    ends: list[int] = []
    several = highest = 0
    at = 0
    while at < len(lines):
        row = lines[at]
        highest = max(highest, *(piece.order for piece in row)) if len(row) > 1 else highest
        at += 1
        if len(row) == 1:
            continue
        several += 1
        while at < len(lines) and len(lines[at]) == 1 and _is_rest(lines[at][0], row, highest):
            at += 1
        if several >= _LEAST_LINES and (at == len(lines) or len(lines[at]) == 1):
            ends.append(at)
    return ends[::-1]


def _is_rest(piece: Piece, row: Pieces, highest: int) -> bool:
    """Whether a lone piece goes on in a cell of the row: the file writes it before other cells that stand
    above it, or it stands below the beginning of one."""
    return piece.order < highest or any(abs(piece.left - other.left) < SAME for other in row[1:])


def _find_strips(lines: Sequence[Pieces]) -> list[Strip]:
    """The strips between the columns, free of all pieces but those that lie over several columns."""
    several = [pieces for pieces in lines if len(pieces) > 1]
    starts = _find_starts([piece.left for pieces in several for piece in pieces], len(several))
    starts = [start for start in starts if not _is_inside(start, lines)]
    spans = sorted(
        (piece.left, piece.right)
        for pieces in lines
        for piece in pieces
        if not _lies_over(piece, starts) and (len(pieces) > 1 or _starts_one(piece, starts))
    )
    if not spans:
        return []
    strips: list[Strip] = []
    reach = spans[0][1]
    for left, right in spans[1:]:
        if left - reach >= _LEAST_STRIP:
            strips.append((reach, left))
        reach = max(reach, right)
    return _drop_strips(lines, strips)


def _drop_strips(lines: Sequence[Pieces], strips: list[Strip]) -> list[Strip]:
    """The strips without those inside of a column: no line has a piece on both sides of them («№» above «1»)."""
    while True:
        filled = [
            {each.first for each in group} for _, group in groupby(place_pieces(lines, strips), key=line_of)
        ]
        apart = [not any({at, at + 1} <= columns for columns in filled) for at in range(len(strips))]
        if True not in apart:
            return strips
        at = apart.index(True)
        strips = [*strips[:at], *strips[at + 1 :]]


def _find_starts(lefts: list[float], lines: int) -> list[float]:
    """The places where pieces begin often."""
    starts = []
    group: list[float] = []
    for left in [*sorted(lefts), float("inf")]:
        if group and left - group[-1] > SAME:
            if len(group) >= max(2, _OFTEN * lines):
                starts.append(group[0])
            group = []
        group.append(left)
    return starts


def _is_inside(start: float, lines: Sequence[Pieces]) -> bool:
    """Whether text of a column that begins before runs over the place: a list is indented there, no more."""
    begins = sum(abs(piece.left - start) <= SAME for pieces in lines for piece in pieces)
    covers = sum(_lies_over(piece, [start]) for pieces in lines for piece in pieces)
    return covers > _COVERED * begins


def _lies_over(piece: Piece, starts: Sequence[float]) -> bool:
    return any(piece.left + 4 * SAME < start < piece.right - 4 * SAME for start in starts)


def _starts_one(piece: Piece, starts: Sequence[float]) -> bool:
    return any(abs(piece.left - start) < SAME for start in starts)


def _is_table(lines: Sequence[Pieces], strips: Sequence[Strip]) -> bool:
    """Whether the strips part at least three columns, in each of which the pieces are aligned."""
    if len(strips) + 1 < _LEAST_COLUMNS:
        return False
    placed = place_pieces(lines, strips)
    several = sum(len(pieces) > 1 for pieces in lines)
    over = {each.line for each in placed if each.last > each.first and len(lines[each.line]) > 1}
    if len(over) > max(1.0, _CROSSING * several) and several > len(over):
        return False
    if not _begins_table(placed):
        return False
    headings = sum(each.last > each.first for each in placed if len(lines[each.line]) == 1)
    if 2 * headings > several or not _goes_to_the_end(lines):
        return False
    aligned = count = 0
    for column in range(len(strips) + 1):
        pieces = [each.piece for each in placed if each.first == each.last == column]
        if len({each.line for each in placed if each.first == each.last == column}) < 2:
            return False
        count += len(pieces)
        same = _count_aligned(pieces)
        if same < max(2, _ALIGNED_COLUMN * len(pieces)):
            return False
        aligned += same
    rich = [line for line, group in groupby(placed, key=line_of) if len({e.first for e in group}) > 2]
    return aligned >= _ALIGNED * count and len(rich) >= 2


def _begins_table(placed: Sequence[Placed]) -> bool:
    """Whether half of the pieces of the first line stand at the beginning or in the middle of their columns."""
    first = [each for each in placed if each.line == 0]
    stands = 0
    for head in first:
        column = [each.piece for each in placed if each.line and each.first == each.last == head.first]
        if column and head.last == head.first:
            left, right = min(piece.left for piece in column), max(piece.right for piece in column)
            middle = (head.piece.left + head.piece.right) / 2 - (left + right) / 2
            stands += abs(head.piece.left - left) < SAME or abs(middle) < 4 * SAME
    return 2 * stands >= len(first)


def _goes_to_the_end(lines: Sequence[Pieces]) -> bool:
    """Whether the lines behind the last heading still begin where those before it do."""
    last = max((at for at, pieces in enumerate(lines) if len(pieces) == 1), default=0)
    while last and len(lines[last - 1]) == 1:
        last -= 1
    if lines[0][0].text.startswith("№") and any(
        below[0].text.startswith("№") for above, below in pairwise(lines) if len(above) == 1 < len(below)
    ):
        return False  # another table, with a first line of its own
    before = [pieces for pieces in lines[:last] if len(pieces) > 1]
    behind = [piece for pieces in lines[last:] if len(pieces) > 1 for piece in pieces]
    if len(before) < _LEAST_LINES or not behind:
        return True
    starts = [piece.left for pieces in before for piece in pieces]
    return 2 * sum(any(abs(piece.left - start) < SAME for start in starts) for piece in behind) >= len(behind)


def _count_aligned(pieces: Sequence[Piece]) -> int:
    """How many pieces of a column begin at the one or two places (of text and of lists in it) where most of
    them do, or have their middle or end where others have."""
    lefts = sorted(piece.left for piece in pieces)
    first, rest = _take_same(lefts)
    middles = _take_same(sorted((piece.left + piece.right) / 2 for piece in pieces))[0]
    rights = _take_same(sorted(piece.right for piece in pieces))[0]
    indented = _take_same(rest)[0] if len(pieces) > _FEW else 0
    return max(first + (indented if indented > 1 else 0), middles, rights)


def _take_same(values: list[float]) -> tuple[int, list[float]]:
    """How many of the sorted values are one, and the others."""
    best = (0, 0)
    start = 0
    for at, value in enumerate(values):
        while value - values[start] > SAME:
            start += 1
        best = max(best, (at - start + 1, -start))
    count, first = best[0], -best[1]
    return count, values[:first] + values[first + count :]
