"""Words, numbers and signs of a text, and phrases made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from extractor.vocabulary.folding import fold

T = TypeVar("T")

# «М/с», «О'Коннор», «педагог-психолог» are one word; a sign is a word of its own.
_TOKEN = re.compile(r"[^\W\d_]+(?:[-/'][^\W\d_]+)*|\d+|[^\w\s]|_")


class Token(NamedTuple):
    """A word, a number or a sign: its place and its folded letters."""

    start: int
    end: int
    word: str


def lex(text: str) -> list[Token]:
    """The tokens of a text in order; white space is what lies between them."""
    return [Token(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(fold(text))]


class Phrases(Generic[T]):
    """Phrases by their tokens: «шк.-инт.» is found whatever the spaces."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries:
            words = tuple(token.word for token in lex(phrase))
            self._by_first.setdefault(words[0], []).append((words, value))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def at(self, tokens: list[Token], index: int) -> tuple[int, T] | None:
        """(index behind the longest phrase that begins at `index`, its value), or None."""
        if index >= len(tokens):
            return None
        for words, value in self._by_first.get(tokens[index].word, ()):
            behind = index + len(words)
            if behind <= len(tokens) and all(tokens[index + i].word == word for i, word in enumerate(words)):
                return behind, value
        return None


def plain(text: str) -> str:
    """The author's wording with white space normalised."""
    return " ".join(text.replace("\u00ad", "").split())
