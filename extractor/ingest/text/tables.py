"""The tables of a text file, in the shapes in which converters leave them.

The finders know signs and places only. Each answers with the tables it is sure of; what none
claims stays running text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.ingest.text.grids import find_frames, find_pipes
from extractor.ingest.text.layout import find_layout
from extractor.ingest.text.shapes import Table, free_ranges
from extractor.ingest.text.tab_cells import find_tab_cells
from extractor.ingest.text.tab_rows import find_tab_rows

Finder = Callable[[Sequence[str], int, int], list[Table]]
FINDERS: tuple[Finder, ...] = (find_frames, find_pipes, find_tab_rows, find_tab_cells, find_layout)


def find_tables(lines: Sequence[str]) -> list[Table]:
    """The tables among the lines of a file, in order; a finder sees what those before it left."""
    tables: list[Table] = []
    for finder in FINDERS:
        for start, end in list(free_ranges(len(lines), tables)):
            tables.extend(finder(lines, start, end))
    return sorted(tables)
