"""When a value of the reader's record and one of ours are the same."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz.fuzz import ratio

Value = Any  # a JSON value

ALIKE = 92.0  # two texts are the same when their letters agree to so many per cent


def folded(text: Value) -> str:
    """Letters and digits in small letters, one space between words, ё as е."""
    return " ".join(re.findall(r"[^\W_]+", str(text or "").casefold().replace("ё", "е")))


def wording(value: Value) -> Value:
    return value.get("text") if isinstance(value, dict) else value


def same_text(gold: Value, guess: Value) -> bool:
    """Letters agree to 92 %, numbers fully."""
    one, other = folded(wording(gold)), folded(wording(guess))
    numbers_agree = re.findall(r"\d+", one) == re.findall(r"\d+", other)
    return one == other or (numbers_agree and ratio(one, other) >= ALIKE)


def same_letters(gold: Value, guess: Value) -> bool:
    """Equal as written, white space apart; a number and its figures are the same."""
    return " ".join(str(wording(gold)).split()) == " ".join(str(wording(guess)).split())


def same_word(gold: Value, guess: Value) -> bool:
    return folded(gold) == folded(guess)


def same_date(gold: Value, guess: Value) -> bool:
    """The same days, as far as the reader settled them; without days the same form, or the same words."""
    settled = [key for key in ("start", "end") if key in gold]
    if not settled and not gold.get("edtf"):
        return same_text(gold, guess)
    days = [[each.get(key) for key in settled] for each in (gold, guess)]
    if any(any(each) for each in days):
        return days[0] == days[1]
    if gold.get("edtf") and guess.get("edtf"):
        return bool(gold["edtf"] == guess["edtf"])
    return gold.get("precision") == guess.get("precision") and same_text(gold, guess)


def same_year(gold: Value, guess: Value) -> bool:
    return all(gold.get(key) == guess.get(key) for key in ("start", "end", "year"))


def name_of(person: Value) -> tuple[str, str] | None:
    """(«губерт», «аа») of «Губерт А. А.» and of «Губерт Анна Андреевна»; None for a role or group."""
    if not (person.get("name") or person.get("surname")):
        return None
    words = folded(person.get("name") or person.get("text")).split()
    surname = folded(person.get("surname")) or next((each for each in words if len(each) > 2), "")
    initials = [each[0] for each in words if each not in surname.split()]
    return surname, "".join(initials)


def same_participant(gold: Value, guess: Value) -> bool:
    names = name_of(gold), name_of(guess)
    return names[0] == names[1] if any(names) else same_text(gold, guess)


_KINDS = {
    "средняя общеобразовательная школа": "сош",
    "основная общеобразовательная школа": "оош",
    "начальная общеобразовательная школа": "нош",
    "школа": "",
    "д с": "детский сад",
    "доу": "детский сад",
}


def same_school(gold: Value, guess: Value) -> bool:
    """Equal numbers; kinds and names where both know them; without a number the names must agree."""
    if folded(gold.get("number")) != folded(guess.get("number")):
        return False
    kinds = [_KINDS.get(folded(each.get("type")), folded(each.get("type"))) for each in (gold, guess)]
    names = [folded(each.get("name")) for each in (gold, guess)]
    if all(kinds) and kinds[0] != kinds[1]:
        return False
    if all(names):
        return ratio(*names) >= 85
    return bool(gold.get("number")) or same_text(gold, guess)
