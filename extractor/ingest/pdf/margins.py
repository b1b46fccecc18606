"""Page headers, footers and page numbers: lines that stand at one place on most pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from extractor.ingest.pdf.lines import Line
from extractor.ingest.pdf.shapes import PageContent

_EDGE_LINES = 4  # lines from each end of a page that may belong to its margin
_EDGE = 0.14  # of the height of the page
_LEAST_PAGES = 3
_MOST_OF_TWO = 2  # lines that two pages have in common; more are a second document like the first
_MOST = 0.5  # share of the pages
_SMALL = 0.85  # of the usual height of a line
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:страница|стр|с|page|p)\.?\s*)?(\d{1,4})(?:\s*(?:из|of|/)\s*\d{1,4})?[-–—.\s]*$", re.I
)

Margins = list[tuple[str, Line]]


def set_apart_margins(pages: Sequence[PageContent]) -> Margins:
    """Takes headers and footers out of the pages; gives them as (part, line), the pages in order."""
    recurring = _find_recurring(pages)
    offset = _find_numbering(pages)
    margins: Margins = []
    for page in pages:
        for part, at in _edges(page):
            line = page.items[at]
            assert isinstance(line, Line)
            if _key(part, line) in recurring or _is_number(page, line, offset):
                margins.append((part, line))
                line.limits = (-1.0, -1.0)
        page.items = [item for item in page.items if not (isinstance(item, Line) and item.limits[0] == -1.0)]
    return margins


def _edges(page: PageContent) -> list[tuple[str, int]]:
    """The lines next to the upper and lower edge of the page: their part, their number."""
    found = []
    count = len(page.items)
    order = sorted(range(count), key=lambda at: page.items[at].top)
    edge = _EDGE * page.height
    for part, numbers in (("header", order[:_EDGE_LINES]), ("footer", order[::-1][:_EDGE_LINES])):
        for at in numbers:
            item = page.items[at]
            near = item.bottom < edge if part == "header" else item.top > page.height - edge
            if not isinstance(item, Line) or not near:
                break
            found.append((part, at))
    return found


def _key(part: str, line: Line) -> tuple[str, str, int]:
    return part, _DIGITS.sub("#", line.text), round(line.base / 3)


def _find_recurring(pages: Sequence[PageContent]) -> set[tuple[str, str, int]]:
    """The lines that most pages have at one place; numbers in them may differ."""
    counts: Counter[tuple[str, str, int]] = Counter()
    for page in pages:
        lines = [(part, page.items[at]) for part, at in _edges(page)]
        keys = {_key(part, line) for part, line in lines if isinstance(line, Line)}
        counts.update(keys)
    if len(pages) == 2:
        both = {key for key, count in counts.items() if count == 2 and key[1] != "#"}
        return both if len(both) <= _MOST_OF_TWO else both & _find_small(pages)
    least = max(_LEAST_PAGES, _MOST * len(pages))
    return {key for key, count in counts.items() if count >= least and key[1] != "#"}


def _find_small(pages: Sequence[PageContent]) -> set[tuple[str, str, int]]:
    """The lines at the edges that are smaller than the text of their page, as headers are."""
    small = set()
    for page in pages:
        heights = [item.height for item in page.items if isinstance(item, Line)]
        usual = median(heights) if heights else 0.0
        lines = [(part, page.items[at]) for part, at in _edges(page)]
        small |= {
            _key(part, line)
            for part, line in lines
            if isinstance(line, Line) and line.height < _SMALL * usual
        }
    return small


def _find_numbering(pages: Sequence[PageContent]) -> int | None:
    """What is added to the number of a page to make the number printed on it; None where none is."""
    offsets: Counter[int] = Counter()
    for page in pages:
        found = set()
        for _, at in _edges(page):
            line = page.items[at]
            match = _PAGE_NUMBER.match(line.text) if isinstance(line, Line) else None
            if match:
                found.add(int(match[1]) - page.number)
        offsets.update(found)
    if not offsets:
        return None
    offset, count = offsets.most_common(1)[0]
    return offset if count >= 2 or len(pages) == 1 or offset == 0 else None


def _is_number(page: PageContent, line: Line, offset: int | None) -> bool:
    match = _PAGE_NUMBER.match(line.text)
    return match is not None and offset is not None and int(match[1]) - page.number == offset
