"""A draft of the record of a careful reader, to be corrected by hand against the document.

    make gold FILE=samples/имя/plan.docx
    python tests/draft_gold.py план.docx --no-open

plan.docx gives plan.gold.json beside it, in the shape of the samples: values without places, grades and rules. An
existing record is never overwritten. What to check first stands on stdout: readings of a low and then of a medium
grade, what nothing took, and remarks. Where there is a desktop, the document and the draft are opened.

The draft is what the program read, and so no measure of it: it becomes gold when every field has been compared with
the document. A key that cannot be decided is deleted (it is then not scored); null and [] say that there is nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractor.check.facts import short, walk_graded  # noqa: E402
from extractor.errors import ExtractorError  # noqa: E402
from extractor.model.plan import At, Plan, Plans  # noqa: E402
from extractor.worker import extract_isolated  # noqa: E402

_PERSON = ("kind", "text", "name", "surname", "given", "patronymic", "position", "school")
# What a reader's record says of each thing, in its order; `_SOMETIMES`: only where there is something to say.
KEPT: dict[str, tuple[str, ...]] = {
    "Plan": (
        "title", "association", "head", "school_year", "calendar_year", "approvals", "themes", "goals", "tasks",
        "directions", "results", "sections", "members", "meetings", "activities", "people", "schools", "diagnostics",
    ),
    "Text": ("text",),
    "Labelled": ("label", "text"),
    "SectionList": ("heading", "items"),
    "Association": ("text", "type", "level", "audience", "territory"),
    "SchoolYear": ("start", "end", "inferred"),
    "CalendarYear": ("year", "inferred"),
    "Approval": ("kind", "by", "date", "protocol", "text"),
    "Participant": _PERSON,
    "School": ("text", "form", "type", "number", "name"),
    "SchoolEntry": ("text", "form", "type", "number", "name"),
    "Date": ("text", "edtf", "start", "end", "precision", "year_inferred", "suggested"),
    "Suggested": ("edtf", "start", "end"),
    "Place": ("text", "schools"),
    "Meeting": ("number", "title", "text", "dates", "theme", "form", "place", "agenda"),
    "AgendaItem": ("number", "text", "topic", "form", "speakers", "dates"),
    "Activity": (
        "number", "section", "form", "text", "topic", "purpose", "participants", "dates", "place", "responsible",
        "result", "extra",
    ),
    "Person": ("name", "surname", "given", "patronymic"),
    "Diagnostic": ("code", "message"),
}  # fmt: skip
_SOMETIMES: dict[str, tuple[str, ...]] = {
    "Participant": ("organisation", "extra"),
    "Date": ("time",),
    "Meeting": ("responsible", "participants"),
    "Activity": ("schools",),
    "Diagnostic": ("suggestion",),
}


def draft(record: Plan | Plans) -> dict[str, Any]:
    """The record as a reader's record: what `KEPT` names and nothing else."""
    if isinstance(record, Plans):
        return {"schema": record.schema, "plans": [_reduced(plan) for plan in record.plans]}
    reduced: dict[str, Any] = _reduced(record)
    return reduced


def _reduced(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_reduced(each) for each in value]
    if not isinstance(value, msgspec.Struct):
        return value
    kind = type(value).__name__
    names = KEPT[kind]
    names += tuple(name for name in _SOMETIMES.get(kind, ()) if getattr(value, name))
    if kind == "Plan":
        names = tuple(name for name in names if name != "members" or getattr(value, name))
    return {name: _reduced(getattr(value, name)) for name in names}


def write_draft(document: Path, record: Plan | Plans) -> Path:
    """The draft beside the document. Raises FileExistsError where there is a record already."""
    target = gold_of(document)
    with target.open("x", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(draft(record), ensure_ascii=False, indent=1) + "\n")
    return target


def gold_of(document: Path) -> Path:
    return document.with_name(f"{document.stem}.gold.json")


# --- what to check --------------------------------------------------------------------------------


def doubts(plan: Plan) -> Iterator[str]:
    """What to look at first, a line each, the least sure first."""
    graded = list(walk_graded((plan.head, plan.approvals, plan.members, plan.meetings, plan.activities)))
    for grade, told in (("low", "Понято ненадёжно"), ("medium", "Понято с оговоркой")):
        found = [value for value in graded if value.grade == grade]
        yield from _listed(told, [f"{_place(value.at)} «{_line(value.text)}» ({value.by})" for value in found])
    left = [(span, plan.blocks[span.block].text[span.start : span.end]) for span in plan.residue]
    yield from _listed("Не попало ни в одно поле", [f"{_place((span,))} «{_line(words)}»" for span, words in left])
    remarks = [f"{_place(each.at)} {each.message}" for each in plan.diagnostics]
    yield from _listed("Замечания программы: оставьте те, что сделал бы читатель", remarks)


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from ("", f"{title} — {len(lines)}", *(f"  {line}" for line in dict.fromkeys(lines)))


def _place(at: At) -> str:
    return f"блок {at[0].block}:" if at else ""


def _line(text: str) -> str:
    return short(" ".join(text.split()), 100)


def open_beside(*paths: Path) -> None:
    """Each file in the program that the desktop has for it; nothing where there is no desktop."""
    for path in paths:
        with suppress(OSError):
            if sys.platform == "win32":
                os.startfile(path)
            elif sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
                opener = "open" if sys.platform == "darwin" else "xdg-open"
                quiet = subprocess.DEVNULL
                subprocess.Popen([opener, str(path)], stdin=quiet, stdout=quiet, stderr=quiet)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("document", type=Path)
    parser.add_argument("--no-open", action="store_true", help="open nothing")
    options = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    target = gold_of(options.document)
    try:
        if target.exists():  # before the work, and once more when it is written
            raise FileExistsError
        record = extract_isolated(options.document)
        write_draft(options.document, record)
    except ExtractorError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except FileExistsError:
        print(f"«{target}» уже есть и не меняется: переименуйте его, если нужен новый черновик.", file=sys.stderr)
        return 1
    print(f"Черновик: {target}. Сверьте с документом каждое поле, начиная с этого:")
    plans = record.plans if isinstance(record, Plans) else (record,)
    for plan in plans:
        if len(plans) > 1:
            print(f"\n=== {_line(plan.title.text) if plan.title else 'План без названия'}")
        print("\n".join(doubts(plan)))
    if not options.no_open:
        open_beside(options.document, target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
