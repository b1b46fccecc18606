"""Terms that belong together: a year at the end of a list, a time beside its day, «Октябрь, 3 неделя»."""

from __future__ import annotations

from extractor.values import date_lexicon as lex
from extractor.values.date_calendar import Years
from extractor.values.date_points import DAY, EARLY, LATE, MONTH, PART, THIS_MONTH, WEEKDAY, Point, Term
from extractor.values.date_tokens import Line, Token

_SOFT = {",", ";", ".", "-", ":", "(", ")", '"', "_", "/", lex.IN, lex.AND}
_LIST = {",", ";", ".", lex.AND, "/", "(", ")"}


def join_terms(line: Line, terms: list[Term]) -> list[Term]:
    """The terms with what belongs to a neighbour moved there, times last («time» is a shape of its own
    where no date takes it)."""
    kept: list[Term] = []
    for term in terms:
        if kept and _joined(line, kept, term):
            continue
        kept.append(term)
    if len(kept) > 1:
        _share_years(line, kept)
    _take_prepositions(line, kept)
    return kept


def _take_prepositions(line: Line, terms: list[Term]) -> None:
    """«В сентябре», «на каникулах» at the beginning of a line or behind another term: whole wordings.
    In running text («заседания в марте») the preposition is the sentence's."""
    ends = {term.end for term in terms}
    for term in terms:
        i = term.begin - 1
        if i < 0 or term.shape not in ("one", "range", "loose") or line.tokens[i].kind != lex.IN:
            continue
        if i == 0 or i in ends or line.breaks(i):
            term.begin = i
            term.spans = ((line.tokens[i].start, term.spans[0][1]), *term.spans[1:])


def _joined(line: Line, kept: list[Term], term: Term) -> bool:
    """Whether the term was taken into the one before it."""
    before = kept[-1]
    between = line.tokens[before.end : term.begin]
    if _is_clock(line, before, term, between):
        term.time = "{:02}:{:02}".format(*(line.tokens[k].value for k in (term.begin, term.begin + 2)))
        term.shape = "time"
    if not all(t.kind in _SOFT for t in between) or len(between) > 4:
        return False
    if term.shape == "time":
        return _give_time(line, kept, term)
    if before.shape == "time" and before.first is None and _takes_time(term):
        term.time = before.time
        _widen(line, term, before)
        kept[-1] = term
        return True
    return _join_days(line, kept, before, term)


def _is_clock(line: Line, before: Term, term: Term, between: list[Token]) -> bool:
    """«23 марта, 10.10», «15.09 в 10.10»: figures that could be a day are a time beside a day."""
    i = term.begin
    point = term.first
    if term.shape != "one" or point is None or point.kind != DAY or point.year or _kind(before) != DAY:
        return False
    if term.end != i + 3 or line.tokens[i + 1].kind != "." or before.time is not None:
        return False
    if not 7 <= line.tokens[i].value <= 20 or line.tokens[i + 2].value % 5:
        return False
    if [t.kind for t in between] == [lex.IN]:
        return True
    worded = any(t.kind in (lex.MONTH, lex.SHORT_MONTH) for t in line.tokens[before.begin : before.end])
    return worded and all(t.kind == "," for t in between) and not line.breaks(i)


def _join_days(line: Line, kept: list[Term], before: Term, term: Term) -> bool:
    point = term.first
    if _is_weekday(term) and before.shape in ("one", "range") and _kind(before) == DAY:
        _widen(line, before, term)
        return True
    if _is_weekday(term) and before.shape == "one" and before.first and before.first.kind == PART:
        return _day_of_week_part(line, kept, before, term)
    if _is_weekday(before) and term.shape == "one" and _kind(term) == DAY:
        _widen(line, term, before)
        kept[-1] = term
        return True
    if _lone_part(term) and before.shape == "one" and before.first and before.first.kind == MONTH:
        _place(line, before, term, before.first)
        return True
    if _lone_part(before) and term.shape == "one" and point and point.kind == MONTH:
        _place(line, before, before, point)
        _widen(line, before, term)
        return True
    return _join_regular(line, before, term)


def _place(line: Line, before: Term, part: Term, month: Point) -> None:
    """«Октябрь, 1-2 неделя»: the part is of that month."""
    before.shape = part.shape
    before.first = _in_month(part.first, month) if part.first else None
    before.last = _in_month(part.last, month) if part.last else None
    if part is not before:
        _widen(line, before, part)


def _join_regular(line: Line, before: Term, term: Term) -> bool:
    """«ежемесячно, до 15 числа» is one recurring term."""
    numbered = (
        term.shape == "loose" and term.last is not None or before.shape == "loose" and before.last is not None
    )
    if not numbered or before.precision != "recurring" or term.precision != "recurring":
        return False
    _widen(line, before, term)
    before.last = None
    return True


def _day_of_week_part(line: Line, kept: list[Term], before: Term, term: Term) -> bool:
    """«3 неделя – пятница, суббота»: the days of the week of that week."""
    part = before.first
    if part is None or part.name != "week":
        return False
    for place, (day, start, end) in enumerate(term.days):
        point = Point(WEEKDAY, part.year, part.month, day.day, number=part.number)
        if place == 0:
            before.first, before.group, before.end = point, before.begin, term.end
            before.spans = (
                ((before.spans[0][0], end),) if len(before.spans) == 1 else (*before.spans, (start, end))
            )
        else:
            kept.append(
                Term(
                    shape="one",
                    first=point,
                    spans=((start, end),),
                    begin=term.begin,
                    end=term.end,
                    group=before.begin,
                )
            )
    return True


def _give_time(line: Line, kept: list[Term], term: Term) -> bool:
    before = kept[-1]
    if not _takes_time(before) or before.time is not None:
        return False
    for other in kept[:-1]:
        if other.group == before.group >= 0 and other.time is None:
            other.time = term.time
            other.spans = (*other.spans, *term.spans)
    before.time = term.time
    _widen(line, before, term)
    return True


def _takes_time(term: Term) -> bool:
    if term.shape == "loose":
        return term.precision == "recurring"
    point = term.point()
    return (
        term.shape != "time" and point is not None and point.kind in (DAY, WEEKDAY, MONTH, PART, THIS_MONTH)
    )


def _is_weekday(term: Term) -> bool:
    return bool(term.days)


def _lone_part(term: Term) -> bool:
    point = term.first
    return (
        term.shape in ("one", "range")
        and point is not None
        and point.kind in (PART, WEEKDAY)
        and point.month is None
    )


def _kind(term: Term) -> str:
    point = term.point()
    return point.kind if point else ""


def _in_month(point: Point, month: Point) -> Point:
    return Point(point.kind, month.year, month.month, point.day, point.name, point.number)


def _widen(line: Line, term: Term, other: Term) -> None:
    """`term` takes the letters of its neighbour, and a bracket that closes behind it."""
    spans = sorted((*term.spans, *other.spans))
    start, end = spans[0][0], max(term.spans[-1][1], other.spans[-1][1])
    term.begin, term.end = min(term.begin, other.begin), max(term.end, other.end)
    opened = any(t.kind == "(" for t in line.tokens[term.begin : term.end])
    closed = any(t.kind == ")" for t in line.tokens[term.begin : term.end])
    if opened and not closed and line.tokens[term.end].kind == ")":
        end = line.tokens[term.end].end
        term.end += 1
    term.spans = ((start, end),) if len(term.spans) == 1 else (*term.spans, *other.spans)


def _share_years(line: Line, terms: list[Term]) -> None:
    """«ноябрь, декабрь 2021 года», «10 марта и 5 апреля 2022»: the year at the end counts for the earlier."""
    for later, term in zip(reversed(terms), reversed(terms[:-1]), strict=False):
        giver, taker = later.first or later.last, term.point()
        if giver is None or taker is None or giver.year is None or taker.year is not None:
            continue
        if (
            later.shape not in ("one", "range")
            or term.shape not in ("one", "range")
            or term.group != later.group != -1
        ):
            continue
        if (
            giver.kind not in (MONTH, DAY)
            or taker.kind not in (MONTH, DAY)
            or not giver.month
            or not taker.month
        ):
            continue
        between = line.tokens[term.end : later.begin]
        if taker.month > giver.month or len(between) > 2 or not all(t.kind in _LIST for t in between):
            continue
        _set_year(line, term, later, giver.year)


def spread_august(terms: list[Term], years: Years) -> list[Term]:
    """«Август, ноябрь»: August before other months of a list begins the school year, «Июль, август»:
    behind them it ends it."""
    if years.school is None or len(terms) < 2:
        return terms
    months = [point.month if (point := term.point()) else None for term in terms]
    for place, term in enumerate(terms):
        point = term.first
        if term.shape != "one" or point is None or point.kind not in (MONTH, DAY):
            continue
        if point.month != 8 or point.year is not None:
            continue
        if any(month not in (None, 7, 8) for month in months[place + 1 :]):
            term.first = Point(point.kind, None, 8, point.day, EARLY)
        elif any(month not in (None, 8) for month in months[:place]):
            term.first = Point(point.kind, None, 8, point.day, LATE)
    return terms


def _set_year(line: Line, term: Term, giver: Term, year: int) -> None:
    def dated(point: Point | None) -> Point | None:
        if point is None or point.year is not None:
            return point
        return Point(point.kind, year, point.month, point.day, point.name, point.number)

    if line.breaks(giver.begin):
        return
    term.first, term.last = dated(term.first), dated(term.last)
    letters = _year_letters(line, giver)
    if letters is not None and term.spans[-1] != letters:
        term.spans = (*term.spans, letters)


def _year_letters(line: Line, term: Term) -> tuple[int, int] | None:
    """Where the year of the term is written."""
    if term.spans[-1][0] > line.tokens[term.end - 1].start:
        return term.spans[-1]
    for i in range(term.begin, term.end):
        token = line.tokens[i]
        if token.kind == "number" and len(token.text) == 4:
            return token.start, line.tokens[term.end - 1].end
    return None
