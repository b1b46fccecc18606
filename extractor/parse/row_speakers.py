"""Who speaks in the rows of a table of questions: the neighbouring cell, line by line or by numbers."""

from __future__ import annotations

import re

from msgspec.structs import replace

from extractor.model.outline import Cell, Line
from extractor.model.passage import EMPTY, Passage, join
from extractor.model.plan import AgendaItem, Participant, School
from extractor.parse.by_numbers import behind_number, number_of, question_numbers
from extractor.parse.context import Context
from extractor.parse.rows import RowView, same_as_above
from extractor.parse.sittings import Sitting
from extractor.vocabulary.folding import fold

_NOBODYS = re.compile(r"разное|текущ\w+ вопрос\w*|обмен мнениями|дискуссия")  # a last question that nobody reports on
_CLOCK = re.compile(r"(?:в\s)?\d{1,2}[.:-]\d\d(?:\s?ч\w*\.?)?")


class RowSpeakers:
    """Gives the people of a row to the questions that they face."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, view: RowView) -> tuple[Participant, ...]:
        context = self._context
        cell = view.cell("speakers") or view.cell("responsible") or view.own("member")
        people = context.participants(cell.text) if cell else ()
        school = view.own("school")
        if school is not None:
            schools = context.schools(school.text, bare=True)
            return with_schools(people, schools)
        return people

    def give(self, sitting: Sitting, before: int, view: RowView, announcing: Cell | None = None) -> None:
        """The people of the neighbouring cell: to the questions they face, else to the meeting."""
        cell = view.own("speakers") or view.own("responsible")
        if cell is None or cell is announcing or cell in (view.own("agenda"), view.own("text")):
            return
        if sitting.place is None and self._is_where(cell):
            sitting.stand(cell.lines[0].whole, self._context)
            sitting.claim(cell.text)
            return
        items = sitting.agenda[before:]
        groups = list(cell.lines)
        numbered = _numbered(groups)
        facing: list[Passage] = []
        if numbered:
            facing = [numbered.get(item.number or "", EMPTY) for item in items]
            for line in groups:
                self._context.label(number_of(line), "number")
        elif len(groups) > 1 and len(groups) in (len(items), len(items) - _nobodys(items)):
            facing = [line.body for line in groups]
        if facing:
            people: tuple[Participant, ...] = ()
            for place, passage in enumerate(facing):
                item = sitting.agenda[before + place]
                if passage and same_as_above(passage.text):
                    self._context.label(passage)
                elif passage:
                    people = self._context.participants(passage)
                if passage:
                    sitting.agenda[before + place] = replace(item, speakers=one_each(item.speakers, people))
            return
        people = self._context.participants(cell.text)
        if len(items) == len(people) > 1 and len(groups) > 1:  # lines of a PDF that ran into one another
            for place, person in enumerate(people):
                item = sitting.agenda[before + place]
                sitting.agenda[before + place] = replace(item, speakers=one_each(item.speakers, (person,)))
            return
        if len(items) == 1:
            sitting.agenda[before] = replace(items[0], speakers=one_each(items[0].speakers, people))
        else:
            sitting.responsible.extend(people)


    def _is_where(self, cell: Cell) -> bool:
        """«МКОУ СОШ № 1» over «10.00» in the column of people: where the meeting is."""
        first, *others = cell.lines
        senses = self._context.senses
        people = self._context.participants(first.whole)
        said = senses.is_place(first.text) and all(person.kind == "organisation" for person in people)
        return bool(others) and said and all(senses.is_term(line.text) or _CLOCK.fullmatch(line.text) for line in others)


def _nobodys(items: list[AgendaItem]) -> int:
    """1 where the last question is one that nobody reports on («Разное»)."""
    return int(bool(items) and _NOBODYS.fullmatch(fold(items[-1].text).strip(" .")) is not None)


def one_each(named: tuple[Participant, ...], beside: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Who the question names and who stands beside it; a person who does both once, with the fuller words."""
    kept = list(named)
    for person in beside:
        twin = next((k for k, p in enumerate(kept) if person.name and _agree(p, person)), None)
        if twin is None:
            kept.append(person)
        elif kept[twin].school is None and kept[twin].position is None:
            kept[twin] = replace(person, at=kept[twin].at + person.at)
        else:
            kept[twin] = replace(kept[twin], at=kept[twin].at + person.at)
    return tuple(kept)


def _agree(one: Participant, other: Participant) -> bool:
    """The same surname, and given names or initials that do not contradict one another."""
    if one.surname is None or one.surname != other.surname:
        return False
    pairs = ((one.given, other.given), (one.patronymic, other.patronymic))
    return all(not a or not b or a[:1] == b[:1] for a, b in pairs)


def with_schools(people: tuple[Participant, ...], schools: tuple[School, ...]) -> tuple[Participant, ...]:
    """Each person with the school of the neighbouring cell, where that is clear."""
    if len(schools) == 1:
        return tuple(replace(p, school=p.school or schools[0]) if p.kind == "person" else p for p in people)
    if len(schools) == len(people):
        return tuple(replace(p, school=p.school or s) for p, s in zip(people, schools, strict=True))
    return people


def _numbered(lines: list[Line]) -> dict[str, Passage]:
    """Who answers for which question, by its number; a line without one goes on with that above. {} where the first
    has none, or only it has one."""
    entries: list[tuple[list[str], list[Passage]]] = []
    for line in lines:
        numbers = question_numbers(line)
        if numbers:
            entries.append((numbers, [behind_number(line)]))
        elif entries:
            entries[-1][1].append(line.whole)
        else:
            return {}
    if len(entries) < len(lines) and len(entries) < 2:
        return {}
    return {number: join(passages) for numbers, passages in entries for number in numbers}
