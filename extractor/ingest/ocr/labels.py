"""Words that hold a plan together («Заседание», «Сроки», «ноябрь»), put right where a letter is its look-alike.

A wrong letter there loses a meeting or a column. Only what is no word is touched, and only where letters that
Tesseract takes for one another make one word of the vocabulary of it; whoever reads is told (`ocr-uncertain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractor.ingest.ocr.engine import Reading
from extractor.ingest.words import is_word

# Letters that Tesseract takes for one another; each group holds those that may stand for any other of it.
# No vowels that people confuse: «Зеседание» is the author's, «Засодание» may be the scan's.
_ALIKE = (
    "нипйлц",
    "шщи",
    "еосэр",
    "цщ",
    "зэ3",
    "о0",
    "лдп",
    "б6",
    "ьъыб",
    "гтр",
    "хжк",
    "кн",
    "вн",
    "ия",
    "мян",
    "чн",
    "вя",
    "ао",
)
_PAIRS = frozenset(a + b for group in _ALIKE for a in group for b in group if a != b)
_LEAST, _LONG = 4, 6  # letters of a word; of one in which two letters may be wrong
_LEAST_SURE = 97.0  # a word read with more certainty is left alone
_WORD = re.compile(r"[А-ЯЁа-яё036]{4,}")
_CYRILLIC = re.compile(r"[а-я]{4,}")
_ENDING = 4  # letters that may follow a stem («мероприят~»)


def repair_labels(readings: Sequence[Reading]) -> tuple[list[Reading], dict[int, str]]:
    """The readings with such words put right, and by the place of each what was read there."""
    repaired: list[Reading] = []
    before: dict[int, str] = {}
    for at, reading in enumerate(readings):
        text = _WORD.sub(_repair, reading.text) if reading.sure < _LEAST_SURE else reading.text
        if text != reading.text:
            before[at] = reading.text
            reading = reading._replace(text=text)
        repaired.append(reading)
    return repaired, before


def _repair(match: re.Match[str]) -> str:
    """The word in its place, spelt as the vocabulary spells it; as it was where no word or several fit."""
    written = match[0]
    known = find_label(written)
    if known is None:
        return written
    letters = [sign for sign in written if sign.isalpha()]
    if all(sign.isupper() for sign in letters) and len(letters) > 1:
        return known.upper()
    return known.capitalize() if written[0].isupper() or written[0].isdigit() else known


@lru_cache(maxsize=20_000)
def find_label(written: str) -> str | None:
    """«3асодание» → «заседание»; None for words («Тема», «Дача») and for what is not one of the vocabulary's."""
    word = written.lower().replace("ё", "е")
    if not any(sign.isalpha() for sign in word) or is_word(word):
        return None
    most = 2 if len(word) >= _LONG else 1
    words, stems = _load_labels()
    found: dict[int, set[str]] = {}
    for label in words.get(len(word), ()):
        _note(found, label, _count(word, label), most)
    for stem in stems:
        if len(stem) <= len(word) <= len(stem) + _ENDING:
            label = stem + word[len(stem) :]
            if label.isalpha() and is_word(label):
                _note(found, label, _count(word, label), most)
    best = found[min(found)] if found else set()
    return best.pop() if len(best) == 1 else None


def _note(found: dict[int, set[str]], label: str, wrong: int, most: int) -> None:
    if 0 < wrong <= most:
        found.setdefault(wrong, set()).add(label)


def _count(word: str, label: str) -> int:
    """How many letters of the word stand for their look-alikes; 99 where one is another letter altogether."""
    wrong = [a + b for a, b in zip(word, label, strict=True) if a != b]
    return len(wrong) if _PAIRS.issuperset(wrong) else 99


@lru_cache(maxsize=1)
def _load_labels() -> tuple[dict[int, tuple[str, ...]], tuple[str, ...]]:
    """The words of headings, labels, announcements and months by their length; the stems of column titles."""
    from extractor.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    plan = vocabulary.plan
    texts: list[str] = []
    for heading in plan.headings.values():
        texts += [*heading.labels, *heading.endings]
    for name, labels in plan.meetings.items():
        texts += labels.labels
        if name in ("names", "ordinals"):
            texts += labels.words
    for labels in plan.titles.values():
        texts += labels.labels
    for month in vocabulary.dates.months:
        texts += month.forms
    phrases = [phrase for column in plan.columns.values() for phrase in column.phrases]
    texts += [re.sub(r"\S+~", "", phrase) for phrase in phrases]
    stems = {stem for phrase in phrases for stem in re.findall(r"([а-я]{4,})~", phrase)}
    by_length: dict[int, tuple[str, ...]] = {}
    for word in sorted(_split(texts)):
        by_length[len(word)] = (*by_length.get(len(word), ()), word)
    return by_length, tuple(sorted(stems))


def _split(texts: Iterable[str]) -> set[str]:
    found = {word for text in texts for word in _CYRILLIC.findall(text.lower().replace("ё", "е"))}
    return {word for word in found if len(word) >= _LEAST and is_word(word)}
