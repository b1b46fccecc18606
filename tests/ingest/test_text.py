"""Text files as blocks: each shape of paragraph, list and table in a small table of lines."""

# ruff: noqa: E501  (a line of a plan stays one line)

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import ExtractorError, TooLarge
from extractor.ingest.from_text import read_text
from extractor.model.source import Block, Source

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.exists(), reason=f"нет папки {SEEDS}")

Row = tuple[str, str | None, str, int | None, int | None]


def read(text: str) -> Source:
    return read_text(Path("plan.txt"), text.encode("utf-8", "surrogatepass"))


def rows(text: str) -> list[Row]:
    return [(block.kind, block.label, block.text, block.row, block.column) for block in read(text).blocks]


def p(text: str) -> Row:
    return ("paragraph", None, text, None, None)


def li(label: str, text: str) -> Row:
    return ("list_item", label, text, None, None)


def c(row: int, column: int, text: str, label: str | None = None) -> Row:
    return ("cell", label, text, row, column)


def grid(*lines: tuple[str, ...]) -> list[Row]:
    return [c(r, k, text) for r, line in enumerate(lines, 1) for k, text in enumerate(line, 1)]


PARAGRAPHS: list[tuple[str, list[Row]]] = [
    ("", []),
    (" \n\t\n\n", []),
    ("План работы\nна 2017 год", [p("План работы"), p("на 2017 год")]),
    ("Тема:  чтение", [p("Тема: чтение")]),
    ("Директор          Иванов И.И.", [p("Директор\tИванов И.И.")]),
    (
        "1. Доклад\n1) Доклад\n1.2. Доклад\nI. Доклад\nа) доклад",
        [p("1. Доклад"), p("1) Доклад"), p("1.2. Доклад"), p("I. Доклад"), p("а) доклад")],
    ),
    (
        "· Курсы\n• Курсы\n- курсы\n– курсы\n—курсы\n* курсы\no\tкурсы\n\uf0b7 Курсы\n\uf0a7 курсы\n✓ Курсы\n▪Курсы",
        [
            li("·", "Курсы"),
            li("•", "Курсы"),
            li("-", "курсы"),
            li("–", "курсы"),
            li("—", "курсы"),
            li("*", "курсы"),
            li("o", "курсы"),
            li("•", "Курсы"),
            li("•", "курсы"),
            li("✓", "Курсы"),
            li("▪", "Курсы"),
        ],
    ),
    (
        "-о новых\n-«Курсы»\n- 2022\n-5 класс\n-\no проекте",
        [li("-", "о новых"), li("-", "«Курсы»"), p("- 2022"), p("-5 класс"), p("-"), li("o", "проекте")],
    ),
    ("о новых направлениях", [p("о новых направлениях")]),  # a Cyrillic «о» is a word
    ("5*3 и 2*4, a < b, C&A, x_1 и y_2, ___ 2021 г.", [p("5*3 и 2*4, a < b, C&A, x_1 и y_2, ___ 2021 г.")]),
    ("«__»_______ 2021 г.", [p("«__»_______ 2021 г.")]),
    ("[bookmark: _GoBack]Каминская Ю.С.", [p("Каминская Ю.С.")]),
    ("Слово[]{#_GoBack .anchor} и [ссылка](http://a.ru/b)", [p("Слово и ссылка")]),
    ("<u>1.Заседание</u>", [p("1.Заседание")]),
    ("Сроки<br>проведения", [p("Сроки\nпроведения")]),
    ("А&nbsp;&laquo;Б&raquo; &amp; В", [p("А «Б» & В")]),
    ("1\\. Тема \\*", [p("1. Тема *")]),
    ("Тема\n---\nЦель", [p("Тема"), p("Цель")]),
    ("А\x0bБ", [p("А\nБ")]),
    ("Первая\\\nвторая", [p("Первая\nвторая")]),
    ("А\fБ", [p("А"), p("Б")]),
    ("1.\tВебинар\n2.\tСеминар\n3.\tКурсы", [p("1.\tВебинар"), p("2.\tСеминар"), p("3.\tКурсы")]),
]


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_paragraphs(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


WRAPPED = [
    (
        "Цель деятельности ММО: развитие готовности школьных библиотекарей к обслуживанию  \n"
        "участников образовательных отношений на современном этапе.",
        [
            "Цель деятельности ММО: развитие готовности школьных библиотекарей к обслуживанию "
            "участников образовательных отношений на современном этапе."
        ],
    ),
    (
        "- выявление проблем в работе педагогов-библиотекарей по обеспечению информационно-\n"
        "библиотечного обслуживания и оказание помощи библиотекарям района;\n"
        "- развитие сетевых форм.\n",
        [
            "выявление проблем в работе педагогов-библиотекарей по обеспечению информационно-библиотечного "
            "обслуживания и оказание помощи библиотекарям района;",
            "развитие сетевых форм.",
        ],
    ),
    (
        "План\nработы методического объединения библиотекарей общеобразовательных учреждений\n"
        "на 2021 год\n\nТема: Создание образовательного пространства, способствующего развитию детей\n"
        "и взрослых участников.",
        [
            "План",
            "работы методического объединения библиотекарей общеобразовательных учреждений на 2021 год",
            "Тема: Создание образовательного пространства, способствующего развитию детей и взрослых участников.",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), WRAPPED)
def test_wrapped_lines_are_joined(text: str, expected: list[str]) -> None:
    assert [block.text for block in read(text).blocks] == expected


def test_unwrapped_titles_stay_apart() -> None:
    text = (
        "План работы ММО школьных библиотекарей района\nна 2017 – 2018 учебный год.\n\nТЕМА: " + "слово " * 40
    )
    assert [block.text for block in read(text).blocks][:2] == text.split("\n")[:2]


def test_bold_over_several_lines() -> None:
    blocks = read("**План работы\nобъединения\nна год**\n\nТема: **чтение**, *сейчас*").blocks
    assert [(block.text, block.bold) for block in blocks] == [
        ("План работы", 1.0),
        ("объединения", 1.0),
        ("на год", 1.0),
        ("Тема: чтение, сейчас", 0.375),
    ]
    assert blocks[3].italic == 0.375


def test_heading_marks() -> None:
    assert [(block.text, block.heading) for block in read("# План\n## Цели и задачи ##\n#5").blocks] == [
        ("План", 1),
        ("Цели и задачи", 2),
        ("#5", None),
    ]


def test_gaps_are_counted() -> None:
    assert [block.gap for block in read("\n\nА\n\nБ\nВ\n\n\n\nа\tб\tв\nг\tд\tе\n\nГ").blocks] == [
        2,
        1,
        0,
        3,
        0,
        0,
        0,
        0,
        0,
        1,
    ]


TABLES: list[tuple[str, str, list[Row]]] = [
    (
        "tabs between cells",
        "№\tМероприятия\tСроки\n1.\tКурсы\tМай\n\n\tАнализ\n2.\tСеминар\t\n",
        grid(
            ("№", "Мероприятия", "Сроки"), ("1.", "Курсы", "Май"), ("", "Анализ", ""), ("2.", "Семинар", "")
        ),
    ),
    (
        "a section between rows",
        "№\tМероприятия\tСроки\nI. Работа\n1.\tКурсы\tМай\n",
        [
            *grid(("№", "Мероприятия", "Сроки")),
            c(2, 1, "I. Работа"),
            c(3, 1, "1."),
            c(3, 2, "Курсы"),
            c(3, 3, "Май"),
        ],
    ),
    (
        "a cell of several lines",
        "№\tМероприятия\tСроки\n1.\tКурсы:\n-первые\n- вторые\tМай\n2.\tСеминар\tМарт\n",
        [
            *grid(("№", "Мероприятия", "Сроки")),
            c(2, 1, "1."),
            c(2, 2, "Курсы:"),
            c(2, 2, "первые", "-"),
            c(2, 2, "вторые", "-"),
            c(2, 3, "Май"),
            c(3, 1, "2."),
            c(3, 2, "Семинар"),
            c(3, 3, "Март"),
        ],
    ),
    (
        "one cell a line",
        "\t№\n\tТема\n\tСроки\nгода\n\n\tI. Работа\n\n\t1.\n\n\t· Курсы\n\n1. Иванов\n\tМай\n\n\t2.\n\tСеминар\n\t\n",
        [
            c(1, 1, "№"),
            c(1, 2, "Тема"),
            c(1, 3, "Сроки"),
            c(1, 3, "года"),
            c(2, 1, "I. Работа"),
            c(3, 1, "1."),
            c(3, 2, "Курсы", "·"),
            c(3, 2, "1. Иванов"),
            c(3, 3, "Май"),
            c(4, 1, "2."),
            c(4, 2, "Семинар"),
            c(4, 3, ""),
        ],
    ),
    (
        "Markdown",
        "| № | Тема | Сроки |\n|---|:---:|---|\n| 1 | **Курсы**<br>· первые | Май |\n| | a \\| b | |\n",
        [
            *grid(("№", "Тема", "Сроки")),
            c(2, 1, "1"),
            c(2, 2, "Курсы"),
            c(2, 2, "первые", "·"),
            c(2, 3, "Май"),
            c(3, 1, ""),
            c(3, 2, "a | b"),
            c(3, 3, ""),
        ],
    ),
    (
        "Markdown without a heading, a merged cell written out",
        "|  |  |  |\n| --- | --- | --- |\n| Раздел | Раздел | Раздел |\n| 1 | а | б |\n",
        [c(1, 1, "Раздел"), c(2, 1, "1"), c(2, 2, "а"), c(2, 3, "б")],
    ),
    (
        "bars without outer bars",
        "№ | Тема\n1 | Курсы\n2 | Чтения\n",
        grid(("№", "Тема"), ("1", "Курсы"), ("2", "Чтения")),
    ),
    (
        "bars of fixed width",
        "|№   |Тема            |Сроки   |\n|1.  |Курсы для       |В       |\n|    |начинающих      |течение |\n"
        "|    |                |года    |\n|Работа с людьми              |\n|2.  |Чтения          |Май     |\n",
        [
            *grid(("№", "Тема", "Сроки"), ("1.", "Курсы для начинающих", "В течение года")),
            c(3, 1, "Работа с людьми"),
            c(4, 1, "2."),
            c(4, 2, "Чтения"),
            c(4, 3, "Май"),
        ],
    ),
    (
        "a frame of signs",
        "+----+----------+------+\n| №  | Тема     | Срок |\n+====+==========+======+\n| 1  | Курсы    | Май  |\n"
        "|    | чтения   |      |\n|    |          |      |\n|    | - письма |      |\n+----+----------+------+\n"
        "| Раздел               |\n+----+----------+------+\n",
        [
            *grid(("№", "Тема", "Срок")),
            c(2, 1, "1"),
            c(2, 2, "Курсы чтения"),
            c(2, 2, "письма", "-"),
            c(2, 3, "Май"),
            c(3, 1, "Раздел"),
        ],
    ),
    (
        "a frame of lines",
        "┌───┬──────┐\n│ № │ Тема │\n├───┼──────┤\n│ 1 │ Чте- │\n│   │ ния  │\n└───┴──────┘\n",
        grid(("№", "Тема"), ("1", "Чте-ния")),
    ),
    (
        "columns of spaces",
        "№    Мероприятия                Сроки\n"
        "1.   Курсы для начинающих       В течение\n     библиотекарей района       года\n"
        "              Работа с людьми и книгами\n"
        "2.   Семинар                    Май\n",
        [
            *grid(
                ("№", "Мероприятия", "Сроки"),
                ("1.", "Курсы для начинающих библиотекарей района", "В течение года"),
            ),
            c(3, 1, "Работа с людьми и книгами"),
            c(4, 1, "2."),
            c(4, 2, "Семинар"),
            c(4, 3, "Май"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in TABLES], ids=[case[0] for case in TABLES]
)
def test_tables(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize("text", [case[1] for case in TABLES], ids=[case[0] for case in TABLES])
def test_text_around_a_table_stays_outside(text: str) -> None:
    blocks = read(f"План работы\n\n{text}\n\nРуководитель объединения").blocks
    assert (blocks[0].kind, blocks[0].text) == ("paragraph", "План работы")
    assert (blocks[-1].kind, blocks[-1].text) == ("paragraph", "Руководитель объединения")
    assert [block.id for block in blocks] == list(range(len(blocks)))


def test_merged_cells_of_a_frame() -> None:
    text = "+---+---+---+\n| а | б     |\n|   +---+---+\n|   | в | г |\n+---+---+---+\n"
    blocks = read(text).blocks
    assert [(b.text, b.row, b.column, b.row_span, b.col_span) for b in blocks] == [
        ("а", 1, 1, 2, 1),
        ("б", 1, 2, 1, 2),
        ("в", 2, 2, 1, 1),
        ("г", 2, 3, 1, 1),
    ]


def test_sections_span_the_table() -> None:
    spans = [(block.text, block.col_span) for block in read(TABLES[3][1]).blocks if block.col_span > 1]
    assert spans == [("I. Работа", 3)]


NO_TABLES = [
    "Слово  и  дело\nещё  слово  тут\nтри  слова  вновь\n",
    "\tПервый абзац с отступом.\n\tВторой абзац с отступом.\n\nТекст.\n",
    "\tПервый.\n\n\tВторой.\n\n\tТретий.\n",
    "Да | нет\n",
    "УТВЕРЖДАЮ\t\t\tСОГЛАСОВАНО\nДиректор\t\t\tРуководитель\n",
    "- Расширение      ассортимента      услуг\n- Освоение    новых     технологий\n- Повышение  квалификации   всех\n",
]


Shape = tuple[str, int | None, int | None, int, int]  # text, row, column, rows, columns

MERGED: list[tuple[str, str, list[Shape]]] = [
    (
        "a month alone in a row of Markdown",
        "| № | Тема | Срок |\n|---|---|---|\n| МАЙ | | |\n| 1 | Чтения | 5 |\n",
        [("№", 1, 1, 1, 1), ("Тема", 1, 2, 1, 1), ("Срок", 1, 3, 1, 1), ("МАЙ", 2, 1, 1, 3)]
        + [("1", 3, 1, 1, 1), ("Чтения", 3, 2, 1, 1), ("5", 3, 3, 1, 1)],
    ),
    (
        "sections are counted in another way than rows",
        "| Тема | Кто | Срок |\n|---|---|---|\n| 1. Фонд | | |\n| 1.1. Учёт | Ли О.С. | май |\n| 1.2. Итоги | | |\n",
        [("Тема", 1, 1, 1, 1), ("Кто", 1, 2, 1, 1), ("Срок", 1, 3, 1, 1), ("1. Фонд", 2, 1, 1, 3)]
        + [("1.1. Учёт", 3, 1, 1, 1), ("Ли О.С.", 3, 2, 1, 1), ("май", 3, 3, 1, 1)]
        + [("1.2. Итоги", 4, 1, 1, 1), ("", 4, 2, 1, 1), ("", 4, 3, 1, 1)],
    ),
    (
        "a name over a table of two columns, and a value that is not there yet",
        "| Посещения |  |\n|---|---|\n| Школа | Лицей |\n| Гости | |\n",
        [("Посещения", 1, 1, 1, 2), ("Школа", 2, 1, 1, 1), ("Лицей", 2, 2, 1, 1)]
        + [("Гости", 3, 1, 1, 1), ("", 3, 2, 1, 1)],
    ),
    (
        "months merged downwards",
        "| Месяц | Неделя | Дело |\n|---|---|---|\n| Май | 1 | Чтения |\n| | 2 | Смотр |\n| Июнь | 1 | Слёт |\n",
        [("Месяц", 1, 1, 1, 1), ("Неделя", 1, 2, 1, 1), ("Дело", 1, 3, 1, 1)]
        + [("Май", 2, 1, 2, 1), ("1", 2, 2, 1, 1), ("Чтения", 2, 3, 1, 1)]
        + [("2", 3, 2, 1, 1), ("Смотр", 3, 3, 1, 1)]
        + [("Июнь", 4, 1, 1, 1), ("1", 4, 2, 1, 1), ("Слёт", 4, 3, 1, 1)],
    ),
    (
        "a section between bars",
        "№ | Тема | Срок\nМАЙ\n1 | Чтения | 5\n2 | Смотр | 9\n",
        [("№", 1, 1, 1, 1), ("Тема", 1, 2, 1, 1), ("Срок", 1, 3, 1, 1), ("МАЙ", 2, 1, 1, 3)]
        + [("1", 3, 1, 1, 1), ("Чтения", 3, 2, 1, 1), ("5", 3, 3, 1, 1)]
        + [("2", 4, 1, 1, 1), ("Смотр", 4, 2, 1, 1), ("9", 4, 3, 1, 1)],
    ),
    (
        "an empty first cell before a bar",
        "№ | Тема | Срок\n | Чтения | 5\n | Смотр | 9\n",
        [("№", 1, 1, 1, 1), ("Тема", 1, 2, 1, 1), ("Срок", 1, 3, 1, 1)]
        + [("", 2, 1, 1, 1), ("Чтения", 2, 2, 1, 1), ("5", 2, 3, 1, 1)]
        + [("", 3, 1, 1, 1), ("Смотр", 3, 2, 1, 1), ("9", 3, 3, 1, 1)],
    ),
    (
        "a merged cell written out between tabs",
        "№\tТема\tСрок\nРаздел\tРаздел\tРаздел\n1\tЧтения\tмай\n",
        [("№", 1, 1, 1, 1), ("Тема", 1, 2, 1, 1), ("Срок", 1, 3, 1, 1), ("Раздел", 2, 1, 1, 3)]
        + [("1", 3, 1, 1, 1), ("Чтения", 3, 2, 1, 1), ("май", 3, 3, 1, 1)],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in MERGED], ids=[case[0] for case in MERGED]
)
def test_merged_cells_without_a_sign(text: str, expected: list[Shape]) -> None:
    assert [(b.text, b.row, b.column, b.row_span, b.col_span) for b in read(text).blocks] == expected


LAYOUT: list[tuple[str, str, list[tuple[str, ...]]]] = [
    (
        "numbers that fill their column",
        "№   Содержание работы               Срок      Ответственный\n"
        "9.  Курсы для начинающих            3         Ли О.С.\n"
        "    библиотекарей района\n"
        "10. Чтения                          16-20     Зубова М.Т.\n"
        "11. Смотр кабинетов                 до 25     Ким Е.Л.\n",
        [
            ("№", "Содержание работы", "Срок", "Ответственный"),
            ("9.", "Курсы для начинающих библиотекарей района", "3", "Ли О.С."),
            ("10.", "Чтения", "16-20", "Зубова М.Т."),
            ("11.", "Смотр кабинетов", "до 25", "Ким Е.Л."),
        ],
    ),
    (
        "years and words torn by narrow cells",
        "Дата        Тема семинара            Кто ведёт\n"
        "\n"
        "21.10.202   «Утренний круг»          инструктор\n"
        "1           в старшей группе         ы по труду\n"
        "18.11.202   «Речевое развитие»       Лапина\n"
        "1           детей                    Ю.Б.\n"
        "16.12.202   «Зимний сад»             Зубова\n"
        "1           на окне                  М.Т.\n",
        [
            ("Дата", "Тема семинара", "Кто ведёт"),
            ("21.10.2021", "«Утренний круг» в старшей группе", "инструкторы по труду"),
            ("18.11.2021", "«Речевое развитие» детей", "Лапина Ю.Б."),
            ("16.12.2021", "«Зимний сад» на окне", "Зубова М.Т."),
        ],
    ),
    (
        "numbers in the second column",
        "Раздел      №   Дело                 Срок\n"
        "Кадры       1   Курсы повышения      май\n"
        "                квалификации\n"
        "            2   Чтения               июнь\n"
        "Фонд        3   Смотр                июль\n",
        [
            ("Раздел", "№", "Дело", "Срок"),
            ("Кадры", "1", "Курсы повышения квалификации", "май"),
            ("", "2", "Чтения", "июнь"),
            ("Фонд", "3", "Смотр", "июль"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in LAYOUT], ids=[case[0] for case in LAYOUT]
)
def test_columns_of_spaces(text: str, expected: list[tuple[str, ...]]) -> None:
    assert rows(text) == grid(*expected)


def test_lines_that_no_width_broke_stay_apart() -> None:
    """One cell a line: small letters begin cells, and the lines are of any length."""
    cells = ["Театрализованная деятельность как средство развития речи дошкольников", "доклад", "Ли О.С."]
    cells += ["Особенности организации воспитательной работы на уроке", "обмен мнениями", "все учителя"]
    cells += ["Анализ результатов года", "справка", "Ким Е.Л.", "Итоги", "беседа", "руководитель"]
    assert [block.text for block in read("\n".join(cells)).blocks] == cells


@pytest.mark.parametrize("text", NO_TABLES)
def test_text_that_is_no_table(text: str) -> None:
    assert all(block.kind != "cell" for block in read(text).blocks)


SPREAD = "План работы\nна 2021 год\nЦель: рост\nЗадачи:\n- изучать;\n- обобщать\n{}Сроки\nАвгуст\nМай\nИтоги\nИванова И.И."


@pytest.mark.parametrize(("step", "wanted"), [(2, 1), (1, 1)])
def test_empty_lines_behind_every_paragraph_say_nothing(step: int, wanted: int) -> None:
    """A converter that ends paragraphs with two line ends does so for empty ones too, or adds one line end."""
    empty = "\n" * step
    spread = SPREAD.replace("\n", "\n\n").format(empty)
    blocks, close = read(spread).blocks, read(SPREAD.format("")).blocks
    assert [(b.kind, b.label, b.text) for b in blocks] == [(b.kind, b.label, b.text) for b in close]
    assert [b.gap for b in blocks] == [wanted if b.text == "Сроки" else 0 for b in blocks]


def test_cells_behind_tabs_in_a_spread_text_are_a_table() -> None:
    rows_of = [["№", "Тема", "Срок"], ["1", "Семинар", "май"], ["2", "", "июнь"]]
    text = "План работы\n\nРМО\n\n" + "".join("".join(f"\t{cell}\n\n" for cell in row) + "\n" for row in rows_of)
    assert rows(text)[2:] == grid(*map(tuple, rows_of))


FLOW = """План работы РМО библиотекарей \nЗаречного района на 2021-2022 учебный год  \nЗаседания РМО  \n№  Срок, место  Форма  Повестка дня  \n1  23 января 2022 \nг.  \nМБОУ СОШ № 1  \n
традицион \nная  \n\n1. План мероприятий \nна год  \n2. Разное  \n2  24.04.2022  \n\nделовая \nигра  \n\n1. Каталог и \nкартотеки  \n"""


def test_text_out_of_a_pdf_letter_by_letter() -> None:
    """One space ends a line that goes on, two a paragraph; two inside a line stand between cells."""
    blocks = read(FLOW).blocks
    assert [(block.text, block.beside) for block in blocks[2:]] == [
        ("№", "below"), ("Срок, место", "line"), ("Форма", "line"), ("Повестка дня", "line"),
        ("1", "below"), ("23 января 2022 г.", "line"), ("МБОУ СОШ № 1", "below"), ("традиционная", "apart"),
        ("1. План мероприятий на год", "apart"), ("2. Разное", "below"),
        ("2", "below"), ("24.04.2022", "line"), ("деловая игра", "apart"), ("1. Каталог и картотеки", "apart"),
    ]  # fmt: skip


def cells(*table_rows: list[str]) -> str:
    """A table as converters write it: a tab opens each cell, an empty line closes a row."""
    return "План\n" + "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in table_rows) + "\n"


def test_empty_first_cells_behind_tabs_are_merged_downwards() -> None:
    text = cells(["№", "Срок", "Вопросы"], ["1", "август", "Анализ"], ["", "", "План"], ["2", "май", "Итоги"], ["", "", "Разное"])
    spans = {(b.text, b.row_span) for b in read(text).blocks if b.column in (1, 2) and b.row and b.row > 1}
    assert spans == {("1", 2), ("август", 2), ("2", 2), ("май", 2)}


def test_a_heading_of_two_rows_behind_tabs() -> None:
    text = cells(["№", "Заседания", "Отметка"], ["", "Срок", "Вопросы", ""], ["1", "май", "1. Итоги", "-"], ["2", "июнь", "1. План", ""])
    shapes = [(b.text, b.row, b.column, b.row_span, b.col_span) for b in read(text).blocks if b.row in (1, 2) and b.text]
    assert shapes == [
        ("№", 1, 1, 2, 1), ("Заседания", 1, 2, 1, 2), ("Отметка", 1, 4, 2, 1), ("Срок", 2, 2, 1, 1), ("Вопросы", 2, 3, 1, 1),
    ]  # fmt: skip


def test_a_row_with_fewer_cells_behind_tabs_stays_in_its_table() -> None:
    text = cells(["Месяц", "1 неделя", "2 неделя", "3 неделя"], ["Сентябрь", "Линейка", "Рейд", "День"], ["Октябрь", "Концерт", "Поход"],
                 ["Ноябрь", "Урок", "", "Сбор"])  # fmt: skip
    blocks = read(text).blocks
    assert {b.table for b in blocks if b.table} == {1}
    assert [(b.text, b.col_span) for b in blocks if b.row == 3] == [("Октябрь", 1), ("Концерт", 1), ("Поход", 2)]


def test_tabs_between_an_item_and_its_speaker_make_no_table() -> None:
    text = "1.1. Анализ работы.\tИванова И.И.\n1.2. Приоритеты\tПетрова А.А.\n1.3. Комплектование\tметодист"
    assert [block.kind for block in read(text).blocks] == ["paragraph"] * 3


def test_source_says_what_was_read() -> None:
    source = read_text(Path("a/план.txt"), "Тема".encode("cp1251"), encoding="cp1251")
    assert (source.name, source.format, source.encoding, source.bytes) == ("план.txt", "text", "cp1251", 4)
    assert len(source.sha256) == 64


# --- the five plans beside their Word files ----------------------------------------------------

PLANS = ("kamensky-2021", "kirovsky-2021", "ponomarevka-2023", "rodino-2017", "spb-2015")


def read_seed(name: str) -> Source:
    path = SEEDS / f"{name}.txt"
    return read_text(path, path.read_bytes())


def read_docx_seed(name: str) -> Source:
    reader = pytest.importorskip("extractor.ingest.from_docx", reason="читателя DOCX ещё нет")
    path = SEEDS / f"{name}.docx"
    source: Source = reader.read_docx(path, path.read_bytes())
    return source


def signs(text: str) -> str:
    """The letters and digits of a text: all that a label or a bullet typed or made may change is left out."""
    return "".join(sign for sign in text if sign.isalnum())


def cells_of(blocks: tuple[Block, ...]) -> dict[tuple[int, int, int], str]:
    cells: dict[tuple[int, int, int], str] = defaultdict(str)
    for block in blocks:
        if block.table and block.row and block.column:
            cells[block.table, block.row, block.column] += signs((block.label or "") + block.text)
    return dict(cells)


@needs_seeds
def test_spb_tables_equal_those_of_word() -> None:
    """Only the text shows the «1.» that Word makes before an empty paragraph."""
    text, word = read_seed("spb-2015"), read_docx_seed("spb-2015")
    ours, theirs = cells_of(text.blocks), cells_of(word.blocks)
    assert ours.pop((1, 4, 2)).removesuffix("1") == theirs.pop((1, 4, 2)).removesuffix("1")
    assert ours == theirs
    assert wide(text) == wide(word)


@needs_seeds
def test_kirovsky_tables_equal_those_of_word() -> None:
    """Cells merged downwards in Word are empty cells in the text."""
    text, word = read_seed("kirovsky-2021"), read_docx_seed("kirovsky-2021")
    ours, theirs = cells_of(text.blocks), cells_of(word.blocks)
    merged = [(3, 21, column) for column in (1, 3, 7)]
    assert [ours.pop(place) for place in merged] == ["", "", ""]
    assert ours == {place: said for place, said in theirs.items() if place not in merged}
    assert wide(text) == wide(word)


def wide(source: Source) -> list[tuple[int | None, int | None, int]]:
    return [(block.table, block.row, block.col_span) for block in source.blocks if block.col_span > 1]


@needs_seeds
def test_ponomarevka_is_one_table() -> None:
    """The Word file was cut in two tables by a page; in the text an empty line stands there."""
    word = [
        signs((block.label or "") + block.text)
        for block in read_docx_seed("ponomarevka-2023").blocks
        if block.table
    ]
    text = [signs(block.text) for block in read_seed("ponomarevka-2023").blocks if block.table]
    assert "".join(text) == "".join(word)
    last = read_seed("ponomarevka-2023").blocks[-1]
    assert (last.table, last.row, last.column) == (1, 13, 4)
    assert [block.bold for block in read_seed("ponomarevka-2023").blocks[:5]] == [1.0, 1.0, 1.0, 1.0, 0.0]


@needs_seeds
@pytest.mark.parametrize("name", ["kamensky-2021", "rodino-2017"])
def test_plans_without_tables(name: str) -> None:
    assert all(block.kind != "cell" for block in read_seed(name).blocks)


@needs_seeds
def test_rodino_paragraphs_equal_those_of_word() -> None:
    text, word = read_seed("rodino-2017"), read_docx_seed("rodino-2017")
    assert [signs((b.label or "") + b.text) for b in text.blocks] == [
        signs((b.label or "") + b.text) for b in word.blocks if b.text
    ]


@needs_seeds
def test_kamensky_paragraphs() -> None:
    texts = [block.text for block in read_seed("kamensky-2021").blocks]
    for expected in [
        "Тема: Создание образовательного пространства, способствующего развитию читательской компетенции и "
        "информационной культуры участников образовательных отношений в условиях введения стандарта ФГОС общего "
        "образования.",
        "№ п/п",
        "Содержание\tОтветственный\tСроки\tМесто проведения\tОжидаемый результат/ показатель выполнения",
        "1\tОрганизация участия членов МО в вебинарах АКИПКРО",
        "Управление образования Каменского района",
        "Руководитель ММО\tВ течение года",
        "2. Информационное сопровождение",
    ]:
        assert expected in texts


@needs_seeds
@pytest.mark.parametrize("name", PLANS)
def test_nothing_is_lost(name: str) -> None:
    raw = (SEEDS / f"{name}.txt").read_text(encoding="utf-8").replace("[bookmark: _GoBack]", "")
    raw = raw.replace("<u>", "").replace("</u>", "")
    assert "".join(signs((b.label or "") + b.text) for b in read_seed(name).blocks) == signs(raw)


# --- any input -----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "\t",
        "\n",
        "\n\n",
        " ",
        "   ",
        "|",
        "|---|",
        "+--+--+",
        "│",
        "─",
        "**",
        "*",
        "_",
        "<b>",
        "&amp;",
        "\\",
        "#",
        "-",
    ]
    + [
        "· ",
        "1.",
        "1.\t",
        "Тема",
        "в течение года",
        "№",
        "\f",
        "\r",
        "\x0b",
        "\0",
        "\ud800",
        "́",
        "[",
        "](",
        "]{",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read(text: str) -> None:
    try:
        source = read(text)
    except ExtractorError:
        return
    assert [block.id for block in source.blocks] == list(range(len(source.blocks)))
    for block in source.blocks:
        assert (block.kind == "cell") == (block.table is not None)
        assert block.text or block.kind == "cell"
        assert "\r" not in block.text and "  " not in block.text


@settings(max_examples=200, deadline=None)
@given(TEXTS.filter(lambda text: "\r" not in text))
def test_line_ends_do_not_matter(text: str) -> None:
    assert rows(text.replace("\n", "\r\n")) == rows(text) == rows(text.replace("\n", "\r"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(ExtractorError):
        read_text(Path("x.txt"), data)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(["\t", "\n", "\n\n", "   ", "|", "Тема", "май", "1.", "№ 5", " "]), max_size=80)
)
def test_no_word_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = "".join(signs((block.label or "") + block.text) for block in read(text).blocks)
    assert sorted(found) == sorted(signs(text))


def test_long_line_is_refused() -> None:
    with pytest.raises(TooLarge, match="строка"):
        read("а" * 1_000_001)


HOSTILE = {
    "stars": "**а " * 60_000,
    "brackets": "[" * 200_000,
    "tags": "<b " * 60_000,
    "backslashes": "\\" * 200_000,
    "spaces": " " * 200_000 + "а",
    "bars": "|" * 200_000,
    "tabs": "\t" * 200_000,
    "tab lines": "\t\n" * 50_000,
    "single cells": "\tа\n\n" * 10_000,
    "odd bold": "**а\n" * 30_000,
    "layout": "а   б   в\n\n" * 15_000,
    "rulers": "+--+--+\n" * 30_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_no_time(text: str) -> None:
    started = time.monotonic()
    with suppress(ExtractorError):
        read(text)
    assert time.monotonic() - started < 20
