"""How sure each reading is: high where nothing speaks against it, medium where a convention decided,
low where it is a guess; every low has a remark."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from extractor.model.plan import Activity, AgendaItem, Date, Meeting, Participant, Plan, School
from extractor.values.senses import Senses

_NESTED = (
    "institution", "head", "signatures", "approvals", "members", "meetings", "activities", "by", "date", "speakers", "responsible",
    "participants", "place", "schools", "agenda", "dates", "school",
)  # fmt: skip

_BY_CONVENTION = (
    "governed_name",  # «Выступление Ивановой И.И.»: the nominative is made
    "matrix_heading",  # the column's group takes part in each of its events
    "classes_by_number",  # «8-11» under «Классы»
)


def grade_plan(plan: Plan, senses: Senses) -> Plan:
    """The plan with a grade and a rule at each of its objects."""
    return _Grader(senses).graded(plan)  # type: ignore[no-any-return]


class _Grader:
    def __init__(self, senses: Senses) -> None:
        self._senses = senses

    def graded(self, value: Any) -> Any:
        """The value with everything inside it graded."""
        if isinstance(value, tuple):
            return (
                tuple(self.graded(item) for item in value)
                if value and isinstance(value[0], msgspec.Struct)
                else value
            )
        if not isinstance(value, msgspec.Struct):
            return value
        names = [n for n in _NESTED if n in value.__struct_fields__]
        changed = {
            n: self.graded(getattr(value, n))
            for n in names
            if isinstance(getattr(value, n), (tuple, msgspec.Struct))
        }
        grade = self._grade(value)
        if grade is not None:
            changed["grade"] = grade
            changed.setdefault("by", getattr(value, "by", "") or _grammar(value))
        return replace(value, **changed) if changed else value

    def _grade(self, value: object) -> str | None:
        match value:
            case Date():
                return _date(value)
            case School():
                return _school(value)
            case Participant():
                return self._participant(value)
            case AgendaItem():
                return _item(value)
            case Meeting():
                return _meeting(value)
            case Activity():
                return _activity(value)
        return None

    def _participant(self, person: Participant) -> str:
        if person.by in _BY_CONVENTION:
            return "medium"
        if person.kind == "person":
            if person.surname and person.given and (person.patronymic or len(person.given) > 2):
                return "high" if len(person.text) < 160 else "medium"
            return "medium" if person.surname else "low"
        known = self._senses.people.names_roles(person.text)
        if known and len(person.text) < 120:
            return "high"
        return "medium" if len(person.text) < 60 else "low"


def _grammar(value: object) -> str:
    return {
        "Date": "date_grammar",
        "School": "school_grammar",
        "SchoolEntry": "school_grammar",
        "Participant": "people_grammar",
    }.get(type(value).__name__, "")


def _date(date: Date) -> str:
    if date.precision == "unknown":
        return "low"
    if date.suggested is not None or date.year_inferred and date.start and date.start[5:7] == "08":
        return "medium"
    return "medium" if date.edtf is not None and "XXXX" in date.edtf else "high"


def _school(school: School) -> str:
    if (school.type or school.form) and (school.number or school.name):
        return "high"
    return "medium"


def _item(item: AgendaItem) -> str:
    if item.by in ("marked_line", "agenda_row", "cell_line", "inline_list") and 3 < len(item.text) < 500:
        return "high"
    return "medium"


def _meeting(meeting: Meeting) -> str:
    if meeting.agenda and (meeting.dates or meeting.number is not None):
        return "high"
    return "medium" if meeting.agenda or meeting.theme or meeting.dates else "low"


def _activity(activity: Activity) -> str:
    if activity.by.endswith("_several") or "content" in activity.by or activity.by == "loose_table":
        return "medium"
    if not any(c.isalpha() for c in activity.text):
        return "low"
    return "high" if activity.dates or activity.responsible or activity.number else "medium"
