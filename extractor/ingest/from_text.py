"""Text files, plain or with the marks of Markdown, as blocks like those of a Word file."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from extractor.errors import TooLarge
from extractor.ingest.encoding import decode_text
from extractor.ingest.limits import LIMITS
from extractor.ingest.text.flow import Piece, read_flow
from extractor.ingest.text.layout import PAGE_BREAK
from extractor.ingest.text.marks import Marked, read_marks, spread_bold, take_bullet, take_heading
from extractor.ingest.text.paragraphs import Wrap, find_wrap, join_lines
from extractor.ingest.text.shapes import Cell, free_ranges, is_blank
from extractor.ingest.text.spread import draw_together
from extractor.ingest.text.tables import find_tables
from extractor.model.source import Block, Source


def read_text(path: Path, data: bytes, *, encoding: str | None = None) -> Source:
    """The blocks of a text file: paragraphs, list items and the cells of its tables.

    Raises `UsageProblem` for an unknown encoding, `DamagedFile` for one that does not fit the bytes,
    `TooLarge` for a line or a number of paragraphs above `LIMITS`.
    """
    decoded = decode_text(data, encoding)
    lines = spread_bold(_split_lines(decoded.text))
    blocks = tuple(itertools.islice(_read_blocks(lines), LIMITS.blocks + 1))
    if len(blocks) > LIMITS.blocks:
        raise TooLarge(f"В файле больше {LIMITS.blocks} абзацев: разделите его на отдельные планы.")
    return Source(
        name=path.name,
        format="text",
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        blocks=blocks,
        encoding=decoded.encoding,
        notes=decoded.notes,
    )


def _split_lines(text: str) -> list[str]:
    """The lines of the text; a form feed ends a line, a vertical tab stays a break inside one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if "\f" in text:
        text = text.replace("\n\f", "\f").replace("\f", f"\n{PAGE_BREAK}\n")
    lines = text.split("\n")
    longest = max(map(len, lines))
    if longest > LIMITS.line_chars:
        raise TooLarge(
            f"В файле есть строка из {longest} знаков, предел — {LIMITS.line_chars}: разбейте её на абзацы."
        )
    return lines


def _read_blocks(lines: Sequence[str]) -> Iterator[Block]:
    """The blocks of the lines, in reading order."""
    flow = read_flow(lines)
    if flow is not None:
        yield from _flow_blocks(flow)
        return
    drawn = draw_together(lines)
    lines = lines if drawn is None else drawn
    tables = find_tables(lines)
    wrap = Wrap() if drawn is not None else find_wrap(lines, list(free_ranges(len(lines), tables)))
    count = at = 0
    for number, table in enumerate(tables, 1):
        gap = _count_blank_end(lines, at, table.start)
        for block in _text_blocks(lines[at : table.start], wrap, count):
            yield block
            count += 1
        for block in _cell_blocks(table.cells, number, count, gap):
            yield block
            count += 1
        at = table.end
    yield from _text_blocks(lines[at:], wrap, count)


def _block(number: int, label: str | None, text: str, gap: int) -> Block:
    """A paragraph, or an item where a label stands before it."""
    return Block(id=number, kind="list_item" if label else "paragraph", text=text, label=label, gap=gap)


def _flow_blocks(flow: Iterable[Piece]) -> Iterator[Block]:
    """The paragraphs and list items of a text out of a PDF."""
    count = 0
    for piece in flow:
        label, text = take_bullet(piece.text)
        if not text:
            continue
        yield replace(_block(count, label, text, piece.gap), beside=piece.beside)
        count += 1


def _count_blank_end(lines: Sequence[str], start: int, end: int) -> int:
    """How many empty lines stand before line `end`, looking back to `start`."""
    at = end
    while at > start and is_blank(lines[at - 1]):
        at -= 1
    return end - at


def _text_blocks(lines: Sequence[str], wrap: Wrap, count: int) -> Iterator[Block]:
    """The paragraphs and list items of lines without tables; ids from `count`."""
    for part in join_lines(lines, wrap):
        level, raw = take_heading(part.text)
        marked = read_marks(raw)
        label, text = take_bullet(marked.text) if level is None else (None, marked.text)
        if not text:
            continue
        block = _block(count, label, text, part.gap)
        yield replace(block, heading=level, bold=marked.bold, italic=marked.italic)
        count += 1


def _cell_blocks(cells: Iterable[Cell], table: int, count: int, gap: int) -> Iterator[Block]:
    """The blocks of the cells of one table, at least one a cell; ids from `count`."""
    for cell in cells:
        for place, (gap_inside, label, marked) in enumerate(_read_parts(cell)):
            yield Block(
                id=count,
                kind="cell",
                text=marked.text,
                table=table,
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                col_span=cell.col_span,
                label=label,
                bold=marked.bold,
                italic=marked.italic,
                gap=gap_inside if place else gap,
            )
            gap = 0
            count += 1


def _read_parts(cell: Cell) -> list[tuple[int, str | None, Marked]]:
    """Gap, bullet and text of each paragraph of a cell; one empty paragraph where it has none."""
    read: list[tuple[int, str | None, Marked]] = []
    for part in cell.parts:
        marked = read_marks(part.text)
        label, text = take_bullet(marked.text)
        if text:
            read.append((part.gap, label, marked._replace(text=text)))
    return read or [(0, None, Marked(""))]
