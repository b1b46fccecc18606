"""Rules for a month that stands alone over a meeting's questions, over a table or over planned work."""

from __future__ import annotations

import re

from extractor.model.outline import Grid, Line
from extractor.segment.columns import asks
from extractor.segment.front_rules import title_dated
from extractor.segment.labels import rest_line
from extractor.segment.state import Opening, State
from extractor.values.dates import Years
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold


def month_heading(line: Line, state: State, senses: Senses) -> Opening | None:
    """«СЕНТЯБРЬ», «25 октября 2017 года» alone on a line dates what follows; where nobody in the document
    says «заседание», a month over a list of questions is the meeting itself."""
    text = (line.body if line.mark is not None and line.mark.kind == "roman" else line.whole).text
    if state.kind == "approval":
        return None
    month = _month_of_line(line, state, senses)
    if month is not None:
        return month
    labelled = state.kind.startswith("meeting.") and state.kind != "meeting.table" and state.count == 0
    if len(text) > 60 or not state.titled or labelled:
        return None
    if state.kind == "title" and state.count < 2 and not title_dated(state, senses) or not senses.is_term(text.strip(" .:()")):
        return None
    if senses.dates.find_school_years(text) or senses.dates.find_calendar_year(text):
        return None
    alone = state.meets and not state.announced and ":" not in text and _is_month_or_day(text, senses)
    if alone and (_questions_follow(state, senses) or _questions_in_table(state, senses)):
        return Opening("meeting", line=line)
    if _work_follows(state, senses):
        return Opening("section", label=line.whole)
    return Opening("month", line=line, single=True)


_MONTH_FIRST = re.compile(r"([^.,:;(–—-]{3,20})(?::|\s[–—-])\s+(?=\S.{6})")


def _month_of_line(line: Line, state: State, senses: Senses) -> Opening | None:
    """«Сентябрь: конкурс чтецов, семинар «Новое».» outside of meetings, after another part has ended."""
    if line.mark is not None or state.meeting or not state.titled or state.kind not in ("closed", "caption", "section"):
        return None
    head = _MONTH_FIRST.match(line.whole.text)
    if head is None or not senses.is_term(head[1].strip()) or not _is_month_or_day(head[1], senses):
        return None
    rest = line.whole.cut(head.end())
    if senses.meetings.read(rest.text):
        return None
    return Opening("section", label=line.whole.cut(0, head.end()), line=rest_line(line, rest))


def _work_follows(state: State, senses: Senses) -> bool:
    """Whether what stands under a month is planned work: no table, no meeting and no part of one."""
    ahead = state.next_line()
    if ahead is None or state.meeting and not state.item or senses.is_term(ahead.text.strip(" .:()")):
        return False
    if state.meeting and ahead.mark is not None and ahead.mark.number == str(state.item + 1):
        return False
    if senses.meetings.read(ahead.whole.text):
        return False
    body = ahead.body.text
    if ahead.mark is not None and body[:1].islower() and ":" not in body:
        return True  # «- план на год;» heads nothing
    labels = (senses.words.in_meeting, senses.words.headings)
    return not any(words.match(fold(body), typos=False) for words in labels)


def _is_month_or_day(text: str, senses: Senses) -> bool:
    """Whether the term is one month or day, when somebody may meet."""
    dates = senses.dates.find(text, Years())
    return len(dates) == 1 and dates[0].precision in ("month", "day")


def _questions_follow(state: State, senses: Senses) -> bool:
    """Whether a numbered list stands within the next lines, under labels of a meeting at most."""
    themed = False
    for ahead in range(1, 5):
        line = state.next_line(ahead)
        if line is not None and line.mark is not None:
            return True
        found = senses.words.in_meeting.match(fold(line.text), typos=False) if line is not None else None
        if ahead == 1 and line is not None and found is None and len(line.text) < 60 and senses.forms.find(line.text):
            continue  # «в дистанционном формате»
        if found is None or found.kind == "between":
            break
        themed = themed or found.kind == "theme"
    return themed and state.meeting  # like the month before, though without questions


def _questions_in_table(state: State, senses: Senses) -> bool:
    """Whether the next thing is a table with a column of questions («Рассматриваемые вопросы»)."""
    table = state.next_unit()
    if not isinstance(table, Grid) or not table.rows:
        return False
    heads = [cell.text.text for cell in table.rows[0].cells]
    dated = any(role == "dates" for head in heads for role, _, _ in senses.words.columns.find(head))
    return not dated and any(len(head) < 80 and asks(head) for head in heads)
