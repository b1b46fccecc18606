"""What the cells of a row besides its wording say: terms, people, place, result; and what the wording itself says."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.model.outline import Cell
from extractor.model.passage import Passage, join
from extractor.model.plan import At, Date, Participant, Place, School
from extractor.parse.context import Above, Context
from extractor.parse.ground import ground_all
from extractor.parse.lists import tail_of
from extractor.parse.places import place_and_terms
from extractor.parse.row_speakers import with_schools
from extractor.parse.rows import RowView, row_dates
from extractor.values.speakers import OF_CLASSES

CLOSING = " .;,:–—-"


class Said(NamedTuple):
    """What an event's own wording says besides its topic, where the table has no column for it."""

    start: int  # of the topic
    stop: int
    dates: tuple[Date, ...]
    people: tuple[Participant, ...]
    place: Place | None


def said_in(text: Passage, context: Context, row: RowValues) -> Said:
    """«19.03 – Мастер-класс … (Камнева А.Б.)»: term before the dash, people and term in the brackets behind."""
    roles = {role for column in row.view.band.columns for role in column.roles}
    topic, dates, people, place = tail_of(text, context)
    people = tuple(person for person in people if not OF_CLASSES.fullmatch(person.text))
    answered = bool(roles & {"responsible", "speakers"} or row.responsible_for(0))
    if not dates and not people and place is None and not answered:
        end, named = context.senses.people.trailing_speakers(text.text)
        alone = not context.senses.people.find_names(text.text[:end])  # several projects, each with its leader
        if alone and any(person.kind == "person" for person in named):
            topic, people = text.cut(0, end), ground_all(named, text)
    if not dates and not people and place is None or len(topic.text) < 3:
        return Said(0, len(text.text), (), (), None)
    start = text.text.find(topic.text)
    if answered:
        people, place = (), None
    if row.dates_for(0) and not _finer(dates, row.dates_for(0)):
        dates = ()
    if roles & {"place", "school"} or row.place:
        place = None
    if not dates and not people and place is None:
        return Said(0, len(text.text), (), (), None)
    return Said(start, start + len(topic.text), dates, people, place)


_EXACT = {"day": 3, "deadline": 3, "week": 2, "range": 2, "month": 1, "on_request": 3, "recurring": 3, "unknown": 3}


def _finer(dates: tuple[Date, ...], others: tuple[Date, ...]) -> bool:
    """Whether a day or month in the wording is more exact than the month, quarter or year of the row."""
    if not dates or dates[0].precision not in ("day", "deadline", "week", "range", "month"):
        return False
    return _EXACT[dates[0].precision] > _EXACT.get(others[0].precision, 0)


class RowValues:
    """What the other cells of a row say, for one event or several."""

    def __init__(
        self, view: RowView, context: Context, under: Above | None, main: Cell, count: int, *, skip_aim: bool
    ) -> None:
        self.view, self._context, self._under, self._count = view, context, under, count
        self.at: At = ()
        self.extra: dict[str, str] = {}
        self.place: Place | None = None
        self.form: str | None = None
        self.purpose: str | None = None
        self.result: str | None = None
        self.participants: tuple[Participant, ...] = ()
        self.schools: tuple[School, ...] = ()  # that take part, where they are several
        self._dates: tuple[Date, ...] = ()
        self._responsible: list[tuple[Participant, ...]] = []
        self._people_lines: list[tuple[Participant, ...]] = []
        self._places: list[Place | None] = []
        self._school: Cell | None = None
        self._school_of = False  # the column of schools stands right behind one of people
        for column in view.band.columns:
            cell = next((view.cell(role) for role in column.roles), None) if column.roles else None
            if cell is None or cell is main or cell.empty:
                continue
            self._take(column.roles, column.heading, cell, skip_aim)
        self._ticked()
        week, month = view.cell("week"), view.cell("dates")
        if week is not None:
            weeks = context.week(week.text, context.above(month.text) if month is not None else under)
            self._dates = weeks or self._dates
        if under is not None and not self._dates:
            self._dates = under.dates
        self._schools_of_people()

    def _take(self, roles: tuple[str, ...], heading: str, cell: Cell, skip_aim: bool) -> None:
        context, text = self._context, cell.text
        role = roles[0]
        if "dates" in roles:
            self._dates = row_dates(self.view, context, self._under) or context.dates(text, self._under)
            if len(roles) > 1 or not self._dates or not context.senses.is_term(text.text):
                self._beside_dates(text, heading, roles)
        elif role in ("responsible", "speakers", "member"):
            self._responsible = [context.participants(text)]
            if self._count > 1 and len(cell.lines) == self._count:
                self._people_lines = [context.participants(line.whole) for line in cell.lines]
        elif role == "participants":
            self.participants = context.participants(text) or _classes(text)
            several = context.schools(text)
            if len(several) > 1 and all(p.kind == "organisation" and not p.school for p in self.participants):
                self.schools = several  # «СОШ 1, 4»
        elif role == "school":
            self._school, self._school_of = cell, self._people_beside(cell)
        elif role == "place":
            where, when = (text, ()) if self.view.column("dates") else place_and_terms(text, context)
            self.place = context.place(where)
            self._dates = when or self._dates
            faced = self._count > 1 and len(cell.lines) == self._count and not when
            if faced and all(context.senses.is_place(line.whole.text) for line in cell.lines):
                self._places = [context.place(line.whole) for line in cell.lines]
        elif role == "result":
            self._claim(text)
            self.result = text.text
        elif role == "purpose" and not skip_aim:
            self._claim(text)
            self.purpose = text.text
        elif role == "form":
            self._claim(text)
            self.form = text.strip(" .;").text
        elif role not in (
            "matrix",
            "week",
            "when",
            "number",
            "meeting_number",
            "section",
            "purpose",
            "text",
            "theme",
            "agenda",
        ):
            self._claim(text)
            name = heading or "без названия"
            self.extra[name] = f"{self.extra[name]} {text.text}" if name in self.extra else text.text

    def _ticked(self) -> None:
        """«+» in a column that is headed by a term: then; days in a column headed by a month: those days."""
        context, heads = self._context, {h.text: h for h in self.view.band.heading}
        seen: set[int] = set()
        for column in self.view.band.columns:
            cell = self.view.at(column.index)
            if "when" not in column.roles or cell is None or column.heading not in heads:
                continue
            head = heads[column.heading]
            if _TICK.fullmatch(cell.text.text.strip()):
                self._dates += context.dates(head) or context.month(head)
                if any(c.isalnum() for c in cell.text.text) and id(cell) not in seen:
                    context.label(cell.text)
            elif id(cell) not in seen and not cell.empty:
                found = context.dates(cell.text, context.above(head))
                self._dates += found
                if not found:
                    self._claim(cell.text)
                    self.extra[column.heading] = cell.text.text
            seen.add(id(cell))

    def _people_beside(self, cell: Cell) -> bool:
        before = [c for c in self.view.band.columns if c.index < cell.column]
        return bool(before) and bool(set(before[-1].roles) & {"responsible", "speakers", "member"})

    def _schools_of_people(self) -> None:
        """A column of schools belongs to the people of the row; without people it is the place."""
        if self._school is None:
            return
        people = self.responsible_for(0)
        schools = self._context.schools(self._school.text, bare=True)
        if schools and self._school_of and any(p.kind == "person" for p in people):
            self._responsible = [with_schools(people, schools)]
        elif self.place is None:
            self.place = self._context.place(self._school.text)

    def _claim(self, text: Passage) -> None:
        self.at = self.at + text.at()

    def _beside_dates(self, text: Passage, heading: str, roles: tuple[str, ...]) -> None:
        """What a cell of terms holds besides terms: a place, a form, or words kept under the heading."""
        taken = [(s.block, s.start, s.end) for d in self._dates for s in d.at]
        rest = leftover(text, taken)
        if not any(c.isalpha() for c in rest.text):
            return
        form = self._context.senses.forms.find(rest.text)
        if self._context.schools(rest, bare=True) or ("place" in roles and not form):
            self.place = self.place or self._context.place(rest.strip(" .,;-–—()"))
        elif form and self.form is None and len(rest.text) < 60:
            self.form = form
            self._claim(rest)
        elif self._dates or "place" in roles:
            self._claim(rest)
            self.extra[heading or "Сроки"] = text.text
        else:
            self._claim(rest)
            self.extra[heading or "Сроки"] = text.text

    def dates_for(self, place: int) -> tuple[Date, ...]:
        """All the row's terms for one event or one term; else one each, where they face one another."""
        if self._count == 1 or len(self._dates) <= 1:
            return self._dates
        if len(self._dates) == self._count:
            return (self._dates[place],)
        if place == 0:
            spans = tuple(s for d in self._dates for s in d.at)
            self._context.notes.append(("dates-not-aligned", spans, str(self._count)))
        return self._dates if place == 0 else ()

    def place_for(self, place: int) -> Place | None:
        """The row's place; where as many lines of places face as many events, each line's own."""
        return self._places[place] if len(self._places) == self._count > 1 else self.place

    def responsible_for(self, place: int) -> tuple[Participant, ...]:
        """All who answer for the row; where as many lines of people face as many events, each line's own."""
        if self._count > 1 and len(self._people_lines) == self._count:
            return self._people_lines[place]
        return tuple(p for group in self._responsible for p in group)


_TICK = re.compile(r"[+*✓✔√•xхvXХV●■☑]{1,3}")
_CLASSES = re.compile(r"\d{1,2}(?:\s*[,–-]\s*\d{1,2})*")


def _classes(text: Passage) -> tuple[Participant, ...]:
    """«8-11» in a column of who takes part: classes, without the word."""
    if not _CLASSES.fullmatch(text.text.strip()):
        return ()
    return (Participant(kind="group", text=text.text, by="classes_by_number", at=text.at()),)


def leftover(text: Passage, taken: list[tuple[int, int, int]]) -> Passage:
    """The passage without the letters of these places."""
    pieces, start = [], 0
    covered = _covered(text, taken)
    for index in range(len(text.text) + 1):
        if index == len(text.text) or covered[index]:
            if index > start:
                pieces.append(text.cut(start, index))
            start = index + 1
    return join(piece.strip(" ,;.-–—") for piece in pieces)


def _covered(text: Passage, taken: list[tuple[int, int, int]]) -> bytearray:
    """For each letter of the passage 1 where one of these places holds it."""
    letters: dict[int, set[int]] = {}
    for block, start, end in taken:
        letters.setdefault(block, set()).update(range(start, end))
    covered = bytearray(len(text.text))
    ends = [offset for offset, _, _ in text.pieces[1:]] + [len(text.text)]
    for (offset, block, place), end in zip(text.pieces, ends, strict=True):
        held = letters.get(block, set())
        for index in range(offset, end):
            covered[index] = place + index - offset in held
    return covered
