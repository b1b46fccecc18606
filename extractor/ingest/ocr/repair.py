"""Letters that Tesseract cannot know: capitals of lone abbreviations, Roman numbers, doubled signs.

Only what the ink shows or the sequence demands is changed; what the author may have written stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from extractor.ingest.ocr.engine import Reading
from extractor.ingest.words import begins_phrase, is_word
from extractor.model.source import Block

# Abbreviations that alone in a line are read in small letters; repaired where the ink is as high as capitals.
_ABBREVIATIONS = frozenset(
    ["ОО", "МО", "ОУ", "ММО", "РМО", "ГМО", "ШМО", "УМО", "ОМО", "СОШ", "ООШ", "НОШ", "МОУ", "ОГЭ", "ЕГЭ"]
    + ["ВПР", "ИКТ", "МБОУ", "МКОУ", "МАОУ", "МБУ", "ФГОС", "ЦБС", "ИБЦ", "БИЦ"]
)
_ROUND_PAIR = re.compile(r"[0ОоOo©@()\[\]{}®`/.Ф]{2,5}$")
_CAPITAL = 0.57  # of the size of the face: what is higher is no small letter
_TWO_LETTERS = 1.2  # of the size: «ОО» is wider, «00» narrower
_TAIL = re.compile(r"¬$")
_THREE = re.compile(r"(?<=[а-яё]{3} )3(?=\.\s?[А-ЯЁ]\.)")  # «Ишкаева 3.А.»
_DOUBLED = re.compile(r"(?<=\.)\.(?=,)")

_SHAPES = str.maketrans(
    {"1": "I", "l": "I", "|": "I", "!": "I", "Т": "I", "Г": "I", "П": "II", "Ш": "III", "У": "V", "Х": "X"}
)
_NUMBERED = re.compile(r"([IVXТГПШУХ1l|!]{1,5})([.,)])(?=\s*[А-ЯЁ«])")
_ARABIC_TWO = re.compile(r"2[.,)]\s*\S")
_ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"]

# Letters that Tesseract takes for each other. Typos of authors («Зеседание») are others and stay.
_LOOK_ALIKE = {
    "л": "д",
    "п": "црн",
    "г": "т",
    "н": "и",
    "и": "нш",
    "Е": "В",
    "Р": "В",
    "с": "ое",
    "ш": "щ",
    "х": "ж",
    "в": "я",
}
_PLAIN = re.compile(r"[А-ЯЁ]?[а-яё]{4,}$")
_LEAST_SURE = 97.0  # a word read with more certainty is left alone
_EDGES = '«»()"„“.,;:!?'


def repair_word(reading: Reading, size: float) -> Reading:
    """The reading with «оо», «00», «ммо» as the capitals that the ink shows; `size` of the face in pixels."""
    text = _TAIL.sub("-", reading.text)
    high, wide = reading.bottom - reading.top, reading.right - reading.left
    if high >= _CAPITAL * size:
        if _ROUND_PAIR.match(text) and 1.9 * size > wide > _TWO_LETTERS * size:
            text = "ОО"
        elif text.upper() in _ABBREVIATIONS:
            text = text.upper()
    if text == reading.text and reading.sure < _LEAST_SURE:
        text = _repair_letter(text)
    return reading if text == reading.text else reading._replace(text=text)


def _repair_letter(text: str) -> str:
    """«Заселание» as «Заседание»: one letter taken for its look-alike, where just one word comes of it."""
    word = text.strip(_EDGES)
    if not _PLAIN.match(word) or is_word(word):
        return text
    found = {
        word[:at] + other + word[at + 1 :]
        for at, letter in enumerate(word)
        for other in _LOOK_ALIKE.get(letter, "")
    }
    fits = [each for each in found if is_word(each) and (each[0].islower() or begins_phrase(each))]
    return text.replace(word, fits[0]) if len(fits) == 1 else text


class _Candidate(NamedTuple):
    at: int
    value: int
    length: int
    arabic: bool


def repair_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with doubled signs made one, initials made letters and Roman numbers as their sequence demands."""
    texts = [_THREE.sub("З", _DOUBLED.sub("", block.text)) for block in blocks]
    for kind in ("paragraph", "row", "cell"):
        numbers = [at for at, block in enumerate(blocks) if _kind(block) == kind]
        for candidate in _find_sequence(list(_find_candidates(texts, numbers)), texts, numbers):
            texts[candidate.at] = _ROMAN[candidate.value] + texts[candidate.at][candidate.length :]
    return [
        block if block.text == text else msgspec.structs.replace(block, text=text)
        for block, text in zip(blocks, texts, strict=True)
    ]


def _kind(block: Block) -> str:
    if block.kind != "cell":
        return "paragraph"
    return "row" if block.col_span > 1 else "cell"


def _find_candidates(texts: Sequence[str], numbers: Sequence[int]) -> Iterator[_Candidate]:
    for at in numbers:
        found = _NUMBERED.match(texts[at])
        if found:
            shown = found[1].translate(_SHAPES)
            if shown in _ROMAN:
                yield _Candidate(at, _ROMAN.index(shown), len(found[1]), found[1].strip("1") == "")


def _find_sequence(
    candidates: Sequence[_Candidate], texts: Sequence[str], numbers: Sequence[int]
) -> list[_Candidate]:
    """The candidates that count up one by one: «Т.», «П.», «Ш.», «ТУ.» are I, II, III, IV.

    «1.» is I only where no «2.» stands between it and the «П.» that goes on.
    """
    best: list[_Candidate] = []
    for place, first in enumerate(candidates):
        run = [first]
        for candidate in candidates[place + 1 :]:
            if candidate.value == run[-1].value + 1 and not candidate.arabic:
                run.append(candidate)
        if first.arabic and len(run) > 1:
            between = [texts[at] for at in numbers if first.at < at < run[1].at]
            if any(_ARABIC_TWO.match(text) for text in between):
                continue
        if len(run) > 1 and (len(run) > len(best) or len(run) == len(best) and best[0].arabic):
            best = run
    return best
