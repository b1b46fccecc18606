"""Words → dictionary forms, so that «экстремистской литературы» is found by «экстремистская литература»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from extractor.vocabulary.folding import fold

_WORD = re.compile(r"[^\W_]+")
_RUSSIAN = re.compile(r"[а-я]")


class Word(NamedTuple):
    """A word of a text: its place and all its dictionary forms, folded."""

    start: int
    end: int
    lemmas: frozenset[str]


def words(text: str) -> Iterator[Word]:
    """Every run of letters or digits of the text."""
    for match in _WORD.finditer(fold(text)):
        yield Word(match.start(), match.end(), lemmas_of(match[0]))


def lemma_line(text: str) -> str:
    """What stands in the lemma column: all dictionary forms of all words, in order, with their nominatives.

    The nominatives («экстремистская», «библиотеки») are for Datasette, which looks words up as they are typed.
    """
    return " ".join(" ".join(_nominatives(match[0])) for match in _WORD.finditer(fold(text)))


@lru_cache(maxsize=200_000)
def _nominatives(word: str) -> tuple[str, ...]:
    if not _RUSSIAN.search(word) or len(word) > 60:
        return (word,)
    forms = set(lemmas_of(word))
    for parse in _analyzer().parse(word)[:2]:
        if parse.tag.POS in ("NOUN", "ADJF", "PRTF"):
            forms |= {fold(each.word) for each in parse.lexeme if "nomn" in each.tag and each.tag.POS == parse.tag.POS}
    return tuple(sorted(form for form in forms if _WORD.fullmatch(form)))


@lru_cache(maxsize=200_000)
def lemmas_of(word: str) -> frozenset[str]:
    """{«сталь», «стать»} for «стали»: all readings, since none may be missed. The word itself if unknown."""
    if not _RUSSIAN.search(word) or len(word) > 60:
        return frozenset([word])
    forms = {fold(parse.normal_form) for parse in _analyzer().parse(word)}
    return frozenset(form for form in forms if _WORD.fullmatch(form)) or frozenset([word])


@cache
def _analyzer() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
