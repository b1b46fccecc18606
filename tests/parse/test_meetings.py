"""Meetings in running text: number, terms, theme, form, place, agenda."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import bold, failing, item, titled
from tests.facts import question, sitting, term, who

ONE = "1. Анализ работы."

ANNOUNCED: list[Any] = [  # the lines before the questions, the meeting
    (["1. Заседание РМО – 25 октября 2021 года."], "1 | 2021-10-25"),
    (["Заседание № 1 (сентябрь)"], "1 | 2021-09"),
    (["Заседание № 1 – август 2021 г."], "1 | 2021-08"),
    (["Заседание № 1", "Дата проведения: 25.10.2021"], "1 | 2021-10-25"),
    (["Заседание № 1", "(август)"], "1 | 2021-08"),
    (["Заседание № 1", "25 октября 2021 г."], "1 | 2021-10-25"),
    (["I заседание (август)"], "1 | 2021-08"),
    (["Установочное заседание – август"], " | 2021-08"),
    (["Заседание № 1. Август. Тема: «Начало года»"], "1 | 2021-08 | тема «Начало года»"),
    (["Заседание № 1 «Начало года» (август)"], "1 | 2021-08 | тема «Начало года»"),
    failing("a theme without quotes runs to the end of the line, its term included",
        ["Заседание № 1. Тема: Начало года. Август"], "1 | 2021-08 | тема Начало года"),
    (["Заседание № 1 по теме «Начало года»"], "1 |  | тема «Начало года»"),
    (["Заседание № 1. Август", "Тема: «Начало года»."], "1 | 2021-08 | тема «Начало года»."),
    (["Заседание № 1. Август", "Тема заседания:", "«Начало года»"], "1 | 2021-08 | тема «Начало года»"),
    (["Заседание № 1. Август", "«Начало года»"], "1 | 2021-08 | тема «Начало года»"),
    (["Заседание № 1 (август, МБОУ СОШ № 3)"], "1 | 2021-08 | место МБОУ СОШ № 3"),
    (["Заседание № 1. Август. Место проведения: МБОУ СОШ № 3"], "1 | 2021-08 | место МБОУ СОШ № 3"),
    failing("the place behind «на базе» runs to the end of the line, and the date in it is lost",
        ["Заседание № 1 на базе МБОУ «Лицей № 2» 25 октября 2021 г."], "1 | 2021-10-25 | место МБОУ «Лицей № 2»"),
    (["Заседание № 1. Август", "Место проведения: МБОУ СОШ № 3."], "1 | 2021-08 | место МБОУ СОШ № 3"),
    (["Заседание № 1. Август", "Форма проведения: круглый стол."], "1 | 2021-08 | форма круглый стол"),
    (["Заседание № 1. Август (круглый стол)"], "1 | 2021-08 | форма круглый стол"),
    (["Заседание № 1. Август", "Ответственный: Иванова И.И."], "1 | 2021-08 | отв. Иванова И. И."),
    (["Заседание № 1. 10 января 2021 года"], "1 | 2021-01-10"),
    (["Заседание № 1", "Срок: 1 четверть"], "1 | 2021-09-01~/2021-10-31~"),
    (["Заседание № 1. Сентябрь-октябрь"], "1 | 2021-09/2021-10"),
    (["Заседание № 1 (последняя среда апреля)"], "1 | 2022-04-27"),
    (["Заседание №1. Дата: 25.10.2021. Место: МБОУ СОШ № 4. Форма: семинар"],
     "1 | 2021-10-25 | форма семинар | место МБОУ СОШ № 4"),
    (["Заседание № 1. Август", "Время: 10.00. Место: актовый зал"], "1 | 2021-08 | место актовый зал"),
    (["Заседание РМО учителей химии № 1. Август"], "1 | 2021-08"),
    (["Заседание РМО учителей химии. Август"], " | 2021-08"),
    (["Совещание РМО учителей химии. Август"], " | 2021-08"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "wanted"), ANNOUNCED, ids=lambda value: value if isinstance(value, str) else value[0]
)
def test_announced(lines: list[str], wanted: str) -> None:
    plan = titled("Цель: рост.", "", *lines, ONE)
    assert [sitting(meeting) for meeting in plan.meetings] == [wanted]
    assert [question(each) for meeting in plan.meetings for each in meeting.agenda] == [
        "1 |  | Анализ работы"
    ]


AGENDAS: list[Any] = [  # the lines under the announcement, the questions
    (["1. Анализ работы.", "2. Утверждение плана."], ["1 |  | Анализ работы", "2 |  | Утверждение плана"]),
    (["Повестка дня:", "1. Анализ работы.", "2. Утверждение плана."],
     ["1 |  | Анализ работы", "2 |  | Утверждение плана"]),
    (["Повестка дня: 1. Анализ работы. 2. Утверждение плана."], ["1 |  | Анализ работы", "2 |  | Утверждение плана"]),
    (["- Анализ работы;", "- Утверждение плана."], [" |  | Анализ работы", " |  | Утверждение плана"]),
    (["Повестка:", "Анализ работы за год.", "Утверждение плана."],
     [" |  | Анализ работы за год", " |  | Утверждение плана"]),
    (["а) анализ работы;", "б) утверждение плана."], ["а |  | анализ работы", "б |  | утверждение плана"]),
    ([item("1.", "Анализ работы."), item("2.", "Утверждение плана.")], ["1 |  | Анализ работы", "2 |  | Утверждение плана"]),
    failing("the first item of an inner list is taken for a line with a speaker, and its words are lost",
        ["1. Доклады:", "- «Чтение» (Иванова И.И.);", "- «Письмо» (Петрова А.А.)."],
     ["1 |  | Доклады: «Чтение» (Иванова И.И.); «Письмо» (Петрова А.А.)"]),
    (["Теоретическая часть:", "1. Анализ работы.", "Практическая часть:", "2. Открытый урок в 8 классе."],
     ["1 |  | Анализ работы", "2 |  | Открытый урок в 8 классе"]),
    (["Слушали:", "1. О плане работы. Иванова И.И."], ["1 |  | О плане работы | Иванова И. И."]),
    (["1. Анализ работы.", "Отв. Иванова И.И.", "2. Утверждение плана.", "Отв. Петрова А.А."],
     ["1 |  | Анализ работы | Иванова И. И.", "2 |  | Утверждение плана | Петрова А. А."]),
    (["1.Анализ работы.Иванова И.И.", "2.Утверждение плана.Петрова А.А."],
     ["1 |  | Анализ работы | Иванова И. И.", "2 |  | Утверждение плана | Петрова А. А."]),
    (["1. О плане работы.", "Выступили:", "Сидорова О.П., МБОУ СОШ № 5"],
            ["1 |  | О плане работы | Сидорова О. П. (МБОУ СОШ № 5)"]),
    (["1. Анализ работы.", "", "Руководитель РМО ____________ И.А. Жукова"], ["1 |  | Анализ работы"]),
    # who speaks to which question, by its number
    (["1. Анализ.", "2. Урок.", "Выступающие:", "1. Иванова И.И.", "2. Петрова А.А., МБОУ СОШ № 5"],
     ["1 |  | Анализ | Иванова И. И.", "2 |  | Урок | Петрова А. А. (МБОУ СОШ № 5)"]),
    (["1. Анализ.", "2. Урок.", "3. Разное.", "Выступающие:", "1 вопрос – Иванова И.И.", "2 и 3 вопросы – рук. РМО"],
     ["1 |  | Анализ | Иванова И. И.", "2 |  | Урок | рук. РМО", "3 |  | Разное | рук. РМО"]),
    (["1. Анализ.", "2. Урок.", "Выступающие: Иванова И.И., Петрова А.А."],
     ["1 |  | Анализ", "2 |  | Урок | Иванова И. И.; Петрова А. А."]),
    (["1. Анализ.", "Решение:", "- признать работу удовлетворительной;", "- утвердить план."], ["1 |  | Анализ"]),
    (["1. Анализ /Иванова И.И., методист РУО/"], ["1 |  | Анализ | Иванова И. И."]),
    (["1. Анализ работы.", "Решение: признать работу удовлетворительной."], ["1 |  | Анализ работы"]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "wanted"), AGENDAS)
def test_agenda(lines: list[Any], wanted: list[str]) -> None:
    (meeting,) = titled("Заседание № 1. Август", *lines).meetings
    assert [question(each) for each in meeting.agenda] == wanted


def test_meetings_follow_one_another() -> None:
    plan = titled("Заседание № 1. Август", ONE, "Заседание № 2. Ноябрь", ONE, "Заседание № 3. Март", ONE)
    assert [sitting(each) for each in plan.meetings] == ["1 | 2021-08", "2 | 2021-11", "3 | 2022-03"]


def test_a_month_above_dates_the_meeting_below() -> None:
    plan = titled("Цель: рост.", "", "АВГУСТ", "Заседание № 1", ONE, "НОЯБРЬ", "Заседание № 2", ONE)
    assert [sitting(each) for each in plan.meetings] == ["1 | 2021-08", "2 | 2021-11"]
    assert plan.residue == ()


def test_work_behind_the_questions_of_a_month_is_its_planned_work() -> None:
    plan = titled(
        "Цель: рост.", "", "НОЯБРЬ", "Заседание № 1", "1) Анализ.", "2) Урок.", "1. Городская олимпиада. Отв.: Иванова И.И.",
        "2. Неделя химии. Срок: до 20 ноября. Отв.: рук. МО", "ДЕКАБРЬ", "1. Контрольные работы. Срок: 3-я неделя. Отв.: завуч",
    )  # fmt: skip
    assert [question(each) for meeting in plan.meetings for each in meeting.agenda] == ["1 |  | Анализ", "2 |  | Урок"]
    assert [(each.topic, [term(date) for date in each.dates], who(each.responsible)) for each in plan.activities] == [
        ("Городская олимпиада", ["2021-11"], "Иванова И. И."),
        ("Неделя химии", ["../2021-11-20"], "рук. МО"),
        ("Контрольные работы", ["2021-12-15~/2021-12-21~"], "завуч"),
    ]


def test_a_bold_chapter_behind_the_meetings_is_no_question() -> None:
    plan = titled(
        bold("1. Заседания"), "Заседание № 1. Август", "1) Анализ.", bold("2. Работа в течение года"),
        "- Взаимопосещение уроков (октябрь, Иванова И.И.)", "- Олимпиада (ноябрь, Петрова А.А.)",
    )  # fmt: skip
    assert [question(each) for meeting in plan.meetings for each in meeting.agenda] == ["1 |  | Анализ"]
    assert [(each.topic, each.section) for each in plan.activities] == [
        ("Взаимопосещение уроков", ("2. Работа в течение года",)),
        ("Олимпиада", ("2. Работа в течение года",)),
    ]


def test_a_month_right_under_the_title() -> None:
    plan = titled("АВГУСТ", "Заседание № 1", ONE)
    assert [sitting(each) for each in plan.meetings] == ["1 | 2021-08"]


def test_a_month_over_questions_is_a_meeting_where_nobody_says_so() -> None:
    plan = titled("Цель: рост.", "", "Сентябрь", ONE, "2. Утверждение плана.", "Ноябрь", ONE)
    assert [[term.edtf for term in each.dates] for each in plan.meetings] == [["2021-09"], ["2021-11"]]
    assert [len(each.agenda) for each in plan.meetings] == [2, 1]


def test_work_between_meetings_is_planned_work() -> None:
    plan = titled("Заседание № 1. Август", ONE, "Работа между заседаниями:", "1. Посещение уроков (ноябрь, Иванова И.И.).",
                  "2. Участие в олимпиаде (октябрь).", "Заседание № 2. Январь", ONE)  # fmt: skip
    assert [each.number for each in plan.meetings] == [1, 2]
    assert [(each.text, each.topic, each.section) for each in plan.activities] == [
        ("Посещение уроков (ноябрь, Иванова И.И.).", "Посещение уроков", ("Работа между заседаниями",)),
        ("Участие в олимпиаде (октябрь).", "Участие в олимпиаде", ("Работа между заседаниями",)),
    ]


def test_a_schedule_and_its_details_are_one_meeting() -> None:
    from tests.documents import table

    plan = titled(
        table(["№ заседания", "Дата", "Тема заседания"], ["1", "28.08.2021", "Начало года"], ["2", "12.11.2021", "Олимпиады"]),
        "", "Заседание № 1", ONE, "Заседание № 2", "1. Итоги олимпиады.",
    )  # fmt: skip
    assert [sitting(each) for each in plan.meetings] == [
        "1 | 2021-08-28 | тема Начало года",
        "2 | 2021-11-12 | тема Олимпиады",
    ]
    assert [len(each.agenda) for each in plan.meetings] == [1, 1]


def test_the_title_of_a_meeting_is_its_name_and_text_the_whole_line() -> None:
    (meeting,) = titled("2. Заседание РМО –10 января 2022 года.", ONE).meetings
    assert (meeting.number, meeting.title, meeting.text) == (
        2,
        "Заседание РМО",
        "2. Заседание РМО –10 января 2022 года.",
    )


def test_a_misspelt_name_stays_as_written() -> None:
    (meeting,) = titled("Зеседание № 1. Август", ONE).meetings
    assert meeting.title == "Зеседание № 1"


LOSSES: list[Any] = [  # lines under «Заседание № 1 (август)», topics that must be there
    (["28 августа 2021 г.", "1. Анализ работы.", "2. Утверждение плана."], ["Анализ работы", "Утверждение плана"]),
    (["Тема: «Опыт»", "Август", "1. Анализ работы."], ["Анализ работы"]),
    (["1. Анализ работы.", "28 августа 2021 г.", "2. Утверждение плана."], ["Анализ работы", "Утверждение плана"]),
    (["«Одарённые дети»", "1. Анализ работы."], ["Анализ работы"]),
    (["Начало: 10.00", "1. Анализ работы."], ["Анализ работы"]),
    (["МБОУ СОШ № 3", "1. Анализ работы."], ["Анализ работы"]),
    (["Присутствуют все учителя района.", "1. Анализ работы."], ["Анализ работы"]),
    (["1. Утверждение плана. Задачи:", "- рост;", "- опыт.", "2. Разное."],
            ["Утверждение плана. Задачи: - рост; - опыт", "Разное"]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "topics"), LOSSES)
def test_no_question_is_lost(lines: list[str], topics: list[str]) -> None:
    plan = titled("Цель: рост.", "", "Заседание № 1 (август)", *lines)
    assert [each.topic for meeting in plan.meetings for each in meeting.agenda] == topics


LABEL_LIKE = [  # questions whose first word is also a label of a meeting
    "Вопросы подготовки к ОГЭ и ЕГЭ",
    "Цели и задачи на новый учебный год",
    "Задачи МО на новый учебный год",
    "План работы на год",
    "План работы РМО на 2021-2022 учебный год.",
    "План работы. Петрова А.А.",
    "Программа воспитания: первые шаги",
    "Содержание и формы работы с одарёнными детьми",
    "Формы работы с одарёнными детьми",
    "Место урока химии в новой программе",
    "Выступление учителей по темам самообразования",
    "Сроки проведения олимпиад",
    "Проблемы преподавания химии",
    "Практическая часть экзамена",
    "Тема самообразования педагога",
]
CUT = "a marked question is taken for a label, and lost"
LOST = {  # the questions that are lost, by what stands before them
    "number": set[str](),
    "word": set[str](),
    "dash": {"Выступление учителей по темам самообразования"},
}


def label_like(shape: str) -> list[Any]:
    return [failing(CUT, text) if text in LOST[shape] else text for text in LABEL_LIKE]


@pytest.mark.parametrize("text", label_like("number"))
def test_a_question_may_begin_like_a_label(text: str) -> None:
    plan = titled("Заседание № 1. Август", "1. Анализ работы.", f"2. {text}", "3. Разное.")
    assert [each.number for meeting in plan.meetings for each in meeting.agenda] == ["1", "2", "3"]
    assert plan.meetings[0].agenda[1].text == text


@pytest.mark.parametrize("text", label_like("word"))
def test_a_question_made_by_word_may_begin_like_a_label(text: str) -> None:
    items = [item("1.", "Анализ работы."), item("2.", text), item("3.", "Разное.")]
    plan = titled("Заседание № 1. Август", *items)
    assert [each.text for meeting in plan.meetings for each in meeting.agenda] == [
        "Анализ работы.",
        text,
        "Разное.",
    ]


@pytest.mark.parametrize("text", label_like("dash"))
def test_a_question_with_a_dash_may_begin_like_a_label(text: str) -> None:
    plan = titled("Заседание № 1. Август", "- Анализ работы.", f"- {text}", "- Разное.")
    assert [each.text for meeting in plan.meetings for each in meeting.agenda] == [
        "Анализ работы.",
        text,
        "Разное.",
    ]
