"""What `make mine` finds strange in small plans, and how it reports it."""

from __future__ import annotations

import pytest

from tests.documents import bold, table, titled
from tests.mine import Read, findings, report

CASES = [
    ("column", "Запах", table(["Мероприятие", "Сроки", "Запах"], ["Семинар «Опыт»", "март", "лесной"])),
    ("person", "иванова и.и.", "Доклад о чтении, иванова и.и. прочтёт"),
    ("date", "99.99.9999, грамматика её не знает", "Погода 31.31.2021 была плохая."),
    ("heading", "совершенно неведомый раздел", bold("Совершенно неведомый раздел")),
]


@pytest.mark.parametrize(("kind", "what", "part"), CASES, ids=[case[0] for case in CASES])
def test_what_is_strange_is_found(kind: str, what: str, part: object) -> None:
    plan = titled("Цель: рост.", "", "Погода в горах переменчива.", part)  # type: ignore[arg-type]
    assert what in {found.what for found in findings(plan) if found.kind == kind}


def test_what_is_read_is_not_strange() -> None:
    plan = titled("Заседание № 1. 25 октября 2021 года", "1. Анализ работы. (Иванова И.И.)")
    assert {found.kind for found in findings(plan)} <= {"grade", "remark"}


def test_the_most_frequent_comes_first_with_three_places() -> None:
    often = titled(*(f"Слова о чтении, иванова и.и. прочтёт {n} раз" for n in range(5)), "Ещё петрова а.а. прочтёт")
    lines = report([Read("а.docx", (often,)), Read("б.docx", error="Файл пуст.")]).splitlines()
    assert lines[0] == "Прочитано файлов: 1, планов в них: 1."
    assert "  б.docx: Файл пуст." in lines
    first = next(n for n, line in enumerate(lines) if line.endswith("5 × иванова и.и."))
    assert lines[first + 4].endswith("1 × петрова а.а.")
