"""Wordings without days: «в течение года», «по заявкам библиотекарей», «1 раз в четверть», «по средам»."""

from __future__ import annotations

from extractor.values import date_lexicon as lex
from extractor.values.date_lexicon import Phrase
from extractor.values.date_points import PART, WEEKDAY, Point, Term
from extractor.values.date_tokens import END, NUMBER, WORD, Line
from extractor.values.date_written import read_ordinal, read_part, read_point

_COMPLEMENT = 14  # words that a complement may have
_PRECISIONS = {"recurring", "on_request", "school_year", "holidays", "unknown"}


def match_phrase(line: Line, i: int) -> tuple[Phrase, int] | None:
    """The longest wording of the vocabulary at token `i` and the token after it."""
    tokens = line.tokens
    branch = line.words.phrases.steps.get(tokens[i].text)
    j, found = i, None
    while branch is not None:
        j += 1
        if branch.phrase is not None:
            found = branch.phrase, j
        k = j
        while tokens[k].kind in (".", ",", "-") and tokens[k].glued and k < j + 2:
            k += 1
        branch = branch.steps.get(tokens[k].text) if tokens[k].kind != END else None
        j = k
    return found


def read_wording(line: Line, i: int) -> Term | None:
    """«Постоянно», «По заявкам библиотекарей», «в т.г.»: a wording with a precision of its own."""
    match = match_phrase(line, i)
    if match is None:
        return None
    phrase, end = match
    if phrase.role not in _PRECISIONS or phrase.alone and not _alone(line, i, end):
        return None
    if phrase.complement:
        end = _complement(line, end)
    elif line.tokens[end].kind == "." and len(line.tokens[end - 1].text) <= 2 and line.tokens[end].glued:
        end += 1
    return loose(line, i, end, phrase.role)


def loose(line: Line, i: int, end: int, precision: str) -> Term:
    spans = ((line.tokens[i].start, line.tokens[end - 1].end),)
    return Term(shape="loose", precision=precision, spans=spans, begin=i, end=end)


def _alone(line: Line, i: int, end: int) -> bool:
    rest = [*line.tokens[max(0, i - 2) : i], *line.tokens[end : end + 3]]
    return all(token.kind in (".", END, "(", ")") for token in rest)


def _complement(line: Line, end: int) -> int:
    """The token after the words that belong to «по заявкам»: to a sign, a new line of its own, a date."""
    tokens = line.tokens
    j = end
    while j < end + _COMPLEMENT:
        token = tokens[j]
        if token.kind in (END, ",", ";", "(", ")", ":") or line.breaks(j) and line.capital(j):
            break
        if token.kind == "." and (not tokens[j + 1].glued or tokens[j + 1].kind in (END, ".")):
            break
        if token.kind == NUMBER and tokens[j - 1].kind != "№" and (read_point(line, j) or line.breaks(j)):
            break
        if _begins_term(line, j):
            break
        j += 1
    while (
        j > end
        and tokens[j - 1].kind in ("-", lex.IN, lex.AND, lex.FROM, lex.TO, "/")
        and not tokens[j - 1].glued
    ):
        j -= 1
    return j


def _begins_term(line: Line, j: int) -> bool:
    kind = line.tokens[j].kind
    if kind in (lex.MONTH, lex.SHORT_MONTH):
        return not line.tokens[j].meaning.genitive
    if kind == lex.TO and line.tokens[j].text == "до":
        return True
    match = match_phrase(line, j)
    return match is not None and not match[0].alone and match[0].role in (*_PRECISIONS, "during")


def read_frequency(line: Line, i: int) -> Term | None:
    """«1 раз в четверть», «не реже 2-х раз в год», «дважды в месяц», «раз в две недели»."""
    tokens, words = line.tokens, line.words
    j = i
    match = match_phrase(line, j)
    if match is not None and match[0].role == "least":
        j = match[1]
    j = _past_count(line, j)
    if tokens[j].text in words.times:
        j += 1
        j += tokens[j].kind == "." and tokens[j].glued
    elif tokens[j].text in words.multiples:
        j += 1
    else:
        return None
    if tokens[j].kind == lex.IN or tokens[j].text in ("за", "на"):
        j += 1
    elif tokens[j].kind != lex.EVERY:
        return None
    end = _period(line, j)
    return loose(line, i, end, "recurring") if end else None


def _past_count(line: Line, j: int) -> int:
    """Past «2», «1-2», «2-х», «два»."""
    tokens = line.tokens
    start = j
    while j < start + 5 and (
        tokens[j].kind in (NUMBER, "-", "/")
        or tokens[j].text in _COUNTS
        or tokens[j].glued
        and len(tokens[j].text) == 1
        and tokens[j].text in "хмй"
    ):
        j += 1
    return j


_COUNTS = {
    "один",
    "одного",
    "два",
    "двух",
    "две",
    "три",
    "трех",
    "четыре",
    "пять",
    "шесть",
    "одну",
    "несколько",
}


def _period(line: Line, j: int) -> int | None:
    """Past «месяц», «каждую четверть», «2 недели», «учебный год»; None where no period stands there."""
    tokens, words = line.tokens, line.words
    start = j
    while j < start + 4 and (
        tokens[j].kind in (lex.EVERY, NUMBER) or tokens[j].text in _COUNTS or tokens[j].text in words.school
    ):
        j += 1
        j += tokens[j].kind == "." and tokens[j].glued
    if tokens[j].text in words.periods or tokens[j].kind in (lex.UNIT, lex.PART, lex.YEAR):
        short = len(tokens[j].text) <= 3 and tokens[j + 1].kind == "." and tokens[j + 1].glued
        return j + 1 + short
    return None


def read_every(line: Line, i: int) -> Term | None:
    """«каждый четверг», «каждую 2-ю среду месяца», «каждый месяц», «каждое 15 число»."""
    tokens, words = line.tokens, line.words
    j = i + (tokens[i].kind == lex.THIRD)  # «конец каждой четверти»
    if tokens[j].kind != lex.EVERY:
        return None
    j += 1
    ordinal = read_ordinal(line, j)
    if ordinal is not None and tokens[ordinal[1]].kind in (lex.WEEKDAY, lex.SHORT_WEEKDAY, lex.PART):
        j = ordinal[1]
    if tokens[j].kind == NUMBER and tokens[j + 1].text in words.day_number:
        return loose(line, i, _of_each(line, j + 2), "recurring")
    if tokens[j].kind in (lex.WEEKDAY, lex.SHORT_WEEKDAY):
        return loose(line, i, _of_each(line, _more_weekdays(line, j + 1)), "recurring")
    end = _period(line, j)
    return loose(line, i, _of_each(line, end), "recurring") if end else None


def read_regular_day(line: Line, i: int) -> Term | None:
    """«последняя среда каждого месяца», «1-я неделя месяца», «20 числа каждого месяца»: no month is named.
    «конец месяца», «последняя среда месяца» may be of the month of a heading."""
    tokens, words = line.tokens, line.words
    if tokens[i].kind == NUMBER and tokens[i + 1].text in words.day_number:
        end = _of_each(line, i + 2)
        return loose(line, i, end, "recurring") if end > i + 2 else None
    if tokens[i].kind == lex.THIRD:
        j = i + 1
        point: Point | None = Point(PART, name="third", number=tokens[i].value)
    else:
        ordinal = read_ordinal(line, i)
        if ordinal is None or tokens[ordinal[1]].kind not in (lex.WEEKDAY, lex.PART):
            return None
        part = read_part(line, i, *ordinal)
        j, point = ordinal[1] + 1, part.point if part else None
    end = _of_each(line, j)
    if end == j:
        return None
    term = loose(line, i, end, "recurring")
    term.first = point if tokens[j].text in words.month_word else None
    return term


def read_weekdays(line: Line, i: int) -> Term | None:
    """«по понедельникам и средам», «понедельник», «вторник, четверг», «пн-пт»."""
    tokens = line.tokens
    j = i + (tokens[i].kind == lex.TO or tokens[i].kind == lex.IN)
    if not _is_weekday(line, j) or j == i and _is_surroundings(line, j):
        return None
    end = _of_each(line, _more_weekdays(line, j + 1))
    term = loose(line, i, end, "recurring")
    term.days = tuple(
        (Point(WEEKDAY, day=t.value), t.start, t.end)
        for t in tokens[j:end]
        if t.kind in (lex.WEEKDAY, lex.SHORT_WEEKDAY)
    )
    return term


def _is_surroundings(line: Line, j: int) -> bool:
    """«Цифровая среда», «среда обитания»: no day of the week, a word stands beside it."""
    if not line.tokens[j].text.startswith("сред"):
        return False
    end = _of_each(line, _more_weekdays(line, j + 1))
    return line.tokens[end].kind == WORD or j > 0 and line.tokens[j - 1].kind == WORD


def _is_weekday(line: Line, j: int) -> bool:
    """A day of the week; the abbreviation only where no word stands beside it («ср. балл»)."""
    token = line.tokens[j]
    if token.kind != lex.SHORT_WEEKDAY:
        return token.kind == lex.WEEKDAY or token.text in line.words.plurals
    after = line.tokens[j + 1]
    if after.kind == ".":
        after = line.tokens[j + 2]
    return after.kind != WORD and (j == 0 or line.tokens[j - 1].kind != WORD)


def _more_weekdays(line: Line, j: int) -> int:
    tokens = line.tokens
    while True:
        k = j + (tokens[j].kind == "." and tokens[j].glued and tokens[j - 1].kind == lex.SHORT_WEEKDAY)
        if tokens[k].kind not in (",", lex.AND, "-", "/") or not _is_weekday(line, k + 1):
            return k
        j = k + 2


def _of_each(line: Line, j: int) -> int:
    """Past «месяца», «каждого месяца», «каждой четверти», «ежемесячно»."""
    tokens = line.tokens
    if tokens[j].kind == lex.EVERY:
        return _period(line, j) or j
    if tokens[j].text == "ежемесячно":
        return j + 1
    return j + 1 if tokens[j].text in line.words.month_word else j
