"""Word documents in one XML file: Word 2003 («<w:wordDocument>») and the flat form of .docx («<pkg:package>»).

Both become the parts of a .docx package in memory, which our own reader reads; LibreOffice, which drops the
columns of tables without a grid, is not asked. WordprocessingML 2003 differs from that of .docx in its namespace
and in where lists, notes, headers and tracked changes stand: [MS-OFFXML], «WordprocessingML Reference» of 2003.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml.etree import Element, SubElement, _Element, tostring

from extractor.errors import DamagedFile, TooLarge
from extractor.ingest.docx.names import BODY, VAL, W
from extractor.ingest.from_rtf import read_converted
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.package import DeclaredType, TooDeep, parse_xml
from extractor.ingest.sniff import show_name
from extractor.model.source import Source

_W_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_PKG: Final = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_ANNOTATION: Final = "{http://schemas.microsoft.com/aml/2001/core}annotation"
_CONTENT: Final = "{http://schemas.microsoft.com/aml/2001/core}content"
_RENAMED = {
    W + old: W + new
    for old, new in (
        ("vmerge", "vMerge"),
        ("hmerge", "hMerge"),
        ("hlink", "hyperlink"),
        ("listPr", "numPr"),
        ("ilfo", "numId"),
        ("nfc", "numFmt"),
        ("listStyleLink", "numStyleLink"),
    )
}
_FORMATS = {  # the numbers of w:nfc
    "0": "decimal",
    "1": "upperRoman",
    "2": "lowerRoman",
    "3": "upperLetter",
    "4": "lowerLetter",
    "5": "ordinal",
    "22": "decimalZero",
    "23": "bullet",
    "58": "russianLower",
    "59": "russianUpper",
    "255": "none",
}
_NOTES = {W + "footnote": "footnotes", W + "endnote": "endnotes"}
_MARGINS = {W + "hdr": "header", W + "ftr": "footer"}


def read_word_xml(path: Path, data: bytes, limits: Limits = LIMITS) -> Source:
    """The blocks of the document. Raises DamagedFile, TooLarge."""
    name = show_name(path)
    if len(data) > limits.entry_bytes:
        raise TooLarge(f"Файл «{name}» слишком велик, сохраните план отдельным документом.")
    try:
        root = parse_xml(data.replace(_W_2003, W[1:-1].encode()))
    except DeclaredType:
        raise _damaged(name, "в нём есть DOCTYPE, которого в документах Word не бывает") from None
    except TooDeep:
        raise TooLarge(
            f"Файл «{name}» слишком глубоко вложен, сохраните план отдельным документом."
        ) from None
    except ValueError:
        raise _damaged(name, "это не правильный XML") from None
    parts = _parts_of_package(root) if root.tag == _PKG + "package" else _parts_of_2003(root)
    if not parts:
        raise _damaged(name, "в нём нет текста документа")
    return read_converted(path, data, _pack(parts), "word-xml", limits)


def _damaged(name: str, what: str) -> DamagedFile:
    return DamagedFile(f"Файл «{name}» повреждён: {what}; откройте его в Word и сохраните как .docx.")


def _pack(parts: dict[str, _Element]) -> bytes:
    """The parts as a package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, root in parts.items():
            package.writestr(name, tostring(root, encoding="utf-8"))
    return buffer.getvalue()


def _parts_of_package(root: _Element) -> dict[str, _Element]:
    """The XML parts of a flat package by their names; pictures and other bytes are left out."""
    parts: dict[str, _Element] = {}
    for part in root.iterchildren(_PKG + "part"):
        for content in part.iterchildren(_PKG + "xmlData"):
            name = (part.get(_PKG + "name") or "").lstrip("/")
            if name and len(content) and name not in parts:
                parts[name] = content[0]
    return parts


def _parts_of_2003(root: _Element) -> dict[str, _Element]:
    """The parts that a document of Word 2003 would have as .docx; {} where it has no body."""
    body = next(root.iter(BODY), None)
    if body is None:
        return {}
    parts = {"document": Element(W + "document")}
    comments = _settle_annotations(root)
    _rename(root)
    parts |= _take_notes(body)
    parts |= _take_margins(body)
    if len(comments):
        parts["comments"] = comments
    styles, lists = root.find(W + "styles"), root.find(W + "lists")
    if styles is not None:
        parts["styles"] = styles
    if lists is not None:
        parts["numbering"] = _make_numbering(lists)
    parts["document"].append(body)
    relations = Element(_RELATIONS + "Relationships")
    for number, name in enumerate(parts):
        if name != "document":
            line = SubElement(relations, _RELATIONS + "Relationship", Id=f"r{number}", Target=f"{name}.xml")
            line.set("Type", _RELATION + name.rstrip("0123456789"))
    named = {f"word/{name}.xml": part for name, part in parts.items()}
    return named | {"word/_rels/document.xml.rels": relations}


def _rename(root: _Element) -> None:
    """Gives elements the names that they have in .docx."""
    for element in root.iter(*_RENAMED):
        element.tag = _RENAMED[element.tag]
        if element.tag == W + "numFmt":
            element.set(VAL, _FORMATS.get(element.get(VAL) or "", "decimal"))


def _settle_annotations(root: _Element) -> _Element:
    """Makes tracked changes those of .docx; gives the comments, which are taken out of the text."""
    comments = Element(W + "comments")
    for annotation in list(root.iter(_ANNOTATION)):
        kind = (annotation.get(W + "type") or "").rpartition(".")[2]
        if kind == "Insertion":
            annotation.tag = W + "ins"
        elif kind == "Deletion":
            annotation.tag = W + "del"
        else:
            if kind == "Comment":
                comment = SubElement(comments, W + "comment")
                comment.extend(child for content in annotation.iterchildren(_CONTENT) for child in content)
            _take_out(annotation)
    return comments


def _take_notes(body: _Element) -> dict[str, _Element]:
    """Footnotes and endnotes, which stand in the text, as parts of their own."""
    parts: dict[str, _Element] = {}
    for note in list(body.iter(*_NOTES)):
        kind = _NOTES[note.tag]
        if _is_in_properties(note):
            continue
        _take_out(note)
        parts.setdefault(kind, Element(W + kind)).append(note)
    return parts


def _is_in_properties(note: _Element) -> bool:
    """Whether this is no note but the line above notes, in the settings of a section or the document."""
    return any(above.tag in (W + "footnotePr", W + "endnotePr") for above in note.iterancestors())


def _take_margins(body: _Element) -> dict[str, _Element]:
    """Page headers and footers, which stand in the settings of sections, as parts of their own."""
    parts: dict[str, _Element] = {}
    for margin in list(body.iter(*_MARGINS)):
        name = f"{_MARGINS[margin.tag]}{len(parts) + 1}"
        _take_out(margin)
        parts[name] = margin
    return parts


def _take_out(element: _Element) -> None:
    """The element leaves the tree; the text behind it, if any, goes with it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _make_numbering(lists: _Element) -> _Element:
    """The part with the lists: w:listDef is w:abstractNum there, w:list is w:num."""
    numbering = Element(W + "numbering")
    for definition in _children(lists, "listDef"):
        definition.tag = W + "abstractNum"
        definition.set(W + "abstractNumId", definition.get(W + "listDefId") or "")
        numbering.append(definition)
    for used in _children(lists, "list"):
        used.tag = W + "num"
        used.set(W + "numId", used.get(W + "ilfo") or "")
        for link in used.iterchildren(W + "ilst"):
            link.tag = W + "abstractNumId"
        numbering.append(used)
    return numbering


def _children(parent: _Element, name: str) -> Iterator[_Element]:
    yield from list(parent.iterchildren(W + name))
