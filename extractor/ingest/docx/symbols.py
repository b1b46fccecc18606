"""What the symbol fonts of Word show for their private characters: bullets, ticks, arrows, Greek."""

from __future__ import annotations

import re

_PRIVATE = re.compile("[\uf020-\uf0ff]")
_ANY_PRIVATE = re.compile("[\ue000-\uf8ff]")
_GREEK = dict(
    zip(
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL: dict[int, str] = _GREEK | {
    0x2D: "-", 0xA3: "≤", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→",
    0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xBC: "…",
    0xD6: "√", 0xD7: "⋅", 0xDE: "⇒",
}  # fmt: skip
_WINGDINGS: dict[int, str] = {
    0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□",
    0x70: "❐", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•",
    0xA7: "▪", 0xA8: "□", 0xB7: "•", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
# Without a font: what stands in pasted text, where the two fonts agree or only one is in use.
_UNNAMED: dict[int, str] = {**_WINGDINGS, 0x2D: "-", 0xAE: "→", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xBC: "…"}
_UNKNOWN = "•"


def show_symbol(code: int, font: str) -> str:
    """The character that the page shows for a code of a symbol font: (0xF0B7, "Symbol") gives «•»."""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    folded = font.casefold()
    if "symbol" in folded and low < 0x100:
        return _SYMBOL.get(low, chr(low) if 0x20 <= low < 0x7F else _UNKNOWN)
    if ("wingdings" in folded or "webdings" in folded) and low < 0x100:
        return _WINGDINGS.get(low, _UNKNOWN)
    if low != code:
        return _UNNAMED.get(low, _UNKNOWN)
    if code < 0x20 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    return chr(code)


def show_private(text: str) -> str:
    """The text with private characters of symbol fonts made visible: pasted U+F0B7 gives «•»."""
    if _PRIVATE.search(text) is None:
        return text
    return _PRIVATE.sub(lambda match: show_symbol(ord(match[0]), ""), text)


def show_bullet(text: str, font: str) -> str:
    """The bullet as the page shows it; never empty."""
    shown = "".join(show_symbol(ord(character), font) for character in text)
    return _ANY_PRIVATE.sub(_UNKNOWN, shown).strip() or _UNKNOWN
