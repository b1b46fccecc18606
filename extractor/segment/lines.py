"""Blocks → lines with their marks («1.», «II.», «а)», «-»), typed or made by Word."""

from __future__ import annotations

import re

from extractor.model.outline import Line, Mark
from extractor.model.passage import EMPTY, lines_of
from extractor.model.source import Block
from extractor.values.marks import read_mark

_LABEL_NUMBER = re.compile(r"\d+(?:\.\d+)*|[IVXivx]+|[а-яa-z]", re.IGNORECASE)


def block_lines(block: Block) -> list[Line]:
    """The lines of a block; a label that Word made is the mark of the first."""
    lines = []
    for place, whole in enumerate(lines_of(block)):
        mark, body = read_mark(whole)
        if place == 0 and block.label:
            made = _made(block.label)
            if mark is None or mark.kind == "bullet" or made.kind not in ("bullet",):
                if mark is not None and mark.kind == "bullet":
                    made = Mark(made.kind, made.number, mark.at)
                    lines.append(Line(whole, body, block, made, True))
                else:
                    lines.append(Line(whole, whole, block, made, True))
                continue
        lines.append(Line(whole, body, block, mark, place == 0))
    return lines


def _made(label: str) -> Mark:
    """The mark that Word made: its number and kind."""
    match = _LABEL_NUMBER.search(label)
    words = re.sub(r"[\W\d_]+", "", label)
    if match is None:
        return Mark("bullet", None, EMPTY)
    number = match[0]
    if number[0].isdigit():
        if len(words) > 2:
            return Mark("words", number, EMPTY)
        return Mark("multi" if "." in number else "decimal", number, EMPTY)
    if len(words) > 5:
        return Mark("words", None, EMPTY)
    if set(number.upper()) <= set("IVX"):
        return Mark("roman", number, EMPTY)
    return Mark("letter", number, EMPTY) if label.strip() != "o" else Mark("bullet", None, EMPTY)
