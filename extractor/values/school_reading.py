"""Schools token by token: the form, the names and the number before the type, the type, a bare number."""

from __future__ import annotations

from extractor.values.lexing import Token, plain
from extractor.values.school_body import Body
from extractor.values.school_lexicon import ADJECTIVE, Found, Number, SchoolLexicon, nominative
from extractor.values.school_numbers import NumberReader
from extractor.vocabulary.people_words import SchoolType


class Reader(NumberReader):
    """Reads schools out of one text. Tokens before `floor` are taken already."""

    def __init__(self, text: str, tokens: list[Token], lexicon: SchoolLexicon, *, bare: bool) -> None:
        super().__init__(text, tokens, lexicon)
        self.bare = bare
        self.floor = 0
        self._only_numbers = (
            bare and bool(tokens) and all(t.word.isdigit() or t.word in ",;и.№" for t in tokens)
        )

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
        body = Body(self, behind)
        if not body.read(strength=strength):
            return None
        return body.found(index, form)

    def _around_type(self, index: int, behind: int, kind: SchoolType, many: bool) -> Found | None:
        """A type without a form: what stands before it (adjective, number) and behind it."""
        if self.word(index - 1) in self.lexicon.other_schools:
            return None
        first = self._names_before(index, kind, many)
        body = Body(self, index)
        body.type_at(index, behind, kind, many)
        if first < index:
            body.take_name(first, index)
        body.tail(named=kind.named or self.bare)
        if not body.numbers and not many:
            number = self._number_before(index, kind)
            if number is not None:
                body.numbers, first = (number[1],), number[0]
        if body.says_which():
            return body.found(first, None)
        village = body.reach == "village" and not (kind.generic and self.word(index) != kind.name)
        return body.found(first, None) if village and not many else None

    def _names_before(self, index: int, kind: SchoolType, many: bool) -> int:
        """Where the adjectives before the type begin: «Верх-Чуманская СОШ»."""
        first = index
        while first - 1 >= self.floor and first > index - 2 and not many and self._is_name(first - 1, kind):
            first -= 1
        return first

    def _is_name(self, index: int, kind: SchoolType) -> bool:
        token = self.tokens[index]
        if not self.text[token.start].isupper() or not ADJECTIVE.search(token.word) or len(token.word) < 5:
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
        if last < self.floor or not self.is_number(last):
            return None
        marked = self.word(last - 1) == "№"
        abbreviated = self.text[self.tokens[index].start].isupper() or self.word(index + 1) in (".", "-")
        said_so = ordinal or marked or self.bare
        if not said_so and (kind.generic or not (abbreviated or self.word(index) == kind.name)):
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
        body = Body(self, end)
        body.numbers, body.many = numbers, many
        body.tail(named=True)
        return body.found(index, None)
