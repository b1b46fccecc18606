"""OpenDocument texts (.odt, .ott): content.xml is walked by our own reader, headers come from styles.xml.

LibreOffice could convert them too, in a second; this takes milliseconds and needs nothing installed.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from lxml.etree import _Element

from extractor.errors import EncryptedFile, ExtractorError
from extractor.ingest.block_writer import BlockWriter
from extractor.ingest.docx.inline import Tally
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.odt.lists import Lists, read_list_style
from extractor.ingest.odt.styles import DRAW, OFFICE, STYLE, TEXT, Styles
from extractor.ingest.odt.unlock import is_locked, unlock_odt
from extractor.ingest.odt.walker import Walker
from extractor.ingest.package import Package
from extractor.ingest.sniff import show_name
from extractor.model.source import Note, Source

_HREF = "{http://www.w3.org/1999/xlink}href"
_OUTSIDE = re.compile(r"(?:https?|ftp|file|smb|webdavs?|vnd\.[\w.-]+):|[/\\]|\.\./", re.IGNORECASE)
_LINKING = (DRAW + "image", DRAW + "object", DRAW + "object-ole", DRAW + "plugin", TEXT + "section-source")
_MARGINS = ("header", "footer")


def read_odt(path: Path, data: bytes, limits: Limits = LIMITS, *, password: str | None = None) -> Source:
    """The document as blocks: the body, notes and comments, headers and footers; `password` opens a locked one.

    Raises DamagedFile, EncryptedFile, TooLarge.
    """
    package = Package(show_name(path), data, limits)
    if _is_locked(package):
        if not password:
            raise EncryptedFile(
                f"Файл «{package.name}» закрыт паролем: укажите его (--password ПАРОЛЬ) или снимите пароль "
                "в LibreOffice и сохраните документ заново."
            )
        package = Package(package.name, unlock_odt(package, password), limits)
    try:
        writer, notes = _read_parts(package, limits)
    except RecursionError:
        raise package.too_large("content.xml") from None
    return Source(
        name=package.name,
        format="odt",
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        blocks=writer.ordered(),
        notes=tuple(notes),
    )


def _is_locked(package: Package) -> bool:
    """Whether parts are encrypted; no, where the manifest does not say or cannot be read."""
    try:
        return is_locked(package)
    except EncryptedFile:
        raise
    except ExtractorError:
        return False


def _read_parts(package: Package, limits: Limits) -> tuple[BlockWriter, list[Note]]:
    content = package.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise package.damaged("в нём нет текста документа")
    notes: list[Note] = []
    styles_root = _read_styles_part(package, notes)
    named = None if styles_root is None else styles_root.find(OFFICE + "styles")
    writer, tally = BlockWriter(package.name, limits), Tally()
    walker = _make_walker(content, named, writer, tally, limits)
    walker.flow(body)
    if styles_root is not None:
        margins = _make_walker(styles_root, named, writer, tally, limits)
        for side in _MARGINS:
            _read_margins(styles_root, side, margins, writer)
    notes.extend(_list_notes(tally, content))
    return writer, notes


def _read_styles_part(package: Package, notes: list[Note]) -> _Element | None:
    if package.find("styles.xml") is None:
        return None
    try:
        return package.xml("styles.xml")
    except ExtractorError:
        message = "Часть «styles.xml» (стили) не читается и пропущена; проверьте документ в LibreOffice."
        notes.append(Note(code="part-unreadable", severity="warning", message=message))
        return None


def _make_walker(
    root: _Element, named: _Element | None, writer: BlockWriter, tally: Tally, limits: Limits
) -> Walker:
    """A walker of the part, with the named styles of the document and the automatic ones of the part."""
    styles, lists = Styles(), Lists()
    for holder in (named, root.find(OFFICE + "automatic-styles")):
        styles.add(holder)
        lists.add(holder)
    outline = None if named is None else named.find(TEXT + "outline-style")
    if outline is not None:
        lists.styles[""] = read_list_style(outline)
    return Walker(writer, styles, lists, tally=tally, limits=limits)


def _read_margins(root: _Element, side: str, walker: Walker, writer: BlockWriter) -> None:
    """The headers or footers of all page styles, equal ones once."""
    seen: set[tuple[str, ...]] = set()
    for page in root.iterfind(f"{OFFICE}master-styles/{STYLE}master-page"):
        for element in page:
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            if not name.startswith(side) or element.get(STYLE + "display") == "false":
                continue
            start = len(writer.blocks)
            with writer.aside(side):
                walker.flow(element)
            texts = tuple(block.text for block in writer.blocks[start:])
            if not any(texts) or texts in seen:
                del writer.blocks[start:]
            seen.add(texts)


def _list_notes(tally: Tally, content: _Element) -> list[Note]:
    outside = sum(1 for e in content.iter(*_LINKING) if _OUTSIDE.match(e.get(_HREF) or ""))
    said = (
        (tally.deletions, "tracked-deletions", "Удалённое исправлениями не взято (мест: {})."),
        (tally.hidden, "hidden-text", "Скрытый текст не взят (мест: {})."),
        (
            tally.covered,
            "covered-text",
            "Текст под объединёнными ячейками на странице не виден и не взят (ячеек: {}).",
        ),
        (outside, "external-link", "Документ ссылается на внешние файлы (ссылок: {}), они не открывались."),
    )
    return [
        Note(code=code, severity="info", message=text.format(count)) for count, code, text in said if count
    ]
