"""List labels of an HTML page as a browser shows them: «1.», «в.», «IV.», «•»; and those that Word wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element

from extractor.ingest.clean import clean_text
from extractor.ingest.docx.numbering import write_number
from extractor.ingest.docx.symbols import show_bullet
from extractor.ingest.html.styles import Properties, inner_text

_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CSS_TYPES = {
    "decimal": "decimal", "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "lower-russian": "russianLower", "upper-russian": "russianUpper",
    "lower-cyrillic": "russianLower", "upper-cyrillic": "russianUpper",
}  # fmt: skip
_BULLETS = {"disc": "•", "circle": "○", "square": "▪"}
_BY_DEPTH = ("disc", "circle", "square")
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?!\d)")
_MSO_LEVEL = re.compile(r"level(\d)")
_FONT = re.compile(r"font-family:\s*[\"']?([^;\"',]+)", re.IGNORECASE)
_LABEL = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,5}|[IVXLCivxlc]{1,6}|[a-zа-яA-ZА-Я])[.)]?\)?|[·•o§ØüvqÞ–—*▪●○-]"
)
_LONGEST = 60
_LONGEST_LABEL = 200


@dataclass
class ListState:
    """A list that is being read."""

    form: str | None  # number format; None: bullets
    bullet: str | None
    depth: int  # from 0
    next: int = 1
    step: int = 1


def open_list(tag: str, element: _Element, said: Properties, depth: int) -> ListState:
    """The state at the start of an ol, ul, menu or dir."""
    shown = _css_type(said)
    if tag != "ol":
        kind = shown or (element.get("type") or "").lower() or _BY_DEPTH[min(depth, 2)]
        if kind in _CSS_TYPES:
            return ListState(_CSS_TYPES[kind], None, depth)
        return ListState(None, None if kind == "none" else _BULLETS.get(kind, "•"), depth)
    start = read_integer(element.get("start"))
    backwards = element.get("reversed") is not None
    if start is None:
        start = sum(1 for _ in element.iterchildren("li")) if backwards else 1
    form = _TYPES.get(element.get("type") or "", "decimal")
    state = ListState(form, None, depth, start, -1 if backwards else 1)
    if shown == "none" or shown in _BULLETS:
        state.form, state.bullet = None, _BULLETS.get(shown)
    elif shown in _CSS_TYPES:
        state.form = _CSS_TYPES[shown]
    return state


def next_label(state: ListState, item: _Element, style: Properties) -> str | None:
    """Count one more li and give its label; None where it has none."""
    if style.get("display", "list-item").lower() != "list-item":
        return None
    value = read_integer(item.get("value"))
    number = state.next if value is None else value
    state.next = number + state.step
    form, bullet = state.form, state.bullet
    shown = _css_type(style) or (item.get("type") or "")
    if shown in _TYPES or shown in _CSS_TYPES:
        form = _TYPES.get(shown) or _CSS_TYPES[shown]
    elif shown == "none" or shown in _BULLETS:
        form, bullet = None, _BULLETS.get(shown)
    return bullet if form is None else write_number(number, form) + "."


def read_mso_level(style: Properties) -> int | None:
    """The level of a paragraph in a list of Word («mso-list:l0 level2 lfo1» is 1), None outside lists."""
    found = _MSO_LEVEL.search(style.get("mso-list", ""))
    return int(found[1]) - 1 if found else None


def read_mso_label(span: _Element) -> str | None:
    """The label that Word wrote into a span for browsers which know no lists of Word."""
    text = clean_text(inner_text(span))
    return _show(text, span)[:_LONGEST_LABEL] or None


def read_filtered_label(text: str, filler: _Element) -> str | None:
    """The label in «1.<span style='font:7.0pt "Times New Roman"'>   </span>», as filtered pages have it."""
    label = clean_text(text)
    if len(label) <= _LONGEST and _LABEL.match(label):
        return _show(label, filler)
    return None


def is_label_filler(element: _Element, style: Properties) -> bool:
    """Whether this is the span of tiny spaces that Word puts between a label and its text."""
    if not style.get("font", "").startswith(("7.0pt", "7pt")):
        return False
    return not inner_text(element).strip()


def read_integer(text: str | None) -> int | None:
    found = _NUMBER.match(text or "")
    return int(found[1]) if found else None


def _show(label: str, element: _Element) -> str:
    """A sign of a symbol font as the page shows it: «·» in Symbol is «•»."""
    if len(label) != 1 or label.isalnum() and label not in "oØüvqÞ":
        return label
    here: _Element | None = element
    for _ in range(4):
        found = _FONT.search(here.get("style") or "") if here is not None else None
        if found:
            return show_bullet(label, found[1])
        here = None if here is None else here.getparent()
    return "•" if label == "·" else label


def _css_type(said: Properties) -> str:
    shown = said.get("list-style-type") or said.get("list-style") or ""
    known = _CSS_TYPES.keys() | _BULLETS.keys() | {"none"}
    return next((word for word in shown.lower().split() if word in known), "")
