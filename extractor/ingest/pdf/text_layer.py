"""What the text layer of a page is worth: is there one, and do its letters say what the page shows?"""

from __future__ import annotations

import re

from extractor.ingest.pdf.shapes import PageContent

_ENOUGH = 40  # letters, to judge by
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_OTHER_SCRIPTS = re.compile("[\u0370-\u03ff\u0530-\ud7ff\uf900-\ufffc\U00010000-\U0003ffff]")
_ACCENTED = re.compile(r"[À-ÿ]")
_VOWELS = re.compile(r"[aeiouyAEIOUY]")
_COMMON = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "in",
        "is",
        "for",
        "that",
        "with",
        "on",
        "this",
        "be",
        "are",
        "as",
        "at",
        "by",
        "or",
        "from",
        "an",
        "it",
        "not",
        "you",
        "all",
        "page",
        "de",
        "la",
        "le",
        "et",
        "les",
        "des",
        "en",
        "un",
        "une",
        "du",
        "que",
        "el",
        "los",
        "las",
        "por",
        "con",
        "para",
        "der",
        "die",
        "das",
        "und",
        "ist",
        "von",
        "mit",
        "ein",
        "eine",
        "zu",
        "den",
        "il",
        "di",
        "che",
        "per",
    ]
)


def needs_ocr(page: PageContent) -> bool:
    """Whether the page is a picture without text: a scan."""
    return page.letters == 0 and page.pictures > 0


def text_layer_is_rubbish(text: str) -> bool:
    """Whether the letters of a text layer are not those that the page shows.

    So are «Ìåòîäè÷åñêîå», letters in a private area of Unicode, and Latin ones that form no language:
    few letters are Cyrillic, though there are many, and hardly a word is common in a Latin language.
    """
    cyrillic, private = len(_CYRILLIC.findall(text)), len(_PRIVATE.findall(text))
    if cyrillic > private + len(text) / 2:
        return False
    letters = sum(map(str.isalpha, text)) + private
    if letters < _ENOUGH:
        return False
    if private > 0.3 * letters:
        return True
    others = len(_OTHER_SCRIPTS.findall(text))
    if cyrillic >= 0.2 * letters or others > 0.3 * letters:
        return False
    if len(_ACCENTED.findall(text)) > 0.3 * letters:
        return True
    return not _is_latin_language(text)


def _is_latin_language(text: str) -> bool:
    """Whether the Latin words look like those of a language: some are its little words, most have vowels."""
    words = [word for word in _LATIN_WORD.findall(text) if len(word) > 1][:2000]
    if not words:
        return False
    common = sum(word.lower() in _COMMON for word in words)
    voiced = sum(_VOWELS.search(word) is not None for word in words)
    return common >= 0.04 * len(words) or (voiced >= 0.85 * len(words) and len(words) < 30)
