"""How often each grade is right: every graded object of the samples against the careful readers' records.

    python tests/calibrate.py            the table

    python tests/calibrate.py --errors   and every «high» without a partner

A date or a participant is right when the scorer gives it a partner in the same field of the same meeting,
question or activity; fields that the reader left open are not counted. Any other object is right when the
reader's record holds one with the same key: a school with the same number or name, an item or activity with the
same wording, a meeting with the same first question or theme. Those keys are looked for in the whole record;
what a reader left out counts as wrong there: these shares are lower bounds.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


_IN_FIELDS = {  # the scorer's fields that hold graded objects
    "dates": "Date", "speakers": "Participant", "responsible": "Participant", "participants": "Participant",
    "members": "Participant",
}  # fmt: skip


def norm(text: Any) -> str:
    """Letters and digits only, е for ё."""
    return "".join(re.findall(r"[0-9a-zа-я]+", str(text or "").casefold().replace("ё", "е")))


def keys(kind: str, value: Any) -> set[str]:
    """What two records of one thing have in common: one of these."""
    get = value.get if isinstance(value, dict) else lambda name: getattr(value, name, None)
    if kind == "Date":
        if get("start") or get("end"):
            return {f"{get('start')}|{get('end')}"}
        return {f"edtf {get('edtf')}"} if get("edtf") else {f"term {norm(get('text'))}"}
    if kind == "School":
        named = {f"№ {get('number')}"} if get("number") else {norm(get("name"))[:7], norm(get("text"))}
        return named - {""}
    if kind == "Participant":
        return {norm(get("name")) or norm(get("surname")) or norm(get("text")), norm(get("text"))} - {""}
    if kind == "Meeting":
        first = next(iter(get("agenda") or ()), None)
        own = {norm(get("text")), norm(get("theme"))}
        return (own | (keys("AgendaItem", first) if first is not None else set())) - {""}
    return {norm(get("topic")), norm(get("text"))} - {""}


def gold_keys(value: Any) -> Iterator[tuple[str, str]]:
    """(kind, key) of everything in a reader's record."""
    if isinstance(value, list):
        for item in value:
            yield from gold_keys(item)
    if not isinstance(value, dict):
        return
    kinds = []
    if "precision" in value or "edtf" in value or "start" in value and "end" in value:
        kinds.append("Date")
    if "agenda" in value:
        kinds.append("Meeting")
    if value.keys() & {"kind", "surname", "position"}:
        kinds.append("Participant")
    if "number" in value and "type" in value or "name" in value and "form" in value:
        kinds.append("School")
    if "text" in value or "topic" in value:
        kinds += ["AgendaItem", "Activity"]
    for kind in kinds:
        for each in keys(kind, value):
            yield kind, each
    for item in value.values():
        yield from gold_keys(item)


def counts(wrong: list[str] | None = None) -> Counter[tuple[str, str, bool]]:
    """(kind, grade, is right) → how many, over all samples; «high» ones without a partner go into `wrong`."""
    from extractor.check.facts import walk_graded
    from extractor.model.plan import Plans
    from extractor.pipeline import extract_file
    from tests.evaluate import HELD_OUT, SAMPLES, samples, score

    found: Counter[tuple[str, str, bool]] = Counter()
    for sample in samples(HELD_OUT) + samples(SAMPLES):
        sheet = score(sample)
        for (kind, grade, right), count in sheet.graded.items():
            found[_IN_FIELDS.get(kind, ""), grade, right] += count
        for each in sheet.differences if wrong is not None else ():
            if isinstance(each.got, dict) and each.got.get("grade") == "high" and each.field.split(".")[-1] in _IN_FIELDS:
                wrong.append(f"{sample.name}: {each.field} {each.where} {each.got['text']!r}")
    for gold in sorted(ROOT.glob("samples/**/plan.gold.json")):
        files = [p for p in gold.parent.iterdir() if p.name in ("plan.docx", "plan.txt")]
        known = set(gold_keys(json.loads(gold.read_text("utf-8"))))
        for file in files:
            record = extract_file(file)
            for plan in record.plans if isinstance(record, Plans) else (record,):
                for value in walk_graded((plan.meetings, plan.activities, plan.members)):
                    kind = type(value).__name__
                    if kind in _IN_FIELDS.values():
                        continue
                    right = any((kind, each) in known for each in keys(kind, value))
                    found[kind, value.grade, right] += 1
                    if wrong is not None and not right and value.grade == "high":
                        wrong.append(f"{gold.parent.name}: {kind} {sorted(keys(kind, value))}")
    return found


def table(wrong: list[str] | None = None) -> str:
    """The calibration as a Markdown table."""
    found = counts(wrong)
    lines = ["| object | grade | objects | right |", "| --- | --- | --- | --- |"]
    for kind in ("Meeting", "AgendaItem", "Activity", "Date", "Participant", "School"):
        for grade in ("high", "medium", "low"):
            right, wrong = found[kind, grade, True], found[kind, grade, False]
            if right + wrong:
                lines.append(f"| {kind} | {grade} | {right + wrong} | {right / (right + wrong):.3f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    missing: list[str] = []
    print(table(missing))
    if "--errors" in sys.argv:
        print("\n".join(missing))
