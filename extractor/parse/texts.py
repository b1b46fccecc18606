"""Headed parts: themes and goals (a text each), tasks and other lists (an entry an item)."""

from __future__ import annotations

import re

from extractor.model.outline import Line, Mark, Part
from extractor.model.passage import Passage, join
from extractor.model.plan import Labelled, Text
from extractor.parse.context import Context
from extractor.parse.sittings import split_inline
from extractor.values.marks import read_mark


def entries(part: Part, *, one_text: bool = False) -> list[Passage]:
    """The wording of each entry, marks left out, wrapped lines joined."""
    if len(part.lines) == 1:
        marked_pieces = _pieces(part)
        if len(marked_pieces) > 1:
            return [body for _, body in marked_pieces]
        pieces = _by_semicolons(part.lines[0].body) if not one_text else []
        if len(pieces) > 1:
            return pieces
    groups: list[list[Line]] = []
    marked = any(line.mark for line in part.lines)
    low = all(line.first and line.text[:1].islower() for line in part.lines)
    high = len(part.lines) > 2 and all(line.text[:1].isupper() for line in part.lines)  # no line is the end of another
    for line in part.lines:
        starts = line.mark is not None or not groups
        if one_text and not starts and not marked:
            starts = line.first and groups[-1][-1].text.rstrip().endswith(";")
        if not marked and not one_text and not starts:
            before = groups[-1][-1].text.rstrip()
            starts = (
                high or before.endswith((";", ".", "!", "»")) or line.first and (low or not line.text[:1].islower())
            )
        if starts:
            groups.append([line])
        else:
            groups[-1].append(line)
    return [join([group[0].body, *(line.whole for line in group[1:])]) for group in groups]


def _pieces(part: Part) -> list[tuple[Mark | None, Passage]]:
    """The pieces of a part of one line, «1) …; 2) …», each with its mark; nothing for more lines."""
    return [read_mark(piece) for piece in split_inline(part.lines[0].whole)] if len(part.lines) == 1 else []


def _by_semicolons(line: Passage) -> list[Passage]:
    """«повышать …; внедрять …; развивать …» on one line as entries, each with its sign."""
    text = line.text
    cuts = [m.end() for m in re.finditer(r";\s+(?=[а-яё])", text)]
    if len(cuts) < 2:
        return [line]
    return [line.cut(a, b) for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def labelled(part: Part, context: Context, *, one_text: bool = False) -> tuple[Labelled, ...]:
    """The part's entries under its label."""
    context.label(part.label)
    for line in part.lines:
        if line.mark and line.mark.at:
            context.label(line.mark.at, "number")
    for mark, _ in _pieces(part)[1 if part.lines and part.lines[0].mark else 0 :]:
        if mark is not None:
            context.label(mark.at, "number")
    label = part.label.strip(" :.–—-").text or None
    return tuple(Labelled(label=label, text=p.text, at=p.at()) for p in entries(part, one_text=one_text) if p)


def plain(part: Part, context: Context) -> tuple[Text, ...]:
    """The part's entries without a label."""
    return tuple(Text(text=entry.text, at=entry.at) for entry in labelled(part, context))
