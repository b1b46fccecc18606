"""Blocks → lines with their marks («1.», «II.», «а)», «-»), typed or made by Word."""

from __future__ import annotations

import re

from extractor.model.outline import Line, Mark
from extractor.model.passage import EMPTY, Passage, lines_of
from extractor.model.source import Block

_DECIMAL = re.compile(r"\(?(\d{1,2}(?:\.(?!0\d)\d{1,2}){0,3})\s?(?:\.\s?\)?|\))(?:\s*(?=[^\d\s.)])|\s+(?=\d)(?!\d{1,2}\.\s?\d{2}))")
_MULTI = re.compile(r"(\d{1,2}(?:\.(?!0\d)\d{1,2}){1,3})\.?\s+(?=[^\W\d])")
_ROMAN = re.compile(r"([IVXІХ]{1,5})\s?(?:[.)]|\s-)\s*(?=\S)")
_LETTER = re.compile(r"([а-яёa-z])\)\s*(?=\S)")
_BULLET = re.compile(r"[-–—−•·*▪●○◦✓➢►→■□§]\s*(?=[^\W\d_]|[\"«“„(\d])")
_NUMBER = re.compile(r"(?:№\s*)?(\d{1,3}(?:\.\d{1,2}){0,4}|[IVXІХ]{1,5})\s?[.)]?$")
_LABEL_NUMBER = re.compile(r"\d+(?:\.\d+)*|[IVXivx]+|[а-яa-z]", re.IGNORECASE)


def read_mark(passage: Passage) -> tuple[Mark | None, Passage]:
    """The mark typed at the head of a line, and what follows it."""
    text = passage.text
    for kind, pattern in (("decimal", _DECIMAL), ("multi", _MULTI), ("roman", _ROMAN), ("letter", _LETTER)):
        match = pattern.match(text)
        if match:
            number = match[1]
            if kind == "decimal" and "." in number:
                kind = "multi"
            return Mark(kind, number, passage.cut(0, match.end())), passage.cut(match.end())
    match = _BULLET.match(text)
    if match:
        return Mark("bullet", None, passage.cut(0, match.end())), passage.cut(match.end())
    return None, passage


def read_number(text: str) -> str | None:
    """The number that a whole cell consists of: «2.1.1.», «1)», «III»."""
    match = _NUMBER.match(text.strip())
    return match[1] if match else None


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


__all__ = ["block_lines", "read_mark", "read_number"]
