"""Rows of tables whose cells run over several lines, and paragraphs of such cells.

A table drawn with signs or kept by columns of spaces shows one row on several lines. Where a row
begins is told by its number, by a first cell after an empty one, or by several cells that all begin
afresh.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractor.ingest.text.paragraphs import join_broken
from extractor.ingest.text.shapes import BULLET, SMALL, Cell, Part, bare_start, opens_item

Line = tuple[str, ...]  # the texts of one physical line, one a column; a tuple of one is a section
_ROW_NUMBER = re.compile(r"(?:№\s?)?\d{1,3}(?:\.\d{1,3}){0,4}[.)]?$")
_INITIAL = re.compile(r"\b[А-ЯЁ]\.$")
_YEAR_HEAD = re.compile(r"\b\d{1,2}\.\d{2}\.(\d{1,3})$")
_YEAR_TAIL = re.compile(r"\d{1,3}(?!\d|[.:]\d)")
_YEAR = re.compile(r"20\d\d$")
_WORD_HEAD = re.compile(r"(?:\S+ )?[А-ЯЁа-яё][а-яё]{5,}$")
_WORD_TAIL = re.compile(
    r"(?:[ьъый][а-яё]{0,4}|[бвгджзклмнпрстфхцчшщ]{1,2}[ьый]?|[бвгджзклмнпрстфхцчшщ]{0,2}"
    r"(?:и[яеюий]|ие[мй]|ия[мх]|ы[ехйм]|ая|ое|ого|ому|ов|ам|ах|ей|ть|ться|ости?))(?![а-яё])"
)
_AFRESH = 3  # cells that begin with a capital, a number or a quote make a row, where so many stand in a line


def group_lines(lines: Sequence[Line], columns: int) -> list[list[Line]]:
    """The lines of each row, in order; a section is a row of one line."""
    full = [line for line in lines if len(line) > 1]
    numbers = next(
        (k for k in range(min(2, columns)) if _has_numbers([line[k] for line in full if line[k]])), None
    )
    rows: list[list[Line]] = []
    for line in lines:
        if len(line) == 1:
            _add_section(rows, line)
        elif not any(line):
            if rows and len(rows[-1][0]) > 1:
                rows[-1].append(line)
        elif not rows or len(rows[-1][0]) == 1 or _opens_row(line, rows, numbers, columns):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _has_numbers(firsts: Sequence[str]) -> bool:
    """Whether the lines of the first column are numbers of rows, and no ends of years («21.10.202» over «1»)."""
    numbered = sum(
        _ROW_NUMBER.match(text) is not None and not _YEAR_HEAD.search(text) and not _YEAR_HEAD.search(above)
        for above, text in pairwise(("", *firsts))
    )
    return numbered >= 2 and 3 * numbered >= len(firsts)


def _add_section(rows: list[list[Line]], line: Line) -> None:
    """Adds a line over all columns: a row, or the second half of one."""
    if rows and len(rows[-1][0]) == 1 and SMALL.match(line[0]):
        rows[-1] = [(join_broken(rows[-1][0][0], line[0]),)]
    else:
        rows.append([line])


def _opens_row(line: Line, rows: list[list[Line]], numbers: int | None, columns: int) -> bool:
    """Whether the line is the first of a new row, and not one more of the last."""
    above = rows[-1][-1]
    if numbers is not None and _ROW_NUMBER.match(line[numbers]):
        return True
    if numbers is None and line[0] and not above[0] and not SMALL.match(line[0]):
        return True
    filled = [at for at, text in enumerate(line) if text]
    if not all(_begins(line[at]) for at in filled):
        return False
    ended = sum(_has_ended(above[at]) for at in filled)
    if len(filled) >= min(_AFRESH, columns):
        return len(filled) == columns or len(rows) == 1 or 2 * ended > len(filled)
    return len(filled) == 2 == ended and not line[0]


def _begins(text: str) -> bool:
    """Whether the text begins like a paragraph: with a capital, a number, a quote, a bullet."""
    start = bare_start(text)[:1]
    return start.isupper() or start.isdigit() or start in '«"“„-–—№' or BULLET.match(text) is not None


def _has_ended(text: str) -> bool:
    """Whether a cell's line is empty or ends a sentence; an initial ends none."""
    return not text or (text[-1] in ".;!?" and _INITIAL.search(text) is None)


def read_rows(rows: Iterable[list[Line]], columns: int, first: int = 1) -> list[Cell]:
    """The cells of grouped rows, numbered from `first`."""
    rows = list(rows)
    widths = [0] * columns
    for row in rows:
        for line in row:
            if len(line) > 1:
                widths = [max(width, len(text)) for width, text in zip(widths, line, strict=False)]
    cells: list[Cell] = []
    for number, row in enumerate(rows, first):
        if len(row[0]) == 1:
            cells.append(Cell(number, 1, (Part(row[0][0]),), col_span=columns))
            continue
        for column in range(columns):
            parts = join_cell([line[column] for line in row], widths[column])
            cells.append(Cell(number, column + 1, parts))
    return cells


def join_cell(lines: Iterable[str], width: int) -> tuple[Part, ...]:
    """The paragraphs of a cell `width` signs wide that runs over these lines."""
    parts: list[Part] = []
    above, gap = "", 0
    for line in lines:
        line = line.strip()
        if not line:
            gap += 1
            continue
        if parts and not gap and (_is_wrapped(above, line, width) or is_torn(above, line, width)):
            whole = (
                parts[-1].text + line if is_torn(above, line, width) else join_broken(parts[-1].text, line)
            )
            parts[-1] = Part(whole, parts[-1].gap)
        else:
            parts.append(Part(line, gap if parts else 0))
        above, gap = line, 0
    return tuple(parts)


def _is_wrapped(above: str, line: str, width: int) -> bool:
    """Whether `line` goes on with the paragraph of `above`, which had no room for its first word."""
    if opens_item(line):
        return False
    if SMALL.match(bare_start(line)) and above[-1:] not in ".;:!?":
        return True
    return len(above) + 1 + len(line.split(maxsplit=1)[0]) > width


def is_torn(above: str, line: str, width: int) -> bool:
    """Whether a narrow cell tore a word or a year in two, without a hyphen: «Ответстве» over «нный»,
    «21.10.202» over «1»."""
    year = _YEAR_HEAD.search(above)
    if year is not None:
        rest = _YEAR_TAIL.match(line)
        return rest is not None and _YEAR.match(year[1] + rest[0]) is not None
    return (
        len(above) >= width - 1 and _WORD_HEAD.match(above) is not None and _WORD_TAIL.match(line) is not None
    )
