"""Years that a plan names for itself: «на 2017 – 2018 учебный год», «2016-17 уч.г.», «на 2018 год»."""

from __future__ import annotations

import msgspec

from extractor.values.date_lexicon import FROM, MONTH, SHORT_MONTH, TO, YEAR
from extractor.values.date_tokens import BEHIND, NUMBER, SCHOOL_YEARS, WORD, Line, Token

FIRST_YEAR, LAST_YEAR = 1950, 2099


class SchoolYearFound(msgspec.Struct, frozen=True):
    """«2017 – 2018 учебный год» at letters `start` to `end`; `stated`: with the word
    «учебный», `single`: only one year is written («2021 учебный год»)."""

    start: int
    end: int
    start_year: int
    end_year: int
    stated: bool
    single: bool = False


class CalendarYearFound(msgspec.Struct, frozen=True):
    """«2018 год» at letters `start` to `end`; `stated`: as the year of the plan, «на 2018 год»."""

    start: int
    end: int
    year: int
    stated: bool


def is_year(token: Token) -> bool:
    return token.kind == NUMBER and len(token.text) == 4 and FIRST_YEAR <= token.value <= LAST_YEAR


def chained(line: Line, i: int) -> bool:
    """Whether the number `i` goes on another number without a space («2.1.» before «3», a phone)."""
    tokens = line.tokens
    return (
        i > 1
        and tokens[i].glued
        and tokens[i - 1].glued
        and tokens[i - 1].kind in (".", "-", "/", ":")
        and tokens[i - 2].kind == NUMBER
    )


def find_school_years(line: Line) -> list[tuple[int, int, SchoolYearFound]]:
    """The school years with the tokens that they take."""
    found, i = [], 0
    while i < len(line.tokens) - BEHIND:
        match = _school_years_at(line, i) if is_year(line.tokens[i]) else None
        if match is None:
            i += 1
            continue
        found.append((i, match[0], match[1]))
        i = match[0]
    return found


def _school_years_at(line: Line, i: int) -> tuple[int, SchoolYearFound] | None:
    if chained(line, i):
        return None
    tokens, first = line.tokens, line.tokens[i].value
    j = year_word(line, i + 1)
    dashes = 0
    while dashes < 2 and tokens[j].kind in ("-", "/"):
        dashes, j = dashes + 1, j + 1
    second = tokens[j]
    whole = is_year(second) and second.value == first + 1
    short = second.kind == NUMBER and len(second.text) == 2 and second.value == (first + 1) % 100
    if dashes and not whole and not short:
        return None
    if whole or dashes:
        j += 1
        if tokens[j].kind in (".", "-", "/") and tokens[j].glued and tokens[j + 1].kind == NUMBER:
            return None
    end, stated = _school_word(line, j)
    if not stated and (short or not whole or not dashes):
        return None
    return end, SchoolYearFound(
        tokens[i].start, tokens[end - 1].end, first, first + 1, stated, not (whole or dashes)
    )


def _school_word(line: Line, j: int) -> tuple[int, bool]:
    """Past «учебный год», «уч. г.», «у.г.», «гг.», and whether «учебный» stands there."""
    tokens = line.tokens
    end = j
    k = year_word(line, j)
    if k > j:
        end = k
    if tokens[k].text not in line.words.school:
        return end, False
    k += 1
    k += tokens[k].kind in (".", "-", "/")
    after = year_word(line, k)
    if after == k and tokens[k - 1].text == "у":
        return end, False
    return (after, True) if after > k else (k, True)


def year_word(line: Line, j: int) -> int:
    """Past «год», «года», «г.», «гг.», «г.г.» at token `j`; the stop belongs to the abbreviation."""
    tokens = line.tokens
    if tokens[j].kind != YEAR:
        return j
    short = len(tokens[j].text) <= 2
    j += 1
    if short and tokens[j].kind == "." and tokens[j].glued:
        j += 1
        if tokens[j].text == "г" and tokens[j].glued and tokens[j + 1].kind == ".":
            j += 2
    return j


def fold_school_years(line: Line) -> Line:
    """The line with each school year as one token, so that no year of it is taken for a date's."""
    found = [each for each in find_school_years(line) if not each[2].single]
    if not found:
        return line
    tokens, place = [], 0
    for begin, end, years in found:
        tokens += line.tokens[place:begin]
        token = line.tokens[begin]
        name = "школьный" if years.stated else ""
        tokens.append(Token(SCHOOL_YEARS, name, years.start, years.end, token.glued, years.start_year))
        place = end
    return Line(line.text, tokens + line.tokens[place:], line.words)


def find_calendar_year(line: Line) -> CalendarYearFound | None:
    """The year that the text names as a year: «на 2018 год» before «2018 год»."""
    line = fold_school_years(line)
    best = None
    for i in range(len(line.tokens) - BEHIND):
        found = _calendar_year_at(line, i) if is_year(line.tokens[i]) else None
        if found is not None and found.stated:
            return found
        best = best or found
    return best


def _calendar_year_at(line: Line, i: int) -> CalendarYearFound | None:
    tokens = line.tokens
    before = tokens[i - 1] if i else None
    if (
        chained(line, i)
        or before is not None
        and (before.kind in _NO_YEAR_AFTER or before.text in ("за", "к"))
    ):
        return None
    stated = before is not None and before.text == "на"
    end = year_word(line, i + 1 + (tokens[i + 1].text in line.words.all))
    if end == i + 1 and (not stated or tokens[end].kind in ("-", "/", ".", NUMBER, WORD)):
        return None
    start = tokens[i - 1].start if stated else tokens[i].start
    return CalendarYearFound(start, tokens[end - 1].end, tokens[i].value, stated)


# «с 2017 года», «до 2020 года», «март 2018 г.»: not the year of the plan.
_NO_YEAR_AFTER = (FROM, TO, MONTH, SHORT_MONTH, "-", "/")
