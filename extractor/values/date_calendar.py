"""Points of time made real: which days they are in the plan's year, and how EDTF writes them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import msgspec

from extractor.values import date_points as points
from extractor.values.date_lexicon import Lexicon
from extractor.values.date_points import Point


class Years(msgspec.Struct, frozen=True):
    """What is known of the plan's year. `school`: the first year of the school year, 2021 for
    2021–2022. `calendar`: for a plan «на 2018 год». `early_august`: a bare August begins the plan."""

    school: int | None = None
    calendar: int | None = None
    inferred: bool = False
    early_august: bool = False

    def of_month(self, month: int) -> int | None:
        """The year of a month that is written without one."""
        if self.school is None:
            return self.calendar
        first = month >= 9 or month == 8 and self.early_august
        return self.school if first else self.school + 1


class Under(msgspec.Struct, frozen=True):
    """The heading row that dates the rows below it: «СЕНТЯБРЬ 2022», «23 марта»."""

    month: int
    year: int | None = None
    day: int | None = None
    inferred: bool = False  # the year is not the heading's own

    def point(self) -> Point:
        """The day or month of the heading itself."""
        if self.day is None:
            return Point(points.MONTH, self.year, self.month)
        return Point(points.DAY, self.year, self.month, self.day)


class Stretch(msgspec.Struct, frozen=True):
    """Days `start` to `end` (None where no year is known), the EDTF of both ends, the precision."""

    low: str | None
    high: str | None
    start: date | None
    end: date | None
    precision: str
    inferred: bool = False

    @property
    def edtf(self) -> str | None:
        return self.low if self.low == self.high else f"{self.low}/{self.high}"


_UNKNOWN = Stretch(None, None, None, None, "unknown")


def resolve(point: Point, years: Years, words: Lexicon, under: Under | None = None) -> Stretch:
    """The days of the point. Impossible days («29 февраля» of a common year) are `unknown`."""
    try:
        return _RESOLVERS[point.kind](point, years, words, under)
    except (ValueError, OverflowError):
        return _UNKNOWN


def _month_of(point: Point, years: Years, under: Under | None) -> tuple[int | None, int | None, bool]:
    """Year and month of the point, and whether the year came from the plan's."""
    if point.month is None:
        if under is None:
            return point.year, None, False
        year = under.year if under.year is not None else years.of_month(under.month)
        return year, under.month, under.inferred or under.year is None and year is not None
    if point.year is not None:
        return point.year, point.month, False
    if under is not None and under.month == point.month and under.year is not None:
        return under.year, point.month, under.inferred
    year = years.of_month(point.month)
    if years.school is not None and point.name in (points.EARLY, points.LATE):
        year = years.school + (point.name == points.LATE)
    return year, point.month, year is not None


def _day(point: Point, years: Years, words: Lexicon, under: Under | None) -> Stretch:
    year, month, inferred = _month_of(point, years, under)
    if not 1 <= point.day <= 31:
        return _UNKNOWN
    if month is None:
        return _exactly(f"XXXX-XX-{point.day:02}", "day")
    if year is None:
        date(2000, month, point.day)
        return _exactly(f"XXXX-{month:02}-{point.day:02}", "day")
    day = date(year, month, point.day)
    return Stretch(day.isoformat(), day.isoformat(), day, day, "day", inferred)


def _exactly(edtf: str, precision: str) -> Stretch:
    return Stretch(edtf, edtf, None, None, precision)


def _month(point: Point, years: Years, words: Lexicon, under: Under | None) -> Stretch:
    year, month, inferred = _month_of(point, years, under)
    if month is None:
        return Stretch(None, None, None, None, "month")
    if year is None:
        return _exactly(f"XXXX-{month:02}", "month")
    edtf = f"{year}-{month:02}"
    return Stretch(edtf, edtf, date(year, month, 1), _last_day(year, month), "month", inferred)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _between(start: date, end: date, precision: str, inferred: bool, *, exact: bool = False) -> Stretch:
    mark = "" if exact else "~"
    return Stretch(start.isoformat() + mark, end.isoformat() + mark, start, end, precision, inferred)


def _part(point: Point, years: Years, words: Lexicon, under: Under | None) -> Stretch:
    """A week, decade, half or third of a month."""
    precision, exact = "month", False
    bounds: tuple[tuple[int, int], ...] = ((1, 10), (11, 20), (21, 0))
    if point.name != "third":
        part = words.parts[point.name]
        precision, exact, bounds = part.precision, part.exact, part.parts
    year, month, inferred = _month_of(point, years, under)
    if month is None or year is None:
        return Stretch(None, None, None, None, precision)
    last = _last_day(year, month)
    if point.number < 0 and point.name == "week":
        return _between(last - timedelta(days=6), last, precision, inferred)
    low, high = bounds[point.number - 1 if point.number > 0 else -1]
    end = date(year, month, high) if high else last
    return _between(date(year, month, low), end, precision, inferred, exact=exact)


def _weekday(point: Point, years: Years, words: Lexicon, under: Under | None) -> Stretch:
    """«последняя среда апреля»: that very day."""
    year, month, inferred = _month_of(point, years, under)
    if month is None:
        return Stretch(None, None, None, None, "recurring")
    if year is None:
        return Stretch(None, None, None, None, "day")
    if point.number > 0:
        first = date(year, month, 1)
        day = first + timedelta(days=(point.day - first.isoweekday()) % 7 + 7 * (point.number - 1))
    else:
        last = _last_day(year, month)
        day = last - timedelta(days=(last.isoweekday() - point.day) % 7)
    if day.month != month:
        return _UNKNOWN
    return Stretch(day.isoformat(), day.isoformat(), day, day, "day", inferred)


def _bounds(low: str, high: str, year: int) -> tuple[date, date]:
    """The days of two bounds as month and day, `low` in `year`; 29 February is the last of February."""

    def day(bound: str, year: int) -> date:
        month, number = int(bound[:2]), int(bound[3:])
        return date(year, month, min(number, monthrange(year, month)[1]))

    start = day(low, year)
    return start, day(high, year + (high < low))


def _unit(point: Point, years: Years, words: Lexicon, under: Under | None) -> Stretch:
    unit = words.units[point.name]
    if not 0 < point.number <= len(unit.parts):
        return _UNKNOWN  # «5 четверть»
    low, high = unit.parts[point.number - 1]
    year, inferred = _year_of(point, years, int(low[:2]), summer=7)
    if year is None:
        return Stretch(None, None, None, None, unit.precision)
    start, end = _bounds(low, high, year)
    return _between(start, end, unit.precision, inferred, exact=unit.exact)


def _year_of(point: Point, years: Years, month: int, *, summer: int = 9) -> tuple[int | None, bool]:
    """The year in which a part beginning with `month` begins; from month `summer` on it is the first."""
    if point.year is not None:
        return (point.year + (month < summer) if point.school else point.year), False
    if years.school is not None:
        return years.school + (month < summer), True
    return years.calendar, years.calendar is not None


def _season(point: Point, years: Years, words: Lexicon, under: Under | None) -> Stretch:
    first, last = words.seasons[point.name].months
    year, inferred = _year_of(point, years, first)
    if year is None:
        return Stretch(None, None, None, None, "season")
    year -= _begins_before(point, years, first, last)
    return _between(date(year, first, 1), _last_day(year + (last < first), last), "season", inferred)


def _begins_before(point: Point, years: Years, low: int | str, high: int | str) -> bool:
    """«зима 2022» in a plan for 2021–2022 began in December 2021."""
    if point.year is None or point.school or low < high:  # type: ignore[operator]
        return False
    return years.school is not None and point.year == years.school + 1


def _holidays(point: Point, years: Years, words: Lexicon, under: Under | None) -> Stretch:
    if not point.name:
        return Stretch(None, None, None, None, "holidays")
    low, high = words.seasons[point.name].holidays
    year, inferred = _year_of(point, years, int(low[:2]))
    if year is None:
        return Stretch(None, None, None, None, "holidays")
    start, end = _bounds(low, high, year - _begins_before(point, years, low, high))
    return _between(start, end, "holidays", inferred)


def _year(point: Point, years: Years, words: Lexicon, under: Under | None) -> Stretch:
    year = point.year if point.year is not None else years.calendar
    if year is None:
        return Stretch(None, None, None, None, "year")
    return Stretch(f"{year}", f"{year}", date(year, 1, 1), date(year, 12, 31), "year", point.year is None)


def _school_year(point: Point, years: Years, words: Lexicon, under: Under | None) -> Stretch:
    year = point.year if point.year is not None else years.school
    if year is None:
        if years.calendar is not None:
            return _year(point, years, words, under)
        return Stretch(None, None, None, None, "school_year")
    start, end = date(year, 9, 1), date(year + 1, 5, 31)
    return _between(start, end, "school_year", point.year is None, exact=True)


def _edge(point: Point, years: Years, words: Lexicon, under: Under | None) -> Stretch:
    """«конец I четверти»: nobody says how many days that is."""
    return _UNKNOWN


_RESOLVERS = {
    points.DAY: _day, points.MONTH: _month, points.THIS_MONTH: _month, points.PART: _part,
    points.WEEKDAY: _weekday, points.UNIT: _unit, points.SEASON: _season, points.HOLIDAYS: _holidays,
    points.YEAR: _year, points.EDGE: _edge, points.SCHOOL_YEAR: _school_year,
}  # fmt: skip
