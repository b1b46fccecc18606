"""What stands in the cells of a ruled page: words, dashes by their shape, numbers in a pass of their own."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import mean
from typing import NamedTuple

from extractor.ingest.ocr.engine import LINE, Engine, Picture, Reading
from extractor.ingest.ocr.montage import Piece, read_strips
from extractor.ingest.ocr.page import POINTS, CleanPage
from extractor.ingest.pdf.grid import Frame, Grid
from extractor.ingest.words import is_word

_INSET = 3  # pixels: what the ruling line may still paint of a cell
_LEAST_INK = 12  # pixels of ink; less is dirt
_DASH_HIGH, _DASH_SHORT, _DASH_LONG = 7, 4, 34  # pixels
_NUMBER_HIGH, _NUMBER_LONG = 45, 190  # pixels that a number may take
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}\.?$")
_ROMAN_LIKE = re.compile(r"[IVXПШЦТУХЛГ]+[.,]?$")
_SURE = 88.0  # a number read with less is read once more
_SHORT = 4  # signs of a line that is read once more behind the line above
_RUBBISH = 60.0  # such a line may be longer when no word of it is read with more certainty
_ABOVE, _BELOW = 40, 14  # pixels above and below the base line of a line that is read once more
_MOST_CELLS = 20_000  # with ink, on one page


class _Place(NamedTuple):
    """A cell that holds ink: its frame, the pixels of the ink."""

    frame: Frame
    left: int
    top: int
    right: int
    bottom: int


def read_cells(engine: Engine, page: CleanPage, grids: Sequence[Grid], seconds: float) -> list[Reading]:
    """The words of all cells, in pixels of the page; their lines are numbered through."""
    end = time.monotonic() + seconds
    found: list[list[Reading]] = []
    places: list[_Place] = []
    for place in _find_ink(page, grids):
        if _is_dash(page.ink, place):
            found.append([_make_dash(place)])
        elif len(places) < _MOST_CELLS:
            places.append(place)
    strips = [[_cut(page.grey, place.left, place.top, place.right, place.bottom)] for place in places]
    cells = read_strips(engine, strips, end - time.monotonic())
    _read_short_lines(engine, page, cells, end)
    for place, cell in zip(places, cells, strict=True):
        number = _read_number(engine, page, place, cell, end - time.monotonic())
        found.append([number] if number else cell)
    return _number_lines(found)


def _find_ink(page: CleanPage, grids: Sequence[Grid]) -> Iterator[_Place]:
    import cv2

    for grid in grids:
        for frame in grid.frames:
            left, top, right, bottom = (round(side / POINTS) for side in frame[:4])
            left, top = max(left + _INSET, 0), max(top + _INSET, 0)
            part = page.ink[top : bottom - _INSET, left : right - _INSET]
            if part.size == 0:
                continue
            points = cv2.findNonZero(part)
            if points is not None and len(points) >= _LEAST_INK:
                x, y, wide, high = cv2.boundingRect(points)
                yield _Place(frame, left + x, top + y, left + x + wide, top + y + high)


def _is_dash(ink: Picture, place: _Place) -> bool:
    """Whether the cell holds one flat component and nothing else but perhaps a speck."""
    import cv2

    stats = cv2.connectedComponentsWithStats(ink[place.top : place.bottom, place.left : place.right])[2]
    parts = sorted(stats[1:].tolist(), key=lambda part: -part[4])
    _, _, wide, high, area = parts[0]
    if high > _DASH_HIGH or not _DASH_SHORT <= wide <= _DASH_LONG or wide < 1.3 * high:
        return False
    return bool(area > 0.6 * wide * high and sum(part[4] for part in parts[1:]) < 0.6 * area)


def _make_dash(place: _Place) -> Reading:
    high = place.bottom - place.top
    return Reading("-", place.left, place.top, place.right, place.bottom, place.bottom + high, 1, 100.0)


def _cut(picture: Picture, left: float, top: float, right: float, bottom: float) -> Piece:
    x, y = max(int(left), 0), max(int(top), 0)
    return Piece(picture[y : max(int(bottom), y + 1), x : max(int(right), x + 1)], x, y)


def _read_short_lines(engine: Engine, page: CleanPage, cells: list[list[Reading]], end: float) -> None:
    """Reads lines of one short word once more, behind the line above: alone «ОО» is taken for «00»."""
    strips: list[list[Piece]] = []
    homes: list[tuple[list[Reading], Reading]] = []
    for cell in cells:
        lines = [list(line) for _, line in groupby(cell, key=lambda reading: reading.line)]
        for above, line in zip(lines, lines[1:], strict=False):
            if _is_short(line):
                strips.append([_cut_line(page, above[-2:]), _cut_line(page, line)])
                homes.append((cell, line[0]))
    for (cell, old), readings in zip(homes, read_strips(engine, strips, end - time.monotonic()), strict=True):
        if readings and mean(new.sure for new in readings) >= old.sure:
            at = cell.index(old)
            count = sum(reading.line == old.line for reading in cell)
            cell[at : at + count] = [new._replace(line=old.line) for new in readings]


def _is_short(line: Sequence[Reading]) -> bool:
    """Whether a line is so short that its letters may be read wrong, or was read as rubbish."""
    signs = sum(len(reading.text) for reading in line)
    return signs <= _SHORT or signs <= 3 * _SHORT and max(reading.sure for reading in line) < _RUBBISH


def _cut_line(page: CleanPage, line: Sequence[Reading]) -> Piece:
    """The words of a line, cut so that pieces of several lines stand on one base line."""
    import cv2

    base = round(mean(reading.base for reading in line))
    left, right = min(reading.left for reading in line) - 3, max(reading.right for reading in line) + 3
    top = max(min(reading.top for reading in line) - 2, base - _ABOVE)
    bottom = min(max(reading.bottom for reading in line) + 2, base + _BELOW)
    cut = _cut(page.grey, left, top, right, bottom)
    above, below = max(_ABOVE - (base - cut.top), 0), max(_BELOW - (cut.top + cut.picture.shape[0] - base), 0)
    framed = cv2.copyMakeBorder(cut.picture, above, below, 0, 0, cv2.BORDER_CONSTANT, value=255)
    return Piece(framed, cut.left, cut.top - above)


def _read_number(
    engine: Engine, page: CleanPage, place: _Place, cell: Sequence[Reading], seconds: float
) -> Reading | None:
    """The number that the cell holds and nothing else: «2.1.1.», which the Russian pass reads as «РУ»."""
    import cv2

    if place.bottom - place.top > _NUMBER_HIGH or place.right - place.left > _NUMBER_LONG or seconds < 0:
        return None
    text = "".join(reading.text for reading in cell)
    if "№" in text or _ROMAN_LIKE.match(text) or _is_sound(text, cell):
        return None
    piece = _cut(page.grey, place.left, place.top, place.right, place.bottom)
    _, sharp = cv2.threshold(piece.picture, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    framed = cv2.copyMakeBorder(sharp, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255)
    found = engine.read(framed, mode=LINE, only="0123456789.", seconds=min(seconds, 2.0))
    number = "".join(reading.text for reading in found)
    if not _NUMBER.match(number):
        return None
    box = (place.left, place.top, place.right, place.bottom)
    return Reading(number, *box, place.bottom, 1, min(reading.sure for reading in found))


def _is_sound(text: str, cell: Sequence[Reading]) -> bool:
    """Whether what was read needs no second look: a number, or a word, that Tesseract is sure of."""
    if not cell:
        return False
    sure = min(reading.sure for reading in cell)
    if _NUMBER.match(text):
        return sure >= _SURE
    letters = "".join(sign for sign in text if sign.isalpha())
    return len(letters) > 2 and (is_word(letters) or sure >= _SURE)


def _number_lines(cells: Sequence[Sequence[Reading]]) -> list[Reading]:
    numbered: list[Reading] = []
    line = 0
    for cell in cells:
        for _, group in groupby(cell, key=lambda reading: reading.line):
            line += 1
            numbered.extend(reading._replace(line=line) for reading in group)
    return numbered
