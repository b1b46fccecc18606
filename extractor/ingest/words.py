"""Whether a run of letters is a Russian word: asked where a line of a page broke one in two."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _load() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def is_word(text: str) -> bool:
    """«совершенствование» is one, «вование» is none; case does not matter."""
    return len(text) <= 60 and bool(_load().word_is_known(text.lower()))
