"""The report in Word: by year and association, meeting by meeting, schools in the end."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from msgspec.structs import replace

from extractor.model.plan import Plan, Plans
from extractor.output.to_report import docx_bytes


def opened(plan: Plan | Plans) -> Any:
    return Document(io.BytesIO(docx_bytes(plan)))


def texts(document: Any) -> list[str]:
    return [each.text for each in document.paragraphs if each.text]


def test_order_of_the_report(plan: Plan) -> None:
    assert texts(opened(plan)) == [
        "Что запланировали методические объединения",
        "2023–2024 учебный год",
        "РМО библиотекарей Заречного района",
        "Тема: Библиотека и чтение",
        "Файл: план.docx",
        "№ 1. Заседание РМО — 25 октября 2022 года",
        "1. «Чтение в семье» Птицына А. А. (Луговская СОШ)",
        "Мероприятия",
        "Участие школ",
    ]


def test_tables(plan: Plan) -> None:
    plans, activities, schools = opened(plan).tables
    assert [cell.text for cell in plans.rows[1].cells] == [
        "РМО библиотекарей Заречного района",
        "1",
        "1",
        "1",
    ]
    assert [cell.text for cell in activities.rows[1].cells] == [
        "По заявкам",
        "1.1. =Семинар «Цифровая библиотека»",
        "Руководитель РМО",
    ]
    assert [cell.text for cell in schools.rows[1].cells] == ["Луговская СОШ", "1", "0", "0", "1"]


def test_several_plans_are_summed_up(plan: Plan) -> None:
    document = opened(Plans(source=plan.source, plans=(plan, plan)))
    assert [cell.text for cell in document.tables[0].rows[-1].cells] == ["Всего", "2", "2", "2"]


def test_plans_of_several_years_say_theirs(plan: Plan) -> None:
    document = opened(Plans(source=plan.source, plans=(plan, replace(plan, school_year=None))))
    table = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[1] for row in table] == ["Год", "2023–2024", "—", ""]
    assert table[-1] == ["Всего", "", "2", "2", "2"]
    assert "Год не указан" in texts(document)


def test_letters_that_xml_lacks(plan: Plan) -> None:
    odd = replace(plan.meetings[0], theme="нуль\x00 \udc80 \x0b\uffff")
    assert any("нуль" in text for text in texts(opened(replace(plan, meetings=(odd,)))))


HEADINGS = [
    ("Заседание РМО", 2, "январь", "№ 2. Заседание РМО — январь"),
    ("Заседание № 2", 2, "январь", "Заседание № 2 — январь"),
    ("Заседание № 12", 2, "январь", "№ 2. Заседание № 12 — январь"),
    ("ЯНВАРЬ", None, "Январь", "ЯНВАРЬ"),
    ("", 1, "26", "№ 1. Заседание — 26 (26.01.2024)"),
]


@pytest.mark.parametrize(("title", "number", "term", "heading"), HEADINGS)
def test_heading_says_nothing_twice(
    plan: Plan, title: str, number: int | None, term: str, heading: str
) -> None:
    day = replace(plan.meetings[0].dates[0], text=term, start="2024-01-26", end="2024-01-26")
    meeting = replace(plan.meetings[0], title=title, number=number, dates=(day,))
    assert heading in texts(opened(replace(plan, meetings=(meeting,))))


def test_term_of_bare_days_names_them_all(plan: Plan) -> None:
    day = replace(plan.meetings[0].dates[0], text="24-25", start="2024-01-24", end="2024-01-25")
    document = opened(replace(plan, activities=(replace(plan.activities[0], dates=(day,)),)))
    assert document.tables[1].rows[1].cells[0].text == "24-25 (24.01.2024–25.01.2024)"


def test_pages_are_numbered(plan: Plan) -> None:
    footer = opened(plan).sections[0].footer.paragraphs[0]._p.xml
    assert "PAGE" in footer and "NUMPAGES" in footer
