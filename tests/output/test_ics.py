"""The calendar: what has days is in it, whole months span their days, UIDs stay."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from extractor.model.plan import Date, Plan, Plans
from extractor.output.to_ics import ics_bytes


def events(plan: Plan | Plans) -> list[Any]:
    return list(Calendar.from_ical(ics_bytes(plan)).walk("VEVENT"))


def with_term(plan: Plan, **term: Any) -> Plan:
    meeting = replace(plan.meetings[0], dates=(Date(text="срок", **term),))
    return replace(plan, meetings=(meeting,))


def test_a_day(plan: Plan) -> None:
    [event] = events(plan)
    assert event["DTSTART"].dt == date(2022, 10, 25)
    assert event["DTEND"].dt == date(2022, 10, 26)
    assert event["SUMMARY"] == "Заседание РМО — РМО библиотекарей Заречного района"
    assert "1. «Чтение в семье» (Птицына А. А. (Луговская СОШ))" in event["DESCRIPTION"]
    assert "2023-10-25" in event["DESCRIPTION"]


TERMS = [
    ({"start": "2023-11-01", "end": "2023-11-30"}, (date(2023, 11, 1), date(2023, 12, 1))),
    ({"start": "2023-11-13", "end": "2023-11-19"}, (date(2023, 11, 13), date(2023, 11, 20))),
    (
        {"start": "2023-11-13", "end": "2023-11-13", "time": "10:00/11:30"},
        (datetime(2023, 11, 13, 10), datetime(2023, 11, 13, 11, 30)),
    ),
    ({"start": "2023-09-01", "end": "2024-05-31"}, None),  # в течение года
    ({}, None),  # по заявкам
    ({"end": "2023-09-15"}, None),  # до 15 сентября
    ({"start": "2023-02-30", "end": "2023-02-30"}, None),
]


@pytest.mark.parametrize(("term", "expected"), TERMS)
def test_terms(plan: Plan, term: dict[str, str], expected: tuple[Any, Any] | None) -> None:
    found = [(event["DTSTART"].dt, event["DTEND"].dt) for event in events(with_term(plan, **term))]
    assert found == ([expected] if expected else [])


def test_uid_stays_when_the_day_is_corrected(plan: Plan) -> None:
    moved = with_term(plan, start="2023-10-25", end="2023-10-25")
    assert events(moved)[0]["UID"] == events(plan)[0]["UID"]


def test_uids_differ(plan: Plan) -> None:
    both = Plans(source=plan.source, plans=(plan, plan))
    assert len({event["UID"] for event in events(both)}) == 2


def test_what_no_calendar_holds_is_left_out(plan: Plan) -> None:
    odd = replace(plan.meetings[0], title="Засе\x00дание\x0b \udc80; BEGIN:VEVENT\nEND:VEVENT")
    [event] = events(replace(plan, meetings=(odd,)))
    assert "\x00" not in event["SUMMARY"]
