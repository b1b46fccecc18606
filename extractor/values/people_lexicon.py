"""The words of `people.toml` made ready: which word is a position, in what number, what governs what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extractor.values.lexing import Phrases
from extractor.vocabulary.folding import fold
from extractor.vocabulary.people_words import PeopleWords

_HARD = ("а", "у", "ом", "е", "ов", "ам", "ами", "ах", "ой", "ою", "ы", "и", "")
_SOFT = ("я", "ю", "ем", "е", "ей", "ям", "ями", "ях", "ев", "и", "ий", "ь", "")
_ADJECTIVAL = (
    "ий",
    "ый",
    "ой",
    "ая",
    "яя",
    "ые",
    "ие",
    "ого",
    "его",
    "ому",
    "ему",
    "ым",
    "им",
    "ом",
    "ем",
    "ей",
    "ую",
    "юю",
    "ых",
    "их",
    "ыми",
    "ими",
)
_MANY = ("ов", "ев", "ам", "ами", "ах", "ям", "ями", "ях", "ых", "их", "ыми", "ими", "ые", "ие")


class Head(NamedTuple):
    """A word that says who: «директор» one, «директора» either, «директором» oblique, «актив» a body."""

    number: str  # one | many | either | oblique | oblique-many | body
    governs: bool
    speaks: bool = True  # may stand alone for who answers: not «родители», not «5-7 классы»
    present: bool = False  # came to the sitting: «участники» answer when it is said of what


class PeopleLexicon:
    """The words of `people.toml`, folded, declined, as sets and phrases."""

    def __init__(self, words: PeopleWords) -> None:
        governing = _set(words.governing.words)
        self.governing = governing
        heads: dict[str, Head] = {}
        for kind, entry in words.groups.items():
            for word in entry.words:
                if "/" not in word:
                    heads[fold(word)] = Head("body", fold(word) in governing, kind != "classes")
        for entry in (*words.positions.values(), *words.groups.values()):
            for word in entry.words:
                if "/" in word:
                    _decline(heads, *_halves(word), governing)
        led = {fold(word) for entry in words.groups["people"].words for word in _halves(entry)}
        heads |= {word: heads[word]._replace(speaks=False) for word in led & heads.keys()}
        present = {fold(word) for entry in words.groups["present"].words for word in _halves(entry)}
        heads |= {word: heads[word]._replace(present=True) for word in present & heads.keys()}
        self.heads = Phrases(heads.items())
        self.head_words = frozenset(heads)
        self.organisations = Phrases(
            [(word, False) for word in words.organisations["own"].words]
            + [(word, False) for word in words.organisations["phrases"].words]
            + [(word, True) for word in words.organisations["attached"].words]
        )
        self.abbreviations = frozenset(
            fold(word) for entry in words.organisations.values() for word in entry.words if word.isupper()
        )
        self.modifiers = _set(words.modifiers.words)
        self.first, self.second = _set(words.compounds.first), _set(words.compounds.second)
        self.never_compound = _set(words.compounds.never_behind)
        self.continuations = _set(words.continuations.words)
        self.labels = _set(words.labels.words) | _set(words.reports.words)
        self.prepositions = _set(words.prepositions.words)
        self.explanations = _set(words.explanations.words) | self.prepositions
        self.second_offices = _set(words.second_offices.words)
        self.first_offices = _set(words.first_offices.words)
        self.teaching = frozenset(
            form for entry in words.positions["teachers"].words for form in _halves(entry)[:1]
        )
        self.qualifications = _set(words.qualifications.words)
        self.sittings = _set(words.sittings.words)


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _halves(entry: str) -> tuple[str, str]:
    """«м/с/м/с» and «директор/директора» as the singular and the plural."""
    parts = fold(entry).split("/")
    middle = len(parts) // 2
    return "/".join(parts[:middle]), "/".join(parts[middle:])


def _decline(heads: dict[str, Head], one: str, many: str, governing: frozenset[str]) -> None:
    """The nominative of both numbers and, by endings, the other cases."""
    governs = one in governing
    adjectival = one.endswith(("ий", "ый", "ая", "ийся", "аяся")) and len(one) > 5
    if adjectival:
        tail = "ся" if one.endswith("ся") else ""
        stem = one[: -2 - len(tail)]
        forms = {stem + ending + tail for ending in _ADJECTIVAL}
    else:
        stem = one[:-1] if one[-1] in "ьйаяц" and len(one) > 3 else one
        forms = {stem + ending for ending in (*_HARD, *_SOFT)} if len(one) > 3 else set()
        forms |= (
            {many[:-1] + ending for ending in ("ам", "ами", "ах", "ям", "ями", "ях", "ов", "ей", "")}
            if len(many) > 4
            else set()
        )
    for form in forms - {one, many}:
        if len(form) > 3:
            number = "oblique-many" if form.removesuffix("ся").endswith(_MANY) else "oblique"
            heads.setdefault(form, Head(number, governs))
    either = not adjectival and many.endswith(("а", "я")) and one[-1] not in "ая"
    heads[many] = Head("either" if either else "many", governs or many in governing)
    heads[one] = Head("one", governs)
