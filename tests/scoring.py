"""How near a record is to that of a careful reader, field by field.

    sheet = Sheet()
    score_plan(sheet, gold, plan)      # both as JSON values
    sheet.fields["agenda.topic"].f1

A key that the reader's record lacks is not scored; null or [] says that there is nothing to find.
Every field is a list of values (a single value is a list of one): values are matched one to one as
well as can be, a match is found, the rest is missed or invented. Records (meetings, agenda items,
activities) are paired by their texts first, and then compared field by field.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy
from rapidfuzz.fuzz import ratio
from scipy.optimize import linear_sum_assignment

from tests.sameness import (
    Value,
    folded,
    name_of,
    same_date,
    same_letters,
    same_participant,
    same_school,
    same_text,
    same_word,
    same_year,
    wording,
)

Same = Callable[[Value, Value], bool]

PAIRED = 50.0  # two records are about the same thing when their texts agree to so many per cent
ORDER = 5.0  # what standing at the same place of the document is worth when pairing
LIST_FIELDS = ("agenda", "dates", "speakers", "responsible", "participants")


@dataclass
class Tally:
    found: int = 0
    invented: int = 0
    missed: int = 0

    def add(self, other: Tally) -> None:
        self.found += other.found
        self.invented += other.invented
        self.missed += other.missed

    @property
    def f1(self) -> float:
        """2·found / (2·found + invented + missed); 1 where there was nothing to find and nothing found."""
        total = 2 * self.found + self.invented + self.missed
        return 2 * self.found / total if total else 1.0


class Difference(NamedTuple):
    field: str
    where: str
    wanted: Value
    got: Value


@dataclass
class Sheet:
    """The tallies of a document by field, and what was different. `strict`: texts agree letter by letter."""

    strict: bool = False
    fields: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    differences: list[Difference] = field(default_factory=list)
    graded: Counter[tuple[str, str, bool]] = field(default_factory=Counter)  # last word of a field, grade, found

    @property
    def total(self) -> Tally:
        total = Tally()
        for tally in self.fields.values():
            total.add(tally)
        return total

    def compare(self, name: str, wanted: Value, got: Value, same: Same, where: str = "") -> None:
        golds, guesses = as_list(wanted), as_list(got)
        hits = matches(golds, guesses, LETTER_BY_LETTER.get(same, same) if self.strict else same)
        lost = [each for number, each in enumerate(golds) if number not in hits]
        extra = [each for number, each in enumerate(guesses) if number not in hits.values()]
        self.fields[name].add(Tally(len(hits), len(extra), len(lost)))
        for number, each in enumerate(guesses):
            if isinstance(each, dict) and each.get("grade"):
                self.graded[name.split(".")[-1], each["grade"], number in hits.values()] += 1
        for number in range(max(len(lost), len(extra))):
            pair = (each[number] if number < len(each) else None for each in (lost, extra))
            self.differences.append(Difference(name, where, *pair))


LETTER_BY_LETTER: dict[Same, Same] = {same_text: same_letters, same_word: same_letters}


def as_list(value: Value) -> list[Value]:
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value in (None, "", {}) else [value]


def matches(golds: Sequence[Value], guesses: Sequence[Value], same: Same) -> dict[int, int]:
    """The largest one-to-one matching: index of the wanted value → index of the found one."""
    if not golds or not guesses:
        return {}
    grid = numpy.array([[same(gold, guess) for guess in guesses] for gold in golds], dtype=float)
    rows, columns = linear_sum_assignment(grid, maximize=True)
    return {int(row): int(column) for row, column in zip(rows, columns, strict=True) if grid[row, column]}


def pairs(golds: Value, guesses: Value, text: Callable[[Value], str]) -> Iterator[tuple[Value, Value]]:
    """(wanted, found) by the best sum of similarities; what has no partner stands with None."""
    golds, guesses = as_list(golds), as_list(guesses)
    partner: dict[int, int] = {}
    if golds and guesses:
        alike = numpy.array([[ratio(folded(text(a)), folded(text(b))) for b in guesses] for a in golds])
        places = numpy.subtract.outer(numpy.linspace(0, 1, len(golds)), numpy.linspace(0, 1, len(guesses)))
        worth = numpy.where(alike >= PAIRED, alike + ORDER * (1 - abs(places)), 0.0)
        rows, columns = linear_sum_assignment(worth, maximize=True)
        partner = {
            int(row): int(column) for row, column in zip(rows, columns, strict=True) if worth[row, column]
        }
    for number, gold in enumerate(golds):
        yield gold, guesses[partner[number]] if number in partner else None
    for number, guess in enumerate(guesses):
        if number not in partner.values():
            yield None, guess


# --- what is compared ---------------------------------------------------------------------------

TEXTS = ("themes", "goals", "tasks", "directions", "results")
MEETING: dict[str, Same] = {"number": same_word, "theme": same_text, "form": same_text, "place": same_text}
ITEM: dict[str, Same] = {"number": same_word, "form": same_text}
ACTIVITY: dict[str, Same] = {
    "text": same_text,
    "number": same_word,
    "place": same_text,
    "result": same_text,
    "purpose": same_text,
    "form": same_text,
}


def score_document(sheet: Sheet, gold: Value, record: Value) -> None:
    """One record against one, or the plans of a collection against theirs."""
    golds = gold.get("plans", [gold])
    records = record.get("plans", [record])
    if len(golds) == len(records) == 1:
        score_plan(sheet, golds[0], records[0])
        return
    for wanted, got in pairs(golds, records, lambda plan: str(wording(plan.get("title")))):
        sheet.compare("plan", wanted and wanted.get("title"), got and (got.get("title") or "?"), same_text)
        if wanted is not None:
            score_plan(sheet, wanted, got or {})


def score_plan(sheet: Sheet, gold: Value, plan: Value) -> None:
    _score_front(sheet, gold, plan)
    _score_sections(sheet, gold, plan)
    if "meetings" in gold:
        for wanted, got in pairs(gold["meetings"], plan.get("meetings"), _meeting_words):
            _score_meeting(sheet, wanted, got)
    if "activities" in gold:
        for wanted, got in pairs(
            gold["activities"], plan.get("activities"), lambda each: str(each.get("text"))
        ):
            _score_activity(sheet, wanted, got)
    _score_lists(sheet, gold, plan)


def _score_front(sheet: Sheet, gold: Value, plan: Value) -> None:
    if "title" in gold:
        sheet.compare("title", gold["title"], plan.get("title"), same_text)
    for key in ("type", "level", "audience", "territory"):
        if key in (gold.get("association") or {}):
            got = (plan.get("association") or {}).get(key)
            sheet.compare(f"association.{key}", gold["association"][key], got, same_word)
    for key in ("school_year", "calendar_year"):
        if key in gold:
            sheet.compare(key, gold[key], plan.get(key), same_year)
    for key in TEXTS:
        if key in gold:
            sheet.compare(key, gold[key], plan.get(key), same_text)
    if "head" in gold:
        sheet.compare("head", gold["head"], plan.get("head"), same_participant)
    _score_people(sheet, "members", gold, plan, "members")
    if "approvals" in gold:
        sheet.compare("approvals", gold["approvals"], plan.get("approvals"), _same_approval)


def _same_approval(gold: Value, guess: Value) -> bool:
    people = [each.get("by") for each in (gold, guess)]
    if "by" in gold and not (same_participant(*people) if all(people) else people[0] == people[1]):
        return False
    return same_word(gold.get("kind"), guess.get("kind"))


def _score_sections(sheet: Sheet, gold: Value, plan: Value) -> None:
    if "sections" not in gold:
        return
    for wanted, got in pairs(gold["sections"], plan.get("sections"), lambda each: str(each.get("heading"))):
        sheet.compare("sections", wanted and wanted["heading"], got and got.get("heading"), same_text)
        sheet.compare("sections.items", (wanted or {}).get("items"), (got or {}).get("items"), same_text)


def _meeting_words(meeting: Value) -> str:
    agenda = (str(each.get("topic") or each.get("text")) for each in meeting.get("agenda") or [])
    return " ".join([str(meeting.get("title") or ""), str(meeting.get("theme") or ""), *agenda])


def _score_meeting(sheet: Sheet, gold: Value, meeting: Value) -> None:
    if not _both_there(sheet, "meeting", gold, meeting):
        return
    where = f"заседание {gold.get('number')}"
    _score_values(sheet, "meeting", gold, meeting, MEETING, where)
    _score_dates(sheet, "meeting.dates", gold, meeting, where)
    for key in ("responsible", "participants"):
        _score_people(sheet, f"meeting.{key}", gold, meeting, key, where)
    if "agenda" in gold:
        for wanted, got in pairs(gold["agenda"], meeting.get("agenda"), _topic):
            _score_item(sheet, wanted, got, where)


def _topic(item: Value) -> str:
    return str(item.get("topic") or item.get("text") or "")


def _score_item(sheet: Sheet, gold: Value, item: Value, where: str) -> None:
    settled = gold is None or "topic" in gold or "text" not in gold  # a reader who left the topic open wrote the text
    said = _topic if settled else lambda each: str(each.get("text") or "")
    sheet.compare("agenda.topic", gold and said(gold), item and said(item), same_text, where)
    if gold is None:
        return
    where = f"{where}, вопрос {gold.get('number')}"
    _score_values(sheet, "agenda", gold, item or {}, ITEM, where)
    _score_dates(sheet, "agenda.dates", gold, item or {}, where)
    _score_people(sheet, "agenda.speakers", gold, item or {}, "speakers", where)


def _score_activity(sheet: Sheet, gold: Value, activity: Value) -> None:
    if not _both_there(sheet, "activity", gold, activity):
        return
    where = f"мероприятие {gold.get('number')}: {str(gold.get('text'))[:40]}"
    _score_values(sheet, "activity", gold, activity, ACTIVITY, where)
    if "section" in gold:
        last = [(each.get("section") or [None])[-1] for each in (gold, activity)]
        sheet.compare("activity.section", *last, same_text, where)
    _score_dates(sheet, "activity.dates", gold, activity, where)
    for key in ("responsible", "participants"):
        _score_people(sheet, f"activity.{key}", gold, activity, key, where)


def _both_there(sheet: Sheet, name: str, gold: Value, record: Value) -> bool:
    """A record that is missing or invented counts once, and once more for every value in its lists."""
    there = gold if gold is not None else record
    sheet.compare(
        name, gold and wording(gold) or gold, record and wording(record) or record, lambda a, b: True
    )
    if gold is None or record is None:
        inside = sum(len(there.get(key) or []) for key in LIST_FIELDS)
        sheet.fields[name].add(Tally(invented=inside) if gold is None else Tally(missed=inside))
        return False
    return True


def _score_values(
    sheet: Sheet, name: str, gold: Value, record: Value, fields: dict[str, Same], where: str
) -> None:
    for key, same in fields.items():
        if key in gold:
            sheet.compare(f"{name}.{key}", gold[key], record.get(key), same, where)


def _score_dates(sheet: Sheet, name: str, gold: Value, record: Value, where: str) -> None:
    if "dates" not in gold:
        return
    sheet.compare(name, gold["dates"], record.get("dates"), same_date, where)
    wanted, got = ([each["suggested"] for each in as_list(side.get("dates")) if each.get("suggested")]
                   for side in (gold, record))  # fmt: skip
    if wanted or got:
        sheet.compare("date.suggested", wanted, got, same_date, where)


def _score_people(sheet: Sheet, name: str, gold: Value, record: Value, key: str, where: str = "") -> None:
    if key not in gold:
        return
    sheet.compare(name, gold[key], record.get(key), same_participant, where)
    wanted, got = ([each for each in as_list(side.get(key)) if each.get("school")] for side in (gold, record))
    if wanted or got:
        sheet.compare(f"{name}.school", wanted, got, _same_person_at_school, where)


def _same_person_at_school(gold: Value, guess: Value) -> bool:
    return same_participant(gold, guess) and same_school(gold["school"], guess["school"])


def _score_lists(sheet: Sheet, gold: Value, plan: Value) -> None:
    if "people" in gold:
        sheet.compare("people", gold["people"], plan.get("people"), lambda a, b: name_of(a) == name_of(b))
    if "schools" in gold:
        sheet.compare("schools", gold["schools"], plan.get("schools"), same_school)
    if "diagnostics" in gold:
        wanted = [each["code"] for each in as_list(gold["diagnostics"])]
        got = [each["code"] for each in as_list(plan.get("diagnostics")) if _worth_saying(each, wanted)]
        sheet.compare("diagnostics", wanted, got, lambda a, b: a == b)


def _worth_saying(diagnostic: Value, wanted: list[str]) -> bool:
    """A reader of the page cannot see what is only information about the file (tracked deletions …)."""
    return diagnostic["code"] in wanted or diagnostic.get("severity") != "info"
