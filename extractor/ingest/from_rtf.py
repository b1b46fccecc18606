"""RTF and documents in one XML file: LibreOffice makes a Word document of them, which is then read as one."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec.structs import replace

from extractor.ingest.from_docx import read_docx
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.office import convert_one
from extractor.ingest.office.copies import count_open_groups
from extractor.model.source import Note, Source


def read_rtf(path: Path, data: bytes, limits: Limits = LIMITS, *, docx: bytes | None = None) -> Source:
    """The blocks of the document. `docx` is what a call for many files has made of it already.

    Raises UnknownFormat where LibreOffice is not installed, DamagedFile, TooLarge.
    """
    source = read_by_office(path, data, "rtf", limits, docx=docx)
    if not count_open_groups(data):
        return source
    message = "Файл обрывается, прочитано только его начало, возьмите его заново из источника."
    note = Note(code="file-incomplete", severity="warning", message=message)
    return replace(source, notes=(*source.notes, note))


def read_by_office(
    path: Path, data: bytes, kind: str, limits: Limits = LIMITS, *, docx: bytes | None = None
) -> Source:
    """The blocks of any document that LibreOffice can read, as those of a `kind`."""
    return read_converted(path, data, docx or convert_one(path, data, limits=limits), kind, limits)


def read_converted(path: Path, data: bytes, docx: bytes, kind: str, limits: Limits = LIMITS) -> Source:
    """The source of the file `data` from the Word document that was made of it."""
    source = read_docx(path, docx, limits)
    return replace(
        source,
        format=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        # addresses in a file that nobody has help nobody
        blocks=tuple(replace(block, address=None) for block in source.blocks),
    )
