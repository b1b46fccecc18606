"""What stands before the plan and under it: years, approvals, the head of the association, signatures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import TITLE, failing, plan_of, table, titled

YEARS: list[Any] = [  # the lines, (start, end, inferred) of the school year, calendar year
    (["План работы РМО на 2021-2022 учебный год"], (2021, 2022, False), None),
    (["План работы РМО на 2021 – 2022 учебный год"], (2021, 2022, False), None),
    (["План работы РМО на 2021/22 уч. год"], (2021, 2022, False), None),
    (["План работы РМО", "на 2021-2022 уч. г."], (2021, 2022, False), None),
    (["План работы РМО на 2022 год"], None, 2022),
    (["План работы РМО на I полугодие 2021-2022 учебного года"], (2021, 2022, False), None),
    (["2021-2022 учебный год", "", "План работы РМО учителей химии"], (2021, 2022, False), None),
    (["План работы РМО", "", "Заседание № 1. 25 октября 2021 г.", "1. Анализ."], (2021, 2022, True), None),
    (["План работы РМО", "", "Заседание № 1. 25 января 2022 г.", "1. Анализ."], (2021, 2022, True), None),
    (["План работы РМО", "", table(["Мероприятие", "Сроки"], ["Семинар", "12.10.2021"])], (2021, 2022, True), None),
    (["План работы РМО", "", "Заседание № 1. Октябрь", "1. Анализ."], None, None),
    (["УТВЕРЖДАЮ", "Директор Иванова И.И.", "«30» августа 2020 г.", "", "План работы РМО", "на 2020-2021 учебный год"],
     (2020, 2021, False), None),
    (["План работы РМО на 2021-2022 учебный год", "", "Цель: рост по итогам 2020-2021 учебного года."],
     (2021, 2022, False), None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "school", "calendar"), YEARS, ids=lambda value: str(value[0]) if isinstance(value, list) else ""
)
def test_years(lines: list[Any], school: tuple[int, int, bool] | None, calendar: int | None) -> None:
    plan = plan_of(*lines)
    year = plan.school_year
    assert (
        year and (year.start, year.end, year.inferred),
        plan.calendar_year and plan.calendar_year.year,
    ) == (school, calendar)


APPROVALS: list[Any] = [  # the lines before the title, kind | who | date | protocol
    (["УТВЕРЖДАЮ", "Директор МБОУ СОШ № 3", "__________ Иванова И.И.", "«30» августа 2021 г."],
     ["утверждаю | Иванова И. И. | 2021-08-30 | "]),
    (["«Утверждаю»", "Начальник отдела образования Петрова А.А."], ["утверждаю | Петрова А. А. |  | "]),
    (["УТВЕРЖДАЮ:", "директор И.И. Иванова", "30.08.2021"], ["утверждаю | Иванова И. И. | 2021-08-30 | "]),
    (["СОГЛАСОВАНО", "Зам. дир. по УВР Петрова А.А."], ["согласовано | Петрова А. А. |  | "]),
    (["Рассмотрено на заседании ШМО, протокол № 1 от 28.08.2021"], ["рассмотрено |  | 2021-08-28 | 1"]),
    (["Утверждено на заседании РМО, протокол №1 от «25» августа 2021 г."], ["утверждено |  | 2021-08-25 | 1"]),
    (["Принято на педагогическом совете", "Протокол №1", "от 30 августа 2021 года"], ["принято |  | 2021-08-30 | 1"]),
    (["УТВЕРЖДАЮ", "Директор Иванова И.И.", "", "СОГЛАСОВАНО", "Методист Петрова А.А."],
     ["утверждаю | Иванова И. И. |  | ", "согласовано | Петрова А. А. |  | "]),
    ([table(["РАССМОТРЕНО\nна заседании ШМО\nпротокол № 1 от 28.08.2021", "УТВЕРЖДАЮ\nДиректор Иванова И.И."])],
     ["рассмотрено |  | 2021-08-28 | 1", "утверждаю | Иванова И. И. |  | "]),
    (["У Т В Е Р Ж Д А Ю", "Директор школы Иванова И.И."], ["утверждаю | Иванова И. И. |  | "]),
    (["СОГЛАСОВАНО\t\t\tУТВЕРЖДАЮ\nМетодист\t\tДиректор школы\n______ И.И. Иванова\t\t______А.А.Петров\n28.08.2021\t\t30.08.2021"],
     ["согласовано | Иванова И. И. | 2021-08-28 | ", "утверждаю | Петров А. А. | 2021-08-30 | "]),
    (["Рассмотрено на заседании РМО", "протокол № 1 от 28.08.2021", "Руководитель РМО Иванова И.И."],
            ["рассмотрено | Иванова И. И. | 2021-08-28 | 1"]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "wanted"), APPROVALS)
def test_approvals(lines: list[Any], wanted: list[str]) -> None:
    found = []
    for each in plan_of(*lines, "", TITLE, "", "Цель: рост.").approvals:
        by = (each.by.name or each.by.text) if each.by else ""
        found.append(f"{each.kind} | {by} | {each.date.edtf if each.date else ''} | {each.protocol or ''}")
    assert found == wanted


def test_the_signer_ends_with_the_name() -> None:
    plan = plan_of(
        "УТВЕРЖДАЮ",
        "Директор МБОУ СОШ № 3",
        "_______ Сидорова О.П.",
        "приказ № 15 от 30.08.2021",
        "",
        TITLE,
        "",
        "Цель: рост.",
    )
    (approval,) = plan.approvals
    assert approval.by is not None
    assert approval.by.text.endswith("Сидорова О.П.")


GRID = table(["Мероприятие", "Сроки", "Ответственный"], ["Семинар", "март", "Петрова А.А."])

HEADS: list[Any] = [  # the body, name and position of the head
    (["Руководитель РМО: Жаркова Ирина Андреевна", "", "Цель: рост."], ("Жаркова Ирина Андреевна", "Руководитель РМО")),
    (["Руководитель МО Синицына О.В", "", "Цель: рост."], ("Синицына О. В.", "Руководитель МО")),
    (["Руководитель: Захлебин В.Я.", "", "Цель: рост."], ("Захлебин В. Я.", "Руководитель")),
    (["Цель: рост.", GRID, "", "Руководитель РМО И.А. Жаркова"], ("Жаркова И. А.", "Руководитель РМО")),
    (["Заседание № 1. Август", "1. Анализ. (Мустафина О.Р., руководитель РМО)"], ("Мустафина О. Р.", "руководитель РМО")),
    (["Цель: рост.", GRID], None),
    (["Заседание № 1. Август", "1. Анализ. (Мустафина О.Р., классный руководитель)"], None),
    (["Цель: рост.", GRID, "", "Методист Иванова И.И."], None),
    (["Руководитель МО Синицына О.В.", "", "Цель: рост."], ("Синицына О. В.", "Руководитель МО")),
    (["Цель: рост.", GRID, "", "Рук. ШМО Жаркова И.А."], ("Жаркова И. А.", "Рук. ШМО")),
    (["Цель: рост.", GRID, "", "Руководитель РМО ____________ И.А. Жаркова"], ("Жаркова И. А.", "Руководитель РМО")),
    failing("the position keeps its case: «Об итогах – Иванову И.И., руководителя РМО» is an accusative",
            ["Заседание № 1. Август", "Слушали:", "1. Об итогах года – Иванову И.И., руководителя РМО."],
            ("Иванова И. И.", "руководителя РМО")),
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), HEADS)
def test_head(body: list[Any], wanted: tuple[str, str] | None) -> None:
    head = titled(*body).head
    assert (head and (head.name, head.position)) == wanted


def test_a_head_among_the_approvals() -> None:
    plan = plan_of("РАССМОТРЕНО", "на заседании ШМО", "протокол № 1", "Руководитель ШМО ________ Иванова И.И.", "", TITLE, "", "Цель: рост.")
    assert plan.head is not None and (plan.head.name, plan.head.position) == ("Иванова И. И.", "Руководитель ШМО")


def test_a_head_above_the_title() -> None:
    plan = plan_of("Руководитель РМО: Жукова И.А.", TITLE, "", "Цель: рост.")
    assert plan.head is not None
    assert plan.residue == ()


def test_all_that_is_said_of_the_head() -> None:
    plan = titled("Руководитель РМО: Жаркова Ирина Андреевна, учитель МБОУ СОШ № 2", "", "Цель: рост.")
    assert plan.head is not None
    assert plan.head.school is not None
    assert plan.residue == ()


def test_signatures_are_no_part_of_the_plan() -> None:
    plan = titled("Цель: рост.", GRID, "", "Методист Иванова И.И.")
    assert [person.name for person in plan.signatures] == ["Иванова И. И."]
    assert [p.name for activity in plan.activities for p in activity.responsible] == ["Петрова А. А."]
