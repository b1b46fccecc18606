"""The heading of a table that a converter wrote one cell a line: «№ / п/п / Тема / Сроки / Ответственный»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.model.outline import Cell, Column, Line, Row
from extractor.model.passage import join
from extractor.segment.columns import MAIN, heading_columns, read_heading
from extractor.segment.state import State
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold

_LONGEST = 70  # signs of one line of a heading
_SHORT = 12  # signs of a heading that may end with a stop: «Отв.»
_BROKEN_OFF = 30  # signs of a line of a heading that goes on behind a comma: «Дата, время,»
_MOST_COLUMNS = 20
_GOES_ON = re.compile(r"[а-яё(]|[nп]\s?/\s?[nп]")
_BROKEN = re.compile(r"[а-яё][-\u00ad\u2010]$")
_FIRST = re.compile(r"(?:1|I)[.)]?$|1\.1\.?$")
_DIGIT = re.compile(r"\d")
_COUNTS = (("number",), ("meeting_number",))  # that column is the first
_SURE = {
    *("number", "meeting_number", "dates", "week", "responsible", "speakers", "participants"),
    *("place", "school", "member", "form"),
}  # roles whose cells tell by their words where they belong


class Head(NamedTuple):
    """The columns that some lines name, the row that those make, and the lines."""

    columns: tuple[Column, ...]
    row: Row
    lines: tuple[Line, ...]


def line_at(state: State, ahead: int) -> Line | None:
    """The line so many places on, where it is one of running text, without tabs."""
    unit = state.units[state.place + ahead] if state.place + ahead < len(state.units) else None
    if not isinstance(unit, Line) or unit.block.table is not None or "\t" in unit.block.text.strip():
        return None
    return unit


def read_head(state: State, ahead: int, senses: Senses) -> Head | None:
    """The columns named one a line from here on; None where fewer than two are."""
    cells: list[list[Line]] = []
    named: list[tuple[str, ...]] = []
    while len(cells) <= _MOST_COLUMNS and (line := line_at(state, ahead)) is not None:
        ahead += 1
        if cells and line.block.gap > 1:
            break
        if cells and (_GOES_ON.match(line.text) or _BROKEN.search(cells[-1][-1].text)) and _may_head(line):
            cells[-1].append(line)
            named[-1] = _roles(cells[-1], senses) or named[-1]
            continue
        roles = _roles([line], senses)
        if not roles and (len(cells) < 2 or not _is_strange(state, ahead - 1, named, senses)):
            break
        if cells and roles[:1] in _COUNTS and (roles in named or not is_named(state, ahead, senses)):
            break
        if cells and roles in named and not _may_repeat(line, named, senses):
            break
        cells.append([line])
        named.append(roles)
    return _settle(cells, senses)


def _may_head(line: Line) -> bool:
    """Whether the line may be one of a heading: short, without a number, no sentence and no label."""
    text = line.text
    if not 0 < len(text) <= _LONGEST or line.mark is not None or _DIGIT.search(text) or ":" in text:
        return False
    return not text.endswith((".", ";", ",")) or len(text) < _SHORT or text.endswith(",") and len(text) < _BROKEN_OFF


def _is_strange(state: State, ahead: int, named: Sequence[tuple[str, ...]], senses: Senses) -> bool:
    """Whether the line is the heading of a column that the vocabulary does not know: the next is a known
    one, or the first number."""
    line, after = line_at(state, ahead), line_at(state, ahead + 1)
    if line is None or after is None or not _may_head(line):
        return False
    if senses.is_term(line.text) or senses.people.find_names(line.text):
        return False
    counted = named[0][:1] in _COUNTS and _FIRST.match(after.text) is not None
    return counted or is_named(state, ahead + 1, senses)


def _roles(lines: Sequence[Line], senses: Senses) -> tuple[str, ...]:
    """What the lines of one cell name as a heading; () where they are none."""
    if not all(map(_may_head, lines)):
        return ()
    roles, share = read_heading(make_cell(0, 1, lines), senses)
    sitting = roles[:1] == ("theme",) and "заседани" in fold(lines[0].text)  # «Заседание, дата»
    if share < 0.5 or len(roles) > 1 and set(roles) & {*MAIN, "member"} and not sitting:
        return ()
    return roles


def _may_repeat(line: Line, named: Sequence[tuple[str, ...]], senses: Senses) -> bool:
    """Whether two columns may have one meaning: «Тема» and «Вопросы», «Класс» and «Категория» behind «№»."""
    roles = _roles([line], senses)
    return is_whole(line, senses) and (set(roles) <= set(MAIN) or named[0][:1] in _COUNTS)


def is_whole(line: Line, senses: Senses) -> bool:
    """Whether all words of the line name a column."""
    return read_heading(make_cell(0, 1, [line]), senses)[1] >= 1


def is_named(state: State, ahead: int, senses: Senses) -> bool:
    """Whether the line is nothing but the heading of a column."""
    line = line_at(state, ahead)
    return line is not None and bool(_roles([line], senses))


def drop_strange(head: Head, senses: Senses) -> Head | None:
    """The heading without its last line, where that names no column: it may be the first section
    («Работа с кадрами»); None where it is a column, or too little is left."""
    if head.columns[-1].roles:
        return None
    return _settle([list(cell.lines) for cell in head.row.cells[:-1]], senses)


def _settle(cells: Sequence[list[Line]], senses: Senses) -> Head | None:
    """The columns of the cells of a heading, where they are a heading."""
    if len(cells) < 2:
        return None
    row = Row(0, tuple(make_cell(0, at, lines) for at, lines in enumerate(cells, 1)))
    columns = heading_columns(row, senses)
    roles = {role for column in columns or () for role in column.roles}
    if columns is None or not roles & {*MAIN, "member"} or not roles & _SURE:
        return None
    return Head(columns, row, tuple(line for lines in cells for line in lines))


def make_cell(row: int, column: int, lines: Sequence[Line], width: int = 1) -> Cell:
    """A cell of these lines, `width` columns wide."""
    return Cell(row, column, 1, width, tuple(lines), join([line.whole for line in lines]))
