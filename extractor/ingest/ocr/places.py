"""Places on the page as it was scanned, for what was read on a page that had been turned and moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, radians, sin
from typing import NamedTuple

import msgspec

from extractor.ingest.ocr.sheet import Recognised
from extractor.ingest.pdf.rulings import Rulings
from extractor.ingest.pdf.shapes import PageContent, Table
from extractor.ingest.pdf.sheet import Sheet
from extractor.ingest.pdf.tables import merge_sides
from extractor.model.source import Block

Box = tuple[float, float, float, float]
_STRAY = 3.0  # points by which columns may still differ once the page is moved
_FARTHEST = 40.0  # points that the same table may stand apart on two pages of a scan


class Setting(NamedTuple):
    """How the sheet of a page came from the page: size of the sheet, turns, shift, points for a point."""

    width: float
    height: float
    quarters: int
    skew: float
    shift: float
    scale: float


def set_page(recognised: Recognised, shift: float, scale: float) -> Setting:
    sheet = recognised.sheet
    return Setting(sheet.width, sheet.height, recognised.quarters, recognised.skew, shift, scale)


def find_shift(last: PageContent, page: PageContent) -> float:
    """How far to the right the page must move so that its first table stands below the last one of `last`."""
    above, below = last.items[-1] if last.items else None, page.items[0] if page.items else None
    if not isinstance(above, Table) or not isinstance(below, Table):
        return 0.0
    one = merge_sides(side for cell in above.cells for side in (cell.left, cell.right))
    two = merge_sides(side for cell in below.cells for side in (cell.left, cell.right))
    if len(one) != len(two):
        return 0.0
    moves = sorted(left - right for left, right in zip(one, two, strict=True))
    middle = moves[len(moves) // 2]
    near = all(abs(move - middle) <= _STRAY for move in moves)
    return middle if near and abs(middle) <= _FARTHEST else 0.0


def move_sheet(sheet: Sheet, shift: float) -> Sheet:
    """The sheet with all on it moved to the right."""
    words = [word._replace(left=word.left + shift, right=word.right + shift) for word in sheet.words]
    across = [(y, left + shift, right + shift) for y, left, right in sheet.rulings.across]
    down = [(x + shift, top, bottom) for x, top, bottom in sheet.rulings.down]
    return sheet._replace(words=words, rulings=Rulings(across, down))


def restore_boxes(blocks: Iterable[Block], settings: dict[int, Setting]) -> list[Block]:
    """The blocks with their boxes as they stand on the page."""
    return [
        msgspec.structs.replace(block, bbox=_restore(block.bbox, settings[block.page]))
        if block.bbox is not None and block.page in settings
        else block
        for block in blocks
    ]


def _restore(box: Box, setting: Setting) -> Box:
    left, top, right, bottom = box
    left, right = left - setting.shift, right - setting.shift
    middle_x, middle_y = setting.width / 2, setting.height / 2
    angle = radians(setting.skew)
    x, y = (left + right) / 2 - middle_x, (top + bottom) / 2 - middle_y
    x, y = x * cos(angle) - y * sin(angle) + middle_x, x * sin(angle) + y * cos(angle) + middle_y
    half_wide, half_high = (right - left) / 2, (bottom - top) / 2
    corners = [
        _turn_back(x + dx, y + dy, setting)
        for dx in (-half_wide, half_wide)
        for dy in (-half_high, half_high)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return _round((min(xs), min(ys), max(xs), max(ys)), setting.scale)


def _turn_back(x: float, y: float, setting: Setting) -> tuple[float, float]:
    width, height = setting.width, setting.height
    places = ((x, y), (height - y, x), (width - x, height - y), (y, width - x))
    return places[setting.quarters]


def _round(box: Sequence[float], scale: float) -> Box:
    left, top, right, bottom = (round(max(side, 0.0) * scale, 1) for side in box)
    return left, top, right, bottom
