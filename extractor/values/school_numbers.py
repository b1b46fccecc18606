"""The numbers of schools: «№№ 137, 138, 28 шк.-инт.», «5, 11», «№ 3 и № 7»; not «5 класс», not «12.03»."""

from __future__ import annotations

import re

from extractor.values.lexing import Token
from extractor.values.school_lexicon import Number, SchoolLexicon

_MOST_NUMBERS = 60


_DESCRIBES = re.compile(r"(?<!ск)(?<!цк)(?:ый|ий|ая)$")  # «с. Светлый Ключ»; «п. Октябрьский» is a name by itself


class NumberReader:
    """Reads numbers out of the tokens of one text."""

    def __init__(self, text: str, tokens: list[Token], lexicon: SchoolLexicon) -> None:
        self.text, self.tokens, self.lexicon = text, tokens, lexicon

    def word(self, index: int) -> str:
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def numbers(self, index: int) -> tuple[tuple[Number, ...], int, bool]:
        """(numbers from «№№ 137, 138, 28 шк.-инт.», index behind them, whether «№№» opens a list)."""
        first, many = index, False
        while index < first + 3 and (
            self.word(index) == "№" or self.word(index) in ("n", "no") and self.word(index + 1).isdigit()
        ):
            many = many or (index > first and self.word(index) == "№")
            index += 1
        found: list[Number] = []
        marked = index > first
        mark = self.tokens[first].start if marked and not many else -1
        while self.is_number(index) and len(found) < _MOST_NUMBERS:
            number, behind = self._one_number(index, marked=marked, mark=mark)
            if number is None:
                break
            found.append(number)
            end = behind
            index, mark = self._next_in_list(behind)
            marked = mark >= 0 or many
        return tuple(found), (end if found else first), many

    def is_number(self, index: int) -> bool:
        said = self.word(index)
        year = len(said) == 4 and said.startswith(("19", "20")) and self.word(index - 1) != "№"  # «ДОУ 2010-2011 уч. год»
        return said.isdigit() and len(said) <= 4 and not year and not self._ends_date(index)

    def _ends_date(self, index: int) -> bool:
        """The «17» of «28.03.17» and the «00» of «10.00»."""
        if index < 2 or self.word(index - 1) not in (".", ":") or not self.word(index - 2).isdigit():
            return False
        return self.tokens[index - 2].end == self.tokens[index - 1].start and self.tokens[index - 1].end == self.tokens[index].start

    def _next_in_list(self, behind: int) -> tuple[int, int]:
        """(index of the next number after «,» or «и», start of its own «№» or -1); (-1, -1) at the end."""
        index = behind
        while self.word(index) in (",", "и", "/") and index < behind + 2:
            index += 1
        if index == behind and self.word(index) != "№":
            return -1, -1
        if self.word(index) == "№":
            return index + 1, self.tokens[index].start
        return index, -1

    def _one_number(self, index: int, *, marked: bool, mark: int) -> tuple[Number | None, int]:
        """The number at `index` and the index behind it; None where it counts or dates something."""
        token, behind, text = self.tokens[index], index + 1, self.word(index)
        following = self.tokens[behind] if behind < len(self.tokens) else None
        glued = following is not None and following.start == token.end
        if following is None:
            return Number(text, mark if mark >= 0 else token.start, token.end), behind
        if glued and following.word == "-" and self.is_number(behind + 1) and marked:
            text, behind = f"{text}-{self.word(behind + 1)}", behind + 2
        elif glued and following.word.isalpha() and len(following.word) == 1:
            text, behind = text + following.word, behind + 1
        elif glued and following.word in ".:-%/" and self.word(behind + 1) != "" and not self._stops(behind):
            return None, index
        if self.word(behind) in self.lexicon.after_number and not self.is_place(behind):
            return None, index
        kind = self.lexicon.types.at(self.tokens, behind)
        if kind is not None and not self._has_number(kind[0]) and not kind[1][1]:
            behind = kind[0]
            return Number(
                text, mark if mark >= 0 else token.start, self.tokens[behind - 1].end, kind[1][0]
            ), behind
        if not marked and self._counts(behind):
            return None, index
        return Number(text, mark if mark >= 0 else token.start, self.tokens[behind - 1].end), behind

    def _has_number(self, index: int) -> bool:
        return self.word(index) == "№" or self.word(index).isdigit()

    def _stops(self, index: int) -> bool:
        """Whether the sign at `index` ends a sentence or stands before a word that begins one."""
        token = self.tokens[index]
        following = self.tokens[index + 1]
        return (
            token.word in ".-"
            and not following.word.isdigit()
            and (following.start > token.end or self.text[following.start].isupper())
        )

    def _counts(self, index: int) -> bool:
        """«в школе 5 учителей»: a small word behind an unmarked number."""
        word = self.word(index)
        if not word or not word.isalpha() or word in ("и", "им", "имени"):
            return False
        return not self.text[self.tokens[index].start].isupper() and not self.is_place(index)

    def is_place(self, index: int) -> bool:
        place = self.lexicon.places.at(self.tokens, index)
        if place is None:
            return False
        behind = place[0] + (self.word(place[0]) == ".")
        return behind < len(self.tokens) and self.text[self.tokens[behind].start].isupper()

    def place_end(self, index: int) -> int:
        """Behind the place whose mark stands at `index`: «с. Целинное», «с. Новый Шарап»."""
        place = self.lexicon.places.at(self.tokens, index)
        first = place[0] + (self.word(place[0]) == ".") if place else index
        second = first + 1
        begins = self.word(first) in self.lexicon.place_begins or _DESCRIBES.search(self.word(first)) is not None
        if not begins or not self.word(second).isalpha():
            return second
        behind = self.tokens[second]
        capital = self.text[behind.start].isupper() and not self.text[behind.start : behind.end].isupper()
        capital = capital and self.text[self.tokens[first].end : behind.start] == " "
        initial = len(self.word(second + 1)) == 1 and self.word(second + 2) == "."
        taken = initial or self.lexicon.areas.at(self.tokens, second + 1) or self.lexicon.forms.at(self.tokens, second)
        return second + 1 if capital and not taken else second
