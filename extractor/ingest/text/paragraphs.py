"""Which physical lines of a text file are one paragraph.

Converters and mail programs break lines at a width; authors break them where a title or an item ends.
A line was broken at the width if the first word of the next line had no room behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.ingest.text.shapes import BULLET, SMALL, Part, bare_start, is_blank, opens_item

_GUTTER = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_WIDE_GUTTER = re.compile(r"(?<=\S)[ \u00a0]{3,}(?=\S)")
_SPACES = re.compile(r"[ \u00a0]+")
_BROKEN_WORD = re.compile(r"[^\W\d_][-\u2010]$")
_RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|(?:-[ ]){3,}-?)\s*$")
_HARD_BREAK = re.compile(r"(?<!\\)\\$")
_CLOSED = ".;:!?"
_LEAST_WIDTH = 30  # a shorter line is no evidence of a wrap
_SURE_WIDTH = 60  # one such break is evidence enough
_NARROW = 0.6  # of the wrap width: lines of a cell that lost its table
_FULL = 0.85  # of the wrap width: spaces in such a line only fill it up
_LEAST_CELLS = 5  # so many broken short lines are no accident of titles
_UNEVEN = 2  # signs by which runs of spaces differ in a justified line
_RAGGED = 0.9  # lines of one width in a proportional face differ in signs
_FILLED = 0.88  # of the wrap width: a line and the next word that reach it were broken for want of room
_FEW_BREAKS = 3  # breaks, of which one at the width is evidence
_MANY_BREAKS = 10  # breaks, among which two at the width are an accident
_LONGER = 1.15  # of the wrap width: lines that cannot have been wrapped
_OUTLIERS = 0.02  # share of such lines


class Wrap(NamedTuple):
    """How the lines of a file were broken: the width in signs, 0 where they were not.

    `cells`: the file holds cells of tables that came apart, each a few short lines.
    """

    width: int = 0
    cells: bool = False


def find_wrap(lines: Sequence[str], ranges: Iterable[tuple[int, int]]) -> Wrap:
    """The wrap of the running text of a file, which stands in `ranges` of its lines."""
    lengths: list[int] = []
    broken: list[_Break] = []
    for start, end in ranges:
        for at in range(start, end):
            length = len(lines[at].strip())
            if length:
                lengths.append(length)
                if at + 1 < end and _goes_on(lines[at], lines[at + 1]):
                    broken.append(_Break(length, len(lines[at + 1].split(maxsplit=1)[0])))
    width = max((each.length for each in broken), default=0)
    longer = sum(length > _LONGER * width for length in lengths)
    if longer > _OUTLIERS * len(lengths) or not _is_at_width(broken, width):
        return Wrap()
    return Wrap(width, sum(each.length < _NARROW * width for each in broken) >= _LEAST_CELLS)


class _Break(NamedTuple):
    """A break inside a sentence: the length of the line, and of the word that begins the next."""

    length: int
    word: int


def _is_at_width(broken: Sequence[_Break], width: int) -> bool:
    """Whether the lines break where the next word had no room: a converter that breaks no lines leaves
    such pairs too («Доклад» over «на базе школы»), of any length."""
    if sum(each.length >= _LEAST_WIDTH for each in broken) < 2 and width < _SURE_WIDTH:
        return False
    long = [each for each in broken if each.length >= _NARROW * width]
    full = sum(each.length + 1 + each.word > _FILLED * width for each in long)
    least = 2 if len(broken) <= _MANY_BREAKS else 3
    return full >= least and 2 * full >= len(long) or full == len(long) and len(broken) <= _FEW_BREAKS


def _goes_on(line: str, following: str) -> bool:
    """Whether `following` looks like the second half of a sentence begun in `line`."""
    start = bare_start(following[:200])
    return line.rstrip()[-1:] not in _CLOSED and SMALL.match(start) is not None and not opens_item(start)


def join_lines(lines: Sequence[str], wrap: Wrap) -> Iterator[Part]:
    """The paragraphs of lines that hold no table; the gap of each is the empty lines before it."""
    group: list[str] = []
    gap = following_gap = 0
    for line in lines:
        if is_blank(line) or _RULE.match(line):
            following_gap += 1
            continue
        if following_gap and group:
            yield from _join_group(group, wrap, gap)
            group = []
        if not group:
            gap = following_gap
        following_gap = 0
        group.append(line)
    if group:
        yield from _join_group(group, wrap, gap)


def _join_group(group: list[str], wrap: Wrap, gap: int) -> Iterator[Part]:
    """The paragraphs of lines without an empty line between them."""
    widest = max(len(line.strip()) for line in group)
    flowing = wrap.width > 0 and any(_goes_on(one, two) for one, two in pairwise(group))
    text = _show_gutters(group[0], wrap)
    for above, line in pairwise(group):
        shown = _show_gutters(line, wrap)
        if _HARD_BREAK.search(above.rstrip()):
            text = text[:-1].rstrip() + "\n" + shown
        elif flowing and _is_wrapped(above, line, widest=widest, wrap=wrap):
            text = join_broken(text, shown)
        else:
            yield Part(text, gap)
            text, gap = shown, 0
    yield Part(text, gap)


_LABELLED = re.compile(r"\s*[*_#]{0,3}[А-ЯЁA-Z][^.!?;:«\"]{1,40}:(?:\s|$)")  # «ЦЕЛЬ: …» begins a paragraph


def _is_wrapped(above: str, line: str, *, widest: int, wrap: Wrap) -> bool:
    """Whether `line` goes on with the paragraph of the line above it."""
    if opens_item(line) or line.lstrip().startswith("#") or above.lstrip().startswith("#"):
        return False
    if _LABELLED.match(line):
        return False
    narrow = widest < _NARROW * wrap.width
    small = SMALL.match(bare_start(line[:200])) is not None
    length = len(above.strip())
    room = widest * (1.0 if narrow else _RAGGED) - length - 1
    no_room = len(line.split(maxsplit=1)[0]) > room
    closed = above.rstrip()[-1:] in _CLOSED
    if narrow and wrap.cells:
        return small or no_room
    return no_room and (small or not closed)


def join_broken(text: str, line: str) -> str:
    """Two halves of a paragraph as one: with a space, without one inside a hyphenated word."""
    text = text.rstrip()
    line = line.lstrip()
    if _BROKEN_WORD.search(text) and line[:1].isalpha():
        return text + line
    return f"{text} {line}"


def _show_gutters(line: str, wrap: Wrap) -> str:
    """The line, with "\\t" where a run of spaces may have kept columns apart."""
    line = line.strip()
    if "  " not in line and "\u00a0" not in line:
        return line
    if len(line) >= _FULL * wrap.width > 0 and _is_justified(line):
        return line
    return (_GUTTER if wrap.width else _WIDE_GUTTER).sub("\t", line)


def _is_justified(line: str) -> bool:
    """Whether the spaces only fill up the line: all runs of them are of nearly one length."""
    runs = [len(run) for run in _SPACES.findall(line)]
    if BULLET.match(line):
        runs = runs[1:]
    return bool(runs) and max(runs) - min(runs) <= _UNEVEN
