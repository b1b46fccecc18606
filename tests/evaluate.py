"""Scores the extraction of every sample against the record of a careful reader beside it.

    python tests/evaluate.py                     the table; exit 1 when a score is under its floor
    python tests/evaluate.py --errors            and every difference
    python tests/evaluate.py --update            raises the floors in tests/scores.json, never lowers one
    python tests/evaluate.py --update --lower REASON   also lowers; the reason is kept beside the floors
    python tests/evaluate.py --samples FOLDER    samples of another folder, without floors
    python tests/evaluate.py --readme            also writes the table of fields into README.md

A sample is a folder with plan.docx or plan.txt (or both) and plan.gold.json. Samples in `samples/heldout`
were written without sight of the rules: they have their own group in the table and floors of their own.
"""

from __future__ import annotations

import argparse
import functools
import json
import math
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.scoring import Sheet, Tally, score_document  # noqa: E402

SAMPLES = ROOT / "samples"
HELD_OUT = SAMPLES / "heldout"
FLOORS = ROOT / "tests" / "scores.json"
README = ROOT / "README.md"
BEGIN, END = "<!-- scores: make score -->", "<!-- /scores -->"
DOCUMENTS = ("plan.docx", "plan.txt")


class Sample(NamedTuple):
    name: str  # «librarians-2019/plan.docx»
    document: Path
    gold: Path


class Scores(NamedTuple):
    documents: dict[str, Sheet]
    fields: dict[str, Tally]
    overall: Tally
    held_out: Scores | None = None

    def numbers(self, group: str = "") -> dict[str, dict[str, float]]:
        """The scores as `scores.json` holds them, cut (not rounded) to three places."""
        own = {
            f"{group}overall": {"f1": cut(self.overall.f1)},
            f"{group}documents": {
                name: cut(sheet.total.f1) for name, sheet in sorted(self.documents.items())
            },
            f"{group}fields": {name: cut(tally.f1) for name, tally in sorted(self.fields.items())},
        }
        return own | (self.held_out.numbers("heldout ") if self.held_out else {})


def cut(score: float) -> float:
    return math.floor(score * 1000 + 1e-9) / 1000


def samples(folder: Path = SAMPLES) -> list[Sample]:
    """Every document that has a reader's record beside it, by name."""
    return [
        Sample(f"{document.parent.name}/{document.name}", document, gold)
        for gold in sorted(folder.glob("*/plan.gold.json"))
        for document in (gold.with_name(name) for name in DOCUMENTS)
        if document.exists()
    ]


@functools.cache
def extracted(document: Path) -> bytes:
    """The plan.json of a document, as `extract` writes it."""
    from extractor.output.to_json import json_bytes
    from extractor.pipeline import extract_file

    return json_bytes(extract_file(document))


def score(sample: Sample, *, strict: bool = False) -> Sheet:
    """The sheet of one sample; where the extraction falls over, everything is missed."""
    sheet = Sheet(strict=strict)
    try:
        record = json.loads(extracted(sample.document))
    except Exception as error:  # one document must not hide the scores of the others
        print(f"FAILED {sample.name}: {type(error).__name__}: {error}", file=sys.stderr)
        record = {}
    score_document(sheet, json.loads(sample.gold.read_text("utf-8")), record)
    return sheet


def score_all(found: list[Sample], held_out: list[Sample] | None = None, *, strict: bool = False) -> Scores:
    """The scores of the samples, and beside them those of the samples that the rules have not seen."""
    beside = score_all(held_out, strict=strict) if held_out else None
    documents = {sample.name: score(sample, strict=strict) for sample in found}
    fields: dict[str, Tally] = {}
    overall = Tally()
    for sheet in documents.values():
        overall.add(sheet.total)
        for name, tally in sheet.fields.items():
            fields.setdefault(name, Tally()).add(tally)
    return Scores(documents, fields, overall, beside)


# --- floors -------------------------------------------------------------------------------------


def floors() -> dict[str, Any]:
    return json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def fallen(scores: Scores, floor: dict[str, Any]) -> list[str]:
    """«fields agenda.topic: 0.912, the floor is 0.950», a line for each score under its floor."""
    return [
        f"{kind} {name}: {numbers[name]:.3f}, the floor is {floor[kind][name]:.3f}"
        for kind, numbers in scores.numbers().items()
        for name in sorted(set(numbers) & set(floor.get(kind, {})))
        if numbers[name] < floor[kind][name]
    ]


def gone(scores: Scores, floor: dict[str, Any]) -> list[str]:
    """Documents and fields that have a floor and are scored no more: a way to hide a fall."""
    return [
        f"{kind} {name}: has a floor and is scored no more"
        for kind, numbers in scores.numbers().items()
        for name in sorted(set(floor.get(kind, {})) - set(numbers))
    ]


def raised(scores: Scores, floor: dict[str, Any], *, lower: str | None) -> dict[str, Any]:
    """The floors to keep: the higher of old and new, or the new ones where `lower` gives a reason."""
    updated: dict[str, Any] = {}
    for kind, numbers in scores.numbers().items():
        old = floor.get(kind, {})
        kept = {} if lower else {name: old[name] for name in set(old) - set(numbers)}
        best = {name: value if lower else max(value, old.get(name, 0.0)) for name, value in numbers.items()}
        updated[kind] = dict(sorted((kept | best).items()))
    reasons = list(floor.get("lowered", []))
    if lower:
        reasons.append({"reason": lower, "what": fallen(scores, floor) + gone(scores, floor)})
    return updated | {"lowered": reasons}


# --- the table ----------------------------------------------------------------------------------


def print_table(scores: Scores, *, errors: bool, group: str = "") -> None:
    for name, sheet in scores.documents.items():
        print_line(group + name, sheet.total)
        for each in sheet.differences if errors else ():
            wanted, got = (json.dumps(value, ensure_ascii=False)[:160] for value in (each.wanted, each.got))
            print(f"    {each.field:26} {each.where:48} want {wanted}  got {got}")
    print()
    for name, tally in sorted(scores.fields.items()):
        print_line(group + name, tally)
    print()
    print_line(f"{group}overall", scores.overall)
    if scores.held_out is not None:
        print()
        print_table(scores.held_out, errors=errors, group="heldout ")


def field_table(soft: Scores, strict: Scores) -> str:
    """The table of README: a field a row, strict and soft F1 of the samples and of those held out."""
    groups = [each for each in (strict, soft, strict.held_out, soft.held_out) if each is not None]
    names = sorted({name for group in groups for name in group.fields})
    heads = ["field", "strict", "soft", "strict, held out", "soft, held out"][: len(groups) + 1]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for name in (*names, "overall"):
        tallies = [group.overall if name == "overall" else group.fields.get(name) for group in groups]
        shown = [f"{cut(tally.f1):.3f}" if tally else "" for tally in tallies]
        lines.append(f"| {' | '.join([name, *shown])} |")
    counts = [len(group.documents) for group in groups[1::2]]
    told = " and ".join(
        f"{count} {what}" for count, what in zip(counts, ("samples", "held out"), strict=False)
    )
    return f"F1 over {told}; soft: case, punctuation and 8 % of the letters of a text apart.\n\n" + "\n".join(
        lines
    )


def write_readme(text: str) -> None:
    """README with `text` between its markers; as it was where it has none."""
    old = README.read_text("utf-8")
    before, begin, rest = old.partition(BEGIN)
    _, end, after = rest.partition(END)
    if begin and end:
        README.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8", newline="\n")


def print_line(name: str, tally: Tally) -> None:
    counts = f"found {tally.found:5}  invented {tally.invented:4}  missed {tally.missed:4}"
    print(f"{name:44} F1 {tally.f1:.3f}  {counts}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--lower", metavar="REASON")
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--samples", type=Path, default=SAMPLES)
    options = parser.parse_args()
    found, held_out = samples(options.samples), samples(HELD_OUT) if options.samples == SAMPLES else []
    scores = score_all(found, held_out)
    print_table(scores, errors=options.errors)
    if options.samples != SAMPLES:
        return 0
    if options.readme:
        write_readme(field_table(scores, score_all(found, held_out, strict=True)))
    floor = floors()
    if options.update:
        data = json.dumps(raised(scores, floor, lower=options.lower), ensure_ascii=False, indent=1)
        FLOORS.write_text(data + "\n", "utf-8", newline="\n")
        floor = floors()
    under = fallen(scores, floor) + gone(scores, floor)
    for line in under:
        print(f"UNDER  {line}")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
