"""The values of one type inside a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar

import msgspec

from extractor.model.plan import Span
from extractor.model.source import Block

T = TypeVar("T")


_PLAIN = re.compile(r"(?:str|int|bool|float|dict\[str, \w+\])(?: \| None)?")
_PLACES = ("At", "tuple[Span, ...]")


@cache
def holding(made: type[msgspec.Struct], *, spans: bool) -> tuple[str, ...]:
    """The fields of a record's type that may hold other values of the plan; of places only where `spans`."""
    if issubclass(made, Span | Block):
        return ()
    kinds = {field.name: str(made.__annotations__.get(field.name, "")) for field in msgspec.structs.fields(made)}
    return tuple(
        name for name, said in kinds.items() if not _PLAIN.fullmatch(said) and (spans or said not in _PLACES)
    )


def walk(value: object, kind: type[T]) -> Iterator[T]:
    """Every `kind` in a record, in a value of it or in a tuple of these, in order, the value itself included.

    A value stands before those inside it. Into a `Span` or a `Block` nobody looks: they hold no values of
    the plan.
    """
    spans = kind is Span
    stack: list[object] = [value]
    while stack:
        item = stack.pop()
        if item is None:
            continue
        if isinstance(item, kind):
            yield item
        if isinstance(item, tuple):
            stack.extend(reversed(item))
        elif isinstance(item, msgspec.Struct):
            stack.extend([getattr(item, name) for name in reversed(holding(type(item), spans=spans))])


def rebuild(value: Any, kind: type[T], change: Callable[[T], T]) -> Any:
    """The same value with `change` done to every `kind` inside it; what holds none of them stays the same object."""
    if isinstance(value, tuple):
        made = tuple(rebuild(item, kind, change) for item in value)
        return made if any(a is not b for a, b in zip(made, value, strict=True)) else value
    if not isinstance(value, msgspec.Struct) or isinstance(value, Span | Block):
        return value
    inside = {name: getattr(value, name) for name in holding(type(value), spans=kind is Span)}
    changed = {
        name: made
        for name, held in inside.items()
        if isinstance(held, tuple | msgspec.Struct) and (made := rebuild(held, kind, change)) is not held
    }
    whole = msgspec.structs.replace(value, **changed) if changed else value
    return change(whole) if isinstance(whole, kind) else whole
