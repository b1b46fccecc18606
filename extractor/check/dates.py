"""Dates that contradict the plan or one another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as day

from extractor.check.facts import Facts, short
from extractor.model.plan import At, Date, Diagnostic, Meeting, Plan


def year_missing(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """The plan does not say its year."""
    if plan.calendar_year is not None or plan.school_year is not None and not plan.school_year.inferred:
        return
    if not (plan.meetings or plan.activities or plan.goals or plan.tasks):
        return
    at = plan.title.at if plan.title else ()
    if plan.school_year is None:
        message = "В плане не указан учебный год, и по срокам его не определить: проверьте и впишите год."
        yield Diagnostic(code="year-missing", severity="warning", message=message, at=at)
        return
    start, end = plan.school_year.start, plan.school_year.end
    yield Diagnostic(
        code="year-missing",
        severity="warning",
        message=f"В названии плана не указан учебный год, по срокам это {start}–{end} учебный год: проверьте и впишите год.",
        suggestion=f"{start}-{end}",
        at=at,
    )


def dated(plan: Plan) -> Iterable[tuple[str, Date]]:
    """Every date of the plan with the words that say whose it is."""
    for place, meeting in enumerate(plan.meetings):
        for date in meeting.dates:
            yield f"Заседание {meeting.number or place + 1}", date
        for item in meeting.agenda:
            for date in item.dates:
                yield f"Вопрос «{short(item.topic)}»", date
    for activity in plan.activities:
        for date in activity.dates:
            yield f"Мероприятие «{short(activity.text)}»", date


def date_outside_year(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """A written date lies outside the plan's year."""
    seen: set[At] = set()
    for whose, date in dated(plan):
        if date.suggested is None or date.at in seen:
            continue
        seen.add(date.at)
        year = (
            f"{plan.school_year.start}–{plan.school_year.end} учебный год"
            if plan.school_year
            else (f"{plan.calendar_year.year} год" if plan.calendar_year else "другой год")
        )
        yield Diagnostic(
            code="date-outside-year",
            severity="warning",
            message=f"{whose}: срок «{date.text}», а план составлен на {year}: "
            f"проверьте, не {_russian(date.suggested.start, date.suggested.end)} ли это.",
            suggestion=date.suggested.edtf,
            at=date.at,
        )


_MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


def _russian(start: str, end: str) -> str:
    first = day.fromisoformat(start)
    if start == end:
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year} года"
    last = day.fromisoformat(end)
    return f"{first.day} {_MONTHS[first.month - 1]} {first.year} года – {last.day} {_MONTHS[last.month - 1]} {last.year} года"


def dates_out_of_order(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """A meeting is dated before the one above it; one remark for the first break."""
    before: tuple[str, Meeting, Date] | None = None
    for meeting in plan.meetings:
        date = next((d for d in meeting.dates if d.start), None)
        if date is None or date.start is None:
            continue
        if before is not None and date.start < before[0] and (date.end or date.start) < before[0]:
            yield Diagnostic(
                code="dates-out-of-order",
                severity="warning",
                message=f"Заседание {_name(plan, meeting)} ({date.text}) по дате раньше заседания "
                f"{_name(plan, before[1])} ({before[2].text}): проверьте порядок или годы.",
                at=date.at,
            )
            return
        before = (date.start, meeting, date)


def rows_out_of_order(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """In a table whose rows otherwise follow one another in time, the row that falls out."""
    tables: dict[tuple[int | None, tuple[str, ...]], list[tuple[str, Date]]] = {}
    for activity in plan.activities:
        date = next(
            (d for d in activity.dates if d.start and d.precision in ("day", "week", "month", "range")), None
        )
        if date is not None and date.start is not None and activity.table is not None:
            tables.setdefault((activity.table, activity.section), []).append((activity.text, date))
    for rows in tables.values():
        starts = [date.start or "" for _, date in rows]
        breaks = [
            k for k in range(1, len(starts)) if starts[k] < starts[k - 1] and (rows[k][1].end or "") < starts[k - 1]
        ]
        if len(breaks) != 1 or len(starts) < 4:
            continue
        place = breaks[0]
        rest = starts[:place] + starts[place + 1 :]
        if rest == sorted(rest) and not rows[place][1].year_inferred:
            text, date = rows[place]
            yield Diagnostic(
                code="dates-out-of-order",
                severity="warning",
                message=f"Мероприятие «{short(text)}» ({date.text}) по дате раньше строки над ним: проверьте порядок или год.",
                at=date.at,
            )


def _name(plan: Plan, meeting: Meeting) -> str:
    return str(meeting.number or plan.meetings.index(meeting) + 1)


def dates_not_aligned(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """Several events and several terms in one row, and nothing shows which belongs to which."""
    for _, at, count in facts.of("dates-not-aligned"):
        yield Diagnostic(
            code="dates-not-aligned",
            severity="warning",
            message=f"В строке мероприятий {count}, сроков {len(at)}, и не видно, какой срок к чему относится: "
            "проверьте срок каждого мероприятия.",
            at=at,
        )
