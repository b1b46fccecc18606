"""Lines and tables of a PDF as blocks of a source."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extractor.errors import TooLarge
from extractor.ingest.limits import Limits
from extractor.ingest.pdf.lines import Line
from extractor.ingest.pdf.margins import Margins
from extractor.ingest.pdf.paragraphs import Paragraph, make_paragraphs
from extractor.ingest.pdf.shapes import Cell, Table
from extractor.ingest.pdf.tables import merge_sides
from extractor.model.source import Block

Place = tuple[int, int, int]


def make_blocks(
    items: Sequence[Line | Table],
    repeated: Sequence[Line],
    margins: Margins,
    *,
    notes: Sequence[Paragraph] = (),
    limits: Limits,
    name: str,
) -> list[Block]:
    """The blocks in reading order; footnotes, page headers, footers and repeated headings stand at the end."""
    writer = _Writer(limits, name)
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
            continue
        writer.add_text(lines)
        lines = []
        writer.add_table(item)
    writer.add_text(lines)
    for note in notes:
        writer.add_note(note)
    writer.add_margins([("header", line) for line in repeated])
    writer.add_margins(margins)
    return writer.blocks


class _Writer:
    def __init__(self, limits: Limits, name: str) -> None:
        self.blocks: list[Block] = []
        self.limits, self.name = limits, name
        self.tables = 0

    def add_text(self, lines: Sequence[Line]) -> None:
        for paragraph in make_paragraphs(lines):
            self._add(paragraph)

    def add_margins(self, margins: Margins) -> None:
        seen: set[tuple[str, str]] = set()
        for part, line in margins:
            if (part, line.text) not in seen:
                seen.add((part, line.text))
                self._add(Paragraph([line]).settle(), part=part)

    def add_note(self, note: Paragraph) -> None:
        self._add(note, part="footnote")

    def add_table(self, table: Table, inside: Place | None = None) -> None:
        self.tables += 1
        number = self.tables
        sides = merge_sides(side for cell in table.cells for side in (cell.left, cell.right))
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.left)):
            column = _place(sides, cell.left)
            span = max(_place(sides, cell.right) - column, 1)
            place = (number, cell.row + 1, column + 1)
            self._add_cell(cell, place, span, inside)
            for nested in cell.nested:
                self.add_table(nested, place)

    def _add_cell(self, cell: Cell, place: Place, span: int, inside: Place | None) -> None:
        paragraphs: Iterable[Paragraph | None] = make_paragraphs(cell.lines) or (
            [] if cell.nested else [None]
        )
        box = (round(cell.left, 1), round(cell.top, 1), round(cell.right, 1), round(cell.bottom, 1))
        for paragraph in paragraphs:
            self._check()
            block = Block(
                id=len(self.blocks),
                kind="cell",
                text=paragraph.text if paragraph else "",
                page=paragraph.page if paragraph else cell.page,
                bbox=paragraph.bbox if paragraph else box,
                table=place[0],
                row=place[1],
                column=place[2],
                row_span=cell.row_end - cell.row,
                col_span=span,
                inside=inside,
                label=paragraph.label if paragraph else None,
                bold=paragraph.bold if paragraph else 0.0,
                italic=paragraph.italic if paragraph else 0.0,
                align=paragraph.align if paragraph else None,
                gap=paragraph.gap if paragraph else 0,
            )
            self.blocks.append(block)

    def _add(self, paragraph: Paragraph, part: str = "body") -> None:
        self._check()
        self.blocks.append(
            Block(
                id=len(self.blocks),
                kind="list_item" if paragraph.label else "paragraph",
                text=paragraph.text,
                part=part,
                page=paragraph.page,
                bbox=paragraph.bbox,
                label=paragraph.label,
                bold=paragraph.bold,
                italic=paragraph.italic,
                align=paragraph.align if part == "body" else None,
                gap=paragraph.gap,
            )
        )

    def _check(self) -> None:
        if len(self.blocks) >= self.limits.blocks:
            raise TooLarge(f"В файле «{self.name}» слишком много текста для плана, разделите его на части.")


def _place(sides: list[float], side: float) -> int:
    """The number of the side that is nearest."""
    at = bisect_left(sides, side)
    if at > 0 and (at == len(sides) or side - sides[at - 1] <= sides[at] - side):
        at -= 1
    return at
