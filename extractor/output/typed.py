"""What each column of the tables holds, for formats that want to know: text, whole numbers, shares, days."""

from __future__ import annotations

from typing import Literal

Kind = Literal["string", "integer", "number", "date"]

_DAYS = {"Начало", "Окончание"}
_SHARES = {"Разобрано"}
_NUMBERS = {
    "№ заседания",
    "Вопросов",
    "Вопросов в повестках",
    "Заседаний",
    "Мероприятий",
    "Людей",
    "Школ",
    "Замечаний",
    "Упоминаний",
}


def kind_of(heading: str) -> Kind:
    """The kind of the cells under a heading of `tables.py`."""
    if heading in _DAYS:
        return "date"
    if heading in _SHARES:
        return "number"
    return "integer" if heading in _NUMBERS else "string"
