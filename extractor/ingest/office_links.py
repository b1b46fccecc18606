"""A copy of a document in which nothing points outside: for the eyes of LibreOffice only."""

from __future__ import annotations

import re

# In RTF fields fetch pictures, texts and data; objects may be linked, a template may be anywhere.
_FIELD = re.compile(rb"\\fldinst(?![a-z])", re.IGNORECASE)
_FETCHING = re.compile(
    rb"\b(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDEAUTO|DDE|LINK|DATABASE|RD)\b", re.IGNORECASE
)
_REACH = 500  # bytes behind \fldinst in which its command stands
_LINKED = re.compile(rb"\\(?=(?:objautlink|objlink|objupdate|template|filetbl|linkself|subdocument)(?![a-z]))")
# In HTML everything that a browser would load by itself.
_LOADING = re.compile(rb"""(?i)\b(?:src|background|data|codebase|poster|longdesc|lowsrc)\s*=""")
_SHEET = re.compile(rb"(?i)<(?=(?:link|base|iframe|frame|object|embed|script)\b)")


def cut_links(data: bytes, kind: str) -> bytes:
    """The bytes with all commands spoilt that load something; the text of the document stays.

    Compound files (.doc) and packages stay as they are: their links are only followed when asked for,
    which the profile of the run forbids.
    """
    if kind == "rtf":
        return _cut_rtf(data)
    if kind == "html":
        return _SHEET.sub(b"<x-", _LOADING.sub(b"x=", data))
    return data


def _cut_rtf(data: bytes) -> bytes:
    pieces, end = [], 0
    for found in _FIELD.finditer(data):
        start = max(found.end(), end)
        stop = found.end() + _REACH
        pieces.append(data[end:start])
        pieces.append(_FETCHING.sub(lambda word: b"X" * len(word[0]), data[start:stop]))
        end = max(end, min(stop, len(data)))
    pieces.append(data[end:])
    return _LINKED.sub(rb"\\x", b"".join(pieces))
