"""Marks at the head of a line: «1.», «II.», «а)», «-»; and cells that are nothing but a number."""

from __future__ import annotations

import re

from extractor.model.outline import Mark
from extractor.model.passage import Passage

_DECIMAL = re.compile(
    r"\(?(?!\d{1,2}\.(?:0\d|1[0-2])\.\s+(?:в|с|в)\s)(\d{1,2}(?:\.(?!0\d)\d{1,2}){0,3})\s?(?:\.\s?\)?|\))(?:\s*(?=[^\d\s.)])|\s+(?=\d)(?!\d{1,2}\.\s?\d{2}))"
)
_MULTI = re.compile(r"(\d{1,2}(?:\.(?!0\d)\d{1,2}){1,3})\.?\s+(?=[^\W\d])")
_ROMAN = re.compile(r"([IVXІХ]{1,5})\s?(?:[.)]|\s-)\s*(?=\S)")
_LETTER = re.compile(r"([а-яёa-zА-ДA-D])\)\s*(?=\S)")
_BULLET = re.compile(r"[-–—−•·*▪●○◦✓➢►→■□§\uf0b7\uf0a7\uf0fc\uf0d8\uf02d]\s*(?=[^\W\d_]|[\"«“„(\d])")
_NUMBER = re.compile(r"(?:№\s*)?(\d{1,3}(?:\.\d{1,2}){0,4}|[IVXІХ]{1,5})\s?[.)]?$")


_ROMAN_VALUES = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}


def roman_value(text: str) -> int | None:
    """1 … 12 for a Roman number in Latin or Cyrillic letters («ІХ»), else None."""
    return _ROMAN_VALUES.get(text.upper().replace("Х", "X").replace("І", "I"))


def month_number(text: str) -> int | None:
    """1 … 12 where the whole text is the number of a month, «IX» or «9», else None."""
    text = text.strip(" .")
    number = int(text) if re.fullmatch(r"\d{1,2}", text) else roman_value(text.replace(" ", ""))
    return number if number is not None and 1 <= number <= 12 else None


def read_mark(passage: Passage) -> tuple[Mark | None, Passage]:
    """The mark typed at the head of a line, and what follows it."""
    text = passage.text
    for kind, pattern in (("decimal", _DECIMAL), ("multi", _MULTI), ("roman", _ROMAN), ("letter", _LETTER)):
        match = pattern.match(text)
        if match:
            number = match[1]
            if kind == "decimal" and "." in number:
                kind = "multi"
            return Mark(kind, number, passage.cut(0, match.end())), passage.cut(match.end())
    match = _BULLET.match(text)
    if match:
        return Mark("bullet", None, passage.cut(0, match.end())), passage.cut(match.end())
    return None, passage


def read_number(text: str) -> str | None:
    """The number that a whole cell consists of: «2.1.1.», «1)», «III»."""
    match = _NUMBER.match(text.strip())
    return match[1] if match else None
