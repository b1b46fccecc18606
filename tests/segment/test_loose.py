"""Tables whose columns a converter lost: a heading in lines, and rows one after another."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.model.outline import Grid
from tests.documents import TITLE, outline, titled


def loose(*lines: Any) -> list[Grid]:
    return [
        p.table for p in outline(TITLE, "", *lines).parts if p.table is not None and p.rule == "loose_table"
    ]


HEADING = ["№\tСодержание работы\tСроки\tОтветственный"]
ROWS = [
    "1 Составление плана работы на год\tсентябрь\tРуководитель РМО",
    "2 Школьный этап олимпиады\tоктябрь\tИванова И.И.",
    "3 Обмен опытом\tноябрь\tПетрова А.А.",
]


def cells(grid: Grid) -> list[list[str]]:
    return [[cell.text.text.strip() for cell in row.cells] for row in grid.rows]


def test_rows_with_tabs() -> None:
    (grid,) = loose(*HEADING, *ROWS)
    assert [column.roles[0] for column in grid.bands[0].columns] == ["number", "text", "dates", "responsible"]
    assert cells(grid) == [
        ["1", "Составление плана работы на год", "сентябрь", "Руководитель РМО"],
        ["2", "Школьный этап олимпиады", "октябрь", "Иванова И.И."],
        ["3", "Обмен опытом", "ноябрь", "Петрова А.А."],
    ]


def test_cells_in_lines_of_their_own() -> None:
    (grid,) = loose(
        *HEADING,
        "1 Составление плана работы",
        "сентябрь",
        "Руководитель РМО",
        "2 Обмен опытом",
        "ноябрь",
        "Петрова А.А.",
    )
    assert cells(grid) == [
        ["1", "Составление плана работы", "сентябрь", "Руководитель РМО"],
        ["2", "Обмен опытом", "ноябрь", "Петрова А.А."],
    ]


@pytest.mark.xfail(
    strict=True, reason="a cell may begin at every capital letter: «Руководитель» goes to the text"
)
def test_a_row_in_one_line() -> None:
    (grid,) = loose(
        *HEADING, "1 Составление плана работы сентябрь Руководитель РМО", "2 Обмен опытом ноябрь Петрова А.А."
    )
    assert [row[0] for row in cells(grid)] == ["1", "2"]
    assert [row[-1] for row in cells(grid)] == ["Руководитель РМО", "Петрова А.А."]


def test_an_empty_cell() -> None:
    (grid,) = loose(
        *HEADING, "1 Составление плана работы\tРуководитель РМО", "2 Обмен опытом\tноябрь\tПетрова А.А."
    )
    assert cells(grid)[0] == ["1", "Составление плана работы", "", "Руководитель РМО"]


def test_what_stands_behind_the_table_is_no_row() -> None:
    plan = titled(*HEADING, *ROWS, "", "", "", "Руководитель РМО ____________ И.А. Жукова")
    assert [activity.number for activity in plan.activities] == ["1", "2", "3"]
    assert [p.name for activity in plan.activities for p in activity.responsible] == [
        None,
        "Иванова И. И.",
        "Петрова А. А.",
    ]
    assert plan.head is not None
    assert plan.head.name == "Жукова И. А."


def test_a_number_in_a_sentence_begins_no_table() -> None:
    assert loose("№ 3", "школа нашего района") == []
    assert loose("Заседание № 1. Август", "1. Анализ работы.") == []


def test_a_sign_of_numbers_alone_is_no_heading() -> None:
    assert loose("№", "п/п", "1 Чтения о природе края", "2 Смотр кабинетов") == []


def test_one_cell_a_line() -> None:
    lines = [
        "Мероприятие",
        "Срок",
        "Ответственный",
        "Чтения о природе",
        "май",
        "Ли О.С.",
        "Смотр",
        "июнь",
        "Ким Е.Л.",
    ]
    (band,) = [b for p in outline(TITLE, "", *lines).parts if p.table is not None for b in p.table.bands]
    assert [column.roles[0] for column in band.columns] == ["text", "dates", "responsible"]
    assert [[cell.text.text for cell in row.cells] for row in band.rows] == [
        ["Чтения о природе", "май", "Ли О.С."],
        ["Смотр", "июнь", "Ким Е.Л."],
    ]


def test_letters_lead_back_to_the_lines() -> None:
    plan = titled(*HEADING, *ROWS)
    for activity in plan.activities:
        pointed = " ".join(plan.blocks[s.block].text[s.start : s.end] for s in activity.at)
        assert activity.text in pointed
    assert plan.residue == ()
