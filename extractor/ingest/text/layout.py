"""Tables kept by columns of spaces, as `pdftotext -layout` prints them.

A gutter is a strip of signs that stays empty in all lines with gaps, page by page. The finder is
shy: it wants three rows, two gutters (or one beside numbers), and nearly all gaps of the lines in
the gutters; else the lines stay running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from extractor.ingest.text.rows import Line, group_lines, read_rows
from extractor.ingest.text.shapes import Table, is_blank

_WORD = re.compile(r"\S+")
_MOST_SIGNS = 400  # of a line that can belong to such a table
_GAP = re.compile(r"\S {2,}\S")
_ROW_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}[.)]?$")
_HEAD_OF_ROW = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]?|№|№\s?п/п)$")
_STRANGE = 2  # lines that begin in the column of numbers without one: «п/п», a section
_INDENT = 2  # signs by which numbers of rows stand apart, set to the right: « 9.» over «10.»
_LEAST_LINES = 3
_MANY_LINES = 5  # so many lines make a strip of one sign a gutter
_NOISE = 0.04  # share of the lines that may run through a gutter
_STRAY = 0.27  # share of the gaps that may lie elsewhere
_CROSSING = 0.3  # share of the lines that may run over all gutters
_SECTION_SIGNS = 100  # of a line between two pages of a table
PAGE_BREAK = "\f"

Words = list[tuple[int, int]]
Gutter = tuple[int, int]


class _Block(NamedTuple):
    """Lines `start` to `end`, the words of each, and the strips that its lines with gaps leave empty."""

    start: int
    end: int
    words: list[Words]
    strips: list[Gutter]  # [] where no line has a gap


class _Region(NamedTuple):
    """Lines `start` to `end` with one set of gutters."""

    start: int
    end: int
    gutters: list[Gutter]


def find_layout(lines: Sequence[str], start: int, end: int) -> list[Table]:
    """Tables whose columns are kept apart by aligned runs of spaces."""
    regions: list[_Region] = []
    for first, last in _chunks(lines, start, end):
        regions.extend(_find_regions(lines, first, last))
    tables: list[Table] = []
    for group in _join_pages(lines, regions):
        table = _read_regions(lines, group)
        if table is not None:
            tables.append(table)
    return tables


def _chunks(lines: Sequence[str], start: int, end: int) -> Iterable[tuple[int, int]]:
    """Runs of lines without two empty lines or a page break between them, that hold gaps."""
    first, blanks, gapped = start, 0, 0
    for at in range(start, end):
        line = lines[at]
        if is_blank(line):
            blanks += 1
            if (blanks == 2 or line == PAGE_BREAK) and first < at:
                if gapped >= _LEAST_LINES:
                    yield first, at
                first, gapped = at, 0
            continue
        if blanks >= 2:
            first = at
        blanks = 0
        gapped += "  " in line and len(line) <= _MOST_SIGNS and _GAP.search(line) is not None
    if gapped >= _LEAST_LINES:
        yield first, end


def _find_regions(lines: Sequence[str], start: int, end: int) -> list[_Region]:
    """The parts of a chunk with gutters of their own: blocks are joined while their strips agree."""
    regions: list[_Region] = []
    held: _Block | None = None
    for block in _blocks(lines, start, end):
        if held:
            strips = _agree(held, block)
            if strips:
                held.words.extend([[]] * (block.start - held.end))
                held.words.extend(block.words)
                held = _Block(held.start, block.end, held.words, strips)
                continue
            regions.extend(_settle(lines, held))
        held = block
    if held:
        regions.extend(_settle(lines, held))
    return regions


def _blocks(lines: Sequence[str], start: int, end: int) -> Iterable[_Block]:
    """The blocks of lines between empty lines."""
    at = start
    while at < end:
        if is_blank(lines[at]):
            at += 1
            continue
        stop = at
        while stop < end and not is_blank(lines[stop]):
            stop += 1
        words = [_read_words(line) for line in lines[at:stop]]
        yield _Block(at, stop, words, _find_strips(words, 2)[0])
        at = stop


def _read_words(line: str) -> Words:
    """Where each word of the line begins and ends; [] for a line too long for a table."""
    return [match.span() for match in _WORD.finditer(line)] if len(line) <= _MOST_SIGNS else []


def _agree(one: _Block, two: _Block) -> list[Gutter]:
    """The strips that two blocks have in common, if none is lost by joining them; else []."""
    if not one.strips:
        return []
    if not two.strips:
        fits = len(two.words) <= 6 and not any(_runs_over(words, one.strips) for words in two.words)
        return one.strips if fits else []
    common = [
        (max(left[0], right[0]), min(left[1], right[1]))
        for left in one.strips
        for right in two.strips
        if min(left[1], right[1]) - max(left[0], right[0]) >= 1
    ]
    return common if len(common) >= max(len(one.strips), len(two.strips)) else []


def _has_gap(words: Words) -> bool:
    """Whether two words of the line stand more than one space apart."""
    return any(right[0] - left[1] > 1 for left, right in pairwise(words))


def _find_strips(lines: list[Words], least: int) -> tuple[list[Gutter], int]:
    """The strips, at least so many signs wide, that the lines with gaps leave empty; how many those are."""
    gapped = [words for words in lines if _has_gap(words)]
    if not gapped:
        return [], 0
    steps = [0] * (max(words[-1][1] for words in gapped) + 1)
    for words in gapped:
        for first, last in words:
            steps[first] += 1
            steps[last] -= 1
    allowed = int(_NOISE * len(gapped))
    strips: list[Gutter] = []
    start = 0
    for at, count in enumerate(accumulate(steps[:-1])):
        if count > allowed:
            if at - start >= least and start:
                strips.append((start, at))
            start = at + 1
    return strips, len(gapped)


def _find_gutters(lines: list[Words]) -> list[Gutter]:
    """The strips that really keep columns apart, from left to right."""
    strips, gapped = _find_strips(lines, 1)
    least = 1 if gapped >= _MANY_LINES else 2
    return [strip for strip in strips if strip[1] - strip[0] >= least and _parts_columns(lines, strip)]


def _find_number_gutter(texts: Sequence[str], lines: list[Words]) -> Gutter | None:
    """The strip behind the numbers of rows, one sign wide at «10. Чтения», as the longest number fills its
    column; None where fewer than two rows have numbers, or other words begin in their column."""
    numbered = [
        words
        for text, words in zip(texts, lines, strict=True)
        if len(words) > 1 and _HEAD_OF_ROW.match(text[slice(*words[0])])
    ]
    left = min((words[0][0] for words in numbered), default=0)
    numbered = [words for words in numbered if words[0][0] <= left + _INDENT]
    if len(numbered) < 2:
        return None
    end, start = max(words[0][1] for words in numbered), min(words[1][0] for words in numbered)
    firsts = [words[0][0] for words in lines if words]
    wide = any(words[1][0] - words[0][1] > 1 for words in numbered) or firsts.count(start) >= 2
    strange = sum(first < end for first in firsts) - len(numbered)
    return (end, start) if wide and end < start and strange <= max(_STRANGE, len(numbered)) else None


def _parts_columns(lines: list[Words], gutter: Gutter) -> bool:
    """Whether enough lines have text on both sides of the strip, mostly with a wide gap there."""
    gaps = [gap for words in lines if (gap := _gap_at(words, gutter)) is not None]
    wide = sum(gap >= 2 for gap in gaps)
    return wide >= 2 and wide >= 0.75 * len(gaps)


def _gap_at(words: Words, gutter: Gutter) -> int | None:
    """How wide the gap over the gutter is: 0 if a word runs through, None without text on both sides."""
    middle = (gutter[0] + gutter[1]) // 2
    before = [word for word in words if word[0] <= middle]
    if not before or len(before) == len(words):
        return None if not before or before[-1][1] <= gutter[1] else 0
    if before[-1][1] > middle and before[-1][1] > gutter[1]:
        return 0
    return words[len(before)][0] - before[-1][1]


def _runs_over(words: Words, gutters: list[Gutter]) -> bool:
    """Whether the line runs over some gutter and keeps no column at any."""
    gaps = [gap for gutter in gutters if (gap := _gap_at(words, gutter)) is not None]
    return not words or (bool(gaps) and max(gaps) < 2)


def _settle(lines: Sequence[str], block: _Block) -> list[_Region]:
    """The region of a block without the running text at its ends; [] where it is no table."""
    gutters = _find_gutters(block.words)
    if not gutters:
        return []
    numbers = _find_number_gutter(lines[block.start : block.end], block.words)
    if numbers is not None and numbers[1] < gutters[0][0]:
        gutters = [numbers, *gutters]
    over = [bool(words) and _runs_over(words, gutters) for words in block.words]
    torn = block.start > 0 and lines[block.start - 1] == PAGE_BREAK  # a cell may go on from the page before
    fitting = [at for at, words in enumerate(block.words) if words and not over[at]]
    first = next((at for at in fitting if torn or _has_gap(block.words[at])), len(over))
    if 0 < first < len(over) and _has_gap(block.words[first - 1]):  # a row of other places is cut in two
        starts = (at for at in fitting if at >= first and block.words[at][0][0] < gutters[0][0])
        first = next(starts, first)
    last = fitting[-1] + 1 if fitting else 0
    inside = over[first:last]
    if last - first < _LEAST_LINES or sum(inside) > _CROSSING * len(inside):
        return []
    if _count_stray(block.words[first:last], gutters) > _STRAY:
        return []
    return [_Region(block.start + first, block.start + last, gutters)]


def _count_stray(lines: list[Words], gutters: list[Gutter]) -> float:
    """The share of the gaps that lie outside the gutters."""
    gaps = stray = 0
    for words in lines:
        for left, right in pairwise(words):
            if right[0] - left[1] > 1:
                gaps += 1
                stray += not any(left[1] < stop and start < right[0] for start, stop in gutters)
    return stray / gaps if gaps else 1.0


def _join_pages(lines: Sequence[str], regions: list[_Region]) -> Iterable[list[_Region]]:
    """The regions of each table: those on both sides of a page break with as many gutters are one,
    be there a line of section between them."""
    group: list[_Region] = []
    for region in regions:
        if group:
            between = lines[group[-1].end : region.start]
            texts = [line.strip() for line in between if not is_blank(line)]
            goes_on = PAGE_BREAK in between and len(texts) <= 1 and len("".join(texts)) < _SECTION_SIGNS
            if not goes_on or len(group[-1].gutters) != len(region.gutters):
                yield group
                group = []
        group.append(region)
    if group:
        yield group


def _read_regions(lines: Sequence[str], regions: list[_Region]) -> Table | None:
    """The table in the regions; None where it has too few rows or columns to be sure."""
    columns = len(regions[0].gutters) + 1
    cut: list[Line] = []
    at = regions[0].start
    for region in regions:
        cut.extend(_cut(line, region) for line in lines[at : region.end] if line != PAGE_BREAK)
        at = region.end
    rows = group_lines(cut, columns)
    full = [row for row in rows if len(row[0]) > 1]
    numbered = sum(_ROW_NUMBER.match(row[0][0]) is not None for row in full)
    if len(full) < 3 or (columns == 2 and numbered < 2 and not _is_paired(full)):
        return None
    return Table(regions[0].start, regions[-1].end, tuple(read_rows(rows, columns)))


def _is_paired(rows: list[list[Line]]) -> bool:
    """Whether every row of two columns has text in both: names and their values."""
    return len(rows) >= 4 and all(all(row[0]) for row in rows)


def _cut(line: str, region: _Region) -> Line:
    """The texts of one line, one a column; a line that runs over the gutters is one text."""
    words = _read_words(line)
    if not is_blank(line) and _runs_over(words, region.gutters):
        return (" ".join(line.split()),)
    middles = [(start + stop) // 2 for start, stop in region.gutters]
    texts: list[list[str]] = [[] for _ in range(len(middles) + 1)]
    for first, last in words:
        texts[sum(first >= middle for middle in middles)].append(line[first:last])
    return tuple(map(" ".join, texts))
