"""A file in, a `Source` out: what the file is decides who reads it, whatever its name says.

Each reader takes the path (for the name) and the bytes, and gives blocks in reading order. All that
can go wrong with a file is an `ExtractorError` with one Russian sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extractor.ingest.sniff import check_source, identify, load, refuse
from extractor.model.source import Source


def _read_docx(path: Path, data: bytes, encoding: str | None) -> Source:
    from extractor.ingest.from_docx import read_docx

    return read_docx(path, data)


def _read_text(path: Path, data: bytes, encoding: str | None) -> Source:
    from extractor.ingest.from_text import read_text

    return read_text(path, data, encoding=encoding)


def _read_odt(path: Path, data: bytes, encoding: str | None, password: str | None = None) -> Source:
    from extractor.ingest.from_odt import read_odt

    return read_odt(path, data, password=password)


def _read_html(path: Path, data: bytes, encoding: str | None) -> Source:
    from extractor.ingest.from_html import read_html

    return read_html(path, data, encoding=encoding)


def _read_mht(path: Path, data: bytes, encoding: str | None) -> Source:
    from extractor.ingest.from_mht import read_mht

    return read_mht(path, data, encoding=encoding)


def _read_doc(path: Path, data: bytes, encoding: str | None) -> Source:
    from extractor.ingest.from_doc import read_doc

    return read_doc(path, data)


def _read_rtf(path: Path, data: bytes, encoding: str | None) -> Source:
    from extractor.ingest.from_rtf import read_rtf

    return read_rtf(path, data)


def _read_word_xml(path: Path, data: bytes, encoding: str | None) -> Source:
    from extractor.ingest.from_word_xml import read_word_xml

    return read_word_xml(path, data)


def _read_pdf(path: Path, data: bytes, encoding: str | None, password: str | None = None) -> Source:
    from extractor.ingest.from_pdf import read_pdf

    return read_pdf(path, data, password=password)


def _read_image(path: Path, data: bytes, encoding: str | None) -> Source:
    from extractor.ingest.from_scan import read_image

    return read_image(path, data)


def _read_flat(kind: str) -> Callable[[Path, bytes, str | None], Source]:
    def read(path: Path, data: bytes, encoding: str | None) -> Source:
        from extractor.ingest.from_rtf import read_by_office

        return read_by_office(path, data, kind)

    return read


READERS: dict[str, Callable[[Path, bytes, str | None], Source]] = {
    "docx": _read_docx,
    "text": _read_text,
    "odt": _read_odt,
    "html": _read_html,
    "mht": _read_mht,
    "doc": _read_doc,
    "rtf": _read_rtf,
    "word-xml": _read_word_xml,
    "fodt": _read_flat("fodt"),
    "image": _read_image,
    "pdf": _read_pdf,
}
UNLOCKERS: dict[
    str, Callable[[Path, bytes, str | None, str | None], Source]
] = {  # those that take a password
    "pdf": _read_pdf,
    "odt": _read_odt,
}


def read_source(path: Path, *, encoding: str | None = None, password: str | None = None) -> Source:
    """The file as blocks. `encoding` is for text files whose encoding cannot be guessed, `password` for a
    locked PDF, Word document or OpenDocument text; what it has no meaning for does not look at it.

    Raises NotAFile, EmptyFile, UnknownFormat, DamagedFile, EncryptedFile or TooLarge.
    """
    data = load(path)
    kind = identify(path, data)
    if password is not None and kind in ("encrypted", "doc"):
        from extractor.ingest.unlock import unlock_office

        data = unlock_office(path, data, password)
        kind = identify(path, data)
    reader = READERS.get(kind)
    if reader is None:
        raise refuse(path, kind)
    unlock = UNLOCKERS.get(kind) if password is not None else None
    source = unlock(path, data, encoding, password) if unlock else reader(path, data, encoding)
    return check_source(path, source)
