"""Small PDF files for the tests, written with pdfium itself: text in DejaVu, ruling lines, pictures."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
WIDTH, HEIGHT = 595.0, 842.0
Text = tuple[float, float, str]  # left and base line from the upper left corner, words
Line = tuple[float, float, float, float]  # from, to


class PdfMaker:
    """A document that grows page by page."""

    def __init__(self) -> None:
        self.document = pypdfium2.PdfDocument.new()
        data = FONT.read_bytes()
        self._data = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
        self.font = pdfium.FPDFText_LoadFont(
            self.document.raw, self._data, len(data), pdfium.FPDF_FONT_TRUETYPE, True
        )

    def page(
        self,
        texts: Iterable[Text] = (),
        lines: Iterable[Line] = (),
        *,
        size: float = 10.0,
        turn: int = 0,
        picture: bool = False,
    ) -> PdfMaker:
        """Adds a page. `turn` degrees: the page is stored sideways and shown upright."""
        wide, high = (HEIGHT, WIDTH) if turn in (90, 270) else (WIDTH, HEIGHT)
        page = self.document.new_page(wide, high)
        for left, base, words in texts:
            self._write(page, words, size, _matrix(turn, left, HEIGHT - base))
        for line in lines:
            self._draw(page, line)
        if picture:
            image = pypdfium2.PdfImage.new(self.document)
            bitmap = pypdfium2.PdfBitmap.new_native(4, 4, pdfium.FPDFBitmap_BGR)
            image.set_bitmap(bitmap)
            image.set_matrix(pypdfium2.PdfMatrix().scale(300, 300))
            page.insert_obj(image)
        if turn:
            page.set_rotation(turn)
        page.gen_content()
        return self

    def save(self) -> bytes:
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _write(self, page: Any, words: str, size: float, matrix: tuple[float, ...]) -> None:
        item = pdfium.FPDFPageObj_CreateTextObj(self.document.raw, self.font, size)
        encoded = (words + "\0").encode("utf-16-le")
        buffer = (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)
        pdfium.FPDFText_SetText(item, buffer)
        pdfium.FPDFPageObj_Transform(item, *matrix)
        pdfium.FPDFPage_InsertObject(page.raw, item)

    def _draw(self, page: Any, line: Line) -> None:
        x0, y0, x1, y1 = line
        item = pdfium.FPDFPageObj_CreateNewPath(x0, HEIGHT - y0)
        pdfium.FPDFPath_LineTo(item, x1, HEIGHT - y1)
        pdfium.FPDFPath_SetDrawMode(item, pdfium.FPDF_FILLMODE_NONE, True)
        pdfium.FPDFPageObj_SetStrokeWidth(item, 0.5)
        pdfium.FPDFPage_InsertObject(page.raw, item)


def _matrix(turn: int, x: float, y: float) -> tuple[float, ...]:
    """Where an upright text goes on a page that is stored turned."""
    if turn == 90:
        return 0, 1, -1, 0, HEIGHT - y, x
    if turn == 270:
        return 0, -1, 1, 0, y, WIDTH - x
    return 1, 0, 0, 1, x, y


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Line]:
    """All lines of a table whose columns and rows end at these places."""
    across = [(xs[0], y, xs[-1], y) for y in ys]
    return across + [(x, ys[0], x, ys[-1]) for x in xs]
