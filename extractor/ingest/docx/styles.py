"""Paragraph and character styles of a Word document, with what they take from the styles under them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml.etree import _Element

from extractor.ingest.docx.names import PPR, RPR, VAL, W

_B, _I, _VANISH, _RSTYLE = W + "b", W + "i", W + "vanish", W + "rStyle"
_HEADING = re.compile(r"(?:heading|заголовок)\s*([1-9])", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})
_ALIGN = {
    "left": "left", "start": "left", "right": "right", "end": "right", "center": "center",
    "both": "both", "distribute": "both", "thaiDistribute": "both",
    "lowKashida": "both", "mediumKashida": "both", "highKashida": "both",
}  # fmt: skip
_DEEPEST = 64  # styles based on each other; Word stops at 11


BOLD, ITALIC = 1, 2  # bits of a weight


class Look(NamedTuple):
    """What a style or a run says of its letters; None where it says nothing."""

    bold: bool | None
    italic: bool | None
    hidden: bool | None
    style: str | None  # id of the character style, of a run only


@dataclass(frozen=True)
class Style:
    """One style with everything it inherits."""

    id: str
    name: str | None
    align: str | None = None
    heading: int | None = None  # from 1
    num_id: str | None = None
    level: int | None = None
    weight: int = 0  # BOLD, ITALIC, both or 0
    hidden: bool = False


@dataclass(frozen=True)
class _Raw:
    id: str
    name: str
    based_on: str | None
    element: _Element


@dataclass
class Styles:
    """Styles by id, resolved when they are first asked for."""

    raw: dict[str, _Raw] = field(default_factory=dict)
    default: Style = Style("", None)
    known: dict[str, Style] = field(default_factory=dict)

    def get(self, style_id: str | None) -> Style:
        """The style; the default paragraph style for None, a bare name for an id that is not defined."""
        if style_id is None:
            return self.default
        found = self.known.get(style_id)
        if found is None:
            found = self.known[style_id] = self._resolve(style_id)
        return found

    def _resolve(self, style_id: str) -> Style:
        chain: list[_Raw] = []
        seen: set[str] = set()
        next_id: str | None = style_id
        while next_id in self.raw and next_id not in seen and len(chain) < _DEEPEST:
            chain.append(self.raw[next_id])
            seen.add(next_id)
            next_id = chain[-1].based_on
        if not chain:
            named = _HEADING.match(style_id)
            return replace(self.default, id=style_id, name=style_id, heading=int(named[1]) if named else None)
        style = Style("", None)
        for raw in reversed(chain):
            style = _inherit(style, raw)
        return style


def read_styles(root: _Element) -> Styles:
    """The styles of a styles.xml; the elements of latent styles and tables are passed over."""
    styles = Styles()
    default_id = None
    for element in root.iterchildren(W + "style"):
        kind = element.get(W + "type")
        style_id = element.get(W + "styleId")
        if style_id is None or kind == "table":
            continue
        name, based_on = style_id, None
        for child in element:
            if child.tag == W + "name":
                name = child.get(VAL) or style_id
            elif child.tag == W + "basedOn":
                based_on = child.get(VAL)
        styles.raw[style_id] = _Raw(style_id, name, based_on, element)
        if kind == "paragraph" and is_on(element, W + "default", missing=False):
            default_id = style_id
    if default_id is not None:
        resolved = styles.get(default_id)
        styles.default = styles.known[default_id] = replace(resolved, name=None)
    return styles


def read_look(element: _Element) -> Look:
    """What an rPr says: bold, italic, hidden, character style."""
    bold = italic = hidden = style = None
    for child in element:
        tag = child.tag
        if tag == _B:
            bold = is_on(child)
        elif tag == _I:
            italic = is_on(child)
        elif tag == _VANISH:
            hidden = is_on(child)
        elif tag == _RSTYLE:
            style = child.get(VAL)
    return Look(bold, italic, hidden, style)


def is_on(element: _Element, attribute: str = VAL, *, missing: bool = True) -> bool:
    """The value of a switch: `<w:b/>` is on, `<w:b w:val="0"/>` off."""
    value = element.get(attribute)
    return missing if value is None else value not in _OFF


def read_align(value: str | None) -> str | None:
    return _ALIGN.get(value or "")


def read_number(value: str | None, least: int = 0, most: int = 2**31 - 1) -> int | None:
    """The whole number, or None for nonsense and for what lies outside."""
    if value is None or len(value) > 12:
        return None
    try:
        number = int(value)
    except ValueError:
        return None
    return number if least <= number <= most else None


def outline_level(value: str | None) -> int | None:
    """The level of a heading from 1; the tenth level of Word is running text."""
    level = read_number(value, 0, 8)
    return None if level is None else level + 1


def read_num_pr(element: _Element) -> tuple[str | None, int | None]:
    """Number of the list and level of a numPr."""
    num_id = level = None
    for child in element:
        if child.tag == W + "numId":
            num_id = child.get(VAL)
        elif child.tag == W + "ilvl":
            level = read_number(child.get(VAL), 0, 8)
    return num_id, level


def _inherit(below: Style, raw: _Raw) -> Style:
    style = replace(below, id=raw.id, name=raw.name)
    changes: dict[str, object] = {}
    named = _HEADING.fullmatch(raw.name)
    if named:
        changes["heading"] = int(named[1])
    for child in raw.element:
        if child.tag == PPR:
            changes.update(_paragraph_changes(child))
        elif child.tag == RPR:
            look = read_look(child)
            weight = style.weight
            for said, bit in ((look.bold, BOLD), (look.italic, ITALIC)):
                weight = weight if said is None else weight | bit if said else weight & ~bit
            changes["weight"] = weight
            if look.hidden is not None:
                changes["hidden"] = look.hidden
    return replace(style, **changes) if changes else style  # type: ignore[arg-type]


def _paragraph_changes(element: _Element) -> dict[str, object]:
    changes: dict[str, object] = {}
    for child in element:
        tag = child.tag
        if tag == W + "jc":
            changes["align"] = read_align(child.get(VAL))
        elif tag == W + "outlineLvl":
            changes["heading"] = outline_level(child.get(VAL))
        elif tag == W + "numPr":
            num_id, level = read_num_pr(child)
            if num_id is not None:
                changes["num_id"] = num_id
            if level is not None:
                changes["level"] = level
    return changes
