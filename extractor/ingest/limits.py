"""How much a file may hold before it is refused: numbers far above any plan, far below the machine."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """All limits of reading. What breaks one raises `TooLarge`, before the memory is spent.

    Nesting of XML elements has libxml2's own limit, 256.
    """

    file_bytes: int = 64 * MB  # the file itself
    zip_entries: int = 100_000  # entries in the directory of a package
    entry_bytes: int = 48 * MB  # one part of a package, inflated
    total_bytes: int = 128 * MB  # all parts that are read, inflated
    ratio: int = 500  # inflated size to packed size of one part …
    ratio_floor: int = 4 * MB  # … where the part inflates to more than this
    table_depth: int = 60  # tables in tables
    columns: int = 1000  # a span or an indent in grid columns is cut to this
    row_cells: int = 1000  # cells in one row of a table; Word makes no more than 63
    pages: int = 5000  # of a PDF or TIFF
    cells: int = 500_000
    blocks: int = 300_000
    line_chars: int = 500_000  # one paragraph, one line of a text file


LIMITS = Limits()
