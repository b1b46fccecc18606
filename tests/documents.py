"""Small documents for tests, written as one would read them aloud.

    document("План работы РМО на 2021-2022 учебный год", "Заседание 1. Сентябрь", "1. Доклад.")
    document(table(["Мероприятие", "Сроки"], ["Семинар", "октябрь"]))

A string is a paragraph with its mark typed («- пункт», «1. пункт»); «» is an empty line. `item` is a list item
whose mark Word makes, `bold` and `centred` are what they say. In a table «<» goes on with the cell to its left,
«^» with the cell above it, and a line break begins a new paragraph of the cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from extractor.model.outline import Outline
from extractor.model.plan import Plan, Plans
from extractor.model.source import Block, Note, Source
from extractor.output.to_json import json_bytes
from extractor.pipeline import extract_source
from extractor.segment import make_outline
from extractor.values.senses import load_senses

TITLE = "План работы РМО учителей химии Заречного района на 2021-2022 учебный год"


class Paragraph(msgspec.Struct, frozen=True):
    text: str
    looks: dict[str, Any] = {}


class Table(msgspec.Struct, frozen=True):
    rows: tuple[tuple[str, ...], ...]


def table(*rows: Sequence[str]) -> Table:
    """A table of these rows."""
    return Table(tuple(tuple(row) for row in rows))


def bold(text: str) -> Paragraph:
    return Paragraph(text, {"bold": 1.0})


def centred(text: str) -> Paragraph:
    return Paragraph(text, {"bold": 1.0, "align": "center"})


def heading(text: str) -> Paragraph:
    return Paragraph(text, {"heading": 1, "style": "heading 1", "bold": 1.0})


def item(label: str, text: str) -> Paragraph:
    """A list item whose mark Word makes."""
    return Paragraph(text, {"kind": "list_item", "label": label, "level": 0})


def part(name: str, text: str) -> Paragraph:
    """A paragraph outside the body: header, footer, footnote, comment."""
    return Paragraph(text, {"part": name})


def document(*parts: str | Paragraph | Table, notes: tuple[Note, ...] = ()) -> Source:
    """The source as a reader of files would give it."""
    blocks: list[Block] = []
    gap = tables = 0
    for each in parts:
        if each == "":
            gap += 1
            continue
        made: Iterator[Block]
        if isinstance(each, Table):
            tables += 1
            made = _cells(each, tables)
        else:
            paragraph = Paragraph(each) if isinstance(each, str) else each
            made = iter(
                [Block(id=0, text=paragraph.text, gap=gap, **{"kind": "paragraph"} | paragraph.looks)]
            )
        blocks.extend(made)
        gap = 0
    numbered = tuple(replace(block, id=number) for number, block in enumerate(blocks))
    return Source(name="план.docx", format="docx", sha256="0" * 64, bytes=1, blocks=numbered, notes=notes)


def _cells(made: Table, number: int) -> Iterator[Block]:
    rows = made.rows
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            wide = next((k for k in range(1, len(row) - c) if row[c + k] != "<"), len(row) - c)
            below = (k for k in range(1, len(rows) - r) if c >= len(rows[r + k]) or rows[r + k][c] != "^")
            tall = next(below, len(rows) - r)
            for paragraph in text.split("\n"):
                yield Block(
                    id=0,
                    kind="cell",
                    text=paragraph,
                    table=number,
                    row=r + 1,
                    column=c + 1,
                    row_span=tall,
                    col_span=wide,
                )


def outline(*parts: str | Paragraph | Table) -> Outline:
    return make_outline(document(*parts), load_senses())


def plan_of(*parts: str | Paragraph | Table, notes: tuple[Note, ...] = ()) -> Plan:
    """The record of a document that holds one plan."""
    found = extract_source(document(*parts, notes=notes), load_senses())
    assert isinstance(found, Plan), "the document was read as several plans"
    return found


def plans_of(*parts: str | Paragraph | Table) -> tuple[Plan, ...]:
    found = extract_source(document(*parts), load_senses())
    return found.plans if isinstance(found, Plans) else (found,)


def titled(*parts: str | Paragraph | Table) -> Plan:
    """The record of a plan for 2021–2022 with this body."""
    return plan_of(TITLE, "", *parts)


def record(plan: Plan | Plans) -> Any:
    """The plan.json of the plan, as a JSON value."""
    return msgspec.json.decode(json_bytes(plan))


def failing(reason: str, *case: Any) -> Any:
    """A case that the code does not meet yet, with the cause; it falls out of the table when it is met."""
    return pytest.param(*case, marks=pytest.mark.xfail(strict=True, reason=reason))
