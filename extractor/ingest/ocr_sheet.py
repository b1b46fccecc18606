"""The picture of one page as a sheet, the same that a page of a PDF with text gives."""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from extractor.ingest.ocr_cells import read_cells
from extractor.ingest.ocr_engine import Engine, Picture, Reading
from extractor.ingest.ocr_page import POINTS, CleanPage, clean_page
from extractor.ingest.ocr_words import make_words, mark_signs
from extractor.ingest.pdf_grid import Grid, find_grids
from extractor.ingest.pdf_sheet import Sheet

_DOUBTFUL = 60.0  # a word of which Tesseract is less sure is named in a note
_DIRT = 35.0  # signs without letters or digits of which it is less sure are specks
_MARGIN = 4  # pixels around a table that belong to it


class Doubt(NamedTuple):
    """A word that may be misread, and the middle of its box on the page in points."""

    text: str
    page: int
    x: float
    y: float
    sure: float


class Recognised(NamedTuple):
    """A page that was read, its doubtful words, how far it was turned."""

    sheet: Sheet
    doubts: list[Doubt]
    skew: float


def recognise(
    engine: Engine, picture: Picture, number: int, *, most_cells: int, name: str, seconds: float
) -> Recognised:
    """The page of a picture at 200 dpi. Raises TooLarge for a table of too many cells."""
    end = time.monotonic() + seconds
    page = clean_page(picture)
    grids = find_grids(page.rulings, most_cells, name)
    readings = read_cells(engine, page, grids, end - time.monotonic())
    readings += _read_rest(engine, page, grids, after=readings, seconds=end - time.monotonic())
    readings = mark_signs([reading for reading in readings if not _is_dirt(reading)], page.ink)
    words = make_words(readings, page.ink)
    height, width = page.ink.shape
    sheet = Sheet(number, width * POINTS, height * POINTS, words, page.rulings, 1)
    doubts = [
        Doubt(word.text, number, (word.left + word.right) / 2, word.base - 1, reading.sure)
        for word, reading in zip(words, readings, strict=True)
        if reading.sure < _DOUBTFUL
    ]
    return Recognised(sheet, doubts, page.skew)


def _read_rest(
    engine: Engine, page: CleanPage, grids: Sequence[Grid], *, after: Sequence[Reading], seconds: float
) -> list[Reading]:
    """The words outside all tables."""
    import cv2

    grey, ink = page.grey.copy(), page.ink.copy()
    for grid in grids:
        left, top, right, bottom = (round(side / POINTS) for side in grid.box)
        box = (slice(max(top - _MARGIN, 0), bottom + _MARGIN), slice(max(left - _MARGIN, 0), right + _MARGIN))
        grey[box] = 255
        ink[box] = 0
    points = cv2.findNonZero(ink)
    if points is None or len(points) < 30:
        return []
    x, y, wide, high = cv2.boundingRect(points)
    part = cv2.copyMakeBorder(grey[y : y + high, x : x + wide], 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=255)
    last = after[-1].line if after else 0
    return [
        reading._replace(
            left=reading.left + x - 20,
            right=reading.right + x - 20,
            top=reading.top + y - 20,
            bottom=reading.bottom + y - 20,
            base=reading.base + y - 20,
            line=reading.line + last,
        )
        for reading in engine.read(part, seconds=seconds)
    ]


def _is_dirt(reading: Reading) -> bool:
    """Whether this is a speck that was taken for a sign."""
    return not any(sign.isalnum() for sign in reading.text) and reading.sure < _DIRT


def judge(recognised: Recognised) -> float:
    """How sure Tesseract is of the page on the whole."""
    return 100.0 - median([100.0 - doubt.sure for doubt in recognised.doubts] or [0.0])
