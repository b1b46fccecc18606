"""The grid of an HTML table that is being read: where the next cell stands, what hangs down into its row."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element

from extractor.ingest.html.lists import read_integer
from extractor.ingest.limits import Limits

_ROWSPAN = 65534  # the limit of HTML
_HANGING = 200  # spans that hang into one row; further ones are taken as one row high


@dataclass
class TableState:
    """One table; rows and columns count from 1."""

    inside: tuple[int, int, int] | None
    start: int  # blocks of the document before it
    number: int | None = None  # known from its first cell on
    row: int = 0
    column: int = 1
    in_row: bool = False
    reach: int = 0  # the last row that a cell claims
    hanging: list[tuple[int, int, int]] = field(default_factory=list)  # first and last column, last row

    def open_row(self) -> None:
        self.row += 1
        self.column, self.in_row = 1, True
        self.hanging = [span for span in self.hanging if span[2] >= self.row]

    def place_cell(self, cell: _Element, limits: Limits) -> tuple[int, int, int]:
        """Column, column span and row span of the next cell of the row."""
        across = min(max(read_integer(cell.get("colspan")) or 1, 1), limits.columns)
        down = read_integer(cell.get("rowspan"))
        down = _ROWSPAN if down == 0 else min(max(down or 1, 1), _ROWSPAN)
        column = self.column
        for first, last, until in self.hanging:
            if until >= self.row and first <= column <= last:
                column = last + 1
        self.column = column + across
        self.reach = max(self.reach, self.row + down - 1)
        if down > 1:
            self._hang(column, column + across - 1, self.row + down - 1)
        return column, across, down

    def _hang(self, first: int, last: int, until: int) -> None:
        """Remember a span for the rows below; it never applies to its own row, whose cells come behind it."""
        for at, (left, right, other) in enumerate(self.hanging):
            if other == until and right + 1 == first:
                self.hanging[at] = (left, last, until)
                return
        if len(self.hanging) < _HANGING:
            self.hanging.append((first, last, until))
            self.hanging.sort()
