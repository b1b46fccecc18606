"""The ruling lines that a PDF page draws: strokes, thin filled boxes, frames, whole grids in one path."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_THIN = 3.0  # points: a box no wider than this is a line
_DEPTH = 6  # forms in forms that are looked into
_MOST_OBJECTS = 400_000  # of one page; a form may be drawn by many others
_MOST_SEGMENTS = 200_000

Turn = Callable[[float, float, float, float], tuple[float, float, float, float]]
Matrix = tuple[float, float, float, float, float, float]
Segment = tuple[float, float, float]


class Rulings(NamedTuple):
    """Lines across as (y, x0, x1), lines down as (x, y0, y1)."""

    across: list[Segment]
    down: list[Segment]


class _Budget:
    """How much of one page may still be looked at."""

    def __init__(self) -> None:
        self.objects, self.segments = _MOST_OBJECTS, _MOST_SEGMENTS


def read_rulings(page: Any, turn: Turn) -> tuple[Rulings, int]:
    """The ruling lines of a page (raw handle) and the number of its pictures."""
    rulings = Rulings([], [])
    pictures = 0
    bounds = [ctypes.c_float() for _ in range(4)]
    budget = _Budget()
    for item, matrix in _walk(page, budget):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(item, *bounds):
            left, bottom, right, top = (value.value for value in bounds)
            if matrix is not None:
                left, bottom, right, top = _map_box(matrix, left, bottom, right, top)
            _read_path(item, matrix, turn, turn(left, bottom, right, top), rulings, budget)
    return rulings, pictures


def _walk(page: Any, budget: _Budget) -> Iterator[tuple[Any, Matrix | None]]:
    """The objects of a page that are neither text nor forms; those in forms with the matrix of the form."""
    stack: list[tuple[Any, Matrix | None, int]] = []
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        budget.objects -= 1
        if budget.objects < 0:
            return
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            stack.append((item, _matrix(item, None), 1))
            while stack:
                form, matrix, depth = stack.pop()
                for inner in _inside(form):
                    budget.objects -= 1
                    if budget.objects < 0:
                        return
                    kind = pdfium.FPDFPageObj_GetType(inner)
                    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                        stack.append((inner, _matrix(inner, matrix), depth + 1))
                    elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
                        yield inner, matrix
        elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
            yield item, None


def _inside(form: Any) -> Iterator[Any]:
    for at in range(pdfium.FPDFFormObj_CountObjects(form)):
        item = pdfium.FPDFFormObj_GetObject(form, at)
        if item:
            yield item


def _matrix(item: Any, outer: Matrix | None) -> Matrix | None:
    """The matrix of an object, put before the matrix of what it lies in."""
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, raw):
        return outer
    a, b, c, d, e, f = raw.a, raw.b, raw.c, raw.d, raw.e, raw.f
    if outer is None:
        return a, b, c, d, e, f
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _map_point(matrix: Matrix | None, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _map_box(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    corners = [_map_point(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _read_path(
    path: Any,
    matrix: Matrix | None,
    turn: Turn,
    box: tuple[float, float, float, float],
    rulings: Rulings,
    budget: _Budget,
) -> None:
    """Adds the lines of one path, whose bounds on the page are `box`."""
    left, top, right, bottom = box
    wide, high = right - left > _THIN, bottom - top > _THIN
    if not wide and not high:
        return
    if wide != high:
        _add_thin(rulings, left, top, right, bottom)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    count = pdfium.FPDFPath_CountSegments(path)
    if count <= 5 and _is_frame(path, count):
        if stroke.value:
            rulings.across.extend([(top, left, right), (bottom, left, right)])
            rulings.down.extend([(left, top, bottom), (right, top, bottom)])
        return
    if (stroke.value or fill.value) and count <= budget.segments:
        budget.segments -= count
        full = _matrix(path, matrix)
        for subpath in _subpaths(path, count):
            _read_subpath([_map_point(full, x, y) for x, y in subpath], bool(stroke.value), turn, rulings)


def _is_frame(path: Any, count: int) -> bool:
    """Whether the four or five points of the path run along the sides of a box."""
    if count < 4:
        return False
    points = [point for subpath in _subpaths(path, count) for point in subpath]
    return len({round(x, 1) for x, _ in points}) == 2 and len({round(y, 1) for _, y in points}) == 2


def _subpaths(path: Any, count: int) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; a part with a curve is left out."""
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curved = True
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _read_subpath(points: list[tuple[float, float]], stroked: bool, turn: Turn, rulings: Rulings) -> None:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = turn(min(xs), min(ys), max(xs), max(ys))
    if (box[2] - box[0] > _THIN) != (box[3] - box[1] > _THIN):
        _add_thin(rulings, *box)
    elif stroked:
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
            side = turn(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            if (side[2] - side[0] > _THIN) != (side[3] - side[1] > _THIN):
                _add_thin(rulings, *side)


def _add_thin(rulings: Rulings, left: float, top: float, right: float, bottom: float) -> None:
    if right - left > bottom - top:
        rulings.across.append(((top + bottom) / 2, left, right))
    else:
        rulings.down.append(((left + right) / 2, top, bottom))
