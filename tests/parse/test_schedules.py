"""Layouts in which meetings and work are dated from outside: captions, months, columns of terms and signs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import TITLE, plan_of, table
from tests.facts import deed, question, sitting

LAID_OUT: list[Any] = [  # the body, its meetings with questions, its activities
    ("a caption that speaks of meetings",
     ["Тематика заседаний РМО",
      table(["№", "Тема", "Форма", "Место и время проведения", "Ответственные"],
            ["1", "«Начало года»\n1. Анализ работы\n2. План", "Круглый стол", "август\nМБОУ СОШ № 1", "Ильина А.В."],
            ["2", "Чтение", "Семинар", "ноябрь", "Сомова Г.И."])],
     ["1 | 2021-08 | тема «Начало года» | форма Круглый стол | место МБОУ СОШ № 1 | отв. Ильина А. В.",
      "1 |  | Анализ работы", "2 |  | План", "2 | 2021-11 | тема Чтение | форма Семинар | отв. Сомова Г. И."], []),
    ("a numbered schedule by months",
     ["Тематика заседаний", "1. Август. Организационное заседание", "2. Ноябрь. Новые технологии"],
     ["1 | 2021-08", "2 | 2021-11"], []),
    ("months over labels, nobody says «заседание»",
     ["Август", "Тема: «Итоги»", "1. Анализ. Ершова Л.М.", "Март", "Тема: «Краеведение»"],
     [" | 2021-08 | тема «Итоги»", "1 |  | Анализ | Ершова Л. М.", " | 2022-03 | тема «Краеведение»"], []),
    ("months over lists of work",
     ["План мероприятий", "Сентябрь", "- конкурс чтецов (Иванова И.И.);", "Октябрь", "- олимпиада;",
      "Заседание № 2", "1. Итоги."],
     ["2", "1 |  | Итоги"],
     [" | конкурс чтецов (Иванова И.И.); |  | 2021-09 | Иванова И. И.", " | олимпиада; |  | 2021-10"]),
    ("a month and its work on one line",
     ["План мероприятий", "Сентябрь: конкурс чтецов.", "Октябрь: олимпиада."], [],
     [" | конкурс чтецов. |  | 2021-09", " | олимпиада. |  | 2021-10"]),
    ("signs in columns of terms",
     [table(["№", "Мероприятие", "Сентябрь", "Октябрь", "Ноябрь"], ["1", "Семинар", "+", "", ""], ["2", "Конкурс", "-", "+", "+"])],
     [], ["1 | Семинар |  | 2021-09", "2 | Конкурс |  | 2021-10, 2021-11"]),
    ("the time of day in a column of its own",
     [table(["№", "Дата", "Время", "Мероприятие"], ["1", "26.08.2021", "10.00", "Секция"])],
     [], ["1 | Секция |  | 2021-08-26"]),
    ("a person named in the question and beside it",
     [table(["Дата", "Тема, форма проведения", "Рассматриваемые вопросы", "Ответственные"],
            ["28.09.21\nМБДОУ № 5", "Организационное заседание", "1. Игры. Мухина О.Л.\n2. План. Орлова Е.К.", "Мухина О.Л., МБДОУ № 3\nОрлова Е.К."])],
     [" | 2021-09-28 | место МБДОУ № 5", "1 |  | Игры | Мухина О. Л. (МБДОУ № 3)", "2 |  | План | Орлова Е. К."], []),
    ("a row that a converter has wrapped",
     [table(["№", "Мероприятие", "Сроки", "Ответственный"], ["1", "Конкурс «Библиотекарь", "март", "Управление"],
            ["", "года»", "", "образования"], ["2", "Итоги", "май", ""])],
     [], ["1 | Конкурс «Библиотекарь года» | конкурс | 2022-03 | Управление образования", "2 | Итоги |  | 2022-05"]),
    ("work between meetings on the label's line",
     ["Заседание № 1. Август", "1. Анализ работы.", "Между заседаниями: посещение уроков, подготовка к олимпиаде."],
     ["1 | 2021-08", "1 |  | Анализ работы"], []),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "meetings", "work"), LAID_OUT, ids=[case[0] for case in LAID_OUT])
def test_laid_out(what: str, body: list[Any], meetings: list[str], work: list[str]) -> None:
    plan = plan_of(TITLE, *body)
    found = [line for each in plan.meetings for line in (sitting(each), *map(question, each.agenda))]
    assert found == meetings
    assert [deed(each) for each in plan.activities] == work
    assert plan.residue == ()


def test_a_time_of_its_own_column_belongs_to_the_day() -> None:
    plan = plan_of(TITLE, table(["№", "Дата", "Время", "Мероприятие"], ["1", "26.08.2021", "10.00", "Секция"]))
    (date,) = plan.activities[0].dates
    assert (date.edtf, date.time) == ("2021-08-26", "10:00")
