"""The journey of a document on one screen: file → Source → Outline → Plan → diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from extractor.check import check_plan
from extractor.check.second_reading import compare_readings, no_second_reading
from extractor.explain import Explained, explain_plan
from extractor.ingest import read_source
from extractor.ingest.second_reading import second_reading
from extractor.model.outline import Outline
from extractor.model.plan import Plan, Plans
from extractor.model.source import Source
from extractor.parse import make_plan
from extractor.segment import make_outline
from extractor.segment.announcing import own_names
from extractor.segment.plans import split_plans
from extractor.values.senses import Senses, load_senses
from extractor.version import __version__
from extractor.vocabulary.memory import forget


def extract_file(
    path: Path, *, encoding: str | None = None, password: str | None = None, verify: bool = False
) -> Plan | Plans:
    """The record of the file, with its diagnostics. Raises ExtractorError where it cannot be read.

    `password` opens a locked PDF and is kept nowhere. `verify` reads the file once more with another
    library and adds a diagnostic for each place where the two readings have other words.
    """
    record = extract_source(read_source(path, encoding=encoding, password=password), load_senses())
    return verify_record(record, path, password=password) if verify else record


def extract_source(source: Source, senses: Senses) -> Plan | Plans:
    """The record of a source that is already read; several records where it holds several plans."""
    senses = senses.announced_as(own_names(source, senses))
    try:
        plans = tuple(_extract_plan(each, outline, senses) for each, outline in _outline_plans(source, senses))
    finally:
        forget()
    return plans[0] if len(plans) == 1 else Plans(source=plans[0].source, plans=plans)


def verify_record(record: Plan | Plans, path: Path, *, password: str | None = None) -> Plan | Plans:
    """The record with what a second, independent reading of the file has to say about it."""
    plans = record.plans if isinstance(record, Plans) else (record,)
    library, blocks = second_reading(path, password=password)
    remarks = (
        no_second_reading(plans, library) if blocks is None else compare_readings(plans, blocks, library)
    )
    checked = tuple(
        replace(plan, diagnostics=plan.diagnostics + more) for plan, more in zip(plans, remarks, strict=True)
    )
    return replace(record, plans=checked) if isinstance(record, Plans) else checked[0]


def explain_file(
    path: Path, *, encoding: str | None = None, password: str | None = None
) -> Iterator[Explained]:
    """Every line of the file with the rule that claimed it and the fields that it gave."""
    source = read_source(path, encoding=encoding, password=password)
    senses = load_senses().announced_as(own_names(source, load_senses()))
    for each, outline in _outline_plans(source, senses, explain=True):
        yield from explain_plan(_extract_plan(each, outline, senses), outline)


def _outline_plans(
    source: Source, senses: Senses, *, explain: bool = False
) -> Iterator[tuple[Source, Outline]]:
    """Each plan of the source with its outline; the source as it is where it holds one plan."""
    outline = make_outline(source, senses, explain=explain)
    sources = split_plans(source, outline)
    if len(sources) == 1:
        yield source, outline
        return
    for each in sources:
        yield each, make_outline(each, senses, explain=explain)


def _extract_plan(source: Source, outline: Outline, senses: Senses) -> Plan:
    plan, notes = make_plan(outline, source, senses, version=__version__)
    return replace(plan, diagnostics=check_plan(plan, source, notes, senses.spelling))
