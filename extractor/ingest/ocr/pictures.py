"""Pictures to read at 200 dpi: from a page of a PDF, from an image file; sizes are checked before decoding."""

from __future__ import annotations

import ctypes
import io
import warnings
from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

from extractor.errors import DamagedFile, ExtractorError, TooLarge, UnknownFormat
from extractor.ingest.ocr.engine import DPI, Picture
from extractor.ingest.sniff import show_name

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_MOST_PIXELS = 24_000_000  # of a picture that is read: A2 at 200 dpi
_MOST_BYTES = 320_000_000  # of a picture decoded: A3 at 600 dpi in colour
_MOST_FRAMES = 1000
_LEAST_SIDE = 16  # pixels
_PAGE_WIDE, _PAGE_HIGH = 8.27, 11.69  # inches of A4
_MOST_GROWTH = 3.0  # times that a small picture is made larger
_PAPER = (4.0, 24.0)  # inches: a scan is as wide as this, or its resolution is not told rightly


class Shot(NamedTuple):
    """A picture in grey, and how many points of the page one of its pixels takes."""

    picture: Picture
    points: float


def render_page(page: Any) -> Shot | None:
    """The page of a PDF (`pypdfium2.PdfPage`) as shown; None where its pictures are too large to decode."""
    if _largest_picture(page) * 4 > _MOST_BYTES:
        return None
    width, height = max(page.get_width(), 1.0), max(page.get_height(), 1.0)
    scale = min(DPI / 72, sqrt(_MOST_PIXELS / width / height))
    if min(width, height) * scale < _LEAST_SIDE:
        return None
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        shown = bitmap.to_numpy()
        return Shot(shown.reshape(shown.shape[:2]).copy(), 1 / scale)
    finally:
        bitmap.close()


def covers_page(page: Any) -> bool:
    """Whether one picture covers most of the page."""
    area = max(page.get_width() * page.get_height(), 1.0)
    for item in _pictures(page):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > 0.6 * area:
            return True
    return False


def _largest_picture(page: Any) -> int:
    import pypdfium2.raw as pdfium

    wide, high = ctypes.c_uint(), ctypes.c_uint()
    largest = 0
    for item in _pictures(page):
        if pdfium.FPDFImageObj_GetImagePixelSize(item.raw, wide, high):
            largest = max(largest, wide.value * high.value)
    return largest


def _pictures(page: Any) -> Iterator[Any]:
    import pypdfium2.raw as pdfium

    yield from page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)


def open_frames(path: Path, data: bytes) -> Iterator[Shot]:
    """The pages of an image file. Raises UnknownFormat, DamagedFile, TooLarge."""
    from PIL import Image, UnidentifiedImageError

    name = show_name(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
        except UnidentifiedImageError:
            raise UnknownFormat(
                f"Изображение «{name}» такого вида не читается или повреждено, сохраните его как PNG или JPEG."
            ) from None
        except Exception as error:
            raise _explain(error, name) from None
        with image:
            yield from _walk_frames(image, name)


def _walk_frames(image: Any, name: str) -> Iterator[Shot]:
    number = 0
    while number < _MOST_FRAMES:
        try:
            image.seek(number)
            shot = _take_frame(image, name)
        except EOFError:
            return
        except Exception as error:
            raise _explain(error, name) from None
        yield shot
        number += 1
        if image.format in ("GIF", "WEBP"):  # these move; a document has one picture
            return


def _explain(error: Exception, name: str) -> ExtractorError:
    if isinstance(error, ExtractorError):
        return error
    if isinstance(error, MemoryError) or "Bomb" in type(error).__name__:
        return _too_large(name)
    return DamagedFile(f"Изображение «{name}» повреждено, возьмите его заново из источника.")


def _too_large(name: str) -> TooLarge:
    return TooLarge(
        f"Изображение «{name}» слишком велико, сохраните его с разрешением 200–300 точек на дюйм."
    )


def _take_frame(image: Any, name: str) -> Shot:
    """The frame in grey at 200 dpi, checked before it is decoded."""
    import numpy as np
    from PIL import Image, ImageOps

    wide, high = image.size
    if wide * high * max(len(image.getbands()), 1) > _MOST_BYTES:
        raise _too_large(name)
    if min(wide, high) < _LEAST_SIDE:
        raise DamagedFile(f"Изображение «{name}» слишком мало, чтобы на нём был текст, укажите скан плана.")
    dpi = _find_resolution(image)
    if image.format == "JPEG" and dpi >= 2 * DPI:
        image.draft("L", (round(wide * DPI / dpi), round(high * DPI / dpi)))
    shown = ImageOps.exif_transpose(image)
    if shown.mode in ("RGBA", "LA", "PA") or "transparency" in shown.info:
        shown = shown.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        paper.alpha_composite(shown)
        shown = paper
    if shown.mode.startswith("I") or shown.mode == "F":
        shown = _squeeze(shown)
    grey = shown.convert("L")
    scale = min(DPI / dpi * max(wide, high) / max(grey.size), sqrt(_MOST_PIXELS / grey.width / grey.height))
    if abs(scale - 1) > 0.02:
        size = max(round(grey.width * scale), 1), max(round(grey.height * scale), 1)
        grey = grey.resize(size, Image.Resampling.LANCZOS if scale > 1 else Image.Resampling.BOX)
    if min(grey.size) < _LEAST_SIDE:
        raise DamagedFile(f"Изображение «{name}» слишком мало, чтобы на нём был текст, укажите скан плана.")
    across = min(wide, high) / dpi * 72
    return Shot(np.asarray(grey).copy(), across / min(grey.size))


def _find_resolution(image: Any) -> float:
    """Dots an inch: as the file says where that makes a sheet of paper, else as if the picture were A4."""
    short, long = sorted(image.size)
    told = image.info.get("dpi")
    try:
        dpi = float(told[0]) if told else 0.0
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        dpi = 0.0
    if 50 <= dpi <= 2400 and dpi != 72 and _PAPER[0] <= short / dpi <= _PAPER[1]:
        return dpi
    return float(max(short / _PAGE_WIDE, long / _PAGE_HIGH, DPI / _MOST_GROWTH))


def _squeeze(image: Any) -> Any:
    """A picture of 16 or 32 bits a pixel as one of 8."""
    import numpy as np
    from PIL import Image

    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    low, high = float(values.min()), float(values.max())
    return Image.fromarray(((values - low) * (255.0 / max(high - low, 1e-6))).astype(np.uint8))
