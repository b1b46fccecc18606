"""What stands in one paragraph of an OpenDocument text: its letters, and what hangs on it."""

from __future__ import annotations

import re

from lxml.etree import _Element

from extractor.ingest.docx.inline import Inline
from extractor.ingest.docx.names import names
from extractor.ingest.odt.styles import DRAW, OFFICE, TABLE, TEXT, Styles

_SPACE = re.compile("[ \t\r\n]+")
_MARKS = {TEXT + "s": " ", TEXT + "tab": "\t", TEXT + "line-break": "\n"}
_SHAPES = "a frame text-box custom-shape rect ellipse circle g line polyline polygon path caption connector"
# Read after the paragraph, as blocks of their own.
HANGING = frozenset({TEXT + "note", OFFICE + "annotation"}) | names(DRAW, _SHAPES + " regular-polygon")
# What holds no text of the page, wherever it stands.
SILENT = (
    names(
        TEXT,
        "number note-citation ruby-text script sequence-decls variable-decls user-field-decls"
        " dde-connection-decls alphabetical-index-auto-mark-file table-of-content-source"
        " illustration-index-source table-index-source object-index-source user-index-source"
        " alphabetical-index-source bibliography-source section-source dde-source",
    )
    | names(OFFICE, "annotation-end forms event-listeners scripts dde-source")
    | names(TABLE, "table-columns table-column table-header-columns shapes title desc")
    | names(DRAW, "image object object-ole plugin applet control enhanced-geometry")
)
_FOREIGN = ("fieldmark-start", "title", "desc", "creator", "date-string", "creator-initials", "initials")


class InlineReader:
    """Reads paragraphs of one part; spans, links, fields and content controls are seen through."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def read(self, paragraph: _Element, weight: int, hidden: bool) -> Inline:
        """The pieces of a text:p or text:h whose style has this weight; boxes are what hangs on it."""
        out = Inline()
        if paragraph.text:
            _add(out, paragraph.text, weight, hidden)
        self._descend(paragraph, out, weight, hidden)
        return out

    def _descend(self, element: _Element, out: Inline, weight: int, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if tag in _MARKS:
                if not hidden:
                    out.pieces.append(_MARKS[tag])
                    out.weights.append(weight)
            elif tag in HANGING:
                out.boxes.append(child)
            elif not is_silent(child):
                self._span(child, out, weight, hidden)
            if child.tail:
                _add(out, child.tail, weight, hidden)

    def _span(self, element: _Element, out: Inline, weight: int, hidden: bool) -> None:
        if element.tag == TEXT + "span":
            look = self._styles.get("text", element.get(TEXT + "style-name"))
            weight, hidden = look.weigh(weight), hidden if look.hidden is None else look.hidden
        elif element.tag == TEXT + "hidden-text":
            hidden = hidden or element.get(TEXT + "is-hidden") != "false"
        elif element.tag == TEXT + "hidden-paragraph" and element.get(TEXT + "is-hidden") == "true":
            out.hidden += 1
        if element.text:
            _add(out, element.text, weight, hidden)
        self._descend(element, out, weight, hidden)


def is_silent(element: _Element) -> bool:
    """Whether the page shows nothing of the element's text."""
    tag = element.tag
    return tag in SILENT or not isinstance(tag, str) or tag.rpartition("}")[2] in _FOREIGN


def hides_paragraph(paragraph: _Element) -> bool:
    """Whether a field in the paragraph hides the whole of it."""
    fields = paragraph.iterfind(f".//{TEXT}hidden-paragraph")
    return any(field.get(TEXT + "is-hidden") == "true" for field in fields)


def _add(out: Inline, text: str, weight: int, hidden: bool) -> None:
    if not hidden:
        out.pieces.append(_SPACE.sub(" ", text).replace("\u2011", "-"))
        out.weights.append(weight)
    elif text.strip():
        out.hidden += 1
