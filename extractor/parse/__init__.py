"""Stage 3: Outline → Plan: each part of the plan by the parser of its kind.

The year is found first, because every term needs it. Then the parts are read in order: the front
by `front`, headed parts by `texts`, meetings by `meetings`, tables by `tables`; at the end people
and schools are indexed and what nothing took is measured.
"""

from __future__ import annotations

from extractor.model.outline import Outline
from extractor.model.plan import Plan, SourceInfo
from extractor.model.source import Source
from extractor.parse.builder import PlanBuilder
from extractor.values.senses import Senses


def make_plan(
    outline: Outline, source: Source, senses: Senses, *, version: str
) -> tuple[Plan, list[tuple[str, tuple, str]]]:  # type: ignore[type-arg]
    """The plan without its diagnostics, and the notes that the parsers left for the checks."""
    info = SourceInfo(
        name=source.name, format=source.format, sha256=source.sha256, bytes=source.bytes, pages=source.pages,
        encoding=source.encoding, ocr=source.ocr, extractor=version,
    )  # fmt: skip
    return PlanBuilder(outline, source, senses, info).build()
