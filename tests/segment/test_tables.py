"""What the columns of a table mean: by their headings, by their cells, by the table above."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.model.outline import Grid
from tests.documents import TITLE, failing, outline, table


def grids(*parts: Any) -> list[Grid]:
    return [
        part.table for part in outline(TITLE, "", "Цель: рост", "", *parts).parts if part.table is not None
    ]


def roles(grid: Grid, band: int = 0) -> list[str]:
    return ["+".join(column.roles) for column in grid.bands[band].columns]


ROW = {  # a cell as plans have it for a column of each kind
    "number": "1", "text": "Семинар по химии", "dates": "октябрь", "responsible": "Иванова И.И.", "place": "МБОУ СОШ № 3",
    "participants": "Учителя химии", "result": "Справка", "purpose": "Рост мастерства", "extra": "красный", "form": "семинар",
    "agenda": "1. Анализ работы", "theme": "Начало года", "meeting_number": "1", "speakers": "Петрова А.А.", "note": "-",
    "section": "Методическая", "member": "Иванова И.И.", "position": "учитель", "school": "МБОУ СОШ № 3", "dates+place": "март",
    "dates+responsible": "март, Иванова И.И.",
}  # fmt: skip

HEADINGS = [  # the heading row, the roles
    ("№ | Мероприятие | Сроки | Ответственный", "number text dates responsible"),
    ("№ п/п | Содержание работы | Срок исполнения | Исполнители", "number text dates responsible"),
    (
        "№ п/п | Наименование мероприятий | Дата проведения | Место проведения | Ответственные",
        "number text dates place responsible",
    ),
    ("Сроки | Содержание деятельности | Ответственные лица", "dates text responsible"),
    ("Месяц | Вид работы | Кто проводит", "dates text responsible"),
    ("Мероприятия | Участники | Дата | Место", "text participants dates place"),
    ("№ | Тема выступления | Выступающие | Дата", "number agenda speakers dates"),
    ("№ заседания | Дата | Повестка дня | Докладчик", "meeting_number dates agenda speakers"),
    ("№ | Тема заседания | Форма проведения | Дата | Ответственные", "number theme form dates responsible"),
    ("№ | Мероприятие | Цель | Сроки | Планируемый результат", "number text purpose dates result"),
    ("№ | Мероприятие | Сроки | Ответственный | Примечание", "number text dates responsible note"),
    ("Направление деятельности | Мероприятия | Сроки | Ответственные", "section text dates responsible"),
    ("№ | ФИО | Место работы | Должность | Стаж", "number member school position note"),
    ("Мероприятие | Сроки, место проведения | Ответственные", "text dates+place responsible"),
    ("Мероприятие | Дата, время и место проведения | Ответственные", "text dates+place responsible"),
    ("Тема | Вопросы | Сроки | Ответственные", "theme agenda dates responsible"),
    ("№ | Мероприятия | Классы | Сроки | Ответственные", "number text participants dates responsible"),
    ("Мероприятие | Цвет | Сроки", "text extra dates"),
    ("МЕРОПРИЯТИЯ | СРОКИ | ОТВЕТСТВЕННЫЕ", "text dates responsible"),
    # untidy: typos, Latin letters, hyphenation, missing spaces
    ("Меропреятия | Сроки | Отвественные", "text dates responsible"),
    ("Мероприятия | Сpоки | Oтветственные", "text dates responsible"),
    ("Меро-приятия | Сроки | Ответст-венные", "text dates responsible"),
    ("№п/п | Мероприятие | Срокипроведения | Ответственный", "number text dates responsible"),
    ("№ п.п. | Мероприятие | Срок проведе-ния | Ответственный", "number text dates responsible"),
    ("№\nп/п | Содержание\nработы | Сроки\nпроведения", "number text dates"),
    ("Форма и тема мероприятия | Когда | Где | Кто отвечает", "text dates place responsible"),
    ("№ | Планируемые мероприятия | Время проведения | Отв.", "number text dates responsible"),
    ("№ | Рассматриваемые вопросы | Дата | Ответственный", "number agenda dates responsible"),
]
XFAIL_HEADINGS = {
    "№п/п | Мероприятие | Срокипроведения | Ответственный": "words written together are no phrase",
    "№ | Рассматриваемые вопросы | Дата | Ответственный": "the phrase stands under both [text] and [agenda]",
}


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [failing(XFAIL_HEADINGS[h], h, w) if h in XFAIL_HEADINGS else (h, w) for h, w in HEADINGS],
    ids=[heading for heading, _ in HEADINGS],
)
def test_columns_by_heading(heading: str, wanted: str) -> None:
    cells = [ROW[role] for role in wanted.split()]
    (grid,) = grids(table(heading.split(" | "), cells))
    assert " ".join(roles(grid)) == wanted
    assert [row.number for row in grid.bands[0].rows] == [2]
    assert all(column.by == "heading" for column in grid.bands[0].columns)


CONTENT = [  # rows of a table without a heading, the roles
    (["1 | Семинар для учителей химии по теме «Опыты» | октябрь | Иванова И.И.",
      "2 | Конкурс исследовательских работ школьников | ноябрь | Петрова А.А.",
      "3 | Круглый стол по итогам учебного года | май | Руководитель РМО"], "number text dates responsible"),
    (["Сентябрь | Составление плана работы на учебный год | Руководитель РМО",
      "Октябрь | Школьный этап олимпиады по химии | Иванова И.И.",
      "Ноябрь | Обмен опытом подготовки к экзаменам | Петрова А.А."], "dates text responsible"),
    (["1. | Доклад «Чтение» | Иванова И.И.",
      "2. | Обзор новинок литературы | Петрова А.А."], "number text responsible"),
    (["1 | Заседание творческой группы учителей | октябрь | МБОУ СОШ № 3",
      "2 | Мастер-класс для молодых специалистов | ноябрь | МБОУ СОШ № 5",
      "3 | Семинар по проблемному обучению химии | март | МБОУ «Лицей № 1»"], "number text dates place"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "wanted"), CONTENT)
def test_columns_by_content(rows: list[str], wanted: str) -> None:
    (grid,) = grids(table(*(row.split(" | ") for row in rows)))
    assert " ".join(roles(grid)) == wanted
    assert len(grid.bands[0].rows) == len(rows)
    assert not grid.bands[0].heading


HEAD = ["№", "Мероприятие", "Сроки", "Ответственный"]
FIRST = ["1", "Семинар", "октябрь", "Иванова И.И."]
SECOND = ["2", "Конкурс", "май", "Петрова А.А."]


def test_a_repeated_heading_begins_a_band() -> None:
    (grid,) = grids(table(HEAD, FIRST, HEAD, SECOND))
    assert [len(band.rows) for band in grid.bands] == [1, 1]
    assert roles(grid, 0) == roles(grid, 1) == ["number", "text", "dates", "responsible"]


def test_a_changed_heading_changes_the_columns() -> None:
    (grid,) = grids(table(HEAD, FIRST, ["№", "Мероприятие", "Место проведения", "Ответственный"],
                          ["2", "Конкурс", "МБОУ СОШ № 3", "Петрова А.А."]))  # fmt: skip
    assert roles(grid, 0)[2] == "dates"
    assert roles(grid, 1)[2] == "place"


def test_a_table_without_a_heading_goes_on_with_the_one_above() -> None:
    first, second = grids(table(HEAD, FIRST), "", table(SECOND, ["3", "Итоги", "май", "Руководитель РМО"]))
    assert roles(first) == roles(second)


def test_a_row_of_counted_columns_belongs_to_the_heading() -> None:
    (grid,) = grids(table(HEAD, ["1", "2", "3", "4"], FIRST))
    assert [row.number for row in grid.bands[0].rows] == [3]


def test_a_heading_in_two_rows() -> None:
    (grid,) = grids(
        table(
            ["№", "Мероприятие", "Сроки", "<", "Ответственный"],
            ["^", "^", "план", "факт", "^"],
            ["1", "Семинар", "октябрь", "", "Иванова И.И."],
        )
    )
    assert roles(grid)[:3] == ["number", "text", "dates"]
    assert roles(grid)[4] == "responsible"
    assert [column.heading for column in grid.bands[0].columns][2:4] == ["Сроки план", "Сроки факт"]
    assert [row.number for row in grid.bands[0].rows] == [3]


def test_a_heading_in_two_rows_over_several_columns() -> None:
    (grid,) = grids(
        table(
            ["№", "Мероприятие", "Проведение", "<", "Ответственный"],
            ["^", "^", "Дата", "Место", "^"],
            ["1", "Семинар", "октябрь", "МБОУ СОШ № 3", "Иванова И.И."],
        )
    )
    assert roles(grid) == ["number", "text", "dates", "place", "responsible"]


def test_a_title_row_above_the_heading_is_no_heading() -> None:
    (grid,) = grids(table(["План работы РМО", "<", "<", "<"], HEAD, FIRST))
    assert roles(grid, -1) == ["number", "text", "dates", "responsible"]
    assert [row.number for row in grid.bands[-1].rows] == [3]


KINDS = [  # the table, the kind of its part
    (
        "members",
        [["№", "ФИО", "Школа", "Должность"], ["1", "Иванова Инна Ивановна", "МБОУ СОШ № 3", "учитель"]],
    ),
    ("table", [HEAD, FIRST]),
    ("goals", [["Цель деятельности", "Развитие мастерства"], ["Задачи", "1. Изучать.\n2. Обобщать."]]),
]


@pytest.mark.parametrize(("kind", "rows"), KINDS)
def test_kind_of_a_table(kind: str, rows: list[list[str]]) -> None:
    assert kind in [part.kind for part in outline(TITLE, "", "Тема: рост", "", table(*rows)).parts][2:]


def test_a_table_under_an_announcement_is_its_agenda() -> None:
    parts = outline(
        TITLE,
        "",
        "Заседание № 1. Август",
        table(["№", "Вопросы", "Ответственный"], ["1", "Анализ", "Иванова И.И."]),
    )
    assert parts.parts[-1].kind == "meeting.table"


def test_a_table_of_approvals_only_holds_text_in_place() -> None:
    parts = outline(
        table(["УТВЕРЖДАЮ\nДиректор Иванова И.И.", "СОГЛАСОВАНО\nМетодист Петрова А.А."]), TITLE, "Цель: рост"
    )
    assert [part.kind for part in parts.parts if part.table is not None] == []
    assert [part.kind for part in parts.parts][0] == "approval"


def test_a_table_of_one_cell_only_holds_text_in_place() -> None:
    parts = outline(TITLE, "", table(["Цель: рост\nЗадачи:\n- изучать;\n- обобщать."]))
    assert [part.kind for part in parts.parts] == ["title", "goals", "tasks"]


def test_weeks_as_columns() -> None:
    (grid,) = grids(
        table(
            ["Месяц", "1 неделя", "2 неделя", "3 неделя"],
            ["Сентябрь", "Семинар", "Конкурс", "Выставка"],
            ["Октябрь", "Олимпиада", "", ""],
        )
    )
    assert [column.heading for column in grid.bands[0].columns] == [
        "Месяц",
        "1 неделя",
        "2 неделя",
        "3 неделя",
    ]
    assert roles(grid)[0] == "dates"


def test_quarters_as_columns() -> None:
    (grid,) = grids(
        table(
            ["Мероприятие", "1 четверть", "2 четверть", "3 четверть", "4 четверть"],
            ["Семинар", "+", "", "+", ""],
            ["Олимпиада", "", "+", "", ""],
        )
    )
    assert roles(grid)[0] == "text"
    assert [row.number for row in grid.bands[0].rows] == [2, 3]
