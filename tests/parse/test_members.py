"""Members of the association: a table or a list, with whatever columns there are."""

from __future__ import annotations

import pytest

from tests.documents import bold, table, titled

HEAD = ["№", "ФИО", "Школа", "Должность", "Стаж", "Категория"]


def test_a_table_of_members() -> None:
    plan = titled(
        "Цель: рост.", "", "Состав методического объединения:",
        table(HEAD, ["1", "Иванова Инна Ивановна", "МБОУ СОШ № 3", "учитель химии", "25", "высшая"],
              ["2", "Петров П.П.", "МКОУ «Луговская ООШ»", "учитель химии", "3", "-"]),
    )  # fmt: skip
    first, second = plan.members
    assert (first.kind, first.name, first.position) == ("person", "Иванова Инна Ивановна", "учитель химии")
    assert first.school is not None
    assert (first.school.text, first.school.type, first.school.number) == ("МБОУ СОШ № 3", "СОШ", "3")
    assert first.extra == {"Стаж": "25", "Категория": "высшая"}
    assert second.extra == {"Стаж": "3"}
    assert plan.activities == ()
    assert plan.residue == ()


def test_a_table_without_a_caption() -> None:
    plan = titled(
        "Цель: рост.",
        "",
        table(["ФИО", "Место работы"], ["Иванова И.И.", "МБОУ СОШ № 3"], ["Петрова А.А.", "МБОУ СОШ № 5"]),
    )
    assert [(each.name, each.school and each.school.number) for each in plan.members] == [
        ("Иванова И. И.", "3"),
        ("Петрова А. А.", "5"),
    ]


def test_a_list_of_members() -> None:
    plan = titled(
        "Цель: рост.",
        "",
        "Состав МО:",
        "- Иванова Инна Ивановна – учитель химии МБОУ СОШ № 3;",
        "- Петров П.П., МКОУ «Луговская ООШ».",
    )
    assert [(each.name, each.position, each.school and each.school.text) for each in plan.members] == [
        ("Иванова Инна Ивановна", "учитель химии", "МБОУ СОШ № 3"),
        ("Петров П. П.", None, "МКОУ «Луговская ООШ»"),
    ]


def test_nothing_of_a_numbered_list_of_members_is_lost() -> None:
    plan = titled("Цель: рост.", "", "Состав МО:", "1. Иванова И.И.", "2. Петров П.П.")
    assert [each.name for each in plan.members] == ["Иванова И. И.", "Петров П. П."]
    assert plan.residue == ()


def test_the_hyphen_of_a_word_ends_no_label() -> None:
    """«Сведения об учителях-логопедах» is the whole heading of the table."""
    rows = table(["ФИО", "Место работы"], ["Иванова Инна Ивановна", "МБДОУ № 6"])
    plan = titled("Цель: рост.", "", "Сведения об учителях-логопедах РМО", rows)
    assert [each.name for each in plan.members] == ["Иванова Инна Ивановна"]


def test_members_are_people_of_the_plan() -> None:
    plan = titled(
        "Цель: рост.",
        "",
        table(HEAD[:3], ["1", "Иванова И.И.", "МБОУ СОШ № 3"]),
        "",
        "Заседание № 1. Август",
        "1. Анализ. Иванова И.И.",
    )
    (person,) = plan.people
    assert (person.name, person.mentions) == ("Иванова И. И.", 2)


@pytest.mark.xfail(
    strict=True, reason="«not-a-plan» knows neither members nor directions, results and approvals"
)
def test_a_list_of_members_is_a_part_of_a_plan() -> None:
    plan = titled(table(HEAD[:3], ["1", "Иванова И.И.", "МБОУ СОШ № 3"]))
    assert "not-a-plan" not in {each.code for each in plan.diagnostics}


def test_members_of_a_passport() -> None:
    plan = titled("Цель: рост.", "", table(
        ["Руководитель РМО", "Иванова Инна Ивановна"], ["Тема", "«Опыт»"], ["Задачи", "изучать опыт"],
        ["Состав РМО", "1. Иванова И.И. – МБОУ СОШ № 3\n2. Петрова А.А. – МКОУ «Зимовская ООШ»"],
    ))  # fmt: skip
    assert [(each.name, each.school and each.school.text) for each in plan.members] == [
        ("Иванова И. И.", "МБОУ СОШ № 3"), ("Петрова А. А.", "МКОУ «Зимовская ООШ»"),
    ]  # fmt: skip


def test_class_teachers_with_their_years_are_members() -> None:
    plan = titled("Цель: рост.", "", table(
        ["Класс", "Классный руководитель", "Стаж", "Категория", "Тема самообразования"],
        ["1 А", "Иванова И.И.", "18", "высшая", "Коллектив класса"], ["3 Б", "Петрова А.А.", "4", "первая", "Игра"],
    ))  # fmt: skip
    assert [each.name for each in plan.members] == ["Иванова И. И.", "Петрова А. А."]
    assert plan.activities == ()


def test_members_in_a_list_behind_the_plan() -> None:
    plan = titled("Заседание № 1. Август", "1. Анализ.", "", bold("Состав РУМО"), "", "1. Иванова Анна Ивановна – председатель",
                  "2. Петрова Юлия Ивановна – секретарь, методист")  # fmt: skip
    assert [(each.name, each.position) for each in plan.members] == [
        ("Иванова Анна Ивановна", "председатель"), ("Петрова Юлия Ивановна", "секретарь, методист"),
    ]  # fmt: skip
    assert plan.activities == ()


def test_a_vacancy_is_no_member() -> None:
    plan = titled("Члены РМО:", table(["№", "ФИО", "Школа"], ["1", "Иванова Инна Ивановна", "МБОУ СОШ № 3"], ["2", "вакансия", "МБОУ СОШ № 5"]))
    assert [member.name for member in plan.members] == ["Иванова Инна Ивановна"]
