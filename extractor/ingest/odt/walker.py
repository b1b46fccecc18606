"""The walk through an OpenDocument text: paragraphs, lists, tables, notes and frames become blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from extractor.ingest.block_writer import BlockWriter, Line, Place
from extractor.ingest.clean import clean_text
from extractor.ingest.docx.inline import Inline, Tally
from extractor.ingest.docx.styles import BOLD, ITALIC, read_number
from extractor.ingest.limits import Limits
from extractor.ingest.odt.inline import HANGING, InlineReader, hides_paragraph, is_silent
from extractor.ingest.odt.lists import LEVELS, Count, Lists
from extractor.ingest.odt.styles import DRAW, OFFICE, TABLE, TEXT, Look, Styles

P, H, LIST, TABLE_TAG = TEXT + "p", TEXT + "h", TEXT + "list", TABLE + "table"
_ITEM, _ROW = TEXT + "list-item", TABLE + "table-row"
_CELL, _COVERED = TABLE + "table-cell", TABLE + "covered-table-cell"
_ROW_GROUPS = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
_PARTS = {TEXT + "note": "footnote", OFFICE + "annotation": "comment"}
_CHANGES, _DELETION = TEXT + "tracked-changes", TEXT + "deletion"


@dataclass
class Item:
    """A list item whose first paragraph is still to come."""

    count: Count
    style: str | None
    level: int
    start: int | None = None
    fresh: bool = True


class Walker:
    """Reads the stories of one part (content.xml or styles.xml) into the writer."""

    def __init__(
        self, writer: BlockWriter, styles: Styles, lists: Lists, *, tally: Tally, limits: Limits
    ) -> None:
        self._writer, self._styles, self._lists, self._tally = writer, styles, lists, tally
        self._limits = limits
        self._inline = InlineReader(styles)
        self._outline = Count("")

    def flow(self, container: _Element) -> None:
        """All blocks of a body, a cell, a section, a frame."""
        for child in container:
            self._block(child, None)

    def _block(self, element: _Element, item: Item | None) -> None:
        tag = element.tag
        if tag in (P, H):
            self._paragraph(element, item)
        elif tag == LIST:
            self._list(element, item)
        elif tag == TABLE_TAG:
            self._table(element)
        elif tag in HANGING:
            self._hanging(element)
        elif tag == _CHANGES:
            self._tally.deletions += sum(1 for _ in element.iter(_DELETION))
        elif not is_silent(element):
            if _is_hidden(element):
                self._tally.hidden += 1
            else:
                for child in element:
                    self._block(child, item)

    # paragraphs and lists

    def _paragraph(self, element: _Element, item: Item | None) -> None:
        look = self._styles.get("paragraph", element.get(TEXT + "style-name"))
        hidden = bool(look.hidden) or hides_paragraph(element)
        inline = self._inline.read(element, look.weigh(0), hidden)
        self._tally.hidden += inline.hidden
        text = clean_text(inline.text())
        vanished = (inline.hidden > 0 or hidden) and not text
        heading = read_number(element.get(TEXT + "outline-level"), 1, 9) if element.tag == H else look.heading
        label, level = (None, None) if vanished else self._label(element, item, look, heading)
        if not vanished:
            self._writer.write(_line(text, inline, look, heading=heading, label=label, level=level))
        for hanging in inline.boxes:
            self._hanging(hanging)

    def _label(
        self, element: _Element, item: Item | None, look: Look, heading: int | None
    ) -> tuple[str | None, int | None]:
        """Label and level of a list item or of a numbered heading; the item is counted."""
        if item is not None:
            if not item.fresh:
                return None, None
            item.fresh = False
            label = self._lists.label(item.count, item.style, item.level, item.start)
            return label, None if label is None else item.level
        outline = element.tag == H and heading is not None and look.list_style != ""
        if not outline or heading is None or element.get(TEXT + "is-list-header") == "true":
            return None, None
        start = read_number(element.get(TEXT + "start-value"))
        if start is None and element.get(TEXT + "restart-numbering") == "true":
            start = 1
        label = self._lists.label(self._outline, "", heading - 1, start)
        return label, None if label is None else heading - 1

    def _list(self, element: _Element, item: Item | None) -> None:
        style = element.get(TEXT + "style-name")
        if item is None:
            style = style or self._style_of_paragraphs(element)
            count, level = self._lists.open(element, style), 0
        else:
            style = style or item.style
            count, level = item.count, min(item.level + 1, LEVELS - 1)
        for child in element:
            if child.tag == _ITEM:
                start = read_number(child.get(TEXT + "start-value"))
                override = child.get(TEXT + "style-override")
                held = Item(count, override or style, level, start)
            elif is_silent(child):
                continue
            else:
                held = Item(count, style, level, fresh=False)  # a list header has no number
            for part in child:
                self._block(part, held)

    def _style_of_paragraphs(self, element: _Element) -> str | None:
        for paragraph in element.iter(P, H):
            return self._styles.get("paragraph", paragraph.get(TEXT + "style-name")).list_style
        return None

    # tables

    def _table(self, element: _Element) -> None:
        rows = list(_find_rows(element))
        if not rows:
            return
        writer, start, above = self._writer, len(self._writer.blocks), self._writer.place
        number, at, beyond = writer.open_table(), 0, False
        for row in rows:
            if row.get(TABLE + "visibility") in ("collapse", "filter"):
                self._tally.hidden += 1
                continue
            for _ in range(self._repeats(row, "rows")):
                at += 1
                inside = above.here if above else None
                beyond = self._row(row, Place(number, at, 1, inside=inside), len(rows)) or beyond
        if beyond:
            writer.trim_rows(start, number, at)
        writer.close_table()

    def _row(self, row: _Element, place: Place, rows: int) -> bool:
        """Whether a cell of the row claims to reach below the table."""
        column, due, beyond = 1, 0, False
        for cell in row:
            if cell.tag not in (_CELL, _COVERED):
                continue
            times = self._repeats(cell, "columns")
            if cell.tag == _COVERED:
                column, due = column + times, due - times
                self._tally.covered += any((part.text or "").strip() for part in cell.iter(P, TEXT + "span"))
                continue
            column, due = column + max(due, 0), 0
            down = read_number(cell.get(TABLE + "number-rows-spanned"), 1) or 1
            across = read_number(cell.get(TABLE + "number-columns-spanned"), 1) or 1
            across = min(across, self._limits.columns)
            beyond = beyond or place.row + down - 1 > rows
            for _ in range(times):
                here = place._replace(column=column, row_span=down, col_span=across)
                mark = self._writer.open_cell(here, first=place.row == column == 1)
                self.flow(cell)
                self._writer.close_cell(mark)
                column += 1
            due = across - 1
        return beyond

    def _repeats(self, element: _Element, what: str) -> int:
        found = read_number(element.get(f"{TABLE}number-{what}-repeated"), 1)
        return min(found or 1, self._limits.columns)

    # notes, comments, frames

    def _hanging(self, element: _Element) -> None:
        """What hangs on a paragraph: a note, a comment, a text box, shapes with text."""
        tag = element.tag
        if tag in _PARTS:
            with self._writer.aside(_PARTS[tag]):
                self.flow(element)
        elif tag == DRAW + "text-box":
            if element.find(TABLE_TAG) is not None:  # what LibreOffice makes of a table that Word let float
                self.flow(element)
            else:
                with self._writer.aside("textbox"):
                    self.flow(element)
        elif element.find(P) is not None or element.find(LIST) is not None:
            with self._writer.aside("textbox"):
                self.flow(element)
        else:
            for child in element:
                if child.tag in HANGING:
                    self._hanging(child)


def _line(
    text: str, inline: Inline, look: Look, *, heading: int | None, label: str | None, level: int | None
) -> Line:
    return Line(
        text,
        bold=inline.share(BOLD),
        italic=inline.share(ITALIC),
        label=label,
        level=level,
        style=look.name,
        heading=heading,
        align=look.align,
    )


def _is_hidden(element: _Element) -> bool:
    """Whether a section is hidden, by itself or by a condition that held when the file was saved."""
    if element.tag != TEXT + "section":
        return False
    shown = element.get(TEXT + "display")
    return shown == "none" or shown == "condition" and element.get(TEXT + "is-hidden") == "true"


def _find_rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == _ROW:
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _find_rows(child)
