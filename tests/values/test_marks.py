"""Marks at the head of a line, and cells that are nothing but a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model.passage import passage_of
from extractor.model.source import Block
from extractor.values.marks import read_mark, read_number
from tests.documents import failing

MARKED = [  # line, kind, number, what follows
    ("1. Доклад", "decimal", "1", "Доклад"),
    ("1.Доклад", "decimal", "1", "Доклад"),
    ("1) Доклад", "decimal", "1", "Доклад"),
    ("(1) Доклад", "decimal", "1", "Доклад"),
    ("12. Доклад", "decimal", "12", "Доклад"),
    ("1 . Доклад", "decimal", "1", "Доклад"),
    ("1. «Чтение»", "decimal", "1", "«Чтение»"),
    ("1. 5 шагов к успеху", "decimal", "1", "5 шагов к успеху"),
    ("1.1. Семинар", "multi", "1.1", "Семинар"),
    ("1.1 Семинар", "multi", "1.1", "Семинар"),
    ("2.3.1. Семинар", "multi", "2.3.1", "Семинар"),
    ("II. Работа", "roman", "II", "Работа"),
    ("IV) Работа", "roman", "IV", "Работа"),
    ("ІІ. Работа", "roman", "ІІ", "Работа"),
    ("а) изучать", "letter", "а", "изучать"),
    ("б)изучать", "letter", "б", "изучать"),
    ("- изучать", "bullet", None, "изучать"),
    ("-изучать", "bullet", None, "изучать"),
    ("– изучать", "bullet", None, "изучать"),
    ("• изучать", "bullet", None, "изучать"),
    ("✓ изучать", "bullet", None, "изучать"),
    ("Доклад", None, None, "Доклад"),
    ("25.10.2021 Доклад", None, None, "25.10.2021 Доклад"),
    ("12.05. Доклад", None, None, "12.05. Доклад"),
    ("2021 год", None, None, "2021 год"),
    ("5-9 классы", None, None, "5-9 классы"),
    ("5 классы", None, None, "5 классы"),
    ("И.И. Иванова", None, None, "И.И. Иванова"),
    ("В. Петрова", None, None, "В. Петрова"),
    ("10.00 – открытие", None, None, "10.00 – открытие"),
    ("-//-", None, None, "-//-"),
    ("—", None, None, "—"),
    ("", None, None, ""),
    ("+ изучать", None, None, "+ изучать"),
    ("1.-Доклад", "decimal", "1", "-Доклад"),
    ("1.  2. Доклад", "decimal", "1", "2. Доклад"),
    ("\uf0b7 изучать", "bullet", None, "изучать"),
    ("А) изучать", "letter", "А", "изучать"),
    ("а. изучать опыт", "letter", "а", "изучать опыт"),
    ("1.2.Семинар", "multi", "1.2", "Семинар"),
    ("12.10. в 10 часов", None, None, "12.10. в 10 часов"),
]
XFAIL_MARKED = {
    "а. изучать опыт": "small letters are marks before a bracket only",
    "12.10. в 10 часов": "a day and month is taken for a number of two parts",
}


@pytest.mark.parametrize(
    ("line", "kind", "number", "rest"),
    [failing(XFAIL_MARKED[c[0]], *c) if c[0] in XFAIL_MARKED else c for c in MARKED],
)
def test_mark(line: str, kind: str | None, number: str | None, rest: str) -> None:
    mark, body = read_mark(passage_of(Block(id=0, kind="paragraph", text=line)))
    assert (mark.kind if mark else None, mark.number if mark else None, body.text) == (
        kind,
        number,
        " ".join(rest.split()),
    )


@given(st.text(alphabet="1234.)(-–•абв IVX«»", max_size=20))
def test_mark_and_body_are_the_whole_line(line: str) -> None:
    passage = passage_of(Block(id=0, kind="paragraph", text=line))
    mark, body = read_mark(passage)
    found = (mark.at.text if mark else "") + body.text
    assert "".join(found.split()) == "".join(passage.text.split())


NUMBERS = [
    ("1", "1"), ("1.", "1"), ("1)", "1"), ("12.", "12"), ("№ 3", "3"), ("2.1.1.", "2.1.1"), ("III", "III"),
    ("IV.", "IV"), (" 5 ", "5"), ("2021", None), ("25.10.2021", None), ("", None), ("-", None), ("1 раз", None),
    ("А", None), ("1-2", None),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "number"), NUMBERS)
def test_number_of_a_cell(cell: str, number: str | None) -> None:
    assert read_number(cell) == number
