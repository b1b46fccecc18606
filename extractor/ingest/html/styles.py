"""How an HTML element looks: by its tag, its attributes, its style, the simple rules of the page's sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import _Element

from extractor.ingest.docx.names import names

# What shows nothing, and what stands on lines of its own.
DROPPED = names(
    "",
    "head title script style noscript template svg iframe object applet embed audio video canvas map"
    " colgroup col noframes frameset rt rp xml datalist meta link base param source track hr",
)
BLOCKS = names(
    "",
    "html body p div h1 h2 h3 h4 h5 h6 blockquote center pre xmp listing address article section header"
    " footer nav main aside ul ol menu dir li dl dt dd table caption thead tbody tfoot tr td th form fieldset"
    " legend figure figcaption details summary dialog hgroup option optgroup select search",
)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,20000})\}")
_SELECTOR = re.compile(r"([a-z][\w:]*|\*)?(?:\.([\w-]+))?", re.IGNORECASE)
_SHEET_CHARS = 1_000_000
_KEPT = names(
    "",
    "font-weight font-style text-align list-style-type list-style white-space display mso-hide"
    " mso-list mso-element font font-family mso-tab-count",
)
_BOLD = names("", "b strong th h1 h2 h3 h4 h5 h6")
_ITALIC = names("", "i em cite var dfn address")
_ALIGN = {"center": "center", "middle": "center", "right": "right", "end": "right", "justify": "both"}
_ALIGN |= {"left": "left", "start": "left", "-webkit-center": "center"}

Properties = dict[str, str]


class Look(NamedTuple):
    """What an element says of the letters in it; None where it says nothing."""

    bold: bool | None
    italic: bool | None
    align: str | None
    pre: bool | None


@dataclass
class Sheet:
    """The rules for single tags and classes, which is all that word processors write."""

    rules: dict[tuple[str, str], Properties] = field(default_factory=dict)  # by tag and class, "" for any

    def get(self, tag: str, classes: str) -> Properties:
        """What the rules say of a tag with these classes (as they stand in the attribute)."""
        if not self.rules:
            return {}
        found: Properties = {}
        for key in ((tag, ""), *((t, name) for name in classes.split()[:20] for t in ("", tag))):
            found.update(self.rules.get(key, ()))
        return found


def read_sheet(root: _Element) -> Sheet:
    """The rules of all style elements of the page; sheets in other files are not fetched."""
    sheet, room = Sheet(), _SHEET_CHARS
    for element in root.iter("style"):
        text = (element.text or "")[:room]
        room -= len(text)
        for selectors, body in _RULE.findall(_COMMENT.sub("", text)):
            properties = read_properties(body)
            for selector in selectors.split(",") if properties else ():
                found = _SELECTOR.fullmatch(selector.strip())
                if found and (found[1] or found[2]):
                    tag = "" if found[1] in (None, "*") else found[1].lower()
                    sheet.rules.setdefault((tag, found[2] or ""), {}).update(properties)
    return sheet


def read_properties(text: str) -> Properties:
    """The declarations that matter here: «font-weight: bold; color: red» gives the first."""
    if ":" not in text:
        return {}
    return {name: value for name, value in _split_declarations(text) if name in _KEPT}


def _split_declarations(text: str) -> Iterator[tuple[str, str]]:
    for declaration in text.split(";"):
        name, _, value = declaration.partition(":")
        yield name.strip().lower(), value.replace("!important", "").strip()


def read_look(tag: str, element: _Element, style: Properties, said: Properties) -> Look:
    """Bold, italic, alignment and white space of an element. `style` is its own, `said` has the sheets' too.

    An `align` goes before the sheets: LibreOffice writes both, and means the first.
    """
    bold = True if tag in _BOLD else None
    weight = said.get("font-weight", "").lower()
    if weight:
        bold = int(weight) >= 600 if weight.isdecimal() and len(weight) < 6 else weight in ("bold", "bolder")
    italic = True if tag in _ITALIC else None
    slope = said.get("font-style", "").lower()
    if slope:
        italic = slope.startswith(("italic", "oblique"))
    own = style.get("text-align") or element.get("align") or said.get("text-align") or ""
    align = _ALIGN.get(own.lower(), "center" if tag in ("center", "th") else None)
    space = said.get("white-space", "")
    pre = True if tag in ("pre", "xmp", "listing") else None
    if space:
        pre = space.startswith(("pre", "break-spaces"))
    return Look(bold, italic, align, pre)


def inner_text(element: _Element) -> str:
    return "".join(str(text) for text in element.itertext())


def is_hidden(element: _Element, style: Properties) -> bool:
    """Whether the element itself says that it is not shown.

    Rules of sheets do not count: what a script opens and folds (tabs of a site) is hidden by them and still
    part of the page.
    """
    return (
        style.get("display", "").lower() == "none"
        or style.get("mso-hide", "").lower() == "all"
        or element.get("hidden") is not None
    )
