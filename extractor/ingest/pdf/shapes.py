"""What a page of a PDF is made of once it is read: lines, and tables with their cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.ingest.pdf.lines import Line


@dataclass(slots=True)
class Cell:
    """A cell with its lines; `row` and `row_end` are counted in the table, the sides in points."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    row_end: int
    page: int
    lines: list[Line] = field(default_factory=list)
    nested: list[Table] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join([line.text for line in self.lines])


@dataclass(slots=True)
class Table:
    """A table on one page, later on several; rows count from 0."""

    cells: list[Cell]
    rows: int
    left: float
    top: float
    right: float
    bottom: float
    page: int
    last_page: int
    edges: tuple[float, ...] = ()  # where no lines are drawn: where the text of each column begins


@dataclass(slots=True)
class PageContent:
    """What stands on a page, in reading order."""

    number: int
    width: float
    height: float
    items: list[Line | Table]
    letters: int
    pictures: int
    text_area: tuple[float, float]
    text: str = ""  # what the page says, for judging its text layer
    notes_top: float | None = None  # below it stand footnotes
