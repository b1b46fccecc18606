"""Days written in figures («25.10.2017», «5/10/17», «2017-10-25») and times of day («10.00-11.00»)."""

from __future__ import annotations

from extractor.values.date_lexicon import TO
from extractor.values.date_points import DAY, MONTH, Point, Reading
from extractor.values.date_tokens import END, NUMBER, SUPER, Line, Token
from extractor.values.date_years import LAST_YEAR, chained, is_year, year_word

_SEPARATORS = (".", "-", "/")


def read_numeric_day(line: Line, i: int, *, joined: bool = False) -> Reading | None:
    """«25.10.2017», «25. 10. 2017г.», «25-10-2017», «2017-10-25», «25.10» at token `i`; `joined`: the end
    of a range, which may follow its beginning without a space."""
    tokens = line.tokens
    if tokens[i].kind != NUMBER or not joined and chained(line, i) or _vetoed(line, i):
        return None
    reading = _iso(tokens, i) if is_year(tokens[i]) else _day_month(line, i) or _month_year(line, i)
    if reading is None or _goes_on(line, reading.end):
        return None
    return reading


def _iso(tokens: list[Token], i: int) -> Reading | None:
    year, dash, month, dash2, day = tokens[i : i + 5]
    if dash.kind != dash2.kind or dash.kind not in ("-", "."):
        return None
    if not (len(month.text) == 2 == len(day.text) and _is_month(month) and _is_day(day) and day.glued):
        return None
    return Reading(Point(DAY, year.value, month.value, day.value), i, i + 5)


def _day_month(line: Line, i: int) -> Reading | None:
    tokens = line.tokens
    day, sign, month = tokens[i : i + 3]
    if sign.kind not in _SEPARATORS or not _is_day(day) or month.kind != NUMBER or not _is_month(month):
        return None
    year, end = _year(line, i + 3, sign.kind)
    if year is None and not (sign.kind == "." and len(month.text) == 2 and sign.glued and month.glued):
        return None
    if year is not None and sign.kind != "." and not month.glued:
        return None
    return Reading(Point(DAY, year, month.value, day.value), i, end)


def _month_year(line: Line, i: int) -> Reading | None:
    """«09.2021»."""
    month, sign, year = line.tokens[i : i + 3]
    if not (_is_month(month) and len(month.text) == 2 and sign.kind == "." and is_year(year) and year.glued):
        return None
    return Reading(Point(MONTH, year.value, month.value), i, year_word(line, i + 3))


def _year(line: Line, j: int, sign: str) -> tuple[int | None, int]:
    """The year after day and month: behind the same sign, or behind a space where it has four figures."""
    tokens = line.tokens
    k = j
    while k < j + 2 and tokens[k].kind == sign:
        k += 1
    year = tokens[k]
    if is_year(year) and (k > j or not year.glued):
        return year.value, year_word(line, k + 1)
    if year.kind == NUMBER and len(year.text) == 2 and k == j + 1 and sign != "-":
        after = year_word(line, k + 1)
        if year.glued or after > k + 1:
            return full_year(year.value), after
    return None, j


def full_year(two: int) -> int:
    """2017 for 17, 1998 for 98."""
    return 2000 + two if 2000 + two <= LAST_YEAR - 30 else 1900 + two


def _is_day(token: Token) -> bool:
    return token.kind == NUMBER and len(token.text) <= 2 and 1 <= token.value <= 31


def _is_month(token: Token) -> bool:
    return token.kind == NUMBER and len(token.text) <= 2 and 1 <= token.value <= 12


def _goes_on(line: Line, end: int) -> bool:
    """Whether the figures go on («3.10.1», «5.10 класс», «12.5%») and so are no date."""
    after, number = line.tokens[end : end + 2]
    if after.text in line.words.not_before or after.text == "%":
        return True
    return after.kind in (".", "/", ":") and after.glued and number.kind == NUMBER and number.glued


def _vetoed(line: Line, i: int) -> bool:
    """«ГОСТ Р 7.0.5», «№ 5.10», «тел. 25-10-17»: a word of norms, numbers or phones shortly before."""
    for back in range(1, 4):
        if i < back:
            return False
        token = line.tokens[i - back]
        if token.text in line.words.not_after or token.kind == "№" and back == 1:
            return True
        if token.kind in (",", ";", ")", NUMBER, END) or line.breaks(i - back + 1):
            return False
    return False


def read_time(line: Line, i: int) -> tuple[str, int] | None:
    """The time at token `i` and the token after it: «10.00», «в 14:30», «10.00-11.00», «15 часов»."""
    tokens = line.tokens
    first = _moment(line, i) or _bare_hour(line, i)
    if first is None:
        return None
    clock, j, _ = first
    if tokens[j].kind == "-" or tokens[j].kind == TO:
        second = _moment(line, j + 1, joined=True)
        if second is not None:
            return f"{clock}/{second[0]}", second[1]
    return clock, j


def _bare_hour(line: Line, i: int) -> tuple[str, int, bool] | None:
    """«10» of «с 10 до 12 часов»."""
    hour, to = line.tokens[i : i + 2]
    if hour.kind != NUMBER or hour.value > 24 or chained(line, i) or to.kind not in ("-", TO):
        return None
    second = _moment(line, i + 2, joined=True)
    named = second is not None and second[2] and line.tokens[i + 3].text in line.words.hours
    return (_clock(hour.value, 0), i + 1, True) if named else None


def _moment(line: Line, i: int, *, joined: bool = False) -> tuple[str, int, bool] | None:
    """«10.00», «10-00», «10⁰⁰», «15 ч. 30 мин», «14 часов»; whether it can be nothing but a time."""
    tokens = line.tokens
    hour, sign, minute = tokens[i : i + 3]
    if hour.kind != NUMBER or len(hour.text) > 2 or hour.value > 24 or not joined and chained(line, i):
        return None
    if sign.kind == SUPER and sign.glued and len(sign.text) == 2:
        return _clock(hour.value, int(sign.text)), _past_hours(line, i + 2), True
    if sign.kind in (".", ":", "-") and sign.glued and minute.kind == NUMBER and minute.glued:
        if len(minute.text) != 2 or minute.value > 59 or _goes_on_clock(line, i + 3):
            return None
        end = _past_hours(line, i + 3)
        sure = sign.kind == ":" or end > i + 3 or not 1 <= minute.value <= (12 if sign.kind == "." else 31)
        return _clock(hour.value, minute.value), end, sure
    end = _past_hours(line, i + 1)
    if end == i + 1:
        return None
    if tokens[end].kind == NUMBER and tokens[end].value < 60 and tokens[end + 1].text in line.words.minutes:
        stop = end + 2
        stop += tokens[stop].kind == "." and tokens[stop].glued
        return _clock(hour.value, tokens[end].value), stop, True
    return _clock(hour.value, 0), end, True


def is_sure_time(line: Line, i: int) -> bool:
    """Whether the figures at token `i` can only be a time: no month 00 or 30, or hours are named."""
    first = _moment(line, i) or _bare_hour(line, i)
    if first is None:
        return False
    if first[2]:
        return True
    if line.tokens[first[1]].kind == "-" or line.tokens[first[1]].kind == TO:
        second = _moment(line, first[1] + 1, joined=True)
        return second is not None and second[2]
    return False


def _goes_on_clock(line: Line, j: int) -> bool:
    after, number = line.tokens[j : j + 2]
    return after.kind in (".", "/") and after.glued and number.kind == NUMBER and number.glued


def _past_hours(line: Line, j: int) -> int:
    """Past «ч», «ч.», «час.», «часов»."""
    tokens = line.tokens
    if tokens[j].text not in line.words.hours or tokens[j].kind == END:
        return j
    j += 1
    j += tokens[j].kind == "." and tokens[j].glued and len(tokens[j - 1].text) <= 3
    return j


def _clock(hour: int, minute: int) -> str:
    return f"{hour % 24:02}:{minute:02}"
