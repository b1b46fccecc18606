"""Texts with an empty line behind every paragraph, as some converters write them: there it says nothing.

Such a converter writes two line ends for a paragraph, and for an empty one too, so that an empty paragraph is two
more; others add but one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.ingest.text.shapes import is_blank

_LEAST_LINES = 8
_SHARE = 0.8  # of the lines, apart from those above them; the others are an author's own breaks
_ODD = 0.9  # of the wider gaps, where an empty paragraph is two empty lines more


def draw_together(lines: Sequence[str]) -> list[str] | None:
    """The lines with as many empty ones as there are empty paragraphs; None where lines stand together already."""
    gaps = list(_gaps(lines))
    apart = [gap for gap in gaps if gap]
    if len(gaps) < _LEAST_LINES or len(apart) < _SHARE * len(gaps):
        return None
    wide = [gap for gap in apart if gap > 1]
    step = 2 if sum(gap % 2 for gap in wide) >= _ODD * len(wide) else 1
    drawn: list[str] = []
    gap = 0
    for line in lines:
        if is_blank(line) and "\t" not in line:
            gap += 1
            continue
        drawn.extend([""] * (max(0, gap - 1) // step))
        drawn.append(line)
        gap = 0
    return drawn


def _gaps(lines: Sequence[str]) -> Iterator[int]:
    """The number of empty lines above each line of text, or of an empty cell, but the first."""
    gap, begun = 0, False
    for line in lines:
        if is_blank(line) and "\t" not in line:
            gap += 1
            continue
        if begun:
            yield gap
        gap, begun = 0, True
