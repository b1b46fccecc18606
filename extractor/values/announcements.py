"""«2. Заседание РМО –10 января 2017 года.» → number, title, and what follows them.

The shapes in which people announce a meeting: the word first or after an ordinal, a Roman number,
a sign №; misspelt by a letter; in capitals; behind «Вопросы», «Повестка», «Тема».
"""

from __future__ import annotations

import re

import msgspec

from extractor.values.marks import roman_value
from extractor.vocabulary.folding import fold
from extractor.vocabulary.matching import one_typo
from extractor.vocabulary.plan_words import PlanWords

_WORD = re.compile(r"[а-яa-z]+(?:-[а-я]+)?|\d+")
_HEAD = re.compile(
    r"\s*(?:№\s*)?(?:(\d{1,2})(?!\d|-?(?:я|ая|й)(?![а-я])|\.\d|\s*(?:янв|фев|март|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек))|([ivxхі]{1,5})(?![а-яa-z]))?\s*[-–.):]*\s*(?:е|ое)?\s*"
)
_AFTER = re.compile(
    r"\s*[-(]?\s*(?:(?:№|no?)\s*(\d{1,2})(?![\d/]|[.:]\d)|(\d{1,2})(?![\d/]|[.:]\d|\s*[а-я]|-\d)|(?:№\s*)?([ivxхі]{1,5})(?![а-яa-z]))\)?"
)
_OF_A_HOUSE = ("сош", "оош", "нош", "доу", "школа", "школе", "школы", "сад", "сада", "саду", "д/с", "лицей", "лицее", "лицея",
               "гимназия", "гимназии", "каб.", "кабинет")  # fmt: skip
_LATER = re.compile(
    rf"[^«\":.№(,]{{1,70}}{''.join(f'(?<!{re.escape(word)} )' for word in _OF_A_HOUSE)}№\s*(\d{{1,2}})(?![\d/]|[.:]\d)"
)
_CASES = frozenset(f"заседани{end}" for end in ("я", "й", "ю", "и", "ем", "ям", "ях", "ями"))  # nobody announces by these
_SPACED = re.compile(r"з\s?а\s?с\s?е\s?д\s?а\s?н\s?и\s?е", re.IGNORECASE)


_NUMBERED = re.compile(r"\s*№?\s*\d")


_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


_TERMS = (
    "неделя", "недели", "декада", "последняя", "первая", "вторая", "третья", "четвертая", "начало", "середина", "конец", "я",
    "каникулы", "осенние", "зимние", "весенние", "четверть", "полугодие",
)  # fmt: skip


class Announcement(msgspec.Struct, frozen=True):
    """A meeting as announced: places in the text where its title begins and ends."""

    number: int | None
    start: int  # of the title
    end: int  # of the title; what follows holds dates, theme, place
    misspelt: str | None  # the meeting word as it should be spelt


class AnnouncementGrammar:
    """Finds announcements; made once from the words. `own`: names by which one author calls the meetings of one
    document, always with a number («Занятие 1», «МО № 2»)."""

    def __init__(self, words: PlanWords, own: frozenset[str] = frozenset()) -> None:
        self._names = {fold(w): w for w in words.meetings["names"].words}
        self._stems = {name[1:-2] for name in self._names} | own
        self._own = own
        self._names |= {name: name for name in own}
        self._months = {*_MONTHS, *_TERMS}
        self._weak = {fold(w) for w in words.meetings["names"].words if not fold(w).startswith("заседан")}
        self._owners = {w for phrase in words.meetings["owners"].words for w in fold(phrase).split()}
        self._owners |= {fold(t) for t in words.association.types}
        self._before = {fold(w) for w in words.meetings["before"].words}
        self._ordinals: dict[str, int] = {}
        for entry in words.meetings["ordinals"].words:
            name, value = entry.split("=")
            stem = fold(name)[:-2]
            self._ordinals |= {
                stem + tail: int(value) for tail in ("ое", "ье", "ого", "ьего", "ее", "е", "его", "ому")
            }

    def read(self, text: str) -> Announcement | None:
        """The announcement that `text` begins with, or None."""
        folded = fold(text[:400])
        spaced = _SPACED.match(folded.lstrip("0123456789.) "))
        if not spaced and not self._looks_misspelt(folded) and not any(s in folded for s in self._stems):
            return None
        head = _HEAD.match(folded)
        number, place = (_value(head[1], head[2]), head.end()) if head else (None, 0)
        if spaced:
            start = folded.index(spaced[0])
            return self._finish(folded, number, start, start + len(spaced[0]), None)
        return self._words(folded, number, place)

    def _looks_misspelt(self, folded: str) -> bool:
        return any(
            w[0][0] == "з" and 7 <= len(w[0]) <= 10 and one_typo(w[0], "заседание")
            for w in _WORD.finditer(folded[:60])
        )

    def _words(self, folded: str, number: int | None, place: int) -> Announcement | None:
        """The meeting word among the first words, with only ordinals, owners and headwords before it."""
        start = None
        dated = False
        for count, word in enumerate(_WORD.finditer(folded, place)):
            if count > 6:
                return None
            name, misspelt = self._name(word[0])
            if start is None:
                start = word.start()
            if word[0] in self._months or word[0][0].isdigit() or word[0] in ("г", "года", "год") and dated:
                dated = True
                continue
            if name and dated:
                start = word.start()
            if name in self._own:
                found = self._finish(folded, number, start, word.end(), None)
                return found if found.number is not None else None
            if name:
                plural = word[0].endswith("я")
                if (
                    re.match(r"тем[аыу]?(?![а-я])", folded[start:])
                    and number is None
                    and not _NUMBERED.match(folded, word.end())
                ):
                    return None
                if plural and count == 0:
                    return None
                if name in self._weak and number is None and not self._owned(folded, word.end()):
                    return None
                return self._finish(folded, number, start, word.end(), misspelt)
            value = self._ordinals.get(word[0])
            if value is not None:
                number = value
            elif not self._may_precede(word[0]):
                return None
            elif number is None:
                number = roman_value(word[0])
        return None

    def _may_precede(self, word: str) -> bool:
        """«Очередное», «инструктивно-методическое», «РМО», a Roman number: words before the meeting word."""
        known = self._before | self._owners
        return word in known or roman_value(word) is not None or all(half in known for half in word.split("-"))

    def _owned(self, folded: str, end: int) -> bool:
        """Whether the word behind says who meets, or the number which meeting it is."""
        behind = re.compile(r"\s*([а-я]+|№)").match(folded, end)
        return behind is not None and (behind[1] == "№" or behind[1] in self._owners)

    def _name(self, word: str) -> tuple[str, str | None]:
        if word in self._names:
            return word, None
        half, hyphen, _ = word.partition("-")
        if hyphen and half in self._names and half not in self._weak:
            return half, None
        if word in _CASES:
            return "", None
        if len(word) > 6 and one_typo(word, "заседание"):
            return "заседание", "Заседание"
        return "", None

    def _finish(
        self, folded: str, number: int | None, start: int, end: int, misspelt: str | None
    ) -> Announcement:
        """The title runs on over the number and the words that say who meets."""
        while True:
            after = _AFTER.match(folded, end)
            if after and number is None:
                number, end = _value(after[1] or after[2], after[3]), after.end()
                continue
            if after and "№" in after[0]:
                end = after.end()
                continue
            word = re.compile(r"\s*[-]?\s*([а-я]+)").match(folded, end)
            if word is None:
                break
            if word[1] in self._ordinals and number is None:
                number, end = self._ordinals[word[1]], word.end()
            elif word[1] in self._owners:
                end = word.end()
            else:
                break
        later = _LATER.match(folded, end) if number is None else None
        if later:
            number, end = int(later[1]), later.end()
        return Announcement(number, start, end, misspelt)


def _value(digits: str | None, roman: str | None) -> int | None:
    if digits:
        return int(digits)
    return roman_value(roman) if roman else None
