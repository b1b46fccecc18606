"""The one cleaning of text, before any place is counted.

Only what the page does not show is undone: soft hyphens, zero-width characters, decomposed
letters, control characters, runs of spaces. Typos, case, dashes and quotes stay as written.
"""

from __future__ import annotations

import re
import unicodedata

_DROP = dict.fromkeys(
    map(
        ord,
        "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)
_SPACES = dict.fromkeys(
    map(
        ord,
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    ),
    " ",
)
_BREAKS = dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n")
_CONTROL = dict.fromkeys(
    [c for c in range(32) if c not in (9, 10, 11, 12, 13)] + list(range(0x7F, 0x85)) + list(range(0x86, 0xA0))
)
_TABLE: dict[int, str | None] = {**_CONTROL, **_DROP, **_SPACES, **_BREAKS}
_SURROGATE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
_RUN = re.compile(r" {2,}")


def clean_text(text: str) -> str:
    """The text as the page shows it: single spaces, line breaks as one "\\n", tabs kept, NFC."""
    printable = text.isprintable()  # then it holds none of the characters below
    if not printable:
        text = text.replace("\r\n", "\n").translate(_TABLE)
        text = _SURROGATE.sub("\ufffd", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if "  " in text:
        text = _RUN.sub(" ", text)
    if not printable and "\n" in text:
        text = _AROUND_BREAK.sub("\n", text)
    return text.strip(" \n\t")
