"""Nominatives of noun phrases, by pymorphy3's dictionary: «Родинского района» → «Родинский район»."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

_ENDINGS = (
    ("ского", "ский"),
    ("цкого", "цкий"),
    ("ской", "ская"),
    ("цкой", "цкая"),
    ("ному", "ный"),
    ("ного", "ный"),
    ("вого", "вый"),
    ("его", "ий"),
)
_EXCEPTIONS = {
    "учители": "учителя",
    "профессоры": "профессора",
    "директоры": "директора",
    "мастеры": "мастера",
    "инспекторы": "инспектора",
    "инструкторы": "инструкторы",
    "тренеры": "тренеры",
    "заводский": "заводской",
    "донский": "донской",
    "тверский": "тверской",
    "морский": "морской",
}


@cache
def _analyzer() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=4096)
def _parses(word: str) -> Any:
    return _analyzer().parse(word)


def is_known(word: str) -> bool:
    """Whether the dictionary has the word, in any form."""
    return bool(_analyzer().word_is_known(word))


def plural_nominative(phrase: str) -> str:
    """The phrase whose head is a genitive plural, in the nominative: «школьных библиотекарей
    образовательных учреждений» → «школьные библиотекари образовательных учреждений»."""
    return _phrase(phrase, plural=True)


def singular_nominative(phrase: str) -> str:
    """The phrase whose head is a genitive singular, in the nominative: «Родинского района»."""
    return _phrase(phrase, plural=False)


def given_nominative(given: str) -> str:
    """A given name in the genitive, in the nominative («Ларисы» → «Лариса»); others as they are."""
    for parse in _parses(given):
        if "Name" in parse.tag and "gent" in parse.tag and "sing" in parse.tag:
            made = parse.inflect({"nomn", "sing"})
            return _cased(made.word, given) if made is not None else given
    return given


def _phrase(phrase: str, *, plural: bool) -> str:
    """Adjectives up to the first noun, and that noun, in the nominative; the rest stays, but for a
    second such phrase behind «и» or a comma."""
    joint = re.search(r"\s+и\s+|,\s+", phrase) if plural else None
    if joint is not None:
        first, second = phrase[: joint.start()].strip(), phrase[joint.end() :]
        if len(first.split()) <= 2 and _one_phrase(second, plural=True) != second:
            return _one_phrase(first, plural=True) + joint[0] + _phrase(second, plural=True)
    return _one_phrase(phrase, plural=plural)


def _one_phrase(phrase: str, *, plural: bool) -> str:
    parts = re.split(r"(\s+)", phrase.strip())
    done: list[str] = []
    head = False
    for part in parts:
        if head or not part.strip():
            done.append(part)
            continue
        made, is_noun, known = _word(part, plural)
        done.append(made)
        if not known:
            head = True
        head = head or is_noun
    return "".join(done)


def _word(word: str, plural: bool) -> tuple[str, bool, bool]:
    """(nominative, is a noun, was understood)."""
    core = word.strip(",.;")
    if not core or not re.match(r"[А-Яа-яЁё]", core):
        return word, False, False
    if "-" in core and not core.endswith("-"):
        head, tail = core.rsplit("-", 1)
        left, noun, _ = _word(head, plural)
        right, noun2, known = _word(tail, plural)
        if noun or not noun2:
            return (f"{left if noun else head}-{right}", noun or noun2, known)
        return f"{head}-{right}", noun2, known
    wanted = {"nomn", "plur"} if plural else {"nomn", "sing"}
    best = None
    for parse in _parses(core):
        tag = parse.tag
        if "gent" not in tag or (("plur" in tag) != plural) or tag.POS not in ("NOUN", "ADJF", "PRTF"):
            continue
        if tag.POS == "NOUN" and ("Surn" in tag or "Name" in tag) and not plural:
            continue
        if tag.POS == "ADJF" and core.endswith("ского") and not plural and not is_known(core):
            return core[:-3] + "ий" + word[len(core) :], False, True  # a name of ours: «Нижнелуговского» as «Каменского»
        best = parse
        break
    if best is None and not plural:
        for ending, nominative in _ENDINGS:
            if core.lower().endswith(ending):
                return core[: -len(ending)] + nominative + word[len(core) :], False, True
    if best is None:
        return word, False, "," in word
    grammemes = set(wanted)
    if not plural and best.tag.POS != "NOUN" and best.tag.gender:
        grammemes.add("masc" if best.tag.gender == "neut" else best.tag.gender)
    made = best.inflect(grammemes)
    if made is None:
        return word, False, False
    return (
        _cased(_EXCEPTIONS.get(made.word, made.word), core) + word[len(core) :],
        best.tag.POS == "NOUN",
        True,
    )


def _cased(made: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return made.upper()
    return made.capitalize() if like[:1].isupper() else made
