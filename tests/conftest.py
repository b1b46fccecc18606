"""What many tests share: a small record made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.model.plan import (
    Activity,
    AgendaItem,
    Association,
    Date,
    Diagnostic,
    Labelled,
    Meeting,
    Participant,
    Person,
    Place,
    Plan,
    School,
    SchoolEntry,
    SchoolYear,
    SourceInfo,
    Span,
    Suggested,
    Text,
)
from extractor.model.source import Block

ROOT = Path(__file__).resolve().parent.parent

TITLE = "План работы РМО библиотекарей Заречного района на 2023 – 2024 учебный год"
HEADING = "1. Заседание РМО – 25 октября 2022 года."
ITEM = "Доклад «Чтение в семье» (Птицына А.А., Луговская СОШ)."
CELL = "=Семинар «Цифровая библиотека»"
TERM = "По заявкам"


def at(block: int, start: int, end: int) -> tuple[Span, ...]:
    return (Span(block, start, end),)


@pytest.fixture
def plan() -> Plan:
    """One meeting with one item, one activity in a table, one remark; everything with its letters."""
    school = School(text="Луговская СОШ", type="СОШ", name="Луговская", key="сош-луговская", at=at(2, 39, 52))
    speaker = Participant(
        kind="person",
        text="Птицына А.А., Луговская СОШ",
        name="Птицына А. А.",
        surname="Птицына",
        given="А.",
        patronymic="А.",
        school=school,
        at=at(2, 25, 52),
    )
    item = AgendaItem(
        number="1",
        text=ITEM,
        topic="«Чтение в семье»",
        form="доклад",
        speakers=(speaker,),
        at=at(2, 0, len(ITEM)),
    )
    day = Date(
        text="25 октября 2022 года",
        edtf="2022-10-25",
        start="2022-10-25",
        end="2022-10-25",
        precision="day",
        suggested=Suggested(edtf="2023-10-25", start="2023-10-25", end="2023-10-25"),
        at=at(1, 19, 39),
    )
    meeting = Meeting(
        number=1, title="Заседание РМО", text=HEADING, dates=(day,), agenda=(item,), at=at(1, 0, len(HEADING))
    )
    activity = Activity(
        number="1.1",
        section=("I. Организационная деятельность",),
        text=CELL,
        topic="«Цифровая библиотека»",
        form="семинар",
        dates=(Date(text=TERM, precision="on_request", at=at(4, 0, len(TERM))),),
        place=Place(text="МБОУ «Лицей № 7»", schools=(School(text="МБОУ «Лицей № 7»", key="лицей-7"),)),
        responsible=(Participant(kind="role", text="Руководитель РМО", position="Руководитель РМО"),),
        extra={"Примечание": "уточнить"},
        table=1,
        row=2,
        at=at(3, 0, len(CELL)),
    )
    return Plan(
        source=SourceInfo(name="план.docx", format="docx", sha256="0" * 64, bytes=1, extractor="0"),
        title=Text(text=TITLE, at=at(0, 0, len(TITLE))),
        association=Association(text="РМО библиотекарей Заречного района", type="РМО", at=at(0, 12, 46)),
        school_year=SchoolYear(start=2023, end=2024, at=at(0, 50, 61)),
        themes=(Labelled(label="Тема", text="Библиотека и чтение"),),
        meetings=(meeting,),
        activities=(activity,),
        people=(Person(name="Птицына А. А.", surname="Птицына", schools=("сош-луговская",), mentions=1),),
        schools=(SchoolEntry(text="Луговская СОШ", type="СОШ", key="сош-луговская", mentions=1),),
        diagnostics=(
            Diagnostic(
                code="date-outside-year",
                severity="warning",
                message="Дата заседания не входит в учебный год 2023–2024: проверьте год.",
                suggestion="2023-10-25",
                at=at(1, 19, 39),
            ),
        ),
        blocks=(
            Block(id=0, kind="paragraph", text=TITLE),
            Block(id=1, kind="paragraph", text=HEADING),
            Block(id=2, kind="list_item", text=ITEM, label="1."),
            Block(id=3, kind="cell", text=CELL, table=1, row=2, column=2),
            Block(id=4, kind="cell", text=TERM, table=1, row=2, column=3),
        ),
        coverage=1.0,
    )
