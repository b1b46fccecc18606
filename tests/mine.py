"""What the program itself finds strange in a folder of real plans, the most frequent first.

    make mine FOLDER=планы
    python tests/mine.py планы --top 40 --jobs 1

Every document of the folder is read in a worker process; nothing is written and nothing leaves the machine. The
report stands on stdout: files with little taken, readings of a low or medium grade by the rule that made them,
residue that looks like a heading, columns without a field of their own, words beside initials that are nobody's
name, dates that gave none, remarks by code. Each has how often it came, and up to three places.

`findings(plan)` is all that it sees in one plan. A new word goes into extractor/vocabulary, a new shape into a rule.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractor.batch.inputs import check_any, list_files  # noqa: E402
from extractor.check.facts import short, walk_graded  # noqa: E402
from extractor.errors import ExtractorError  # noqa: E402
from extractor.model.plan import At, CalendarYear, Date, Participant, Plan, Plans, SchoolYear, Span  # noqa: E402
from extractor.model.source import Block  # noqa: E402
from extractor.model.walk import walk  # noqa: E402
from extractor.output.to_json import record_from  # noqa: E402
from extractor.values.senses import load_senses  # noqa: E402
from extractor.worker.pool import Task, WorkerPool  # noqa: E402

COVERAGE = 0.9  # a file with less of its letters in fields is named
HEADING_CHARS = 90
KINDS = {
    "grade": "Понято с оговоркой: объект, оценка, правило",
    "heading": "Остаток, похожий на заголовок",
    "column": "Столбцы без своего поля",
    "person": "Слова рядом с инициалами, которые не стали человеком",
    "date": "Похоже на дату, но датой не стало (9 — любая цифра)",
    "remark": "Замечания по кодам",
}
THINGS = {
    "Activity": "мероприятие", "AgendaItem": "вопрос повестки", "Date": "дата", "Meeting": "заседание",
    "Participant": "участник", "School": "школа", "SchoolEntry": "школа",
}  # fmt: skip
GRADES = {"low": "низкая", "medium": "средняя"}


class Finding(NamedTuple):
    kind: str  # a key of KINDS
    what: str  # what is counted
    block: int | None
    words: str


class Read(NamedTuple):
    """One file: its plans, or why it has none."""

    name: str
    plans: tuple[Plan, ...] = ()
    error: str = ""


# --- one plan -----------------------------------------------------------------------------------


def findings(plan: Plan) -> Iterator[Finding]:
    """Everything strange in the plan, kind by kind."""
    yield from _doubtful(plan)
    yield from _lost_headings(plan)
    yield from _columns(plan)
    yield from _nobody(plan)
    yield from _undated(plan)
    for remark in plan.diagnostics:
        yield Finding("remark", f"{remark.code} ({remark.severity})", _block(remark.at), remark.message)


def _doubtful(plan: Plan) -> Iterator[Finding]:
    for value in walk_graded((plan.head, plan.members, plan.meetings, plan.activities)):
        if value.grade in GRADES:
            rule = f", {value.by}" if value.by else ""
            what = f"{THINGS[type(value).__name__]}, {GRADES[value.grade]}{rule}"
            yield Finding("grade", what, _block(value.at), value.text)


def _lost_headings(plan: Plan) -> Iterator[Finding]:
    """Residue that takes up nearly its whole block and is short, and bold, a heading, in capitals or ends with «:»."""
    for span in plan.residue:
        block, words = plan.blocks[span.block], _words(plan, span)
        if len(block.text) > HEADING_CHARS or len(words) < 0.8 * len(block.text.strip()):
            continue
        if sum(map(str.isalpha, words)) > 2 and _like_a_heading(block):
            yield Finding("heading", re.sub(r"\d+", "9", words.casefold()), span.block, block.text)


def _like_a_heading(block: Block) -> bool:
    text = block.text.strip()
    return block.heading is not None or block.bold >= 0.8 or text.endswith(":") or text.isupper()


def _columns(plan: Plan) -> Iterator[Finding]:
    rows = [*plan.activities, *plan.meetings, *(item for meeting in plan.meetings for item in meeting.agenda)]
    for row in rows:
        for title, words in row.extra.items():
            yield Finding("column", title, _block(row.at), words)


def _nobody(plan: Plan) -> Iterator[Finding]:
    """Places of `PeopleGrammar.possible_people` with a letter alone that no participant of the plan covers."""
    taken = _taken(plan, [p for p in walk(plan, Participant) if p.surname])
    for block in plan.blocks:
        for start, end in load_senses().people.possible_people(block.text):
            words = block.text[start:end]
            if re.search(r"\b[^\W\d_]\b", words) and not _overlaps(taken[block.id], start, end):
                yield Finding("person", words.casefold(), block.id, _around(block.text, start, end))


def _undated(plan: Plan) -> Iterator[Finding]:
    """Numbers and months that stand as a date does, outside of all dates and the title."""
    dated = [*walk(plan, Date), *walk(plan, SchoolYear), *walk(plan, CalendarYear), plan.title]
    taken = _taken(plan, dated)
    for block in plan.blocks:
        for found in _dates().finditer(block.text):
            if not _overlaps(taken[block.id], *found.span()):
                known = "" if load_senses().dates.find_any(found[0]) else ", грамматика её не знает"
                shape = re.sub(r"\d", "9", found[0].casefold())
                yield Finding("date", shape + known, block.id, _around(block.text, *found.span()))


@cache
def _dates() -> re.Pattern[str]:
    """«25.10.2017», «25 октября», «октябрь 2017»; the words of the months are those of the vocabulary."""
    months = load_senses().words.dates.months
    forms = sorted({re.escape(form) for month in months for form in month.forms}, key=len, reverse=True)
    month = f"(?:{'|'.join(forms)})\\b"
    return re.compile(
        rf"\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|\b\d{{1,2}}[\s-]*{month}(?:\s+\d{{4}})?|\b{month}\s+\d{{4}}",
        re.IGNORECASE,
    )


def _taken(plan: Plan, values: Iterable[object]) -> defaultdict[int, list[Span]]:
    taken: defaultdict[int, list[Span]] = defaultdict(list)
    for value in values:
        for span in getattr(value, "at", ()):
            taken[span.block].append(span)
    return taken


def _overlaps(spans: list[Span], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)


def _around(text: str, start: int, end: int) -> str:
    """The words with a little of what stands beside them."""
    left, right = max(0, start - 25), min(len(text), end + 25)
    return f"{'…' if left else ''}{text[left:right]}{'…' if right < len(text) else ''}"


def _words(plan: Plan, span: Span) -> str:
    return plan.blocks[span.block].text[span.start : span.end]


def _block(at: At) -> int | None:
    return at[0].block if at else None


# --- a folder -----------------------------------------------------------------------------------


def read_folder(folder: str, *, jobs: int = 2) -> Iterator[Read]:
    """Every document of the folder, as they become ready. Raises ExtractorError where there is none."""
    files = list_files([folder])
    check_any(files, [folder])
    yield from (Read(name, error=str(error)) for name, error in files.problems)
    tasks = (Task(entry.key, entry.path) for entry in files.entries)
    with WorkerPool(jobs) as pool:
        for name, data, error in pool.run(tasks):
            if error is not None:
                yield Read(name, error=str(error))
                continue
            record = record_from(data)
            yield Read(name, record.plans if isinstance(record, Plans) else (record,))


def report(read: list[Read], *, top: int = 25, places: int = 3) -> str:
    """The report in Russian: sums, files to look at, then each kind with its groups."""
    read = sorted(read)
    plans = [(each.name, plan) for each in read for plan in each.plans]
    failed = [each for each in read if each.error]
    lines = [f"Прочитано файлов: {len(read) - len(failed)}, планов в них: {len(plans)}."]
    lines += _section("Не прочитаны", [f"{each.name}: {each.error}" for each in failed], top)
    shares = sorted((plan.coverage, name, plan) for name, plan in plans if plan.coverage < COVERAGE)
    poor = [f"{share:4.0%}  {name}: {_named(plan)}" for share, name, plan in shares]
    lines += _section(f"Разобрано меньше {COVERAGE:.0%} букв", poor, top)
    groups: defaultdict[str, defaultdict[str, list[tuple[str, Finding]]]]
    groups = defaultdict(lambda: defaultdict(list))
    for name, plan in plans:
        for finding in findings(plan):
            groups[finding.kind][finding.what].append((name, finding))
    for kind, title in KINDS.items():
        ranked = sorted(groups[kind].items(), key=lambda group: (-len(group[1]), group[0]))
        lines += _section(title, [_group(what, found, places) for what, found in ranked], top)
    return "\n".join(lines)


def _section(title: str, entries: list[str], top: int) -> list[str]:
    if not entries:
        return []
    more = [f"  … и ещё {len(entries) - top}: покажет --top {len(entries)}"] if len(entries) > top else []
    return ["", f"{title} — {len(entries)}", "", *(f"  {entry}" for entry in entries[:top]), *more]


def _group(what: str, found: list[tuple[str, Finding]], places: int) -> str:
    """«12 × мероприятие, средняя, loose_table» over its places; of different files where there are some."""
    files = len({name for name, _ in found})
    told = f"{len(found):4} × {_line(what)}" + (f" (файлов: {files})" if files > 1 else "")
    seen: dict[tuple[str, str], tuple[str, Finding]] = {}
    for name, finding in found:
        seen.setdefault((name, finding.words), (name, finding))
    first = {name: (name, finding) for name, finding in reversed(seen.values())}
    chosen = sorted(first.values(), key=lambda each: each[0])
    chosen += [each for each in seen.values() if each not in chosen]
    return "\n".join([told, *(_place(name, finding) for name, finding in chosen[:places])])


def _place(name: str, finding: Finding) -> str:
    block = "" if finding.block is None else f", блок {finding.block}"
    return f"           {name}{block}: «{_line(finding.words)}»"


def _named(plan: Plan) -> str:
    title = plan.title.text if plan.title else next((b.text for b in plan.blocks if b.text.strip()), "")
    return f"«{_line(title)}»"


def _line(text: str) -> str:
    return short(" ".join(text.split()), 100)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", help="a folder of plans, a file or a pattern")
    parser.add_argument("--top", type=int, default=25, help="groups of each kind (25)")
    parser.add_argument("--places", type=int, default=3, help="places of each group (3)")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes (2)")
    options = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        read = list(read_folder(options.folder, jobs=options.jobs))
    except ExtractorError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(report(read, top=options.top, places=options.places))
    return 0


if __name__ == "__main__":
    sys.exit(main())
