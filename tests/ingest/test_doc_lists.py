"""Numbered lists that a converter to .doc broke in two are counted through."""

from __future__ import annotations

import pytest

from extractor.ingest.docx.broken_lists import rejoined
from extractor.model.source import Block

LISTS = [  # labels as (label, style, gap); the labels as the author's page has them
    ([("1.", "List Number", 0), ("1.", "List Number", 0), ("2.", "List Number", 0)], ["1.", "2.", "3."]),
    ([("1)", "Нумерованный список", 0), ("1)", "Нумерованный список", 0)], ["1)", "2)"]),
    ([("1.", "List Number", 0), ("1.", "List Number", 1), ("2.", "List Number", 0)], ["1.", "1.", "2."]),  # a line between
    ([("1.", "List Number", 0), ("2.", "List Number", 0), ("1.", "List Number", 0)], ["1.", "2.", "1."]),  # a list that ends
    ([("1.", "Normal", 0), ("1.", "Normal", 0)], ["1.", "1."]),
    ([("1.", "List Number", 0), ("1.", "List Number 2", 0)], ["1.", "1."]),
    ([("•", "List Bullet", 0), ("•", "List Bullet", 0)], ["•", "•"]),
    ([("1.", "List Number", 0), (None, "List Number", 0), ("1.", "List Number", 0)], ["1.", None, "1."]),
]


@pytest.mark.parametrize(("items", "wanted"), LISTS)
def test_labels(items: list[tuple[str | None, str, int]], wanted: list[str | None]) -> None:
    blocks = [
        Block(id=place, kind="list_item", text="Анализ", label=label, level=0, style=style, gap=gap)
        for place, (label, style, gap) in enumerate(items)
    ]
    made = rejoined(blocks)
    assert [block.label for block in made] == wanted
    assert [block.text for block in made] == ["Анализ"] * len(items)
