"""List labels of an OpenDocument text, counted as LibreOffice counts them: «1.», «2.1.», «а)», «•»."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from extractor.ingest.docx.numbering import write_number
from extractor.ingest.docx.styles import read_number
from extractor.ingest.docx.symbols import show_bullet, show_private
from extractor.ingest.odt.styles import FO, STYLE, TEXT

LEVELS = 10
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FORMATS = {
    "1": "decimal", "i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter",
    "": "none", "01, 02, 03, ...": "decimalZero",
}  # fmt: skip
_PLACE = re.compile(r"%(\d{1,2})%")
_LONGEST_LABEL = 200


@dataclass(frozen=True)
class Level:
    """One level of a list style."""

    format: str = "none"
    width: int = 0
    prefix: str = ""
    suffix: str = ""
    shown: int = 1  # how many levels the label shows, this one the last
    pattern: str | None = None  # «%1%.%2%.», which newer versions write beside prefix and suffix
    start: int = 1
    bullet: str | None = None


ListStyle = tuple[Level, ...]
_NO_LEVELS: ListStyle = (Level(),) * LEVELS


@dataclass
class Count:
    """The running numbers of one list, by level; None where nothing is counted yet."""

    style: str | None
    numbers: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    top: bool = True  # no item is counted yet


@dataclass
class Lists:
    """The list styles of a document, and the counts of one of its stories."""

    styles: dict[str, ListStyle] = field(default_factory=dict)
    by_id: dict[str, Count] = field(default_factory=dict)
    last: dict[str | None, Count] = field(default_factory=dict)  # by style: the list that can be gone on with

    def fresh(self) -> Lists:
        """The same styles with nothing counted, for another story."""
        return Lists(self.styles)

    def add(self, holder: _Element | None) -> None:
        for element in () if holder is None else holder.iterchildren(TEXT + "list-style"):
            self.styles[element.get(STYLE + "name") or ""] = read_list_style(element)

    def open(self, element: _Element, style: str | None) -> Count:
        """The count of a text:list that lies in no other: a new one, or that of the list it goes on."""
        following = element.get(TEXT + "continue-list")
        count = self.by_id.get(following) if following is not None else None
        if count is None and element.get(TEXT + "continue-numbering") == "true":
            count = self.last.get(style)
        if count is None:
            count = Count(style)
        name = element.get("{http://www.w3.org/XML/1998/namespace}id") or element.get(TEXT + "id")
        if name is not None:
            self.by_id[name] = count
        self.last[style] = count
        return count

    def label(self, count: Count, style: str | None, level: int, start: int | None) -> str | None:
        """Count one more item on this level and give its label; None where the page shows none."""
        levels = self.styles.get(style or "", _NO_LEVELS)
        numbers = count.numbers
        for place in range(level):
            if numbers[place] is None:
                numbers[place] = levels[place].start
        current = numbers[level]
        following = levels[level].start if current is None else current + 1
        numbers[level] = following if start is None else start
        for deeper in range(level + 1, LEVELS):
            numbers[deeper] = None
        return write_label(levels, numbers, level)


def write_label(levels: ListStyle, numbers: list[int | None], place: int) -> str | None:
    """The label of a level with the numbers as they stand."""
    level = levels[place]
    if level.bullet is not None:
        return level.bullet

    def number(at: int) -> str:
        if not 0 <= at <= place:
            return ""
        found, value = levels[at], numbers[at]
        return write_number(found.start if value is None else value, found.format, found.width)

    if level.pattern is not None:
        label = _PLACE.sub(lambda match: number(int(match[1]) - 1), level.pattern)
    elif level.format == "none":
        label = level.prefix + level.suffix
    else:
        first = max(0, place - level.shown + 1)
        shown = [text for at in range(first, place + 1) for text in (number(at),) if text]
        label = level.prefix + ".".join(shown) + level.suffix
    return show_private(label).strip()[:_LONGEST_LABEL] or None


def read_list_style(element: _Element) -> ListStyle:
    """The levels of a text:list-style or text:outline-style."""
    levels = list(_NO_LEVELS)
    for child in element:
        place = read_number(child.get(TEXT + "level"), 1, LEVELS)
        if place is not None:
            levels[place - 1] = _read_level(child)
    return tuple(levels)


def _read_level(element: _Element) -> Level:
    kind = element.tag.rpartition("}")[2]
    prefix, suffix = (element.get(STYLE + name) or "" for name in ("num-prefix", "num-suffix"))
    if kind == "list-level-style-image":
        return Level(bullet="•")
    if kind == "list-level-style-bullet":
        shown = show_bullet(element.get(TEXT + "bullet-char") or "", _read_font(element))
        return Level(bullet=shown)  # prefix and suffix only repeat the bullet (LibreOffice 7.4)
    form = element.get(STYLE + "num-format") or ""
    pattern = element.get(_LOEXT + "num-list-format") or element.get(STYLE + "num-list-format")
    return Level(
        format=_read_format(form),
        width=min(len(form.split(",")[0]), 9) if form.startswith("0") else 0,
        prefix=prefix,
        suffix=suffix,
        shown=read_number(element.get(TEXT + "display-levels"), 1, LEVELS) or 1,
        pattern=pattern if pattern and _PLACE.search(pattern) else None,
        start=_or_one(read_number(element.get(TEXT + "start-value"))),
    )


def _or_one(number: int | None) -> int:
    return 1 if number is None else number


def _read_format(form: str) -> str:
    """Word's name for a number format: «I» is upperRoman, «а, б, .., аа, аб, ... (ru)» russianLower."""
    if form in _FORMATS:
        return _FORMATS[form]
    if form[0] in "аА":
        return "russianLower" if form[0] == "а" else "russianUpper"
    return "decimal"


def _read_font(level: _Element) -> str:
    for properties in level.iterchildren(STYLE + "text-properties"):
        return properties.get(STYLE + "font-name") or properties.get(FO + "font-family") or ""
    return ""
