"""The lines of a page cut into pieces: what the file writes in one go, or what a wide gap parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.ingest.pdf.sheet import Word

_WIDE = 1.2  # of the height: a gap that parts two pieces which the file writes side by side
_BULLET = re.compile("[•·●▪■□○◦➢✓\uf0a7\uf0b7\uf0d8\uf0fc*]$")
SAME = 2.0  # points by which beginnings of one column differ
_BULLET_GAP = 3.0  # of the height: what stands so near behind a bullet is its text


class Piece(NamedTuple):
    """Words of one line and one cell."""

    words: list[Word]
    order: int  # in the file; 0 where that is unknown

    @property
    def text(self) -> str:
        return self.words[0].text

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right


Pieces = list[Piece]  # of one line, from the left
Strip = tuple[float, float]


class Placed(NamedTuple):
    """A piece with its line and the columns that it lies over, the last one too."""

    piece: Piece
    line: int
    first: int
    last: int


def cut_row(row: list[Word]) -> Pieces:
    """The pieces of a line."""
    pieces = [Piece([row[0]], row[0].piece)]
    for last, word in pairwise(row):
        gap = word.left - last.right
        height = word.bottom - word.top
        if len(pieces[-1].words) == 1 and _BULLET.match(last.text) and gap < _BULLET_GAP * height:
            pieces[-1].words.append(word)
        elif word.piece != last.piece and gap > 0 or gap > _WIDE * height:
            pieces.append(Piece([word], word.piece))
        else:
            pieces[-1].words.append(word)
    return pieces


def runs_on(lines: Sequence[Pieces]) -> bool:
    """Whether a line with tabs, broken by the width, goes on at the left side: that is text, no cells, which go on
    below themselves. The file says that it was broken, by a space at its end, and what follows."""
    reach = max(pieces[-1].right for pieces in lines)
    return any(
        len(above) > 1
        and len(below) == 1
        and above[-1].words[-1].spaced
        and below[0].order == above[-1].order + 1
        and below[0].left < above[-1].left - SAME
        and above[-1].right + below[0].words[0].right - below[0].left > reach
        for above, below in pairwise(lines)
    )


def place_pieces(lines: Sequence[Pieces], strips: Sequence[Strip]) -> list[Placed]:
    placed = []
    middles = [(left + right) / 2 for left, right in strips]
    for number, pieces in enumerate(lines):
        for piece in pieces:
            first = sum(piece.left >= middle for middle in middles)
            last = sum(piece.right > middle for middle in middles)
            placed.append(Placed(piece, number, first, max(first, last)))
    return placed


def line_of(placed: Placed) -> int:
    return placed.line


def find_edges(placed: Sequence[Placed], last: int) -> tuple[float, ...]:
    """Where each column begins."""
    return tuple(
        min(each.piece.left for each in placed if each.first == each.last == column)
        for column in range(last + 1)
    )
