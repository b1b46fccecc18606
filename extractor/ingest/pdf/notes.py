"""Footnotes: small raised numbers behind words, and below a short line at the foot of the page what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.ingest.pdf.lines import Line
from extractor.ingest.pdf.paragraphs import Paragraph
from extractor.ingest.pdf.shapes import PageContent
from extractor.ingest.pdf.sheet import Sheet, Word

_SHORT = 0.45  # of the width of the page: the line above the notes is no longer
_LOW = 0.3  # of the height of the page: notes stand below
_MOST_LINES = 50  # of a page that are looked at, from below
_NUMBER = re.compile(r"(\d{1,2})\s+(?=\S)")


def take_marks(sheet: Sheet) -> tuple[Sheet, float | None]:
    """The sheet without the numbers of its notes, and where on the page the notes begin; None where it has none."""
    marks = {word.text[-word.raised :] for word in sheet.words if word.raised}
    top = _find_notes(sheet, marks) if marks else None
    if top is None:
        return sheet, None
    words = [
        word._replace(text=word.text[: -word.raised]) if word.raised and word.base < top else word
        for word in sheet.words
    ]
    return sheet._replace(words=words), top


def _find_notes(sheet: Sheet, marks: set[str]) -> float | None:
    """The height of a short line below which a text begins with a number that stands raised above it."""
    lines = sorted(y for y, left, right in sheet.rulings.across if right - left < _SHORT * sheet.width)
    for y in [y for y in lines if y > _LOW * sheet.height][-_MOST_LINES:]:
        below = [word for word in sheet.words if word.base > y]
        first = min(below, key=_place, default=None)
        if first is not None and first.text in marks:
            return y
    return None


def _place(word: Word) -> tuple[int, float]:
    return round(word.base), word.left


def set_apart_notes(pages: Sequence[PageContent]) -> list[Paragraph]:
    """Takes the notes out of the pages; gives them without their numbers."""
    notes: list[Paragraph] = []
    for page in pages:
        top = page.notes_top
        if top is None:
            continue
        lines = [item for item in page.items if isinstance(item, Line) and item.base > top]
        page.items = [item for item in page.items if not isinstance(item, Line) or item.base <= top]
        notes.extend(_make_notes(lines))
    return notes


def _make_notes(lines: Sequence[Line]) -> list[Paragraph]:
    """A note begins with the number behind that of the note before."""
    numbers = [match and int(match[1]) for match in (_NUMBER.match(line.text) for line in lines)]
    starts = [0]
    for at, number in enumerate(numbers):
        before = numbers[starts[-1]]
        if at and number is not None and (before is None or number == before + 1):
            starts.append(at)
    notes = [
        Paragraph(list(lines[one:two])).settle() for one, two in pairwise([*starts, len(lines)]) if one < two
    ]
    for note in notes:
        note.text = _NUMBER.sub("", note.text, count=1)
    return notes
