"""Planned work in running text, its details on lines of their own: «1.1 …», «Срок: …», «Ответственный: …»."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.model.outline import Line, Part
from extractor.model.passage import EMPTY, Passage, join
from extractor.model.plan import Activity, At, Date, Participant, Place
from extractor.parse.context import Context
from extractor.parse.places import base_of

_LABEL = re.compile(r"(?<=[.;,)] )([А-ЯЁ][а-яё]+(?: [а-яё]+){0,2}:)\s")


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
        self._form: str | None = None
        self._drafts: list[_Draft] = []

    def begin(self, part: Part) -> None:
        """A headed list whose items have details: its heading and first items."""
        self._context.label(part.label)
        heading = part.label.strip(" :")
        form = self._context.senses.forms.read(heading.text)
        self._section = (heading.text,)
        self._form = heading.text if form is not None and form.whole else None  # «СЕМИНАРЫ» over a list of them
        for line in part.lines:
            if line.mark is None and self._drafts and self._drafts[-1].section == self._section:
                self._drafts[-1].lines.append(line)
            else:
                self._drafts.append(_Draft([line], self._section, form=self._form))

    def read(self, part: Part) -> None:
        """A further item, or a detail of the last one."""
        if part.kind == "planned":
            self._drafts.append(_Draft(list(part.lines), self._section, form=self._form))
        elif self._drafts:
            value, *others = self._split(join(line.whole for line in part.lines))
            self._context.label(part.label)
            self._detail(part.kind.removeprefix("detail."), value[1], self._drafts[-1])
            for label, rest in others:
                self._context.label(label)
                self._detail(self._role(label), rest, self._drafts[-1])

    def _role(self, label: Passage) -> str:
        hits = self._context.senses.words.columns.find(label.text.rstrip(":"))
        return hits[0][0] if hits else ""

    def _split(self, value: Passage) -> list[tuple[Passage, Passage]]:
        """«октябрь. Ответственный: Иванова И.И.»: the value itself, then each further label with its own."""
        found = [
            m
            for m in _LABEL.finditer(value.text)
            if self._role(value.cut(m.start(1), m.end(1))) in ("dates", "responsible", "place", "participants", "result")
        ]
        ends = [*(m.start(1) for m in found), len(value.text)]
        pieces = [(EMPTY, value.cut(0, ends[0]).strip(" ;.") if found else value)]
        for m, end in zip(found, ends[1:], strict=True):
            pieces.append((value.cut(m.start(1), m.end(1)), value.cut(m.end(1), end).strip(" ;.")))
        return pieces

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
