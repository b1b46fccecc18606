"""Blocks made one after another by the readers of OpenDocument and HTML, under the limits of reading.

What the reader of Word documents does at the same places: an empty paragraph widens the gap before the next
block, an empty cell gives one empty block, a cell with nothing but list numbers one block for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from msgspec.structs import replace

from extractor.errors import TooLarge
from extractor.ingest.limits import LIMITS, Limits
from extractor.model.source import Block

_PARTS = ("body", "textbox"), ("footnote",), ("comment",), ("header",), ("footer",)


class Line(NamedTuple):
    """A paragraph that is ready to become a block; its text is clean."""

    text: str
    bold: float = 0.0
    italic: float = 0.0
    label: str | None = None
    level: int | None = None
    style: str | None = None
    heading: int | None = None
    align: str | None = None


class Place(NamedTuple):
    """The cell that blocks are written into."""

    table: int
    row: int
    column: int
    row_span: int = 1
    col_span: int = 1
    inside: tuple[int, int, int] | None = None

    @property
    def here(self) -> tuple[int, int, int]:
        return (self.table, self.row, self.column)


class CellMark(NamedTuple):
    """How things stood when a cell began."""

    blocks: int
    gap: int
    lone: list[Line]
    place: Place | None


class BlockWriter:
    """The blocks of one document so far, and the place where the next one goes."""

    def __init__(self, name: str, limits: Limits = LIMITS) -> None:
        self.blocks: list[Block] = []
        self.part = "body"
        self.gap = 0
        self.place: Place | None = None
        self._name, self._limits = name, limits
        self._tables = self._cells = self._depth = 0
        self._lone: list[Line] = []  # list numbers without a text in the cell that is being written

    def write(self, line: Line) -> None:
        """The block of one paragraph; without text only a larger gap."""
        if line.text:
            self._append(line)
            return
        self.gap += 1
        if self.place and line.label:
            self._lone.append(line)

    def open_table(self) -> int:
        """The number of a table that begins here. Raises TooLarge where tables lie too deep."""
        self._depth += 1
        self._tables += 1
        if self._depth > self._limits.table_depth:
            raise self.too_large("слишком глубоко вложены таблицы")
        return self._tables

    def close_table(self) -> None:
        self._depth -= 1
        self.gap = 0

    def open_cell(self, place: Place, *, first: bool) -> CellMark:
        """Blocks go into this cell until it is closed with the mark that this gives."""
        self._cells += 1
        if self._cells > self._limits.cells:
            raise self.too_large("слишком много ячеек")
        if not first:
            self.gap = 0
        mark = CellMark(len(self.blocks), self.gap, self._lone, self.place)
        self.place, self._lone = place, []
        return mark

    def close_cell(self, mark: CellMark) -> None:
        """The end of a cell; one that stayed empty gets its empty block, or one for each number in it."""
        if all(block.part != self.part for block in self.blocks[mark.blocks :]):
            self.gap = mark.gap
            for line in self._lone or [Line("")]:
                self._append(line)
        self.place, self._lone = mark.place, mark.lone

    @contextmanager
    def aside(self, part: str) -> Iterator[None]:
        """What is written inside belongs to another part: a text box, a note."""
        kept = self.part, self.gap, self.place, self._lone
        self.part, self.gap, self.place, self._lone = part, 0, None, []
        yield
        self.part, self.gap, self.place, self._lone = kept

    def trim_rows(self, start: int, table: int, rows: int) -> None:
        """Cells that claim more rows than the table has end with it; its blocks begin at `start`."""
        for at in range(start, len(self.blocks)):
            block = self.blocks[at]
            if block.table == table and block.row and block.row + block.row_span - 1 > rows:
                self.blocks[at] = replace(block, row_span=max(1, rows - block.row + 1))

    def ordered(self) -> tuple[Block, ...]:
        """All blocks: the body first, then notes, comments, headers and footers, as in Word documents."""
        if all(block.part in _PARTS[0] for block in self.blocks):
            return tuple(self.blocks)
        placed = [block for parts in _PARTS for block in self.blocks if block.part in parts]
        return tuple(replace(block, id=number) for number, block in enumerate(placed))

    def too_large(self, what: str) -> TooLarge:
        return TooLarge(f"В файле «{self._name}» {what}, сохраните план отдельным документом.")

    def _append(self, line: Line) -> None:
        number, place = len(self.blocks), self.place
        if number >= self._limits.blocks or len(line.text) > self._limits.line_chars:
            raise self.too_large("слишком много текста для плана")
        self.blocks.append(
            Block(
                id=number,
                kind="cell" if place else "list_item" if line.label is not None else "paragraph",
                text=line.text,
                part=self.part,
                table=place.table if place else None,
                row=place.row if place else None,
                column=place.column if place else None,
                row_span=place.row_span if place else 1,
                col_span=place.col_span if place else 1,
                inside=place.inside if place else None,
                label=line.label,
                level=line.level,
                style=line.style,
                heading=line.heading,
                bold=line.bold,
                italic=line.italic,
                align=line.align,
                gap=self.gap,
            )
        )
        self.gap = 0
