"""What the reading itself leaves in doubt."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.check.facts import Facts, short, walk_graded
from extractor.model.plan import Diagnostic, Plan, Span

_LOW = 0.75


def reader_notes(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """What the reader of the file had to say: deletions left out, a doubtful encoding …"""
    for note in facts.source.notes:
        at = (Span(note.block, 0, len(plan.blocks[note.block].text)),) if note.block is not None else ()
        yield Diagnostic(code=note.code, severity=note.severity, message=note.message, at=at)


def low_coverage(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """A large share of the document stands in no field."""
    if plan.coverage < _LOW and _is_plan(plan):
        yield Diagnostic(
            code="low-coverage",
            severity="warning",
            message=f"В поля записи попало {round(plan.coverage * 100)} % текста: проверьте строки, перечисленные в остатке (residue).",
            at=plan.residue[:1],
        )


def doubtful(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """Every reading that is a guess."""
    for value in walk_graded(plan):
        if value.grade == "low":
            yield Diagnostic(
                code="doubtful-reading",
                severity="info",
                message=f"«{short(value.text)}» понято ненадёжно: проверьте это место.",
                at=value.at,
            )


def no_plan(plan: Plan, facts: Facts) -> Iterable[Diagnostic]:
    """Nothing in the document looks like a plan."""
    if not _is_plan(plan):
        yield Diagnostic(
            code="not-a-plan",
            severity="warning",
            message="В документе не найдено ни заседаний, ни мероприятий, ни целей и задач: проверьте, план ли это.",
        )
        yield Diagnostic(
            code="low-coverage",
            severity="warning",
            message=f"В поля записи попало {round(plan.coverage * 100)} % текста: проверьте, тот ли это документ.",
            at=plan.residue[:1],
        )


def _is_plan(plan: Plan) -> bool:
    return bool(plan.meetings or plan.activities or plan.goals or plan.tasks or plan.themes or plan.sections)
