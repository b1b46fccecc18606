"""One writing of a school, token by token: form, names before the type, type, numbers, names behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.values.lexing import Phrases, Token, lex, plain
from extractor.vocabulary.people_words import SchoolType, SchoolWords

_ADJECTIVE = re.compile(r"(?:ая|яя|ой|ей|ую|юю|ий|ый|ого|его|ому|ему|ом|ем|ым|им|ое|ее|ие|ые)$")
_CLOSING = "»”›❞"
_OPENING = "«„‹“❝"
_MOST_NUMBERS = 60


class SchoolLexicon:
    """The words of `schools.toml`, folded and made into sets and phrases."""

    def __init__(self, words: SchoolWords) -> None:
        strong = [word for entry in words.forms.values() for word in entry.words]
        self.forms = Phrases(
            [(word, "strong") for word in (*strong, *words.forms_in_words.words)]
            + [(word, "type") for word in words.forms_with_type.words]
            + [(word, "number") for word in words.forms_with_number.words]
        )
        self.types = Phrases(
            [(form, (kind, False)) for kind in words.types for form in (kind.name, *kind.forms)]
            + [(form, (kind, True)) for kind in words.types for form in kind.many]
        )
        self.not_after_form = _folded(words.not_after_form.words)
        self.number_owners = _folded(words.number_owners.words)
        self.after_number = _folded(words.after_number.words)
        self.not_names = _folded(words.not_names.words)
        self.other_schools = _folded(words.other_schools.words)
        self.places = Phrases([(mark, True) for mark in words.places.marks])
        self.areas = Phrases([(mark, True) for mark in words.places.areas])
        self.honorifics = _folded(words.honorifics.marks)
        self.titles = _folded(words.honorifics.titles)
        self.branches = _folded(words.branches.words)


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset("".join(token.word for token in lex(word)) for word in words)


class Number(NamedTuple):
    """«192», «5а»; `type` when the number has one of its own («28 шк.-инт.»)."""

    text: str
    start: int
    end: int
    type: SchoolType | None = None


class Found(NamedTuple):
    """What one writing says, from token `first` to before token `behind`."""

    first: int
    behind: int
    form: str | None = None
    type: SchoolType | None = None
    many: bool = False
    numbers: tuple[Number, ...] = ()
    name: str | None = None
    place: str | None = None
    honorific: str | None = None


class Reader:
    """Reads schools out of one text. Tokens before `floor` are taken already."""

    def __init__(self, text: str, tokens: list[Token], lexicon: SchoolLexicon, *, bare: bool) -> None:
        self.text, self.tokens, self.lexicon, self.bare = text, tokens, lexicon, bare
        self.floor = 0
        self._only_numbers = (
            bare and bool(tokens) and all(t.word.isdigit() or t.word in ",;и.№" for t in tokens)
        )

    def word(self, index: int) -> str:
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def read(self, index: int) -> Found | None:
        """The school whose form, type or (in a bare text) number stands at `index`, or None."""
        token = self.tokens[index]
        form = self.lexicon.forms.at(self.tokens, index)
        if form is not None:
            return self._after_form(index, *form)
        kind = self.lexicon.types.at(self.tokens, index)
        if kind is not None:
            return self._around_type(index, kind[0], *kind[1])
        if self.bare and (token.word == "№" or (self._only_numbers and token.word.isdigit())):
            return self._bare(index)
        return None

    def _after_form(self, index: int, behind: int, strength: str) -> Found | None:
        """«МБОУ …»: numbers, a type with what surrounds it, or a name."""
        if self.word(behind) in self.lexicon.not_after_form and not self.word(behind + 1).isdigit():
            return None
        form = plain(self.text[self.tokens[index].start : self.tokens[behind - 1].end])
        if strength == "number":
            numbers, end, many = self.numbers(behind)
            return Found(index, end, None, numbers=numbers, many=many) if numbers else None
        body = _Body(self, behind)
        if not body.read(strength=strength):
            return None
        return body.found(index, form)

    def _around_type(self, index: int, behind: int, kind: SchoolType, many: bool) -> Found | None:
        """A type without a form: what stands before it (adjective, number) and behind it."""
        if self.word(index - 1) in self.lexicon.other_schools:
            return None
        first = self._names_before(index, kind, many)
        body = _Body(self, index)
        body.type_at(index, behind, kind, many)
        if first < index:
            body.take_name(first, index)
        body.tail(named=kind.named or self.bare)
        if not body.numbers and not many:
            number = self._number_before(index, kind)
            if number is not None:
                body.numbers, first = (number[1],), number[0]
        if body.place and not body.says_which() and self.word(index) == "школы":
            return None
        return body.found(first, None) if body.says_which() or body.place else None

    def _names_before(self, index: int, kind: SchoolType, many: bool) -> int:
        """Where the adjectives before the type begin: «Верх-Чуманская СОШ»."""
        first = index
        while first - 1 >= self.floor and first > index - 2 and not many and self._is_name(first - 1, kind):
            first -= 1
        return first

    def _is_name(self, index: int, kind: SchoolType) -> bool:
        token = self.tokens[index]
        if not self.text[token.start].isupper() or not _ADJECTIVE.search(token.word) or len(token.word) < 5:
            return False
        if (
            token.word in self.lexicon.not_names
            or nominative(token.word, kind.gender) in self.lexicon.not_names
        ):
            return False
        return (
            not kind.generic or "ск" in token.word[-6:] or (index > 0 and self.word(index - 1) not in '.!?:"')
        )

    def _number_before(self, index: int, kind: SchoolType) -> tuple[int, Number] | None:
        """«28 шк.-инт.», «5-я школа», «№ 5 школа»."""
        last = index - 1
        ordinal = self.word(last) in ("я", "ая", "ой", "й", "ю") and self.word(last - 1) == "-"
        last -= 2 if ordinal else 0
        if last < self.floor or not self._is_number(last):
            return None
        marked = self.word(last - 1) == "№"
        abbreviated = self.text[self.tokens[index].start].isupper() or self.word(index + 1) in (".", "-")
        plain_ok = (
            ordinal or marked or self.bare or (abbreviated and not kind.generic) or kind.key == "гимназия"
        )
        if not plain_ok:
            return None
        first = last - 1 if marked and last - 1 >= self.floor else last
        token = self.tokens[last]
        return first, Number(token.word, token.start, self.tokens[index - 1].end)

    def _bare(self, index: int) -> Found | None:
        """«№79» where the place says that it is a school."""
        before = index - 2 if self.word(index - 1) == "." else index - 1
        initial = (
            before >= 0 and len(self.word(before)) == 1 and self.text[self.tokens[before].start].isupper()
        )
        if self.word(before) in self.lexicon.number_owners and not initial:
            return None
        numbers, end, many = self.numbers(index)
        if not numbers:
            return None
        body = _Body(self, end)
        body.numbers, body.many = numbers, many
        body.tail(named=True)
        return body.found(index, None)

    def _is_number(self, index: int) -> bool:
        return self.word(index).isdigit() and len(self.word(index)) <= 4

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
        while self._is_number(index) and len(found) < _MOST_NUMBERS:
            number, behind = self._one_number(index, marked=marked, mark=mark)
            if number is None:
                break
            found.append(number)
            end = behind
            index, mark = self._next_in_list(behind)
            marked = mark >= 0 or many
        return tuple(found), (end if found else first), many

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
        if glued and following.word == "-" and self._is_number(behind + 1) and marked:
            text, behind = f"{text}-{self.word(behind + 1)}", behind + 2
        elif glued and following.word.isalpha() and len(following.word) == 1:
            text, behind = text + following.word, behind + 1
        elif glued and following.word in ".:-%/" and self.word(behind + 1) != "" and not self._stops(behind):
            return None, index
        if self.word(behind) in self.lexicon.after_number and not self._is_place(behind):
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
        return not self.text[self.tokens[index].start].isupper() and not self._is_place(index)

    def _is_place(self, index: int) -> bool:
        place = self.lexicon.places.at(self.tokens, index)
        if place is None:
            return False
        behind = place[0] + (self.word(place[0]) == ".")
        return behind < len(self.tokens) and self.text[self.tokens[behind].start].isupper()


class _Body:
    """What stands behind a form, or around a type, of one school."""

    def __init__(self, reader: Reader, index: int) -> None:
        self.reader, self.index = reader, index
        self.type: SchoolType | None = None
        self.many = False
        self.numbers: tuple[Number, ...] = ()
        self.name: str | None = None
        self.place: str | None = None
        self.honorific: str | None = None
        self._open = 0

    def found(self, first: int, form: str | None) -> Found:
        return Found(
            first, self.index, form, self.type, self.many, self.numbers, self.name, self.place, self.honorific
        )

    def says_which(self) -> bool:
        return bool(self.numbers or self.name or self.honorific)

    def type_at(self, first: int, behind: int, kind: SchoolType, many: bool) -> None:
        self.type, self.many, self.index = kind, many, behind

    def take_name(self, first: int, behind: int) -> None:
        tokens = self.reader.tokens
        written = plain(self.reader.text[tokens[first].start : tokens[behind - 1].end])
        gender = self.type.gender if self.type else ""
        self.name = " ".join(nominative(word, gender) for word in written.split())

    def read(self, *, strength: str) -> bool:
        """Reads on behind a form; False where no school follows."""
        reader = self.reader
        self._open_quote()
        first = self.index
        for ahead in range(first, min(first + 4, len(reader.tokens))):
            kind = reader.lexicon.types.at(reader.tokens, ahead)
            if kind is not None:
                self.type_at(ahead, kind[0], *kind[1])
                if ahead > first:
                    self.take_name(first, ahead)
                break
            if not reader.tokens[ahead].word[0].isalpha() or not self._may_be_name(ahead):
                break
        if self.type is None and strength == "type":
            return False
        if self.type is None:
            self._name_or_numbers()
        self.tail(named=True)
        return self.says_which() or (self.type is not None and self.place is not None)

    def _may_be_name(self, index: int) -> bool:
        token = self.reader.tokens[index]
        return self.reader.text[token.start].isupper() or bool(_ADJECTIVE.search(token.word))

    def _name_or_numbers(self) -> None:
        """«МБОУ ЛИТ», «МБОУ «Перспектива»»: no type, so what follows is the name."""
        reader = self.reader
        if self._open:
            self._quoted_name()
            return
        word = (
            reader.text[reader.tokens[self.index].start : reader.tokens[self.index].end]
            if reader.word(self.index)
            else ""
        )
        if word.isupper() and word.isalpha() and 1 < len(word) < 8:
            self.name, self.index = word, self.index + 1

    def tail(self, *, named: bool) -> None:
        """Numbers, a name in quotes, «им. …», a place: whatever follows, each once."""
        before = -1
        while self.index != before:
            before = self.index
            self._close_quote()
            if not self.numbers and (found := self.reader.numbers(self.index))[0]:
                self.numbers, self.index = found[0], found[1]
                self.many = self.many or found[2]
            if self.name is None and (named or self.numbers):
                self._name_in_quotes()
            if self.honorific is None:
                self._honorific()
            if self.place is None:
                self._place()

    def _open_quote(self) -> None:
        while self.reader.word(self.index) == '"' and self._char(self.index) not in _CLOSING:
            self._open += 1
            self.index += 1

    def _close_quote(self) -> None:
        while self._open and self.reader.word(self.index) == '"' and self._char(self.index) not in _OPENING:
            self._open -= 1
            self.index += 1

    def _char(self, index: int) -> str:
        return self.reader.text[self.reader.tokens[index].start]

    def _name_in_quotes(self) -> None:
        """«Гимназия №192 «Брюсовская»»."""
        if self.reader.word(self.index) != '"' or self._char(self.index) in _CLOSING:
            return
        kept = self.index, self._open
        self._open_quote()
        self._quoted_name()
        if self.name is None:
            self.index, self._open = kept

    def _quoted_name(self) -> None:
        """The words up to the next quote as the name: at most four, the first with a capital letter."""
        reader, first = self.reader, self.index
        behind = first
        while (
            behind < len(reader.tokens)
            and behind < first + 6
            and reader.word(behind) not in ('"', "(", ";", ",", ".")
        ):
            behind += 1
        if behind == first or not reader.text[reader.tokens[first].start].isupper():
            return
        if reader.word(behind) != '"' and behind < len(reader.tokens):
            return
        if behind < len(reader.tokens) and self._char(behind) in _OPENING:
            return
        self.name = plain(reader.text[reader.tokens[first].start : reader.tokens[behind - 1].end])
        self.index = behind
        self._close_quote()

    def _honorific(self) -> None:
        """«им. И.И. Иванова», «имени Героя Советского Союза И. Петрова»."""
        reader, first = self.reader, self.index
        if reader.word(first) not in reader.lexicon.honorifics:
            return
        behind = first + 1 + (reader.word(first + 1) == ".")
        start = behind
        while behind < len(reader.tokens) and behind < start + 14 and self._is_honorific(behind):
            behind += 1
        if behind == start:
            return
        self.honorific = plain(reader.text[reader.tokens[first].start : reader.tokens[behind - 1].end])
        self.index = behind

    def _is_honorific(self, index: int) -> bool:
        token = self.reader.tokens[index]
        if token.word == ".":
            return len(self.reader.word(index - 1)) == 1
        if (
            self.reader.word(index - 1) not in (".", "им", "имени")
            and token.word in self.reader.lexicon.honorifics
        ):
            return False
        return token.word in self.reader.lexicon.titles or (
            self.reader.text[token.start].isupper()
            and token.word.replace("-", "").isalpha()
            and self.reader.lexicon.types.at(self.reader.tokens, index) is None
        )

    def _place(self) -> None:
        """«с.Целинное», «г. Энска», «Кировского района»."""
        reader, first = self.reader, self.index
        tokens = reader.tokens
        mark = reader.lexicon.places.at(tokens, first)
        behind = first
        if mark is not None and reader._is_place(first):
            behind = mark[0] + (reader.word(mark[0]) == ".") + 1
        elif (
            first < len(tokens)
            and reader.text[tokens[first].start].isupper()
            and _ADJECTIVE.search(tokens[first].word)
            and (area := reader.lexicon.areas.at(tokens, first + 1)) is not None
        ):
            behind = area[0]
        if behind == first or behind > len(tokens):
            return
        self.place = plain(reader.text[tokens[first].start : tokens[behind - 1].end])
        self.index = behind


def nominative(word: str, gender: str) -> str:
    """An adjective in the nominative of that gender: «Раздольной» (СОШ) is «Раздольная»; other words as they are."""
    low = word.lower()
    if gender == "f" and low.endswith(("ой", "ую", "ою")) and len(low) > 4:
        return word[:-2] + ("АЯ" if word.isupper() else "ая")
    if gender == "f" and low.endswith(("ей", "юю", "ею")) and len(low) > 4:
        return word[:-2] + "яя"
    if gender == "m" and low.endswith(("ого", "ому")):
        return word[:-3] + ("ий" if low[-4] in "кгхжшщ" else "ый")
    if gender == "m" and low.endswith(("ском", "ским", "цком", "цким")):
        return word[:-2] + "ий"
    return word
