"""Plans → a calendar of the dated meetings.

A day is an all-day event, or an hour where the plan names one; a month, a week or a quarter spans all
its days. An event keeps its UID when the plan is read again, so that a calendar replaces it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from extractor.model.plan import Date, Meeting, Plan, Plans
from extractor.output.cells import day_of, who

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)  # the same plan gives the same bytes


def ics_bytes(plan: Plan | Plans) -> bytes:
    """The calendar of one document."""
    return calendar_bytes(plan.plans if isinstance(plan, Plans) else (plan,))


def calendar_bytes(plans: Iterable[Plan]) -> bytes:
    """The calendar of all meetings that have days."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//plan-extractor//extract//RU")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Заседания методических объединений")
    used: set[str] = set()
    for plan in plans:
        for ordinal, meeting in enumerate(plan.meetings, 1):
            for index, term in enumerate(meeting.dates, 1):
                if (span := _span(term)) is not None:
                    uid = _unique(_uid(plan, ordinal, index), used)
                    calendar.add_component(_event(plan, meeting, term, span, uid))
    data: bytes = calendar.to_ical()
    return data


def _span(term: Date) -> tuple[date, date] | None:
    """First and last day; None for «по заявкам» and for terms that last half a year and longer."""
    begin, end = day_of(term.start), day_of(term.end)
    if begin is None or end is None or end < begin or end - begin > timedelta(days=100):
        return None
    return begin, end


def _event(plan: Plan, meeting: Meeting, term: Date, span: tuple[date, date], uid: str) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", _STAMP)
    event.add("summary", _clean(_summary(plan, meeting)))
    begin, end = span
    hours = _hours(term.time) if begin == end else None
    if hours:
        event.add("dtstart", datetime.combine(begin, hours[0]))
        event.add("dtend", datetime.combine(begin, hours[1]))
    else:
        event.add("dtstart", begin)
        event.add("dtend", end + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if meeting.place:
        event.add("location", _clean(meeting.place))
    event.add("description", _clean("\n".join(_description(plan, meeting, term))))
    return event


def _summary(plan: Plan, meeting: Meeting) -> str:
    whose = plan.association.text if plan.association else plan.source.name
    title = meeting.title or (f"Заседание № {meeting.number}" if meeting.number else "Заседание")
    return f"{title} — {whose}"


def _description(plan: Plan, meeting: Meeting, term: Date) -> Iterator[str]:
    if meeting.theme:
        yield f"Тема: {meeting.theme}"
    yield f"Срок в плане: {term.text}"
    if term.suggested:
        yield f"Возможно, имелось в виду: {term.suggested.edtf}"
    for item in meeting.agenda:
        number = f"{item.number.rstrip('.')}. " if item.number else "– "
        speakers = who(item.speakers)
        yield number + item.topic + (f" ({speakers})" if speakers else "")
    yield f"Файл: {plan.source.name}"


def _hours(written: str | None) -> tuple[Any, Any] | None:
    """Begin and end of «10:00/11:00»; an hour where only the begin is given."""
    if not written:
        return None
    begin, _, end = written.partition("/")
    try:
        first = datetime.strptime(begin, "%H:%M")
        last = datetime.strptime(end, "%H:%M") if end else first + timedelta(hours=1)
    except ValueError:
        return None
    return (first.time(), last.time()) if last > first else None


def _uid(plan: Plan, ordinal: int, index: int) -> str:
    """Made of what stays when a plan is corrected: whose it is, its year, which meeting, which day of it."""
    whose = plan.association.text if plan.association else plan.source.name
    year = plan.school_year.start if plan.school_year else 0
    if plan.calendar_year:
        year = plan.calendar_year.year
    words = " ".join(whose.lower().split())
    return hashlib.sha256(f"{words}|{year}|{ordinal}|{index}".encode("utf-8", "replace")).hexdigest()[:24]


def _unique(uid: str, used: set[str]) -> str:
    name, number = uid, 1
    while name in used:
        number += 1
        name = f"{uid}-{number}"
    used.add(name)
    return f"{name}@plan-extractor"


def _clean(text: str) -> str:
    """Without control characters and lone surrogates."""
    kept = "".join(each for each in text if each == "\n" or ord(each) >= 32)
    return kept.encode("utf-8", "replace").decode()
