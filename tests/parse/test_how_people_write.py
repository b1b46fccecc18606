"""Shapes that strangers' plans brought: parts of a plan for 2021–2022 and all that a reader takes from them,
meetings with their questions («?») first, then the planned work («!»)."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.model.plan import Plan
from tests.documents import TITLE, document, plans_of, table, titled
from tests.facts import deed, question, sitting

FIRST = ("Заседание № 1. 10 сентября 2021 г.", "Повестка:", "1) Анализ работы. Иванова И.И.", "2) Разное.")
FIRST_READ = ["1 | 2021-09-10", "? 1 |  | Анализ работы | Иванова И. И.", "? 2 |  | Разное"]
HEAD = ["Дата", "Мероприятие", "Место", "Ответственный"]


def facts(plan: Plan) -> list[str]:
    found = []
    for meeting in plan.meetings:
        found.append(sitting(meeting))
        found += [f"? {question(item)}" for item in meeting.agenda]
    return found + [f"! {deed(activity)}" for activity in plan.activities]


CASES: list[Any] = [
    # a heading in capitals over a list that begins anew ends the meetings
    ([*FIRST, "ИНДИВИДУАЛЬНАЯ РАБОТА", "1. Консультации.", "Срок: октябрь 2021 г.", "Ответственные: Петрова А.А."],
     [*FIRST_READ, "! 1 | Консультации. |  | 2021-10 | Петрова А. А. | в «ИНДИВИДУАЛЬНАЯ РАБОТА»"]),
    # rows made with tabs
    ([*FIRST, "II. МЕРОПРИЯТИЯ", "1.\tДень знаний\t1 сентября\tИванова И.И.", "2.\tКонкурс\t12 октября\tПетрова А.А.",
      "3.\tОтчёт\tдо 28 мая\tвсе учителя"],
     [*FIRST_READ, "! 1 | День знаний |  | 2021-09-01 | Иванова И. И. | в «II. МЕРОПРИЯТИЯ»",
      "! 2 | Конкурс |  | 2021-10-12 | Петрова А. А. | в «II. МЕРОПРИЯТИЯ»",
      "! 3 | Отчёт |  | ../2022-05-28 | все учителя | в «II. МЕРОПРИЯТИЯ»"]),
    # the date before the word, the word with its form, the place behind «в»
    (["17 ноября. Заседание-практикум в МОУ «Дубравинская СОШ»", "1. Анализ работы."],
     [" | 2021-11-17 | место МОУ «Дубравинская СОШ»", "? 1 |  | Анализ работы"]),
    # what meeting it is, in brackets, is no theme
    (["ЗАСЕДАНИЕ ПЯТОЕ (ИТОГОВОЕ). Май 2022 г.", "1. Анализ работы."], ["5 | 2022-05", "? 1 |  | Анализ работы"]),
    # theme, term and place on the line of the announcement; a form before the quoted theme
    (["Заседание № 2. Тема: «Чтение», 2 декабря 2021г., МБОУ СОШ № 7", "1. Анализ работы."],
     ["2 | 2021-12-02 | тема «Чтение» | место МБОУ СОШ № 7", "? 1 |  | Анализ работы"]),
    (["Заседание 4. Круглый стол «Семья и книга»", "1. Анализ работы."],
     ["4 |  | тема «Семья и книга» | форма круглый стол", "? 1 |  | Анализ работы"]),
    # several labels on one line
    (["Заседание № 3", "Дата: 25.01.2022 г. Форма: круглый стол", "Тема: «Итоги»", "1. Анализ работы."],
     ["3 | 2022-01-25 | тема «Итоги» | форма круглый стол", "? 1 |  | Анализ работы"]),
    # two dates in columns of their own: the month and the day
    ([table(["Месяц", "Дата", "Мероприятие"], ["Сентябрь", "1", "Выставка"], ["^", "20-24", "Неделя книги"], ["Май", "", "Отчёт"])],
     ["!  | Выставка |  | 2021-09-01", "!  | Неделя книги |  | 2021-09-20/2021-09-24", "!  | Отчёт |  | 2022-05"]),
    # months by their numbers under «Срок»
    ([table(["№", "Мероприятие", "Срок", "<", "<", "<", "Ответственный"], ["^", "^", "IX", "X", "XI", "XII", "^"],
            ["1", "Конкурс", "+", "", "", "+", "Иванова И.И."])],
     ["! 1 | Конкурс |  | 2021-09, 2021-12 | Иванова И. И."]),
    # the same heading as a converter leaves it, its merged cells empty
    ([table(["№", "Мероприятие", "Срок", "", "", "", "Ответственный"], ["", "", "IX", "X", "XI", "XII", ""],
            ["1", "Конкурс", "+", "", "", "+", "Иванова И.И."])],
     ["! 1 | Конкурс |  | 2021-09, 2021-12 | Иванова И. И."]),
    # number and term of a meeting merged over its questions, or left empty under them
    ([table(["№ заседания", "Дата, место", "Вопросы", "Выступающие"], ["1", "28.08.2021\nМБОУ СОШ № 2", "Тема: «Начало»", "<"],
            ["^", "^", "Анализ работы", "Иванова И.И."], ["^", "^", "План на год", "Петрова А.А."])],
     ["1 | 2021-08-28 | тема «Начало» | место МБОУ СОШ № 2", "?  |  | Анализ работы | Иванова И. И.",
      "?  |  | План на год | Петрова А. А."]),
    ([table(["№ заседания", "Дата, место", "Вопросы", "Выступающие"], ["1", "28.08.2021\nМБОУ СОШ № 2", "Тема: «Начало»", ""],
            ["", "", "Анализ работы", "Иванова И.И."], ["", "", "План на год", "Петрова А.А."])],
     ["1 | 2021-08-28 | тема «Начало» | место МБОУ СОШ № 2", "?  |  | Анализ работы | Иванова И. И.",
      "?  |  | План на год | Петрова А. А."]),
    # a term and a place merged over the questions of a meeting are the meeting's
    ([table(["№", "Содержание", "Дата", "Место", "Ответственный"], ["Заседание № 1. Тема: «Начало»", "<", "<", "<", "<"],
            ["1.1", "Анализ работы", "16.09.21", "МБДОУ № 3", "Иванова И.И."], ["1.2", "План на год", "^", "^", "Петрова А.А."])],
     ["1 | 2021-09-16 | тема «Начало» | место МБДОУ № 3", "? 1.1 |  | Анализ работы | Иванова И. И.",
      "? 1.2 |  | План на год | Петрова А. А."]),
    # an unknown heading over what is done
    ([table(["Число", "Чем заняты", "Где", "Кто отвечает"], ["5 октября", "Сверка фонда учебников", "ОО округа", "Иванова И.И."])],
     ["!  | Сверка фонда учебников |  | 2021-10-05 | Иванова И. И. | место ОО округа"]),
    # a table of planned work that ends with names is no list of members
    ([table(["Вид аттестации", "Срок", "ФИО"], ["На первую категорию", "декабрь 2021", "Иванова И.И."])],
     ["!  | На первую категорию |  | 2021-12 | Иванова И. И."]),
    # a term in the column of places, a finer term in the wording
    ([table(["№", "Мероприятие", "Место проведения", "Ответственный"], ["1", "Семинар «А»", "МБОУ СОШ № 2, 16 февраля", "Иванова И.И."])],
     ["! 1 | Семинар «А» | семинар | 2022-02-16 | Иванова И. И. | место МБОУ СОШ № 2"]),
    ([table(HEAD, ["I квартал", "Мониторинг (март)", "", ""])], ["!  | Мониторинг (март) |  | 2022-03"]),
    ([table(HEAD, ["март", "19.03 - Мастер-класс «Оркестр»", "", ""])],
     ["!  | 19.03 - Мастер-класс «Оркестр» | мастер-класс | 2022-03-19"]),
    # a term before who answers
    (["Работа между заседаниями:", "- Посещение уроков (октябрь – апрель) – члены РМО",
      "- Приём заявок на конкурс до 15 февраля – Петрова А.А."],
     ["!  | Посещение уроков (октябрь – апрель) – члены РМО |  | 2021-10/2022-04 | члены РМО | в «Работа между заседаниями»",
      "!  | Приём заявок на конкурс до 15 февраля – Петрова А.А. |  | ../2022-02-15 | Петрова А. А. | в «Работа между заседаниями»"]),
    # a surname alone is a person whom the document names elsewhere
    ([table(HEAD, ["март", "Конкурс", "", "Дробот В.Г."], ["май", "Поход", "", "Дробот, Сыч"])],
     ["!  | Конкурс |  | 2022-03 | Дробот В. Г.", "!  | Поход |  | 2022-05 | Дробот; Сыч"]),
    # dittos among the speakers of a cell
    ([table(["Дата", "Вопросы", "Выступающие"], ["10.09.2021", "Заседание № 1\n- Буктрейлер\n- Челлендж", "- Иванова И.И.\n- -//-"])],
     ["1 | 2021-09-10", "?  |  | Буктрейлер | Иванова И. И.", "?  |  | Челлендж | Иванова И. И."]),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "expected"), CASES)
def test_what_a_reader_takes(parts: list[Any], expected: list[str]) -> None:
    assert facts(titled(*parts)) == expected


def test_a_lone_surname_is_known_as_a_person() -> None:
    plan = titled(table(HEAD, ["март", "Конкурс", "", "Дробот В.Г."], ["май", "Поход", "", "Дробот, Сыч"]))
    last = plan.activities[-1].responsible
    assert [(p.kind, p.surname) for p in last] == [("person", "Дробот"), ("group", None)]
    assert [p.name for p in plan.people] == ["Дробот В. Г."]


def test_the_plan_of_meetings_begins_no_other_plan() -> None:
    """«ПЛАН ЗАСЕДАНИЙ» is a caption, though a theme below names a school year."""
    body = ("Заседание №1", "Дата проведения: 26.08.21", "Тема: «Задачи на 2021-2022 учебный год»", "1. Анализ работы.")
    assert len(plans_of(TITLE, "Цель: рост мастерства учителей.", "ПЛАН ЗАСЕДАНИЙ", *body)) == 1


def test_who_takes_part_and_what_comes_of_it() -> None:
    one = ("Участники: учителя физики", "Ожидаемый результат: банк заданий")
    plan = titled("Заседание № 1. Август", "1. Анализ работы.", *one, "Заседание № 2. Май", "1. Отчёт.", *one)
    for meeting in plan.meetings:
        assert [p.text for p in meeting.participants] == ["учителя физики"]
        assert meeting.extra == {"Ожидаемый результат": "банк заданий"}
    assert plan.results == ()


def test_results_named_once_are_the_plan_s() -> None:
    plan = titled("Заседание № 1. Май", "1. Анализ работы.", "", "Ожидаемый результат: рост мастерства.")
    assert [each.text for each in plan.results] == ["рост мастерства."]


def test_the_year_in_a_table_of_labels() -> None:
    plan = plans_of("План работы РМО библиотекарей", table(["Учебный год", "2025-2026"], ["Цель", "Обновление форм работы"]))[0]
    assert plan.school_year is not None and (plan.school_year.start, plan.school_year.inferred) == (2025, False)


def test_members_as_a_list() -> None:
    plan = titled("Состав комиссии:", "1. Дробот Виктор Григорьевич – председатель", "2. Сыч Алексей Анатольевич – преподаватель")
    assert [(p.name, p.position) for p in plan.members] == [
        ("Дробот Виктор Григорьевич", "председатель"),
        ("Сыч Алексей Анатольевич", "преподаватель"),
    ]


def test_the_school_above_the_title() -> None:
    plan = plans_of("МКОУ «Сосновоборская ООШ»", TITLE, "Цель: рост мастерства.")[0]
    assert plan.institution is not None and plan.institution.name == "Сосновоборская"
    assert document("МКОУ «Сосновоборская ООШ»").blocks[0].text == plan.institution.text
