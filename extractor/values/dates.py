"""Terms of plans made into dates: «25 октября 2017 года», «Май-сентябрь», «В течение года», «По заявкам».

`DateGrammar(words)` is made once; its methods take a text and know no document. Places in what they
give are letters of that text (block 0).

| step | module |
| --- | --- |
| words and numbers, typos put right | `date_lexicon`, `date_tokens` |
| the plan's own years | `date_years` |
| days, months, parts, wordings | `date_numbers`, `date_written`, `date_phrases` |
| ranges and lists, what belongs together | `date_stretches`, `date_scan`, `date_joining` |
| real days and EDTF | `date_calendar`, `date_resolving` |
"""

from __future__ import annotations

from functools import lru_cache

from extractor.model.plan import Date
from extractor.values import date_years
from extractor.values.date_calendar import Under, Years
from extractor.values.date_joining import spread_august
from extractor.values.date_lexicon import AND, IN, TO, Lexicon
from extractor.values.date_points import Term
from extractor.values.date_resolving import make_date, suggest
from extractor.values.date_scan import scan
from extractor.values.date_tokens import Line, read_tokens
from extractor.values.date_years import CalendarYearFound, SchoolYearFound
from extractor.vocabulary.date_words import DateWords

__all__ = [
    "CalendarYearFound", "DateGrammar", "SchoolYearFound", "Under", "Years", "find_calendar_year",
    "find_dates", "find_school_years", "is_term", "suggest", "year_evidence",
]  # fmt: skip

_BETWEEN = {",", ".", ";", ":", "-", "/", "(", ")", '"', "_", "'", AND, IN, TO}


class DateGrammar:
    """Reads terms with the words of one vocabulary; never changed after it is made."""

    def __init__(self, words: DateWords) -> None:
        self._words = Lexicon(words)

    def find(
        self, text: str, years: Years, *, bare_days: bool = False, under: Under | None = None
    ) -> tuple[Date, ...]:
        """The dates of a text that is a term or announces one, in reading order; () where there are none.

        `under` is the heading row that dates this one; `bare_days`: «12», «2-3» are days of its month.
        """
        line = self._read(text)
        if line is None:
            return ()
        terms = scan(line, bare_days=bare_days)
        if under is not None:
            terms = [_at_heading(term, under) for term in terms]
        terms = spread_august([term for term in terms if term.shape != "time"], years)
        return tuple(make_date(term, line, years, under) for term in terms)

    def find_any(self, text: str) -> bool:
        """Whether the text holds a term."""
        line = self._read(text)
        return line is not None and any(term.shape != "time" for term in scan(line))

    def find_school_years(self, text: str) -> tuple[SchoolYearFound, ...]:
        """Every «2017 – 2018 учебный год», «2021/ 2022 уч. г.», «2016-17 уч.г.» of the text."""
        line = read_tokens(text, self._words)
        return tuple(found for _, _, found in date_years.find_school_years(line)) if line else ()

    def find_calendar_year(self, text: str) -> CalendarYearFound | None:
        """«на 2018 год» or, where the text has none, «2018 год»; None where no year is named so."""
        line = read_tokens(text, self._words)
        return date_years.find_calendar_year(line) if line else None

    def is_term(self, text: str, *, bare_days: bool = False) -> bool:
        """Whether the whole text (a cell) is nothing but terms, times of day and signs between them."""
        line = self._read(text)
        if line is None:
            return False
        terms = scan(line, bare_days=bare_days)
        taken = {i for term in terms for i in range(term.begin, term.end)}
        return bool(terms) and all(
            i in taken or token.kind in _BETWEEN or token.text in self._words.filler
            for i, token in enumerate(line.tokens)
            if token.kind != "end"
        )

    def year_evidence(self, text: str) -> tuple[tuple[int, int], ...]:
        """(year, month) of every date that is written with its year, for inferring the school year."""
        dates = self.find(text, Years())
        days = (day for each in dates if each.precision in _DATED for day in (each.start, each.end))
        return tuple(dict.fromkeys((int(day[:4]), int(day[5:7])) for day in days if day))

    def _read(self, text: str) -> Line | None:
        line = read_tokens(text, self._words)
        return date_years.fold_school_years(line) if line else None


_DATED = {"day", "month", "week", "range", "deadline"}


def _at_heading(term: Term, under: Under) -> Term:
    """A time alone («10.00») is of the day or month of the heading."""
    if term.shape != "time":
        return term
    return Term(
        shape="one", first=under.point(), time=term.time, spans=term.spans, begin=term.begin, end=term.end
    )


@lru_cache(maxsize=4)
def _grammar(words: DateWords) -> DateGrammar:
    return DateGrammar(words)


def find_dates(
    text: str, words: DateWords, years: Years, *, bare_days: bool = False, under: Under | None = None
) -> tuple[Date, ...]:
    """`DateGrammar.find` for a single text."""
    return _grammar(words).find(text, years, bare_days=bare_days, under=under)


def find_school_years(text: str, words: DateWords) -> tuple[SchoolYearFound, ...]:
    return _grammar(words).find_school_years(text)


def find_calendar_year(text: str, words: DateWords) -> CalendarYearFound | None:
    return _grammar(words).find_calendar_year(text)


def is_term(text: str, words: DateWords) -> bool:
    return _grammar(words).is_term(text)


def year_evidence(text: str, words: DateWords) -> tuple[tuple[int, int], ...]:
    return _grammar(words).year_evidence(text)
