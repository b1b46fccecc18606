"""The CSV of one plan: how cells look in Russian Excel and for machines."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import msgspec
import pytest

from extractor.model.plan import Plan, Plans
from extractor.output.to_csv import csv_bytes, harmless

UNTOUCHED = [
    "Заседание РМО",
    "- Обзор новинок",
    "- Обзор новинок (2 часа)!",
    "-5",
    "-3,5",
    "-12.5",
    "– с тире",
    "1.1",
    "",
    "a=b",
]
MADE_HARMLESS = [
    "=1+1",
    '=HYPERLINK("x")',
    "+7 900",
    "@SUM(A1)",
    "\tтекст",
    "\rтекст",
    "\n=1",
    "＝1+1",
    "-2+3",
    "-2+3+cmd|' /C calc'!A0",
    "-A1",
    "- СУММ(A1)",
    "- cmd|' /C calc'!A0",
    "- Лист1!A1",
    "-обзор",
    "--1",
    "- -1",
    "-",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_plain_cell_stays(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", MADE_HARMLESS)
def test_active_cell_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


def records(data: bytes, encoding: str, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


def test_excel(plan: Plan) -> None:
    data = csv_bytes(plan)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    item, activity = records(data, "utf-8-sig", ";")
    assert item["Вид записи"] == "вопрос заседания"
    assert item["№ заседания"] == "1"
    assert item["Срок (как в плане)"] == "25 октября 2022 года"
    assert (item["Начало"], item["Окончание"]) == ("25.10.2022", "25.10.2022")
    assert item["Ответственные и выступающие"] == "Птицына А. А. (Луговская СОШ)"
    assert item["Место в файле"] == "абзац 3"
    assert activity["Вид записи"] == "мероприятие"
    assert activity["Содержание"] == "'=Семинар «Цифровая библиотека»"
    assert (activity["Начало"], activity["Окончание"]) == ("", "")
    assert activity["Прочее"] == "Примечание: уточнить"
    assert (activity["Файл"], activity["Место в файле"]) == ("план.docx", "таблица 1, строка 2")


def test_machine(plan: Plan) -> None:
    data = csv_bytes(plan, dialect="machine")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    item, activity = records(data, "utf-8", ",")
    assert item["Начало"] == "2022-10-25"
    assert activity["Содержание"] == "=Семинар «Цифровая библиотека»"


def test_quotes_separators_and_line_breaks_come_back(plan: Plan) -> None:
    untidy = 'Обзор "новинок"; часть 1,\nчасть 2'
    changed = msgspec.structs.replace(plan.activities[0], text=untidy)
    plan = msgspec.structs.replace(plan, activities=(changed,))
    for dialect, encoding, delimiter in (("excel", "utf-8-sig", ";"), ("machine", "utf-8", ",")):
        assert records(csv_bytes(plan, dialect=dialect), encoding, delimiter)[1]["Содержание"] == untidy


def test_plan_without_anything_is_headings_only(plan: Plan) -> None:
    empty = msgspec.structs.replace(plan, meetings=(), activities=())
    assert csv_bytes(empty).count(b"\r\n") == 1


def test_meeting_without_agenda_is_a_row(plan: Plan) -> None:
    bare = msgspec.structs.replace(plan.meetings[0], agenda=())
    rows = records(csv_bytes(msgspec.structs.replace(plan, meetings=(bare,))), "utf-8-sig", ";")
    assert [row["Вид записи"] for row in rows] == ["заседание", "мероприятие"]


def test_several_plans_stand_one_under_another(plan: Plan) -> None:
    both = Plans(source=plan.source, plans=(plan, plan))
    assert len(records(csv_bytes(both), "utf-8-sig", ";")) == 4


@pytest.mark.parametrize("dialect", ["excel", "machine"])
def test_same_bytes_each_time(plan: Plan, dialect: str) -> None:
    write: Callable[[], bytes] = lambda: csv_bytes(plan, dialect=dialect)  # noqa: E731
    assert write() == write()
