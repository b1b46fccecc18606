"""Tables: rows → activities, meetings with their agenda, headings and months that hold for rows below."""

from __future__ import annotations

from msgspec.structs import replace

from extractor.model.outline import Band, Cell, Grid, Part
from extractor.model.passage import EMPTY, Passage
from extractor.model.plan import Activity, Labelled, Participant
from extractor.parse.agenda_table import AgendaRows
from extractor.parse.context import Above, Context
from extractor.parse.events import Event, events_by_numbers, split_events
from extractor.parse.ground import ground_all
from extractor.parse.matrix import one_stretch
from extractor.parse.places import base_of
from extractor.parse.row_values import CLOSING, RowValues, said_in
from extractor.parse.rows import RowView, Sections, section_heading
from extractor.parse.sittings import Sitting
from extractor.values.marks import read_mark, read_number
from extractor.vocabulary.folding import fold


class TableParser:
    """Reads the plan's tables one after another; gathers activities and meetings."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.activities: list[Activity] = []
        self.meetings: list[Sitting] = []
        self._sitting: Sitting | None = None
        self._rule = "table"
        self._agenda = AgendaRows(context)
        self._sections = Sections()  # that hold on in a table going on
        self._under: Above | None = None  # the day or month that dates the rows of a table going on
        self._theme_above = EMPTY  # of the meeting that the next row announces
        self._section: Cell | None = None  # the last cell of a column of sections

    def read(self, part: Part, caption: Passage, *, of_meetings: bool = False) -> None:
        """The rows of one table under its caption; `of_meetings`: it says that they are meetings."""
        assert part.table is not None
        self._agenda = AgendaRows(self._context, of_meetings=of_meetings)
        self._rule = part.rule
        sections, under = Sections(caption), self._context.above(caption) if caption else None
        if under is not None:
            sections = Sections()
        elif not caption and not any(band.heading for band in part.table.bands):
            under, sections = self._under, self._sections
        self._sections = sections
        self._context.begin_list()
        self._section = None
        before: RowView | None = None
        for band in part.table.bands:
            for title in band.heading:
                self._context.label(title, "column_heading")
            agenda_only = self._sitting is not None and self._is_agenda_band(band)
            if not agenda_only and band.heading:
                self._sitting = None if before is None or not agenda_only else self._sitting
            goals = self._goals_stand_over(band)
            for row in band.rows:
                view = RowView(row, band, before)
                for cell in view.dittos:
                    self._context.label(cell.text)
                if not view.filled() and not view.dittos:
                    continue
                heading = section_heading(view, self._context)
                month = self._month(heading)
                if month is not None:
                    under = self._under = month
                    continue
                if heading is not None and self._theme_stands_over(heading):
                    continue
                if heading is not None and not self._meeting_row(view):
                    self._heading(heading, view, sections)
                    before = None
                    continue
                sections.row()
                self._row(view, sections, part.table, under, goals, agenda_only)
                before = view

    def read_agenda(self, part: Part, sitting: Sitting) -> None:
        """The rows of a table that holds the questions of one announced meeting."""
        assert part.table is not None
        AgendaRows(self._context).nested(part.table, sitting)

    def _is_agenda_band(self, band: Band) -> bool:
        roles = {role for column in band.columns for role in column.roles}
        return "agenda" in roles and "dates" not in roles

    def _goals_stand_over(self, band: Band) -> bool:
        """Whether cells of the column of aims stand over several events."""
        for row in band.rows:
            view = RowView(row, band)
            aim, text = view.cell("purpose"), view.cell("text")
            if aim is None or text is None or aim.column > text.column:
                continue
            if (
                aim.row_span > 1
                or len(split_events(text.lines, self._context, terms=self._count_terms(view))) > 1
            ):
                return True
        return False

    def _count_terms(self, view: RowView) -> int:
        cell = view.cell("dates")
        return len(self._context.dates(cell.text)) if cell else 0

    def _month(self, heading: Passage | None) -> Above | None:
        """A heading row that is only a month or a day: it dates the rows below."""
        found = self._context.above(heading) if heading is not None else None
        if found is not None and heading is not None:
            self._context.label(heading)
        return found

    def _theme_stands_over(self, heading: Passage) -> bool:
        """«Тема: «…»» across the table, over the row that announces the meeting; False for any other heading."""
        found = self._context.senses.words.in_meeting.match(fold(heading.text), typos=False)
        behind = heading.text[found.end :].lstrip() if found is not None else ""
        if found is None or found.kind != "theme" or not behind.startswith(":") or self._sitting_open():
            return False
        colon = heading.text.index(":") + 1
        self._context.label(heading.cut(0, colon))
        self._theme_above = heading.cut(colon)
        return True

    def _sitting_open(self) -> bool:
        """Whether a meeting has been announced that has neither theme nor questions yet."""
        sitting = self._sitting
        return sitting is not None and sitting.theme is None and not sitting.agenda

    def _heading(self, heading: Passage, view: RowView, sections: Sections) -> None:
        bold = any(line.block.bold > 0.6 for cell in view.filled() for line in cell.lines)
        sections.add(heading, bold)
        self._section = None
        self._context.begin_list()
        self._context.label(heading)
        self._sitting = None

    def _meeting_row(self, view: RowView) -> bool:
        filled = view.filled()
        return bool(filled) and self._announces(filled[-1])

    def _announces(self, cell: Cell) -> bool:
        return bool(cell.lines) and self._context.senses.meetings.read(cell.lines[0].whole.text) is not None

    def _matrix(self, view: RowView, sections: Sections, grid: Grid) -> None:
        """The events of each cell, by the row's term and the column's week or group."""
        context = self._context
        term = view.cell("dates")
        above = context.above(term.text) if term is not None else None
        dates = context.dates(term.text) if term is not None else ()
        kind = view.own("section")
        section = sections.texts()
        if kind is not None:
            section = (*section, kind.text.text)
            context.label(kind.text)
        for cell in view.row.cells:
            heads = [h for c, h in self._heads(view) if cell.column <= c < cell.column + cell.col_span]
            if cell.empty or not heads:
                continue
            if self._announces(cell):
                self.meetings.append(self._agenda.in_cell(cell, dates))
                continue
            weeks = (
                tuple(d for h in heads for d in context.dates(h, above))
                if context.senses.is_term(heads[0].text)
                else ()
            )
            weeks = one_stretch(weeks)
            groups = () if weeks else tuple(replace(p, by="matrix_heading") for h in heads for p in context.participants(h))
            for event in split_events(cell.lines, context, each_line=True):
                if event.mark:
                    context.label(event.mark, "number")
                made = self._activity(
                    event,
                    0,
                    RowValues(view, context, None, cell, 1, skip_aim=True),
                    section,
                    None,
                    1,
                    grid,
                )
                finer = (
                    made.dates
                    if made.dates and made.dates != dates and made.dates[0].precision == "day"
                    else weeks or dates
                )
                self.activities.append(
                    replace(made, dates=finer, participants=made.participants + groups, by="matrix_cell")
                )

    def _heads(self, view: RowView) -> list[tuple[int, Passage]]:
        """The heading of each matrix column."""
        by_text = {heading.text: heading for heading in view.band.heading}
        return [
            (c.index, by_text[c.heading])
            for c in view.band.columns
            if "matrix" in c.roles and c.heading in by_text
        ]

    def _row(
        self,
        view: RowView,
        sections: Sections,
        grid: Grid,
        under: Above | None,
        goals: bool,
        agenda_only: bool,
    ) -> None:
        if view.column("matrix") is not None:
            self._matrix(view, sections, grid)
            return
        agenda = self._agenda
        if agenda_only and self._sitting is not None:
            agenda.item(view, self._sitting)
            return
        opened = self._sitting is not None and self._sitting.over_rows and not self._sitting.agenda
        sitting = agenda.meeting(view, under) if not opened or agenda.announces(view) else None
        if sitting is not None:
            if self._theme_above and sitting.theme is None:
                sitting.theme = self._theme_above.text
                sitting.claim(self._theme_above)
            self._theme_above = EMPTY
            self.meetings.append(sitting)
            self._sitting = sitting
            return
        if self._sitting is not None and agenda.goes_on(view, self._sitting):
            agenda.item(view, self._sitting)
            return
        self._sitting = None
        self._activities(view, sections, grid, under, goals)

    def _activities(
        self, view: RowView, sections: Sections, grid: Grid, under: Above | None, goals: bool
    ) -> None:
        section = sections.texts()
        aim = view.cell("purpose") if goals else None
        if aim is not None:
            if aim.row == view.row.number:
                column = view.column("purpose")
                label = column.heading if column else None
                self._context.goals.append(Labelled(label=label, text=aim.text.text, at=aim.text.at()))
            section = (*section, aim.text.text)
        main = view.cell("text") or view.cell("theme") or view.cell("agenda")
        head = view.cell("section") or (self._section if main is not None else None)
        self._section = head
        number, number_at = _row_number(view)
        if head is not None and main is None:
            main, head = head, None
        elif head is not None and read_number(head.text.text):
            number, number_at = read_number(head.text.text), head.text
        elif head is not None:
            section = (*section, head.text.text)
            if number is None and head in view.row.cells:
                mark, _ = read_mark(head.text)
                number = mark.number if mark else None
        if main is None:
            main = max(view.filled(), key=lambda c: len(c.text.text), default=None)
            if main is None or main.empty or number_at and main.text is number_at:
                self._context.label(number_at, "number")
                return
        if number_at:
            self._context.label(number_at, "number")
        self._events(view, main, section, number, grid, under, skip_aim=aim is not None)

    def _events(
        self, view: RowView, main: Cell, section: tuple[str, ...], number: str | None, grid: Grid,
        under: Above | None, *, skip_aim: bool,
    ) -> None:  # fmt: skip
        context = self._context
        events = split_events(
            main.lines, context, terms=self._count_terms(view), each_line=self._line_is_event(view)
        )
        numbers = view.own("number")
        apart = events_by_numbers(numbers.lines, main.lines) if numbers is not None else []
        if apart:
            events, number = apart, None
            for line in numbers.lines if numbers is not None else ():
                context.label(line.whole, "number")
        row = RowValues(view, context, under, main, len(events), skip_aim=skip_aim)
        for place, event in enumerate(events):
            if event.mark:
                context.label(event.mark, "number")
            for words in (event.form, event.over, event.over_mark):
                context.label(words)
            self.activities.append(self._activity(event, place, row, section, number, len(events), grid))

    def _line_is_event(self, view: RowView) -> bool:
        """In a table without numbers whose terms are months, each line of a cell is an event."""
        cell = view.cell("dates")
        if view.column("number") is not None or cell is None:
            return False
        dates = self._context.senses.dates.find(cell.text.text, self._context.years)
        return len(dates) == 1 and dates[0].precision in (
            "month",
            "term",
            "season",
            "quarter",
            "holidays",
            "school_year",
            "half_year",
        )

    def _activity(
        self,
        event: Event,
        place: int,
        row: RowValues,
        section: tuple[str, ...],
        number: str | None,
        count: int,
        grid: Grid,
    ) -> Activity:
        context = self._context
        text = event.text
        said = said_in(text, context, row)
        form = context.senses.forms.read(text.text[said.start :])
        where = row.place_for(place)
        own_place, stop = base_of(text.cut(0, said.stop), context) if where is None else (None, said.stop)
        own_place = own_place or said.place
        start = said.start + (form.topic if form and not form.whole else 0)
        topic = text.cut(start, max(start, stop)).strip(CLOSING)
        people: list[Participant] = []
        for line in event.people:
            if line.mark:
                context.label(line.mark.at, "number")
            people.extend(context.participants(line.body))
        named = (
            event.form.strip(CLOSING).text if event.form else (form.name if form and not form.whole else None)
        )
        return Activity(
            number=(
                number
                if number is not None and (count == 1 or place == 0 and event.number is None)
                else event.number
            ),
            section=(*section, event.over.strip(" :").text) if event.over else section,
            text=text.text,
            topic=topic.text or text.text,
            form=row.form or named,
            purpose=row.purpose,
            participants=row.participants + tuple(people),
            dates=said.dates or row.dates_for(place),
            place=where or own_place,
            responsible=row.responsible_for(place) or said.people,
            result=row.result,
            schools=ground_all(context.senses.schools.find(text.text[:stop]), text) + row.schools,
            extra=row.extra,
            by=self._rule if count == 1 else f"{self._rule}_several",
            table=grid.number if grid.number > 0 else None,
            row=row.view.row.number,
            at=text.at() + row.at,
        )


def _row_number(view: RowView) -> tuple[str | None, Passage]:
    """The number in the row's number cell, typed or made by Word."""
    cell = view.own("number")
    if cell is not None:
        return read_number(cell.text.text), cell.text
    column = view.column("number")
    if column is not None:
        for candidate in view.row.cells:
            if candidate.column == column.index and candidate.label:
                return read_number(candidate.label), EMPTY
    return None, EMPTY
