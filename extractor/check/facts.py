"""What the rules are given besides the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from extractor.model.plan import (
    Activity,
    AgendaItem,
    At,
    Date,
    Diagnostic,
    Meeting,
    Participant,
    Plan,
    School,
    Span,
)
from extractor.model.source import Block, Source
from extractor.model.walk import holding
from extractor.values.spelling import Spelling

Note = tuple[str, At, str]


class Facts(msgspec.Struct, frozen=True):
    """The source as read and the notes that the parsers left on their way."""

    source: Source
    notes: tuple[Note, ...]
    words: Spelling

    def of(self, code: str) -> list[Note]:
        return [note for note in self.notes if note[0] == code]


Rule = Callable[[Plan, Facts], Iterable[Diagnostic]]


def wording(plan: Plan, at: At) -> str:
    """The letters at these places, as written, a space between places."""
    return " ".join(
        plan.blocks[s.block].text[s.start : s.end].replace("\n", " ").replace("\t", " ") for s in at
    )


def short(text: str, size: int = 60) -> str:
    """The text cut to `size` letters."""
    return text if len(text) <= size else text[: size - 1].rstrip() + "…"


Graded = Activity | AgendaItem | Date | Meeting | Participant | School


def walk_graded(value: object) -> Iterator[Graded]:
    """Every object of the plan that carries a grade, in order."""
    if isinstance(value, Activity | AgendaItem | Date | Meeting | Participant | School):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from walk_graded(item)
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Block):
        for name in holding(type(value), spans=False):
            if name != "blocks":
                yield from walk_graded(getattr(value, name))


def place(block: int) -> At:
    return (Span(block, 0, 1),)
