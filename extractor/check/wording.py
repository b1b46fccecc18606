"""Misspelt headings, quotes that do not close, cells in the wrong column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.check.facts import Facts, short, wording
from extractor.model.plan import Activity, At, Diagnostic, Plan, Span


def heading_misspelt(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """«Зеседание» where a heading known to the vocabulary was meant."""
    for _, at, meant in facts.of("heading-misspelt"):
        written = short(wording(plan, at))
        yield Diagnostic(
            code="heading-misspelt",
            severity="warning",
            message=f"В заголовке «{written}» опечатка: проверьте, не «{meant}» ли это.",
            suggestion=meant,
            at=at,
        )


def heading_word_misspelt(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """«Отвественные» in the head of a column, «обьединения» in the title."""
    said = {span for _, at, _ in facts.of("heading-misspelt") for span in at}
    headings = [plan.title.at] if plan.title else []
    headings += [s.at for s in plan.structure if s.role in ("label", "column_heading")]
    headings += [m.at[:1] for m in plan.meetings]
    seen: set[str] = set()
    for at in headings:
        for span in at:
            text = plan.blocks[span.block].text[span.start : span.end]
            if len(text) > 200 or span in said:
                continue
            for start, end, meant in facts.words.misspelt(text):
                written = text[start:end]
                if written.casefold() in seen:
                    continue
                seen.add(written.casefold())
                yield Diagnostic(
                    code="heading-misspelt",
                    severity="warning",
                    message=f"В заголовке «{short(' '.join(text.split()))}» написано «{written}»: проверьте, не «{meant}» ли это.",
                    suggestion=meant,
                    at=(Span(span.block, span.start + start, span.start + end),),
                )


def unclosed_quote(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """A quote opened and not closed, or closed and not opened, inside one wording."""
    for text, at in _wordings(plan):
        if _unbalanced(text):
            yield Diagnostic(
                code="unclosed-quote",
                severity="info",
                message=f"В тексте «{short(text, 80)}» кавычка не имеет пары: проверьте, где начинается и кончается название.",
                at=at,
            )


def _wordings(plan: Plan) -> Iterable[tuple[str, At]]:
    for field in (plan.themes, plan.goals, plan.tasks, plan.directions, plan.results):
        for entry in field:
            yield entry.text, entry.at
    for meeting in plan.meetings:
        if meeting.theme:
            yield meeting.theme, meeting.at
        for item in meeting.agenda:
            yield item.text, item.at
    for activity in plan.activities:
        yield activity.text, activity.at


def _unbalanced(text: str) -> bool:
    """«ЛитРес: Школа»» has one quote more; an inner quote may share its closing sign («А «Б»)."""
    depth = 0
    opened = 0
    for sign in text:
        if sign in "«„“" and not (sign == "“" and depth):
            depth += 1
            opened += 1
        elif sign in "»”“":
            if depth == 0:
                return True
            depth -= 1
    if depth and not (depth == 1 and opened > 1 and text.rstrip(" .").endswith(("»", "”"))):
        return True
    return text.count('"') % 2 == 1


def cell_misplaced(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """A group of people in the column of responsible persons while the columns of participants and terms are empty."""
    groups = {p.text.casefold()[:20] for a in plan.activities for p in a.participants if p.kind == "group"}
    dated = {a.table for a in plan.activities if a.dates}
    for activity in plan.activities:
        if activity.participants or activity.dates or activity.table not in dated or not groups:
            continue
        if any(p.kind == "group" and p.text.casefold()[:20] in groups for p in activity.responsible):
            yield _misplaced(activity)


def _misplaced(activity: Activity) -> Diagnostic:
    row = f"В строке {activity.number}" if activity.number else f"В строке «{short(activity.text)}»"
    return Diagnostic(
        code="cell-misplaced",
        severity="warning",
        message=f"{row} графы участников и сроков пусты, а группа участников стоит в графе ответственных: "
        "проверьте, не сдвинуты ли ячейки.",
        at=activity.responsible[0].at,
    )


def place_and_people_exchanged(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """A person's name in the column of places, or a place in the column of responsible persons."""
    for activity in plan.activities:
        place = activity.place
        if place is None or place.schools or not _NAME.fullmatch(place.text.strip(" .")):
            continue
        row = f"В строке {activity.number}" if activity.number else f"В строке «{short(activity.text)}»"
        yield Diagnostic(
            code="cell-misplaced",
            severity="warning",
            message=f"{row} в графе места стоит «{short(place.text)}»: проверьте, не переставлены ли место и ответственный.",
            at=place.at,
        )


_NAME = re.compile(r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.?(?:,?\s+[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.?)*")
