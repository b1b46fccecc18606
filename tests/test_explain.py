"""`--explain`: every line of the document with the rule that claimed it and the fields that it gave."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.explain import Explained, explain_plan
from extractor.segment import make_outline
from extractor.values.senses import load_senses
from tests.documents import TITLE, document, part, plan_of, table


def explained(*parts: Any) -> list[Explained]:
    source = document(*parts)
    return list(explain_plan(plan_of(*parts), make_outline(source, load_senses())))


HEAD = ["Мероприятие", "Сроки"]

LINES: list[Any] = [  # body, the line, its rule, what it gave (its beginning)
    (["Цель: рост."], "Цель: рост.", "headed_part", "goals[0]"),
    (["Заседание № 1. Август", "1. Анализ. Иванова И.И."], "Заседание № 1. Август", "meeting_announced", "meetings[0]"),
    (["Заседание № 1. Август", "1. Анализ. Иванова И.И."], "1. Анализ. Иванова И.И.", "agenda_item", "meetings[0]"),
    (["Заседание № 1. Август", "1. Анализ.", "Докладчик: Петрова А.А."], "Докладчик: Петрова А.А.", "speaker_line",
     "meetings[0]"),
    (["Цель: рост.", table(HEAD, ["Семинар", "март"])], "Семинар", "table_by_heading: text (heading)", "activities[0]"),
    (["Цель: рост.", table(HEAD, ["Семинар", "март"])], "март", "table_by_heading: dates (heading)", "activities[0].dates"),
    (["Цель: рост.", table(HEAD, ["Семинар", "март"])], "Мероприятие", "table_by_heading: шапка", "structure"),
    (["Цель: рост.", "", "", "Ни к чему не относится."], "Ни к чему не относится.", None, "(правило prose)"),
    (["Цель: рост.", part("footnote", "Сноска.")], "Сноска.", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text", "rule", "gave"), LINES, ids=lambda value: str(value)[:40])
def test_line(body: list[Any], text: str, rule: str | None, gave: str) -> None:
    (found,) = [each for each in explained(TITLE, "", *body) if each.text == text]
    assert found.rule == rule
    assert found.gave.startswith(gave)


INSTEAD: list[Any] = [  # body, the line, what else it might have been
    (["Заседание № 1. Тема: чтение", table(["Вопросы", "Выступает"], ["Анализ", "Иванова И.И."])],
     "Заседание № 1. Тема: чтение", "caption → caption"),
    (["Цель: рост."], "Цель: рост.", None),
    ([table(["Мероприятие", "Сроки"], ["Семинар", "Иванова И.И."], ["Совет", "Петрова А.А."])], "Иванова И.И.", "responsible"),
    ([table(["Мероприятие", "Ответственный"], ["Семинар", "Иванова И.И."])], "Иванова И.И.", None),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text", "instead"), INSTEAD, ids=lambda value: str(value)[:40])
def test_the_runner_up_is_said(body: list[Any], text: str, instead: str | None) -> None:
    source = document(TITLE, "", *body)
    outline = make_outline(source, load_senses(), explain=True)
    (found,) = [each for each in explain_plan(plan_of(TITLE, "", *body), outline) if each.text == text]
    assert found.instead == instead


def test_every_line_with_words_is_explained_once() -> None:
    body = [TITLE, "", "Цель: рост.", "!!!", table(HEAD, ["Семинар", "март"]), "Постороннее."]
    found = explained(*body)
    assert [each.text for each in found] == [
        TITLE,
        "Цель: рост.",
        "Мероприятие",
        "Сроки",
        "Семинар",
        "март",
        "Постороннее.",
    ]


PLACES = [
    ([TITLE], "абзац 1"),
    ([TITLE, "", table(HEAD, ["Семинар", "март"])], "таблица 1, строка 2, графа 2"),
    ([TITLE, part("header", "Отдел образования")], "верхний колонтитул 2"),
    ([TITLE, part("footnote", "Сноска.")], "сноска 2"),
]


@pytest.mark.parametrize(("body", "place"), PLACES, ids=[place for _, place in PLACES])
def test_place_of_a_line(body: list[Any], place: str) -> None:
    assert explained(*body)[-1].place == place


def test_the_title_gives_title_association_and_year() -> None:
    (found,) = explained(TITLE)
    assert (found.rule, found.gave) == ("title_line", "title, association, school_year")


def test_a_line_that_lost_letters_says_so() -> None:
    """Whoever reads the explanation sees where something is missing."""
    plan = plan_of(TITLE, "", "Цель: рост.", table(["№", "Мероприятие", "Классы"], ["1", "Олимпиада", "??"]))
    assert plan.residue == ()
    for each in explained(TITLE, "", "Ни к чему не относится."):
        assert each.rule is not None or each.text == "Ни к чему не относится."
