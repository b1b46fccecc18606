"""Which part of the plan a line opens: small documents, and the kinds of their parts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import TITLE, bold, centred, failing, heading, item, outline, part, table

FRONT = [TITLE, ""]
AGENDA = [*FRONT, "Заседание № 1. Август", "1. Анализ работы за прошлый год."]
GOAL = [*FRONT, "Цель: рост мастерства педагогов.", ""]


def kinds(*parts: Any) -> list[str]:
    """The kinds of the parts, behind the parts of the beginning."""
    return [each.kind for each in outline(*parts).parts]


# what stands before the line, the line (and what follows), kinds of the parts that they open
OPENED = [
    # plan-level headed parts: the value on the line, on the next, without a colon, in capitals, misspelt
    (FRONT, ["Тема: «Повышение качества»"], ["themes"]),
    (FRONT, ["ТЕМА «Повышение качества»"], ["themes"]),
    (FRONT, ["Тема", "«Повышение качества»"], ["themes"]),
    (FRONT, ["Тема ГМО: «А»", "Методическая тема РМО: «Б»"], ["themes", "themes"]),
    (FRONT, ["Методическая тема РМО: «Б»", "Цель: рост"], ["themes", "goals"]),
    (FRONT, ["Цель деятельности ММО: развитие готовности библиотекарей"], ["goals"]),
    (FRONT, ["Цель – рост мастерства"], ["goals"]),
    (FRONT, ["Ц Е Л Ь: рост мастерства"], ["goals"]),
    (FRONT, ["Цели и задачи:", "- изучать опыт;"], ["goals"]),
    (FRONT, ["Зодачи:", "- изучать опыт;"], ["tasks"]),
    (FRONT, ["ОСНОВНЫЕ ЗАДАЧИ:", "изучать опыт;", "обобщать опыт."], ["tasks"]),
    (FRONT, ["Задачи на 2021-2022 учебный год:", "1. Изучать опыт."], ["tasks"]),
    (FRONT, ["Для достижения цели необходимо решить следующие задачи:", "- изучать опыт;"], ["tasks"]),
    (FRONT, ["Основные направления работы МО педагогов:", "- аналитическое;"], ["directions"]),
    (FRONT, ["Ожидаемые результаты: рост мастерства"], ["results"]),
    (FRONT, ["Руководитель РМО: Жаркова Ирина Андреевна"], ["head"]),
    (FRONT, ["Состав методического объединения:", "1. Иванова И.И."], ["members"]),
    (FRONT, ["Содержание работы", table(["Мероприятие", "Сроки"], ["Семинар", "март"])], ["caption", "table"]),
    (GOAL, ["Тематика работы разнообразна."], ["prose"]),
    (GOAL, ["Целью работы было изучение опыта, что удалось."], ["prose"]),
    # meetings
    (FRONT, ["Заседание № 1. Август", "1. Анализ."], ["meeting", "item"]),
    (GOAL, ["Вопросы заседания ММО в марте 2022 года:", "1. Анализ."], ["meeting", "item"]),
    (GOAL, ["ПЕРВОЕ ЗАСЕДАНИЕ", "1. Анализ."], ["meeting", "item"]),
    (AGENDA, ["Заседание № 2. Ноябрь"], ["meeting"]),
    (AGENDA, ["2. Утверждение плана."], ["item"]),
    (AGENDA, ["Докладчик: Петрова А.А."], ["speaker"]),
    (AGENDA, ["Петрова А.А., учитель СОШ № 2"], ["speaker"]),
    (AGENDA, ["Отв. Петрова А.А."], ["speaker"]),
    (AGENDA, ["Место проведения: МБОУ СОШ № 4"], ["meeting.place"]),
    (AGENDA[:3], ["Тема: «Начало года»"], ["meeting.theme"]),
    (AGENDA[:3], ["Тема: «Начало года»", "Повестка дня:", "1. Анализ."],
     ["meeting.theme", "meeting.agenda", "item"]),
    (AGENDA[:3], ["Дата проведения: 25.08.2021", "Форма проведения: круглый стол"],
     ["meeting.date", "meeting.form"]),
    (AGENDA[:3], ["Цель: спланировать работу"], ["meeting.goal"]),
    (AGENDA[:3], ["Повестка дня:", "- Анализ работы;", "- Утверждение плана."],
     ["meeting.agenda", "item", "item"]),
    (AGENDA[:3], ["Повестка дня:", "Анализ работы за год.", "Утверждение плана."],
     ["meeting.agenda", "item", "item"]),
    (AGENDA[:3], ["а) анализ работы;", "б) утверждение плана."], ["item", "item"]),
    (AGENDA[:3], [item("1.", "Анализ работы за год."), item("2.", "Утверждение плана.")], ["item", "item"]),
    (AGENDA, ["Работа между заседаниями:", "1. Посещение уроков (ноябрь)."], ["section"]),
    (AGENDA, ["Ожидаемые результаты: рост мастерства"], ["results"]),
    # months
    (GOAL, ["СЕНТЯБРЬ", table(["Мероприятие", "Сроки"], ["Семинар", "12"])], ["month", "table"]),
    (GOAL, ["АВГУСТ", "Заседание № 1", "1. Анализ."], ["month", "meeting", "item"]),
    (GOAL, ["Сентябрь", "1. Составление плана.", "2. Утверждение графика."], ["meeting", "item", "item"]),
    # headed lists without a field of their own
    (GOAL, ["Формы работы:", "- семинары;", "- консультации."], ["section"]),
    (GOAL, ["I. Организационная работа", "1. Составление плана – август."], ["section"]),
    (GOAL, [bold("Информационная деятельность"), "- изучение новинок;"], ["section"]),
    (GOAL, [heading("Информационная деятельность"), "- изучение новинок;"], ["section"]),
    # captions, approvals, signatures, page furniture
    (GOAL, [heading("План заседаний"), table(["Мероприятие", "Сроки"], ["Семинар", "март"])],
     ["caption", "table"]),
    (GOAL, [centred("Работа с молодыми педагогами"), table(["Мероприятие", "Сроки"], ["Семинар", "март"])],
     ["caption", "table"]),
    (GOAL, ["Руководитель РМО ____________ И.А. Жукова"], ["signature"]),
    (GOAL, ["Методист Петрова А.А."], ["signature"]),
    (FRONT, ["УТВЕРЖДАЮ", "Директор МБОУ СОШ № 3 Иванова И.И."], ["approval"]),
    (GOAL, [part("header", "Управление образования"), part("footer", "Страница 1")],
     ["page_header", "page_footer"]),
    # what fails
    (AGENDA, ["2. Совещание по итогам олимпиады."], ["item"]),
    (GOAL, ["УТВЕРЖДАЮ", "Директор МБОУ СОШ № 3 Иванова И.И."], ["approval"]),
    (AGENDA, ["", "Руководитель РМО ____________ И.А. Жукова"], ["signature"]),
    (FRONT, ["Сентябрь", "1. Составление плана.", "2. Утверждение графика."], ["meeting", "item", "item"]),
    (FRONT, ["АВГУСТ", "Заседание № 1", "1. Анализ."], ["month", "meeting", "item"]),
    ([], ["Руководитель РМО: Жукова И.А.", TITLE], ["head", "title"]),
    (AGENDA, ["Решение: признать работу удовлетворительной."], ["meeting.decision"]),
    (GOAL, ["Сентябрь. Заседание № 1", "1. Анализ."], ["meeting", "item"]),
    (GOAL, ["Собрание № 1. Сентябрь", "1. Анализ."], ["meeting", "item"]),
    failing("a heading over a paragraph without marks is prose, and residue",
            GOAL, [heading("Методическая деятельность"), "Семинар по проблемному обучению."], ["section"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "lines", "opened"), OPENED, ids=lambda value: str(value[0]) if value else "-"
)
def test_opened(before: list[Any], lines: list[Any], opened: list[str]) -> None:
    earlier = kinds(*before)
    found = kinds(*before, *lines)
    assert found[: len(earlier)] == earlier
    assert found[len(earlier) :] == opened


TITLES = [  # the lines of a front, the wording of the title
    ([TITLE], TITLE),
    (["ПЛАН РАБОТЫ", "РМО учителей химии", "на 2021-2022 учебный год", "", "Цель: рост"],
     "ПЛАН РАБОТЫ РМО учителей химии на 2021-2022 учебный год"),
    (["П Л А Н", "работы РМО учителей химии", "на 2021-2022 учебный год", "", "Цель: рост"],
     "П Л А Н работы РМО учителей химии на 2021-2022 учебный год"),
    (["Районное методическое объединение учителей химии", "ПЛАН РАБОТЫ", "на 2021-2022 уч. год", "Цель: рост"],
     "Районное методическое объединение учителей химии ПЛАН РАБОТЫ на 2021-2022 уч. год"),
    (["УТВЕРЖДАЮ", "Директор Иванова И.И.", "«30» августа 2021 г.", "", "План работы РМО", "на 2021 год", "Цель: рост"],
     "План работы РМО на 2021 год"),
    (["Муниципальное казённое учреждение", "Отдел образования", "", "Годовой план РМО учителей на 2021-2022 г.", "Тема: «А»"],
     "Годовой план РМО учителей на 2021-2022 г."),
    (["Перспективный план", "работы РМО учителей химии", "2021-2022 учебный год", "", "Задачи:", "- изучать."],
     "Перспективный план работы РМО учителей химии 2021-2022 учебный год"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "title"), TITLES, ids=[title for _, title in TITLES])
def test_title(lines: list[Any], title: str) -> None:
    found = [each for each in outline(*lines).parts if each.kind == "title"]
    assert [" ".join(line.text for line in each.lines) for each in found] == [title]


LABELS = [  # line, label, value
    ("Цель деятельности ММО: развитие готовности", "Цель деятельности ММО:", "развитие готовности"),
    ("Тема «Опыт»", "Тема", "«Опыт»"),
    ("ТЕМА: «Опыт»", "ТЕМА:", "«Опыт»"),
    ("Цель – рост", "Цель –", "рост"),
    ("Задачи деятельности ММО:", "Задачи деятельности ММО:", None),
    ("Цель: - рост", "Цель: -", "рост"),
]


@pytest.mark.parametrize(("line", "label", "value"), LABELS, ids=[line for line, *_ in LABELS])
def test_label_and_value(line: str, label: str, value: str | None) -> None:
    found = outline(*FRONT, line).parts[-1]
    assert found.label.text == label
    assert (found.lines[0].text if found.lines else None) == value


def test_every_line_is_in_exactly_one_part() -> None:
    lines = [
        *FRONT, "Тема: «А»", "Цель: Б", "Задачи:", "- в;", "- г.", "Заседание № 1. Август", "1. Д.", "Отв. Иванова И.И.",
        "Руководитель РМО ____ Петрова А.А.", "Совсем посторонняя строка.",
    ]  # fmt: skip
    seen: list[tuple[int, int]] = []
    for each in outline(*lines).parts:
        for passage in (each.label, *(line.whole for line in each.lines)):
            seen.extend((span.block, place) for span in passage.at() for place in range(span.start, span.end))
    letters = [
        (number, place)
        for number, line in enumerate(line for line in lines if line)
        for place, sign in enumerate(line)
        if sign.isalnum()
    ]
    assert len(seen) == len(set(seen))
    assert set(letters) <= set(seen)
