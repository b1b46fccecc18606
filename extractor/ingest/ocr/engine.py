"""Tesseract with its Russian model: a picture of text in, words with their places out.

Nothing is loaded before the first picture. Without tesserocr, OpenCV or the model every use raises
`OcrMissing`, whose text says what to install.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

DPI = 200  # what pages are rendered at; 300 costs twice the time and reads no better
BLOCK, LINE = 6, 7  # page segmentation: one block of lines, one line
_LANGUAGE = "rus"
_FOLDERS = (
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
    "/usr/share/tesseract",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)
_LEAST_MODEL = 100_000  # bytes; less is no model
_MOST_SIDE = 32_000  # pixels: Tesseract takes no more

Picture = Any  # two-dimensional numpy array of uint8, 0 black


class OcrMissing(Exception):
    """Text recognition is not installed; the message says what to install."""


class Reading(NamedTuple):
    """A word as recognised: its box and base line in pixels, its line, how sure Tesseract is (0…100)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    line: int
    sure: float


@lru_cache(maxsize=1)
def find_model() -> Path | None:
    """The folder that holds the Russian model, None where there is none."""
    folders = [Path(name) for name in (os.environ.get("TESSDATA_PREFIX"),) if name]
    folders += [folder / "tessdata" for folder in folders]
    for name in _FOLDERS:
        folder = Path(name)
        folders += [folder, folder / "tessdata", *sorted(folder.glob("*/tessdata"), reverse=True)]
    for folder in folders:
        model = folder / f"{_LANGUAGE}.traineddata"
        try:
            if model.stat().st_size > _LEAST_MODEL:
                return folder
        except OSError:
            continue
    return None


@lru_cache(maxsize=1)
def what_is_missing() -> str | None:
    """What to install, as the end of a sentence; None where all is there."""
    if "tesserocr" not in sys.modules:
        os.environ["OMP_THREAD_LIMIT"] = "1"  # two to five times faster than threads that wait for each other
    try:
        import cv2  # noqa: F401
        import PIL  # noqa: F401
        import tesserocr  # noqa: F401
    except ImportError:
        return (
            "установите его командами «pip install 'plan-extractor[ocr]'» и "
            "«sudo apt install tesseract-ocr-rus» или сохраните план с текстом"
        )
    if find_model() is None:
        return (
            "установите русскую модель Tesseract (Debian, Ubuntu: «sudo apt install tesseract-ocr-rus», "
            "в других системах файл rus.traineddata в папку из TESSDATA_PREFIX)"
        )
    return None


class Engine:
    """One Tesseract for many pictures; `close` gives its memory back."""

    def __init__(self) -> None:
        missing = what_is_missing()
        if missing is not None:
            raise OcrMissing(missing)
        import cv2
        import tesserocr

        cv2.setNumThreads(1)
        self._api = tesserocr.PyTessBaseAPI(path=str(find_model()), lang=_LANGUAGE, psm=BLOCK)
        self._set("debug_file", os.devnull)
        self._limited = ""

    def close(self) -> None:
        self._api.End()

    def read(
        self, picture: Picture, *, mode: int = BLOCK, only: str = "", seconds: float = 20.0
    ) -> list[Reading]:
        """The words of the picture, of signs in `only` where that is given; [] where time runs out."""
        height, width = picture.shape
        if not 2 < height < _MOST_SIDE or not 2 < width < _MOST_SIDE or seconds <= 0:
            return []
        if only != self._limited:
            self._set("tessedit_char_whitelist", only)
            self._limited = only
        self._api.SetPageSegMode(mode)
        self._api.SetImageBytes(picture.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(DPI)
        try:
            if not self._api.Recognize(int(seconds * 1000)):
                return []
            return list(self._walk())
        except RuntimeError:
            return []
        finally:
            self._api.Clear()

    def _walk(self) -> Iterator[Reading]:
        import tesserocr

        level = tesserocr.RIL.WORD
        found = self._api.GetIterator()
        line = 0
        more = found is not None and not found.Empty(level)
        while more:
            if found.IsAtBeginningOf(tesserocr.RIL.TEXTLINE):
                line += 1
            text = _take_text(lambda: found.GetUTF8Text(level))
            box, base = found.BoundingBox(level), found.Baseline(level)
            if text and box:
                at = (base[0][1] + base[1][1]) / 2 if base else box[3]
                left, top, right, bottom = box
                yield Reading(text, left, top, right, bottom, at, line, found.Confidence(level))
            more = found.Next(level)

    def _set(self, name: str, value: str) -> None:
        self._api.SetVariable(name, value)


def _take_text(get: Callable[[], str | None]) -> str:
    try:
        return (get() or "").strip()
    except RuntimeError:  # Tesseract found nothing at this place
        return ""
