"""What stands behind a form or around a type: number, name in quotes, «им. …», place."""

from __future__ import annotations

from extractor.values.lexing import plain
from extractor.values.school_lexicon import ADJECTIVE, Found, Number, nominative
from extractor.values.school_numbers import NumberReader
from extractor.vocabulary.people_words import SchoolType

_CLOSING = "»”›❞"
_OPENING = "«„‹“❝"


class Body:
    """What stands behind a form, or around a type, of one school."""

    def __init__(self, reader: NumberReader, index: int) -> None:
        self.reader, self.index = reader, index
        self.type: SchoolType | None = None
        self.many = False
        self.numbers: tuple[Number, ...] = ()
        self.name: str | None = None
        self.place: str | None = None
        self.reach = ""  # of the place: village | town | area
        self.honorific: str | None = None
        self._open = 0

    def found(self, first: int, form: str | None) -> Found:
        return Found(
            first, self.index, form, self.type, self.many, self.numbers, self.name, self.place,
            self.honorific, self.reach == "area",
        )  # fmt: skip

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
        first, quoted = self.index, self._open
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
        alone = self.type is not None and self._stands_alone(self.type, quoted)
        self.tail(named=True)
        return self.says_which() or alone or (self.type is not None and self.reach in ("village", "town"))

    def _stands_alone(self, kind: SchoolType, quoted: int) -> bool:
        """«МБОУ «Лицей»», «МБОУ Гимназия»: the only one of its type there; not «учителя МБОУ СОШ»."""
        reader, behind = self.reader, self.index
        if self.many:
            return False
        if quoted:
            return reader.word(behind) == '"' and self._char(behind) not in _OPENING
        word = reader.text[reader.tokens[behind - 1].start : reader.tokens[behind - 1].end]
        return word[0].isupper() and not word.isupper() and not kind.generic

    def _may_be_name(self, index: int) -> bool:
        token = self.reader.tokens[index]
        return self.reader.text[token.start].isupper() or bool(ADJECTIVE.search(token.word))

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
            before = self.reader.word(index - 1)
            return len(before) == 1 or before in self.reader.lexicon.titles and len(before) < 5
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
        behind, reach = first, "area"
        if mark is not None and reader.is_place(first):
            behind, reach = reader.place_end(first), "town" if mark[1] else "village"
        elif (
            first < len(tokens)
            and reader.text[tokens[first].start].isupper()
            and ADJECTIVE.search(tokens[first].word)
            and (area := reader.lexicon.areas.at(tokens, first + 1)) is not None
        ):
            behind = area[0]
        if behind == first or behind > len(tokens):
            return
        self.place, self.reach = plain(reader.text[tokens[first].start : tokens[behind - 1].end]), reach
        self.index = behind
