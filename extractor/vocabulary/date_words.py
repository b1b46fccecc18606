"""The words of terms («сентябрь», «в течение года», «по заявкам …»), read from `dates.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import msgspec

from extractor.errors import BrokenVocabulary

Words = tuple[str, ...]
Example = tuple[str, str, str]  # the line, its precision, its EDTF for the school year 2021–2022


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    examples: tuple[Example, ...]


class Numbered(_Entry, frozen=True, kw_only=True):
    """Month, day of the week, ordinal or third of a month: the words that mean `number`."""

    number: int
    forms: Words
    short: Words = ()
    plural: Words = ()


class Unit(_Entry, frozen=True, kw_only=True):
    """A part of the year with fixed bounds as month and day: четверть, триместр, полугодие, квартал."""

    name: str
    forms: Words
    parts: tuple[tuple[str, str], ...]
    precision: str
    exact: bool = False


class MonthPart(_Entry, frozen=True, kw_only=True):
    """A part of a month with its days, 0 for the last: неделя, декада, половина."""

    name: str
    forms: Words
    parts: tuple[tuple[int, int], ...]
    precision: str
    exact: bool = False


class Season(_Entry, frozen=True, kw_only=True):
    name: str
    forms: Words
    adjectives: Words
    months: tuple[int, int]
    holidays: tuple[str, str]


class Holidays(_Entry, frozen=True, kw_only=True):
    forms: Words


class Phrases(_Entry, frozen=True, kw_only=True):
    """Whole wordings of one precision; «…» at the end takes the complement, `alone`: nothing else beside."""

    precision: str
    say: Words
    alone: bool = False


class Saying(_Entry, frozen=True, kw_only=True):
    say: Words


class Deadline(_Entry, frozen=True, kw_only=True):
    before: Words
    through: Words


class Frequency(_Entry, frozen=True, kw_only=True):
    times: Words
    multiples: Words
    every: Words
    periods: Words
    at_least: Words


class Small(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The little words between: «г», «уч», «с», «по», «ч», and those beside which a number is no date."""

    year: Words
    school: Words
    month: Words
    day_number: Words
    from_: Words = msgspec.field(name="from")
    to: Words
    in_: Words = msgspec.field(name="in")
    and_: Words = msgspec.field(name="and")
    all: Words
    hours: Words
    minutes: Words
    day_suffixes: Words
    ordinal_suffixes: Words
    begin: Words
    season: Words
    filler: Words
    streets: Words
    not_after: Words
    not_before: Words


class DateWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """All words of terms. Compared by identity, so that it can be the key of what is built from it."""

    months: tuple[Numbered, ...]
    weekdays: tuple[Numbered, ...]
    ordinals: tuple[Numbered, ...]
    units: tuple[Unit, ...]
    month_parts: tuple[MonthPart, ...]
    month_thirds: tuple[Numbered, ...]
    seasons: tuple[Season, ...]
    holidays: Holidays
    phrases: tuple[Phrases, ...]
    during: Saying
    deadline: Deadline
    frequency: Frequency
    small: Small

    def examples(self) -> tuple[Example, ...]:
        """Every example line of the file, in its order."""
        groups: tuple[tuple[_Entry, ...], ...] = (
            self.months, self.weekdays, self.ordinals, self.units, self.month_parts, self.month_thirds,
            self.seasons, (self.holidays,), self.phrases, (self.during, self.deadline, self.frequency),
        )  # fmt: skip
        return tuple(example for group in groups for entry in group for example in entry.examples)


def parse_date_words(source: str) -> DateWords:
    """The words of one TOML text; BrokenVocabulary says what is wrong with it."""
    try:
        words = msgspec.convert(tomllib.loads(source), DateWords)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BrokenVocabulary(f"Словарь сроков dates.toml не читается: {error}. Исправьте файл.") from error
    _check_bounds(words)
    return words


@cache
def load_date_words() -> DateWords:
    """The words that come with the program."""
    text = resources.files("extractor.vocabulary").joinpath("dates.toml").read_text(encoding="utf-8")
    return parse_date_words(text)


def _check_bounds(words: DateWords) -> None:
    bounds = [bound for unit in words.units for part in unit.parts for bound in part]
    bounds += [bound for season in words.seasons for bound in season.holidays]
    for bound in bounds:
        month, _, day = bound.partition("-")
        if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= 12 and 1 <= int(day) <= 31):
            raise BrokenVocabulary(f"В словаре dates.toml граница «{bound}» не месяц и день. Исправьте файл.")
    numbers = sorted(month.number for month in words.months)
    if numbers != list(range(1, 13)):
        raise BrokenVocabulary("В словаре dates.toml должны быть все двенадцать месяцев. Исправьте файл.")
