"""What the rules know while they walk: the open part, what was seen, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.model.outline import Grid, Line, Part
from extractor.model.passage import EMPTY, Passage

Unit = Line | Grid


@dataclass
class Opening:
    """A rule's answer: the part that the line opens.

    `label` are the words that only say what the part is; `line` is what is left of the line as the
    first line of the part; `single` parts take no further lines.
    """

    kind: str
    label: Passage = EMPTY
    line: Line | None = None
    single: bool = False
    misspelt: str | None = None


@dataclass
class State:
    """Where the walk stands; changed by `Walk` only."""

    units: list[Unit] = field(default_factory=list)
    place: int = 0
    parts: list[Part] = field(default_factory=list)
    kind: str = "front"  # of the open part
    meeting: bool = False  # inside a meeting
    titled: bool = False  # the title has been seen
    begun: bool = False  # a headed part, meeting or table has been seen
    marked: bool = False  # the open part has items with marks
    mark: str | None = None  # kind of the last item's mark
    count: int = 0  # lines in the open part
    repeated: frozenset[str] = frozenset()  # kinds of labels of meetings that stand in the document more than once
    announced: bool = False  # somewhere in the document a meeting is announced by name
    meets: bool = False  # the document speaks of an association, of meetings or of their agenda
    chapters: bool = False  # a heading with a Roman number stands above the meetings
    card: bool = False  # the lines are those of a meeting's own table of labels and values
    chapter: int = 0  # number of the last bold heading above the meetings («3. План работы по месяцам»)
    eventful: bool = False  # events of a form and a date stand over questions twice or more, no meeting is announced
    item: int = 0  # number of the last question
    sitting: int = 0  # number of the last meeting
    numbered: bool = False  # meetings are announced as items of a numbered list: «2. Заседание …»

    def next_line(self, ahead: int = 1) -> Line | None:
        """The line `ahead` places on, where it is a line."""
        place = self.place + ahead
        unit = self.units[place] if place < len(self.units) else None
        return unit if isinstance(unit, Line) else None

    def next_unit(self, ahead: int = 1) -> Unit | None:
        place = self.place + ahead
        return self.units[place] if place < len(self.units) else None
