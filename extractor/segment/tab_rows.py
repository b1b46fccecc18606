"""Rows that an author made with tabs in plain paragraphs: «1.	День знаний	1 сентября	все библиотекари»."""

from __future__ import annotations

import re

from extractor.model.outline import Cell, Grid, Line, Row
from extractor.model.passage import Passage, passage_of
from extractor.segment.state import State
from extractor.values.marks import read_mark, read_number
from extractor.values.senses import Senses

_LEAST = 3  # rows
_PIECE = re.compile(r"[^\t]+")


def read_tab_rows(state: State, senses: Senses) -> tuple[Grid, int] | None:
    """The table of paragraphs that begins at the current line, and how many lines it takes; None where none does.

    Every row has the same number of pieces, three or more, and in half of the rows one behind the first
    is a term or names people: a list with tabs for its indents is no table.
    """
    rows: list[list[Passage]] = []
    while (line := state.next_line(len(rows))) is not None:
        pieces = _pieces(line)
        if len(pieces) < 3 or rows and len(pieces) != len(rows[0]):
            break
        rows.append(pieces)
    if len(rows) < _LEAST or sum(_says_when_or_who(row, senses) for row in rows) * 2 < len(rows):
        return None
    made = tuple(
        Row(number, tuple(_cell(number, k, piece, state.next_line(number - 1)) for k, piece in enumerate(row, 1)))
        for number, row in enumerate(rows, 1)
    )
    return Grid(-1 - state.place, len(rows[0]), made, ()), len(rows)


def _pieces(line: Line) -> list[Passage]:
    """The words between the tabs; nothing for a line that is not a whole paragraph."""
    text = line.block.text
    if "\n" in text or line.block.table is not None:
        return []
    found = [passage_of(line.block, m.start(), m.end()) for m in _PIECE.finditer(text)]
    return [piece for piece in found if piece]


def _says_when_or_who(row: list[Passage], senses: Senses) -> bool:
    first = 2 if read_number(row[0].text) else 1
    return any(senses.is_term(p.text.strip(" .;,")) or senses.is_people(p.text) for p in row[first:])


def _cell(row: int, column: int, text: Passage, line: Line | None) -> Cell:
    assert line is not None
    mark, body = read_mark(text) if not read_number(text.text) else (None, text)
    return Cell(row, column, 1, 1, (Line(text, body, line.block, mark, True),), text)
