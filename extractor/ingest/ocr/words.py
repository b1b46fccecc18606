"""Readings in pixels become the words of a sheet in points: sizes made even, bullets by their shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

from extractor.ingest.ocr.engine import Picture, Reading
from extractor.ingest.ocr.page import POINTS
from extractor.ingest.ocr.repair import repair_word
from extractor.ingest.pdf.sheet import BOLD, Word

_HIGH = re.compile(r"[А-ЯЁA-Zбёйф0-9\"()№§]")
_DEEP = re.compile(r"[руф()gjpqy]")
_TAILED = re.compile(r"[щцдДЦЩ,;]")
_LETTERS = re.compile(r"[^\W_]")
_X_HEIGHT, _CAPITAL, _DESCENDER, _TAIL = 0.45, 0.67, 0.21, 0.13  # of the size of a face, as in Times
_ASCENT, _DESCENT = 0.8, 0.2  # what the readers of PDF count
_BLUR = 1.5  # pixels by which ink runs over
_BEARING = 0.04  # of the size: white on the right of a letter that belongs to it
_EVEN = 0.25  # a line whose size differs less from the page's has the page's
_BOLD = 1.15  # times the usual stroke
_MOSTLY = 0.7  # share of the letters of a line: then all of it is bold
_LEAST_BULLET, _MOST_BULLET = 0.18, 0.55  # of the size of the face
_DASHES = ("-", "–", "—", "−", "_")
_HYPHEN, _EN_DASH = 0.39, 0.75  # of the size: shorter ones are hyphens, and dashes of half the size
_BULLET_LOW, _BULLET_HIGH = 0.12, 0.55  # of the size: how high above the base line its middle stands
_BULLET_FAR = 2.5  # of the size: how far before the line
_ONE_SIGN = 1.7  # times the disc: what is wider is a word
_ROUND = 0.7  # share of its box that a disc fills


class _Disc(NamedTuple):
    x: float
    y: float
    size: float


def make_words(readings: Sequence[Reading], ink: Picture) -> list[Word]:
    """The words in points, one for each reading, in the same order."""
    usual = _find_size(readings) or 33.0
    strokes = [_measure_stroke(reading, ink) for reading in readings]
    known = [
        stroke for stroke, reading in zip(strokes, readings, strict=True) if stroke and _is_text(reading)
    ]
    thin = _usual_stroke(known)
    words: list[Word] = []
    at = 0
    for _, group in groupby(readings, key=lambda reading: reading.line):
        line = list(group)
        size = _find_size(line) or usual
        if abs(size - usual) < _EVEN * usual:
            size = usual
        base = median(reading.base for reading in line)
        bold = _is_bold(line, strokes[at : at + len(line)], thin)
        at += len(line)
        words.extend(
            _make_word(reading, base, size, bold=heavy)._replace(spaced=reading is not line[-1])
            for reading, heavy in zip(line, bold, strict=True)
        )
    return words


def _make_word(reading: Reading, base: float, size: float, *, bold: bool) -> Word:
    return Word(
        reading.text,
        reading.left * POINTS,
        (base - _ASCENT * size) * POINTS,
        (reading.right + _BEARING * size) * POINTS,
        (base + _DESCENT * size) * POINTS,
        base * POINTS,
        BOLD if bold else 0,
    )


def _is_text(reading: Reading) -> bool:
    return len(_LETTERS.findall(reading.text)) > 1


def _find_size(readings: Sequence[Reading]) -> float | None:
    """The size of the face in pixels, by how high the words are that these letters make."""
    found = []
    for reading in readings:
        if _is_text(reading):
            part = _CAPITAL if _HIGH.search(reading.text) else _X_HEIGHT
            if _DEEP.search(reading.text):
                part += _DESCENDER
            elif _TAILED.search(reading.text):
                part += _TAIL
            found.append((reading.bottom - reading.top - _BLUR) / part)
    return median(found) if found else None


def _measure_stroke(reading: Reading, ink: Picture) -> float:
    """How thick the strokes of a word are in pixels: twice its ink by the length of its edges."""
    import cv2
    import numpy as np

    part = ink[int(reading.top) : int(reading.bottom) + 1, int(reading.left) : int(reading.right) + 1]
    if part.size == 0:
        return 0.0
    area = cv2.countNonZero(part)
    framed = cv2.copyMakeBorder(part, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    edge = area - cv2.countNonZero(cv2.erode(framed, np.ones((3, 3), np.uint8)))
    return 2.0 * area / edge if edge else 0.0


def _usual_stroke(strokes: Sequence[float]) -> float:
    """The stroke of plain words: the lower half of all, since no page is mostly thinner than plain."""
    if not strokes:
        return 0.0
    lower = sorted(strokes)[: (len(strokes) + 1) // 2]
    return median(lower)


def _is_bold(line: Sequence[Reading], strokes: Sequence[float], usual: float) -> list[bool]:
    """Which words of a line are bold; short ones go with their neighbours, few ones with all the others."""
    heavy = [stroke > _BOLD * usual > 0 for stroke in strokes]
    letters = sum(len(reading.text) for reading in line)
    if (
        sum(len(reading.text) for reading, is_heavy in zip(line, heavy, strict=True) if is_heavy)
        >= _MOSTLY * letters
    ):
        return [True] * len(line)
    for at, reading in enumerate(line):
        if not _is_text(reading) or len(reading.text) < 4:
            heavy[at] = heavy[at - 1] if at else heavy[1] if len(line) > 1 else False
    return heavy


def mark_signs(readings: Sequence[Reading], ink: Picture) -> list[Reading]:
    """The readings with what their ink shows: «•» for a disc before a line, which is passed over or read as
    «®», «»» or «*», dashes by their length, capitals."""
    usual = _find_size(readings) or 33.0
    discs = [disc for disc in _find_discs(ink, usual) if not any(_holds(each, disc) for each in readings)]
    marked: list[Reading] = []
    for _, group in groupby(readings, key=lambda reading: reading.line):
        line = [repair_word(_measure_dash(reading, ink, usual), usual) for reading in group]
        marked.extend(_mark_bullet(line, discs, usual))
    return marked


def _mark_bullet(line: list[Reading], discs: Sequence[_Disc], size: float) -> list[Reading]:
    """The line with the disc that stands before it."""
    first = line[0]
    for disc in discs:
        if not _BULLET_LOW * size <= first.base - disc.y <= _BULLET_HIGH * size:
            continue
        if len(line) > 1 and len(first.text) <= 2 and first.left - 2 <= disc.x <= first.right + 2:
            return [first._replace(text="•", sure=100.0), *line[1:]]
        if 0.4 * size <= first.left - disc.x <= _BULLET_FAR * size:
            half = disc.size / 2
            box = (disc.x - half, disc.y - half, disc.x + half, disc.y + half)
            return [Reading("•", *box, first.base, first.line, 100.0), *line]
    return line


def _holds(reading: Reading, disc: _Disc) -> bool:
    """Whether the disc is a letter of a word."""
    inside = reading.left <= disc.x <= reading.right and reading.top <= disc.y <= reading.bottom
    return inside and reading.right - reading.left > _ONE_SIGN * disc.size


def _find_discs(ink: Picture, size: float) -> list[_Disc]:
    """The components that are as round and as large as bullets."""
    import cv2

    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    least, most = _LEAST_BULLET * size, _MOST_BULLET * size
    return [
        _Disc(x + wide / 2, y + high / 2, max(wide, high))
        for x, y, wide, high, area in stats.tolist()
        if least <= max(wide, high) <= most
        and abs(wide - high) <= 0.25 * max(wide, high)
        and area > _ROUND * wide * high
    ]


def _measure_dash(reading: Reading, ink: Picture, size: float) -> Reading:
    """A dash that stands alone, as long as it is: a hyphen takes a quarter of the size, a dash half or all."""
    import cv2

    if reading.text not in _DASHES:
        return reading
    points = cv2.findNonZero(
        ink[int(reading.top) : int(reading.bottom) + 1, int(reading.left) : int(reading.right) + 1]
    )
    if points is None:
        return reading
    long = cv2.boundingRect(points)[2] / size
    return reading._replace(text="-" if long < _HYPHEN else "–" if long < _EN_DASH else "—")
