"""Stage 2: Source → Outline: which line opens what, which table column is what.

The document is walked once, in reading order. For every line the rules of `RULES` are asked in
their order; the first that answers says which part the line opens. A line that no rule claims
goes on with the open part or stands as prose. Tables get their columns in `tables`.
"""

from __future__ import annotations

from extractor.model.outline import Outline
from extractor.model.source import Source
from extractor.segment.columns import with_runners_up
from extractor.segment.walk import Walk
from extractor.values.senses import Senses


def make_outline(source: Source, senses: Senses, *, explain: bool = False) -> Outline:
    """The parts of the document in reading order; every line of it is in exactly one.

    `explain` adds the runner-up to each part and column: what would have been read instead.
    """
    outline = Walk(source, senses, explain=explain).outline()
    return with_runners_up(outline, senses) if explain else outline
