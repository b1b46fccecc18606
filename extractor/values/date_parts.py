"""Several parts of the year or of a month with one noun: «1-2 неделя», «I, III четверть», «осенние и
зимние каникулы»."""

from __future__ import annotations

from extractor.values import date_lexicon as lex
from extractor.values.date_points import Point, Reading, Term
from extractor.values.date_tokens import Line
from extractor.values.date_written import read_ordinal, read_part, read_season

MANY = 16  # days or parts in one list
LISTS = {",", ";", "/", "and"}
RANGE, LIST = "range", "list"
_NOUNS = (lex.UNIT, lex.PART, lex.WEEKDAY, lex.HOLIDAYS)

# The number or name of a part, its tokens, and what joins it to the next.
_Head = tuple[int, str, int, int, str]


def read_parts(line: Line, i: int) -> list[Term]:
    """The terms of a list or range of parts at token `i`; [] where there is only one or none."""
    heads: list[_Head] = []
    j = i
    while len(heads) < MANY:
        head = _head(line, j)
        if head is None or head[4] == "":
            break
        heads.append(head)
        j = head[3] + 1
    if not heads:
        return []
    last = _last(line, j)
    return _terms(line, heads, last) if last is not None else []


def _head(line: Line, j: int) -> _Head | None:
    token = line.tokens[j]
    if token.kind == lex.SEASONAL:
        number, name, end = 0, token.meaning.name, j + 1
    else:
        ordinal = read_ordinal(line, j)
        if ordinal is None:
            return None
        number, name, end = ordinal[0], "", ordinal[1]
    sign = line.tokens[end].kind
    return number, name, j, end, RANGE if sign == "-" else LIST if sign in LISTS else ""


def _last(line: Line, j: int) -> Reading | None:
    if line.tokens[j].kind == lex.SEASONAL:
        return read_season(line, j)
    ordinal = read_ordinal(line, j)
    return read_part(line, j, *ordinal) if ordinal is not None else None


def _terms(line: Line, heads: list[_Head], last: Reading) -> list[Term]:
    tokens, point = line.tokens, last.point
    if (heads[0][1] == "") != (tokens[last.begin].kind != lex.SEASONAL):
        return []
    noun = next((k for k in range(last.begin + 1, last.end) if tokens[k].kind in _NOUNS), last.end - 1)
    tail = (tokens[noun].start, tokens[last.end - 1].end)
    terms: list[Term] = []
    begin: _Head | None = None
    for head in (*heads, (point.number, point.name, last.begin, last.end, LIST)):
        begin = begin or head
        final = head[2] == last.begin
        if head[4] == RANGE and not final:
            continue
        letters = (tokens[begin[2]].start, tokens[head[3] - 1].end)
        term = Term(
            shape="range" if begin is not head else "one",
            first=_named(point, begin),
            last=_named(point, head) if begin is not head else None,
            spans=(letters,) if final else (letters, tail),
            begin=begin[2],
            end=head[3],
            group=heads[0][2],
        )
        terms.append(term)
        begin = None
    return terms


def _named(point: Point, head: _Head) -> Point:
    name = head[1] or point.name
    return Point(point.kind, point.year, point.month, point.day, name, head[0], point.school)
