"""Places named inside a wording: «… на базе МБОУ СОШ № 5»."""

from __future__ import annotations

import re

from extractor.model.passage import Passage
from extractor.model.plan import Date, Place
from extractor.parse.context import Context
from extractor.vocabulary.folding import one_alphabet

_BASE = re.compile(r"\s*(?:,\s*)?(?:на базе|на площадке)\s+", re.IGNORECASE)


_MONTHS = "янв|фев|март|апр|ма[йя]|июн|июл|авг|сент|окт|нояб|дек"
_SEPARATED = re.compile(rf"[,;]\s+(?=\d|[а-я]+\s+\d{{4}}|(?:{_MONTHS}))|(?<=\d),\s+(?=[А-ЯЁ])", re.IGNORECASE)
_NAMED = re.compile(r"[^«»]*«[^«»]+»(?=\s*«)")


def place_and_terms(text: Passage, context: Context) -> tuple[Passage, tuple[Date, ...]]:
    """«ГАУ ДПО «ЛИРО», 16 февраля, 11.00» in a column of places: the place, and the terms behind or before it."""
    found = _SEPARATED.search(text.text)
    if found is None:
        return text, ()
    for place, term in ((text.cut(0, found.start()), text.cut(found.end())), (text.cut(found.end()), text.cut(0, found.start()))):
        if context.senses.is_term(term.text.strip(" .")) and not context.senses.is_term(place.text):
            return place, context.dates(term)
    last = text.text.rfind(",")
    place, term = text.cut(0, last), text.cut(last + 1)
    if context.senses.is_term(term.text.strip(" .")):
        return place, context.dates(term)
    return text, ()


def base_of(text: Passage, context: Context) -> tuple[Place | None, int]:
    """«… на базе МБОУ СОШ № 5.» → the place behind the words, and where they begin."""
    found = list(_BASE.finditer(one_alphabet(text.text)))
    if not found:
        return None, len(text.text)
    last = found[-1]
    behind = text.cut(last.end()).text
    end = last.end() + len(behind.rstrip(" .;,"))
    if behind.rstrip().endswith(".)"):
        end = last.end() + len(behind.rstrip())
    name = _NAMED.match(text.text, last.end(), end)
    if name is not None and context.schools(text.cut(last.end(), name.end())):
        end = name.end()  # a quote behind a quote is what takes place there, not where
    place = context.place(text.cut(last.end(), end))
    return place, last.start() if place else len(text.text)
