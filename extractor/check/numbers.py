"""Numbers that skip or repeat: questions of an agenda, rows of a table, meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.check.facts import Facts
from extractor.model.plan import Activity, At, Diagnostic, Plan


def agenda_numbers(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """The questions of one meeting."""
    for place, meeting in enumerate(plan.meetings):
        numbers = [(item.number, item.at) for item in meeting.agenda if item.number]
        yield from _sequence(
            numbers, f"В повестке заседания {meeting.number or place + 1} вопросы", "вопросы"
        )


def row_numbers(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """The rows of one section of one table."""
    groups: dict[tuple[object, ...], list[Activity]] = {}
    for activity in plan.activities:
        prefix = (activity.number or "").rsplit(".", 1)[0] if "." in (activity.number or "") else ""
        groups.setdefault((activity.table, activity.section if not prefix else "", prefix), []).append(
            activity
        )
    for (_, section, _), rows in groups.items():
        name = (
            f"В разделе «{section[-1]}» строки"
            if isinstance(section, tuple) and section
            else "Строки таблицы"
        )
        yield from _sequence([(a.number, a.at) for a in rows if a.number], name, "строки")


def meeting_numbers(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """The meetings themselves."""
    yield from _sequence([(str(m.number), m.at) for m in plan.meetings if m.number], "Заседания", "заседания")


def _twice_before(missing: int, plain: Sequence[int]) -> bool:
    """«1, 2, 2, 4»: the second 2 stands for the 3, and is spoken of as a repetition."""
    return any(list(plain[k : k + 2]) == [missing - 1] * 2 for k in range(len(plain)))


def _sequence(numbered: Sequence[tuple[str | None, At]], name: str, what: str) -> Iterable[Diagnostic]:
    """One remark for all gaps of a list, one for all repetitions."""
    values = [(int(n.rsplit(".", 1)[-1]), at) for n, at in numbered if n and n.rsplit(".", 1)[-1].isdigit()]
    plain = [v for v, _ in values]
    if len(plain) < 2:
        return
    shown = ", ".join(map(str, plain))
    missing = [n for n in range(min(plain), max(plain)) if n not in plain] if max(plain) <= 200 else []
    restarts = [k for k in range(1, len(plain)) if plain[k] == 1 and plain[k - 1] != 1]
    if restarts:
        return
    repeated = sorted({n for n in plain if plain.count(n) > 1})
    if repeated:
        where = next(at for n, at in values[::-1] if n in repeated)
        yield Diagnostic(
            code="number-repeated", severity="warning", at=where[:1],
            message=f"{name} пронумерованы {shown}: номер {', '.join(map(str, repeated))} повторяется, проверьте нумерацию.",
        )  # fmt: skip
    missing = [n for n in missing if not _twice_before(n, plain)]
    if missing:
        after = next((at for n, at in values if n > missing[0]), values[-1][1])
        yield Diagnostic(
            code="number-gap", severity="warning", at=after[:1],
            message=f"{name} пронумерованы {shown}: проверьте, не пропущены ли {what} {', '.join(map(str, missing))}.",
        )  # fmt: skip
