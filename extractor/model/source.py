"""What a reader makes of a file: blocks in reading order."""

from __future__ import annotations

import msgspec


class Block(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One paragraph of the document: in the body, in a table cell, in a footnote ….

    `text` is cleaned (`ingest.clean`), never corrected. It may hold "\\n" (a line break that the
    author typed) and "\\t"; no other control characters, no runs of spaces. A cell with
    several paragraphs gives several blocks with the same table, row and column; an empty cell
    gives one block with an empty text. Offsets anywhere are code points of `text`.
    """

    id: int  # the block's place in `Source.blocks`
    kind: str  # paragraph | list_item | cell
    text: str
    # body | header | footer | footnote | comment | textbox; a factory, so that JSON always says it
    part: str = msgspec.field(default_factory=lambda: "body")
    page: int | None = None  # from 1; PDF and scans only
    bbox: tuple[float, float, float, float] | None = None  # left, top, right, bottom in points
    address: str | None = None  # DOCX: part and path, "word/document.xml#/body/p[3]"
    table: int | None = None  # number of the table in the document, from 1
    row: int | None = None  # grid row in that table, from 1
    column: int | None = None  # grid column, from 1
    row_span: int = 1
    col_span: int = 1
    inside: tuple[int, int, int] | None = None  # (table, row, column) that a nested table lies in
    label: str | None = None  # list label as the reader of the page sees it: "1.", "III.", "•"
    level: int | None = None  # depth of the list item, from 0
    style: str | None = None  # name of the paragraph style
    heading: int | None = None  # outline level of a heading style, from 1
    bold: float = 0.0  # share of the letters that are bold, 0…1
    italic: float = 0.0
    align: str | None = None  # center | right | left | both, where the document says so
    gap: int = 0  # empty lines or paragraphs between this block and the one before it
    beside: str | None = None  # where it stands to the one before: line | apart | below; texts out of a PDF only


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Something a reader of the file has to say: tracked deletions left out, external links …"""

    code: str
    severity: str  # info | warning | error
    message: str  # one Russian sentence
    block: int | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A file as read: what it is, its blocks in reading order, what the reader noticed."""

    name: str
    format: str  # docx | text | …
    sha256: str
    bytes: int
    blocks: tuple[Block, ...]
    pages: int | None = None
    encoding: str | None = None  # of a text file
    ocr: bool = False
    notes: tuple[Note, ...] = ()
