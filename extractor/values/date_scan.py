"""Terms in a line: rules tried in their order at each token, then the terms that belong together joined."""

from __future__ import annotations

from collections.abc import Callable

from extractor.values import date_lexicon as lex
from extractor.values.date_joining import join_terms
from extractor.values.date_numbers import is_sure_time, read_time
from extractor.values.date_phrases import (
    loose,
    match_phrase,
    read_every,
    read_frequency,
    read_regular_day,
    read_weekdays,
    read_wording,
)
from extractor.values.date_points import MONTH, PART, YEAR, Point, Reading, Term
from extractor.values.date_stretches import read_bare_days, read_stretch
from extractor.values.date_tokens import END, NUMBER, SCHOOL_YEARS, Line
from extractor.values.date_written import read_point, read_whole_year
from extractor.values.date_years import is_year, year_word

Rule = Callable[[Line, int], list[Term]]


def scan(line: Line, *, bare_days: bool = False) -> list[Term]:
    """The terms of the line in reading order; with `bare_days` also «12» and «2-3»."""
    rules = (*_RULES, read_bare_days) if bare_days else _RULES
    terms: list[Term] = []
    i, tokens = 0, line.tokens
    while tokens[i].kind != END:
        for rule in rules if tokens[i].kind not in _SILENT else ():
            if found := rule(line, i):
                terms += found
                i = found[-1].end
                break
        else:
            i += 1
    return join_terms(line, terms)


_SILENT = {",", ".", ";", ":", "(", ")", "/", "-", "№", "sign"}


def named_year(line: Line, i: int) -> list[Term]:
    """«2021-2022 учебный год», «2021 год», where the text is nothing else."""
    token = line.tokens[i]
    if token.kind not in (SCHOOL_YEARS, NUMBER) or not _opens(line, i):
        return []
    reading = read_whole_year(line, i)
    if reading is None or token.kind == NUMBER and not is_year(token):
        return []
    first = 0 if i and line.tokens[0].kind != "(" else i
    rest = line.tokens[reading.end]
    if rest.kind == "-" and is_year(line.tokens[reading.end + 1]):
        end = year_word(line, reading.end + 2)
        last = Point(YEAR, line.tokens[reading.end + 1].value)
        return [_term(line, first, end, "range", reading.point, last)] if line.tokens[end].kind == END else []
    if rest.kind == END or rest.kind == "." and line.tokens[reading.end + 1].kind == END:
        return [_term(line, first, reading.end, "one", reading.point)]
    return []


def _opens(line: Line, i: int) -> bool:
    """Whether only «на», «весь» stand before token `i`."""
    return i < 3 and all(t.kind in (lex.IN, "(") or t.text in line.words.all for t in line.tokens[:i])


def time_of_day(line: Line, i: int) -> list[Term]:
    """«в 14:30», «10.00-11.00», «с 10.00 до 12.00», «15 часов»: no date, but belongs to one."""
    tokens = line.tokens
    j = i
    while j < i + 2 and (tokens[j].kind in (lex.IN, lex.FROM) or tokens[j].text in line.words.begin):
        j += 1
    if tokens[j].kind != NUMBER or not is_sure_time(line, j):
        return []
    time = read_time(line, j)
    return [_time(line, i, time)] if time else []


def any_time(line: Line, i: int) -> list[Term]:
    """«10.10» that is no day: figures with a stop between that nothing else took."""
    if line.tokens[i + 1].kind not in (".", ":"):
        return []
    time = read_time(line, i)
    return [_time(line, i, time)] if time else []


def _time(line: Line, i: int, time: tuple[str, int]) -> Term:
    term = _term(line, i, time[1], "time")
    term.time = time[0]
    return term


def deadline(line: Line, i: int) -> list[Term]:
    """«до 15 сентября», «до01.09», «не позднее мая», «к концу мая», «до конца учебного года»."""
    match = match_phrase(line, i)
    if match is None or match[0].role not in ("before", "through"):
        return []
    through, j = match[0].role == "through", match[1]
    tokens = line.tokens
    if tokens[j].text == "до":
        j += 1
    if tokens[j].kind == NUMBER and tokens[j + 1].text in line.words.day_number and not read_point(line, j):
        return [_numbered_deadline(line, i, j)]
    if tokens[j].kind == lex.THIRD:
        return _edge_deadline(line, i, j)
    stretch = read_stretch(line, j, before=i) or _bare_deadline(line, j)
    if not stretch:
        return []
    first = stretch[0]
    term = _term(line, i, first.end, "until", last=first.point())
    term.through = through
    return [term]


def _numbered_deadline(line: Line, i: int, j: int) -> Term:
    """«до 15 числа»: of each month, or of the month of the heading."""
    term = loose(line, i, j + 2, "recurring")
    term.last = Point("day", day=line.tokens[j].value)
    if line.tokens[j + 2].kind == lex.EVERY:
        term = loose(line, i, j + 3 + (line.tokens[j + 3].kind != END), "recurring")
    return term


def _bare_deadline(line: Line, j: int) -> list[Term]:
    found = read_bare_days(line, j)
    return found if found and line.tokens[found[-1].end].kind == END and found[-1].begin == 1 else []


def _edge_deadline(line: Line, i: int, j: int) -> list[Term]:
    """«до конца мая», «до начала июня», «до середины марта», «до конца I четверти», «до начала года»."""
    edge = line.tokens[j].value
    k = j + 1 + (line.tokens[j + 1].kind == ".")
    reading: Reading | None = read_point(line, k) or read_whole_year(line, k)
    if reading is None:
        return []
    point, through = reading.point, edge == 3
    if edge == 2:
        if point.kind != MONTH:
            return []
        point, through = Point(PART, point.year, point.month, name="half", number=1), True
    term = _term(line, i, reading.end, "until", last=point)
    term.through = through
    return [term]


def during(line: Line, i: int) -> list[Term]:
    """«в течение года», «в теч. сентября», «на протяжении I четверти», «в дни осенних каникул»."""
    match = match_phrase(line, i)
    if match is None or match[0].role != "during":
        return []
    j = match[1]
    tokens = line.tokens
    j += tokens[j].kind == "." or tokens[j].text == "с"
    whole = read_whole_year(line, j)
    if whole is not None:
        return [_term(line, i, whole.end, "one", whole.point)]
    j += tokens[j].text in line.words.all
    found = read_stretch(line, j, before=i)
    if found:
        found[0].spans = ((tokens[i].start, found[0].spans[0][1]), *found[0].spans[1:])
        found[0].begin = i
        return found
    if tokens[j].kind in (lex.UNIT, lex.PART):
        return [loose(line, i, j + 1, "unknown")]
    return []


def wording(line: Line, i: int) -> list[Term]:
    """«по заявкам библиотекарей»; «1 раз в четверть»; «каждый четверг»; «последняя среда месяца»."""
    kind = line.tokens[i].kind
    term = read_wording(line, i) or read_frequency(line, i)
    if term is None and kind in (lex.EVERY, lex.THIRD):
        term = read_every(line, i)
    if term is None and kind in (NUMBER, lex.ORDINAL, lex.THIRD):
        term = read_regular_day(line, i)
    return [term] if term else []


def since(line: Line, i: int) -> list[Term]:
    """«с сентября по май», «с 10 по 15 марта», «с 1 октября»."""
    tokens = line.tokens
    match = match_phrase(line, i)
    if tokens[i].kind != lex.FROM and (match is None or match[0].role != "from"):
        return []
    j = match[1] if match is not None and match[0].role == "from" else i + 1
    found = read_stretch(line, j, before=i, until=True)
    if not found:
        return []
    first = found[0]
    if first.shape == "one" and len(found) == 1 and tokens[i].text != "от":
        first.shape = "since"
    if first.shape in ("range", "since"):
        first.spans = ((tokens[i].start, first.spans[0][1]), *first.spans[1:])
        first.begin = i
    return found


def stretch(line: Line, i: int) -> list[Term]:
    """«25 октября 2017 года», «Октябрь 2015г- Март 2016г.», «3, 10, 17 марта», «I-II четверть»."""
    return read_stretch(line, i, before=i)


def weekdays(line: Line, i: int) -> list[Term]:
    """«понедельник», «по вторникам и четвергам»."""
    term = read_weekdays(line, i)
    return [term] if term else []


def _term(
    line: Line, i: int, end: int, shape: str, first: Point | None = None, last: Point | None = None
) -> Term:
    spans = ((line.tokens[i].start, line.tokens[end - 1].end),)
    return Term(shape=shape, first=first, last=last, spans=spans, begin=i, end=end)


_RULES: tuple[Rule, ...] = (
    named_year, time_of_day, deadline, during, wording, since, stretch, weekdays, any_time,
)  # fmt: skip
