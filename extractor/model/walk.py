"""The values of one type inside a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from extractor.model.plan import Span
from extractor.model.source import Block

T = TypeVar("T")


def walk(value: object, kind: type[T]) -> Iterator[T]:
    """Every `kind` in a record, in a value of it or in a tuple of these, in order, the value itself included.

    A value stands before those inside it. Into a `Span` or a `Block` nobody looks: they hold no values of
    the plan.
    """
    stack: list[object] = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, kind):
            yield item
        if isinstance(item, tuple):
            stack.extend(reversed(item))
        elif isinstance(item, msgspec.Struct) and not isinstance(item, Span | Block):
            stack.extend(getattr(item, name) for name in reversed(item.__struct_fields__))
