"""The picture of one page as a sheet, the same that a page of a PDF with text gives."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from extractor.ingest.ocr.cells import read_cells
from extractor.ingest.ocr.engine import BLOCK, Engine, Picture, Reading
from extractor.ingest.ocr.labels import repair_labels
from extractor.ingest.ocr.page import POINTS, CleanPage, clean_page
from extractor.ingest.ocr.words import make_words, mark_signs
from extractor.ingest.pdf.grid import Grid, find_grids
from extractor.ingest.pdf.sheet import Sheet

_DOUBTFUL = 60.0  # a word of which Tesseract is less sure is named in a note
_DIRT = 35.0  # signs without letters or digits of which it is less sure are specks
_DOTS, _SURE_DOT = frozenset("‘’'`´.,_~^°"), 75.0  # … and these are specks more often
_MARGIN = 4  # pixels around a table that belong to it
_UPRIGHT = 65.0  # a page of which Tesseract is less sure may lie on its side
_PICTURE = 40.0  # a page of which it is less sure is a picture with a word here and there
_SAMPLE = 900  # pixels of the side of the sample that is tried in all directions
_BETTER = 15.0  # by so much must another direction be surer


class Doubt(NamedTuple):
    """A word that may be misread, and the middle of its box on the sheet in points."""

    text: str
    page: int
    x: float
    y: float


class Recognised(NamedTuple):
    """A page that was read, its doubtful words, and how its picture was turned for that."""

    sheet: Sheet
    doubts: list[Doubt]
    quarters: int  # quarter turns counter-clockwise
    skew: float  # and then degrees counter-clockwise


def recognise(
    engine: Engine, picture: Picture, number: int, *, most_cells: int, name: str, seconds: float
) -> Recognised:
    """The page of a picture at 200 dpi. Raises TooLarge for a table of too many cells."""
    import numpy as np

    end = time.monotonic() + seconds
    page = clean_page(picture)
    readings = _read_page(engine, page, most_cells, name, end)
    quarters = 0
    if _rate(readings) < _UPRIGHT and page.ink.any():
        quarters = _find_quarters(engine, page, min(end - time.monotonic(), seconds / 3))
        if quarters:
            page = clean_page(np.ascontiguousarray(np.rot90(picture, quarters)))
            readings = _read_page(engine, page, most_cells, name, end)
    if _rate(readings) < _PICTURE:
        readings = [reading for reading in readings if reading.sure >= _DOUBTFUL]
    marked = mark_signs([reading for reading in readings if not _is_dirt(reading)], page.ink)
    readings, before = repair_labels(marked)
    words = make_words(readings, page.ink)
    height, width = page.ink.shape
    doubts = [
        Doubt(
            f"{before[at]} → {word.text}" if at in before else word.text,
            number,
            (word.left + word.right) / 2,
            word.base - 1,
        )
        for at, (word, reading) in enumerate(zip(words, readings, strict=True))
        if at in before or reading.sure < _DOUBTFUL
    ]
    sheet = Sheet(number, width * POINTS, height * POINTS, words, page.rulings, 1)
    return Recognised(sheet, doubts, quarters, page.skew)


def _read_page(engine: Engine, page: CleanPage, most_cells: int, name: str, end: float) -> list[Reading]:
    grids = find_grids(page.rulings, most_cells, name)
    readings = read_cells(engine, page, grids, end - time.monotonic())
    last = readings[-1].line if readings else 0
    rest = _read_rest(engine, page, grids, end - time.monotonic())
    return readings + [reading._replace(line=reading.line + last) for reading in rest]


def _read_rest(engine: Engine, page: CleanPage, grids: Sequence[Grid], seconds: float) -> list[Reading]:
    """The words outside all tables."""
    import cv2

    grey, ink = page.grey.copy(), page.ink.copy()
    for grid in grids:
        left, top, right, bottom = (round(side / POINTS) for side in grid.box)
        box = (slice(max(top - _MARGIN, 0), bottom + _MARGIN), slice(max(left - _MARGIN, 0), right + _MARGIN))
        grey[box] = 255
        ink[box] = 0
    points = cv2.findNonZero(ink)
    if points is None:
        return []
    x, y, wide, high = cv2.boundingRect(points)
    part = cv2.copyMakeBorder(
        grey[y : y + high, x : x + wide], 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=255
    )
    return [
        reading._replace(
            left=reading.left + x - 20,
            right=reading.right + x - 20,
            top=reading.top + y - 20,
            bottom=reading.bottom + y - 20,
            base=reading.base + y - 20,
        )
        for reading in engine.read(part, seconds=seconds)
    ]


def _find_quarters(engine: Engine, page: CleanPage, seconds: float) -> int:
    """By how many quarters to turn the page counter-clockwise so that it can be read."""
    import cv2
    import numpy as np

    height, width = page.ink.shape
    count = cv2.blur(cv2.resize(page.ink, None, fx=0.05, fy=0.05, interpolation=cv2.INTER_AREA), (45, 45))
    y, x = (int(at * 20) for at in np.unravel_index(int(count.argmax()), count.shape))
    top, left = max(min(y, height) - _SAMPLE // 2, 0), max(min(x, width) - _SAMPLE // 2, 0)
    sample = page.grey[top : top + _SAMPLE, left : left + _SAMPLE]
    rates = []
    for quarters in range(4):
        turned = np.ascontiguousarray(np.rot90(sample, quarters))
        rates.append(_rate(engine.read(turned, mode=BLOCK, seconds=seconds / 4)))
    best = rates.index(max(rates))
    return best if rates[best] > rates[0] + _BETTER else 0


def _rate(readings: Sequence[Reading]) -> float:
    """How sure Tesseract is of words of three letters and more, on the whole; few words say little."""
    long = [reading for reading in readings if sum(sign.isalpha() for sign in reading.text) > 2]
    letters = sum(len(reading.text) for reading in long)
    sure = sum(reading.sure * len(reading.text) for reading in long)
    return sure / letters if letters > 8 else 0.0


def _is_dirt(reading: Reading) -> bool:
    """Whether this is a speck that was taken for a sign."""
    if any(sign.isalnum() for sign in reading.text):
        return False
    return reading.sure < (_SURE_DOT if set(reading.text) <= _DOTS else _DIRT)
