"""A text cut into the words, numbers and signs that terms are made of."""

from __future__ import annotations

import re

import msgspec

from extractor.values.date_lexicon import MONTH, SHORT_MONTH, Lexicon, Meaning
from extractor.vocabulary.folding import fold

BEHIND = 8  # END tokens behind the last, so that looking ahead needs no care
LIMIT = 20_000  # letters of one text that are read; no cell of terms comes near
NUMBER, WORD, END, SUPER, SCHOOL_YEARS = "number", "word", "end", "super", "school years"

_PIECE = re.compile(r"[0-9]+|[a-z]+|[а-яіⅰ-ⅿ]+|_+|[⁰¹²³⁴-⁹]+|[^\s_]")
_DIGIT = re.compile("[0-9]")
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SIGNS = dict.fromkeys(".,-:;/()\"'№_", "")
_DASHES = {"\ufffd": "-", "\ufffe": "-", "\u00ad": "-", "~": "-", "÷": "-"}
_UNKNOWN = Meaning(WORD)


class Token(msgspec.Struct, gc=False):
    """A word, number or sign. `kind` of a sign is the sign, of a word what it can be in a term."""

    kind: str
    text: str  # folded, a typo put right
    start: int
    end: int
    glued: bool  # nothing between it and the token before
    value: int = 0  # of a number
    meaning: Meaning = _UNKNOWN


class Line(msgspec.Struct, gc=False):
    """The tokens of one text, with BEHIND END tokens behind, and the tables to read them by."""

    text: str
    tokens: list[Token]
    words: Lexicon

    def wording(self, start: int, end: int) -> str:
        """The letters as written, white space made single."""
        return " ".join(self.text[start:end].split())

    def breaks(self, i: int) -> bool:
        """Whether token `i` begins a line."""
        return i > 0 and "\n" in self.text[self.tokens[i - 1].end : self.tokens[i].start]

    def capital(self, i: int) -> bool:
        return self.text[self.tokens[i].start].isupper()


def read_tokens(text: str, words: Lexicon) -> Line | None:
    """The tokens of the text; None where no word or number of it can belong to a term."""
    folded = fold(text[:LIMIT])
    if not _may_hold_term(folded, words):
        return None
    tokens = [_token(match, words) for match in _PIECE.finditer(folded)]
    place = 0
    for token in tokens:
        token.glued = token.start == place and place > 0
        place = token.end
    tokens = _join_broken(tokens, words)
    tokens += [Token(END, "", len(folded), len(folded), False) for _ in range(BEHIND)]
    return Line(text, tokens, words)


def _may_hold_term(folded: str, words: Lexicon) -> bool:
    """A number, or a word without which there are no terms, whole or broken («сен-тябрь», «М А Й»)."""
    if _DIGIT.search(folded):
        return True
    core, correct = words.core, words.correct
    before, single = "", 0
    for piece in _PIECE.findall(folded):
        if len(piece) == 1:
            single = single + 1 if piece.isalpha() else 0
            if single == 3 or piece in core:
                return True
            continue
        if piece in core or correct(piece) in core or before + piece in core:
            return True
        before, single = piece, 0
    return False


def _token(match: re.Match[str], words: Lexicon) -> Token:
    piece, start, end = match[0], match.start(), match.end()
    first = piece[0]
    if "0" <= first <= "9":
        return Token(NUMBER, piece, start, end, False, int(piece) if end - start <= 9 else -1)
    if first in _SIGNS:
        return Token(first, piece, start, end, False)
    if first in _DASHES:
        return Token("-", piece, start, end, False)
    meaning = words.meanings.get(piece)
    if meaning is None and piece not in words.said and end - start > 2:
        piece = words.correct(piece)
        meaning = words.meanings.get(piece)
    if meaning is not None:
        return Token(meaning.kind, piece, start, end, False, meaning.number, meaning)
    if first in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return Token(SUPER, piece.translate(_SUPER), start, end, False)
    return Token(WORD if first.isalpha() else "sign", piece, start, end, False)


def _join_broken(tokens: list[Token], words: Lexicon) -> list[Token]:
    """«сен-тябрь», «сентяб\\nрь», «С Е Н Т Я Б Р Ь», «п/г» become one token each."""
    joined, place = [], 0
    while place < len(tokens):
        token = tokens[place]
        size = _broken_at(tokens, place, words) if token.text.isalpha() else 0
        if size:
            pieces = tokens[place : place + size]
            word = "".join(t.text for t in pieces if t.kind != "-")
            meaning = words.meanings.get(word, _UNKNOWN)
            token = Token(
                meaning.kind, word, token.start, pieces[-1].end, token.glued, meaning.number, meaning
            )
        joined.append(token)
        place += size or 1
    return joined


def _broken_at(tokens: list[Token], place: int, words: Lexicon) -> int:
    """Number of tokens from `place` that are pieces of one word; 0 where they are none."""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None:
        return 0
    if after.kind in ("-", "/") and after.glued and place + 2 < len(tokens):
        last = tokens[place + 2]
        whole = token.text + ("/" if after.kind == "/" else "") + last.text
        unknown = token.kind == WORD or last.kind == WORD
        slashed = after.kind == "/" and last.glued
        if (
            (slashed or unknown and after.kind == "-")
            and last.start - after.end <= 2
            and len(whole) > 2
            and words.known(whole)
        ):
            return 3
        return 0
    if token.kind in (WORD, SHORT_MONTH) and after.kind == WORD and not after.glued:
        meaning = words.meanings.get(token.text + after.text)
        if meaning is not None and meaning.kind == MONTH:
            return 2
    return _spaced_at(tokens, place, words) if len(token.text) == 1 == len(after.text) else 0


_ROMAN = set("iіv")
_OF_PARTS = ("полугод", "четверт", "квартал", "триместр")  # «I I полугодие»


def _spaced_at(tokens: list[Token], place: int, words: Lexicon) -> int:
    letters = [t.text for t in tokens[place : place + 12]]
    run = next(
        (i for i, letter in enumerate(letters) if len(letter) != 1 or not letter.isalpha()), len(letters)
    )
    if run in (2, 3) and set("".join(letters[:run])) <= _ROMAN and run < len(letters) and letters[run].startswith(_OF_PARTS):
        return run if "".join(letters[:run]) in words.meanings else 0
    for size in range(run, 2, -1):
        meaning = words.meanings.get("".join(letters[:size]))
        if meaning is not None and meaning.kind in (MONTH, SHORT_MONTH) and size > 2:
            return size
    return 0
