"""Stage 2: Source → Outline: which line opens what, which table column is what.

The document is walked once, in reading order. For every line the rules of `RULES` are asked in
their order; the first that answers says which part the line opens. A line that no rule claims
goes on with the open part or stands as prose. Tables get their columns in `tables`.
"""

from __future__ import annotations

from extractor.model.outline import Outline
from extractor.model.source import Source
from extractor.segment.walk import Walk
from extractor.values.senses import Senses


def make_outline(source: Source, senses: Senses) -> Outline:
    """The parts of the document in reading order; every line of it is in exactly one."""
    return Walk(source, senses).outline()
