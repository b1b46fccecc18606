"""How much of what is read stays the same when a sample is given in another format.

    python tests/invariance.py              the table
    python tests/invariance.py --errors     and every fact that is gone or new, format by format
    python tests/invariance.py --readme     also writes the table into README.md

Every sample with a plan.docx, held out or not, becomes text (`as_text`: a paragraph a line, tables in bars, which
have no merged cells, no bold and no page headers), and where LibreOffice is found ODT, HTML, DOC and PDF, one start of it for each format. From
each the record is extracted, and its facts are compared with those of the DOCX: |both| / |either| as multisets,
summed over the samples. Facts stand with their meeting, question or activity, so that a term that moved to
another row counts twice.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractor.errors import ExtractorError  # noqa: E402
from extractor.ingest import office, read_source  # noqa: E402
from extractor.model.source import Block, Source  # noqa: E402
from tests.evaluate import HELD_OUT, SAMPLES, extracted, samples  # noqa: E402
from tests.sameness import folded, name_of  # noqa: E402

README = ROOT / "README.md"
BEGIN, END = "<!-- invariance: make invariance -->", "<!-- /invariance -->"
BY_OFFICE = ("odt", "html", "doc", "pdf")
FIELDS = (
    "title", "years", "meeting.number", "meeting.dates", "meeting.theme", "meeting.place", "agenda.topic",
    "agenda.speakers", "activity.topic", "activity.dates", "activity.responsible", "people", "schools",
)  # fmt: skip

Facts = Counter[tuple[Any, ...]]  # (field, where, value)
Counts = dict[str, tuple[int, int]]  # field → (in both, in either)


# --- a document in other formats ------------------------------------------------------------------


def as_text(source: Source) -> str:
    """The document as plain text: a line for a paragraph, empty lines where they were, tables in bars.

    Headers and footers of pages are left out, as Word does. A cell stands once, at its upper left corner; its paragraphs are kept apart by «<br>». A nested table is
    a few lines of its cell.
    """
    lines: list[str] = []
    done: set[int] = set()
    nested = {each.table: each.inside[0] for each in source.blocks if each.table and each.inside}
    for block in source.blocks:
        if block.part in ("header", "footer", "comment"):
            continue
        if block.table is None:
            lines += [""] * block.gap + [_marked(block)]
        elif (table := _outermost(block.table, nested)) not in done:
            done.add(table)
            lines += ["", *_rows(source.blocks, table, nested), ""]
    return "\n".join(lines) + "\n"


def _marked(block: Block) -> str:
    return f"{block.label} {block.text}" if block.label else block.text


def _outermost(table: int, nested: Mapping[int, int]) -> int:
    while table in nested:
        table = nested[table]
    return table


def _rows(blocks: Iterable[Block], table: int, nested: Mapping[int, int]) -> Iterator[str]:
    cells: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for block in blocks:
        if block.table is not None and _outermost(block.table, nested) == table:
            place = (block.row or 1, block.column or 1)
            while block.inside is not None and block.table != table:
                place = block.inside[1:]
                if block.inside[0] == table:
                    break
                block = next(each for each in blocks if each.table == block.inside[0])  # noqa: B020
            cells[place].append(_marked(block).replace("\n", "<br>").replace("|", "\\|"))
    width = max(column for _, column in cells)
    for row in range(1, max(row for row, _ in cells) + 1):
        yield f"| {' | '.join('<br>'.join(cells.get((row, column), [])) for column in range(1, width + 1))} |"
        if row == 1:
            yield f"|{' --- |' * width}"


def in_formats(documents: Mapping[str, Path], folder: Path, formats: Iterable[str]) -> dict[str, dict[str, Path]]:
    """format → name → file, made of each document; without what could not be made (said on stderr)."""
    made: dict[str, dict[str, Path]] = {}
    for kind in formats:
        place = folder / kind
        place.mkdir()
        if kind == "txt":
            made[kind] = {name: place / f"{number}.txt" for number, name in enumerate(documents)}
            for name, path in made[kind].items():
                path.write_text(as_text(read_source(documents[name])), "utf-8")
            continue
        paths = {path: name for name, path in documents.items()}
        results = office.convert(list(paths), kind, folder=place, seconds=60.0 + 10 * len(paths))
        made[kind] = {paths[path]: result for path, result in results.items() if isinstance(result, Path)}
        for path, result in results.items():
            if not isinstance(result, Path):
                print(f"FAILED {paths[path]} as {kind}: {result}", file=sys.stderr)
    return made


# --- facts ----------------------------------------------------------------------------------------


def facts_of(path: Path) -> Facts:
    """The facts of the record of a file; none, said on stderr, where it cannot be read."""
    try:
        record = json.loads(extracted(path))
    except ExtractorError as error:
        print(f"FAILED {path.name}: {error}", file=sys.stderr)
        return Counter()
    return Counter(fact for plan in record.get("plans", [record]) for fact in _facts(plan))


def _facts(plan: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    if plan["title"]:
        yield "title", "", folded(plan["title"]["text"])
    if plan["school_year"]:
        yield "years", "school", (plan["school_year"]["start"], plan["school_year"]["end"])
    if plan["calendar_year"]:
        yield "years", "calendar", plan["calendar_year"]["year"]
    for place, meeting in enumerate(plan["meetings"], 1):
        yield from _meeting(meeting, f"{place}-е заседание")
    for activity in plan["activities"]:
        topic = folded(activity["topic"] or activity["text"])
        yield "activity.topic", "", topic
        yield from (("activity.dates", topic, _term(date)) for date in activity["dates"])
        yield from (("activity.responsible", topic, _who(each)) for each in activity["responsible"])
    yield from (("people", "", name_of(person)) for person in plan["people"])
    yield from (("schools", "", school["key"]) for school in plan["schools"])


def _meeting(meeting: dict[str, Any], where: str) -> Iterator[tuple[Any, ...]]:
    yield "meeting.number", where, meeting["number"]
    yield from (("meeting.dates", where, _term(date)) for date in meeting["dates"])
    for key in ("theme", "place"):
        if meeting[key]:
            yield f"meeting.{key}", where, folded(meeting[key])
    for item in meeting["agenda"]:
        topic = folded(item["topic"] or item["text"])
        yield "agenda.topic", where, topic
        yield from (("agenda.speakers", topic, _who(each)) for each in item["speakers"])


def _term(date: dict[str, Any]) -> str:
    return str(date["edtf"] or date["precision"])


def _who(person: dict[str, Any]) -> Any:
    return name_of(person) or folded(person["text"])


# --- the table ------------------------------------------------------------------------------------


def compare(one: Facts, other: Facts) -> Counts:
    """For each field how many facts both have, and how many either has."""
    both, either = one & other, one | other
    return {
        field: tuple(sum(n for fact, n in facts.items() if fact[0] == field) for facts in (both, either))  # type: ignore[misc]
        for field in FIELDS
    }


def added(counts: Iterable[Counts]) -> Counts:
    total: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for each in counts:
        for field, pair in each.items():
            for name in (field, "all"):
                total[name] = [total[name][k] + pair[k] for k in (0, 1)]
    return {name: (pair[0], pair[1]) for name, pair in total.items()}


def percentage(pair: tuple[int, int]) -> float:
    """Cut, not rounded, to one place: 100 means all."""
    return int(1000 * pair[0] / pair[1]) / 10 if pair[1] else 100.0


def measure(documents: Mapping[str, Path], formats: Iterable[str], *, errors: bool = False) -> dict[str, Counts]:
    """format → field → (in both, in either), summed over the documents. A file that cannot be made or read has nothing."""
    wanted = {name: facts_of(path) for name, path in documents.items()}
    found: dict[str, Counts] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, files in in_formats(documents, Path(folder), formats).items():
            got = {name: facts_of(files[name]) if name in files else Facts() for name in documents}
            found[kind] = added(compare(wanted[name], got[name]) for name in documents)
            for name in documents if errors else ():
                print_differences(f"{kind} {name}", wanted[name], got[name])
    return found


def print_differences(title: str, wanted: Facts, got: Facts) -> None:
    share = percentage(added([compare(wanted, got)])["all"])
    print(f"\n{title}: {share:.1f} %")
    for sign, facts in (("-", wanted - got), ("+", got - wanted)):
        for field, where, value in sorted(facts.elements(), key=str):
            print(f"  {sign} {field:21} {str(where)[:50]:50} {str(value)[:100]}")


def format_table(found: dict[str, Counts], held_out: dict[str, Counts] | None = None) -> str:
    """The table of README: a kind of fact a row, a format a column, the percentage of equal facts."""
    rows = {field: (found, field) for field in (*FIELDS, "all")}
    if held_out:
        rows["all, held out"] = (held_out, "all")
    lines = [f"| fact | {' | '.join(kind.upper() for kind in found)} |", f"| --- |{' --- |' * len(found)}"]
    for title, (group, field) in rows.items():
        shown = " | ".join(f"{percentage(counts[field]):.1f}" for counts in group.values())
        lines.append(f"| {title} | {shown} |")
    return "\n".join(lines)


def write_readme(text: str) -> None:
    """README with `text` between its markers; as it was where it has none."""
    before, begin, rest = README.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if begin and end:
        README.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8", newline="\n")


def word_samples(folder: Path = SAMPLES) -> dict[str, Path]:
    """The samples that are Word documents, by name."""
    return {each.document.parent.name: each.document for each in samples(folder) if each.document.suffix == ".docx"}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--formats", nargs="+", choices=("txt", *BY_OFFICE), default=["txt", *BY_OFFICE])
    options = parser.parse_args()
    formats = options.formats
    if office.find_soffice() is None:
        print(f"SKIPPED {', '.join(BY_OFFICE)}: LibreOffice is not installed", file=sys.stderr)
        formats = [kind for kind in formats if kind not in BY_OFFICE]
    documents, held_out = word_samples(SAMPLES), word_samples(HELD_OUT)
    groups = [measure(each, formats, errors=options.errors) for each in (documents, held_out)]
    told = f"% of the facts of {len(documents)} DOCX samples and {len(held_out)} held out"
    table = f"{told} that another format gives too (in both / in either).\n\n{format_table(*groups)}"
    print(f"\n{table}")
    if options.readme and set(formats) == {"txt", *BY_OFFICE}:
        write_readme(table)
    elif options.readme:
        print("README is left as it is: not every format was measured", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
