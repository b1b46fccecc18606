"""How well a line fills a cell of a column: «26» under «Дата», «Ожогина Н.Р.» under «Ответственный»."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractor.model.outline import Column, Line
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold

_NUMBER = re.compile(r"(?:№\s?)?(\d{1,3})(?:\.\d{1,3}){0,3}[.)]?$|[IVX]{1,5}[.)]?$")
_DAYS = re.compile(r"\d{1,2}(?:\s?[-–,]\s?\d{1,2}){0,3}[.]?(?:,?\s?\(?\d{1,2}[.:]\d\d\)?)?$")
_LABELLED = re.compile(r"[А-ЯЁ][^:]{2,30}:\s")
_MOST_GOING_ON = 0.8  # the fit of one more line of a cell: running text is no table
_WORDINGS = {"text", "agenda", "theme", "meeting_number", "number"}
_DATED = 2.0  # the fit of a text that is a date
_DASHES = ("-", "–", "—", "-//-", "//")
_SMALL = re.compile(r"[а-яёa-z]")
_HOURS = re.compile(r"(?:в\s)?\d{1,2}[.:]\d\d(?:\s?[-–]\s?\d{1,2}[.:]\d\d)?$")
_NUMBER_OF_MEETING = re.compile(r"№\s?\d{1,2}\.?")
_QUOTED = re.compile(r"[«\"“„]|Тема\b")
_SECTION = re.compile(r"(?:[IVXІХ]{1,5}|\d{1,2})[.)]?\s+[А-ЯЁ]|Раздел\b|[А-ЯЁ\W]{4,}$")
ABSTRACT = re.compile(
    r"(?:[а-я-]+(?:ение|ание|ость|ция|тие|ства?)|количество|план|отчет|протокол|банк|справка|приказ|"
    r"рекомендаци\w+|аналитическ\w+)(?![а-я])"
)
ANSWERS = re.compile(
    r"руковод|методист|учител|библиотек|педагог|администрац|управлени|директор|завуч|воспитател|член|специалист"
)
_GROUPS = re.compile(
    r"учащ|обучающ|класс|учител|педагог|воспитат|родител|библиотекар|школьн|член|все(?![а-я])|дет[ие]"
)
_PLACES = re.compile(
    r"(?:оу|оо|мбоу|маоу|мкоу|мобу|гбоу|школ\w*|сайт\w*|на сайт\w*|онлайн|кабинет|библиотека|дистанц\w*)(?![а-я])"
)
_POSITIONS = re.compile(r"учител|воспитат|педагог|библиотекар|психолог|логопед|директор|методист|преподават")
_PERSON = re.compile(r"[А-ЯЁ][а-яё-]+ [А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:вна|вич|чна|ич)(?![а-яё])")


def is_number(text: str) -> bool:
    """Whether the text is a row's number and nothing else: «1», «2.3.», «IV»."""
    return _NUMBER.match(text) is not None


class Fits:
    """How well each of these lines fills a cell of each column, asked again and again."""

    def __init__(self, lines: Sequence[Line], columns: Sequence[Column], senses: Senses) -> None:
        self._lines, self._columns, self._senses = lines, columns, senses
        self._numbered = any("number" in column.roles for column in columns)
        self._kept: dict[tuple[int, int], float] = {}

    def of(self, at: int, column: int, *, opens: bool) -> float:
        """The fit of a line in a column (the number of columns for a section), where it opens a cell or
        goes on with one."""
        key = (at, column)
        if key not in self._kept:
            self._kept[key] = self._fit(at, column)
        if column == len(self._columns):
            return self._kept[key]
        if opens:
            return self._kept[key] + self._opening(at, column)
        return min(self._kept[key], _MOST_GOING_ON) + self._going_on(at, column)

    def _fit(self, at: int, column: int) -> float:
        line = self._lines[at]
        if "__" in line.text:
            return -4.0
        if column == len(self._columns):
            return _fit_section(line, self._senses) + self._over_dates(at)
        roles = self._columns[column].roles
        fit = max((_fit(role, line, self._senses) for role in roles), default=0.3)
        if self._senses.meetings.read(line.text) is not None:
            # «Заседание № 2» stands among the wordings, or opens what is behind the table
            fit -= min(line.block.gap, 3) if set(roles) & _WORDINGS else 3.0
        elif not set(roles) & _WORDINGS and _LABELLED.match(line.text):
            fit -= 1.0
        return fit

    def _over_dates(self, at: int) -> float:
        """«НОЯБРЬ» over «14, 10.00»: a month over days is a section, and no cell."""
        if at + 1 == len(self._lines) or any("week" in column.roles for column in self._columns):
            return 0.0
        dated = any("dates" in column.roles for column in self._columns[:2])
        line, below = self._lines[at], self._lines[at + 1]
        over = _is_month(line.text, self._senses) and _fit_dates(below.text, self._senses) >= _DATED
        return 1.5 if dated and over else 0.0

    def _opening(self, at: int, column: int) -> float:
        """Whether the line may open a cell."""
        line = self._lines[at]
        roles = self._columns[column].roles
        if at and self._lines[at - 1].text.endswith(","):
            return -1.0
        if line.text in _DASHES and not column:
            return -1.0
        mark = line.mark
        if self._lists_on(at):
            return -3.0
        if mark is not None and mark.kind in ("decimal", "letter") and mark.number not in ("1", "а"):
            return -1.5 if column or self._numbered else 0.0
        if _SMALL.match(line.text) and set(roles) & {"text", "agenda", "theme"}:
            return -1.0
        return 0.0

    def _lists_on(self, at: int) -> bool:
        """Whether the line goes on with the list of the line above: «б)» under «а)», a dash under a dash."""
        mark, above = self._lines[at].mark, self._lines[at - 1].mark if at else None
        if mark is None or above is None or mark.kind != above.kind or mark.kind not in ("decimal", "letter", "bullet"):
            return False
        if mark.kind == "bullet":
            return True
        if mark.number is None or above.number is None:
            return False
        if mark.kind == "decimal":
            return int(mark.number) == int(above.number) + 1 and not is_number(self._lines[at].text)
        return len(mark.number) == len(above.number) == 1 and 1 <= ord(mark.number) - ord(above.number) <= 2

    def _going_on(self, at: int, column: int) -> float:
        """Whether the line may be one more line of the cell above."""
        line, above = self._lines[at], self._lines[at - 1]
        roles = self._columns[column].roles
        if "number" in roles:
            return -1.2
        if self._lists_on(at):
            return 0.0
        if self._senses.meetings.read(line.text) is not None:
            return -2.0  # «Заседание № 2» opens its cell
        cost = -1.0
        if line.mark is not None or above.text.endswith((",", "-", ":", "–", ";")) or _SMALL.match(line.text):
            cost = -0.3
        if set(roles) <= {"dates", "week", "form"}:
            cost -= 0.6
        return cost


def _is_month(text: str, senses: Senses) -> bool:
    return not any(map(str.isdigit, text)) and len(text) < 20 and senses.is_term(text)


def _fit_section(line: Line, senses: Senses) -> float:
    """A row of one cell: a title or a month, no list item and no sentence."""
    text = line.text
    if len(text) > 130 or is_number(text) or line.mark_kind == "bullet" or not any(map(str.isalpha, text)):
        return -3.0
    fit = 0.6
    if _SECTION.match(text):
        fit += 1.0
    if senses.is_term(text):
        fit += 0.5
    if text.endswith((".", ";", ",")) or _SMALL.match(text):
        fit -= 1.0
    if senses.is_people(text):
        fit -= 1.0
    return fit


def _fit(role: str, line: Line, senses: Senses) -> float:
    """The fit of a line in a column of one role."""
    text = line.text
    if text in _DASHES:
        return 0.5 if role != "number" else -3.0
    if role in ("number", "meeting_number"):
        return 3.0 if is_number(text) else -6.0
    if role == "theme":
        return _fit_theme(line, senses)
    return _FITS.get(role, _fit_other)(text, senses)


def _fit_dates(text: str, senses: Senses) -> float:
    if senses.is_term(text):
        return 3.0
    if _DAYS.match(text) or _HOURS.match(text):
        return 2.0
    if len(text) < 60 and senses.dates.find_any(text):
        return 1.0
    return -2.5


def _fit_people(text: str, senses: Senses) -> float:
    if senses.is_term(text) or is_number(text):
        return -4.0
    if len(text) < 120 and senses.is_people(text):
        return 2.0 if text[0].isalpha() else 0.5
    return 1.0 if len(text) < 90 and ANSWERS.search(fold(text)) else -1.5


def _fit_participants(text: str, senses: Senses) -> float:
    if is_number(text):
        return -0.5
    if senses.is_term(text):
        return -4.0
    if len(text) < 90 and _GROUPS.search(fold(text)):
        return 1.6
    return 0.5 if len(text) < 90 and senses.is_people(text) else -1.0


def _fit_place(text: str, senses: Senses) -> float:
    if senses.is_term(text) or is_number(text) or _DAYS.match(text):
        return -3.0
    if senses.people.find_names(text):
        return -2.0
    folded = fold(text)
    return 2.0 if _PLACES.match(folded) or senses.is_place(text) else -0.3


def _fit_text(text: str, senses: Senses) -> float:
    if senses.is_term(text) or is_number(text) or _DAYS.match(text) or _HOURS.match(text):
        return -2.5
    if len(text) < 60 and senses.is_people(text) and not senses.forms.find(text):
        return -0.6 if senses.people.find_names(text) else -0.4
    return 1.2 if len(text) > 25 else 0.8


def _fit_theme(line: Line, senses: Senses) -> float:
    """A theme is quoted or a phrase, and no list."""
    if _NUMBER_OF_MEETING.fullmatch(line.text):
        return 1.0
    if line.mark_kind in ("decimal", "letter"):
        return -1.5
    return _fit_text(line.text, senses) + (0.4 if _QUOTED.match(line.text) else -0.6 if line.mark_kind else 0.0)


def _fit_result(text: str, senses: Senses) -> float:
    if senses.is_term(text) or is_number(text) or senses.people.find_names(text):
        return -2.5
    return 1.3 if ABSTRACT.match(fold(text)) else 0.5


def _fit_form(text: str, senses: Senses) -> float:
    if senses.is_term(text) or is_number(text) or len(text) > 60:
        return -2.5
    return 1.8 if senses.forms.find(text) else 0.2


def _fit_member(text: str, senses: Senses) -> float:
    if _PERSON.search(text) or len(text) < 60 and senses.people.find_names(text):
        return 2.5
    return -1.5


def _fit_school(text: str, senses: Senses) -> float:
    return 2.0 if senses.schools.find(text, bare=True) else -1.0


def _fit_position(text: str, senses: Senses) -> float:
    return 1.5 if len(text) < 80 and _POSITIONS.search(fold(text)) else 0.3


def _fit_week(text: str, senses: Senses) -> float:
    return 2.0 if _DAYS.match(text) or "недел" in fold(text) else 1.0 if senses.is_term(text) else -2.0


def _fit_other(text: str, senses: Senses) -> float:
    return -1.0 if senses.is_term(text) or is_number(text) else 0.4


_FITS: dict[str, Callable[[str, Senses], float]] = {
    "dates": _fit_dates,
    "week": _fit_week,
    "responsible": _fit_people,
    "speakers": _fit_people,
    "participants": _fit_participants,
    "place": _fit_place,
    "school": _fit_school,
    "member": _fit_member,
    "position": _fit_position,
    "result": _fit_result,
    "form": _fit_form,
    "text": _fit_text,
    "agenda": _fit_text,
}
