"""Which parts of an HTML page are notes, comments or headers, as Word and LibreOffice mark them."""

from __future__ import annotations

from lxml.etree import _Element

from extractor.ingest.docx.names import names
from extractor.ingest.html.styles import Properties

_MSO_PARTS = {
    "footnote-list": "footnote", "endnote-list": "footnote", "comment-list": "comment",
    "header": "header", "footer": "footer",
}  # fmt: skip
_MARKS = names("", "sdfootnoteanc sdfootnotesym sdendnoteanc sdendnotesym msocomanchor")
_MARK_STYLES = ("mso-footnote-id", "mso-endnote-id", "mso-comment-reference")


def side_part(tag: str, element: _Element, said: Properties) -> str | None:
    """The part that an element begins: footnote, comment, header or footer; None for the body."""
    if tag != "div":
        return None
    part = _MSO_PARTS.get(said.get("mso-element", "").lower())
    if part is not None:
        return part
    name = (element.get("id") or "").lower()
    if name.startswith(("sdfootnote", "sdendnote")):
        return "footnote"
    title = (element.get("title") or "").lower()
    return title if title in ("header", "footer") else None


def is_note_mark(tag: str, element: _Element, style: Properties) -> bool:
    """Whether this is the small number of a note: a label, no text."""
    if tag != "a":
        return False
    if _MARKS.intersection((element.get("class") or "").lower().split()):
        return True
    return any(mark in (element.get("style") or "").lower() for mark in _MARK_STYLES)
