"""The walk over the document: asks the rules for each line, opens and closes parts."""

from __future__ import annotations

import re
from collections import Counter

from msgspec.structs import replace

from extractor.model.outline import Grid, Line, Outline, Part
from extractor.model.passage import EMPTY
from extractor.model.source import Source
from extractor.segment.front_rules import is_association, title_dated
from extractor.segment.grids import make_grids
from extractor.segment.labels import LISTS, TEXTS
from extractor.segment.lines import block_lines
from extractor.segment.loose import read_loose
from extractor.segment.loose_cells import read_loose_cells
from extractor.segment.meeting_rules import is_dated_event, labelled_meeting
from extractor.segment.part_rules import heads_table, is_strong
from extractor.segment.rules import RULES
from extractor.segment.state import Opening, State, Unit
from extractor.segment.tab_rows import read_tab_rows
from extractor.segment.tables import TableReader
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold

_MEETING_ENDS = {
    "approval",
    "section",
    "table",
    "themes",
    "results",
    "members",
    "head",
    "title",
    "caption",
    "signature",
    "activities",
}
_PHONE = re.compile(r"\d[\d\s()-]{5,}\d|тел\.|e-mail", re.IGNORECASE)
_MEETS = re.compile(r"(?<![а-я])(?:заседани|повестк|слушали)")
_MARKED_LISTS = {*LISTS, *TEXTS}


class Walk:
    """One pass over one document."""

    def __init__(self, source: Source, senses: Senses, *, explain: bool = False) -> None:
        self._source, self._senses, self._explain = source, senses, explain
        self._grids = make_grids(source.blocks)
        self._tables = TableReader(senses)
        self._state = State(units=self._units())
        self._state.announced = self._announced()
        self._state.repeated = self._repeated()
        self._state.meets = self._meets()
        self._state.eventful = self._eventful()

    def _units(self) -> list[Unit]:
        """Lines and tables in reading order; headers, footers, notes stay outside."""
        units: list[Unit] = []
        seen: set[int] = set()
        for block in self._source.blocks:
            if block.part not in ("body", "textbox"):
                continue
            if block.table is None:
                units.extend(block_lines(block))
            elif block.table not in seen:
                seen.add(block.table)
                grid = self._grids[block.table]
                if grid.inside is None or grid.inside[0] not in self._grids:
                    units.append(grid)
        return units

    def _announced(self) -> bool:
        """Whether a line of the document announces a meeting by name."""
        meetings = self._senses.meetings
        return any(
            isinstance(u, Line) and len(u.text) < 300 and meetings.read(u.text) for u in self._state.units
        )

    def _meets(self) -> bool:
        """Whether the document speaks of an association, of meetings or of their agenda."""
        lines = [u.text for u in self._state.units if isinstance(u, Line)]
        return any(_MEETS.search(fold(text)) for text in lines) or any(
            is_association(fold(text), self._senses) for text in lines[:30] if len(text) < 300
        )

    def _eventful(self) -> bool:
        """Whether forms with dates stand over numbered questions where meetings might be announced."""
        if self._state.announced or not self._state.meets:
            return False
        lines = self._state.units
        over = (
            isinstance(a, Line) and isinstance(b, Line) and b.mark is not None and b.mark.number == "1" and is_dated_event(a, self._senses)
            for a, b in zip(lines, lines[1:], strict=False)
        )
        return sum(over) > 1

    def _repeated(self) -> frozenset[str]:
        """The kinds of labels that this author gives to several meetings («Ожидаемый результат: …»)."""
        words = self._senses.words.in_meeting
        found = (words.match(fold(u.body.text), typos=False) for u in self._state.units if isinstance(u, Line))
        counts = Counter(label.kind for label in found if label is not None)
        return frozenset(kind for kind, count in counts.items() if count > 1)

    def outline(self) -> Outline:
        """The parts in reading order, page furniture last."""
        state = self._state
        while state.place < len(state.units):
            unit = state.units[state.place]
            if isinstance(unit, Grid):
                self._table(unit)
            else:
                self._line(unit)
            state.place += 1
        parts = [*state.parts]
        for block in self._source.blocks:
            if block.part in ("header", "footer") and block.text:
                parts.append(Part(f"page_{block.part}", "furniture", EMPTY, tuple(block_lines(block))))
        return Outline(tuple(parts))

    def _line(self, line: Line) -> None:
        state = self._state
        cells = read_loose_cells(state, self._senses) if line.block.table is None else None
        if cells is not None:
            self._table(cells[0])
            state.place += cells[1] - 1
            return
        loose = read_loose(state, self._senses) if line.block.table is None else None
        if loose is not None:
            self._add(Part("table", "loose_table", EMPTY, (), loose[0]))
            state.place += loose[1] - 1
            return
        tabbed = read_tab_rows(state, self._senses) if "\t" in line.block.text else None
        if tabbed is not None:
            self._table(tabbed[0])
            state.place += tabbed[1] - 1
            return
        if state.kind == "title" and self._completes_title(line):
            self._append(line)
            return
        if labelled_meeting(line, state, self._senses):
            self._open(Opening("meeting"), "labelled_meeting")
        if not state.meeting and line.mark is not None and line.mark.kind == "roman":
            state.chapters = True
        if not state.meeting and line.mark is not None and line.mark.kind == "decimal" and is_strong(line):
            state.chapter = int(line.mark.number or 0)
        for place, rule in enumerate(RULES):
            opening = rule(line, state, self._senses)
            if opening is not None:
                beside = self._runner_up(line, place + 1) if self._explain else None
                self._open(opening, rule.__name__)
                state.parts[-1] = replace(state.parts[-1], runner_up=beside)
                return
        if state.parts and self._continues(line):
            self._append(line)
        else:
            kind = "prose" if state.titled else "front"
            if state.kind == kind and state.parts:
                self._append(line)
            else:
                self._open(Opening(kind, line=line), kind)

    def _runner_up(self, line: Line, place: int) -> str | None:
        """What the rules behind the one that answered would have made of the line."""
        for rule in RULES[place:]:
            opening = rule(line, self._state, self._senses)
            if opening is not None:
                return f"{rule.__name__} → {opening.kind}"
        return None

    def _open(self, opening: Opening, rule: str) -> None:
        state = self._state
        lines: tuple[Line, ...] = (opening.line,) if opening.line is not None else ()
        if opening.kind == "title" and lines and lines[0].text[:1].islower() and not lines[0].block.gap:
            lines = (*self._line_above(), *lines)
        state.parts.append(Part(opening.kind, rule, opening.label, lines, None, opening.misspelt))
        mark = lines[0].mark if lines else None
        number = int(mark.number) if mark and mark.kind == "decimal" and mark.number else None
        if opening.kind == "item":
            state.item = number or state.item + 1
        if opening.kind == "meeting":
            state.meeting, state.item = True, 0
            state.numbered = number is not None
            found = self._senses.meetings.read(lines[0].whole.text) if lines else None
            state.sitting = (found.number if found else None) or number or state.sitting + 1
        elif opening.kind in _MEETING_ENDS:
            state.meeting = False
        state.titled = state.titled or opening.kind == "title"
        state.begun = state.begun or opening.kind in (
            *_MARKED_LISTS,
            "meeting",
            "section",
            "table",
            "caption",
        )
        state.kind = "closed" if opening.single else opening.kind
        state.count = len(lines)
        state.mark = lines[0].mark.kind if lines and lines[0].mark else None
        state.marked = state.mark is not None

    def _line_above(self) -> tuple[Line, ...]:
        """The last line above a title that begins in the middle of a sentence («Тематика заседаний»)."""
        parts = self._state.parts
        if not parts or parts[-1].kind != "front" or not parts[-1].lines:
            return ()
        last = parts[-1].lines[-1]
        kept = parts[-1].lines[:-1]
        parts[-1:] = [replace(parts[-1], lines=kept)] if kept else []
        return (last,)

    def _append(self, line: Line) -> None:
        state = self._state
        last = state.parts[-1]
        state.parts[-1] = replace(last, lines=(*last.lines, line))
        state.count += 1
        if line.mark:
            state.mark, state.marked = line.mark.kind, True

    def _continues(self, line: Line) -> bool:
        """Whether a line that no rule claimed goes on with the open part."""
        state = self._state
        last = state.parts[-1].lines[-1] if state.parts[-1].lines else None
        if state.kind in ("approval", "front", "title", "prose"):
            return state.kind != "title" or self._title_goes_on(line)
        if state.kind in _MARKED_LISTS:
            return self._list_goes_on(line, last)
        if state.kind == "planned" or state.kind.startswith("detail"):
            return line.mark is None
        if state.kind == "item":
            return line.mark is None or line.mark.kind in ("bullet", "letter")
        if state.kind.startswith("meeting") or state.kind == "speaker":
            return (
                last is None
                or not line.first
                or line.text[:1].islower()
                or not last.text.rstrip().endswith((".", "»", "!", "?"))
            )
        return (
            state.kind == "signature"
            and line.mark is None
            and state.count < 4
            and not line.text.strip().isdigit()
            and ("__" in line.text or bool(_PHONE.search(line.text)) or not line.text[:1].isalpha())
        )

    def _completes_title(self, line: Line) -> bool:
        """«на 2018-2019 уч. год» under the first lines of a title."""
        dates = self._senses.dates
        if line.mark or len(line.text) > 60 or title_dated(self._state, self._senses):
            return False
        return bool(dates.find_school_years(line.text) or dates.find_calendar_year(line.text))

    def _title_goes_on(self, line: Line) -> bool:
        state = self._state
        if state.count >= 8 or len(line.text) > 400 or line.mark:
            return False
        lines = state.parts[-1].lines
        if not title_dated(state, self._senses):
            return not (
                lines[-1].text.rstrip().endswith(".")
                or line.block.gap
                and line.block.align != lines[0].block.align
            )
        return line.text[:1].islower() and line.block.gap == 0

    def _list_goes_on(self, line: Line, last: Line | None) -> bool:
        """An item of the list, a wrapped line of one, or the first line under the label."""
        state = self._state
        if last is None or line.mark is not None:
            chapter = line.mark is not None and line.mark.kind == "roman" and not state.marked
            return last is None or not chapter and not heads_table(line, state)
        if state.marked:
            return line.text[:1].islower() or not line.first
        if state.kind in TEXTS:
            return line.text[:1].islower() or (
                line.block.gap == 0
                and not last.text.rstrip().endswith((".", "!", "?", "»"))
                and not line.block.heading
            )
        return not line.first or line.block.gap == 0 or last.text.rstrip().endswith(";")

    def _add(self, part: Part) -> None:
        """A part that came whole."""
        state = self._state
        state.parts.append(part)
        state.begun, state.kind, state.count, state.marked, state.mark = (
            True,
            part.kind,
            len(part.lines),
            False,
            None,
        )
        if part.table is not None and not (state.meeting and self._tables.is_agenda(part.table)):
            state.meeting = False

    def _table(self, grid: Grid) -> None:
        """Layout tables are walked as lines, label tables give headed parts, others become tables."""
        state = self._state
        for part in self._tables.read(grid, state):
            if part.table is None and part.kind == "lines":
                state.card = part.rule == "card_table"
                for line in part.lines:
                    ahead, state.place = state.place, len(state.units)
                    self._line(line)
                    state.place = ahead
                state.card = False
                continue
            self._add(part)
        if state.parts and state.parts[-1].table is not None and state.parts[-1].kind == "meeting.table":
            state.kind = "meeting.table"
