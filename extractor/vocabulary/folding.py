"""The one normalisation under which words are compared; the text itself is never changed.

`fold` keeps the length, so a place in the folded text is the same place in the text as written.
`squash` also drops everything but letters and digits («П Л А Н», «Совершенст-вование») and is for
comparing whole labels only.
"""

from __future__ import annotations

import re

from extractor.vocabulary.memory import remembered

_SIGNS = {ord(c): "-" for c in "‐‑‒–—―−"}
_SIGNS |= {ord(c): '"' for c in "«»„“”‟‹›❝❞"}
_SIGNS |= {ord(c): "'" for c in "‘’‚‛`´"}
_SIGNS |= {ord(c): " " for c in "\u00a0\u2007\u202f\u2002\u2003\u2009\t\n\r"}
_SIGNS |= {ord("ё"): "е"}
_TO_CYRILLIC = str.maketrans("aceopxykmhbt", "асеорхукмнвт")
_MIXED = re.compile(r"[а-я][a-z]|[a-z][а-я]")
_WORD = re.compile(r"[a-zа-я]+")

_SPACED_LETTERS = 5


def fold(text: str) -> str:
    """The text for comparing, of the same length: lower case, е for ё, one dash, one quote, one space,
    and Russian letters for the Latin ones that look like them in words that mix the two alphabets."""
    return _folded(text) if len(text) > _LONGEST else _fold_short(text)


def _folded(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    low = low.translate(_SIGNS)
    if _MIXED.search(low):
        low = _WORD.sub(_one_alphabet, low)
    return low


_LONGEST = 1000  # letters of a text that is worth keeping
_fold_short = remembered(_folded)


def _one_alphabet(match: re.Match[str]) -> str:
    word = match[0]
    return word.translate(_TO_CYRILLIC) if _MIXED.search(word) else word


_MIXED_CASE = re.compile(r"[А-Яа-яЁё][A-Za-z]|[A-Za-z][А-Яа-яЁё]")
_LETTERS = re.compile(r"[A-Za-zА-Яа-яЁё]+")
_CASED = str.maketrans("aceopxykmhbtABCEHKMOPTXY", "асеорхукмнвтАВСЕНКМОРТХУ")


def one_alphabet(text: str) -> str:
    """The text, of the same length, with Russian letters for the Latin ones that look like them in words
    that mix the two alphabets («заседaние», «Иванoва»); case and everything else stay."""
    if text.isascii() or not _MIXED_CASE.search(text):
        return text
    return _LETTERS.sub(lambda m: m[0].translate(_CASED) if _MIXED_CASE.search(m[0]) else m[0], text)


def squash(text: str) -> str:
    """Only the folded letters and digits, nothing between them."""
    return "".join(c for c in fold(text) if c.isalnum())


def unspaced(text: str) -> str:
    """«з а с е д а н и я  р м о» without the spaces; any other text as it is."""
    words = text.split()
    letters = sum(len(word) == 1 for word in words)
    return "".join(words) if letters >= _SPACED_LETTERS and letters >= 0.8 * len(words) else text
