"""What a word can be in a term: tables made once from `DateWords`, with typos in long words forgiven."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from extractor.vocabulary.date_words import DateWords, MonthPart, Phrases, Season, Unit
from extractor.vocabulary.folding import fold

_LONG = 6  # letters that a word needs before a typo in it is forgiven
_LATIN = str.maketrans("aceopxykmhbtn", "асеорхукмнвтп")

# Kinds of words. The value is a number, or the name of a unit or season.
MONTH, SHORT_MONTH, WEEKDAY, SHORT_WEEKDAY = "month", "month.", "weekday", "weekday."
ORDINAL, UNIT, PART, THIRD = "ordinal", "unit", "part", "third"
SEASON, SEASONAL, HOLIDAYS = "season", "seasonal", "holidays"
YEAR, FROM, TO, IN, AND, EVERY = "year", "from", "to", "in", "and", "every"


class Meaning(msgspec.Struct, frozen=True):
    """One word's kind and value; `genitive` for a month that another word governs («октября»)."""

    kind: str
    number: int = 0
    name: str = ""
    genitive: bool = False


class Phrase(msgspec.Struct, frozen=True):
    """What a whole wording means: a precision, or the role `during`, `before`, `through`, `from`, `least`."""

    role: str
    complement: bool = False
    alone: bool = False


class Branch:
    """One step of the tree of wordings, by word."""

    __slots__ = ("steps", "phrase")

    def __init__(self) -> None:
        self.steps: dict[str, Branch] = {}
        self.phrase: Phrase | None = None


class Lexicon:
    """Tables of the words of terms; never changed after it is made."""

    def __init__(self, words: DateWords) -> None:
        self.words = words
        self.units: dict[str, Unit] = {unit.name: unit for unit in words.units}
        self.parts: dict[str, MonthPart] = {part.name: part for part in words.month_parts}
        self.seasons: dict[str, Season] = {season.name: season for season in words.seasons}
        self.meanings = _meanings(words)
        self.phrases = _tree(words)
        small, often = words.small, words.frequency
        self.year, self.school, self.all = _set(small.year), _set(small.school), _set(small.all)
        self.month_word, self.day_number = _set(small.month), _set(small.day_number)
        self.hours, self.minutes, self.begin = _set(small.hours), _set(small.minutes), _set(small.begin)
        self.day_suffixes, self.ordinal_suffixes = _set(small.day_suffixes), _set(small.ordinal_suffixes)
        self.season_nouns, self.filler, self.streets = (
            _set(small.season),
            _set(small.filler),
            _set(small.streets),
        )
        self.not_after, self.not_before = _set(small.not_after), _set(small.not_before)
        self.times, self.multiples, self.periods = (
            _set(often.times),
            _set(often.multiples),
            _set(often.periods),
        )
        self.plurals = {form: day.number for day in words.weekdays for form in map(fold, day.plural)}
        self.said = _said(words)
        self.core = self._core()
        self._typos = _deletions(w for w in self._forgiving() if len(w) >= _LONG)
        self.correct = lru_cache(maxsize=8192)(self._correct)

    def known(self, word: str) -> bool:
        """Whether the word as it stands is of the vocabulary."""
        return word in self.meanings or word in self.said

    def _forgiving(self) -> set[str]:
        kinds = (MONTH, HOLIDAYS)
        words = {w for w, m in self.meanings.items() if m.kind in kinds or m.kind == UNIT and len(w) > _LONG}
        return words | {w for w in self.said if len(w) > _LONG}

    def _core(self) -> frozenset[str]:
        """Words without which a text holds no term (numbers apart): the months, the heads of wordings …"""
        kinds = {
            MONTH,
            SHORT_MONTH,
            WEEKDAY,
            SHORT_WEEKDAY,
            SEASON,
            SEASONAL,
            HOLIDAYS,
            EVERY,
            UNIT,
            PART,
            THIRD,
            YEAR,
        }
        core = {w for w, m in self.meanings.items() if m.kind in kinds}
        core |= self.times | self.multiples | self.day_number | self.plurals.keys() | self.month_word
        for group in self.words.phrases:
            for words in map(_split, group.say):
                if core.isdisjoint(words):
                    core.add(max(words, key=len))
        return frozenset(core)

    def _correct(self, word: str) -> str:
        """The word of the vocabulary that `word`, perhaps misspelt by a letter, stands for; or `word`."""
        if word.isascii() and word.translate(_LATIN) in self.meanings:
            return word.translate(_LATIN)
        if len(word) < _LONG - 1 or len(word) > 24:
            return word
        for variant in (word, *_without_a_letter(word)):
            for meant in self._typos.get(variant, ()):
                if _is_typo(word, meant):
                    return meant
        return word


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _split(say: str) -> list[str]:
    return [word for word in fold(say).split() if word != "…"]


def _said(words: DateWords) -> frozenset[str]:
    """All single words of the wordings."""
    sayings = [say for group in words.phrases for say in group.say] + list(words.during.say)
    return frozenset(word for say in sayings for word in _split(say))


def _meanings(words: DateWords) -> dict[str, Meaning]:
    table: dict[str, Meaning] = {}

    def put(forms: Iterable[str], kind: str, number: int = 0, name: str = "") -> None:
        for index, form in enumerate(forms):
            table.setdefault(fold(form), Meaning(kind, number, name, kind == MONTH and index == 1))

    for month in words.months:
        put(month.forms, MONTH, month.number)
        put(month.short, SHORT_MONTH, month.number)
    for day in words.weekdays:
        put(day.forms, WEEKDAY, day.number)
        put(day.short, SHORT_WEEKDAY, day.number)
    for ordinal in words.ordinals:
        put(ordinal.forms, ORDINAL, ordinal.number)
    for unit in words.units:
        put(unit.forms, UNIT, name=unit.name)
    for part in words.month_parts:
        put(part.forms, PART, name=part.name)
    for third in words.month_thirds:
        put(third.forms, THIRD, third.number)
    for season in words.seasons:
        put(season.forms, SEASON, name=season.name)
        put(season.adjectives, SEASONAL, name=season.name)
    put(words.holidays.forms, HOLIDAYS)
    put(words.frequency.every, EVERY)
    small = words.small
    for forms, kind in (
        (small.year, YEAR),
        (small.from_, FROM),
        (small.to, TO),
        (small.in_, IN),
        (small.and_, AND),
    ):
        put((form for form in forms if " " not in form), kind)
    return table


def _tree(words: DateWords) -> Branch:
    root = Branch()

    def put(says: Iterable[str], role: str, *, alone: bool = False) -> None:
        for say in says:
            node = root
            for word in _split(say):
                node = node.steps.setdefault(word, Branch())
            node.phrase = Phrase(role, say.endswith("…"), alone)

    group: Phrases
    for group in words.phrases:
        put(group.say, group.precision, alone=group.alone)
    put(words.during.say, "during")
    put(words.deadline.before, "before")
    put(words.deadline.through, "through")
    put(words.frequency.at_least, "least")
    put((form for form in words.small.from_ if " " in form), "from")
    return root


def _without_a_letter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _deletions(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    table: dict[str, set[str]] = {}
    for word in words:
        for variant in (word, *_without_a_letter(word)):
            table.setdefault(variant, set()).add(word)
    return {variant: tuple(sorted(meant)) for variant, meant in table.items()}


def _is_typo(word: str, meant: str) -> bool:
    """One letter left out, put in, changed or two swapped, but no other ending («постоянной»)."""
    start = 0
    while start < min(len(word), len(meant)) and word[start] == meant[start]:
        start += 1
    rest, right = word[start:], meant[start:]
    if rest == right[1:]:
        return True
    if rest[1:] == right:
        return bool(right) or rest == word[start - 1]
    if rest[:1] and rest[1:] == right[1:]:
        return len(rest) > 1
    return rest[:2] == right[1::-1] and rest[2:] == right[2:]
