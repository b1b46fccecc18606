"""The walk through an HTML page: what a browser shows as a line of its own becomes a block.

No recursion: a page may nest its elements thousands deep.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from extractor.ingest.block_writer import BlockWriter, CellMark, Line, Place
from extractor.ingest.clean import clean_text
from extractor.ingest.docx.inline import Inline, Tally
from extractor.ingest.docx.names import names
from extractor.ingest.docx.styles import BOLD, ITALIC
from extractor.ingest.html.lists import (
    ListState,
    is_label_filler,
    next_label,
    open_list,
    read_filtered_label,
    read_mso_label,
    read_mso_level,
)
from extractor.ingest.html.notes import is_note_mark, side_part
from extractor.ingest.html.styles import (
    BLOCKS,
    DROPPED,
    Properties,
    Sheet,
    inner_text,
    is_hidden,
    read_look,
    read_properties,
)
from extractor.ingest.html.tables import TableState
from extractor.ingest.limits import Limits

_LISTS = names("", "ul ol menu dir")
_SPACE = re.compile("[ \t\n\r\f]+")
_HEADING = re.compile("h([1-6])")
_NO_PROPERTIES: Properties = {}


@dataclass(slots=True)
class Frame:
    """What holds inside one open element."""

    tag: str
    block: str = ""  # tag of the nearest element that stands on lines of its own
    weight: int = 0
    align: str | None = None
    pre: bool = False
    heading: int | None = None
    lists: ListState | None = None
    table: TableState | None = None
    cell: CellMark | None = None
    exits: ExitStack | None = None


@dataclass(slots=True)
class _Current:
    """The line that is being collected."""

    inline: Inline = field(default_factory=Inline)
    breaks: int = 0  # line breaks behind its last letter
    shown: bool = False  # whether it takes room on the page even without letters
    align: str | None = None
    heading: int | None = None


class Walker:
    """Reads one page into the writer."""

    def __init__(self, writer: BlockWriter, sheet: Sheet, limits: Limits) -> None:
        self.tally = Tally()
        self._writer, self._sheet, self._limits = writer, sheet, limits
        self._frames = [Frame("")]
        self._line = _Current()
        self._pending: tuple[str | None, int | None] | None = None  # label of the item that begins
        self._looks: dict[tuple[str, str], Properties] = {}

    def read(self, root: _Element) -> None:
        """All that the page shows below this element."""
        nodes: list[_Element] = []
        below = [iter((root,))]
        while below:
            element = next(below[-1], None)
            if element is not None:
                if isinstance(element.tag, str) and self._enter(element):
                    nodes.append(element)
                    below.append(iter(element))
                    self._add(element.text)
                elif nodes:
                    self._add(element.tail)
                continue
            below.pop()
            if nodes:
                left = nodes.pop()
                self._leave()
                self._add(left.tail if nodes else None)
        self._flush()

    # elements

    def _enter(self, element: _Element) -> bool:
        """Whether what is inside is read; the frame is open then."""
        tag = element.tag.lower().rpartition("}")[2]
        if tag == "br":
            self._break()
            return False
        if tag in DROPPED:
            if tag == "hr":
                self._flush()
            return False
        style = read_properties(element.get("style") or "")
        if is_hidden(element, style):
            self.tally.hidden += bool(inner_text(element).strip())
            return False
        if self._is_special(tag, element, style):
            return False
        self._open(tag, element, style)
        return True

    def _is_special(self, tag: str, element: _Element, style: Properties) -> bool:
        """Marks of word processors that are no text of the page; what they mean is taken in."""
        if style.get("mso-list", "").lower() == "ignore":
            level = self._pending[1] if self._pending else None
            self._pending = (read_mso_label(element), level or 0)
            return True
        if "font" in style and is_label_filler(element, style):
            label = read_filtered_label(self._line.inline.text(), element)
            if label is not None and not self._pending:
                self._pending, self._line.inline = (label, 0), Inline()
            return False
        if "mso-tab-count" in style:
            self._put("\t")
            return True
        if tag == "del" and (element.get("datetime") or element.get("cite")):
            self.tally.deletions += 1
            return True
        return is_note_mark(tag, element, style)

    def _open(self, tag: str, element: _Element, style: Properties) -> None:
        said = self._said(tag, element, style)
        look, above = read_look(tag, element, style, said), self._frames[-1]
        weight = above.weight
        for switch, bit in ((look.bold, BOLD), (look.italic, ITALIC)):
            weight = weight if switch is None else weight | bit if switch else weight & ~bit
        pre = above.pre if look.pre is None else look.pre
        frame = replace(
            above, tag=tag, weight=weight, align=look.align or above.align, pre=pre, cell=None, exits=None
        )
        if tag in BLOCKS:
            frame.block = tag
            self._flush()
            self._open_block(tag, element, frame, said)
        self._frames.append(frame)

    def _said(self, tag: str, element: _Element, style: Properties) -> Properties:
        """What the sheets and the element's own style say."""
        classes = element.get("class") or ""
        from_sheet = self._looks.get((tag, classes))
        if from_sheet is None:
            from_sheet = self._looks[tag, classes] = self._sheet.get(tag, classes)
        return {**from_sheet, **style} if from_sheet else style

    def _open_block(self, tag: str, element: _Element, frame: Frame, said: Properties) -> None:
        part = side_part(tag, element, said)
        if part is not None and self._writer.part != part:
            frame.exits = ExitStack()
            frame.exits.enter_context(self._writer.aside(part))
        heading = _HEADING.fullmatch(tag)
        if heading:
            frame.heading = int(heading[1])
        elif tag in _LISTS:
            self._pending = None
            frame.lists = open_list(tag, element, said, frame.lists.depth + 1 if frame.lists else 0)
        elif tag == "li":
            state = frame.lists or ListState(None, "•", 0)
            label = next_label(state, element, said)
            self._pending = (label, None if label is None else state.depth)
        elif tag == "table":
            self._open_table(frame)
        elif tag == "tr" and frame.table:
            frame.table.open_row()
        elif tag in ("td", "th") and frame.table:
            self._open_cell(element, frame, frame.table)
        elif tag == "p":
            level = read_mso_level(said)
            if level is not None:
                self._pending = (None, level)

    def _leave(self) -> None:
        frame = self._frames.pop()
        tag = frame.tag
        if tag not in BLOCKS:
            return
        self._flush()
        if tag == "li" and self._pending:
            if self._pending[0] is not None:
                self._write("", self._line)
            self._pending = None
        elif frame.cell is not None:
            self._writer.close_cell(frame.cell)
        elif tag == "tr" and frame.table:
            frame.table.in_row = False
        elif tag == "table" and frame.table and frame.table.number is not None:
            table = frame.table
            if table.reach > table.row:
                self._writer.trim_rows(table.start, frame.table.number, table.row)
            self._writer.close_table()
        if frame.exits is not None:
            frame.exits.close()

    def _open_table(self, frame: Frame) -> None:
        place = self._writer.place
        frame.table = TableState(place.here if place else None, len(self._writer.blocks))
        frame.align, frame.lists, self._pending = None, None, None

    def _open_cell(self, element: _Element, frame: Frame, table: TableState) -> None:
        first = table.number is None
        if table.number is None:
            table.number = self._writer.open_table()
        if not table.in_row:
            table.open_row()
        column, across, down = table.place_cell(element, self._limits)
        place = Place(table.number, table.row, column, down, across, table.inside)
        frame.cell = self._writer.open_cell(place, first=first)
        frame.lists, self._pending = None, None

    # text

    def _add(self, text: str | None) -> None:
        if not text:
            return
        frame = self._frames[-1]
        if frame.pre:
            for number, part in enumerate(text.split("\n")):
                if number:
                    self._break()
                self._put(part)
        else:
            self._put(_SPACE.sub(" ", text))

    def _put(self, text: str) -> None:
        line, frame = self._line, self._frames[-1]
        if not text:
            return
        if not line.inline.pieces:
            if text == " ":
                return
            line.align, line.heading = frame.align, frame.heading
        if text != " ":
            line.shown = True
            line.breaks = 0
        line.inline.pieces.append(text.replace("\u2011", "-"))
        line.inline.weights.append(frame.weight)

    def _break(self) -> None:
        """A line break. Outside a p a second one ends the paragraph, and further ones are empty lines."""
        line, frame = self._line, self._frames[-1]
        if line.inline.pieces and (not line.breaks or frame.block == "p"):
            line.breaks = 1
            line.inline.pieces.append("\n")
            line.inline.weights.append(frame.weight)
        elif frame.block == "p":
            line.shown = True
        else:
            self._flush()
            self._writer.write(Line(""))

    def _flush(self) -> None:
        """The end of a line: a block, or a gap where the page shows an empty line."""
        line = self._line
        if not line.shown and not line.inline.pieces:
            return
        self._line = _Current()
        text = clean_text(line.inline.text())
        if text or line.shown:
            self._write(text, line)

    def _write(self, text: str, line: _Current) -> None:
        label, level = self._pending or (None, None)
        if text:
            self._pending = None
        lettered = _drop_blanks(line.inline)
        self._writer.write(
            Line(
                text,
                bold=lettered.share(BOLD),
                italic=lettered.share(ITALIC),
                label=label,
                level=None if label is None else level,
                heading=line.heading,
                align=line.align,
            )
        )


def _drop_blanks(inline: Inline) -> Inline:
    """The line without the white space that the lines of the file leave around its pieces."""
    kept = [
        (piece, weight) for piece, weight in zip(inline.pieces, inline.weights, strict=True) if piece.strip()
    ]
    return Inline([piece for piece, _ in kept], [weight for _, weight in kept])
