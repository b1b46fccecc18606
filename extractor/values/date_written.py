"""Points written in words: «марте 2022 года», «3-я неделя октября», «I четверть», «осенние каникулы»."""

from __future__ import annotations

from extractor.values import date_lexicon as lex
from extractor.values.date_numbers import full_year, read_numeric_day
from extractor.values.date_points import (
    DAY,
    EDGE,
    HOLIDAYS,
    MONTH,
    PART,
    SCHOOL_YEAR,
    SEASON,
    THIS_MONTH,
    UNIT,
    WEEKDAY,
    YEAR,
    Point,
    Reading,
)
from extractor.values.date_tokens import NUMBER, SCHOOL_YEARS, WORD, Line, Token
from extractor.values.date_years import LAST_YEAR, is_year, year_word

_MONTHS = (lex.MONTH, lex.SHORT_MONTH)
_BESIDE = ('"', "_", "'")


def read_point(line: Line, i: int, *, joined: bool = False) -> Reading | None:
    """The point that begins at token `i`, whichever it is; `joined`: as the end of a range."""
    kind = line.tokens[i].kind
    if kind == NUMBER:
        return (
            read_numeric_day(line, i, joined=joined)
            or read_written_day(line, i)
            or read_ordinal_part(line, i)
        )
    if kind in _BESIDE:
        return read_written_day(line, i)
    if kind in _MONTHS:
        return read_month(line, i)
    if kind == lex.ORDINAL:
        return read_ordinal_part(line, i)
    if kind == lex.THIRD:
        return read_third(line, i)
    if kind in (lex.SEASON, lex.SEASONAL, lex.HOLIDAYS):
        return read_season(line, i)
    return None


def read_written_day(line: Line, i: int) -> Reading | None:
    """«25 октября 2017 года», «09»  января», «24.августа.2019», «10-го января», «15сентября»."""
    j = after_day(line, i)
    if j is None:
        return None
    month = read_month(line, j)
    if month is None:
        return None
    day = next(t for t in line.tokens[i:j] if t.kind == NUMBER).value
    point = month.point
    return Reading(Point(DAY, point.year, point.month, day), i, month.end)


def after_day(line: Line, i: int) -> int | None:
    """The token of the month behind the number of a day at token `i` («09» января» begins with the quote)."""
    tokens = line.tokens
    j = i
    while j < i + 2 and tokens[j].kind in _BESIDE:
        j += 1
    if tokens[j].kind != NUMBER or not 1 <= len(tokens[j].text) <= 2:
        return None
    j = after_day_suffix(line, j + 1)
    signs = 0
    while signs < 3 and tokens[j].kind in (*_BESIDE, "."):
        signs, j = signs + 1, j + 1
    if tokens[j].text in line.words.day_number:
        j += 1
    return j if tokens[j].kind in _MONTHS else None


def after_day_suffix(line: Line, j: int) -> int:
    """Past «-го», «-е» behind the number of a day."""
    k = j + (line.tokens[j].kind == "-")
    suffix = line.tokens[k]
    return k + 1 if suffix.text in line.words.day_suffixes and suffix.glued else j


def read_month(line: Line, i: int) -> Reading | None:
    """«марте 2022 года», «Декабрь 2015г.», «сент.», «сентябрь месяц»."""
    tokens = line.tokens
    token = tokens[i]
    if token.kind not in _MONTHS or _names_street(line, i):
        return None
    j = i + 1
    if tokens[j].text in line.words.month_word and tokens[j].text != "мес":
        j += 1
    year, end = read_year(line, j, token.value)
    if year is None and token.kind == lex.SHORT_MONTH and tokens[j].kind == "." and tokens[j].glued:
        end = j + 1
    return Reading(Point(MONTH, year, token.value), i, end)


def _names_street(line: Line, i: int) -> bool:
    """«ул. 8 Марта», «пр. Октября»."""
    j = i - 1
    while j >= 0 and j > i - 4 and line.tokens[j].kind in (NUMBER, ".", "-"):
        j -= 1
    return j >= 0 and line.tokens[j].text in line.words.streets


def read_year(line: Line, j: int, month: int) -> tuple[int | None, int]:
    """The year of a month behind it and the token after; (None, j) where there is none."""
    tokens = line.tokens
    k = j
    while k < j + 3 and tokens[k].kind in (".", ",", *_BESIDE):
        k += 1
    if tokens[k].kind == "-" and is_year(tokens[k + 1]) and tokens[k + 2].kind not in ("-", "/"):
        k += 1
    year = tokens[k]
    if year.kind == SCHOOL_YEARS:
        return (year.value if month >= 9 else year.value + 1), k + 1
    if _is_past_or_present(year) and not (
        tokens[k + 1].kind == "." and tokens[k + 1].glued and tokens[k + 2].kind == NUMBER
    ):
        signs = k + 1
        while signs < k + 3 and tokens[signs].kind in _BESIDE:
            signs += 1
        after = year_word(line, signs)
        return year.value, after if after > signs else k + 1
    short = year.kind == NUMBER and len(year.text) == 2 and not any(t.kind == "," for t in tokens[j:k])
    if short and (after := year_word(line, k + 1)) > k + 1 and not tokens[k + 1].text.startswith("год"):
        return full_year(year.value), after
    return None, j


def _is_past_or_present(token: Token) -> bool:
    """«7 ноября 1917 года» is a day too, if not of the plan."""
    return token.kind == NUMBER and len(token.text) == 4 and 1000 <= token.value <= LAST_YEAR


def read_ordinal(line: Line, i: int) -> tuple[int, int] | None:
    """«3», «3-я», «II», «первая», «последней» and the token after."""
    token = line.tokens[i]
    figure = token.kind == NUMBER and len(token.text) == 1 and 1 <= token.value <= 5
    if token.kind != lex.ORDINAL and not figure:
        return None
    j = i + 1
    k = j + (line.tokens[j].kind == "-")
    suffix = line.tokens[k]
    if suffix.text in line.words.ordinal_suffixes and (suffix.glued or k > j):
        j = k + 1
    return token.value, j


def read_ordinal_part(line: Line, i: int) -> Reading | None:
    """«3-я неделя октября», «II квартал 2021», «последняя среда апреля», «1 полугодие»."""
    ordinal = read_ordinal(line, i)
    return read_part(line, i, ordinal[0], ordinal[1]) if ordinal else None


def read_part(line: Line, i: int, number: int, j: int) -> Reading | None:
    """The part whose ordinal is `number` and whose noun stands at token `j`."""
    token = line.tokens[j]
    if token.kind == lex.UNIT:
        unit = line.words.units[token.meaning.name]
        place = number if number > 0 else len(unit.parts)
        if place > len(unit.parts):
            return None
        return _with_year(line, Point(UNIT, name=unit.name, number=place), i, _past_stop(line, j))
    if token.kind == lex.PART:
        part = line.words.parts[token.meaning.name]
        if number > len(part.parts):
            return None
        if part.name == "half" and (half := _half_of_year(line, number, i, j)):
            return half
        return _of_month(line, Point(PART, name=part.name, number=number), i, _past_stop(line, j))
    if token.kind == lex.WEEKDAY:
        return _of_month(line, Point(WEEKDAY, day=token.value, number=number), i, j + 1)
    return None


def read_third(line: Line, i: int) -> Reading | None:
    """«начало сентября», «конце мая 2022 года», «конец I четверти»: only of a month or part that is named."""
    j = _past_stop(line, i)
    part = read_ordinal_part(line, j)
    if part is not None and part.point.kind == UNIT:
        return Reading(Point(EDGE), i, part.end)
    reading = _of_month(line, Point(PART, name="third", number=line.tokens[i].value), i, j)
    return reading if reading is not None and reading.end > j else None


def read_season(line: Line, i: int) -> Reading | None:
    """«осенние каникулы», «осень 2021», «каникулы», «летний период»."""
    tokens = line.tokens
    token, j = tokens[i], i + 1
    if token.kind == lex.HOLIDAYS:
        return Reading(Point(HOLIDAYS), i, j)
    if token.kind == lex.SEASON:
        return _with_year(line, Point(SEASON, name=token.meaning.name), i, j)
    if tokens[j].text in line.words.season_nouns:
        return _with_year(line, Point(SEASON, name=token.meaning.name), i, j + 1)
    if tokens[j].kind != lex.HOLIDAYS:
        return None
    return _with_year(line, Point(HOLIDAYS, name=token.meaning.name), i, j + 1)


def read_whole_year(line: Line, i: int) -> Reading | None:
    """Behind «в течение»: «года», «всего учебного года», «2021-2022 учебного года», «2018 года», «месяца»."""
    tokens = line.tokens
    j = i
    while j < i + 3 and (tokens[j].text in line.words.all or tokens[j].text in line.words.school):
        j += 1
        j += tokens[j].kind == "." and tokens[j].glued
    if tokens[j].kind == SCHOOL_YEARS:
        return Reading(Point(SCHOOL_YEAR, tokens[j].value), i, j + 1)
    if is_year(tokens[j]):
        return Reading(Point(YEAR, tokens[j].value), i, year_word(line, j + 1))
    end = year_word(line, j)
    if end > j:
        return Reading(Point(SCHOOL_YEAR), i, end)
    if tokens[j].text in line.words.month_word:
        return Reading(Point(THIS_MONTH), i, _past_stop(line, j))
    return None


def _half_of_year(line: Line, number: int, i: int, j: int) -> Reading | None:
    """«первая половина учебного года» is полугодие."""
    whole = read_whole_year(line, j + 1)
    if whole is None or whole.point.kind != SCHOOL_YEAR or number < 0:
        return None
    school = whole.point.year is not None
    return Reading(
        Point(UNIT, whole.point.year, name="half_year", number=number, school=school), i, whole.end
    )


def _of_month(line: Line, point: Point, i: int, j: int) -> Reading | None:
    """The part with its month behind it, where one is named; None for «первая половина дня»."""
    month = read_month(line, j)
    if month is None and line.tokens[j].text in line.words.month_word:
        return Reading(point, i, j + 1)
    if month is None:
        other = line.tokens[j].kind == WORD and line.tokens[j].text not in line.words.filler
        return None if other and not line.breaks(j) else Reading(point, i, j)
    named = Point(point.kind, month.point.year, month.point.month, point.day, point.name, point.number)
    return Reading(named, i, month.end)


def _with_year(line: Line, point: Point, i: int, j: int) -> Reading:
    """The part with its year behind it: «2021», «2021 г.», «2021-2022 уч. года», «учебного года»."""
    tokens = line.tokens
    k = j + (tokens[j].kind in (",", "(") and is_year(tokens[j + 1]))
    if tokens[k].kind == SCHOOL_YEARS:
        return Reading(
            Point(point.kind, tokens[k].value, name=point.name, number=point.number, school=True), i, k + 1
        )
    if is_year(tokens[k]):
        year = Point(point.kind, tokens[k].value, name=point.name, number=point.number)
        return Reading(year, i, year_word(line, k + 1))
    if tokens[j].text in line.words.school or tokens[j].text in line.words.all:
        whole = read_whole_year(line, j)
        if whole is not None and whole.point.kind == SCHOOL_YEAR:
            return Reading(point, i, whole.end)
    elif tokens[j].text in ("года", "г"):
        return Reading(point, i, year_word(line, j))
    return Reading(point, i, j)


def _past_stop(line: Line, j: int) -> int:
    """Past the abbreviated noun at token `j` and its stop («кв.», «нед.», «п/г.»)."""
    after = line.tokens[j + 1]
    short = line.tokens[j].text in _SHORT_NOUNS
    return j + 1 + (short and after.kind == "." and after.glued)


_SHORT_NOUNS = {"кв", "нед", "четв", "трим", "полуг", "п/г", "мес", "нач", "кон"}
