"""Which lines of a column or a cell are one paragraph, and its text.

A line was broken by the width if the first word of the next one had no room behind it; where it had,
the author began a new paragraph. The rest is told by marks of lists, indents, gaps and faces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.ingest.pdf.beginnings import begins_by_words, goes_on_by_words
from extractor.ingest.pdf.lines import Line, share
from extractor.ingest.text.marks import take_bullet
from extractor.ingest.text.shapes import BULLET, NUMBER, opens_item
from extractor.ingest.words import is_word

_CLOSED = ".;:!?"
_CLOSING = "»”)],.;:!?…"
_REACH = 80  # signs at the end of a text that are looked at
_INDENT = 6.0  # points
_FAR = 2.5  # times the width of a word: it would have had room, whatever space is fixed behind it
_ENDLESS = 2000.0  # points: where nobody knows how wide a column is
_LOOSE = 1.3  # a pitch so many times the pitch before it parts paragraphs
_SPACE = 0.2  # of the height of a line: the narrowest space between words
_SLACK = 2.0  # points by which widths may be misread
_LONG = 5  # letters: what is shorter hardly is a part of a compound
_LAST_PART = re.compile(r"([^\W\d_]+)-$")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"[a-zа-яё]")
_CUT_POINT = re.compile(r"(?:^|\s)\d{1,2}\.$")
_CUT_DATE = 0.65  # of the height: the next digit of a number that was cut is wider
_ROMAN = re.compile(r"[IVXХ]{1,4}$")
_CUT_WORD = 1.2  # of the height: the widest letter that had no room behind a part of a word
_STARTS_NAME = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.")
_RANGE = re.compile(r"\d{1,2}\s?[-–]\s?\d{1,2}[.)]\s")
_ADDRESS = re.compile(r"[\w.-]+@")
_WEAK_NUMBER = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s*[а-яё]")


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph, and what came out of them."""

    lines: list[Line]
    gap: int = 0
    text: str = ""
    label: str | None = None
    pitch: float = field(default=0.0)

    def settle(self) -> Paragraph:
        """Fills in the text and the bullet."""
        text = self.lines[0].text
        for above, line in zip(self.lines, self.lines[1:], strict=False):
            text = f"{text}\t{line.text}" if _follows_tab(above, line) else join_texts(text, line.text, above)
        self.label, self.text = take_bullet(text)
        return self

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """The box of the lines on the first page of the paragraph."""
        lines = [line for line in self.lines if line.page == self.page]
        return (
            round(min(line.left for line in lines), 1),
            round(min(line.top for line in lines), 1),
            round(max(line.right for line in lines), 1),
            round(max(line.bottom for line in lines), 1),
        )

    @property
    def align(self) -> str | None:
        return "center" if all(line.centred for line in self.lines) else None

    @property
    def bold(self) -> float:
        return share(sum(line.bold for line in self.lines), sum(line.letters for line in self.lines))

    @property
    def italic(self) -> float:
        return share(sum(line.italic for line in self.lines), sum(line.letters for line in self.lines))


def make_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of lines that stand one below the other, also over pages."""
    paragraphs: list[Paragraph] = []
    above: Line | None = None
    for line in lines:
        if not line.text:
            continue
        if above is None or not _goes_on(paragraphs[-1], above, line):
            gap = _count_gap(above, line) if above is not None else 0
            paragraphs.append(Paragraph([line], gap))
        else:
            paragraph = paragraphs[-1]
            if above.page == line.page:
                paragraph.pitch = line.base - above.base
            paragraph.lines.append(line)
        above = line
    return [paragraph.settle() for paragraph in paragraphs]


def _count_gap(above: Line, line: Line) -> int:
    """How many empty lines have room between two lines of a page."""
    if above.page != line.page or line.top <= above.bottom:
        return 0
    return int((line.top - above.bottom) / max(line.height, 1.0) + 0.25)


def _goes_on(paragraph: Paragraph, above: Line, line: Line) -> bool:
    """Whether `line` belongs to the paragraph that `above` has ended so far."""
    if _is_torn(above, line) or goes_on_by_words(_so_far(paragraph), line.text):
        return True
    if _follows_tab(above, line):
        return True
    if above.ended or _had_room(above, line) or _starts_item(paragraph, above, line):
        return False
    if above.page == line.page and _is_apart(paragraph, above, line):
        return False
    if _is_indented(paragraph, line) or _changes_face(above, line):
        return False
    if above.broken:
        return True
    if above.text.endswith(";"):
        return _SMALL.match(line.text) is not None and above.room < _SLACK
    return not begins_by_words(paragraph.lines[0].text, _so_far(paragraph), line.text)


def _so_far(paragraph: Paragraph) -> str:
    """The text of the paragraph, as far as one asks back."""
    return " ".join([line.text for line in paragraph.lines[-3:]])


def _had_room(above: Line, line: Line) -> bool:
    """Whether the author broke where the line had room, unless the file shows that the width did: then some space
    was fixed, or the column narrower than its neighbours show."""
    if not fits_behind(above, line):
        return False
    if not above.broken:
        return True
    if above.room < _ENDLESS:
        return above.room > _FAR * line.first_unit and above.text[-1] not in "-–—№"
    return not _SMALL.match(line.text) and above.text.count("«") <= above.text.count("»")


def fits_behind(above: Line, line: Line) -> bool:
    """Whether the first piece of `line` had room at the end of `above`: then the author broke there."""
    if above.is_flush_right and line.is_flush_right and abs(above.left - line.left) > _SLACK:
        return True
    space = 0.0 if above.text.endswith("-") and not above.spaced else _SPACE * above.height
    return line.first_unit + space + _SLACK < above.room


def _follows_tab(above: Line, line: Line) -> bool:
    """Whether the tab at the end of a row of a list had no room for what stands behind it: that begins in the next
    line, at the first stop («3. Выставка	октябрь» and «Зорина Г.Г.»)."""
    return (
        "\t" in above.text
        and not above.spaced
        and abs(line.left - above.stop) < _SLACK
        and line.left - above.left > _INDENT
        and NUMBER.match(above.text) is not None
        and line.right - line.left > above.room
        and "\t" not in line.text
        and not opens_item(line.text)
    )


def _is_torn(above: Line, line: Line) -> bool:
    """Whether a word was cut at the end of `above`."""
    if line.text[0] in _CLOSING or above.lone and _is_cut_number(above, line):
        return True
    if not _SMALL.match(line.text):
        return False
    if above.text.endswith("-"):
        return len(above.text) > 1 and above.text[-2].isalpha() and not above.spaced
    return above.lone and _is_cut(above, line.text)


def _is_cut_number(above: Line, line: Line) -> bool:
    """Whether a date or number alone in its line was cut: «14.02.202» and «4 г.»."""
    return _is_cut_sign(above.text, line.text) and above.room < _CUT_DATE * above.height and not above.spaced


def _is_cut_sign(text: str, following: str) -> bool:
    """Whether two texts can be one number: «14.02.202» and «4», «1.» and «2», «I» and «X»."""
    if _ROMAN.match(text) and _ROMAN.match(following):
        return True
    point = _CUT_POINT.search(text) is not None and following.isdigit()
    return (text[-1:].isdigit() or point) and following[0].isdigit()


def _is_cut(above: Line, text: str) -> bool:
    """Whether a word alone in its line was cut without a hyphen, since the line is too narrow for it."""
    last, first = _LAST_WORD.search(above.text[-_REACH:]), _FIRST_PART.match(text)
    if last is None or first is None or above.spaced or not _SMALL.match(text):
        return False
    whole = is_word(last[1] + first[0])
    if above.room > above.height * (_CUT_WORD if whole and not is_word(last[1]) else 0.8):
        return False
    return whole or not is_word(last[1])


def _starts_item(paragraph: Paragraph, above: Line, line: Line) -> bool:
    """Whether the line begins with a bullet or a number of a list."""
    if _RANGE.match(line.text) and above.text[-1:] not in ",-–—":
        return True
    if not opens_item(line.text) or _STARTS_NAME.match(line.text):
        return False
    if BULLET.match(line.text):
        if BULLET.match(paragraph.lines[0].text) or line.text[0] not in "-–—":
            return True
        return above.text[-1:] in _CLOSED or above.room > line.first_unit
    if above.text.endswith("№") or above.text.count("(") > above.text.count(")"):
        return False
    return not (_WEAK_NUMBER.match(line.text) and above.text[-1:] not in _CLOSED)


def _is_apart(paragraph: Paragraph, above: Line, line: Line) -> bool:
    """Whether the lines stand further apart than those of the paragraph do."""
    pitch = line.base - above.base
    usual = paragraph.pitch or 1.35 * max(above.height, line.height)
    return pitch > _LOOSE * usual


def _is_indented(paragraph: Paragraph, line: Line) -> bool:
    """Whether the line starts further to the right than the lines of the paragraph did."""
    last = paragraph.lines[-1]
    if abs(line.left + line.right - last.left - last.right) < 2 * _SLACK:
        return False  # both are centred
    if len(paragraph.lines) > 1:
        return last.page == line.page and line.left - last.left > _INDENT
    first = paragraph.lines[0]
    if opens_item(first.text) or first.page != line.page:
        return False
    return line.left - first.left > _INDENT and not line.centred


def _changes_face(above: Line, line: Line) -> bool:
    """Whether a line all in bold is followed by one without, or the size changes."""
    if abs(above.height - line.height) > 0.12 * max(above.height, line.height):
        return above.letters > 3 and line.letters > 3
    one, two = above.bold / max(above.letters, 1), line.bold / max(line.letters, 1)
    return min(one, two) < 0.1 and max(one, two) > 0.9


def join_texts(text: str, following: str, above: Line) -> str:
    """Two lines of one paragraph: a word broken between them is put together."""
    if not text or not following:
        return text or following
    part = _LAST_PART.search(text[-_REACH:])
    if part and not above.spaced and following[0].isalnum():
        return _join_hyphen(text, part[1], following)
    if (
        text.endswith(("-", "–", "/"))
        and not above.spaced
        and text[-2:-1].isalnum()
        and following[0].isalnum()
    ):
        return text + following
    if following[0] in _CLOSING or above.lone and _is_cut(above, following):
        return text + following
    if above.lone and _is_cut_sign(text, following) and above.room < _CUT_DATE * above.height:
        return text + following
    return f"{text} {following}"


def _join_hyphen(text: str, last: str, following: str) -> str:
    """«Совершенст-» and «вование» are one word, «Нормативно-» and «правовое» keep their hyphen."""
    found = _FIRST_PART.match(following)
    if found is None or not _SMALL.match(following) or last.isupper() or _ADDRESS.match(following):
        return text + following
    first = found[0]
    both = is_word(last) and is_word(first)
    if both and last.lower().endswith("о"):
        return text + following
    if is_word(last + first):
        return text[:-1] + following
    if is_word(last) and len(last) >= _LONG and len(first) > _LONG:
        return text + following
    if both or "-" in following[: len(first) + 1] or is_word(first):
        return text + following
    return text[:-1] + following
