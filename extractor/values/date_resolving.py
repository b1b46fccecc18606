"""Terms made into `Date`s of the record: ranges, deadlines, and the year that was probably meant."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from msgspec.structs import replace

from extractor.model.plan import Date, Span, Suggested
from extractor.values.date_calendar import Stretch, Under, Years, resolve
from extractor.values.date_points import DAY, MONTH, SCHOOL_YEAR, YEAR, Point, Term
from extractor.values.date_tokens import Line

_WHOLE_YEARS = ("year", "school_year")  # a plan may well speak of other years
_FAR = 3  # years by which a slip may be off; an older date is a law's


def make_date(term: Term, line: Line, years: Years, under: Under | None) -> Date:
    """The date of a term. `at` is relative to the text, block 0."""
    stretch, edtf = _settle(term, line, years, under)
    made = Date(
        text=" ".join(line.wording(start, end) for start, end in term.spans),
        edtf=edtf,
        start=_iso(stretch.start),
        end=_iso(stretch.end),
        precision=stretch.precision,
        year_inferred=stretch.inferred,
        time=term.time,
        at=tuple(Span(0, start, end) for start, end in term.spans),
    )
    if stretch.inferred or edtf is None or stretch.precision in _WHOLE_YEARS or _inside(stretch, years):
        return made
    suggested = suggest(made, years)
    if suggested is None:
        return made
    return replace(made, suggested=suggested)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _settle(term: Term, line: Line, years: Years, under: Under | None) -> tuple[Stretch, str | None]:
    words = line.words
    if not term.point():
        return _loose(term, years, line)
    if term.shape == "loose":
        return _loose_day(term, line, years, under)
    if term.shape == "until" and term.last is not None:
        return _until(resolve(term.last, years, words, under), term)
    if term.shape == "range" and term.first is not None and term.last is not None:
        return _range(term.first, term.last, line, years, under)
    point = term.point()
    assert point is not None
    stretch = resolve(point, years, words, under)
    if term.shape == "since" and stretch.edtf is not None:
        made = Stretch(stretch.low, "..", stretch.start, None, "range", stretch.inferred)
        return made, made.edtf
    return stretch, stretch.edtf


def _loose(term: Term, years: Years, line: Line) -> tuple[Stretch, str | None]:
    if term.precision == "school_year":
        stretch = resolve(Point(SCHOOL_YEAR), years, line.words)
        return stretch, stretch.edtf
    return Stretch(None, None, None, None, term.precision or "unknown"), None


def _loose_day(term: Term, line: Line, years: Years, under: Under | None) -> tuple[Stretch, str | None]:
    """«до 15 числа», «конец месяца» are of the month of the heading, else recurring."""
    if under is not None and term.first is not None:
        stretch = resolve(term.first, years, line.words, under)
        return stretch, stretch.edtf
    if under is None or term.last is None:
        return Stretch(None, None, None, None, term.precision), None
    return _until(resolve(term.last, years, line.words, under), term)


def _until(stretch: Stretch, term: Term) -> tuple[Stretch, str | None]:
    """«до 15 сентября» through that day, «до июля» through 30 June, «до конца мая» through 31 May."""
    if stretch.edtf is None or stretch.high is None:
        return Stretch(None, None, None, None, "deadline"), None
    point = term.last
    whole = term.through or point is not None and point.kind == DAY or stretch.precision == "day"
    if stretch.end is None or stretch.start is None:
        return Stretch("..", stretch.high, None, None, "deadline"), f"../{stretch.high}"
    mark = "~" if stretch.high.endswith("~") else ""
    end = stretch.end if whole else stretch.start - timedelta(days=1)
    made = Stretch("..", end.isoformat() + mark, None, end, "deadline", stretch.inferred)
    return made, made.edtf


def _range(
    first: Point, last: Point, line: Line, years: Years, under: Under | None
) -> tuple[Stretch, str | None]:
    """From the first to the last, the first such after it: «Май-сентябрь» in 2021–2022 ends in 2022."""
    first, last, inferred = _range_years(first, last, years, under)
    low, high = resolve(first, years, line.words, under), resolve(last, years, line.words, under)
    if low.edtf is None or high.edtf is None:
        precision = "unknown" if "unknown" in (low.precision, high.precision) else high.precision
        return Stretch(None, None, None, None, precision), None
    if low.start and high.end and low.start > high.end:
        return Stretch(None, None, None, None, "unknown"), None
    same = (first.kind, first.name) == (last.kind, last.name) and first.kind not in (DAY, MONTH, YEAR)
    same = same and first.month == last.month
    made = Stretch(
        low.low,
        high.high,
        low.start,
        high.end,
        high.precision if same else "range",
        inferred or low.inferred or high.inferred,
    )
    if (low.start is None) != (high.end is None):
        return Stretch(None, None, None, None, made.precision), None
    return made, made.edtf


def _range_years(first: Point, last: Point, years: Years, under: Under | None) -> tuple[Point, Point, bool]:
    """Both ends with their years, as far as one is known, and whether it came from the plan's year."""
    if first.month is None or last.month is None:
        return first, last, False
    turns = (last.month, last.day) < (first.month, first.day)
    if first.year is None and last.year is not None:
        return _dated(first, last.year - turns), last, False
    if first.year is not None and last.year is None:
        return first, _dated(last, first.year + turns), False
    if first.year is None:
        year = years.of_month(first.month)
        if first.month == 8 and last.month != 8 and years.school is not None:
            year = years.school
        if under is not None and under.month in (first.month, last.month) and under.year is not None:
            begun = under.year - (turns and under.month != first.month)
            return _dated(first, begun), _dated(last, begun + turns), under.inferred
        if year is not None:
            return _dated(first, year), _dated(last, year + turns), True
    return first, last, False


def _dated(point: Point, year: int) -> Point:
    return Point(point.kind, year, point.month, point.day, point.name, point.number)


def _inside(stretch: Stretch, years: Years) -> bool:
    """Whether the days lie in the plan's year: 1 August to 31 August of the next, or the calendar year."""
    days = [day for day in (stretch.start, stretch.end) if day]
    if years.school is not None:
        return all(date(years.school, 8, 1) <= day <= date(years.school + 1, 8, 31) for day in days)
    if years.calendar is not None:
        return any(day.year == years.calendar for day in days) or not days
    return True


def suggest(made: Date, years: Years) -> Suggested | None:
    """The same days in the year in which the plan would have them («10 января 2017» in 2017–2018 →
    2018-01-10), August in the second; None where the date stands there already, or is years away."""
    first = _parse(made.start or made.end)
    if first is None or made.edtf is None:
        return None
    right = Years(years.school, years.calendar).of_month(first.month)
    if "-" not in made.edtf or right is None or right == first.year or abs(right - first.year) > _FAR:
        return None
    shift = right - first.year
    start, end = _moved(_parse(made.start) or first, shift), _moved(_parse(made.end) or first, shift)
    edtf = "/".join(_moved_edtf(part, shift) for part in made.edtf.split("/"))
    return Suggested(edtf=edtf, start=start.isoformat(), end=end.isoformat())


def _parse(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _moved(day: date, shift: int) -> date:
    year = day.year + shift
    last = monthrange(day.year, day.month)[1] == day.day
    length = monthrange(year, day.month)[1]
    return date(year, day.month, length if last and day.month == 2 else min(day.day, length))


def _moved_edtf(part: str, shift: int) -> str:
    if not part[:4].isdecimal():
        return part
    day = part.rstrip("~")
    if len(day) == 10:
        return _moved(date.fromisoformat(day), shift).isoformat() + part[10:]
    return f"{int(part[:4]) + shift:04}{part[4:]}"
