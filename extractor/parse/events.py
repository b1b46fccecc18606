"""One cell may hold several events: lists under form words, numbered items, people under an event."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.model.outline import Line
from extractor.model.passage import EMPTY, Passage, join
from extractor.parse.context import Context
from extractor.values.marks import read_number


@dataclass
class Event:
    """An event of a cell: its number in the cell's own list, its wording, the people listed under it."""

    number: str | None = None
    form: Passage = EMPTY  # the words before the list: «Семинары»
    lines: list[Line] = field(default_factory=list)
    people: list[Line] = field(default_factory=list)
    mark: Passage = EMPTY
    over: Passage = EMPTY  # the words over the list that the event is an item of
    over_mark: Passage = EMPTY

    @property
    def text(self) -> Passage:
        return (
            join([self.lines[0].body, *(line.whole for line in self.lines[1:])]) if self.lines else self.form
        )


def split_events(
    lines: tuple[Line, ...], context: Context, *, terms: int = 0, each_line: bool = False
) -> list[Event]:
    """The events of a cell, in order. `terms` is the number of terms in the row: lines without marks
    are events of their own only where each has a term. A number that stands alone is no event."""
    alone = [line for line in lines if read_number(line.whole.text)]
    if alone and len(alone) < len(lines):
        for line in alone:
            context.label(line.whole, "number")
        lines = tuple(line for line in lines if line not in alone)
    if len(lines) <= 1:
        return [_event(list(lines))] if lines else []
    if not any(line.mark for line in lines):
        if each_line and all(_begins_event(line) for line in lines) and not _over_list(lines[0], context):
            return _a_line_each(lines, context)
        return _unmarked(lines, context, terms)
    if (size := _intro(lines, context)) and not _over_list(lines[0], context):
        return _under_intro(lines, size, context, terms)
    if len([line for line in lines if line.mark]) == 1 and lines[0].mark is not None:
        return [_event(list(lines))]
    return _marked(lines, context)


def _a_line_each(lines: tuple[Line, ...], context: Context) -> list[Event]:
    """An event for each line; a line that is a name and nothing else says who answers for the event above it."""
    events: list[Event] = []
    for line in lines:
        names = [line.text[name.start : name.end].strip(" .") for name in context.senses.people.find_names(line.text)]
        if events and names == [line.text.strip(" .,;()")]:
            events[-1].lines.append(line)
        else:
            events.append(_event([line]))
    return events


def _over_list(line: Line, context: Context) -> bool:
    """A form word alone on the first line («Семинар» over its title)."""
    found = context.senses.forms.read(line.whole.text)
    return found is not None and found.whole


def _begins_event(line: Line) -> bool:
    """A capital, a quote or a date at the head of a line."""
    return bool(
        re.match(r"[А-ЯЁA-Z«\"„]|\d{1,2}\.\d{1,2}|\d{1,2}[–-]\d{1,2}\s|\d{1,2}\s[а-я]+\s*[–—-]", line.text)
    )


def events_by_numbers(numbers: tuple[Line, ...], lines: tuple[Line, ...]) -> list[Event]:
    """«1. / 1.1 / 1.2» beside «Работа с одарёнными / … / …»: each line under its number, a line whose
    number others go on is the heading over them; [] where the two cells do not face one another."""
    said = [read_number(line.whole.text) for line in numbers]
    if len(said) < 2 or len(said) != len(lines) or None in said:
        return []
    events: list[Event] = []
    head: tuple[str, Passage] | None = None
    for place, (number, line) in enumerate(zip(said, lines, strict=True)):
        following = said[place + 1] if place + 1 < len(said) else None
        if number and following and following.startswith(f"{number}."):
            head = (number, line.whole)
            continue
        event = Event(number, EMPTY, [line], [], EMPTY)
        if head is not None and number and number.startswith(f"{head[0]}."):
            event.over = head[1]
        events.append(event)
    return events


def _event(lines: list[Line], form: Passage = EMPTY) -> Event:
    mark = lines[0].mark
    return Event(mark.number if mark else None, form, lines, [], mark.at if mark else EMPTY)


def _unmarked(lines: tuple[Line, ...], context: Context, terms: int) -> list[Event]:
    """Lines without marks: one event, unless a form word stands above quoted or equally many titles."""
    head = context.senses.forms.read(lines[0].whole.text)
    if head is not None and head.whole:
        rest = lines[1:]
        quoted = [line for line in rest if re.match(r"\s*[«\"“„]", line.text)]
        if len(rest) > 1 and (len(quoted) == len(rest) or len(rest) == terms):
            return [_event([line], lines[0].whole) for line in rest]
        return [Event(None, EMPTY, list(lines))]
    if terms == len(lines) > 1 and all(map(_begins_anew, lines)):
        return [_event([line]) for line in lines]
    groups = _apart(lines)
    if terms == len(groups) > 1 and all(_begins_anew(group[0]) for group in groups):
        return [_event(group) for group in groups]
    return [Event(None, EMPTY, list(lines))]


def _begins_anew(line: Line) -> bool:
    return line.first and line.text[:1] in '«"' or line.text[:1].isupper()


def _apart(lines: tuple[Line, ...]) -> list[list[Line]]:
    """The lines in groups that empty paragraphs keep apart."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or line.first and line.block.gap:
            groups.append([])
        groups[-1].append(line)
    return groups


def _intro(lines: tuple[Line, ...], context: Context) -> int:
    """How many lines, 0 or more, stand as an introduction over the list below: «Вовлечение родителей: – …»."""
    first = lines[0]
    form = context.senses.forms.read(first.body.text)
    if form is not None and (form.whole or not first.text.rstrip().endswith(":")):
        return 0
    size = next((k for k, line in enumerate(lines) if k and line.mark is not None), 0)
    if not size or first.mark is not None and first.mark.kind == lines[size].mark_kind:
        return 0
    rest = lines[size:]
    low = [line for line in rest if line.mark and line.body.text[:1].islower()]
    ends = lines[size - 1].text.rstrip().endswith(":")
    return size if ends or len(low) == len([line for line in rest if line.mark]) else 0


def _under_intro(lines: tuple[Line, ...], size: int, context: Context, terms: int) -> list[Event]:
    """One event with its list; or, where each item of the list has its term, each item under the words above."""
    items = [line for line in lines[size:] if line.mark is not None]
    if terms != len(items) or terms < 2 or any(line.mark is None for line in lines[size:]):
        return [_event(list(lines))]
    head = join([lines[0].body, *(line.whole for line in lines[1:size])])
    return [replace_over(_event([line]), head, lines[0]) for line in items]


def replace_over(event: Event, over: Passage, first: Line) -> Event:
    """The event under the words that stand over its list."""
    event.over = over
    event.over_mark = first.mark.at if first.mark else EMPTY
    return event


def _marked(lines: tuple[Line, ...], context: Context) -> list[Event]:
    events: list[Event] = []
    form = EMPTY
    for place, line in enumerate(lines):
        ahead = lines[place + 1] if place + 1 < len(lines) else None
        if _is_form_heading(line, ahead, context):
            form = line.body
            if line.mark:
                context.label(line.mark.at, "number")
            continue
        if line.mark is None:
            apart = line.first and bool(form and events and not events[-1].form or line.block.gap)
            if events and not apart and events[-1].form == form:
                events[-1].lines.append(line)
                continue
            events.append(_event([line], form))
            continue
        if events and _is_listed_person(line, events[-1], context):
            events[-1].people.append(line)
            continue
        if line.mark.kind == "bullet" and _was_numbered(events, form):
            form = EMPTY
        events.append(_event([line], form))
    return events


def _was_numbered(events: list[Event], form: Passage) -> bool:
    """A bullet behind a numbered list stands at the level of the list's own heading."""
    return bool(form and events and events[-1].form == form and events[-1].number and form.text)


def _is_form_heading(line: Line, ahead: Line | None, context: Context) -> bool:
    """«Семинары», «• Групповые консультации.» over a list; not the last line, not over people."""
    if ahead is None:
        return False
    found = context.senses.forms.read(line.body.text)
    if found is None or not found.whole:
        return False
    if line.mark is not None and ahead.mark is not None and line.mark.kind == ahead.mark.kind:
        return False
    names = context.senses.people.find_names(ahead.body.text)
    return not names or names[0].start > 3


def _is_listed_person(line: Line, event: Event, context: Context) -> bool:
    """«1. Александрова Е.С. №79» under «Курсы в АППО»."""
    names = context.senses.people.find_names(line.body.text)
    if not names or names[0].start > 3 or len(line.body.text) > 120:
        return False
    head = event.lines[0].mark
    assert line.mark is not None
    return bool(event.people) or head is None or head.kind != line.mark.kind
