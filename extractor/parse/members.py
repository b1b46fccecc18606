"""The table or list of members: who, from which school, in which post, and the other columns as they stand."""

from __future__ import annotations

from msgspec.structs import replace

from extractor.model.outline import Part
from extractor.model.passage import Passage
from extractor.model.plan import Participant
from extractor.parse.context import Context
from extractor.parse.rows import RowView
from extractor.parse.texts import entries
from extractor.vocabulary.folding import fold


def read_members(part: Part, context: Context) -> list[Participant]:
    """The members that the part lists."""
    if part.table is None:
        for line in part.lines:
            if line.mark:
                context.label(line.mark.at, "number")
        return [member for entry in entries(part) for member in _listed(entry, context)]
    members: list[Participant] = []
    for band in part.table.bands:
        for heading in band.heading:
            context.label(heading, "column_heading")
        for row in band.rows:
            view = RowView(row, band)
            member = _member(view, context)
            if member is not None:
                members.append(member)
    return members


def _listed(entry: Passage, context: Context) -> tuple[Participant, ...]:
    """«Дробот Виктор Григорьевич – председатель, высшая категория»: a person, and all that is said of them."""
    people = context.participants(entry)
    if len(people) < 2 or people[0].kind != "person" or any(p.name for p in people[1:]):
        return people
    names = context.senses.people.find_names(entry.text)
    said = entry.cut(names[0].end).strip(" –—-,;:.") if names else entry
    return (replace(people[0], text=entry.text, position=said.text, at=entry.at()),)


def _member(view: RowView, context: Context) -> Participant | None:
    cell = view.cell("member") or view.cell("responsible")
    number = view.own("number")
    if number is not None:
        context.label(number.text, "number")
    if cell is None:
        return None
    people = context.participants(cell.text)
    if not any(person.name for person in people) and fold(cell.text.text).startswith("вакан"):
        return None
    person = people[0] if people else Participant(kind="person", text=cell.text.text, at=cell.text.at())
    position, school = view.cell("position"), view.cell("school")
    at = person.at
    if position is not None:
        person = replace(person, position=person.position or position.text.text)
        at = at + position.text.at()
    if school is not None:
        found = context.schools(school.text, bare=True)
        known = {"school": found[0]} if found else {"organisation": school.text.text}
        person = replace(person, **known)
        at = at + school.text.at()
    extra: dict[str, str] = {}
    for column, other in view.unlike("member", "number", "position", "school", "responsible"):
        extra[column.heading or "без названия"] = other.text.text
        at = at + other.text.at()
    return replace(person, kind="person", extra=extra, at=at)
