"""Lists that a converter to .doc broke in two: «1., 1., 2.» where the page of the author had «1., 2., 3.».

LibreOffice writes the first item of a list that begins anew with a list of its own, and the others with the
list of their paragraph style; both are made by Word, nothing of it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from extractor.model.source import Block

_STYLES = re.compile(r"list number|нумерованный список", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,2})([.)])")


def rejoined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with the labels of such lists counted through."""
    made: list[Block] = []
    shift = 0  # of the list that goes on
    for block in blocks:
        before = made[-1] if made else None
        number = _number(block)
        if before is None or number is None or not _next_to(before, block):
            shift = 0
        elif number == 1 and _number(before) == 1 and shift == 0:
            shift = 1
        made.append(replace(block, label=f"{number + shift}{block.label[-1]}") if shift and number and block.label else block)
    return tuple(made)


def _number(block: Block) -> int | None:
    match = _NUMBER.fullmatch(block.label or "")
    return int(match[1]) if match else None


def _next_to(before: Block, block: Block) -> bool:
    """Items of one numbered style, level and cell, with nothing between them."""
    same = (before.style, before.level, before.table, before.row, before.column, before.part)
    return (
        same == (block.style, block.level, block.table, block.row, block.column, block.part)
        and block.gap == 0
        and _STYLES.match(block.style or "") is not None
    )
