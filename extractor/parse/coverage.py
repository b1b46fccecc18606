"""Nothing is lost: the letters that no value and no structure took are the residue."""

from __future__ import annotations

from typing import Any

from extractor.model.plan import Plan, Span
from extractor.model.source import Block
from extractor.model.walk import walk

_FIELDS = (
    "title", "association", "institution", "head", "school_year", "calendar_year", "approvals", "themes", "goals", "tasks", "directions",
    "results", "sections", "members", "signatures", "meetings", "activities", "people", "schools", "structure",
)  # fmt: skip


def spans_in(value: Any) -> list[Span]:
    """Every span inside a record value."""
    return list(walk(value, Span))


def measure(plan: Plan) -> tuple[tuple[Span, ...], float]:
    """(residue, coverage): the letters and digits of `plan.blocks` that nothing took, and the share taken."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for name in _FIELDS:
        for span in spans_in(getattr(plan, name)):
            taken.setdefault(span.block, []).append((span.start, span.end))
    residue: list[Span] = []
    total = lost = 0
    for block in plan.blocks:
        letters = sum(c.isalnum() for c in block.text)
        total += letters
        if not letters:
            continue
        for start, end in _gaps(block, sorted(taken.get(block.id, ()))):
            left = sum(c.isalnum() for c in block.text[start:end])
            if left:
                residue.append(_trimmed(block, start, end))
                lost += left
    return tuple(residue), round(1 - lost / total, 4) if total else 0.0


def _gaps(block: Block, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    gaps, place = [], 0
    for start, end in taken:
        if start > place:
            gaps.append((place, start))
        place = max(place, end)
    if place < len(block.text):
        gaps.append((place, len(block.text)))
    return gaps


def _trimmed(block: Block, start: int, end: int) -> Span:
    """Without the signs around the letters."""
    while start < end and not block.text[start].isalnum():
        start += 1
    while end > start and not block.text[end - 1].isalnum():
        end -= 1
    return Span(block.id, start, end)
