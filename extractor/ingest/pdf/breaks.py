"""Where the file itself says whether a line was broken by the width or ended by the author.

Word and LibreOffice write the space at which they broke a line; where a paragraph ends they write none. A document
is first asked whether it does so: lines that go on in small letters surely were broken, lines behind which
the next word had room surely ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractor.ingest.pdf.lines import Line
from extractor.ingest.pdf.paragraphs import fits_behind
from extractor.ingest.pdf.shapes import Cell, PageContent, Table

_LEAST = 3  # lines that surely were broken, to learn from
_LEAST_ENDS = 4
_MOSTLY, _HALF, _HARDLY = 0.85, 0.5, 0.1  # shares of the lines with a space at their end
_SPACE = 0.25  # of the height of a line, and a point more: the room that the space takes
_LETTER = 1.0  # … and the widest letter: a word alone may be cut before it
_CENTRED = 4.0  # points by which the middles of centred lines differ
_SAME = 2.0
_GOES_ON = re.compile(r"[a-zа-яё]")
_WHOLE = re.compile(r"[^\W\d_]{2},?$")
_CUT = re.compile(r"[-–—/]$")

Pair = tuple[Line, Line]


def mark_breaks(pages: Sequence[PageContent]) -> None:
    """Marks the lines of a document that writes spaces only where it breaks lines: `ended` or `broken`."""
    pairs = [pair for page in pages for pair in _pair_lines(page.items)]
    told = [pair for pair in pairs if _tells(*pair)]
    broken = [above.spaced for above, line in told if _is_broken(above, line)]
    ends = [above.spaced for above, line in pairs if fits_behind(above, line)]
    clean = len(ends) >= _LEAST_ENDS and sum(ends) <= _HARDLY * len(ends)
    share = sum(broken) / max(len(broken), 1)
    if share < (_HALF if clean else _MOSTLY) or sum(broken) < (1 if clean else _LEAST):
        return
    for above, line in told:
        above.ended = not above.spaced and (clean or _GOES_ON.match(line.text) is None)
    if clean:
        for page in pages:
            for line in _all_lines(page.items):
                line.broken = line.spaced


def _pair_lines(items: Sequence[Line | Table]) -> Iterator[Pair]:
    """Lines that stand one below the other, in the text and in the cells."""
    for one, two in pairwise(items):
        if isinstance(one, Line) and isinstance(two, Line):
            yield one, two
    for item in items:
        if isinstance(item, Table):
            for cell in item.cells:
                yield from _pair_cell(cell)


def _pair_cell(cell: Cell) -> Iterator[Pair]:
    yield from pairwise(cell.lines)
    for table in cell.nested:
        yield from _pair_lines([table])


def _all_lines(items: Iterable[Line | Table]) -> Iterator[Line]:
    for item in items:
        if isinstance(item, Line):
            yield item
            continue
        for cell in item.cells:
            yield from cell.lines
            yield from _all_lines(cell.nested)


def _tells(above: Line, line: Line) -> bool:
    """Whether a space would stand at the end of the line above, had it been broken by the width: there is room
    for one, no word was cut, and the lines are not centred."""
    if above.room < _SPACE * above.height + 1.0 or above.is_flush_right:
        return False
    if _CUT.search(above.text[-1:]) and not above.spaced:
        return False
    if above.lone and above.room < _LETTER * above.height and not line.text[:1].isupper():
        return False
    middle = (above.left + above.right - line.left - line.right) / 2
    return not above.centred and (abs(above.left - line.left) < _SAME or abs(middle) > _CENTRED)


def _is_broken(above: Line, line: Line) -> bool:
    """Whether nobody would begin a paragraph with this line."""
    return (
        _GOES_ON.match(line.text) is not None
        and _WHOLE.search(above.text[-3:]) is not None
        and not above.lone
        and not fits_behind(above, line)
    )
