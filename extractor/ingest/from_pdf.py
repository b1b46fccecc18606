"""PDF with a text layer: pdfium gives words and ruling lines, the rest is geometry.

Pages are read one by one and closed; of each only its lines and tables are kept. Nothing in the file
is run or followed: no scripts, no attachments, no links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.errors import DamagedFile, EmptyFile, EncryptedFile, TooLarge
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.pdf.blocks import make_blocks
from extractor.ingest.pdf.margins import set_apart_margins
from extractor.ingest.pdf.notes import set_apart_notes
from extractor.ingest.pdf.page import read_content
from extractor.ingest.pdf.shapes import PageContent
from extractor.ingest.pdf.sheet import read_sheet
from extractor.ingest.pdf.tables import flow
from extractor.ingest.pdf.text_layer import needs_ocr, text_layer_is_rubbish
from extractor.ingest.sniff import show_name
from extractor.model.source import Note, Source

_MOST_FAILURES = 50  # pages one after the other that cannot be read: the rest is not tried


def read_pdf(
    path: Path,
    data: bytes,
    *,
    encoding: str | None = None,
    password: str | None = None,
    limits: Limits = LIMITS,
) -> Source:
    """The blocks of a PDF in reading order, each with its page and box; pages without text, or with a text of
    wrong letters, are recognised. `encoding` has no meaning here.

    Raises EncryptedFile, DamagedFile, EmptyFile (no page has text) or TooLarge.
    """
    name = show_name(path)
    document = open_pdf(name, data, password)
    try:
        count = len(document)
        if count > limits.pages:
            raise TooLarge(f"В файле «{name}» слишком много страниц ({count}), разделите его на части.")
        pages, failed = _read_pages(document, count, limits, name)
    finally:
        document.close()
    if any(needs_ocr(page) or text_layer_is_rubbish(page.text) for page in pages):
        from extractor.ingest.from_scan import read_scan_pdf

        known = {page.number: page for page in pages}
        return read_scan_pdf(path, data, password=password, limits=limits, known=known)
    _check_pages(name, pages, failed)
    margins = set_apart_margins(pages)
    notes = set_apart_notes(pages)
    items, repeated = flow(pages)
    blocks = make_blocks(items, repeated, margins, notes=notes, limits=limits, name=name)
    return Source(
        name=name,
        format="pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        blocks=tuple(blocks),
        pages=count,
        notes=tuple(_make_notes(pages, failed)),
    )


def open_pdf(name: str, data: bytes, password: str | None) -> Any:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except (pypdfium2.PdfiumError, ValueError, OSError):
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            if password:
                raise EncryptedFile(f"Пароль не подходит к файлу «{name}», проверьте его.") from None
            raise EncryptedFile(
                f"Файл «{name}» закрыт паролем, укажите пароль или сохраните документ без него."
            ) from None
        raise DamagedFile(
            f"Файл «{name}» повреждён и не открывается, возьмите его заново из источника."
        ) from None
    if len(document) < 1:
        document.close()
        raise DamagedFile(f"В файле «{name}» не нашлось ни одной страницы, возьмите его заново из источника.")
    return document


def _read_pages(document: Any, count: int, limits: Limits, name: str) -> tuple[list[PageContent], list[int]]:
    """The content of each page, and the numbers of those that cannot be read."""
    import pypdfium2

    pages: list[PageContent] = []
    failed: list[int] = []
    for number in range(1, count + 1):
        try:
            page = document[number - 1]
        except (pypdfium2.PdfiumError, ValueError):
            failed.append(number)
            if failed[-_MOST_FAILURES:] == list(range(number - _MOST_FAILURES + 1, number + 1)):
                failed.extend(range(number + 1, count + 1))
                break
            continue
        try:
            pages.append(read_content(read_sheet(page, number), limits.cells, name))
        except pypdfium2.PdfiumError:
            failed.append(number)
        finally:
            page.close()
    return pages, failed


def _check_pages(name: str, pages: Sequence[PageContent], failed: Sequence[int]) -> None:
    """Raises where no page holds text."""
    if any(page.letters for page in pages):
        return
    if failed and not any(page.pictures for page in pages):
        raise DamagedFile(f"Страницы файла «{name}» не читаются, возьмите его заново из источника.")
    raise EmptyFile(f"В файле «{name}» нет ни одной буквы, проверьте, тот ли это файл.")


def _make_notes(pages: Sequence[PageContent], failed: Sequence[int]) -> Iterator[Note]:
    if failed:
        message = f"Не читаются и пропущены: {show_pages(failed)}; прочитано не всё."
        yield Note(code="page-unreadable", severity="warning", message=message)


def show_pages(numbers: Sequence[int]) -> str:
    """«страница 3», «страницы 1, 4–7»."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [str(one) if one == two else f"{one}–{two}" for one, two in ranges[:20]]
    if len(ranges) > 20:
        shown.append("…")
    return ("страница " if len(numbers) == 1 else "страницы ") + ", ".join(shown)
