"""What a term is made of before any year is known: days, months, parts of the year, and terms of them."""

from __future__ import annotations

import msgspec

DAY, MONTH, PART, WEEKDAY = "day", "month", "part", "weekday"
UNIT, SEASON, HOLIDAYS, YEAR, SCHOOL_YEAR, THIS_MONTH, EDGE = (
    "unit", "season", "holidays", "year", "school year", "this month", "edge",
)  # fmt: skip
EARLY, LATE = "early", "late"  # names of an August of a list: the first or the second of a school year


class Point(msgspec.Struct, frozen=True, gc=False):
    """One stretch of time as written. `name` and `number` say which part («week», 3; «term», 1);
    `day` of a weekday is 1–7. `school`: `year` is the first of a school year («зимой 2021–2022»)."""

    kind: str
    year: int | None = None
    month: int | None = None
    day: int = 0
    name: str = ""
    number: int = 0
    school: bool = False


class Term(msgspec.Struct, kw_only=True):
    """A term found in a text: one point, a range of two, a deadline, a beginning, or a loose wording."""

    shape: str  # one | range | until | since | loose
    first: Point | None = None
    last: Point | None = None
    precision: str = ""  # of a loose wording
    through: bool = False  # a deadline holds the whole of its point («не позднее мая»)
    time: str | None = None
    spans: tuple[tuple[int, int], ...]  # letters, in reading order
    begin: int  # tokens
    end: int
    days: tuple[tuple[Point, int, int], ...] = ()  # of a loose wording: days of the week, their letters
    group: int = -1  # terms written with one month («3, 10 и 17 марта») share the group

    def point(self) -> Point | None:
        """The point that decides the month: the last."""
        return self.last or self.first


class Reading(msgspec.Struct, frozen=True, gc=False):
    """A point read from tokens `begin` to `end`."""

    point: Point
    begin: int
    end: int
