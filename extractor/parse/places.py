"""Places named inside a wording: «… на базе МБОУ СОШ № 5»."""

from __future__ import annotations

import re

from extractor.model.passage import Passage
from extractor.model.plan import Place
from extractor.parse.context import Context

_BASE = re.compile(r"\s*(?:,\s*)?(?:на базе|на площадке)\s+", re.IGNORECASE)


_NAMED = re.compile(r"[^«»]*«[^«»]+»(?=\s*«)")


def base_of(text: Passage, context: Context) -> tuple[Place | None, int]:
    """«… на базе МБОУ СОШ № 5.» → the place behind the words, and where they begin."""
    found = list(_BASE.finditer(text.text))
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
