"""What kind of table stands here, and the bands of rows under each heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from extractor.model.outline import Band, Cell, Column, Grid, Line, Part, Row
from extractor.model.passage import EMPTY, Passage, join
from extractor.segment.columns import (
    MAIN,
    are_months,
    asks,
    content_columns,
    dated_before_people,
    heading_columns,
    lone_heading,
    matrix_columns,
    read_heading,
    themes,
    ticked_columns,
)
from extractor.segment.state import State
from extractor.segment.table_kinds import is_members, is_results
from extractor.segment.turned import upright
from extractor.segment.wrapped import wrapped_rows
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold

_MEMBER_ROLES = {
    "member",
    "position",
    "school",
    "note",
    "number",
    "participants",
    "extra",
    "responsible",
    "dates",
}


class TableReader:
    """Reads one table after another; a table without a heading may go on with the one before."""

    def __init__(self, senses: Senses) -> None:
        self._senses = senses
        self._last: tuple[int, tuple[Column, ...]] | None = None

    def read(self, grid: Grid, state: State) -> Iterable[Part]:
        """The parts that the table is made of."""
        if self._is_layout(grid, state):
            return self._layout(grid, state)
        if self._is_card(grid):
            return [Part("lines", "card_table", EMPTY, _card_lines(grid)), *self._inner(grid, state)]
        labelled = self._labelled(grid)
        if labelled is not None:
            return [*labelled, *self._inner(grid, state)]
        grid = self._banded(upright(grid, self._senses))
        if is_results(grid):
            lines = tuple(line for row in grid.rows for cell in row.cells for line in cell.lines)
            return [Part("prose", "table_of_results", EMPTY, lines), *self._inner(grid, state)]
        nested = [cell for row in grid.rows for cell in row.cells if cell.nested]
        asked = {
            c.index
            for band in grid.bands
            for c in band.columns
            if set(c.roles) & {"agenda", "theme"} or asks(c.heading) or themes(c.heading)
        }
        announcing = {row.number for row in grid.rows if row.cells and self._announces(row.cells[0])}
        if nested and all(self._is_questions(cell, asked, announcing) for cell in nested):
            grid = self._with_banded(grid)
            return [Part("table", f"table_by_{_by(grid)}", EMPTY, (), grid)]
        inner = self._inner(grid, state)
        kind = "table"
        if grid.bands and is_members(grid.bands[0]):
            kind = "members"
        elif state.meeting and self.is_agenda(grid):
            kind = "meeting.table"
        return [Part(kind, f"{kind.replace('.', '_')}_by_{_by(grid)}", EMPTY, (), grid), *inner]

    def _layout(self, grid: Grid, state: State) -> Iterator[Part]:
        """The lines of a table that only holds text in place; a table inside a row stands under the row's lines."""
        lines: list[Line] = []
        for row in grid.rows:
            lines.extend(line for cell in row.cells for line in cell.lines)
            nested = [each for cell in row.cells for each in cell.nested]
            if nested:
                yield Part("lines", "layout_table", EMPTY, tuple(lines))
                lines = []
            for each in nested:
                yield from self.read(each, state)
        yield Part("lines", "layout_table", EMPTY, tuple(lines))

    def _inner(self, grid: Grid, state: State) -> list[Part]:
        """The tables inside the cells, each read by itself."""
        return [
            part
            for row in grid.rows
            for cell in row.cells
            for nested in cell.nested
            for part in self.read(nested, state)
        ]

    def _announces(self, cell: Cell) -> bool:
        return bool(cell.lines) and self._senses.meetings.read(cell.lines[0].whole.text) is not None

    def _is_questions(self, cell: Cell, asked: set[int], announcing: set[int]) -> bool:
        """Whether the tables of a cell hold the questions of the meeting that the cell, or its row, speaks of;
        `asked` are the columns of questions and themes, `announcing` the rows that begin with a meeting's name."""
        themed = cell.column in asked and (not cell.lines or cell.text.text[:1] in "«\"“„")
        if themed or not cell.lines and cell.row in announcing:
            return all(self.is_agenda(self._alone(n)) for n in cell.nested)
        if not cell.lines:
            return False
        folded = fold(cell.lines[0].whole.text)
        label = self._senses.words.in_meeting.match(folded, typos=False)
        named = self._senses.meetings.read(cell.lines[0].whole.text) is not None
        if not named and (label is None or label.kind != "theme"):
            return False
        return all(self.is_agenda(self._alone(nested)) for nested in cell.nested)

    def _with_banded(self, grid: Grid) -> Grid:
        """The table with the tables of its cells parted into bands too."""

        def cell(old: Cell) -> Cell:
            return replace(old, nested=tuple(self._alone(n) for n in old.nested)) if old.nested else old

        def row(old: Row) -> Row:
            return replace(old, cells=tuple(cell(c) for c in old.cells))

        bands = tuple(replace(b, rows=tuple(row(r) for r in b.rows)) for b in grid.bands)
        return replace(grid, rows=tuple(row(r) for r in grid.rows), bands=bands)

    def is_agenda(self, grid: Grid) -> bool:
        """Whether the table holds one meeting's questions: under an announcement, without terms of its own."""
        roles = {role for band in grid.bands for column in band.columns for role in column.roles}
        return not roles & {"meeting_number", "theme", "section"} and (
            "agenda" in roles or "speakers" in roles or "dates" not in roles
        )

    def _is_layout(self, grid: Grid, state: State) -> bool:
        """One cell, or approvals side by side: a table that only holds text in place."""
        if grid.width == 1:
            return True
        texts = [cell.text.text for row in grid.rows for cell in row.cells if cell.text]
        if not texts:
            return True
        if (
            any(self._senses.words.approval(text)[1] for text in texts)
            and len(grid.rows) <= 6
        ):
            return True
        return len(grid.rows) == 1 and len(texts) <= 2 and not state.begun

    def _is_card(self, grid: Grid) -> bool:
        """A meeting's own table: «1-е заседание», then «Дата | 14 октября», «Вопросы | …», «Срок: … | Место: …»."""
        filled = [[cell for cell in row.cells if cell.text] for row in grid.rows]
        rows = [cells for cells in filled if cells]
        if len(rows) < 3 or grid.width > 4 or any(len(cells) > 2 for cells in rows):
            return False
        if self._senses.meetings.read(rows[0][0].text.text) is None or any(len(c.text.text) > 40 for c in rows[0][1:]):
            return False
        return sum(self._says_what(cell) for cells in rows[1:] for cell in cells[:1]) >= 2

    def _says_what(self, cell: Cell) -> bool:
        """«Дата», «Место проведения: МБОУ СОШ № 2»: the label of a part of a meeting."""
        text = cell.text.text
        found = self._senses.words.in_meeting.match(fold(text), typos=False)
        return found is not None and (found.end >= len(text.rstrip(" .:")) or text[found.end :].lstrip().startswith(":"))

    def _labelled(self, grid: Grid) -> list[Part] | None:
        """«Цель деятельности | Развитие …»: labels in the first column, their values beside them."""
        parts, hits, rows = [], 0, 0
        for row in grid.rows:
            filled = [cell for cell in row.cells if cell.text]
            if not filled:
                continue
            rows += 1
            place = 1 if len(filled) == 3 and len(filled[0].text.text) <= 4 else 0
            label, values = filled[place], filled[place + 1 :]
            found = self._senses.words.headings.match(fold(label.text.text))
            if found is None and len(values) == 1 and self._says_year(label.text.text, values[0].text.text):
                parts.append(Part("year", "label_table", label.text, values[0].lines))
                hits += 1
                continue
            if (
                found is None
                or found.kind == "plan"
                or found.kind == "members" and not self._names_people(values)
                or len(values) > 1
                or len(label.text.text) > 110
            ):
                parts.append(
                    Part("prose", "label_table", EMPTY, tuple(line for c in filled for line in c.lines))
                )
                continue
            hits += 1
            lines = tuple(line for cell in values for line in cell.lines)
            if not values:
                lines = tuple(line for line in label.lines[1:])
            heads = label.text if values else label.lines[0].whole
            parts.append(
                Part(found.kind, "label_table", heads, lines, None, found.label if found.misspelt else None)
            )
            if place:
                parts.append(Part("number", "label_table", filled[0].text))
        if grid.width > 3 or hits < max(1, (rows + 1) // 2):
            return None
        return parts

    def _names_people(self, values: Sequence[Cell]) -> bool:
        """Whether a cell lists people, a line each."""
        lines = [line for cell in values for line in cell.lines]
        return len(lines) > 1 and all(self._senses.people.find_names(line.text) for line in lines)

    def _says_year(self, label: str, value: str) -> bool:
        """«Учебный год | 2025-2026»."""
        dates = self._senses.dates
        return (
            len(value) < 40
            and fold(label).strip(" :.").endswith("год")
            and bool(dates.find_school_years(value) or dates.find_calendar_year(value))
        )

    def _alone(self, grid: Grid) -> Grid:
        """The same for a table inside a cell: it goes on with no other table."""
        last, self._last = self._last, None
        banded = self._banded(grid)
        self._last = last
        return banded

    def _banded(self, grid: Grid) -> Grid:
        """The table with its rows parted by the headings that stand in it."""
        bands: list[Band] = []
        columns: tuple[Column, ...] = ()
        heading: list[Passage] = []
        rows: list[Row] = []
        skip = 0
        for place, row in enumerate(grid.rows):
            if skip:
                skip -= 1
                continue
            found, depth = self._heading_at(grid.rows, place, first=not columns and not rows)
            if found is None:
                rows.append(row)
                continue
            if rows or columns:
                bands.append(self._band(grid, columns, heading, rows))
            columns, rows = found, []
            heading = [
                cell.text for line in grid.rows[place : place + depth] for cell in line.cells if cell.text
            ]
            skip = depth - 1
        bands.append(self._band(grid, columns, heading, rows))
        kept = tuple(band for band in bands if band.rows or band.heading)
        if kept:
            self._last = (grid.width, kept[-1].columns)
        return replace(grid, bands=kept)

    def _heading_at(
        self, rows: Sequence[Row], place: int, *, first: bool
    ) -> tuple[tuple[Column, ...] | None, int]:
        """The columns named by the row at `place`, and how many rows the heading takes."""
        row = rows[place]
        found = matrix_columns(row, self._senses) or (ticked_columns(row, self._senses) if first else None)
        if found is not None:
            return found, 1
        found = heading_columns(row, self._senses, first=first)
        if found is None:
            lone = (
                lone_heading(row, self._senses)
                if first or place and len(rows[place - 1].cells) == 1
                else None
            )
            if lone is None:
                return None, 0
            rest = [
                Column(c.column, ("place",) if k == 0 else ("extra",), "", "content")
                for k, c in enumerate(row.cells[1:])
            ]
            return (lone, *rest), 1
        depth = 1
        while place + depth < len(rows) and depth < 3:
            below = rows[place + depth]
            if below.above and any(cell.row == row.number for cell in below.above):
                found = self._two_rows(found, row, below)
            elif depth == 1 and (over := self._spread(row, below)) is not None:
                found = self._two_rows(found, over, replace(below, cells=tuple(c for c in below.cells if c.text)))
            elif not (_is_count_row(below)):
                break
            depth += 1
        return found, depth

    def _spread(self, row: Row, below: Row) -> Row | None:
        """The upper row of a heading whose merged cells a converter left as empty ones («Сроки |  |» over
        «план | факт»); None where the lower row is no second row of the heading."""
        filled = [cell for cell in below.cells if cell.text]
        upper = {cell.column: cell for cell in row.cells if cell.text}
        if len(filled) < 2 or len(row.cells) != len(below.cells) or below.cells[0].text or not row.cells[0].text:
            return None
        known = [c for c in filled if read_heading(c, self._senses)[1] >= 0.5 or self._senses.is_term(c.text.text)]
        if len(known) < len(filled) and not are_months([c.text.text for c in filled]):
            return None
        under = {cell.column for cell in filled}
        spans = dict.fromkeys(upper, 1)
        last = None
        for cell in row.cells:
            if cell.text:
                last = cell.column
            elif last is not None and cell.column in under and last in under:
                spans[last] = cell.column - last + 1
            else:
                return None
        if max(spans.values()) < 2 or any(c in under and spans[c] < 2 for c in upper):
            return None
        return replace(row, cells=tuple(replace(cell, col_span=spans[c]) for c, cell in upper.items()))

    def _two_rows(self, upper: tuple[Column, ...], row: Row, below: Row) -> tuple[Column, ...]:
        """The columns of a heading in two rows: «Сроки» over «план | факт»."""
        columns = {column.index: column for column in upper}
        lower = heading_columns(below, self._senses) or tuple(
            Column(c.column, self._roles(c), c.text.text, "heading") for c in below.cells
        )
        terms = [c for c in row.cells if any(c.column == u.index and "dates" in u.roles for u in upper)]
        under = [c for c in below.cells if any(t.column <= c.column < t.column + t.col_span for t in terms)]
        months = {c.column for c in under} if are_months([c.text.text for c in under]) else set()
        for column in lower:
            over = next((c for c in row.cells if c.column <= column.index < c.column + c.col_span), None)
            above = next((u for u in upper if over and u.index == over.column), None)
            first = over is not None and over.column == column.index
            if above is not None and above.roles in (("theme",), ("meeting_number",)) and column.roles:
                first = False  # «Заседания» over «Срок | Вопросы»: the lower row says what stands there
            roles = (
                column.roles
                if column.roles and not (first and above and above.roles)
                else (above.roles if above and first else ("extra",))
            )
            if above and "dates" in above.roles and (self._senses.is_term(column.heading) or column.index in months):
                roles = ("when",)
                columns[column.index] = Column(column.index, roles, column.heading, "heading")
                continue
            title = f"{above.heading} {column.heading}" if above and above.heading else column.heading
            columns[column.index] = Column(column.index, roles, title.strip(), "heading")
        return tuple(columns[i] for i in sorted(columns))

    def _roles(self, cell: Cell) -> tuple[str, ...]:
        """What one cell of a lower heading row names («Участники» beside «1 полугодие»)."""
        roles, share = read_heading(cell, self._senses)
        return roles if share >= 0.5 else ()

    def _band(self, grid: Grid, columns: tuple[Column, ...], heading: list[Passage], rows: list[Row]) -> Band:
        """Rows under one heading; columns by content where there is no heading."""
        if not columns:
            found = content_columns(rows, grid.width, self._senses)
            if self._last and self._last[0] == grid.width and _agree(self._last[1], found):
                found = self._last[1]
            return Band(found, (), tuple(rows))
        by_content = (
            {c.index: c for c in content_columns(rows, grid.width, self._senses)}
            if any(not c.roles for c in columns)
            else {}
        )
        settled = []
        taken = {role for c in columns for role in c.roles}
        for column in columns:
            if not column.roles:
                guess = by_content.get(column.index)
                roles = (
                    guess.roles
                    if guess and not column.heading and not set(guess.roles) & taken
                    else ("extra",)
                )
                column = Column(
                    column.index, roles, column.heading, "content" if roles != ("extra",) else "heading"
                )
            settled.append(column)
        settled = _with_text(settled, rows)
        return Band(tuple(settled), tuple(heading), tuple(wrapped_rows(rows, settled)))


def _with_text(columns: list[Column], rows: Sequence[Row]) -> list[Column]:
    """Where no heading is known to name what is done («Что планируем»), the column without a field that holds
    the most words does."""
    roles = {role for column in columns for role in column.roles}
    if roles & {*MAIN, "section", "matrix"} or "member" in roles and not dated_before_people(columns) or not roles & {"dates", "when"}:
        return columns
    sizes = {c.index: 0 for c in columns if c.roles == ("extra",)}
    for row in rows:
        for cell in row.cells:
            if cell.column in sizes:
                sizes[cell.column] += len(cell.text.text)
    if not sizes or not rows:
        return columns
    most = max(sizes, key=lambda index: sizes[index])
    return [
        Column(c.index, ("text",), c.heading, "content") if c.index == most else c for c in columns
    ]


def _agree(before: tuple[Column, ...], found: tuple[Column, ...]) -> bool:
    """Whether columns found by content do not contradict the heading of the table before."""
    held = {column.index: set(column.roles) for column in found}
    clash = 0
    for column in before:
        for sign in ("number", "dates", "responsible"):
            if sign == "number" and "dates" in column.roles:
                continue  # days under a month look like numbers
            if (
                sign in held.get(column.index, set())
                and sign not in column.roles
                and not ({"speakers", "participants"} & set(column.roles))
            ):
                clash += 1
    return clash == 0


def _is_count_row(row: Row) -> bool:
    """«1 | 2 | 3 | 4»: the columns counted under their headings."""
    numbers = [cell.text.text.strip(" .") for cell in row.cells]
    return len(numbers) >= 3 and numbers == [str(i) for i in range(1, len(numbers) + 1)]


def _card_lines(grid: Grid) -> tuple[Line, ...]:
    """The lines of a card, its first row as one: «Заседание № 1 | Установочное»."""
    filled = [[cell for cell in row.cells if cell.text] for row in grid.rows]
    top, *rows = [cells for cells in filled if cells]
    whole = join([cell.text for cell in top])
    first = replace(top[0].lines[0], whole=whole, body=whole)
    return (first, *(line for cells in rows for cell in cells for line in cell.lines))


def _by(grid: Grid) -> str:
    return grid.bands[0].columns[0].by if grid.bands and grid.bands[0].columns else "content"
