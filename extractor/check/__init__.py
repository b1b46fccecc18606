"""Stage 4: Plan → diagnostics: what a careful reader would point out.

Every rule is a small function of (plan, facts) that yields diagnostics; their order in `RULES` is
the order of the list. A rule never changes a value: it says where to look and what to propose.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.check import dates, numbers, reading, wording
from extractor.check.facts import Facts, Note, Rule
from extractor.model.plan import Diagnostic, Plan
from extractor.model.source import Source
from extractor.values.spelling import Spelling

RULES: tuple[Rule, ...] = (
    reading.reader_notes,
    dates.year_missing,
    dates.date_outside_year,
    dates.dates_out_of_order,
    dates.rows_out_of_order,
    dates.dates_not_aligned,
    numbers.agenda_numbers,
    numbers.row_numbers,
    numbers.meeting_numbers,
    wording.heading_misspelt,
    wording.heading_word_misspelt,
    wording.unclosed_quote,
    wording.cell_misplaced,
    wording.place_and_people_exchanged,
    reading.doubtful,
    reading.low_coverage,
    reading.no_plan,
)


def check_plan(plan: Plan, source: Source, notes: Sequence[Note], words: Spelling) -> tuple[Diagnostic, ...]:
    """The diagnostics of a plan, one a place, in the order of the rules."""
    facts = Facts(source, tuple(notes), words)
    found: dict[tuple[str, object], Diagnostic] = {}
    for rule in RULES:
        for diagnostic in rule(plan, facts):
            found.setdefault((diagnostic.code, diagnostic.at or diagnostic.message), diagnostic)
    return tuple(found.values())
