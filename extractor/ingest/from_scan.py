"""Scans: pages of a PDF without text, and images, read by Tesseract into the blocks that a PDF gives.

A recognised page becomes the same `Sheet` of words and ruling lines that a page with text is, and goes
the same way from there. Words read with doubt, pages left out for want of time or of Tesseract are noted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extractor.errors import DamagedFile, EmptyFile, TimedOut, TooLarge, UnknownFormat
from extractor.ingest.from_pdf import open_pdf, show_pages
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.ocr.engine import DPI, Engine, OcrMissing
from extractor.ingest.ocr.notes import note_doubts
from extractor.ingest.ocr.pictures import Shot, covers_page, open_frames, render_page
from extractor.ingest.ocr.places import Setting, find_shift, move_sheet, restore_boxes, set_page
from extractor.ingest.ocr.repair import repair_blocks
from extractor.ingest.ocr.sheet import Doubt, recognise
from extractor.ingest.ocr.time import Clock
from extractor.ingest.pdf.blocks import make_blocks
from extractor.ingest.pdf.margins import set_apart_margins
from extractor.ingest.pdf.page import read_content
from extractor.ingest.pdf.shapes import PageContent
from extractor.ingest.pdf.sheet import read_sheet
from extractor.ingest.pdf.tables import flow
from extractor.ingest.pdf.text_layer import needs_ocr, text_layer_is_rubbish
from extractor.ingest.sniff import show_name
from extractor.model.source import Note, Source

_MOST_FAILURES = 50
_NONE_KNOWN: Mapping[int, PageContent] = MappingProxyType({})
_PAGE_SECONDS = 3  # that a page takes at the most, twice what is usual
_FEW_LETTERS = 40  # a page number, a stamp: on top of a picture of the whole page they are no text layer


def read_scan_pdf(
    path: Path,
    data: bytes,
    *,
    password: str | None = None,
    limits: Limits = LIMITS,
    known: Mapping[int, PageContent] = _NONE_KNOWN,
) -> Source:
    """The blocks of a PDF of which pages have no text or a text of wrong letters; those are recognised.

    `known` are pages, by number, whose text layer is read already.
    Raises UnknownFormat where nothing can be read without Tesseract and that is not installed, TimedOut
    where not one page could be recognised in time, and what `read_pdf` raises.
    """
    import pypdfium2

    reader = _Reader(show_name(path), limits)
    document = open_pdf(reader.name, data, password)
    try:
        count = len(document)
        if count > limits.pages:
            raise TooLarge(
                f"В файле «{reader.name}» слишком много страниц ({count}), разделите его на части."
            )
        for number in range(1, count + 1):
            try:
                page = document[number - 1]
            except (pypdfium2.PdfiumError, ValueError):
                reader.failed.append(number)
                if len(reader.failed) == _MOST_FAILURES and not reader.pages:
                    break
                continue
            try:
                reader.add_page(page, number, known.get(number))
            except pypdfium2.PdfiumError:
                reader.failed.append(number)
            finally:
                page.close()
    finally:
        document.close()
        reader.close()
    return reader.finish(data, "pdf", count)


def read_image(path: Path, data: bytes, *, limits: Limits = LIMITS) -> Source:
    """The blocks of a scanned page; a TIFF may hold many pages.

    Raises UnknownFormat (also where Tesseract is not installed), DamagedFile, EmptyFile, TooLarge, TimedOut.
    """
    reader = _Reader(show_name(path), limits)
    number = 0
    try:
        reader.need_engine()
        for number, shot in enumerate(open_frames(path, data), 1):
            reader.add_shot(shot, number)
    finally:
        reader.close()
    return reader.finish(data, "image", number)


class _Reader:
    """Takes pages one by one, with text or without, and makes a source of them."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.pages: list[PageContent] = []
        self.settings: dict[int, Setting] = {}
        self.doubts: list[Doubt] = []
        self.failed: list[int] = []
        self.unread: list[int] = []  # for want of Tesseract
        self.late: list[int] = []
        self.missing = ""
        self._clock = Clock()
        self._engine: Engine | None = None

    def close(self) -> None:
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def add_page(self, page: Any, number: int, known: PageContent | None = None) -> None:
        """A page of a PDF: its text where it has one, else what Tesseract makes of its picture.

        `known` is what its text layer says, where that is read already.
        """
        content = known or read_content(read_sheet(page, number), self.limits.cells, self.name)
        bare = needs_ocr(content) or content.letters < _FEW_LETTERS and covers_page(page)
        if not bare and not text_layer_is_rubbish(content.text):
            self.pages.append(content)
            return
        shot = render_page(page) if self._is_ready(number) else None
        if shot is not None:
            self._recognise(shot, number)
            return
        if number not in self.unread and number not in self.late:
            self.failed.append(number)
        self.pages.append(content)

    def add_shot(self, shot: Shot, number: int) -> None:
        """A page of an image file."""
        if self._is_ready(number):
            self._recognise(shot, number)

    def _recognise(self, shot: Shot, number: int) -> None:
        assert self._engine is not None
        most = self.limits.cells
        recognised = recognise(
            self._engine,
            shot.picture,
            number,
            most_cells=most,
            name=self.name,
            seconds=self._clock.for_page(),
        )
        content = read_content(recognised.sheet, most, self.name)
        shift = find_shift(self.pages[-1], content) if self.pages else 0.0
        if shift:
            content = read_content(move_sheet(recognised.sheet, shift), most, self.name)
        self.pages.append(content)
        self.settings[number] = set_page(recognised, shift, shot.points * DPI / 72)
        self.doubts += [doubt._replace(x=doubt.x + shift) for doubt in recognised.doubts]

    def need_engine(self) -> None:
        """Raises UnknownFormat where Tesseract is not installed."""
        try:
            self._engine = self._engine or Engine()
        except OcrMissing as error:
            raise UnknownFormat(
                f"«{self.name}» — скан без текста, а распознавание на этом компьютере не установлено: {error}."
            ) from None

    def _is_ready(self, number: int) -> bool:
        """Whether a page can be recognised; where not, it is remembered why."""
        if self._engine is None and not self.missing:
            try:
                self._engine = Engine()
            except OcrMissing as error:
                self.missing = str(error)
        if self.missing:
            self.unread.append(number)
        elif self._clock.is_over():
            self.late.append(number)
        else:
            return True
        return False

    def finish(self, data: bytes, kind: str, count: int) -> Source:
        """The source. Raises where no page gave text."""
        self._check()
        margins = set_apart_margins(self.pages)
        items, repeated = flow(self.pages)
        blocks = make_blocks(items, repeated, margins, limits=self.limits, name=self.name)
        if self.settings:
            blocks = repair_blocks(blocks)
        notes = [*self._make_notes(), *note_doubts(self.doubts, blocks)]
        return Source(
            name=self.name,
            format=kind,
            sha256=hashlib.sha256(data).hexdigest(),
            bytes=len(data),
            blocks=tuple(restore_boxes(blocks, self.settings)),
            pages=count,
            ocr=bool(self.settings),
            notes=tuple(notes),
        )

    def _find_seconds(self) -> int:
        """Seconds that are enough for all pages of the document, a round number."""
        pages = len(self.settings) + len(self.late)
        return -(-pages * _PAGE_SECONDS // 30) * 30

    def _check(self) -> None:
        if any(page.letters for page in self.pages):
            return
        if self.missing:
            self.need_engine()
        if self.late:
            raise TimedOut(
                f"Распознавание файла «{self.name}» не уложилось в отведённое время, "
                f"повторите с EXTRACT_SECONDS={self._find_seconds()}."
            )
        if self.failed and not self.settings:
            raise DamagedFile(f"Страницы файла «{self.name}» не читаются, возьмите его заново из источника.")
        raise EmptyFile(f"В файле «{self.name}» не распознано ни одной буквы, проверьте, тот ли это файл.")

    def _make_notes(self) -> list[Note]:
        notes = []
        if self.unread:
            notes.append(
                _warn(
                    "ocr-missing",
                    f"Не прочитаны, потому что это скан, а распознавание не установлено: {show_pages(self.unread)}; "
                    f"{self.missing}.",
                )
            )
        if self.late:
            text = (
                f"Не распознаны, потому что не хватило времени: {show_pages(self.late)}; "
                f"прочитано не всё, повторите с EXTRACT_SECONDS={self._find_seconds()}."
            )
            notes.append(_warn("ocr-unfinished", text))
        if self.failed:
            text = f"Не читаются и пропущены: {show_pages(self.failed)}; прочитано не всё."
            notes.append(_warn("page-unreadable", text))
        if self.settings and len(self.settings) < len(self.pages):
            text = f"Распознаны со скана: {show_pages(sorted(self.settings))}."
            notes.append(Note(code="ocr-pages", severity="info", message=text))
        return notes


def _warn(code: str, message: str) -> Note:
    return Note(code=code, severity="warning", message=message)
