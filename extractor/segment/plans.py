"""A document that holds several plans one after another: where each begins."""

from __future__ import annotations

from msgspec.structs import replace

from extractor.model.outline import Outline, Part
from extractor.model.source import Block, Source

_CONTENT = {"table", "meeting", "tasks", "goals", "section", "themes", "members", "item", "planned"}
_BEFORE = {"approval", "front"}


def split_plans(source: Source, outline: Outline) -> list[Source]:
    """A source for each plan, blocks and tables counted anew; the source itself where it holds one plan."""
    starts = _starts(outline)
    if len(starts) < 2:
        return [source]
    body = [block for block in source.blocks if block.part in ("body", "textbox")]
    other = [block for block in source.blocks if block.part not in ("body", "textbox")]
    ends = [*starts[1:], len(source.blocks)]
    plans = []
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        first = 0 if place == 0 else start
        blocks = [b for b in body if first <= b.id < end] + (other if place == 0 else [])
        notes = tuple(n for n in source.notes if n.block is None and place == 0)
        plans.append(replace(source, blocks=renumber(blocks), notes=notes))
    return plans


def _starts(outline: Outline) -> list[int]:
    """The first block of each plan: its title, or the approval above it."""
    starts: list[int] = []
    content = True
    parts = outline.parts
    for place, part in enumerate(parts):
        if part.kind in _CONTENT:
            content = True
        if part.kind != "title" or not content:
            continue
        before = place
        while before and parts[before - 1].kind in _BEFORE and starts:
            before -= 1
        starts.append(_block(parts[before]))
        content = False
    if starts and not content:
        starts.pop()
    return starts


def _block(part: Part) -> int:
    return part.lines[0].block.id


def renumber(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks with ids and tables counted from the beginning."""
    tables: dict[int, int] = {}
    made = []
    for number, block in enumerate(blocks):
        table = None if block.table is None else tables.setdefault(block.table, len(tables) + 1)
        inside = block.inside
        if inside is not None:
            inside = (tables.get(inside[0], inside[0]), inside[1], inside[2])
        made.append(replace(block, id=number, table=table, inside=inside))
    return tuple(made)
