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
    ([("1.", "List Paragraph", 0), ("1.", "List Paragraph", 0)], ["1.", "2."]),
    ([("1.", "Normal", 0), ("1.", "Normal", 0), ("1.", "Normal", 0)], ["1.", "1.", "1."]),  # the author's own
    ([("1.", "Normal", 0), ("1.", "Normal", 0), ("3.", "Normal", 0)], ["1.", "1.", "3."]),
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


def test_numbers_of_rows() -> None:
    """A column of numbers that Word makes, each alone in its cell."""
    blocks = [
        Block(id=place, kind="cell", text=text, label=label, level=0, style="List Paragraph", table=1, row=row, column=column)
        for place, (label, text, row, column) in enumerate(
            [("1.", "", 2, 1), (None, "Семинар", 2, 2), ("1.", "", 3, 1), (None, "Совет", 3, 2), ("2.", "", 4, 1), (None, "Отчёт", 4, 2)]
        )
    ]
    assert [block.label for block in rejoined(blocks)] == ["1.", None, "2.", None, "3.", None]
