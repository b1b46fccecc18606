"""What the segmenter makes of a source: lines, tables and the parts of the plan they belong to."""

from __future__ import annotations

import msgspec

from extractor.model.passage import Passage
from extractor.model.source import Block


class Mark(msgspec.Struct, frozen=True):
    """The mark at the head of a list item: «1.», «II.», «а)», «-»."""

    kind: str  # decimal | multi | roman | letter | bullet | words
    number: str | None  # without the closing sign: "1", "1.2", "II", "а"; None for a bullet
    at: Passage  # the typed mark; empty where Word makes it


class Line(msgspec.Struct, frozen=True):
    """One line as the author broke it: the whole of it, its mark, and what follows the mark."""

    whole: Passage
    body: Passage
    block: Block
    mark: Mark | None = None
    first: bool = True  # the first line of its block

    @property
    def text(self) -> str:
        return self.whole.text

    @property
    def mark_kind(self) -> str | None:
        return self.mark.kind if self.mark else None


class Cell(msgspec.Struct, frozen=True):
    row: int
    column: int
    row_span: int
    col_span: int
    lines: tuple[Line, ...]
    text: Passage  # all lines joined
    label: str | None = None  # the number that Word makes in a cell without words
    nested: tuple[Grid, ...] = ()  # tables inside the cell

    @property
    def empty(self) -> bool:
        """Whether the cell holds nothing, or only a dash."""
        return not any(c.isalnum() for c in self.text.text) and '"' not in self.text.text


class Row(msgspec.Struct, frozen=True):
    number: int
    cells: tuple[Cell, ...]  # that begin in this row
    above: tuple[Cell, ...] = ()  # merged cells that reach into it from above


class Column(msgspec.Struct, frozen=True):
    """A column's meaning: its roles (several for «Сроки, место проведения») and its heading."""

    index: int
    roles: tuple[str, ...]
    heading: str
    by: str  # heading | content
    runner_up: str | None = None  # the role that its cells would have next; read for `--explain` only


class Band(msgspec.Struct, frozen=True):
    """Rows of a table under one heading."""

    columns: tuple[Column, ...]
    heading: tuple[Passage, ...]
    rows: tuple[Row, ...]


class Grid(msgspec.Struct, frozen=True):
    """A table: its number in the document and its bands of rows."""

    number: int
    width: int
    rows: tuple[Row, ...]
    bands: tuple[Band, ...] = ()
    inside: tuple[int, int, int] | None = None


class Part(msgspec.Struct, frozen=True):
    """A stretch of the document that says one thing.

    `kind` is a field of the record (themes, goals, …), or title, approval, head, members, meeting,
    item, speaker, meeting.theme …, section, caption, month, table, furniture, prose.
    """

    kind: str
    rule: str
    label: Passage
    lines: tuple[Line, ...] = ()
    table: Grid | None = None
    misspelt: str | None = None  # the label as it should be spelt
    runner_up: str | None = None  # «rule → kind» that would have come next; read for `--explain` only


class Outline(msgspec.Struct, frozen=True):
    parts: tuple[Part, ...]
