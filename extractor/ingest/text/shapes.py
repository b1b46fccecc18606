"""The shapes that the finders of tables in text hand over: a table is cells, a cell is parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

Opens = Callable[[str], bool]  # whether the line can be the first of a table
FindEnd = Callable[[Sequence[str], int, int], int]  # lines, first line, end of the lines → end of the table


class Part(NamedTuple):
    """One paragraph as it stands in the file, marks and runs of spaces still in it."""

    text: str
    gap: int = 0  # empty lines before it


class Cell(NamedTuple):
    """One cell of a table; row and column count from 1."""

    row: int
    column: int
    parts: tuple[Part, ...]
    row_span: int = 1
    col_span: int = 1


class Table(NamedTuple):
    """The lines `start` to `end` (without it) of a file, read as cells in reading order."""

    start: int
    end: int
    cells: tuple[Cell, ...]


SMALL = re.compile(r"[a-zа-яё]")
_BULLETS = "·•●▪■◦‣⁃∙○◆◇★➢➤➔✓✔❖►▶▸□\uf000-\uf0ff"
BULLET = re.compile(
    rf"\s*(?:(?P<sign>[{_BULLETS}])[ \t\u00a0]*(?=\S)"
    r"|(?P<dash>[-–—−])[ \t\u00a0]*(?=[«»\"“„(]*[^\W\d_])"
    r"|(?P<star>[*+])[ \t\u00a0]+(?=\S)"
    r"|(?P<wing>[oØü§qv])[ \t\u00a0]+(?=[«\"“„(]*[А-Яа-яЁё]))"
)
NUMBER = re.compile(
    r"\s*(?:\d{1,3}(?:\.\d{1,3}){0,4}[.)](?!\d)|\d{1,3}(?:\.\d{1,3}){1,4}(?=\s)|\d{1,3}(?=\s{2})"
    r"|[IVXІХ]{1,6}[.)]|[а-яa-z]\)(?=\s|[А-Яа-я]))"
)
_FRONT_MARKS = re.compile(r"(?:\s|\*\*|__|</?[A-Za-z]{1,6}>|\\(?=\W))+")


def bare_start(line: str) -> str:
    """The line from its first sign that is neither a space nor a mark of a converter."""
    match = _FRONT_MARKS.match(line)
    return line[match.end() :] if match else line


def opens_item(line: str) -> bool:
    """Whether the line starts with a bullet or a typed number: «· Курсы», «1) Доклад», «а) …»."""
    line = bare_start(line[:200])
    return BULLET.match(line) is not None or NUMBER.match(line) is not None


def is_blank(line: str) -> bool:
    """Whether nothing but white space stands in the line."""
    return not line or line.isspace()


def free_ranges(length: int, tables: Iterable[Table]) -> Iterator[tuple[int, int]]:
    """The ranges of lines that no table has claimed, in order."""
    at = 0
    for table in sorted(tables):
        if table.start > at:
            yield at, table.start
        at = table.end
    if at < length:
        yield at, length


def find_runs(
    lines: Sequence[str], start: int, end: int, *, opens: Opens, find_end: FindEnd
) -> Iterator[tuple[int, int]]:
    """Where a table may stand: from a line that `opens` one up to the end that `find_end` names, again and again."""
    at = start
    while at < end:
        if opens(lines[at]):
            stop = find_end(lines, at, end)
            yield at, stop
            at = stop
        else:
            at += 1
