"""What a word is by itself: asked where a line of a page ends and nobody says whether the sentence does."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_PROPER = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr")


@lru_cache(maxsize=1)
def _load() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def is_word(text: str) -> bool:
    """«совершенствование» is one, «вование» is none; case does not matter."""
    return len(text) <= 60 and bool(_load().word_is_known(text.lower()))


@lru_cache(maxsize=20_000)
def begins_phrase(text: str) -> bool:
    """Whether a word with a capital letter can only be the beginning of a phrase.

    «Обсуждение», «Изучить», «Об» begin one; «Кировского», «Макаренко», «Центра» may stand inside.
    """
    if len(text) > 60 or not is_word(text):
        return False
    parses = _load().parse(text.lower())
    tag = parses[0].tag
    if tag.POS in ("INFN", "PREP"):
        return len(text) > 1 or text == "О"
    if any(mark in parse.tag for parse in parses for mark in _PROPER):
        return False
    return tag.POS in ("NOUN", "ADJF", "PRTF") and any("nomn" in parse.tag for parse in parses[:2])


@lru_cache(maxsize=20_000)
def wants_more(text: str) -> bool:
    """Whether a phrase cannot end with this word: an adjective, a preposition, a conjunction."""
    if not is_word(text):
        return False
    return _load().parse(text.lower())[0].tag.POS in ("ADJF", "PRTF", "PREP", "CONJ", "PRCL", "NUMR")
