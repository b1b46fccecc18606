"""Answers that are asked for again and again while one document is read, forgotten with the document."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

_Asked = TypeVar("_Asked", bound=Callable[..., Any])
_kept: list[Any] = []


def remembered(function: _Asked) -> _Asked:
    """The function with its last answers kept: every rule folds the same lines."""
    kept = lru_cache(maxsize=4096)(function)
    _kept.append(kept)
    return kept  # type: ignore[return-value]


def forget() -> None:
    """Lets go of all answers, when a document has been read."""
    for kept in _kept:
        kept.cache_clear()
