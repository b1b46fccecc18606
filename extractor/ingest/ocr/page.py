"""The picture of a page made ready for reading: level, clean, its ruling lines known and wiped out.

As measured on scanned plans (200 dpi): the background subtracted, specks dropped, lines found as runs
of 0.2 inch; longer runs miss one-line rows, shorter ones take letters for lines.
"""

from __future__ import annotations

from typing import NamedTuple

from extractor.ingest.ocr.engine import DPI, Picture
from extractor.ingest.pdf.rulings import Rulings, Segment

POINTS = 72 / DPI  # of a pixel
_RUN = DPI // 5  # pixels: the shortest run that is a piece of a line
_ALONE, _MEETS = 150, 8  # pixels of a line that stands alone; how near to another a shorter one must come
_GAP, _PIECES = 60, 6  # pixels between two pieces of one line; how many pieces in a row may be short
_STEP = 1.2  # points between the places of two pieces of one line
_TAIL = 34  # pixels that a letter may add to a line that it touches
_FAINT = 45  # of 255 darker than the paper: may be a line
_DENSE, _DENSE_RUN = 0.95, 161  # share of so many pixels that a faint line fills; a row of letters fills less
_LETTERS = 0.25  # share of ink in the rows beside the feet or heads of letters
_BROKEN = 0.9  # share of a line that is ink; where less is, its faint parts are added
_THICK = 10  # pixels: thicker runs are no lines
_SPECK = 8  # pixels: components with fewer are dirt
_DOT = 7  # pixels: a component no longer than this is dirt …
_NEAR = 15  # … where the next is further away than this
_WIDEST_SKEW = 7.0  # degrees
_LEVEL = 0.25  # degrees that are not worth turning: columns of a sheared scan would be turned askew
_REACH = 40.0  # points by which lines across run on where the page cut the last line down off


class CleanPage(NamedTuple):
    """A page in pixels: grey and black-and-white (ink 255), both without ruling lines; the lines in points."""

    grey: Picture
    ink: Picture
    rulings: Rulings
    skew: float  # degrees by which the picture was turned back, counter-clockwise


def clean_page(picture: Picture) -> CleanPage:
    """The page of a picture at 200 dpi, ready to be read."""
    skew = find_skew(picture)
    level = turn_picture(picture, skew) if abs(skew) > _LEVEL else picture
    grey, ink, dark = _clean(level)
    rulings, mask = _find_lines(ink, dark)
    grey[mask > 0] = 255
    ink[mask > 0] = 0
    _drop_specks(grey, ink)
    return CleanPage(grey, ink, rulings, skew if level is not picture else 0.0)


def find_skew(picture: Picture) -> float:
    """The angle in degrees by which to turn the picture so that its lines lie level.

    The angle at which the sums of rows differ most from row to row, from coarse to fine.
    """
    import cv2
    import numpy as np

    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    half = cv2.subtract(cv2.dilate(half, np.ones((9, 9), np.uint8)), half)
    _, half = cv2.threshold(half, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    quarter = cv2.resize(half, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    best = 0.0
    for image, span, step in ((quarter, _WIDEST_SKEW, 0.5), (quarter, 0.4, 0.1), (half, 0.08, 0.02)):
        angles = [best + step * at for at in range(-round(span / step), round(span / step) + 1)]
        best = max(angles, key=lambda angle, image=image: _sharpness(image, angle))  # type: ignore[misc]
    return best


def _sharpness(image: Picture, angle: float) -> float:
    import cv2
    import numpy as np

    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    matrix[1, 2] += 0.5  # between the rows: else no turn at all is sharper than any
    rows = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR).sum(1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def turn_picture(picture: Picture, angle: float) -> Picture:
    """The picture turned counter-clockwise about its middle, as large as before."""
    import cv2

    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def _clean(picture: Picture) -> tuple[Picture, Picture, Picture]:
    """Dark on even white, the same in black and white, and how much darker than the paper all is."""
    import cv2
    import numpy as np

    paper = cv2.medianBlur(cv2.dilate(picture, np.ones((15, 15), np.uint8)), 31)
    dark = cv2.subtract(paper, picture)
    grey = cv2.bitwise_not(dark)
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _drop_specks(grey, ink)
    grey[cv2.dilate(ink, np.ones((7, 7), np.uint8)) == 0] = 255  # or Tesseract reads the grain of the paper
    return grey, ink, dark


def _drop_specks(grey: Picture, ink: Picture) -> None:
    """Wipes out components that are too small for a full stop, and small ones with nothing near them."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] < _SPECK
    small[0] = False
    specks = small[labels]
    near = cv2.dilate(ink, np.ones((_NEAR, _NEAR), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    alone = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) < _NEAR + _DOT
    specks |= alone[labels] & (ink > 0)
    around = cv2.dilate(specks.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    grey[around & (ink == 0) | specks] = 255
    ink[specks] = 0


def _find_lines(ink: Picture, dark: Picture) -> tuple[Rulings, Picture]:
    """The ruling lines in points, and a mask of all that is painted by them and by the edges of the scan."""
    import cv2
    import numpy as np

    across, down = _find_runs(ink, dark), _find_runs(ink.T.copy(), dark.T.copy())
    rows, mask = _take_thin(across, down.T)
    columns, aside = _take_thin(down, across.T)
    columns += _cut_off(rows, columns, ink.shape[1] * POINTS)
    return Rulings(rows, columns), cv2.dilate(mask | aside.T, np.ones((3, 3), np.uint8))


def _find_runs(ink: Picture, dark: Picture) -> Picture:
    """The level runs: of unbroken ink, and of faint dots so close that they were drawn as a line."""
    import cv2
    import numpy as np

    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _RUN), np.uint8))
    faint = cv2.dilate((dark > _FAINT).astype(np.uint8) * 255, np.ones((3, 1), np.uint8))
    dense = (cv2.blur(faint, (_DENSE_RUN, 1)) > _DENSE * 255).astype(np.uint8) * 255
    whole = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, np.ones((1, 11), np.uint8))
    lines = cv2.bitwise_and(cv2.dilate(dense, np.ones((1, _DENSE_RUN - 16), np.uint8)), whole)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    for number, (x, y, wide, high, _) in enumerate(stats.tolist()[1:], 1):
        box = (slice(y, y + high), slice(x, x + wide))
        broken = np.count_nonzero(runs[box].any(axis=0)) < _BROKEN * wide
        if broken and not _is_text(faint[:, x : x + wide], y, y + high):
            runs[box][labels[box] == number] = 255
    return runs


def _is_text(faint: Picture, top: int, bottom: int) -> bool:
    """Whether there is as much ink above or below the rows as letters have of which these are the feet."""
    above, below = faint[max(top - 7, 0) : max(top - 3, 0)], faint[bottom + 3 : bottom + 7]
    return any(part.size and part.mean() > _LETTERS * 255 for part in (above, below))


def _take_thin(runs: Picture, other: Picture) -> tuple[list[Segment], Picture]:
    """The runs that are thin enough for lines, in points, and a mask of them and of dark edges of the scan.

    A short one counts only where it meets a run in the other direction, or goes on with a line: else letters
    that touch make it.
    """
    import cv2
    import numpy as np

    height, width = runs.shape
    _, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    left, top, wide, high = (stats[:, at] for at in range(4))
    edge = (left <= 2) | (top <= 2) | (left + wide >= width - 2) | (top + high >= height - 2)
    thin = (high <= _THICK) & (wide >= _RUN)
    thin[0] = edge[0] = False
    near = cv2.dilate(other, np.ones((2 * _MEETS + 1, 2 * _MEETS + 1), np.uint8))
    found = np.zeros_like(runs)
    waiting = [(at, *stats[at, :4].tolist()) for at in np.flatnonzero(thin).tolist()]
    lines: list[Segment] = []
    for _ in range(_PIECES):
        rest = []
        for at, x, y, long, thick in waiting:
            here = (slice(y, y + thick), slice(x, x + long))
            before = found[max(y - 3, 0) : y + thick + 3, max(x - _GAP, 0) : x + long + _GAP]
            if long >= _ALONE or near[here].any() or before.any():
                first, last = _trim(other[here])
                lines.append(((y + thick / 2) * POINTS, (x + first) * POINTS, (x + last) * POINTS))
                found[here] = 255
                labels[here][:, :first][labels[here][:, :first] == at] = 0
                labels[here][:, last:][labels[here][:, last:] == at] = 0
            else:
                rest.append((at, x, y, long, thick))
        if len(rest) == len(waiting):
            break
        waiting = rest
    thin[[at for at, *_ in waiting]] = False
    return _join_pieces(lines, near), ((thin | edge)[labels]).astype(np.uint8) * 255


def _trim(other: Picture) -> tuple[int, int]:
    """From where to where a run is a line: what sticks out a little over the last crossing is a letter."""
    import numpy as np

    long = other.shape[1]
    crossings = np.flatnonzero(other.any(axis=0))
    if len(crossings) == 0:
        return 0, long
    first, last = int(crossings[0]), int(crossings[-1]) + 1
    return (first if first < _TAIL else 0), (last if long - last < _TAIL else long)


def _join_pieces(lines: list[Segment], near: Picture) -> list[Segment]:
    """The lines with the pieces of a broken one put together; where one ends at a crossing, it is not broken."""
    joined: list[Segment] = []
    for at, start, end in sorted(lines, key=lambda line: line[1]):
        for number, (other, first, last) in enumerate(joined):
            gap, long, more = start - last, last - first, end - start
            if abs(at - other) > _STEP or gap > _GAP * POINTS or gap * 4 > long + more:
                continue
            if not _is_crossed(near, other, last) and not _is_crossed(near, at, start):
                joined[number] = ((other * long + at * more) / (long + more), first, max(last, end))
                break
        else:
            joined.append((at, start, end))
    return joined


def _is_crossed(near: Picture, at: float, along: float) -> bool:
    """Whether a line of the other direction is near the place."""
    high, wide = near.shape
    y, x = min(round(at / POINTS), high - 1), min(round(along / POINTS), wide - 1)
    return bool(near[y, x])


def _cut_off(rows: list[Segment], columns: list[Segment], width: float) -> list[Segment]:
    """Lines down at an edge of the page where a table goes on beyond it: there its lines across end."""
    found = []
    for side, edge in ((2, width), (1, 0.0)):
        ends = [row for row in rows if abs(row[side] - edge) < 0.02 * width and row[2] - row[1] > _REACH]
        if len(ends) > 1 and columns:
            at = max(row[2] for row in ends) if side == 2 else min(row[1] for row in ends)
            top, bottom = min(row[0] for row in ends), max(row[0] for row in ends)
            tall = [column for column in columns if column[2] - column[1] > 0.5 * (bottom - top)]
            if not any(abs(column[0] - at) < _REACH / 4 for column in tall):
                found.append((at, top, bottom))
    return found
