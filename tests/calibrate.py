"""How often each grade is right: every graded object of the samples against the careful readers' records.

    python tests/calibrate.py            the table

An object is right when the sample's record holds one with the same key: a date with the same days, a
person with the same name, a school with the same number and name, an item or activity with the same
wording, a meeting with the same first question or theme. The keys are looked for in the whole record, so a
value that a reader left open counts as wrong: the shares are lower bounds.
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


def norm(text: Any) -> str:
    """Letters and digits only, е for ё."""
    return "".join(re.findall(r"[0-9a-zа-я]+", str(text or "").casefold().replace("ё", "е")))


def key(kind: str, value: Any) -> str:
    """What two records of one thing have in common."""
    get = value.get if isinstance(value, dict) else lambda name: getattr(value, name, None)
    if kind == "Date":
        return f"{get('start')}|{get('end')}|{get('edtf')}" if get("edtf") else f"|{get('precision')}"
    if kind == "School":
        return f"{get('number')}" if get("number") else norm(get("name"))[:7]
    if kind == "Participant":
        return norm(get("name")) or norm(get("text"))
    if kind == "AgendaItem":
        return norm(get("topic"))
    if kind == "Meeting":
        agenda = get("agenda") or ()
        return norm(agenda[0].get("topic") if isinstance(agenda[0], dict) else agenda[0].topic) if agenda else norm(get("theme"))
    return norm(get("text"))


def gold_keys(value: Any) -> Iterator[tuple[str, str]]:
    """(kind, key) of everything in a reader's record."""
    if isinstance(value, list):
        for item in value:
            yield from gold_keys(item)
    if not isinstance(value, dict):
        return
    kinds = {"precision": "Date", "agenda": "Meeting", "topic": "AgendaItem", "kind": "Participant"}
    for sign, kind in kinds.items():
        if sign in value:
            yield kind, key(kind, value)
    if "edtf" in value and "precision" not in value:
        yield "Date", key("Date", value)
    if "number" in value and "type" in value or "name" in value and "form" in value:
        yield "School", key("School", value)
    if "text" in value:
        yield "Activity", norm(value["text"])
    for item in value.values():
        yield from gold_keys(item)


def counts() -> Counter[tuple[str, str, bool]]:
    """(kind, grade, is right) → how many, over all samples."""
    from extractor.check.facts import walk_graded
    from extractor.model.plan import Plans
    from extractor.pipeline import extract_file

    found: Counter[tuple[str, str, bool]] = Counter()
    for gold in sorted(ROOT.glob("samples/**/plan.gold.json")):
        files = [p for p in gold.parent.iterdir() if p.name in ("plan.docx", "plan.txt")]
        known = set(gold_keys(json.loads(gold.read_text("utf-8"))))
        for file in files:
            record = extract_file(file)
            for plan in record.plans if isinstance(record, Plans) else (record,):
                for value in walk_graded((plan.meetings, plan.activities, plan.members)):
                    kind = type(value).__name__
                    found[kind, value.grade, (kind, key(kind, value)) in known] += 1
    return found


def table() -> str:
    """The calibration as a Markdown table."""
    found = counts()
    lines = ["| object | grade | objects | right |", "| --- | --- | --- | --- |"]
    for kind in ("Meeting", "AgendaItem", "Activity", "Date", "Participant", "School"):
        for grade in ("high", "medium", "low"):
            right, wrong = found[kind, grade, True], found[kind, grade, False]
            if right + wrong:
                lines.append(f"| {kind} | {grade} | {right + wrong} | {right / (right + wrong):.3f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    print(table())
