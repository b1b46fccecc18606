"""The lines of a meeting's cell: theme, labels, questions with or without marks."""

from __future__ import annotations

import re

from msgspec.structs import replace

from extractor.model.outline import Line
from extractor.model.passage import Passage, join
from extractor.parse.context import Context
from extractor.parse.items import inline_items, make_item
from extractor.parse.sittings import Sitting, split_inline, when_and_where
from extractor.vocabulary.folding import fold


class CellLines:
    """Reads the lines of a cell into a meeting."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def read(self, lines: list[Line], sitting: Sitting) -> None:
        """The lines of a cell below the announcement: theme, labels, questions."""
        context = self._context
        if _quotes_theme(lines) and sitting.theme is None and not sitting.agenda:
            sitting.theme = lines[0].whole.text
            sitting.claim(lines[0].whole)
            lines = lines[1:]
        group: list[Line] = []
        marked = any(line.mark for line in lines)
        quoted = False  # a theme in quotes stands right behind its label, without a colon
        for line in lines:
            found = context.senses.words.in_meeting.match(fold(line.body.text), typos=False)
            colon = line.body.text.find(":")
            if (
                found
                and found.kind != "between"
                and not (line.mark and line.mark.kind == "decimal" and (colon < 0 or found.kind == "agenda"))
                and (
                    0 <= colon <= found.end + 30
                    or not line.body.text[found.end :].strip(" .")
                    or (quoted := found.kind == "theme" and line.body.text[found.end :].lstrip()[:1] == "«")
                )
            ):
                self._flush(group, sitting)
                group = []
                cut = colon + 1 if colon >= 0 else len(line.body.text)
                if quoted:
                    cut, quoted = found.end, False
                self.labelled(found.kind, line.body.cut(0, cut), line.body.cut(cut), sitting)
                continue
            if line.mark is None and group and (marked or _goes_on(line, group[-1])):
                group.append(line)
                continue
            if line.mark is None and marked and not group:
                self._preamble(line, sitting)
                continue
            self._flush(group, sitting)
            group = [line]
        self._flush(group, sitting)

    def _preamble(self, line: Line, sitting: Sitting) -> None:
        """A line between the announcement and the questions: the theme."""
        if when_and_where(line.whole, sitting, self._context):
            return
        dates = self._context.dates(line.whole)
        quoted = line.whole.text[:1] in "«\"“„"
        if dates and not quoted and self._context.senses.is_term(line.whole.text):
            sitting.dates.extend(dates)
        else:
            sitting.theme = f"{sitting.theme} {line.whole.text}" if sitting.theme else line.whole.text
        sitting.claim(line.whole)

    def labelled(self, kind: str, label: Passage, rest: Passage, sitting: Sitting) -> None:
        self._context.label(label)
        if not rest:
            return
        if kind == "theme":
            sitting.theme = rest.text
        elif kind == "date":
            sitting.dates.extend(self._context.dates(rest))
        elif kind == "place":
            sitting.stand(rest.strip(" ."), self._context)
            return
        elif kind == "form":
            sitting.form = rest.strip(" .").text
        elif kind == "agenda":
            sitting.agenda.extend(inline_items(split_inline(rest), self._context))
            return
        else:
            sitting.extra[label.strip(" :.").text] = rest.text
        sitting.claim(rest)

    def _flush(self, group: list[Line], sitting: Sitting) -> None:
        if not group:
            return
        pieces = split_inline(join(line.whole for line in group)) if len(group) == 1 else []
        if len(pieces) > 1:
            sitting.agenda.extend(inline_items(pieces, self._context))
            return
        mark = group[0].mark
        if (
            mark is not None
            and sitting.agenda
            and (
                sitting.agenda[-1].text.rstrip().endswith(":")
                and mark.kind != sitting.mark
                or mark.kind == sitting.nested != sitting.mark
            )
        ):
            sitting.nested = mark.kind
            context = self._context
            context.label(mark.at, "number")
            last = sitting.agenda[-1]
            added = join(
                line.whole if line.mark is None or line.mark.kind != "bullet" else line.body for line in group
            )
            sitting.agenda[-1] = replace(
                last,
                text=f"{last.text} {added.text}",
                topic=f"{last.text} {added.text}".strip(" .;"),
                at=last.at + added.at(),
            )
            return
        sitting.mark, sitting.nested = mark.kind if mark else None, None
        sitting.agenda.append(make_item(group, self._context, (), "cell_line"))


def _quotes_theme(lines: list[Line]) -> bool:
    """Whether the first line, and no other without a mark, is nothing but words in quotes."""
    plain = [line.whole.text.strip(" .") for line in lines if line.mark is None]
    if not plain or lines[0].mark is not None:
        return False
    return bool(re.fullmatch(r"[«\"“„].{4,250}[»\"”]", plain[0])) and not any(t[:1] in "«\"“„" for t in plain[1:])


def _goes_on(line: Line, before: Line) -> bool:
    """Whether a line without a mark goes on with the question above."""
    return line.text[:1].islower() or not line.first and before.text.rstrip().endswith((",", "–", "-", ":"))
