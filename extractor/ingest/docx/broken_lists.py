"""Lists that a converter to .doc broke in two: «1., 1., 2.» where the page of the author had «1., 2., 3.».

LibreOffice writes the first item of a numbered list with a list of its own, and the others with another one;
both are made by Word, nothing of it was typed. Lists whose numbers run in any other way stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from extractor.model.source import Block

_NUMBER = re.compile(r"(\d{1,2})([.)])")


def rejoined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with the labels of such lists counted through."""
    made = list(blocks)
    for run in _runs(blocks):
        numbers = [_number(blocks[place]) for place in run]
        if numbers == [1, *range(1, len(run))]:
            for count, place in enumerate(run, 1):
                made[place] = replace(made[place], label=f"{count}{(made[place].label or '.')[-1]}")
    return tuple(made)


def _runs(blocks: Sequence[Block]) -> list[list[int]]:
    """Places of numbered items that follow one another: line by line, or row by row in a column of numbers."""
    runs: list[list[int]] = []
    columns: dict[tuple[int | None, int | None], list[int]] = {}
    for place, block in enumerate(blocks):
        if _number(block) is None:
            continue
        key = (block.table, block.column)
        if block.table is not None and not block.text and columns.get(key) and _below(blocks[columns[key][-1]], block):
            columns[key].append(place)
        elif runs and runs[-1][-1] == place - 1 and _beside(blocks[place - 1], block):
            runs[-1].append(place)
        else:
            run = [place]
            runs.append(run)
            if block.table is not None and not block.text:
                columns[key] = run
    return [run for run in runs if len(run) > 1]


def _number(block: Block) -> int | None:
    match = _NUMBER.fullmatch(block.label or "")
    return int(match[1]) if match else None


def _beside(before: Block, block: Block) -> bool:
    """Items of one style, level and cell, with nothing between them."""
    same = (before.style, before.level, before.table, before.row, before.column, before.part)
    return same == (block.style, block.level, block.table, block.row, block.column, block.part) and block.gap == 0


def _below(before: Block, block: Block) -> bool:
    """The number of the next row, alone in its cell like the one above."""
    return (
        before.row is not None
        and block.row == before.row + before.row_span
        and (before.style, before.level) == (block.style, block.level)
    )
