"""The journey of a document on one screen: file → Source → Outline → Plan → diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from extractor import __version__
from extractor.check import check_plan
from extractor.explain import Explained, explain_plan
from extractor.ingest import read_source
from extractor.model.outline import Outline
from extractor.model.plan import Plan, Plans
from extractor.model.source import Source
from extractor.parse import make_plan
from extractor.segment import make_outline
from extractor.segment.plans import split_plans
from extractor.values.senses import Senses, load_senses


def extract_file(path: Path, *, encoding: str | None = None) -> Plan | Plans:
    """The record of the file, with its diagnostics. Raises ExtractorError where it cannot be read."""
    return extract_source(read_source(path, encoding=encoding), load_senses())


def extract_source(source: Source, senses: Senses) -> Plan | Plans:
    """The record of a source that is already read; several records where it holds several plans."""
    outline = make_outline(source, senses)
    sources = split_plans(source, outline)
    if len(sources) == 1:
        return _extract_plan(source, outline, senses)
    plans = tuple(_extract_plan(each, make_outline(each, senses), senses) for each in sources)
    return Plans(source=plans[0].source, plans=plans)


def explain_file(path: Path, *, encoding: str | None = None) -> Iterator[Explained]:
    """Every line of the file with the rule that claimed it and the fields that it gave."""
    source, senses = read_source(path, encoding=encoding), load_senses()
    for each in split_plans(source, make_outline(source, senses)):
        outline = make_outline(each, senses)
        yield from explain_plan(_extract_plan(each, outline, senses), outline)


def _extract_plan(source: Source, outline: Outline, senses: Senses) -> Plan:
    plan, notes = make_plan(outline, source, senses, version=__version__)
    return replace(plan, diagnostics=check_plan(plan, source, notes, senses.spelling))
