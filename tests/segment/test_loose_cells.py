"""Tables that a converter wrote one cell a line: the heading, and which line stands in which cell."""

from __future__ import annotations

import pytest

from extractor.model.outline import Grid, Line
from extractor.model.source import Block
from extractor.segment.lines import block_lines
from extractor.segment.loose_cells import read_loose_cells
from extractor.segment.state import State
from extractor.values.senses import load_senses


def found(text: str) -> tuple[Grid, int] | None:
    """The table at the first line of a text; empty lines are gaps."""
    units: list[Line | Grid] = []
    gap = 0
    for line in text.split("\n"):
        if line:
            units += block_lines(Block(id=len(units), kind="paragraph", text=line, gap=gap))
        gap = 0 if line else gap + 1
    return read_loose_cells(State(units=units), load_senses())


def rows(text: str) -> list[list[str]]:
    answer = found(text)
    return [[cell.text.text for cell in row.cells] for row in answer[0].rows] if answer else []


HEAD = "№\nМероприятие\nСрок\nОтветственный\n"
NAMED = ["№", "Мероприятие", "Срок", "Ответственный"]

CASES: list[tuple[str, str, list[list[str]]]] = [
    (
        "one line a cell",
        HEAD + "1\nЧтения о природе края\nмай\nЛи О.С.\n2\nСмотр кабинетов\nдо 10 июня\nвсе учителя",
        [
            NAMED,
            ["1", "Чтения о природе края", "май", "Ли О.С."],
            ["2", "Смотр кабинетов", "до 10 июня", "все учителя"],
        ],
    ),
    (
        "a heading of broken lines, an unknown column before the first number",
        "№\nп/п\nСодержание\nработы\nДата\nПометка завуча\n1.\nЧтения о природе\n5 мая\nда\n2.\nСмотр знаний\n7 мая\nнет",
        [
            ["№ п/п", "Содержание работы", "Дата", "Пометка завуча"],
            ["1.", "Чтения о природе", "5 мая", "да"],
            ["2.", "Смотр знаний", "7 мая", "нет"],
        ],
    ),
    (
        "a section right under the heading",
        HEAD + "Работа с кадрами\n1\nКурсы для начинающих\nмай\nЛи О.С.\n2\nСмотр кабинетов\nиюнь\nКим Е.Л.",
        [
            NAMED,
            ["Работа с кадрами"],
            ["1", "Курсы для начинающих", "май", "Ли О.С."],
            ["2", "Смотр кабинетов", "июнь", "Ким Е.Л."],
        ],
    ),
    (
        "cells of several lines",
        "Дата и место\nМероприятие\nОтветственный\n14 сентября\nМБОУ СОШ № 3\nЗаседание РМО № 1\n1. Анализ работы.\n"
        "2. План на год.\nЛи О.С.\nКим Е.Л.\n20 октября\nЛицей № 5\nШкольный этап олимпиады\nЗубова М.Т.",
        [
            ["Дата и место", "Мероприятие", "Ответственный"],
            [
                "14 сентября МБОУ СОШ № 3",
                "Заседание РМО № 1 1. Анализ работы. 2. План на год.",
                "Ли О.С. Ким Е.Л.",
            ],
            ["20 октября Лицей № 5", "Школьный этап олимпиады", "Зубова М.Т."],
        ],
    ),
    (
        "empty cells are empty lines",
        HEAD
        + "1\nЧтения о природе края\n\nЛи О.С.\n2\nСмотр кабинетов\nиюнь\n\n3\nСлёт юных краеведов\nиюль\nКим Е.Л.",
        [
            NAMED,
            ["1", "Чтения о природе края", "", "Ли О.С."],
            ["2", "Смотр кабинетов", "июнь", ""],
            ["3", "Слёт юных краеведов", "июль", "Ким Е.Л."],
        ],
    ),
    (
        "sections, and months over days",
        HEAD
        + "I. Работа с фондом\n1\nУчёт учебников района\nмай\nЛи О.С.\nИЮНЬ\n2\nСмотр кабинетов\n10\nКим Е.Л.",
        [
            NAMED,
            ["I. Работа с фондом"],
            ["1", "Учёт учебников района", "май", "Ли О.С."],
            ["ИЮНЬ"],
            ["2", "Смотр кабинетов", "10", "Ким Е.Л."],
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_rows(text: str, expected: list[list[str]]) -> None:
    assert rows(text) == expected


ROWS = "1\nЧтения о природе края\nмай\nЛи О.С.\n2\nСмотр кабинетов\nиюнь\nКим Е.Л.\n"

ENDS: list[tuple[str, str]] = [
    ("a meeting behind the table", "\nЗаседание № 2. Октябрь\nТема: «Чтение»"),
    ("a signature", "\nРуководитель РМО ____________ Ли О.С."),
    ("a numbered part", "\n2. Семинары\n2.1. Работа с редкой книгой\nСроки: ноябрь\nБаза: СОШ № 6"),
    ("another heading", "\nЯнварь\nМероприятие\nСрок\nОтветственный\nЧтения\nмай\nЛи О.С."),
]


@pytest.mark.parametrize(("behind"), [case[1] for case in ENDS], ids=[case[0] for case in ENDS])
def test_what_stands_behind_is_no_row(behind: str) -> None:
    answer = found(HEAD + ROWS + behind)
    assert answer is not None
    assert answer[1] == 4 + 8


NO_TABLES: list[tuple[str, str]] = [
    (
        "labels with values",
        "Дата проведения: 5 мая\nМесто проведения: СОШ № 3\nТема: «Чтение»\nФорма: семинар",
    ),
    (
        "a title over the heading",
        "Заседания МО\nМесяц\nСодержание работы\nОтветственный\nмай\nЧтения\nЛи О.С.",
    ),
    ("prose under two words", "Содержание\nСроки\nПлан составлен на год.\nОн одобрен советом школы."),
    ("nothing below", HEAD),
    ("columns that no cell can tell", "Мероприятие\nРезультат\nЧтения\nСправка\nСмотр\nПриказ"),
]


@pytest.mark.parametrize("text", [case[1] for case in NO_TABLES], ids=[case[0] for case in NO_TABLES])
def test_no_table_begins_here(text: str) -> None:
    assert found(text) is None
