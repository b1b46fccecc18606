"""Web pages (.html), also those that Word and browsers save: parsed by libxml2, nothing fetched."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from extractor.errors import DamagedFile, EmptyFile
from extractor.ingest.block_writer import BlockWriter
from extractor.ingest.encoding import Decoded, decode_text
from extractor.ingest.html.styles import read_sheet
from extractor.ingest.html.walker import Walker
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.sniff import show_name
from extractor.model.source import Note, Source

_HEAD = 8192  # bytes in which a page says its encoding
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_KNOWN = re.compile(
    r"utf-?(8|16)|cp\d+|windows-\d+|koi8|iso-?8859|(x-)?mac-?|gb|big5|euc|shift|ibm\d+|latin|us-ascii"
)
_WESTERN = frozenset({"iso8859-1", "cp1252", "ascii"})
_WIDE = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_html(
    path: Path, data: bytes, limits: Limits = LIMITS, *, encoding: str | None = None, kind: str = "html"
) -> Source:
    """The page as blocks. Raises DamagedFile, EmptyFile, TooLarge; UsageProblem for an unknown `encoding`."""
    decoded = decode_page(data, encoding)
    name = show_name(path)
    root, complete = _parse(decoded.text, name)
    writer = BlockWriter(name, limits)
    walker = Walker(writer, read_sheet(root), limits)
    walker.read(root)
    notes = [*decoded.notes]
    if not complete:
        message = "Страница вложена слишком глубоко и прочитана не до конца, скопируйте план в документ Word."
        notes.append(Note(code="nested-too-deep", severity="warning", message=message))
    if walker.tally.deletions:
        message = f"Удалённое исправлениями не взято (мест: {walker.tally.deletions})."
        notes.append(Note(code="tracked-deletions", severity="info", message=message))
    if walker.tally.hidden:
        message = f"Скрытый текст не взят (мест: {walker.tally.hidden})."
        notes.append(Note(code="hidden-text", severity="info", message=message))
    return Source(
        name=name,
        format=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        blocks=writer.ordered(),
        encoding=decoded.encoding,
        notes=tuple(notes),
    )


def decode_page(data: bytes, encoding: str | None = None, transport: str | None = None) -> Decoded:
    """The text of a page. What it or the mail around it says of its encoding counts unless the bytes deny it.

    Bytes that are UTF-8 without a fault are UTF-8, whatever the page says; so are marks at its beginning.
    """
    if encoding is not None or data.startswith(_WIDE) or _is_utf8(data):
        return decode_text(data, encoding)
    said = _CHARSET.search(data[:_HEAD])
    declared = _look_up(transport) or _look_up(said[1].decode("ascii", "ignore") if said else None)
    if declared is None or declared == "utf-8" or b"\0" in data[:400]:
        return decode_text(data)
    if declared in _WESTERN:
        guessed = decode_text(data)
        return Decoded(data.decode("cp1252", "replace"), "cp1252") if guessed.notes else guessed
    try:
        return Decoded(data.decode(declared), declared)
    except UnicodeDecodeError:
        text = data.decode(declared, "replace")
        return Decoded(text, declared) if text.count("\ufffd") * 50 < len(text) else decode_text(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data[:400]


def _look_up(label: str | None) -> str | None:
    """The encoding that a page means; None for names that no page uses."""
    name = (label or "").strip().lower()
    if _KNOWN.match(name) is None:
        return None
    if name.startswith("utf-16"):  # what could be read so far is ASCII, so this is no UTF-16
        return "utf-8"
    try:
        return codecs.lookup(name.replace("x-mac", "mac")).name
    except LookupError:
        return None


def _parse(text: str, name: str) -> tuple[_Element, bool]:
    """The root, and whether the whole page is under it. Raises EmptyFile, DamagedFile."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    content = text.replace("\0", "").encode("utf-8", "replace")
    if not content.strip():
        raise EmptyFile(f"В файле «{name}» нет текста, возьмите его заново из источника.")
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise DamagedFile(
            f"Файл «{name}» повреждён: страница не читается, откройте её в браузере и скопируйте план в Word."
        )
    complete = not any("depth" in entry.message for entry in parser.error_log)
    return root, complete
