"""Old Word documents (.doc): msdoc2docx makes a .docx of them, LibreOffice where that fails or doubts.

Words of 116 real files: msdoc2docx silently lost none; what it could not read it said, by an exception or by
one of the codes below. Word 6 and 95 it does not know.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from extractor.errors import DamagedFile, EncryptedFile, UnknownFormat
from extractor.ingest.docx.broken_lists import rejoined
from extractor.ingest.from_rtf import read_converted
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.office import convert_one
from extractor.ingest.sniff import show_name
from extractor.model.source import Note, Source

# What msdoc2docx says when it has lost text or the shape of tables and lists.
_DOUBTS = {
    "MAIN_TEXTBOX_TABLE_MALFORMED": "надписи",
    "HEADER_FOOTER_TABLE_MALFORMED": "колонтитулы",
    "NUMBERING_TABLE_MALFORMED": "номера списков",
    "MALFORMED_TABLE_FLATTENED": "таблицы",
    "STYLE_TABLE_MALFORMED": "стили",
}


class _Made(NamedTuple):
    docx: bytes
    doubts: tuple[str, ...] = ()  # what may be lost


def read_doc(path: Path, data: bytes, limits: Limits = LIMITS, *, docx: bytes | None = None) -> Source:
    """The blocks of the document. `docx` is what a call for many files has made of it already.

    Raises EncryptedFile, DamagedFile, TooLarge; UnknownFormat where only LibreOffice could read it.
    """
    if docx is not None:
        return _read(path, data, docx, limits)
    made = _convert_here(path, data)
    if made is not None and not made.doubts:
        try:
            return _read(path, data, made.docx, limits)
        except DamagedFile:
            made = None
    try:
        return _read(path, data, convert_one(path, data, limits=limits), limits)
    except (UnknownFormat, DamagedFile):
        if made is None:
            raise
        source = _read(path, data, made.docx, limits)
        return replace(source, notes=(*source.notes, _doubt(made.doubts)))


def _read(path: Path, data: bytes, docx: bytes, limits: Limits) -> Source:
    source = read_converted(path, data, docx, "doc", limits)
    return replace(source, blocks=rejoined(source.blocks))


def _convert_here(path: Path, data: bytes) -> _Made | None:
    """What msdoc2docx makes of the file; None where it cannot. Raises EncryptedFile."""
    from doc2docx import convert
    from doc2docx.errors import EncryptedDocumentError

    with tempfile.TemporaryDirectory(prefix="plan-doc-", ignore_cleanup_errors=True) as name:
        source, target = Path(name, "document.doc"), Path(name, "document.docx")
        source.write_bytes(data)
        try:
            report = convert(source, target).report
            codes = {found.code for found in report.diagnostics}
            doubts = tuple(what for code, what in _DOUBTS.items() if code in codes)
            return _Made(target.read_bytes(), doubts)
        except EncryptedDocumentError:
            raise EncryptedFile(
                f"Файл «{show_name(path)}» закрыт паролем, снимите пароль в Word и сохраните документ заново."
            ) from None
        except Exception:  # a young library on damaged bytes raises all there is
            return None


def _doubt(doubts: tuple[str, ...]) -> Note:
    message = f"Прочитано, возможно, не всё ({', '.join(doubts)}): проверьте документ в Word."
    return Note(code="doc-incomplete", severity="warning", message=message)
