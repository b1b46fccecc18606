"""Meetings inside tables: a row that announces one, rows or cells that hold its questions."""

from __future__ import annotations

import re

from msgspec.structs import replace

from extractor.model.outline import Cell, Grid, Line
from extractor.model.plan import Date
from extractor.parse.cell_lines import CellLines
from extractor.parse.context import Above, Context
from extractor.parse.items import inline_items, make_item
from extractor.parse.meeting_cells import MeetingCells
from extractor.parse.places import place_and_terms
from extractor.parse.row_speakers import RowSpeakers
from extractor.parse.rows import RowView, row_dates
from extractor.parse.sittings import Sitting, announce, split_inline
from extractor.values.marks import read_number, roman_value
from extractor.vocabulary.folding import fold


class AgendaRows:
    """Reads rows of a table as meetings and as questions of an open meeting."""

    def __init__(self, context: Context, *, of_meetings: bool = False) -> None:
        self._context = context
        self._of_meetings = of_meetings
        self._cell = CellLines(context)
        self._cells = MeetingCells(context, self._cell)
        self._people = RowSpeakers(context)

    def meeting(self, view: RowView, under: Above | None) -> Sitting | None:
        """The meeting that the row is, or None."""
        cell = self._announcing(view)
        by_columns = cell is None and self._is_meeting_row(view)
        if cell is None and not by_columns:
            return None
        sitting = self._start(view, cell)
        if sitting is None:
            return None
        sitting.row = view.row.number
        number = view.own("number")
        if number is not None and number is not cell and cell is not None:
            self._context.label(number.text, "number")
        self._details(view, sitting, cell, under)
        return sitting

    def in_cell(self, cell: Cell, dates: tuple[Date, ...]) -> Sitting:
        """The meeting that a cell of a month holds whole: announcement, theme, questions."""
        sitting = announce(cell.lines[0].whole, self._context)
        sitting.by, sitting.row = "announced_in_table", cell.row
        self._cell.read(list(cell.lines[1:]), sitting)
        if not sitting.dates:
            sitting.dates.extend(dates)
        return sitting

    def announces(self, view: RowView) -> bool:
        """Whether some cell of the row announces a meeting by name."""
        return self._announcing(view) is not None

    def _announcing(self, view: RowView) -> Cell | None:
        roles = ("text", "theme", "agenda", "meeting_number", "section", "number", "form", "dates")
        cells = [cell for role in roles if (cell := view.own(role)) and self._headline(cell) is not None]
        if cells:  # «Заседание № 1» beside «Организационное заседание»
            return next((cell for cell in cells if self._numbered(cell)), cells[0])
        first = next(iter(view.filled()), None)
        return first if first is not None and self._headline(first) is not None else None

    def _numbered(self, cell: Cell) -> bool:
        """Whether the announcement in the cell says which meeting it is."""
        at = self._headline(cell)
        found = self._context.senses.meetings.read(cell.lines[at].whole.text) if at is not None else None
        return found is not None and found.number is not None

    def _headline(self, cell: Cell) -> int | None:
        """Which line of the cell announces a meeting: the first, or one under its term and place."""
        senses = self._context.senses
        for place, line in enumerate(cell.lines[:3]):
            text = line.whole.text
            if senses.meetings.read(text) is not None:
                return place
            if not senses.is_term(text) and not senses.is_place(text):
                return None
        return None

    def _is_meeting_row(self, view: RowView) -> bool:
        """A row of a table whose heading speaks of meetings."""
        roles = {role for column in view.band.columns for role in column.roles}
        text = view.own("text")
        if (
            text is not None
            and self._names_theme(text.lines[0], view)
            and (text.nested or any(line.mark for line in text.lines))
        ):
            return True
        meets = self._of_meetings or any(fold(column.heading).startswith("заседани") for column in view.band.columns)
        if text is not None and view.own("dates") is not None and (meets or self._lists_agenda(text)):
            return True
        if "meeting_number" in roles:
            return view.own("meeting_number") is not None or view.own("theme") is not None and not view.goes_on_above()
        if "theme" in roles and roles & {"agenda", "text", "dates"}:
            return view.own("theme") is not None and not view.goes_on_above() and not self._bare_question(view)
        agenda = view.own("agenda")
        return agenda is not None and agenda is not text and "dates" in roles and view.own("dates") is not None

    def _lists_agenda(self, text: Cell) -> bool:
        """«Повестка: 1. … 2. …» in a cell beside a term."""
        said = text.lines[0].whole.text
        found = self._context.senses.words.in_meeting.match(fold(said), typos=False)
        return found is not None and found.kind == "agenda" and said[found.end :].lstrip().startswith(":")

    def _bare_question(self, view: RowView) -> bool:
        """A marked question in a column of themes, its number and term empty: a converter's merged cells."""
        theme = view.own("theme")
        empty = all(view.cell(role) is None for role in ("number", "meeting_number", "dates"))
        return empty and theme is not None and theme.lines[0].mark is not None and view.column("agenda") is None

    def _names_theme(self, line: Line, view: RowView) -> bool:
        """«Тема: «…»» at the head of a cell, or a quoted theme in a column of themes and questions."""
        column = view.column("text")
        said = fold(column.heading) if column else ""
        if (
            re.fullmatch(r"[«\"„].{4,200}[»\"“]\.?", line.whole.text)
            and "вопрос" in said
            and ("тем" in said or "заседан" in said)
        ):
            return True
        found = self._context.senses.words.in_meeting.match(fold(line.whole.text), typos=False)
        return (
            found is not None
            and found.kind == "theme"
            and line.whole.text[found.end : found.end + 3].lstrip().startswith((":", "«", "."))
        )

    def _start(self, view: RowView, cell: Cell | None) -> Sitting | None:
        context = self._context
        if cell is None:
            named = view.own("meeting_number") or view.own("number")
            sitting = Sitting(by="meeting_row")
            if named is not None:
                said = read_number(named.text.text.replace("№", "").strip()) or ""
                sitting.number = int(said) if said.isdigit() else roman_value(said)
                sitting.claim(named.text)
                sitting.text = named.text.text
            return sitting
        at = self._headline(cell) or 0
        head, rest = cell.lines[at], (*cell.lines[:at], *cell.lines[at + 1 :])
        pieces = split_inline(head.whole) if not rest else [head.whole]
        announcement = context.senses.meetings.read(pieces[0].text)
        assert announcement is not None
        behind = pieces[0].text[announcement.end :]
        sitting_word = "заседани" in fold(pieces[0].text[: announcement.end])
        said = r"[«\"“„:]" if sitting_word else r"[«\"“„]"  # «Совещание руководителей: планирование работы» is planned work
        bare = announcement.number is None and not re.search(rf"{said}|\b(?:[Тт]ема|по теме|на тему)\b", behind)
        questions = view.own("agenda")
        apart = questions is not None and questions is not cell
        headless = not apart and not (sitting_word and self._next_is_agenda(view))
        if bare and not rest and len(pieces) == 1 and headless:
            return None
        number = head.mark.number if head.mark and head.mark.number else None
        sitting = announce(pieces[0], context, number=int(number) if number and number.isdigit() else None)
        sitting.by = "announced_in_table"
        sitting.over_rows = not bare and (
            len(view.filled()) == 1
            and (cell.col_span > 1 or self._numbered_below(view, sitting.number))
            or self._dated_over(view, cell)
        )
        beside = view.own("agenda") or view.own("text")
        dated = view.column("dates")
        apart = beside is not None and beside is not cell or dated is not None and dated.index == cell.column
        if apart or sitting.over_rows and not any(line.mark for line in rest):
            self._cells.head_lines(list(rest), sitting, placed="place" in self._roles_of(cell, view))
        else:
            self._cell.read(list(rest), sitting)
        sitting.agenda.extend(inline_items(pieces[1:], context))
        return sitting

    def _next_is_agenda(self, view: RowView) -> bool:
        """Whether the next row of the band goes on with a list of questions."""
        below = self._below(view)
        return below is None or self.goes_on(below)  # the heading of the questions may stand below

    def _below(self, view: RowView) -> RowView | None:
        """The next row of the band."""
        row = next((row for row in view.band.rows if row.number > view.row.number), None)
        return RowView(row, view.band) if row is not None else None

    def _numbered_below(self, view: RowView, number: int | None) -> bool:
        """Whether the next row's number goes on with the meeting's: «1.1» under «Заседание № 1»."""
        below = self._below(view)
        first = below.own("number") if below is not None else None
        return first is not None and number is not None and first.text.text.startswith(f"{number}.1")

    def _dated_over(self, view: RowView, cell: Cell) -> bool:
        """«Заседание № 2. «…» | декабрь» over the columns of numbers and wording; no row below has a term of its own
        before the next number 1."""
        others = [each for each in view.filled() if each is not cell]
        if cell.col_span < 2 or any(each not in (view.own("dates"), view.own("place")) for each in others):
            return False
        below = self._below(view)
        number = below.own("number") if below is not None else None
        return below is not None and number is not None and read_number(number.text.text) == "1" and below.own("dates") is None

    def _heads_marked_rows(self, view: RowView) -> bool:
        """Whether the meeting's number is merged over the next rows and these hold marked questions."""
        number = view.own("meeting_number")
        if number is None or number.row_span < 2:
            return False
        below = [row for row in view.band.rows if number.row < row.number < number.row + number.row_span]
        texts = [RowView(row, view.band).own("text") for row in below]
        return bool(texts) and all(text is not None and text.lines[0].mark is not None for text in texts)

    def goes_on(self, view: RowView, sitting: Sitting | None = None) -> bool:
        """Whether the row holds a question of the meeting above: any row under a heading across the table;
        else marked text, no number and term of its own."""
        text = view.own("text") or view.own("agenda") or view.own("theme")
        if sitting is not None and text is not None and (sitting.over_rows or self._heads_questions(text, view)):
            return True
        if text is None or view.own("dates") is not None:
            return False
        if sitting is not None and view.under_merged(sitting.row, "meeting_number", "dates", "number"):
            return view.own("week") is None
        number = view.own("number")
        if (
            sitting is not None
            and sitting.by == "meeting_row"
            and (view.column("agenda") is not None or view.column("speakers") is not None)
            and number is None
            and view.own("meeting_number") is None
            and view.own("week") is None
        ):
            return True  # the empty cells of number and term were merged with those above
        marked = text.lines[0].mark is not None
        if view.own("week") is not None or not marked and view.column("number") is None and view.column("dates") is not None:
            return False
        return number is None and (
            marked or view.own("speakers") is not None or view.own("responsible") is not None
        )

    def item(self, view: RowView, sitting: Sitting) -> None:
        """The row's question is put on the agenda."""
        context = self._context
        if self._themed(view, sitting):
            return
        text = view.own("agenda") or view.own("text") or view.own("theme")
        if text is None:
            for cell in view.filled():
                sitting.claim(cell.text)
            return
        if self._heads_questions(text, view):
            context.label(text.text)
            return
        speakers = self._people.of(view)
        number_cell = view.own("number")
        self._date_first(view, text, sitting)
        if len([line for line in text.lines if line.mark]) > 1 or self._faced(text, view):
            before = len(sitting.agenda)
            self._cell.read(list(text.lines), sitting)
            self._people.give(sitting, before, view)
            return
        item = make_item(list(text.lines), context, speakers, "agenda_row")
        if number_cell is not None:
            context.label(number_cell.text, "number")
            item = replace(item, number=read_number(number_cell.text.text) or item.number)
        if (dates := view.own("dates")) and not self._of_all(dates, sitting):
            item = replace(item, dates=context.dates(dates.text))
        if (place := view.own("place")) and place is not dates and self._of_all(place, sitting):
            where, when = place_and_terms(place.text, context) if dates is None else (place.text, ())
            if when:
                sitting.dates = list(when)
            sitting.stand(where, context)
            sitting.claim(place.text)
        form = view.own("form")
        if form is not None:
            item = replace(item, form=form.text.strip(" .").text, at=item.at + form.text.at())
        for column, cell in view.unlike(
            "number", "text", "agenda", "theme", "speakers", "responsible", "school", "dates", "form"
        ):
            item = replace(
                item,
                extra={**item.extra, column.heading or "без названия": cell.text.text},
                at=item.at + cell.text.at(),
            )
        sitting.agenda.append(item)

    def _number_first(self, view: RowView, sitting: Sitting, before: int, announcing: Cell | None) -> None:
        """The question on the row of an announcement that is merged over the next rows has its number in that row."""
        number = view.own("number")
        if number is None or announcing is None or announcing.row_span < 2 or number.row_span > 1 or number is announcing:
            return
        said = read_number(number.text.text)
        if said and len(sitting.agenda) == before + 1 and sitting.agenda[before].number is None:
            sitting.agenda[before] = replace(sitting.agenda[before], number=said)

    def _roles_of(self, cell: Cell, view: RowView) -> tuple[str, ...]:
        return next((column.roles for column in view.band.columns if column.index == cell.column), ())

    def _faced(self, text: Cell, view: RowView) -> bool:
        """Questions without marks, a line each, beside as many lines of people."""
        people = view.own("speakers") or view.own("responsible")
        return (
            people is not None
            and people is not text
            and len(people.lines) == len(text.lines) > 1
            and not any(line.mark or line.text[:1].islower() for line in text.lines)
        )

    def _themed(self, view: RowView, sitting: Sitting) -> bool:
        """«Тема: «…»» alone in a row under the announcement."""
        cells = view.filled()
        if len(cells) != 1 or sitting.theme is not None or not self._names_theme(cells[0].lines[0], view):
            return False
        self._cells.theme(cells[0], sitting)
        return True

    def _heads_questions(self, text: Cell, view: RowView) -> bool:
        """«Теоретическая часть», «Повестка дня:» alone in a row: a heading over the questions below."""
        said = text.text.text.strip(" .:")
        found = self._context.senses.words.in_meeting.match(fold(said), typos=False)
        return found is not None and found.kind == "agenda" and found.end == len(said) and len(view.filled()) == 1

    def _date_first(self, view: RowView, text: Cell, sitting: Sitting) -> None:
        """The term beside the list of all questions, under an announcement across the table, is the meeting's."""
        dates = view.own("dates")
        listed = len([line for line in text.lines if line.mark]) > 1
        if dates is None or sitting.agenda or not sitting.over_rows or not (listed or dates.row_span > 1):
            return
        found = self._context.dates(dates.text)
        if found and (sitting.by_month or not sitting.dates):
            sitting.dates, sitting.by_month = list(found), False
            self._cells.beside_dates(dates.text, found, sitting, placed="place" in self._roles_of(dates, view))
            sitting.claim(dates.text)

    def _of_all(self, cell: Cell, sitting: Sitting) -> bool:
        """A term or place merged over the rows below the announcement is the meeting's, not a question's."""
        if not sitting.over_rows or cell.row_span < 2:
            return False
        if not sitting.dates and (found := self._context.dates(cell.text)):
            sitting.dates.extend(found)
            sitting.claim(cell.text)
        return True

    def _details(self, view: RowView, sitting: Sitting, cell: Cell | None, under: Above | None) -> None:
        context = self._context
        theme = view.own("theme")
        if theme is not None and theme is not cell:
            self._cells.theme(theme, sitting)
        agenda = view.own("agenda") or view.own("text")
        heads = self._of_meetings or self._heads_marked_rows(view)
        listed = agenda is not None and agenda is view.own("agenda") and "agenda" in self._roles_of(agenda, view)
        over = listed and agenda is not None and agenda.col_span > 1 and agenda.row_span == 1  # and over the speakers
        heads, listed = heads or over, listed and not over
        if heads and theme is None and agenda is not cell and not listed and _is_theme(agenda):
            assert agenda is not None
            self._cells.theme(agenda, sitting)
            agenda = None
        before = len(sitting.agenda)
        if agenda is not None and agenda is not cell:
            self._cell.read(list(agenda.lines), sitting)
            self._number_first(view, sitting, before, cell)
        dates = view.cell("dates")
        if dates is not None and dates is not cell:
            found = row_dates(view, context, under) or context.dates(dates.text, under)
            week = view.own("week")
            found = (context.week(week.text, context.above(dates.text)) if week is not None else ()) or found
            own = any(date.precision == "day" for date in sitting.dates)
            if not own or any(date.precision != "month" for date in found):
                sitting.dates.extend(found)  # a month beside the meeting's own day says nothing new
            column = view.column("dates")
            self._cells.beside_dates(dates.text, found, sitting, placed=column is not None and "place" in column.roles)
            sitting.claim(dates.text)
        elif under is not None and not sitting.dates:
            sitting.dates.extend(under.dates)
            sitting.by_month = True
        place = view.cell("place")
        if place is not None and place is not dates and place is not cell:
            where, when = place_and_terms(place.text, context) if dates is None else (place.text, ())
            if when:
                sitting.dates = list(when)
            sitting.stand(where, context)
            sitting.claim(place.text)
        form = view.own("form")
        if form is not None and form is not cell and form is not dates and not self._of_one(form, view, sitting, before):
            sitting.form = form.text.strip(" .").text
            sitting.claim(form.text)
        asked = view.column("agenda") or view.column("text")
        holder = agenda or next((c for c in view.row.cells if asked and c.column == asked.index), None)
        for nested in holder.nested if holder is not None else ():
            self.nested(nested, sitting)
        self._people.give(sitting, before if before < len(sitting.agenda) else 0, view, cell)
        for role in ("result", "purpose", "extra", "note"):
            for column in view.band.columns:
                if role in column.roles and (
                    other := next(
                        (c for c in view.row.cells if c.column == column.index and not c.empty), None
                    )
                ) and other is not cell:
                    sitting.extra[column.heading or "без названия"] = other.text.text
                    sitting.claim(other.text)
        taking = view.cell("participants")
        if taking is not None and taking is not cell:
            sitting.participants.extend(context.participants(taking.text))

    def _of_one(self, form: Cell, view: RowView, sitting: Sitting, before: int) -> bool:
        """A form beside the first of several rows of questions is that question's: the number or term of the meeting
        is merged over the rows, the form is not."""
        heads = (view.own("meeting_number"), view.own("number"), view.own("dates"))
        merged = any(cell is not None and cell.row_span > form.row_span for cell in heads)
        if not merged or len(sitting.agenda) != before + 1:
            return False
        item = sitting.agenda[before]
        sitting.agenda[before] = replace(item, form=form.text.strip(" .").text, at=item.at + form.text.at())
        return True

    def nested(self, grid: Grid, sitting: Sitting) -> None:
        """The questions of a table inside the meeting's cell."""
        for band in grid.bands:
            for heading in band.heading:
                self._context.label(heading, "column_heading")
            before = None
            for row in band.rows:
                view = RowView(row, band, before)
                if view.filled():
                    self.item(view, sitting)
                before = view

def _is_theme(cell: Cell | None) -> bool:
    """Whether a cell of a table of meetings holds words without a list: the theme."""
    return cell is not None and not cell.nested and not any(line.mark for line in cell.lines)
