"""Planned work in running text, its details on lines of their own: «1.1 …», «Срок: …», «Ответственный: …»."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.model.outline import Line, Part
from extractor.model.passage import Passage, join
from extractor.model.plan import Activity, At, Date, Participant, Place
from extractor.parse.context import Context
from extractor.parse.places import base_of


@dataclass
class _Draft:
    lines: list[Line]
    section: tuple[str, ...]
    dates: tuple[Date, ...] = ()
    responsible: tuple[Participant, ...] = ()
    participants: tuple[Participant, ...] = ()
    place: Place | None = None
    result: str | None = None
    form: str | None = None
    at: At = field(default=())


class PlannedItems:
    """Gathers items and their details; `done` gives the activities and begins anew."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._section: tuple[str, ...] = ()
        self._drafts: list[_Draft] = []

    def begin(self, part: Part) -> None:
        """A headed list whose items have details: its heading and first items."""
        self._context.label(part.label)
        self._section = (part.label.strip(" :").text,)
        for line in part.lines:
            if line.mark is None and self._drafts and self._drafts[-1].section == self._section:
                self._drafts[-1].lines.append(line)
            else:
                self._drafts.append(_Draft([line], self._section))

    def read(self, part: Part) -> None:
        """A further item, or a detail of the last one."""
        if part.kind == "planned":
            self._drafts.append(_Draft(list(part.lines), self._section))
        elif self._drafts:
            self._context.label(part.label)
            self._detail(
                part.kind.removeprefix("detail."), join(line.whole for line in part.lines), self._drafts[-1]
            )

    def _detail(self, role: str, value: Passage, draft: _Draft) -> None:
        context = self._context
        value = value.strip(" ;")
        if role == "dates":
            draft.dates += context.dates(value)
        elif role in ("responsible", "speakers"):
            draft.responsible += context.participants(value)
        elif role == "participants":
            draft.participants += context.participants(value)
        elif role == "place":
            draft.place = context.place(value.strip(" ."))
        else:
            setattr(draft, role, value.text)
            draft.at += value.at()

    def done(self) -> list[Activity]:
        """The activities gathered so far."""
        drafts, self._drafts, self._section = self._drafts, [], ()
        return [self._activity(draft) for draft in drafts]

    def _activity(self, draft: _Draft) -> Activity:
        context = self._context
        first = draft.lines[0]
        if first.mark is not None:
            context.label(first.mark.at, "number")
        text = join([first.body, *(line.whole for line in draft.lines[1:])])
        form = context.senses.forms.read(text.text)
        start = form.topic if form and not form.whole else 0
        place, stop = base_of(text, context) if draft.place is None else (draft.place, len(text.text))
        return Activity(
            number=first.mark.number if first.mark else None,
            section=draft.section,
            text=text.text,
            topic=text.cut(start, max(start, stop)).strip(" .;,:–—-").text or text.text,
            form=draft.form or (form.name if form and not form.whole else None),
            dates=draft.dates,
            responsible=draft.responsible,
            participants=draft.participants,
            place=place,
            result=draft.result,
            schools=context.schools(text.cut(0, stop)),
            by="item_with_details",
            at=text.at() + draft.at,
        )
