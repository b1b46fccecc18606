"""Reads the parts of the outline in order and puts the plan together."""

from __future__ import annotations

import re

from msgspec.structs import replace

from extractor.model.outline import Outline, Part
from extractor.model.passage import EMPTY, Passage, join
from extractor.model.plan import (
    Activity,
    Approval,
    Association,
    At,
    Date,
    Labelled,
    Meeting,
    Participant,
    Plan,
    School,
    SectionList,
    SourceInfo,
    Structure,
    Text,
)
from extractor.model.source import Source
from extractor.model.walk import walk
from extractor.parse import front, lists, texts
from extractor.parse.context import Context
from extractor.parse.coverage import measure
from extractor.parse.grades import grade_plan
from extractor.parse.index import index_people, index_schools
from extractor.parse.meetings import MeetingReader
from extractor.parse.members import read_members
from extractor.parse.planned import PlannedItems
from extractor.parse.sittings import Sitting, one_each
from extractor.parse.surnames import know_surnames
from extractor.parse.tables import TableParser
from extractor.values.associations import AssociationGrammar
from extractor.values.dates import suggest
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold, unspaced

_TEXTS = ("themes", "goals")
_LISTS = ("tasks", "directions", "results")
_OF_MEETINGS = re.compile(r"(?!.*(?:мероприят|между|работ)).{0,40}заседани[йя].{0,60}")
Note = tuple[str, At, str]


class PlanBuilder:
    """One plan in the making."""

    def __init__(self, outline: Outline, source: Source, senses: Senses, info: SourceInfo) -> None:
        self._outline, self._source, self._info = outline, source, info
        years, self._school_year, self._calendar_year = front.find_years(outline, senses)
        tabs = {block.id: block.text for block in source.blocks if "\t" in block.text}
        self._context = Context(senses, years, tabs=tabs)
        self._meetings = MeetingReader(self._context)
        self._tables = TableParser(self._context)
        self._labelled: dict[str, list[Labelled]] = {name: [] for name in (*_TEXTS, *_LISTS)}
        self._sections: list[SectionList] = []
        self._planned = PlannedItems(self._context)
        self._detailed = False  # details of its last item follow the part
        self._members: list[Participant] = []
        self._approvals: list[Approval] = []
        self._activities: list[Activity] = []
        self._signed: list[Participant] = []
        self._named_head: list[Participant] = []
        self._sittings: list[Sitting] = []
        self._caption: Passage = EMPTY
        self._chapter: Passage = EMPTY  # the heading over lists that stand each under its month
        self._over: Passage = EMPTY  # the last month that stood over a meeting or a list
        self._meetings_named = False  # the heading over the next table speaks of meetings
        self._titles: list[Part] = []

    def build(self) -> tuple[Plan, list[Note]]:
        """The plan and the parsers' notes."""
        parts = self._outline.parts
        for part, after in zip(parts, (*parts[1:], None), strict=False):
            self._detailed = after is not None and after.kind.startswith("detail.")
            self._part(part)
        self._activities.extend(self._planned.done())
        meetings = self._last_august(tuple(sitting.done() for sitting in one_each(self._sittings)))
        meetings, activities, members = know_surnames(
            (meetings, tuple(self._activities), tuple(self._members))
        )
        plan = Plan(
            source=self._info,
            title=front.read_title(self._chosen_titles()),
            school_year=self._school_year,
            calendar_year=self._calendar_year,
            association=self._association(),
            institution=self._institution(),
            approvals=tuple(self._approvals),
            themes=self._entries("themes"),
            goals=self._entries("goals") + tuple(self._context.goals),
            tasks=self._entries("tasks"),
            directions=self._entries("directions"),
            results=self._entries("results"),
            sections=tuple(self._sections),
            members=members,
            meetings=meetings,
            activities=activities,
            blocks=self._source.blocks,
            structure=tuple(self._context.structure),
        )
        plan = replace(plan, head=self._head(plan))
        others = tuple(p for p in (*self._signed, *self._named_head) if p is not plan.head)
        plan = replace(plan, signatures=others)
        plan = grade_plan(plan, self._context.senses)
        plan, schools = index_schools(plan)
        plan = replace(plan, schools=schools, people=index_people(plan))
        residue, coverage = measure(plan)
        return replace(plan, residue=residue, coverage=coverage), self._context.notes

    def _part(self, part: Part) -> None:
        if part.misspelt:
            where = part.label.at() if part.label else part.lines[0].whole.at() if part.lines else ()
            self._context.notes.append(("heading-misspelt", where, part.misspelt))
        count = len(self._meetings.meetings)
        if self._meetings.read(part):
            if len(self._meetings.meetings) > count:
                self._sittings.append(self._meetings.meetings[-1])
                self._caption, self._meetings_named = EMPTY, False
            return
        if part.kind == "meeting.table":
            self._meeting_table(part)
            return
        if part.kind not in ("month", "prose"):  # neither a month nor an unknown line between two questions ends anything
            self._meetings.close()
        if not (part.kind == "planned" or part.kind.startswith("detail.")):
            self._activities.extend(self._planned.done())
        self._other(part)

    def _other(self, part: Part) -> None:
        kind, context = part.kind, self._context
        if kind in ("title", "table", "members"):
            self._chapter = EMPTY
        if kind in self._labelled:
            self._labelled[kind].extend(texts.labelled(part, context, one_text=kind in _TEXTS))
        elif kind == "title":
            self._title(part)
        elif kind == "table":
            self._table(part)
        elif kind == "members":
            context.label(part.label)
            self._members.extend(read_members(part, context))
        elif kind == "section":
            self._section(part)
        elif kind == "year":
            context.label(part.label)
        elif kind == "planned" or kind.startswith("detail."):
            self._planned.read(part)
        elif kind == "approval":
            self._approvals.extend(front.read_approvals(part, context))
        elif kind in ("head", "signature"):
            self._sign(part)
        elif kind == "caption":
            self._heading(part)
        elif part.rule == "table_of_results":
            self._caption = EMPTY
        elif kind == "month":
            self._month(part)
        elif kind in ("page_header", "page_footer", "number"):
            context.label(front.passage(part) or part.label, kind)
        elif kind == "contents":
            context.label(part.label if part.label else front.passage(part))

    def _title(self, part: Part) -> None:
        self._titles.append(part)

    def _chosen_titles(self) -> list[Part]:
        """The last title is the plan's: one above it is of an analysis or a page header."""
        for part in self._titles[:-1]:
            if (
                part.lines
                and front.passage(part).text.casefold() == front.passage(self._titles[-1]).text.casefold()
            ):
                self._context.label(front.passage(part))
        return self._titles[-1:]

    def _month(self, part: Part) -> None:
        self._meetings.month(part)
        self._caption = self._over = front.passage(part)
        self._context.label(self._caption)

    def _heading(self, part: Part) -> None:
        """A heading over a table; «Содержание работы» and the like say nothing."""
        heading = part.label or front.passage(part)
        self._context.label(heading)
        self._caption = EMPTY if part.label else heading
        self._chapter = self._caption.strip(" :")
        self._context.begin_list()
        self._meetings_named = bool(_OF_MEETINGS.fullmatch(unspaced(fold(heading.text))))

    def _table(self, part: Part) -> None:
        before, meetings = len(self._tables.activities), len(self._tables.meetings)
        self._tables.read(part, self._caption, of_meetings=self._meetings_named)
        self._activities.extend(self._tables.activities[before:])
        self._sittings.extend(self._tables.meetings[meetings:])
        self._caption, self._meetings_named = EMPTY, False

    def _meeting_table(self, part: Part) -> None:
        """A table of one meeting's questions, under its announcement."""
        sitting = self._meetings.sitting
        if sitting is None:
            self._table(part)
            return
        self._tables.read_agenda(part, sitting)

    def _section(self, part: Part) -> None:
        """A headed list: planned work where its items have terms or people, else a list of its own."""
        self._meetings_named = False
        if self._detailed:
            self._planned.begin(part)
            return
        monthly = part.rule == "month_heading"
        planned = lists.planned_items(
            part, self._context, month=EMPTY if part.label else self._over, chapter=self._chapter if monthly else EMPTY
        )
        if not monthly:
            self._chapter = part.label.strip(" :") if not part.lines else EMPTY
        if planned is not None:
            self._context.label(part.label)
            self._activities.extend(planned)
            return
        heading = part.label.strip(" :")
        if not part.lines:
            self._context.label(part.label)
            self._caption = heading
            return
        items = tuple(Text(text=e.text, at=e.at) for e in texts.labelled(part, self._context))
        self._sections.append(SectionList(heading=heading.text, items=items, at=part.label.at()))

    def _sign(self, part: Part) -> None:
        value = front.passage(part)
        whole = join([part.label, value]) if part.label else value
        named = value if value and part.kind == "head" else whole
        people = [p for p in self._context.participants(named.strip(" .")) if p.kind == "person"]
        if not people:
            self._context.label(part.label)
        elif front.is_head_label(whole.text):
            self._context.label(part.label)
            self._named_head.extend(front.as_head(p, whole.text) for p in people[:1])
            self._signed.extend(people[1:])
        else:
            self._signed.extend(people)

    def _last_august(self, meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
        """A meeting in August of the first year that stands behind the year's meetings gets a proposal."""
        later = False
        done = []
        for meeting in meetings:
            if later:
                dates = tuple(self._proposed(d) for d in meeting.dates)
                meeting = replace(meeting, dates=dates)
            later = later or any(d.start and d.start[5:7] != "08" for d in meeting.dates)
            done.append(meeting)
        return tuple(done)

    def _proposed(self, date: Date) -> Date:
        if date.year_inferred or date.suggested or not date.start or date.start[5:7] != "08":
            return date
        return replace(date, suggested=suggest(date, self._context.years))

    def _entries(self, name: str) -> tuple[Labelled, ...]:
        """The entries of a field; one that stands twice in the document is one, where it stands first."""
        merged: dict[str, Labelled] = {}
        for entry in self._labelled[name]:
            key = entry.text.casefold()
            if key in merged:
                self._context.structure.append(Structure(role="label", at=entry.at))
            merged.setdefault(key, entry)
        return tuple(merged.values())

    def _association(self) -> Association | None:
        grammar = AssociationGrammar(self._context.senses.words.plan)
        near = [
            front.passage(p)
            for p in self._outline.parts
            if p.kind in ("front", "caption", "prose", "approval")
        ][:8]
        return front.read_association(
            [*(front.passage(p) for p in self._titles[::-1]), *near], self._context.senses, grammar
        )

    def _institution(self) -> School | None:
        """The school that the title names as the plan's own, or that stands alone on a line above it."""
        for part in self._chosen_titles():
            found = self._context.schools(front.passage(part))
            if len(found) == 1:
                return found[0]
        above = (line.whole for part in self._outline.parts if part.kind == "front" for line in part.lines)
        for line in above:
            found = self._context.schools(line)
            if len(found) == 1 and len(found[0].text) >= 0.8 * len(line.text.strip(" .")):
                return found[0]
        return None

    def _head(self, plan: Plan) -> Participant | None:
        kinds = tuple(self._context.senses.words.plan.association.types)
        if self._named_head:
            return max(self._named_head, key=lambda p: (p.school is not None, len(p.name or "")))
        people = [*self._signed, *walk((plan.activities, plan.meetings, plan.members, plan.approvals), Participant)]
        return front.find_head(people, kinds)
