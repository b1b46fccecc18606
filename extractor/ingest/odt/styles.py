"""Styles of an OpenDocument text: what a paragraph or a run looks like, with all that it inherits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from lxml.etree import _Element

from extractor.ingest.docx.styles import BOLD, ITALIC, read_number

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE: Final = _NS % "office"
STYLE: Final = _NS % "style"
TEXT: Final = _NS % "text"
TABLE: Final = _NS % "table"
DRAW: Final = _NS % "drawing"
FO: Final = _NS % "xsl-fo-compatible"

_ALIGN = {
    "center": "center", "justify": "both",
    "end": "right", "right": "right", "start": "left", "left": "left",
}  # fmt: skip
_CODE = re.compile("_([0-9a-fA-F]{1,4})_")
_DEEPEST = 64


@dataclass(frozen=True)
class Look:
    """What a style comes to. None: the style and those under it say nothing."""

    name: str | None = None  # as the user sees it
    align: str | None = None
    heading: int | None = None
    list_style: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None

    def weigh(self, weight: int) -> int:
        """The weight of letters in this style on ground that has `weight`."""
        for said, bit in ((self.bold, BOLD), (self.italic, ITALIC)):
            weight = weight if said is None else weight | bit if said else weight & ~bit
        return weight


_PLAIN = Look()


@dataclass
class Styles:
    """Named and automatic styles of one part, by family and name, resolved when they are first asked for."""

    raw: dict[tuple[str, str], _Element] = field(default_factory=dict)
    known: dict[tuple[str, str], Look] = field(default_factory=dict)

    def get(self, family: str, name: str | None) -> Look:
        if name is None:
            return _PLAIN
        found = self.known.get((family, name))
        if found is None:
            found = self.known[family, name] = self._resolve(family, name)
        return found

    def add(self, holder: _Element | None) -> None:
        """The styles that lie in an `office:styles` or `office:automatic-styles`."""
        for element in () if holder is None else holder.iterchildren(STYLE + "style"):
            key = (element.get(STYLE + "family") or "", element.get(STYLE + "name") or "")
            self.raw[key] = element

    def _resolve(self, family: str, name: str) -> Look:
        chain: list[_Element] = []
        seen: set[str] = set()
        next_name: str | None = name
        while next_name and next_name not in seen and len(chain) < _DEEPEST:
            seen.add(next_name)
            element = self.raw.get((family, next_name))
            if element is None:
                break
            chain.append(element)
            next_name = element.get(STYLE + "parent-style-name")
        look = _PLAIN
        for element in reversed(chain):
            look = _inherit(look, element)
        return look


def show_name(element: _Element) -> str | None:
    """The name of a style that the user sees: «List_20_Paragraph» is «List Paragraph»."""
    shown = element.get(STYLE + "display-name")
    return shown or _CODE.sub(lambda code: chr(int(code[1], 16)), element.get(STYLE + "name") or "") or None


def _inherit(below: Look, element: _Element) -> Look:
    changes: dict[str, object] = {}
    parent = element.getparent()
    if parent is not None and parent.tag == OFFICE + "styles":
        changes["name"] = show_name(element)
    level = read_number(element.get(STYLE + "default-outline-level"), 1, 10)
    if level is not None:
        changes["heading"] = level
    if element.get(STYLE + "list-style-name") is not None:
        changes["list_style"] = element.get(STYLE + "list-style-name")
    for child in element:
        if child.tag == STYLE + "paragraph-properties":
            align = _ALIGN.get(child.get(FO + "text-align") or "")
            if align is not None:
                changes["align"] = align
        elif child.tag == STYLE + "text-properties":
            changes.update(_letter_changes(child))
    return replace(below, **changes) if changes else below  # type: ignore[arg-type]


def _letter_changes(element: _Element) -> dict[str, object]:
    changes: dict[str, object] = {}
    weight = element.get(FO + "font-weight")
    if weight is not None:
        number = read_number(weight)
        changes["bold"] = number >= 600 if number is not None else weight == "bold"
    slope = element.get(FO + "font-style")
    if slope is not None:
        changes["italic"] = slope in ("italic", "oblique")
    shown = element.get(TEXT + "display")
    if shown is not None:
        changes["hidden"] = shown == "none"
    return changes
