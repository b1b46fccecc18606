"""What a careful reader would point out: for every code, documents that deserve it and documents that do not."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.model.source import Note
from tests.documents import TITLE, plan_of, table, titled

AGENDA = ["Заседание № 1. Август", "1. Анализ работы.", "2. Утверждение плана."]
HEAD = ["№", "Мероприятие", "Сроки", "Ответственный"]
WIDE = ["№", "Мероприятие", "Участники", "Сроки", "Ответственные"]
PLACED = ["№", "Мероприятие", "Место проведения", "Сроки", "Ответственные"]


def rows(*cells: str, columns: list[str] = HEAD) -> Any:
    return table(columns, *(line.split(" | ") for line in cells))


# code, body of a plan for 2021–2022, whether the code is deserved
CASES: list[Any] = [
    # date-outside-year
    ("date-outside-year", ["Заседание № 1. 10 января 2021 года", "1. Анализ."], True),
    ("date-outside-year", ["Заседание № 1. 25 октября 2020 г.", "1. Анализ."], True),
    ("date-outside-year", [rows("1 | Семинар | 12.10.2023 | Иванова И.И.")], True),
    ("date-outside-year", [rows("1 | Семинар | март 2021 г. | Иванова И.И.")], True),
    ("date-outside-year", ["Заседание № 1. 25 октября 2021 года", "1. Анализ."], False),
    ("date-outside-year", ["Заседание № 1. 28 августа 2021 года", "1. Анализ."], False),
    ("date-outside-year", ["Заседание № 1. Июнь 2022", "1. Итоги."], False),
    ("date-outside-year", [rows("1 | Семинар | март | Иванова И.И.")], False),
    ("date-outside-year", [rows("1 | Анализ за 2020 год | март | Иванова И.И.")], False),
    # dates-out-of-order
    ("dates-out-of-order", ["Заседание № 1. Ноябрь", "1. А.", "Заседание № 2. Сентябрь", "1. Б."], True),
    ("dates-out-of-order", ["Заседание № 1. 25.10.2021", "1. А.", "Заседание № 2. 10.01.2021", "1. Б."], True),
    ("dates-out-of-order", ["Заседание № 1. Август", "1. А.", "Заседание № 2. Август", "1. Б."], False),
    ("dates-out-of-order", ["Заседание № 1. Август", "1. А.", "Заседание № 2. Ноябрь", "1. Б."], False),
    ("dates-out-of-order", ["Заседание № 1. Ноябрь", "1. А.", "Заседание № 2. Январь", "1. Б."], False),
    ("dates-out-of-order", ["Заседание № 1. Ноябрь", "1. А.", "Заседание № 2", "1. Б."], False),
    ("dates-out-of-order", [rows("1 | А | 12.09.2021 | И", "2 | Б | 12.01.2021 | И", "3 | В | 12.11.2021 | И", "4 | Г | 12.12.2021 | И")],
     True),
    ("dates-out-of-order", [rows("1 | А | октябрь | И", "2 | Б | сентябрь | И", "3 | В | март | И")], False),
    # number-gap, number-repeated
    ("number-gap", ["Заседание № 1. Август", "1. А.", "3. Б."], True),
    ("number-gap", ["Заседание № 1. Август", "1. А.", "2. Б.", "5. В."], True),
    ("number-gap", ["Заседание № 1. Август", "1. А.", "Заседание № 3. Май", "1. Б."], True),
    ("number-gap", [rows("1 | А | март | И", "2 | Б | март | И", "4 | В | март | И")], True),
    ("number-gap", AGENDA, False),
    ("number-gap", ["Заседание № 1. Август", "- А.", "- Б."], False),
    ("number-gap", [rows("1 | А | март | И", "2 | Б | март | И")], False),
    ("number-gap", [rows("1.1 | А | март | И", "1.2 | Б | март | И", "2.1 | В | март | И")], False),
    ("number-gap", [rows("I. Первый раздел | < | < | <", "1 | А | март | И", "II. Второй раздел | < | < | <", "1 | Б | март | И")], False),
    ("number-gap", ["Заседание № 2. Август", "1. А.", "Заседание № 3. Май", "1. Б."], False),
    ("number-repeated", ["Заседание № 1. Август", "1. А.", "2. Б.", "2. В."], True),
    ("number-repeated", [rows("1 | А | март | И", "2 | Б | март | И", "2 | В | март | И")], True),
    ("number-repeated", ["Заседание № 1. Август", "1. А.", "Заседание № 1. Май", "1. Б."], True),
    ("number-repeated", AGENDA, False),
    ("number-repeated", ["Заседание № 1. Август", "1. А.", "Заседание № 2. Май", "1. Б."], False),
    # cell-misplaced
    ("cell-misplaced", [rows("1 | Семинар | Учителя химии | октябрь | Иванова И.И.", "2 | Конкурс |  |  | Учителя химии", columns=WIDE)], True),
    ("cell-misplaced", [rows("1 | Семинар | МБОУ СОШ № 3 | октябрь | Иванова И.И.",
                             "2 | Конкурс | Петрова А.А. | ноябрь | МБОУ СОШ № 5", columns=PLACED)], True),
    ("cell-misplaced", [rows("1 | Семинар | Учителя химии | октябрь | Иванова И.И.", columns=WIDE)], False),
    ("cell-misplaced", [rows("1 | Семинар | Учителя химии | октябрь | Учителя химии", columns=WIDE)], False),
    ("cell-misplaced", [rows("1 | Семинар | МБОУ СОШ № 3 | октябрь | МБОУ СОШ № 3", columns=PLACED)], False),
    # heading-misspelt
    ("heading-misspelt", ["Зодачи:", "- изучать."], True),
    ("heading-misspelt", ["Зеседание № 1. Август", "1. А."], True),
    ("heading-misspelt", [table(["Меропреятия", "Сроки"], ["Семинар", "март"])], True),
    ("heading-misspelt", [table(["Мероприятия", "Сроки", "Отвественные"], ["Семинар", "март", "Иванова И.И."])], True),
    ("heading-misspelt", ["Задачи:", "- изучать."], False),
    ("heading-misspelt", ["ЗАДАЧИ:", "- изучать."], False),
    ("heading-misspelt", [table(["Меро-приятия", "Сроки"], ["Семинар", "март"])], False),
    ("heading-misspelt", ["Зaдачи:", "- изучать."], False),  # Latin a
    ("heading-misspelt", ["Задачи:", "- изучить меропреятия."], False),
    # dates-not-aligned
    ("dates-not-aligned", [table(["Мероприятие", "Сроки"], ["1. Семинар\n2. Конкурс\n3. Выставка", "октябрь, май"])], True),
    ("dates-not-aligned", [table(["Мероприятие", "Сроки"], ["1. Семинар\n2. Конкурс", "октябрь\nмай"])], False),
    ("dates-not-aligned", [table(["Мероприятие", "Сроки"], ["1. Семинар\n2. Конкурс", "октябрь"])], False),
    ("dates-not-aligned", [table(["Мероприятие", "Сроки"], ["Семинар", "октябрь, май"])], False),
    # unclosed-quote
    ("unclosed-quote", ["Цель: развитие «школы."], True),
    ("unclosed-quote", ["Цель: развитие школы»."], True),
    ("unclosed-quote", ['Цель: развитие "школы.'], True),
    ("unclosed-quote", ["Заседание № 1. Август", "1. Доклад «Чтение."], True),
    ("unclosed-quote", [rows("1 | Семинар «Опыт | март | Иванова И.И.")], True),
    ("unclosed-quote", ["Цель: развитие «школы»."], False),
    ("unclosed-quote", ["Цель: развитие «школы «Восход»."], False),
    ("unclosed-quote", ['Цель: развитие "школы".'], False),
    ("unclosed-quote", ["Цель: развитие „школы“."], False),
    ("unclosed-quote", ["Цель: развитие «школы «Восход»»."], False),
    ("unclosed-quote", ["Цель: развитие “школы”."], False),
    ("unclosed-quote", ["Цель: рост «“школы“»."], False),
    # low-coverage, not-a-plan
    ("low-coverage", ["Цель: рост.", "", *[f"Посторонний абзац {n}, который никуда не относится." for n in range(20)]], True),
    ("low-coverage", ["Цель: рост.", *AGENDA], False),
    ("not-a-plan", ["Просто письмо родителям о поездке."], True),
    ("not-a-plan", ["Цель: рост."], False),
    ("not-a-plan", [rows("1 | Семинар | март | Иванова И.И.")], False),
]  # fmt: skip


def _shown(value: object) -> str:
    return str(value[-1] if isinstance(value, list) and isinstance(value[-1], str) else value)[:60]


@pytest.mark.parametrize(("code", "body", "deserved"), CASES, ids=_shown)
def test_remark(code: str, body: list[Any], deserved: bool) -> None:
    plan = titled(*body)
    assert (code in {each.code for each in plan.diagnostics}) is deserved


YEARLESS: list[Any] = [  # the document, whether a reader misses its year
    (["План работы РМО", "", "Заседание № 1. 25 октября 2021 г.", "1. Анализ."], True),
    (["План работы РМО", "", "Заседание № 1. Октябрь", "1. Анализ."], True),
    (["План работы РМО на 2022 год", "", "Заседание № 1. Октябрь", "1. Анализ."], False),
    ([TITLE, "", *AGENDA], False),
    (["Письмо родителям."], False),
]


@pytest.mark.parametrize(("lines", "missed"), YEARLESS, ids=_shown)
def test_year_missing(lines: list[Any], missed: bool) -> None:
    assert ("year-missing" in {each.code for each in plan_of(*lines).diagnostics}) is missed


def remark(code: str, *body: Any) -> Any:
    """The one remark with this code."""
    (found,) = [each for each in titled(*body).diagnostics if each.code == code]
    return found


def test_a_date_outside_the_year_has_a_proposal() -> None:
    assert (
        remark("date-outside-year", "Заседание № 1. 10 января 2021 года", "1. Анализ.").suggestion
        == "2022-01-10"
    )


def test_the_inferred_year_is_the_proposal() -> None:
    plan = plan_of("План работы РМО", "", "Заседание № 1. 25 октября 2021 г.", "1. Анализ.")
    assert [each.suggestion for each in plan.diagnostics if each.code == "year-missing"] == ["2021-2022"]


def test_one_remark_for_all_gaps_of_a_list() -> None:
    found = remark("number-gap", "Заседание № 1. Август", "1. А.", "3. Б.", "6. В.")
    assert "2, 4, 5" in found.message


def test_a_misspelt_heading_points_at_its_letters() -> None:
    body = ["Зодачи:", "- изучать."]
    plan = titled(*body)
    (found,) = [each for each in plan.diagnostics if each.code == "heading-misspelt"]
    assert found.suggestion == "Задачи"
    assert [plan.blocks[s.block].text[s.start : s.end].strip(":") for s in found.at] == ["Зодачи"]


NOTES = [
    Note(code="deleted-text", severity="info", message="В документе есть удалённый текст: он не прочитан."),
    Note(
        code="external-link",
        severity="info",
        message="В документе есть ссылка наружу: она не открыта.",
        block=0,
    ),
]


def test_what_the_reader_of_the_file_says_is_kept() -> None:
    plan = plan_of(TITLE, "", *AGENDA, notes=tuple(NOTES))
    found = {each.code: each for each in plan.diagnostics}
    assert found["deleted-text"].at == ()
    assert [plan.blocks[s.block].text[s.start : s.end] for s in found["external-link"].at] == [TITLE]


def test_a_good_plan_has_no_remarks() -> None:
    plan = titled(
        "Цель: рост мастерства.",
        "Задачи:",
        "- изучать;",
        "- обобщать.",
        *AGENDA,
        "Заседание № 2. Ноябрь",
        "1. Итоги.",
    )
    assert plan.diagnostics == ()


@pytest.mark.parametrize(
    ("code", "body", "deserved"), [c for c in CASES if isinstance(c, tuple) and c[2] is True], ids=_shown
)
def test_remarks_are_russian_sentences_with_a_place(code: str, body: list[Any], deserved: bool) -> None:
    for each in titled(*body).diagnostics:
        assert each.message[0].isupper()
        assert each.message.endswith(".")
        assert "проверьте" in each.message
        assert each.severity in ("info", "warning", "error")
        assert each.at or each.code in ("not-a-plan",)
