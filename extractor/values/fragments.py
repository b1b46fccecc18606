"""A text of people as pieces: names, positions, schools, organisations, words, signs.

`splitting` makes fragments of them, `participants` entries of the fragments.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from extractor.model.plan import School
from extractor.values.lexing import Token, lex
from extractor.values.names import Name, NameGrammar
from extractor.values.people_lexicon import Head, PeopleLexicon
from extractor.values.schools import SchoolGrammar, Sighting
from extractor.vocabulary.people_words import PeopleWords

_MODIFIER = (
    "ый",
    "ий",
    "ой",
    "ая",
    "яя",
    "ые",
    "ие",
    "ое",
    "ого",
    "его",
    "ых",
    "их",
    "ым",
    "ими",
    "ыми",
    "ому",
    "ей",
    "щиеся",
    "шиеся",
    "ная",
    "ой",
)

_NOUN = ("ение", "ание", "яние", "тие", "вие")
_ENDS = frozenset({",", ";", "(", ")", "-", ":", "и"})


class Piece(NamedTuple):
    """A token with its sense; names and schools are one piece each."""

    kind: str  # name | school | head | org | word | number | quote | sign
    start: int
    end: int
    word: str = ""
    fresh: bool = False  # begins a line, or stands behind a wide gap
    capital: bool = False
    head: Head | None = None
    name: Name | None = None
    schools: tuple[School, ...] = ()
    attached: bool = False  # an organisation that stays in the position: «инспектор ПДН»


class Fragment(NamedTuple):
    """Pieces between two separators, and the separator before them: "" , ; . : - ( и or a line break."""

    separator: str
    pieces: tuple[Piece, ...]
    paren: bool = False
    fresh: bool = False
    end: int = 0  # behind the closing bracket, if any


class FragmentGrammar:
    """Cuts texts into fragments; made once from the words."""

    def __init__(self, words: PeopleWords, schools: SchoolGrammar) -> None:
        self.lexicon = PeopleLexicon(words)
        self.schools = schools
        surnames = ("ов", "ев")  # «Дворников», «Поваров» are forms of the words and surnames too
        common = {word for word in self.lexicon.head_words if not word.endswith(surnames)}
        common |= schools.lexicon.abbreviations | self.lexicon.abbreviations
        self.names = NameGrammar(words, frozenset(common) | self.lexicon.labels | self.lexicon.modifiers)

    def pieces(self, text: str) -> list[Piece]:
        """The pieces of `text` in order."""
        tokens = lex(text)
        every = self.names.find_all(text, lone=True)
        names = tuple(name for name in every if not self.names.is_eponym(text, name.start))
        found = self.schools.sightings(text, bare="№" in text and bool(names), tokens=tokens)
        found = [sighting for sighting in found if _is_school_here(text, sighting, names)]
        known = frozenset(names)
        wholes = [
            Piece("name" if n in known else "word", n.start, n.end, name=n, capital=True)
            for n in _outside(every, found)
        ]
        return self._with_lone_surnames(text, self._merge(text, tokens, wholes, found))

    def _with_lone_surnames(self, text: str, pieces: list[Piece]) -> list[Piece]:
        """«рук. ШМО Сидорова», «Петренко, воспитатели»: a surname behind a position, or all alone."""
        for index, piece in enumerate(pieces):
            if (
                piece.kind != "word"
                or not piece.capital
                or not self.names.is_surname_alone(text[piece.start : piece.end])
            ):
                continue
            following = pieces[index + 1] if index + 1 < len(pieces) else None
            ends = following is None or following.fresh or following.kind == "name" or following.word in _ENDS
            if ends and self._may_stand(pieces, index) and not self.names.is_eponym(text, piece.start):
                name = Name(text[piece.start : piece.end], None, None, piece.start, piece.end, 0)
                pieces[index] = piece._replace(kind="name", name=name)
        return pieces

    def _may_stand(self, pieces: list[Piece], index: int) -> bool:
        """Whether a surname may stand here: first in an entry, or up to three words behind a position."""
        if index == 0 or pieces[index].fresh or pieces[index - 1].word in _ENDS:
            return True
        for piece in reversed(pieces[max(0, index - 4) : index]):
            if piece.kind == "head":
                return True
            if piece.kind not in ("word", "sign") or piece.capital or piece.word in _ENDS:
                return False
        return False

    def _merge(
        self, text: str, tokens: list[Token], wholes: list[Piece], found: list[Sighting]
    ) -> list[Piece]:
        """Tokens with names, the eponyms as words, and schools made one piece each."""
        wholes += [Piece("school", s.start, s.end, schools=s.schools, capital=True) for s in found]
        wholes.sort(key=lambda piece: piece.start)
        pieces: list[Piece] = []
        end = index = whole = 0
        while index < len(tokens):
            token = tokens[index]
            if whole < len(wholes) and token.end > wholes[whole].start:
                piece = wholes[whole]
                whole += 1
                while index < len(tokens) and tokens[index].start < piece.end:
                    index += 1
            else:
                piece, index = self._piece(text, tokens, index)
            if piece.kind == "head" and piece.word in self.lexicon.continuations and _after_head(pieces):
                piece = piece._replace(kind="word", head=None)
            pieces.append(piece._replace(fresh=_is_fresh(text, end, piece.start)))
            end = piece.end
        return pieces

    def _piece(self, text: str, tokens: list[Token], index: int) -> tuple[Piece, int]:
        """The piece that begins at token `index` and the index behind it."""
        token = tokens[index]
        capital = text[token.start].isupper()
        head = self.lexicon.heads.at(tokens, index)
        body = self.lexicon.organisations.at(tokens, index)
        if head is not None and (body is None or body[0] <= head[0]):
            behind, info = head
            word = "".join(other.word for other in tokens[index:behind])
            return Piece(
                "head", token.start, tokens[behind - 1].end, word, capital=capital, head=info
            ), behind
        if body is not None:
            behind, attached = body
            return Piece(
                "org", token.start, tokens[behind - 1].end, token.word, capital=capital, attached=attached
            ), behind
        first = token.word[0]
        if first.isalpha():
            half = token.word.split("/")[0].split("-")[0]
            known = (
                self.lexicon.heads.at([Token(0, 0, half)], 0)
                if half != token.word and len(half) > 3
                else None
            )
            kind = "head" if known else "word"
            return Piece(
                kind, token.start, token.end, token.word, capital=capital, head=known[1] if known else None
            ), index + 1
        kind = "number" if first.isdigit() else "quote" if first == '"' else "sign"
        return Piece(kind, token.start, token.end, token.word), index + 1

    def is_modifier(self, piece: Piece) -> bool:
        if piece.kind == "head":
            return piece.word in self.lexicon.modifiers
        small = len(piece.word) > 4 and piece.word.endswith(_MODIFIER) and not piece.word.endswith(_NOUN)
        return piece.kind == "word" and (small or piece.word in self.lexicon.modifiers)

    def leads(self, pieces: list[Piece]) -> list[bool]:
        """For each piece whether a position or a group begins there: a head, or modifiers before one."""
        found = [False] * (len(pieces) + 1)
        for index in range(len(pieces) - 1, -1, -1):
            piece = pieces[index]
            if piece.kind == "head":
                found[index] = piece.head is not None and not piece.head.number.startswith("oblique")
            elif piece.word == "." and index:
                found[index] = found[index + 1] and self.is_modifier(pieces[index - 1])
            else:
                found[index] = self.is_modifier(piece) and found[index + 1]
        return found


def _after_head(pieces: list[Piece]) -> bool:
    """Whether a position stands just before: «учителя физики, математики» names no physicists."""
    return any(piece.kind == "head" for piece in pieces[-8:])


def _is_fresh(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return "\n" in gap or "\t" in gap or len(gap) > 3


def _is_school_here(text: str, sighting: Sighting, names: tuple[Name, ...]) -> bool:
    """A bare number is a school only behind a person: «Александрова Е.С. №79»."""
    if any(school.form or school.type for school in sighting.schools):
        return True
    before = text[max(0, sighting.start - 12) : sighting.start].rstrip(" (–—-,\n\u00a0")
    end = max(0, sighting.start - 12) + len(before)
    return any(end - 1 <= name.end <= end for name in names)


def _outside(names: list[Name], found: list[Sighting]) -> tuple[Name, ...]:
    """The names that stand in no school («СШ №4 им. И.И. Иванова»)."""
    starts = [sighting.start for sighting in found]
    return tuple(
        name
        for name in names
        if not (place := bisect_right(starts, name.start)) or found[place - 1].end <= name.start
    )
