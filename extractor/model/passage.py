"""A piece of the document's text that remembers which letters of which block it is made of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from extractor.model.plan import At, Span
from extractor.model.source import Block

_BREAKS = str.maketrans("\n\t", "  ")
_RUN = re.compile(r"\s{2,}")


class Passage:
    """Text cut from one block or joined from several; places in it lead back to the blocks.

    `text` has single spaces only. `pieces` are (offset in `text`, block, start in that block);
    between two pieces stands one space that belongs to no block.
    """

    __slots__ = ("text", "pieces", "_starts")

    def __init__(self, text: str, pieces: tuple[tuple[int, int, int], ...]) -> None:
        self.text = text
        self.pieces = pieces
        self._starts = [piece[0] for piece in pieces]

    def __repr__(self) -> str:
        return f"Passage({self.text!r})"

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int = 0, end: int | None = None) -> Passage:
        """The letters from `start` to `end`, without white space around them."""
        size = len(self.text)
        end = size if end is None else max(0, min(end, size))
        start = max(0, min(start, end))
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == 0 and end == size:
            return self
        if start >= end:
            return EMPTY
        first = max(0, bisect_right(self._starts, start) - 1)
        pieces = []
        for offset, block, place in self.pieces[first:]:
            if offset >= end:
                break
            skip = max(0, start - offset)
            pieces.append((max(0, offset - start), block, place + skip))
        return Passage(self.text[start:end], tuple(pieces))

    def strip(self, signs: str = "") -> Passage:
        """Without white space and `signs` at both ends."""
        start, end = 0, len(self.text)
        while start < end and (self.text[start].isspace() or self.text[start] in signs):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in signs):
            end -= 1
        return self.cut(start, end)

    def at(self, start: int = 0, end: int | None = None) -> At:
        """Where the letters from `start` to `end` stand, one span for each block they touch."""
        end = len(self.text) if end is None else end
        spans: list[Span] = []
        count = len(self.pieces)
        for index in range(max(0, bisect_right(self._starts, start) - 1), count):
            offset, block, place = self.pieces[index]
            if offset >= end:
                break
            stop = self.pieces[index + 1][0] if index + 1 < count else len(self.text)
            low, high = max(start, offset), min(end, stop)
            while high > low and self.text[high - 1] == " ":
                high -= 1
            while low < high and self.text[low] == " ":
                low += 1
            if low < high:
                spans.append(Span(block, place + low - offset, place + high - offset))
        return tuple(_merged(spans))

    @property
    def broken(self) -> str:
        """The text with a line break for each space that stands between two pieces; of the same length."""
        if len(self.pieces) < 2:
            return self.text
        signs = list(self.text)
        for offset, _, _ in self.pieces[1:]:
            if signs[offset - 1] == " ":
                signs[offset - 1] = "\n"
        return "".join(signs)

    @property
    def block(self) -> int:
        """The first block that the passage touches."""
        return self.pieces[0][1] if self.pieces else -1


def _merged(spans: list[Span]) -> list[Span]:
    """Neighbouring spans of one block as one (white space left out between them does not part them)."""
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].block == span.block and 0 <= span.start - merged[-1].end <= 2:
            span = Span(span.block, merged.pop().start, span.end)
        merged.append(span)
    return merged


EMPTY = Passage("", ())


def passage_of(block: Block, start: int = 0, end: int | None = None) -> Passage:
    """The block's text, or a part of it, with line breaks and tabs as spaces."""
    end = len(block.text) if end is None else end
    raw = block.text[start:end].translate(_BREAKS)
    if "  " not in raw:
        return Passage(raw, ((0, block.id, start),) if raw else ()).cut()
    text: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    last = 0
    length = 0
    for run in _RUN.finditer(raw):
        piece = raw[last : run.start()] + " "
        pieces.append((length, block.id, start + last))
        text.append(piece)
        length += len(piece)
        last = run.end()
    pieces.append((length, block.id, start + last))
    text.append(raw[last:])
    return Passage("".join(text), tuple(pieces)).cut()


def lines_of(block: Block) -> list[Passage]:
    """The lines that the author broke by hand, empty ones left out."""
    if "\n" not in block.text:
        line = passage_of(block)
        return [line] if line else []
    lines, place = [], 0
    for part in block.text.split("\n"):
        line = passage_of(block, place, place + len(part))
        if line:
            lines.append(line)
        place += len(part) + 1
    return lines


def join(passages: Iterable[Passage]) -> Passage:
    """One passage of several, a space between each two."""
    kept = [p for p in passages if p]
    if len(kept) == 1:
        return kept[0]
    text: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    length = 0
    for part in kept:
        pieces.extend((offset + length, block, place) for offset, block, place in part.pieces)
        text.append(part.text)
        length += len(part.text) + 1
    return Passage(" ".join(text), tuple(pieces))
