"""Days, ranges and lists: «10-12, 15 марта», «28.10-06.11», «май - сентябрь», «1-2 неделя сентября»."""

from __future__ import annotations

from extractor.values import date_lexicon as lex
from extractor.values.date_numbers import read_numeric_day
from extractor.values.date_parts import LIST, LISTS, MANY, RANGE, read_parts
from extractor.values.date_points import DAY, MONTH, Point, Reading, Term
from extractor.values.date_tokens import END, NUMBER, WORD, Line
from extractor.values.date_written import (
    after_day,
    after_day_suffix,
    read_point,
    read_written_day,
)


def read_stretch(line: Line, i: int, *, before: int, until: bool = False) -> list[Term]:
    """The terms that begin at token `i`; `before` is where their wording begins («до», «с»),
    `until`: «до» also joins a range («с мая до сентября»)."""
    kind = line.tokens[i].kind
    if kind in (WORD, END):
        return []
    if kind == NUMBER and (days := _read_days(line, i, before)):
        return days
    if kind in (NUMBER, lex.ORDINAL, lex.SEASONAL) and (parts := read_parts(line, i)):
        return parts
    reading = read_point(line, i)
    if reading is None or _governed(line, before, reading):
        return []
    return [_read_range(line, reading, until)]


def _governed(line: Line, before: int, reading: Reading) -> bool:
    """«Искра Октября», «событий марта»: a month in the genitive behind an unknown word is no date."""
    token = line.tokens[reading.begin]
    if (
        reading.point.kind != MONTH
        or not token.meaning.genitive
        or reading.point.year
        or before != reading.begin
    ):
        return False
    return before > 0 and line.tokens[before - 1].kind == WORD and not line.breaks(before)


def _read_range(line: Line, first: Reading, until: bool) -> Term:
    """The term of the point alone, or of the range that it begins."""
    tokens, last = line.tokens, first
    for _ in range(4):
        j = last.end
        j += tokens[j].kind == "." and tokens[j + 1].kind == "-"
        dash = tokens[j].kind == "-" or tokens[j].kind == lex.TO and (until or tokens[j].text == "по")
        if not dash:
            break
        j += 1
        j += tokens[j].kind == "-"
        j += tokens[j - 1].kind == "-" and tokens[j].text == "по"
        following = read_point(line, j, joined=True)
        if following is None:
            break
        last = following
    spans = ((tokens[first.begin].start, tokens[last.end - 1].end),)
    if last is first:
        return Term(shape="one", first=first.point, spans=spans, begin=first.begin, end=first.end)
    return Term(
        shape="range", first=first.point, last=last.point, spans=spans, begin=first.begin, end=last.end
    )


def _read_days(line: Line, i: int, before: int) -> list[Term]:
    """«3, 10, 17 марта», «12 и 26 октября», «10-12, 15 марта 2022 г.», «25-26.10.2017»: one month for all."""
    heads: list[tuple[int, int, int, str]] = []  # day, its tokens, what joins it to the next
    j, last = i, None
    while len(heads) < MANY:
        last = read_numeric_day(line, j, joined=bool(heads)) or read_written_day(line, j)
        if last is not None:
            break
        head = _day_head(line, j)
        if head is None:
            return []
        heads.append(head)
        j = head[2] + 1 + (line.tokens[head[2]].kind == "," and line.tokens[head[2] + 1].kind == lex.AND)
    if last is None or not heads or last.point.kind != DAY:
        return []
    if before == i and i > 0 and (line.tokens[i - 1].kind in (WORD, "№", NUMBER)) and not line.breaks(i):
        return []
    return _days(line, heads, last)


def _day_head(line: Line, j: int) -> tuple[int, int, int, str] | None:
    token = line.tokens[j]
    if token.kind != NUMBER or len(token.text) > 2 or not 1 <= token.value <= 31:
        return None
    end = after_day_suffix(line, j + 1)
    sign = line.tokens[end]
    if sign.kind == "-" or sign.text == "по":
        return token.value, j, end, RANGE
    return (token.value, j, end, LIST) if sign.kind in LISTS else None


def _days(line: Line, heads: list[tuple[int, int, int, str]], last: Reading) -> list[Term]:
    tokens, point = line.tokens, last.point
    written = after_day(line, last.begin)
    tail = ((tokens[written].start, tokens[last.end - 1].end),) if written is not None else ()
    terms: list[Term] = []
    begin, joined = None, LIST
    for day, start, end, joiner in (*heads, (point.day, last.begin, last.end, LIST)):
        final = start == last.begin
        if begin is None or joined == LIST:
            begin = (day, start)
        joined = joiner
        if joiner == RANGE and not final:
            continue
        spans = ((tokens[begin[1]].start, tokens[end - 1].end), *(() if final else tail))
        first, second = (_on(point, begin[0]), _on(point, day))
        shape = "range" if begin[1] != start else "one"
        term = Term(shape=shape, first=first, spans=spans, begin=begin[1], end=end, group=heads[0][1])
        term.last = second if shape == "range" else None
        terms.append(term)
    return terms


def _on(point: Point, day: int) -> Point:
    return Point(DAY, point.year, point.month, day)


def read_bare_days(line: Line, i: int) -> list[Term]:
    """«12», «2-3», «7, 14», «с 1 по 10», «12 числа»: days of a month that stands elsewhere."""
    tokens = line.tokens
    j = i + (tokens[i].kind == lex.FROM)
    beside = i > 0 and tokens[i - 1].kind in (WORD, "№", NUMBER) and not line.breaks(i)
    first = None if beside else _bare(line, j)
    if first is None:
        return []
    day, end = first
    second = _bare(line, end + 1) if tokens[end].kind == "-" or tokens[end].kind == lex.TO else None
    end = second[1] if second else end
    if j > i and second is None or _counts(line, end):
        return []
    spans = ((tokens[i].start, tokens[end - 1].end),)
    last = Point(DAY, day=second[0]) if second else None
    shape = "range" if last else "one"
    return [Term(shape=shape, first=Point(DAY, day=day), last=last, spans=spans, begin=i, end=end)]


def _counts(line: Line, end: int) -> bool:
    """Whether the number counts what the next word names («12 школ», «5 %»)."""
    after = line.tokens[end]
    if after.text in line.words.not_before or after.kind == "sign":
        return True
    return after.kind == WORD and not line.breaks(end)


def _bare(line: Line, i: int) -> tuple[int, int] | None:
    token = line.tokens[i]
    if token.kind != NUMBER or len(token.text) > 2 or not 1 <= token.value <= 31:
        return None
    j = after_day_suffix(line, i + 1)
    j += line.tokens[j].text in line.words.day_number
    return token.value, j
