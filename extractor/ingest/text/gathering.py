"""Which physical lines make one row, where cells are kept apart by a sign and hold line breaks of their own.

«1 | Заседание № 1», «1. Анализ», «2. План | август | Иванова И.И.» are one row of four cells: together the lines
have all its signs. The cheapest division of the lines into rows and sections is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractor.ingest.text.shapes import SMALL, is_blank, opens_item

Split = Callable[[str], list[str]]  # a line → the texts between the signs

_MOST_LINES = 60  # of one row
_SECTION = re.compile(
    r"\s*(?:[IVXІХ]{1,5}[.)]?\s+[А-ЯЁ]|\d{1,2}[.)]?\s+[А-ЯЁ]|Раздел\b"
    r"|[А-ЯЁ][а-яё]+(?:\s*[–-]\s*[А-ЯЁа-яё]+)?(?:\s+20\d\d.{0,3})?:?\s*$)"
)
_DATE_LIKE = re.compile(r"\s*[(\d]")
# What lines without a sign cost as …
_ALONE = (1.0, 3.0)  # a row of one cell, where the line looks like a section and where not
_BEHIND = (2.0, 0.6)  # further lines of the last cell of the row above
_BEFORE = (2.0, 0.8)  # first lines of the first cell of the row below
_BEFORE_DATE = 0.4  # … where that goes on with a date or a number
_LEAST_BROKEN = 2  # lines with some of the signs of a row: cells hold line breaks
_MISSING = 2.0  # a row with a sign too few: a merged cell
_MORE_LINES = 0.05


def gather_rows(lines: Sequence[str], columns: int, split: Split) -> list[list[list[str]]]:
    """Rows of cells of lines, a row of one cell is a section; [] where each line is a row already."""
    held = [line for line in lines if not is_blank(line) or len(split(line)) > 1]
    counts = [len(split(line)) - 1 for line in held]
    looks = [_is_section(line) for line in held]
    if sum(0 < count < columns - 1 for count in counts) < _LEAST_BROKEN:
        return []
    best: list[tuple[float, int, bool]] = [(0.0, 0, False)]  # cost, first line of the last row, whether a section
    for end in range(1, len(held) + 1):
        ways: list[tuple[float, int, bool]] = []
        if not counts[end - 1]:
            ways.append((best[end - 1][0] + _ALONE[not looks[end - 1]], end - 1, True))
        total = 0
        for start in range(end - 1, max(-1, end - 1 - _MOST_LINES), -1):
            total += counts[start]
            if total > columns - 1:
                break
            if total:
                cost = best[start][0] + _row_cost(held, counts, looks, start, end) + _MISSING * (columns - 1 - total)
                ways.append((cost, start, False))
        best.append(min(ways) if ways else (best[end - 1][0] + columns, end - 1, not counts[end - 1]))
    rows: list[list[list[str]]] = []
    end = len(held)
    while end:
        _, start, alone = best[end]
        rows.append(_cells(held[start:end], split) if not alone else [[held[start]]])
        end = start
    return rows[::-1]


def _row_cost(held: Sequence[str], counts: Sequence[int], looks: Sequence[bool], start: int, end: int) -> float:
    cost = _MORE_LINES * (end - start - 1)
    first = start
    while first < end and not counts[first]:
        dated = first + 1 < end and _DATE_LIKE.match(held[first + 1]) is not None
        cost += _BEFORE_DATE if dated and not looks[first] else _BEFORE[not looks[first]]
        first += 1
    last = end
    while last > first and not counts[last - 1]:
        small = SMALL.match(held[last - 1].lstrip()) is not None or opens_item(held[last - 1])
        cost += 0.3 if small else _BEHIND[not looks[last - 1]]
        last -= 1
    return cost


def _is_section(line: str) -> bool:
    """«I. Организационная работа», «АВГУСТ», «Сентябрь 2021 г.»."""
    text = line.strip()
    return len(text) < 100 and not text.endswith((".", ";", ",")) and (
        _SECTION.match(text) is not None or text.isupper() and sum(map(str.isalpha, text)) > 3
    )


def _cells(lines: Sequence[str], split: Split) -> list[list[str]]:
    """The cells of the lines of one row, each with its lines."""
    row: list[list[str]] = [[]]
    for line in lines:
        first, *others = split(line)
        row[-1].append(first)
        row.extend([cell] for cell in others)
    return [[text for text in cell if not is_blank(text)] for cell in row]
