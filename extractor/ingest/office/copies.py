"""The copy of a document that LibreOffice gets: nothing in it points outside, what broke off is closed."""

from __future__ import annotations

import re

# In RTF fields fetch pictures, texts and data; objects may be linked, a template may be anywhere.
_FIELD = re.compile(rb"\\fldinst(?![a-z])", re.IGNORECASE)
_FETCHING = re.compile(
    rb"\b(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDEAUTO|DDE|LINK|DATABASE|RD)\b", re.IGNORECASE
)
_REACH = 500  # bytes behind \fldinst in which its command stands
_LINKED = re.compile(
    rb"\\(?=(?:objautlink|objlink|objupdate|template|filetbl|linkself|subdocument)(?![a-z]))"
)
# The cells of a row of an RTF table and their borders; those of a table inside lie between the last two.
_ROW = re.compile(
    rb"\\(?:(?P<inner>nesttableprops)|(?P<outer>nestrow)|(?P<begin>trowd)|(?P<border>cellx-?\d+)|(?P<cell>cell)"
    rb"|(?P<end>row))(?![a-z])"
)
_LAST_CELLS = re.compile(rb"(?:\\cell\s*)+\Z")
_LOOK_BACK = 200
_ESCAPED = re.compile(rb"\\[{}\\]")
_MENDED = 100  # open groups that are closed
# In HTML everything that a browser would load by itself.
_LOADING = re.compile(rb"""(?i)\b(?:src|background|data|codebase|poster|longdesc|lowsrc)\s*=""")
_SHEET = re.compile(rb"(?i)<(?=(?:link|base|iframe|frame|object|embed|script)\b)")


def prepare_copy(data: bytes, kind: str) -> bytes:
    """The bytes with all commands spoilt that load something; the text of the document stays.

    Compound files (.doc) and packages stay as they are: their links are only followed when asked for,
    which the profile of the run forbids.
    """
    if kind == "rtf":
        return _drop_cells(_cut_rtf(data)) + b"}" * count_open_groups(data)
    if kind == "html":
        return _SHEET.sub(b"<x-", _LOADING.sub(b"x=", data))
    return data


def count_open_groups(data: bytes) -> int:
    """How many groups of an RTF that breaks off are open; 0 where it is whole, or cannot be mended."""
    bare = _ESCAPED.sub(b"", data)
    found = bare.count(b"{") - bare.count(b"}")
    return found if 0 < found <= _MENDED else 0


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


def _drop_cells(data: bytes) -> bytes:
    """The RTF without empty cells at the end of a row that the row has no room for.

    LibreOffice writes them behind a table in a table, and reading them again it widens the grid for them.
    """
    pieces, end = [], 0
    borders = cells = 0
    inside = False
    for found in _ROW.finditer(data):
        kind = found.lastgroup
        if kind in ("inner", "outer"):
            inside = kind == "inner"
        elif inside:
            continue
        elif kind == "begin":
            borders = 0
        elif kind == "border":
            borders += 1
        elif kind == "cell":
            cells += 1
        else:
            surplus = cells - borders if borders else 0
            if surplus > 0:
                start = max(end, found.start() - _LOOK_BACK)
                run = _LAST_CELLS.search(data[start : found.start()])
                spare = min(surplus, run[0].count(b"\\cell") - 1) if run else 0
                if run and spare > 0:
                    kept = run[0].count(b"\\cell") - spare
                    pieces += [data[end : start + run.start()], b"\\cell" * kept]
                    end = found.start()
            cells = 0
    return b"".join([*pieces, data[end:]]) if pieces else data
