"""Where the plans of one document begin and end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import bold, failing, plans_of, table

PHYSICS = "План работы РМО учителей физики на 2021-2022 учебный год"
CHEMISTRY = "План работы РМО учителей химии на 2021-2022 учебный год"
COUNCIL = "План работы Совета профилактики на 2021-2022 учебный год"
SAFETY = "План мероприятий по безопасности на 2021-2022 учебный год"
BODY = ["Цель: рост мастерства.", "Заседание № 1. Август", "1. Анализ работы за год."]
APPROVED = ["УТВЕРЖДАЮ", "Директор Иванова И.И.", "«30» августа 2021 г.", ""]
GRID = table(["Мероприятие", "Сроки"], ["Семинар", "март"])

DOCUMENTS: list[Any] = [  # what it is, the lines, titles of the plans
    ("one plan", [PHYSICS, "", *BODY], [PHYSICS]),
    ("two plans", [PHYSICS, "", *BODY, "", CHEMISTRY, "", *BODY], [PHYSICS, CHEMISTRY]),
    ("three plans", [PHYSICS, *BODY, CHEMISTRY, *BODY, PHYSICS.replace("физики", "ОБЖ"), *BODY],
     [PHYSICS, CHEMISTRY, PHYSICS.replace("физики", "ОБЖ")]),
    ("two plans in tables", [PHYSICS, "", GRID, "", CHEMISTRY, "", GRID], [PHYSICS, CHEMISTRY]),
    ("each with its approval", [*APPROVED, PHYSICS, "", *BODY, "", *APPROVED, CHEMISTRY, "", *BODY], [PHYSICS, CHEMISTRY]),
    ("titles in lines", ["План работы", "РМО учителей физики", "на 2021-2022 учебный год", "", *BODY, "",
                         "План работы", "РМО учителей химии", "на 2021-2022 учебный год", "", *BODY],
     [PHYSICS, CHEMISTRY]),
    ("titles in lines and bold",
     [bold("ПЛАН РАБОТЫ"), bold("РМО учителей физики"), bold("на 2021-2022 учебный год"), "", *BODY, "",
      bold("ПЛАН РАБОТЫ"), bold("РМО учителей химии"), bold("на 2021-2022 учебный год"), "", *BODY],
     [PHYSICS.replace("План работы", "ПЛАН РАБОТЫ"), CHEMISTRY.replace("План работы", "ПЛАН РАБОТЫ")]),
    ("a caption that begins like a title", [PHYSICS, "", "Цель: рост.", "", "План мероприятий", GRID], [PHYSICS]),
    ("the plan's name said again over the table", [PHYSICS, "", *BODY, "", PHYSICS, GRID], [PHYSICS]),
    ("a heading with the same year that says of nobody whom it is for",
     [PHYSICS, "", *BODY, "", bold("План заседаний РМО на 2021-2022 учебный год"), GRID], [PHYSICS]),
    ("a plan of another body, and one about another matter, of the same year",
     [PHYSICS, "", *BODY, "", bold(COUNCIL), "", GRID, "", bold(SAFETY), "", GRID], [PHYSICS, COUNCIL, SAFETY]),
    ("a heading with the year under a title without one",
     [bold("ПАСПОРТ"), bold("районного методического объединения"), bold("учителей физики"),
      table(["Название", "РМО учителей физики"], ["Цель", "рост мастерства"]), "", bold("ПЛАН ЗАСЕДАНИЙ"), "на 2021-2022 учебный год",
      bold("Октябрь"), bold("Заседание 1. Опыты"), "1. Анализ."],
     ["ПАСПОРТ районного методического объединения учителей физики"]),
    ("a plan named in a task", [PHYSICS, "", "Задачи:", "- составить план работы на 2021-2022 учебный год;",
                                "- провести семинар.", "Заседание № 1. Май", "1. Итоги."], [PHYSICS]),
    ("a plan named in an agenda", [PHYSICS, "", "Заседание № 1. Август",
                                   "1. План работы РМО на 2021-2022 учебный год.", "2. Анализ."], [PHYSICS]),
    ("an analysis before the plan",
     ["Анализ работы РМО учителей физики за 2020-2021 учебный год", "", "Проведено четыре заседания.", "", PHYSICS, "", *BODY],
     [PHYSICS]),
    failing("a sentence that begins with «Заседание № 1» opens a meeting, and a title inside a meeting is none",
            "an analysis that tells of meetings",
            ["Анализ работы РМО учителей физики за 2020-2021 учебный год", "Заседание № 1 прошло в августе.", "",
             PHYSICS, "", *BODY], [PHYSICS]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "lines", "titles"), DOCUMENTS)
def test_plans(what: str, lines: list[Any], titles: list[str]) -> None:
    plans = plans_of(*lines)
    assert [plan.title and plan.title.text for plan in plans] == titles


def test_each_plan_has_its_own_blocks_and_facts() -> None:
    first, second = plans_of(PHYSICS, "", *BODY, "", CHEMISTRY, "", "Цель: успех.", GRID)
    assert [block.id for block in first.blocks] == list(range(len(first.blocks)))
    assert [block.id for block in second.blocks] == list(range(len(second.blocks)))
    assert len(first.meetings) == 1
    assert second.meetings == ()
    assert [activity.table for activity in second.activities] == [1]
    assert [goal.text for goal in second.goals] == ["успех."]
