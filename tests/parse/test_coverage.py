"""Nothing is lost: every letter is in a value, in the structure or in the residue, whatever the document."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.output.schema import json_schema
from tests.documents import TITLE, document, plans_of, record, table
from tests.grounding import out_of_bounds, uncovered, ungrounded

LINES = [
    TITLE, "ПЛАН РАБОТЫ", "", "Тема: «Опыт»", "Цель: рост мастерства.", "Задачи:", "- изучать;", "1. Обобщать.", "а) и так далее",
    "Заседание № 1. Август", "Заседание № 2 (12.11.2021)", "Тема: «Начало»", "Повестка дня:", "1. Доклад «Чтение». Иванова И.И.",
    "2. Разное.", "Докладчик: Петрова А.А., СОШ № 3", "Место проведения: МБОУ СОШ № 4", "СЕНТЯБРЬ", "28 августа 2021 г.",
    "Руководитель РМО ____ И.А. Жукова", "УТВЕРЖДАЮ", "Директор Иванова И.И.", "Формы работы:", "Совсем посторонняя строка",
    "Работа между заседаниями:", "Состав МО:", "Ожидаемые результаты: рост", "№\tМероприятие\tСроки", "1 Семинар\tмарт", "!!!", "",
]  # fmt: skip
CELLS = ["", "-", "-//-", "1", "2.", "Мероприятие", "Сроки", "Ответственные", "Семинар «А»", "октябрь", "Иванова И.И.", "МБОУ СОШ № 3",
         "1. Семинар.\n2. Конкурс.", "Заседание № 1\n1. Анализ.", "II.", "СЕНТЯБРЬ", "8-11", "Цели и задачи", "<", "^"]  # fmt: skip

tables = st.lists(st.lists(st.sampled_from(CELLS), min_size=3, max_size=3), min_size=1, max_size=5).map(
    lambda rows: table(
        *(
            ["" if cell in "<^" and (r == 0 or c == 0) else cell for c, cell in enumerate(row)]
            for r, row in enumerate(rows)
        )
    )
)
bodies = st.lists(st.sampled_from(LINES) | tables, max_size=12, unique=True).map(
    lambda body: ["Начало", *body]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies)
def test_any_document_is_grounded_and_complete(body: list[Any]) -> None:
    for plan in plans_of(*body):
        found = record(plan)
        assert out_of_bounds(found) + ungrounded(found) + uncovered(found) == []
        jsonschema.Draft202012Validator(json_schema()).validate(found)


@settings(max_examples=40, deadline=None)
@given(bodies)
def test_the_same_document_gives_the_same_record(body: list[Any]) -> None:
    assert [record(plan) for plan in plans_of(*body)] == [record(plan) for plan in plans_of(*body)]


def test_a_document_without_a_plan_is_all_residue() -> None:
    (plan,) = plans_of("Приказ", "О проведении конкурса чтецов в районе.")
    assert plan.coverage == 0.0
    assert len(plan.residue) == 2


def test_an_empty_document_is_a_valid_record() -> None:
    (plan,) = plans_of()
    assert (plan.coverage, plan.residue, plan.title) == (0.0, (), None)
    assert document().blocks == ()


COVERED = [  # lines that are a label, a number, a heading: structure, never residue
    ["Цель: рост.", "Задачи:", "1. Изучать.", "2. Обобщать."],
    ["Заседание № 1. Август", "Повестка дня:", "1. Анализ.", "Докладчик: Иванова И.И."],
    ["Цель: рост.", table(["№", "Мероприятие", "Сроки"], ["1", "Семинар", "март"], ["2", "Конкурс", "-//-"])],
    ["Цель: рост.", "", "СЕНТЯБРЬ", table(["№", "Мероприятие"], ["1", "Семинар"])],
]


@pytest.mark.parametrize("body", COVERED)
def test_what_says_what_others_are_is_structure(body: list[Any]) -> None:
    (plan,) = plans_of(TITLE, "", *body)
    assert plan.residue == ()
    assert plan.coverage == 1.0
