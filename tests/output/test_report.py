"""The report in Word: by year and association, meeting by meeting, schools in the end."""

from __future__ import annotations

import io
from typing import Any

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
    document = opened(Plans(source=plan.source, plans=(plan, replace(plan, school_year=None))))
    assert [cell.text for cell in document.tables[0].rows[-1].cells] == ["Всего", "2", "2", "2"]
    assert "Год не указан" in texts(document)


def test_letters_that_xml_lacks(plan: Plan) -> None:
    odd = replace(plan.meetings[0], theme="нуль\x00 \udc80 \x0b\uffff")
    assert any("нуль" in text for text in texts(opened(replace(plan, meetings=(odd,)))))
