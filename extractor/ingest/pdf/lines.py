"""Words of a page put together to lines, with what the making of paragraphs asks of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.ingest.clean import clean_text
from extractor.ingest.pdf.sheet import BOLD, ITALIC, Word

_SAME_LINE = 0.45  # of the height of a word: base lines that differ by less are one
_GLUED = 0.06  # of the height: a narrower gap is no space
_WIDE = 1.8  # of the height: a wider gap, where the line has no other like it, is a tab
_SAME = 1.5  # points by which beginnings behind one tab stop differ
_MOST_TABS = 0.7  # of the gaps of a line
_BREAKABLE = re.compile(r"[-–—/]+(?=\w)")
# stands in one line with the next word, whatever space is typed between them
_TIED = re.compile(r"(?:\d{1,4}|[№–—-]|(?:[А-ЯЁ]\.){1,2})$")
_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXІХ]{1,6}[.)]|[а-яa-z]\)|[^\w\s№]{1,2})$")


@dataclass(slots=True)
class Line:
    """One line of text in one column or cell."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    base: float
    letters: int
    bold: int  # how many of the letters
    italic: int
    first_unit: float  # width of the piece up to the first place where the line can be broken
    lone: bool  # one word alone
    spaced: bool  # a space is typed at its end
    limits: tuple[float, float] = (0.0, 0.0)  # where the text of its column or cell can reach
    ended: bool = False  # the file shows that the author ended it, …
    broken: bool = False  # … that the width broke it; neither: unknown
    stop: float = 0.0  # where it goes on behind its first wide gap

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def is_flush_right(self) -> bool:
        """Whether it ends where the column does and begins far from where that begins."""
        start, end = self.limits
        return end - self.right < 2.0 and self.left - start > 0.3 * (end - start)

    @property
    def room(self) -> float:
        """The width left free in the line; on both sides where it is centred."""
        right = max(self.limits[1] - self.right, 0.0)
        return right + max(self.left - self.limits[0], 0.0) if self.centred else right

    @property
    def centred(self) -> bool:
        """Whether the space is the same on both sides, and is some."""
        left, right = self.left - self.limits[0], self.limits[1] - self.right
        return left > 0.5 * self.height and abs(left - right) < max(2.0, 0.03 * (left + right))


def group_words(words: Iterable[Word]) -> list[list[Word]]:
    """The words of each line, lines from above, words from the left."""
    rows: list[list[Word]] = []
    base = height = 0.0
    for word in sorted(words, key=_base):
        if rows and word.base - base <= _SAME_LINE * min(height, word.bottom - word.top):
            rows[-1].append(word)
        else:
            rows.append([word])
            base, height = word.base, word.bottom - word.top
    for row in rows:
        row.sort(key=_left)
    return rows


def _base(word: Word) -> float:
    return word.base


def _left(word: Word) -> float:
    return word.left


def make_line(words: Sequence[Word], page: int, *, tabs: bool = False, stops: Sequence[float] = ()) -> Line:
    """The line of words that stand from left to right; `tabs`: wide gaps are kept as "\\t", and all at `stops`."""
    text = _join(words, tabs, stops) if len(words) > 1 else words[0].text
    letters = bold = italic = 0
    for word in words:
        count = len(word.text)
        letters += count
        bold += count if word.style & BOLD else 0
        italic += count if word.style & ITALIC else 0
    first = words[0]
    return Line(
        text=clean_text(text),
        page=page,
        left=first.left,
        top=min([word.top for word in words]),
        right=max([word.right for word in words]),
        bottom=max([word.bottom for word in words]),
        base=first.base,
        letters=letters,
        bold=bold,
        italic=italic,
        first_unit=_measure_unit(words),
        lone=len(words) == 1,
        spaced=words[-1].spaced,
        stop=_find_stop(words) if tabs else 0.0,
    )


def _measure_unit(words: Sequence[Word]) -> float:
    """The width up to the first place where a line can be broken: a hyphen, a space that is not fixed."""
    for word in words:
        found = _BREAKABLE.search(word.text)
        if found:
            part = (word.right - word.left) * found.end() / len(word.text)
            return word.left + part - words[0].left
        if not word.bound and not _TIED.match(word.text):
            return word.right - words[0].left
    return words[-1].right - words[0].left


def _join(words: Sequence[Word], tabs: bool, stops: Sequence[float]) -> str:
    height = words[0].bottom - words[0].top
    tabbed = tabs and _has_tabs(words, stops)
    pieces = [words[0].text]
    last = words[0]
    for word in words[1:]:
        gap = word.left - last.right
        if gap < _GLUED * height and not last.spaced:
            pieces.append(word.text)
        elif (
            tabs
            and (gap > _WIDE * height or tabbed and _is_untyped(last, word))
            and (tabbed or last is not words[0] or not _LABEL.match(last.text))
        ):
            pieces += ["\t", word.text]
        else:
            pieces += [" ", word.text]
        last = word
    return "".join(pieces)


def _has_tabs(words: Sequence[Word], stops: Sequence[float]) -> bool:
    """Whether words of a line stand behind tabs: at stops that other lines have, or two behind wide gaps, while
    the file types the spaces of the line."""
    untyped = [(one, two) for one, two in pairwise(words) if _is_untyped(one, two)]
    wide = sum(two.left - one.right > _WIDE * (two.bottom - two.top) for one, two in untyped[1:])
    if not stops:
        return wide > 1 and len(untyped) <= _MOST_TABS * (len(words) - 1)
    return wide > 0 or any(abs(two.left - stop) < _SAME for _, two in untyped for stop in stops)


def _is_untyped(last: Word, word: Word) -> bool:
    """Whether the file types no space in the gap between two words: in a line with tabs that is one, too."""
    return word.piece > 0 and not last.spaced and word.left - last.right > _GLUED * (word.bottom - word.top)


def _find_stop(words: Sequence[Word]) -> float:
    """Where the words go on behind the first gap between pieces, 0 without one."""
    return next((two.left for one, two in pairwise(words) if one.piece != two.piece), 0.0)


def share(part: int, whole: int) -> float:
    """A share of letters as blocks hold it."""
    return round(part / whole, 4) if whole else 0.0
