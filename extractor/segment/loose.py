"""Tables whose columns a converter lost: the heading in one or two lines, then cells one after another.

«№ / п/п / Содержание  Ответственный  Сроки …» names the columns; a line that begins with the next
number begins a row; what follows is dealt out to the columns in their order so that each holds what
it should (terms, people, places): a best partition by dynamic programming.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.model.outline import Band, Cell, Column, Grid, Line, Row
from extractor.model.passage import EMPTY, Passage, join, passage_of
from extractor.model.source import Block
from extractor.segment.loose_fit import ABSTRACT, ANSWERS
from extractor.segment.state import State
from extractor.values.marks import read_mark
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold

_ROW = re.compile(r"(\d{1,3})[.)]?(?:(?:\t\s*|\s+)(?=[А-ЯЁA-Z«\"„])|$)")
_SIGN = re.compile(r"№|n\s?[пn]/[пn]", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<=[а-яё.,»)] )(?=[А-ЯЁ][а-яё]|[А-ЯЁ]{2,})")
_PLACES = re.compile(
    r"(?:оу|оо|мбоу|маоу|мкоу|мобу|гбоу|школ\w*|сайт\w*|на семинар\w*|на сайт\w*|онлайн|кабинет|библиотека)(?![а-я])"
)


def read_loose(state: State, senses: Senses) -> tuple[Grid, int] | None:
    """The table that begins at the current line, and how many lines it takes; None where none begins."""
    found = _heading(state, 0, senses)
    if found is None:
        return None
    columns, heading, size = found
    bands: list[Band] = []
    rows: list[Row] = []
    place, last, number = size, 0, 0
    alone = False  # each row's number stands on a line of its own
    while (line := _line(state, place)) is not None:
        above = 1 if _is_caption(state, place, senses) else 0
        again = _heading(state, place + above, senses)
        if again is not None:
            bands.append(Band(columns, heading, tuple(rows)))
            columns, heading, taken = again
            number += above
            rows, last, place = [_section(number, line, columns)] if above else [], 0, place + above + taken
            continue
        start = _ROW.match(_raw(line))
        if start is not None and not number:
            alone = start.end() == len(_raw(line))
        if (
            start is not None
            and int(start[1]) in _next_numbers(last)
            and (not alone or start.end() == len(_raw(line)))
        ):
            last, number = int(start[1]), number + 1
            stop = _row_end(state, place + 1, last, senses, alone)
            rows.append(_row(number, [_line(state, k) for k in range(place, stop)], columns, senses))
            place = stop
        elif _is_section(state, place):
            number, last = number + 1, 0
            rows.append(_section(number, line, columns))
            place += 1
        else:
            break
    bands.append(Band(columns, heading, tuple(rows)))
    if sum(len(band.rows) for band in bands) < 1:
        return None
    return Grid(
        -1 - state.place,
        max(len(b.columns) for b in bands),
        tuple(r for b in bands for r in b.rows),
        tuple(bands),
    ), place


def _line(state: State, ahead: int) -> Line | None:
    unit = state.units[state.place + ahead] if state.place + ahead < len(state.units) else None
    return unit if isinstance(unit, Line) else None


def _raw(line: Line) -> str:
    """The line with its tabs, which may be gutters."""
    pieces = line.whole.pieces
    return line.block.text[pieces[0][2] :].split("\n")[0] if pieces else ""


def _next_numbers(last: int) -> range:
    return range(last + 1, last + 4)


def _heading(
    state: State, ahead: int, senses: Senses
) -> tuple[tuple[Column, ...], tuple[Passage, ...], int] | None:
    """The columns named at this line, the words that name them, and how many lines that takes."""
    line = _line(state, ahead)
    if line is None or not _SIGN.match(line.text) or len(line.text) > 200:
        return None
    lines, size = [line], 1
    if len(line.text) <= 6:
        below = _line(state, ahead + 1)
        if below is None:
            return None
        lines, size = [line, below], 2
        while (
            "\t" not in _raw(below)
            and size < 9
            and (more := _line(state, ahead + size)) is not None
            and _is_head(more, senses)
        ):
            lines, size = [*lines, more], size + 1
    pieces = [p for each in lines for p in _pieces(each)]
    columns: list[Column] = []
    for piece in pieces:
        hits = senses.words.columns.find(piece.text)
        known = sum(n for _, _, n in hits) / max(1, senses.words.columns.count(piece.text)) if hits else 0
        roles = _roles(hits)
        if _SIGN.match(piece.text):
            columns.append(Column(len(columns) + 1, ("number",), piece.text, "heading"))
        elif known >= 0.5:
            columns.append(Column(len(columns) + 1, roles, piece.text, "heading"))
        else:
            return None
    after = _line(state, ahead + size)
    if len(columns) < 2 or after is None or all("number" in column.roles for column in columns):
        return None
    follows = any((n := _line(state, ahead + size + k)) is not None and _ROW.match(_raw(n)) for k in range(3))
    return (tuple(columns), tuple(pieces), size) if follows else None


def _roles(hits: Sequence[tuple[str, int, int]]) -> tuple[str, ...]:
    """The roles of a heading: dates with place together, wording alone."""
    named = [role for role, _, _ in hits]
    if named == ["agenda"] or named == ["theme"]:
        return (named[0],)
    if {"text", "theme", "agenda"} & set(named):
        return ("text",)
    return tuple(dict.fromkeys(named))[:2] or ("extra",)


def _is_head(line: Line, senses: Senses) -> bool:
    """Whether a line of its own is nothing but a column's heading."""
    hits = senses.words.columns.find(line.text)
    known = sum(n for _, _, n in hits) / max(1, senses.words.columns.count(line.text))
    return line.mark is None and len(line.text) <= 60 and known >= 0.5


def _pieces(line: Line) -> list[Passage]:
    """The parts of a line between its tabs."""
    raw, start = _raw(line), line.whole.pieces[0][2]
    found, place = [], 0
    for part in raw.split("\t"):
        if part.strip():
            found.append(passage_of(line.block, start + place, start + place + len(part)))
        place += len(part) + 1
    return found


def _row_end(state: State, place: int, last: int, senses: Senses, alone: bool) -> int:
    """The first line behind the row: the next number, a heading, a section, or nothing more to come."""
    ahead = place
    while (line := _line(state, ahead)) is not None:
        start = _ROW.match(_raw(line))
        if (
            start is not None
            and int(start[1]) in _next_numbers(last)
            and (not alone or start.end() == len(_raw(line)))
        ):
            return ahead
        if (
            _heading(state, ahead, senses) is not None
            or _is_section(state, ahead)
            or _is_caption(state, ahead, senses)
        ):
            return ahead
        if ahead - place > 12 + 12 * alone or line.block.heading is not None:
            return ahead
        if alone and line.block.gap and ahead > place and not _more_rows(state, ahead, last):
            return ahead
        if not _more_rows(state, ahead, last) and line.block.gap >= 3:
            return ahead
        ahead += 1
    return ahead


def _more_rows(state: State, ahead: int, last: int) -> bool:
    """Whether another row begins within the next lines."""
    return any(
        (n := _line(state, ahead + k)) is not None
        and (m := _ROW.match(_raw(n))) is not None
        and int(m[1]) in _next_numbers(last)
        for k in range(14)
    )


def _is_caption(state: State, ahead: int, senses: Senses) -> bool:
    """A line set apart, right above another heading of columns."""
    line = _line(state, ahead)
    return (
        line is not None
        and not _ROW.match(_raw(line))
        and line.block.gap >= 2
        and len(line.text) < 160
        and _heading(state, ahead + 1, senses) is not None
    )


def _is_section(state: State, ahead: int) -> bool:
    """A short line set apart, right above a row that begins the count again."""
    line, after = _line(state, ahead), _line(state, ahead + 1)
    if (
        line is None
        or after is None
        or "\t" in _raw(line)
        or len(line.text) > 100
        or line.text.endswith((".", ",", ";"))
    ):
        return False
    start = _ROW.match(_raw(after))
    return start is not None and start[1] == "1" and line.block.gap >= 2 and line.text[:1].isalnum()


def _section(number: int, line: Line, columns: Sequence[Column]) -> Row:
    cell = Cell(number, 1, 1, len(columns), (line,), line.whole)
    return Row(number, (cell,))


def _row(number: int, lines: Sequence[Line | None], columns: Sequence[Column], senses: Senses) -> Row:
    """The row's pieces dealt out to the columns behind the number."""
    kept = [line for line in lines if line is not None]
    first = kept[0]
    start = _ROW.match(_raw(first))
    assert start is not None
    offset = first.whole.pieces[0][2]
    mark = passage_of(first.block, offset, offset + start.end())
    units: list[tuple[Passage, int]] = []  # (words, how strongly a new cell may begin before them)
    for line in kept:
        for place, piece in enumerate(_pieces(line)):
            if line is first and place == 0:
                skip = len(mark.text)
                piece = piece.cut(skip) if piece.text != mark.text else EMPTY
                if not piece:
                    continue
            units.extend(_units(piece, 2 if place == 0 else 1))
    roles = [c for c in columns if "number" not in c.roles]
    blocks = {line.block.id: line.block for line in kept}
    groups = _deal(units, roles, senses)
    cells = [_cell(number, c.index, first, mark) for c in columns if "number" in c.roles]
    cells += [
        _listed(number, column.index, group, blocks) for column, group in zip(roles, groups, strict=True)
    ]
    return Row(number, tuple(sorted(cells, key=lambda c: c.column)))


def _units(piece: Passage, strength: int) -> list[tuple[Passage, int]]:
    cuts = [0, *(m.start() for m in _CAPITAL.finditer(piece.text)), len(piece.text)]
    return [
        (piece.cut(a, b), strength if a == 0 else 0) for a, b in zip(cuts, cuts[1:], strict=False) if b > a
    ]


def _cell(row: int, column: int, line: Line, text: Passage) -> Cell:
    lines = (Line(text, text, line.block, None, True),) if text else ()
    return Cell(row, column, 1, 1, lines, text)


def _listed(row: int, column: int, units: Sequence[tuple[Passage, int]], blocks: dict[int, Block]) -> Cell:
    """A cell of several lines: a unit that began a line of the document begins one here."""
    groups: list[list[Passage]] = []
    for piece, strength in units:
        if strength == 2 or not groups:
            groups.append([piece])
        else:
            groups[-1].append(piece)
    wholes = [join(group) for group in groups]
    lines = []
    for whole in wholes:
        mark, body = read_mark(whole)
        lines.append(Line(whole, body, blocks[whole.block], mark, True))
    return Cell(row, column, 1, 1, tuple(lines), join(wholes))


def _deal(
    units: Sequence[tuple[Passage, int]], columns: Sequence[Column], senses: Senses
) -> list[Sequence[tuple[Passage, int]]]:
    """The partition of the units among the columns, in order, with the best fit."""
    size, count = len(units), len(columns)
    if count == 1 or size > 40:
        return [units, *([()] * (count - 1))]
    fits: dict[tuple[int, int, int], float] = {}

    def fit(column: int, low: int, high: int) -> float:
        key = (column, low, high)
        if key not in fits:
            text = " ".join(u.text for u, _ in units[low:high])
            role = columns[column].roles[0]
            begins = 0.0 if low in (high, 0) or role == "dates" else (-0.8, 0.0, 0.6)[units[low][1]]
            fits[key] = _fit(role, text, senses, both=len(columns[column].roles) > 1) + begins
        return fits[key]

    best: list[list[tuple[float, int]]] = [[(fit(0, 0, high), 0) for high in range(size + 1)]]
    for column in range(1, count):
        best.append(
            [
                max((best[-1][low][0] + fit(column, low, high), low) for low in range(high + 1))
                for high in range(size + 1)
            ]
        )
    groups: list[Sequence[tuple[Passage, int]]] = []
    high = size
    for column in range(count - 1, -1, -1):
        low = best[column][high][1] if column else 0
        groups.append(units[low:high])
        high = low
    return groups[::-1]


def _fit(role: str, text: str, senses: Senses, *, both: bool = False) -> float:
    """How well a text fills a column of this role; an empty cell is a little worse than a fitting one."""
    if not text:
        return -3.0 if role in ("text", "agenda", "theme") else -0.5
    folded = fold(text)
    if both and role == "dates" and len(text) < 90 and senses.dates.find_any(text):
        return 4.0
    term, named = senses.is_term(text), bool(senses.people.find_names(text))
    if role == "dates":
        return 5.0 + 0.02 * len(text) if term else -4.0
    if role in ("responsible", "speakers", "participants"):
        if term:
            return -4.0
        if named or len(text) < 120 and senses.people.names_roles(text):
            return 3.0
        return 1.0 if ANSWERS.search(folded) and len(text) < 90 else -3.0
    if role == "place":
        if term or named:
            return -4.0
        return 2.5 if _PLACES.match(folded) or senses.is_place(text) else -0.2
    if term or named:
        return -3.0
    if role == "result":
        return 2.0 if ABSTRACT.match(folded) else 0.0
    return 1.0
