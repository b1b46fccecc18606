"""The walk through the stories of a Word document: each paragraph and cell becomes a block."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lxml.etree import Element, _Element

from extractor.errors import TooLarge
from extractor.ingest.clean import clean_text
from extractor.ingest.docx.inline import (
    Inline,
    InlineReader,
    Tally,
    choose,
    diagram_id,
    shape_text,
)
from extractor.ingest.docx.names import A_P, A_T, ALTERNATE, DELETED, DGM, RUN, SILENT, TBL, TBOX, TEXT, P, W
from extractor.ingest.docx.numbering import Counters, Lists
from extractor.ingest.docx.styles import BOLD, ITALIC, Style, Styles
from extractor.ingest.docx.tables import Cell, Grid, lay_out
from extractor.ingest.limits import Limits
from extractor.model.source import Block

_NOTES = frozenset((W + "footnote", W + "endnote", W + "comment"))
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NO_CELL = Cell(Element(P), "", 0, 0)
_CHUNK = W + "altChunk"


class Place(NamedTuple):
    """The cell that blocks are read into."""

    table: int
    cell: Cell
    inside: tuple[int, int, int] | None

    @property
    def here(self) -> tuple[int, int, int]:
        return (self.table, self.cell.row, self.cell.column)


class _Line(NamedTuple):
    """A paragraph that is ready to become a block."""

    text: str
    inline: Inline
    style: Style
    label: tuple[str, int] | None
    address: str


class Walker:
    """Reads stories one after another into one list of blocks."""

    def __init__(self, name: str, styles: Styles, lists: Lists, limits: Limits) -> None:
        self.diagrams: Callable[[str], _Element | None] = lambda relation_id: None
        self.blocks: list[Block] = []
        self.tally = Tally()
        self._name, self._styles, self._lists, self._limits = name, styles, lists, limits
        self._inline = InlineReader(styles, self.tally)
        self._tables = self._cells = self._depth = 0
        self._box_counters = Counters(lists)
        self._part = "body"
        self._counters = Counters(lists)
        self._gap = 0
        self._lone: list[_Line] = []  # numbers without a text in the cell that is being read
        self._carried: list[Inline] = []  # paragraphs whose mark is deleted: they go on in the next one

    def story(self, container: _Element, part: str, address: str) -> None:
        """One story: the body, a header, a note. Lists are counted anew in each."""
        self._part, self._counters, self._gap, self._carried = part, Counters(self._lists), 0, []
        self._flow(container, address, None)

    def side_story(self, root: _Element, part: str, name: str) -> None:
        """A part beside the body: every note of it, or the whole header."""
        if part not in ("footnote", "comment"):
            self.story(root, part, f"{name}#")
            return
        number = 0
        for child in root:
            if child.tag in _NOTES:
                number += 1
                if child.get(W + "type") not in _SEPARATORS:
                    self.story(child, part, f"{name}#/{child.tag.rpartition('}')[2]}[{number}]")

    def mark(self) -> tuple[int, int]:
        return len(self.blocks), self._tables

    def back_to(self, mark: tuple[int, int]) -> None:
        """Forget all blocks and tables since the mark."""
        del self.blocks[mark[0] :]
        self._tables = mark[1]

    # block level

    def _flow(self, container: _Element, address: str, place: Place | None) -> None:
        paragraphs = 0
        counts: dict[str, int] = {}
        for child in container:
            tag = child.tag
            if tag == P:
                paragraphs += 1
                self._paragraph(child, f"{address}/p[{paragraphs}]", place)
                continue
            if tag in SILENT or not isinstance(tag, str):
                self.tally.chunks += tag == _CHUNK
                continue
            name = tag.rpartition("}")[2]
            counts[name] = counts.get(name, 0) + 1
            self._block(child, f"{address}/{name}[{counts[name]}]", place)
        if self._carried:
            self._emit(self._joined(Inline()), address, place)

    def _block(self, element: _Element, address: str, place: Place | None) -> None:
        tag = element.tag
        if tag == TBL:
            self._table(element, address, place)
        elif tag in DELETED:
            self.tally.deletions += 1
        elif tag == ALTERNATE:
            chosen = choose(element)
            if chosen is not None:
                self._flow(chosen, address, place)
        elif tag in (RUN, TEXT, A_T) or tag == TBOX:
            self._paragraph_of(element, address, place)
        elif len(element):
            self._flow(element, address, place)

    def _paragraph_of(self, stray: _Element, address: str, place: Place | None) -> None:
        """A run outside any paragraph, which no Word writes, is a paragraph of its own."""
        holder = stray.makeelement(P)
        parent, at = stray.getparent(), 0
        if parent is not None:
            at = parent.index(stray)
            holder.append(stray)
            parent.insert(at, holder)
        self._paragraph(holder, address, place)

    def _paragraph(self, paragraph: _Element, address: str, place: Place | None) -> None:
        inline = self._inline.read(paragraph)
        self.tally.hidden += inline.hidden
        if inline.properties.mark_gone and (inline.pieces or not inline.boxes):
            self._carried.append(inline)
            return
        if self._carried:
            inline = self._joined(inline)
        self._emit(inline, address, place)

    def _joined(self, last: Inline) -> Inline:
        parts, self._carried = [*self._carried, last], []
        return Inline(
            pieces=[piece for part in parts for piece in part.pieces],
            weights=[weight for part in parts for weight in part.weights],
            boxes=[box for part in parts for box in part.boxes],
            properties=last.properties,
        )

    def _emit(self, inline: Inline, address: str, place: Place | None) -> None:
        """The block of one paragraph, or a larger gap, and then the boxes that hang on it."""
        style = self._styles.get(inline.properties.style)
        text = clean_text(inline.text())
        vanished = inline.hidden > 0 and not text
        label = None if vanished else self._label(inline, style)
        if text:
            self._append(_Line(text, inline, style, label, address), place)
        elif not vanished:
            self._gap += 1
            if place and label:
                self._lone.append(_Line("", inline, style, label, address))
        for number, box in enumerate(inline.boxes, 1):
            self._box(box, f"{address}/txbx[{number}]")

    def _append(self, line: _Line, place: Place | None) -> None:
        number, text = len(self.blocks), line.text
        if number >= self._limits.blocks or len(text) > self._limits.line_chars:
            raise self._too_large("слишком много текста для плана")
        properties, style, inline = line.inline.properties, line.style, line.inline
        label, level = line.label or (None, None)
        cell = place.cell if place else _NO_CELL
        self.blocks.append(
            Block(
                id=number,
                kind="cell" if place else "list_item" if label is not None else "paragraph",
                text=text,
                part=self._part,
                address=line.address,
                table=place.table if place else None,
                row=cell.row or None,
                column=cell.column or None,
                row_span=cell.row_span,
                col_span=cell.col_span,
                inside=place.inside if place else None,
                label=label,
                level=level,
                style=style.name,
                heading=properties.heading if properties.heading_set else style.heading,
                bold=inline.share(BOLD),
                italic=inline.share(ITALIC),
                align=properties.align or style.align,
                gap=self._gap,
            )
        )
        self._gap = 0

    def _label(self, inline: Inline, style: Style) -> tuple[str, int] | None:
        """Label and level of a list item; counts the item even where it has no label."""
        properties = inline.properties
        num_id = properties.num_id if properties.num_id is not None else style.num_id
        if num_id is None or num_id == "0":
            return None
        level = properties.level
        if level is None and properties.num_id is None:
            found = self._lists.get(num_id)
            level = found.level_of_style(style.id) if found is not None else None
        if level is None:
            level = style.level or 0
        label = self._counters.label(num_id, level)
        return None if label is None else (label, level)

    # tables

    def _table(self, table: _Element, address: str, place: Place | None) -> None:
        grid = lay_out(table, address, self._limits)
        self._count_left_out(grid)
        if not grid.cells:
            return
        self._depth += 1
        self._tables += 1
        number = self._tables
        self._cells += len(grid.cells)
        if self._depth > self._limits.table_depth or self._cells > self._limits.cells:
            raise self._too_large("слишком много ячеек или вложенных таблиц")
        for at, cell in enumerate(grid.cells):
            if at:
                self._gap = 0
            self._cell(Place(number, cell, place.here if place else None))
        self._gap = 0
        self._depth -= 1

    def _cell(self, place: Place) -> None:
        """The blocks of a cell; without text, one for each number in it, or one that is empty."""
        before, gap, lone = len(self.blocks), self._gap, self._lone
        self._lone = []
        self._flow(place.cell.element, place.cell.address, place)
        if all(block.part != self._part for block in self.blocks[before:]):
            empty = _Line("", Inline(), self._styles.default, None, f"{place.cell.address}/p[1]")
            self._gap = gap
            for line in self._lone or [empty]:
                self._append(line, place)
        self._lone = lone

    def _count_left_out(self, grid: Grid) -> None:
        self.tally.deletions += grid.deleted_rows
        self.tally.hidden += grid.hidden_rows
        for element in grid.covered or ():
            if any((text.text or "").strip() for text in element.iter(TEXT)):
                self.tally.covered += 1

    # boxes

    def _box(self, box: _Element, address: str) -> None:
        """A text box, a shape, WordArt or a diagram, after the paragraph that it hangs on."""
        kept = self._part, self._counters, self._gap, self._carried
        self._part, self._counters, self._gap, self._carried = "textbox", self._box_counters, 0, []
        text, diagram = shape_text(box), diagram_id(box)
        if text is not None:
            self._emit(Inline([text], [0]), address, None)
        elif diagram is not None:
            self._diagram(diagram, address)
        else:
            self._depth += 1
            if self._depth > self._limits.table_depth:
                raise self._too_large("слишком глубоко вложены надписи")
            self._flow(box, address, None)
            self._depth -= 1
        self._part, self._counters, self._gap, self._carried = kept

    def _diagram(self, relation_id: str, address: str) -> None:
        root = self.diagrams(relation_id)
        if root is None:
            return
        for point in root.iter(DGM + "pt"):
            settings = point.find(DGM + "prSet")
            if settings is not None and settings.get("phldr") == "1":
                continue  # «[Текст]», which nobody filled in
            for paragraph in point.iter(A_P):
                self._emit(Inline([shape_text(paragraph) or ""], [0]), address, None)

    def _too_large(self, what: str) -> TooLarge:
        return TooLarge(f"В файле «{self._name}» {what}, сохраните план отдельным документом.")
