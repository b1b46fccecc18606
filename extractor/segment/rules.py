"""The rules that say what a line opens, in their order.

Each is a function of (line, state, senses), named for what it sees, that answers with an Opening or
passes with None; its place in RULES is its rank. `--explain` prints the name of the rule that claimed
a line.
"""

from __future__ import annotations

from collections.abc import Callable

from extractor.model.outline import Line
from extractor.segment.front_rules import approval, signature, title_line
from extractor.segment.meeting_rules import (
    agenda_item,
    between_meetings,
    event_announced,
    in_meeting,
    meeting_announced,
    speaker_line,
)
from extractor.segment.month_rules import month_heading
from extractor.segment.part_rules import (
    capital_heading,
    caption,
    chapter,
    contents,
    headed_list,
    headed_part,
    planned_detail,
    planned_item,
    work_under_month,
)
from extractor.segment.state import Opening, State
from extractor.values.senses import Senses

Rule = Callable[[Line, State, Senses], Opening | None]

RULES: tuple[Rule, ...] = (
    contents,
    between_meetings,
    meeting_announced,
    event_announced,
    chapter,
    capital_heading,
    approval,
    speaker_line,
    in_meeting,
    signature,
    planned_detail,
    planned_item,
    title_line,
    headed_part,
    month_heading,
    work_under_month,
    agenda_item,
    headed_list,
    caption,
)
