"""Walking by the fields that may hold values finds what looking into every field finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from extractor.model.plan import Activity, AgendaItem, Date, Meeting, Participant, Place, School, Span, Text
from extractor.model.walk import walk
from extractor.pipeline import extract_file
from tests.conftest import ROOT

PLAN = extract_file(ROOT / "samples/librarians-2019/plan.docx")


def everything(value: Any, kind: type) -> Iterator[Any]:
    if isinstance(value, kind):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from everything(item, kind)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from everything(getattr(value, name), kind)


@pytest.mark.parametrize("kind", [Activity, AgendaItem, Date, Meeting, Participant, Place, School, Span, Text])
def test_walk_finds_all(kind: type) -> None:
    assert list(walk(PLAN, kind)) == list(everything(PLAN, kind))
