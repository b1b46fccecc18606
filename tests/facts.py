"""Facts of a record in one line each, so that a table of cases can be read."""

from __future__ import annotations

from extractor.model.plan import Activity, AgendaItem, Date, Meeting, Participant


def term(date: Date) -> str:
    """«2021-10» or, without days of its own, the kind of term: «recurring»."""
    return date.edtf or date.precision


def who(people: tuple[Participant, ...]) -> str:
    """«Иванова И. И. (СОШ № 3); Руководитель РМО»."""
    return "; ".join((p.name or p.text) + (f" ({p.school.text})" if p.school else "") for p in people)


def question(item: AgendaItem) -> str:
    """«1 | доклад | «Чтение» | Иванова И. И.»: number, form, topic, speakers, terms."""
    parts = [
        item.number or "",
        item.form or "",
        item.topic,
        who(item.speakers),
        ", ".join(map(term, item.dates)),
    ]
    return _joined(parts)


def sitting(meeting: Meeting) -> str:
    """«1 | 2021-08 | тема «Начало» | форма … | место …»: a meeting without its agenda."""
    parts = [str(meeting.number or ""), ", ".join(map(term, meeting.dates))]
    named = {
        "тема": meeting.theme,
        "форма": meeting.form,
        "место": meeting.place,
        "отв.": who(meeting.responsible),
    }
    return _joined([*parts, *(f"{name} {value}" for name, value in named.items() if value)])


def deed(activity: Activity) -> str:
    """«1 | Семинар «А» | семинар | 2021-10 | Иванова И. И. | место …»."""
    parts = [activity.number or "", activity.text, activity.form or "", ", ".join(map(term, activity.dates))]
    parts.append(who(activity.responsible))
    place = activity.place.text if activity.place else ""
    taking = who(activity.participants)
    named = {"место": place, "для": taking, "итог": activity.result, "цель": activity.purpose}
    rest = [f"{name} {value}" for name, value in named.items() if value]
    rest += [f"{name}: {value}" for name, value in activity.extra.items()]
    return _joined([*parts, *rest, *(f"в «{name}»" for name in activity.section)])


def _joined(parts: list[str]) -> str:
    while parts and not parts[-1]:
        parts.pop()
    return " | ".join(parts)
