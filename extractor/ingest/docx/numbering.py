"""List labels as Word computes them: «1.», «2.1.», «III.», «а)», «1. Заседание РМО», «•».

Word stores the pattern of each level (numbering.xml) and counts when it shows the page, so
the reader counts too. Lists (`num`) that share a definition (`abstractNum`) share its counters;
a `startOverride` sets them back when its list is first used (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from extractor.ingest.docx.names import ALTERNATE, CHOICE, VAL, W
from extractor.ingest.docx.styles import Styles, is_on, read_number
from extractor.ingest.docx.symbols import show_bullet, show_private

LEVELS = 9
_PLACE = re.compile("%([1-9])")
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"  # the letters that Word counts with: no ё, й, ъ, ь
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LONGEST_LABEL = 200


@dataclass(frozen=True)
class Level:
    """One level of a list definition."""

    start: int = 1
    format: str = "decimal"
    width: int = 0  # digits, filled with zeros («001»)
    text: str = ""
    font: str = ""
    restart: int | None = None  # 0: never; n: after a paragraph of level n (from 1) or above
    legal: bool = False  # all numbers in Arabic figures
    style: str | None = None  # paragraph style that this level belongs to
    picture: bool = False


@dataclass(frozen=True)
class List:
    """One `num`: the definition that it counts with and the starts that it overrides."""

    definition: str
    levels: tuple[Level, ...]
    starts: frozenset[int] = frozenset()  # levels that this list begins anew

    def level_of_style(self, style_id: str) -> int | None:
        for place, level in enumerate(self.levels):
            if level.style == style_id:
                return place
        return None


Lists = dict[str, List]


class Counters:
    """The running numbers of one story of the document."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[str] = set()

    def label(self, num_id: str, level: int) -> str | None:
        """Count one more paragraph of this list and level, and give its label; None where it has none."""
        found = self._lists.get(num_id)
        if found is None:
            return None
        counts = self._counts.setdefault(found.definition, [None] * LEVELS)
        levels = found.levels
        if num_id not in self._started:
            self._started.add(num_id)
            for place in found.starts:
                counts[place] = None
        for place in range(level):  # a level that was skipped counts as begun: 1.1, then 2
            if counts[place] is None:
                counts[place] = levels[place].start
        current = counts[level]
        counts[level] = levels[level].start if current is None else current + 1
        for deeper in range(level + 1, LEVELS):
            after = levels[deeper].restart
            if after is None or level < after:
                counts[deeper] = None
        return write_label(levels, counts, level)


def write_label(levels: tuple[Level, ...], counts: list[int | None], place: int) -> str | None:
    """The label of a level with the counters as they stand."""
    level = levels[place]
    if level.format == "bullet":
        return "•" if level.picture else show_bullet(level.text, level.font)

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at > place:
            return ""
        value = counts[at]
        shown = levels[at]
        value = shown.start if value is None else value
        if level.legal and shown.format not in ("none", "bullet"):
            return str(value)
        return write_number(value, shown.format, shown.width)

    label = _PLACE.sub(number, show_private(level.text)).strip()
    return label[:_LONGEST_LABEL] or None


def write_number(value: int, form: str, width: int = 0) -> str:
    """The number in a format of Word: (4, "upperRoman") gives «IV», (3, "russianLower") «в»."""
    if form in ("none", "bullet"):
        return ""
    if form in ("upperRoman", "lowerRoman"):
        roman = _write_roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter", "russianUpper", "russianLower"):
        letters = _write_letters(value, _RUSSIAN if form.startswith("russian") else _LATIN)
        return letters.upper() if form.endswith(("Upper", "upperLetter")) else letters
    if form == "decimalZero":
        width = 2
    return str(value).zfill(width)


def _write_roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    letters = []
    for size, mark in _ROMAN:
        times, value = divmod(value, size)
        letters.append(mark * times)
    return "".join(letters)


def _write_letters(value: int, alphabet: str) -> str:
    """After the last letter the letters double: z, aa, bb."""
    if not 0 < value <= len(alphabet) * 20:
        return str(value)
    times, at = divmod(value - 1, len(alphabet))
    return alphabet[at] * (times + 1)


def read_numbering(root: _Element, styles: Styles) -> Lists:
    """The lists of a numbering.xml by their numbers."""
    definitions: dict[str, _Element] = {}
    by_style: dict[str, str] = {}
    nums: dict[str, _Element] = {}
    for element in root:
        if element.tag == W + "abstractNum":
            key = element.get(W + "abstractNumId") or ""
            definitions[key] = element
            link = element.find(W + "styleLink")
            if link is not None:
                by_style[link.get(VAL) or ""] = key
        elif element.tag == W + "num":
            nums[element.get(W + "numId") or ""] = element
    reader = _Reader(definitions, by_style, nums, styles)
    lists: Lists = {}
    for num_id, element in nums.items():
        found = reader.read(element)
        if found is not None:
            lists[num_id] = found
    return lists


@dataclass
class _Reader:
    definitions: dict[str, _Element]
    by_style: dict[str, str]
    nums: dict[str, _Element]
    styles: Styles
    read_levels: dict[str, tuple[Level, ...]] = field(default_factory=dict)

    def read(self, num: _Element) -> List | None:
        key = self._definition(num)
        if key is None:
            return None
        levels = list(self._levels(key))
        starts: dict[int, int] = {}
        for override in num.iterchildren(W + "lvlOverride"):
            place = read_number(override.get(W + "ilvl"), 0, LEVELS - 1)
            if place is None:
                continue
            for child in override:
                if child.tag == W + "lvl":
                    levels[place] = _read_level(child)
                elif child.tag == W + "startOverride":
                    start = read_number(child.get(VAL))
                    starts[place] = 1 if start is None else start
        for place, start in starts.items():
            levels[place] = replace(levels[place], start=start)
        return List(key, tuple(levels), frozenset(starts))

    def _definition(self, num: _Element) -> str | None:
        """The key of the abstractNum, through links from one list style to another."""
        seen: set[str] = set()
        key = _value(num, "abstractNumId")
        while key in self.definitions and key not in seen:
            seen.add(key)
            link = _value(self.definitions[key], "numStyleLink")
            if link is None:
                return key
            following = self.by_style.get(link)
            if following is None:
                num_id = self.styles.get(link).num_id if link in self.styles.raw else None
                linked = self.nums.get(num_id or "")
                following = None if linked is None else _value(linked, "abstractNumId")
            if following is None or following in seen:
                return key
            key = following
        return key if key in self.definitions else None

    def _levels(self, key: str) -> tuple[Level, ...]:
        known = self.read_levels.get(key)
        if known is None:
            levels = [Level()] * LEVELS
            for element in self.definitions[key].iterchildren(W + "lvl"):
                place = read_number(element.get(W + "ilvl"), 0, LEVELS - 1)
                if place is not None:
                    levels[place] = _read_level(element)
            known = self.read_levels[key] = tuple(levels)
        return known


def _read_level(element: _Element) -> Level:
    level = Level()
    for child in element:
        tag, value = child.tag, child.get(VAL)
        if tag == W + "start":
            start = read_number(value)
            level = replace(level, start=1 if start is None else start)
        elif tag == W + "numFmt":
            level = replace(level, format=value or "decimal", width=_width(child))
        elif tag == ALTERNATE:
            for choice in child.iterchildren(CHOICE):
                for custom in choice.iterchildren(W + "numFmt"):
                    level = replace(level, format=custom.get(VAL) or "decimal", width=_width(custom))
        elif tag == W + "lvlText":
            level = replace(level, text=value or "")
        elif tag == W + "lvlRestart":
            level = replace(level, restart=read_number(value, 0, LEVELS))
        elif tag == W + "isLgl":
            level = replace(level, legal=is_on(child))
        elif tag == W + "pStyle":
            level = replace(level, style=value)
        elif tag == W + "lvlPicBulletId":
            level = replace(level, picture=True)
        elif tag == W + "rPr":
            fonts = child.find(W + "rFonts")
            if fonts is not None:
                level = replace(level, font=fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "")
    return level


def _width(number_format: _Element) -> int:
    """Digits of a custom format: «001, 002, 003, ...» has three."""
    first = (number_format.get(W + "format") or "").split(",")[0].strip()
    return min(len(first), 9) if first.isdigit() else 0


def _value(element: _Element, name: str) -> str | None:
    child = element.find(W + name)
    return None if child is None else child.get(VAL)
