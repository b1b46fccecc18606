"""One page of a PDF as words and ruling lines, as the reader of the page sees them.

Pages that are turned, by the file or by the direction of their text, are turned back: whoever takes a
sheet knows only points from the upper left corner.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractor.ingest.pdf.rulings import Rulings, read_rulings

HYPHEN = "-"
BOLD, ITALIC = 1, 2
_TOKEN = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?|[\ufffe\x02]")
_BROKEN = re.compile("[\ufffe\x02]")
_NOTED = re.compile(r"[^\W\d_][^\w\s]{0,2}(\d{1,2})$")
_SMALLER, _HIGHER = 0.8, 0.15  # of the size of a face: how small a raised number is, how high
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.I)
_ITALIC_NAME = re.compile(rb"italic|oblique|kursiv", re.I)
_TYPED_SPACES = (" ", "\u00a0", "\t")
_ASCENT, _DESCENT = 0.8, 0.2  # of the size of a face: what a line takes above and below its base
_WIDE_LETTER = 1.6  # no letter is so many times as wide as its line is high
_TYPED_GAP, _PLAIN_GAP = 1.8, 0.6  # of the height: the widest gap in a text, with a space typed and without
_SIDEWAYS = 0.6  # share of the words that stand upright on a page that is to be turned

Box = tuple[float, float, float, float]
Turn = Callable[[float, float, float, float], Box]


class Word(NamedTuple):
    """A run of signs without white space: its box, its base line, whether a space is typed behind it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    style: int = 0
    spaced: bool = False
    bound: bool = False  # behind it a space is typed where no line may end
    turned: int = 0  # 1: reads from below upwards, -1: from above downwards
    piece: int = (
        0  # words that the file writes side by side, one after the other, have one number; 0: unknown
    )
    raised: int = 0  # so many digits at its end are small and stand higher: the number of a note


class Sheet(NamedTuple):
    """A page: its size, words in the order of the file, ruling lines, how many pictures it has."""

    number: int
    width: float
    height: float
    words: list[Word]
    rulings: Rulings
    pictures: int


def read_sheet(page: Any, number: int) -> Sheet:
    """The page as a sheet; `page` is a `pypdfium2.PdfPage`, which stays open."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page.raw, box):
        box.right, box.top = page.get_width(), page.get_height()
    turn, width, height = _find_turn(pdfium.FPDFPage_GetRotation(page.raw), box)
    textpage = page.get_textpage()
    try:
        words = _read_words(textpage.raw, turn)
    finally:
        textpage.close()
    rulings, pictures = read_rulings(page.raw, turn)
    sheet = Sheet(number, width, height, words, rulings, pictures)
    return _stand_up(sheet)


def _find_turn(quarter: int, box: Any) -> tuple[Turn, float, float]:
    """How boxes of the file become boxes of the page as shown, and the size of that page."""
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    width, height = right - left, top - bottom
    if quarter == 1:
        return (lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)), height, width
    if quarter == 2:
        return (lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)), width, height
    if quarter == 3:
        return (lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)), height, width
    return (lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)), width, height


def _read_text(textpage: Any) -> str:
    """The signs of the page, one for each of pdfium's characters."""
    count = max(pdfium.FPDFText_CountChars(textpage), 0)
    buffer = (ctypes.c_ushort * (count + 1))()
    taken = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: max(taken - 1, 0) * 2].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(textpage, at) for at in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)


def _read_words(textpage: Any, turn: Turn) -> list[Word]:
    text = _read_text(textpage)
    probe = _Probe(textpage, turn)
    words: list[Word] = []
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        token = found[0]
        if not token.isprintable():
            token = _mend(_BROKEN.sub(HYPHEN, token))
        word = probe.measure(token, start, end, text[end : end + 1])
        size = max(word.bottom - word.top, 1.0) if not word.turned else word.right - word.left
        if end - start > 1 and probe.length > _WIDE_LETTER * (end - start) * size and not word.turned:
            words.extend(_split_word(textpage, found, turn, word))
        else:
            noted = _NOTED.search(token) if token[-1].isdigit() and not word.turned else None
            if noted and probe.is_raised(end - 1, word):
                word = word._replace(raised=len(noted[1]))
            words.append(word)
    return _number_pieces(words)


def _number_pieces(words: list[Word]) -> list[Word]:
    """The words with the numbers of their pieces, which count in the order of the file."""
    piece = 0
    numbered: list[Word] = []
    last: Word | None = None
    for word in words:
        if last is None or not _goes_on(last, word):
            piece += 1
        numbered.append(word._replace(piece=piece))
        last = word
    return numbered


def _goes_on(last: Word, word: Word) -> bool:
    """Whether a word stands right behind the one that the file has before it."""
    height = min(last.bottom - last.top, word.bottom - word.top)
    most = _TYPED_GAP if last.spaced else _PLAIN_GAP
    return (
        abs(word.base - last.base) < 0.3 * height and -0.5 * height < word.left - last.right < most * height
    )


class _Probe:
    """Asks pdfium where signs stand, with the same few buffers for all of a page."""

    def __init__(self, textpage: Any, turn: Turn) -> None:
        self.textpage, self.turn = textpage, turn
        self.first, self.last, self.matrix = pdfium.FS_RECTF(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self.x, self.y, self.flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
        self.font = ctypes.create_string_buffer(128)
        self.length = 0.0  # of the last word, along its line

    def measure(self, text: str, start: int, end: int, behind: str) -> Word:
        """The word of the signs from `start` to `end`: as long as they are, as high as its face."""
        page, first, last, matrix = self.textpage, self.first, self.last, self.matrix
        spaced, bound = behind in _TYPED_SPACES, behind == "\u00a0"
        if spaced and pdfium.FPDFText_IsGenerated(page, end) == 1:
            spaced = False
        pdfium.FPDFText_GetLooseCharBox(page, start, first)
        pdfium.FPDFText_GetLooseCharBox(page, end - 1, last)
        pdfium.FPDFText_GetCharOrigin(page, start, self.x, self.y)
        pdfium.FPDFText_GetMatrix(page, start, matrix)
        self.font[0] = b"\0"
        pdfium.FPDFText_GetFontInfo(page, start, self.font, 128, self.flags)
        style = _read_style(self.font.value)
        x, y = self.x.value, self.y.value
        left, top, right, bottom = self.turn(
            min(first.left, last.left),
            min(first.bottom, last.bottom),
            max(first.right, last.right),
            max(first.top, last.top),
        )
        size = pdfium.FPDFText_GetFontSize(page, start) * math.hypot(matrix.c, matrix.d)
        base_x, base_y, x1, y1 = self.turn(x, y, x + matrix.a, y + matrix.b)
        if abs(x1 - base_x) >= abs(y1 - base_y):
            self.length = right - left
            if not 0.5 < size < 4 * (bottom - top) + 20:
                size = bottom - top
            return Word(
                text,
                left,
                base_y - _ASCENT * size,
                right,
                base_y + _DESCENT * size,
                base_y,
                style,
                spaced,
                bound,
            )
        self.length = bottom - top
        turned = self._direction()
        up, down = (_ASCENT, _DESCENT) if turned > 0 else (_DESCENT, _ASCENT)
        return Word(
            text, base_x - up * size, top, base_x + down * size, bottom, base_x, style, spaced, bound, turned
        )

    def is_raised(self, at: int, word: Word) -> bool:
        """Whether the sign is smaller than the word that it ends, and stands higher."""
        page, matrix, size = self.textpage, self.matrix, word.bottom - word.top
        pdfium.FPDFText_GetMatrix(page, at, matrix)
        pdfium.FPDFText_GetCharOrigin(page, at, self.x, self.y)
        small = pdfium.FPDFText_GetFontSize(page, at) * math.hypot(matrix.c, matrix.d)
        x, y = self.x.value, self.y.value
        return small < _SMALLER * size and word.base - self.turn(x, y, x, y)[1] > _HIGHER * size

    def _direction(self) -> int:
        """1: the line reads from below upwards, -1: downwards."""
        x, y, matrix = self.x.value, self.y.value, self.matrix
        here, there = self.turn(x, y, x, y), (x + matrix.a, y + matrix.b)
        return 1 if self.turn(*there, *there)[1] < here[1] else -1


def _split_word(textpage: Any, found: re.Match[str], turn: Turn, whole: Word) -> list[Word]:
    """The parts of a word that holds a gap: cells of a table between which no space is written."""
    parts: list[Word] = []
    box = pdfium.FS_RECTF()
    height = whole.bottom - whole.top
    for at, sign in enumerate(found[0], found.start()):
        pdfium.FPDFText_GetLooseCharBox(textpage, at, box)
        left, top, right, bottom = turn(box.left, box.bottom, box.right, box.top)
        sign = _BROKEN.sub(HYPHEN, sign)
        if parts and abs(left - parts[-1].right) < 0.5 * height:
            last = parts[-1]
            parts[-1] = last._replace(text=last.text + sign, right=max(right, last.right))
        else:
            parts.append(
                whole._replace(text=sign, left=left, top=top, right=right, bottom=bottom, spaced=False)
            )
    parts[-1] = parts[-1]._replace(spaced=whole.spaced)
    return parts


def _mend(text: str) -> str:
    """The text with the halves of signs beyond 16 bits put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@lru_cache(maxsize=512)
def _read_style(font: bytes) -> int:
    """Bold and italic by the name of the font: «ABCDEF+TimesNewRomanPS-BoldMT»."""
    return (BOLD if _BOLD_NAME.search(font) else 0) | (ITALIC if _ITALIC_NAME.search(font) else 0)


def _stand_up(sheet: Sheet) -> Sheet:
    """The sheet turned so that most of its words read from left to right."""
    long = [word for word in sheet.words if len(word.text) > 2]
    for direction in (1, -1):
        if long and sum(word.turned == direction for word in long) > _SIDEWAYS * len(long):
            return _turn_sheet(sheet, direction)
    return sheet


def turn_word(word: Word, direction: int, width: float, height: float) -> Word:
    """The word on a page of this size that is turned clockwise (1) or counter-clockwise (-1)."""
    turned = {1: {1: 0, -1: 0, 0: -1}, -1: {1: 0, -1: 0, 0: 1}}[direction][word.turned]
    if direction == 1:
        box = (height - word.bottom, word.left, height - word.top, word.right)
    else:
        box = (word.top, width - word.right, word.bottom, width - word.left)
    if turned:
        base = box[2]
    elif word.turned:
        base = word.base if direction == 1 else width - word.base
    else:
        base = box[3]
    return Word(word.text, *box, base, word.style, word.spaced, word.bound, turned, word.piece, word.raised)


def _turn_sheet(sheet: Sheet, direction: int) -> Sheet:
    words = [turn_word(word, direction, sheet.width, sheet.height) for word in sheet.words]
    across, down = sheet.rulings
    if direction == 1:
        new_down = [(sheet.height - y, x0, x1) for y, x0, x1 in across]
        new_across = [(x, sheet.height - y1, sheet.height - y0) for x, y0, y1 in down]
    else:
        new_down = [(y, sheet.width - x1, sheet.width - x0) for y, x0, x1 in across]
        new_across = [(sheet.width - x, y0, y1) for x, y0, y1 in down]
    return Sheet(
        sheet.number, sheet.height, sheet.width, words, Rulings(new_across, new_down), sheet.pictures
    )
