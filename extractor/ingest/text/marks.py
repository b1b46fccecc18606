"""What the marks of converters in a piece of text mean: bold, italic, a line break, nothing.

Markdown, bits of HTML and the bookmarks that Word's converters print are no words of the author; what
only looks like a mark («5*3», «a < b», «___» to fill in) stays.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from extractor.ingest.clean import clean_text
from extractor.ingest.text.shapes import BULLET, is_blank


class Marked(NamedTuple):
    """Clean text and the shares of its letters that are bold and italic, 0…1."""

    text: str
    bold: float = 0.0
    italic: float = 0.0


_BOLD_ON, _BOLD_OFF, _ITALIC_ON, _ITALIC_OFF = "\U000f0100", "\U000f0101", "\U000f0102", "\U000f0103"
_SIGNS = re.compile("[\U000f0100-\U000f0103]")
_ESCAPED = 0xF0000  # an escaped sign is kept out of the way at this distance
_ANY_MARK = re.compile(r"[*_<&\\\[{]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN = re.compile("[\U000f0000-\U000f007f]")
_BOOKMARK = re.compile(r"\[bookmark:[^\[\]\n]{0,200}\]|\[\]\{[^{}\n]{0,200}\}")
_PICTURE = re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\n]{0,500}\)(?:\{[^{}\n]{0,200}\})?")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\((?:https?:|mailto:|#|www\.)[^()\s]{0,500}\)")
_SPAN = re.compile(r"\[([^\[\]\n]{0,500})\]\{[.#][^{}\n]{0,200}\}")
_TAG = re.compile(
    r"<(/?)(u|b|i|s|br|em|strong|sup|sub|small|span|font|center|div|p|mark|ins|a|hr)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});")
_BOLD_LINE = re.compile(r"(?<![\w])__(?=[^\W_]|[«\"(])([^_\n]+)(?<!\s)__(?!\w)")
_STARS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<!\s)\*(?![\w*])")
_UNDERLINES = re.compile(r"(?<!\w)_(?=[^\W_]|[«\"(])([^_\n]+)(?<!\s)_(?!\w)")
_DOUBLE_STAR = re.compile(r"(?<!\\)\*\*(?!(?<=\d\*\*)\d)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s")
_BOLD_REACH = 12  # lines over which one pair of «**» may stretch


def read_marks(raw: str) -> Marked:
    """The clean text of `raw` and how much of it is bold or italic."""
    if _ANY_MARK.search(raw) is None:
        return Marked(clean_text(raw))
    text = _ESCAPE.sub(lambda found: chr(_ESCAPED + ord(found[1])), raw)
    text = _BOOKMARK.sub("", text)
    if "](" in text or "]{" in text:
        text = _SPAN.sub(r"\1", _LINK.sub(r"\1", _PICTURE.sub(r"\1", text)))
    text = _TAG.sub(_read_tag, text)
    text = _mark_bold(text)
    text = _BOLD_LINE.sub(rf"{_BOLD_ON}\1{_BOLD_OFF}", text)
    text = _STARS.sub(rf"{_ITALIC_ON}\1{_ITALIC_OFF}", text)
    text = _UNDERLINES.sub(rf"{_ITALIC_ON}\1{_ITALIC_OFF}", text)
    text = _HIDDEN.sub(lambda found: chr(ord(found[0]) - _ESCAPED), text)
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    bold = _share_between(text, _BOLD_ON, _BOLD_OFF)
    italic = _share_between(text, _ITALIC_ON, _ITALIC_OFF)
    return Marked(clean_text(_SIGNS.sub("", text)), bold, italic)


def _read_tag(found: re.Match[str]) -> str:
    """What stands for one HTML tag: a break, the start or end of bold or italic, or nothing."""
    closing, name = found[1] == "/", found[2].lower()
    if name == "br":
        return "\n"
    if name in ("b", "strong"):
        return _BOLD_OFF if closing else _BOLD_ON
    if name in ("i", "em"):
        return _ITALIC_OFF if closing else _ITALIC_ON
    return ""


def _mark_bold(text: str) -> str:
    """The text with «**» pairs turned into signs; an odd one counts only at an edge of the text."""
    if "**" not in text:
        return text
    pieces = _DOUBLE_STAR.split(text)
    if len(pieces) % 2 == 0:
        if is_blank(pieces[0]):
            pieces.append("")
        elif is_blank(pieces[-1]):
            pieces.insert(0, "")
        else:
            pieces[-2:] = ["**".join(pieces[-2:])]
    marked = (piece if at % 2 == 0 else _BOLD_ON + piece + _BOLD_OFF for at, piece in enumerate(pieces))
    return "".join(marked)


def _share_between(text: str, start: str, stop: str) -> float:
    """The share of the letters of `text` that stand between `start` and `stop`."""
    if start not in text:
        return 0.0
    inside = total = 0
    for at, piece in enumerate(text.split(start)):
        marked, _, rest = piece.partition(stop) if at else ("", "", piece)
        count = sum(map(str.isalnum, marked))
        inside += count
        total += count + sum(map(str.isalnum, rest))
    return round(inside / total, 4) if total else 0.0


def spread_bold(lines: list[str]) -> list[str]:
    """The lines with every «**» pair closed on its own line: «**План», «работы**» are two bold lines."""
    odd = [at for at, line in enumerate(lines) if "**" in line and len(_DOUBLE_STAR.findall(line)) % 2]
    result = list(lines) if odd else lines
    place = 0
    while place + 1 < len(odd):
        first, last = odd[place], odd[place + 1]
        if last - first > _BOLD_REACH:
            place += 1
            continue
        result[first] += "**"
        result[last] = "**" + result[last].lstrip()
        for at in range(first + 1, last):
            if not is_blank(result[at]):
                result[at] = f"**{result[at].strip()}**"
        place += 2
    return result


def take_heading(raw: str) -> tuple[int | None, str]:
    """The level and the words of a Markdown heading («## Цели» is 2, «Цели»), else None and the text."""
    found = _HEADING.match(raw) if "#" in raw[:10] else None
    return (len(found[1]), raw[found.end() :].strip().rstrip("#")) if found else (None, raw)


def take_bullet(text: str) -> tuple[str | None, str]:
    """The bullet and the text behind it: «· Курсы» is «·», «Курсы»; no bullet is None and the text."""
    found = BULLET.match(text)
    if found is None or found.end() >= len(text):
        return None, text
    sign = found[found.lastgroup or "sign"]
    return ("•" if sign >= "\uf000" else sign), text[found.end() :]
