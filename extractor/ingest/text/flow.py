"""Texts taken out of a PDF letter by letter, cell after cell: a space ends each line, two end a paragraph.

There a line with one space at its end was broken for want of room and goes on in the next; two spaces inside a
line, or an empty line, stand where the next letters were further right or up: mostly in the next cell of a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.ingest.text.paragraphs import join_broken
from extractor.ingest.text.rows import is_torn
from extractor.ingest.text.shapes import SMALL, is_blank, opens_item

_LEAST_LINES = 12
_SPACED = 0.75  # of the lines end with a space
_LEAST_ENDS = 0.1  # of the lines end with two, or have two inside
_MOST_INSIDE = 0.1  # of the ends of paragraphs
_TWO = re.compile(r"[ \u00a0]{2,}")
_INSIDE = re.compile(r"\S[ \u00a0]{2,}(?=\S)")


class Piece(NamedTuple):
    """A paragraph, the empty lines before it, and where it stands to the one above: `line` beside it, `apart`
    behind an empty line, `below`."""

    text: str
    gap: int
    beside: str


def read_flow(lines: Sequence[str]) -> list[Piece] | None:
    """The paragraphs of such a text; None for any other."""
    return _pieces(lines) if _is_flow(lines) else None


def _is_flow(lines: Sequence[str]) -> bool:
    filled = [line for line in lines if not is_blank(line)]
    if len(filled) < _LEAST_LINES or any("\t" in line for line in filled):
        return False
    spaced = sum(line[-1] in " \u00a0" for line in filled)
    ended = sum(len(line) - len(line.rstrip(" \u00a0")) > 1 for line in filled)
    inside = sum(_INSIDE.search(line) is not None for line in filled)
    if _ends_inside(lines) > _MOST_INSIDE * max(1, ended):
        return False  # two spaces stand anywhere
    return spaced >= _SPACED * len(filled) and min(ended, inside) >= 2 and ended + inside >= _LEAST_ENDS * len(filled)


def _ends_inside(lines: Sequence[str]) -> int:
    """How many lines end with two spaces in the middle of a sentence: the next begins with a small letter."""
    return sum(
        len(line) - len(line.rstrip(" \u00a0")) > 1
        and SMALL.match(following.lstrip()) is not None
        and line.rstrip()[-1:] not in ".;:!?)"
        for line, following in pairwise(lines)
        if not is_blank(line) and not is_blank(following)
    )


def _pieces(lines: Sequence[str]) -> list[Piece]:
    pieces: list[Piece] = []
    widest = 0  # of the lines of the last paragraph
    blanks, goes_on = 0, False
    for line in lines:
        if is_blank(line):
            blanks, goes_on = blanks + 1, False
            continue
        first, *others = _TWO.split(line.strip())
        above = pieces[-1].text if pieces else ""
        if goes_on and not opens_item(first):
            widest = max(widest, len(first))
            tail = above[-widest:] if widest else above
            joined = above + first if is_torn(tail.split(" ")[-1], first, len(tail.split(" ")[-1])) else join_broken(above, first)
            pieces[-1] = pieces[-1]._replace(text=joined)
        else:
            pieces.append(Piece(first, max(0, blanks - 1), "apart" if blanks else "below"))
            widest = len(first)
        for other in others:
            pieces.append(Piece(other, 0, "line"))
            widest = len(other)
        blanks = 0
        goes_on = len(line) - len(line.rstrip(" \u00a0")) == 1
    return pieces
