"""What `extract show` and `--explain` print."""

from __future__ import annotations

from types import SimpleNamespace

import msgspec
import pytest

from extractor.model.plan import Date, Plan, Plans
from extractor.output.overview import explanation, overview

PAGE = """\
План работы РМО библиотекарей Заречного района на 2023 – 2024 учебный год
  Объединение: РМО библиотекарей Заречного района
  Учебный год: 2023–2024
  Файл: план.docx
  Тема: Библиотека и чтение

№ 1. Заседание РМО
  Когда: 25 октября 2022 года (может быть, 2023-10-25)
    1. Доклад «Чтение в семье» (Птицына А.А., Луговская СОШ).
        Форма: доклад
        Выступает: Птицына А. А. (Луговская СОШ)

Мероприятия (1)

  I. Организационная деятельность
    1.1. =Семинар «Цифровая библиотека»
        Когда: По заявкам
        Форма: семинар
        Где: МБОУ «Лицей № 7»
        Отвечает: Руководитель РМО
        Примечание: уточнить

Замечания (1)
    проверьте: Дата заседания не входит в учебный год 2023–2024: проверьте год. Предложение:
        2023-10-25. [абзац 2]

Разобрано 100,0 % текста.
"""


def test_page(plan: Plan) -> None:
    assert overview(plan, width=100, colours=False) == PAGE


def test_narrow_page_keeps_its_width(plan: Plan) -> None:
    assert max(len(line) for line in overview(plan, width=50, colours=False).splitlines()) <= 50


def test_colours_change_no_letter(plan: Plan) -> None:
    import re

    coloured = overview(plan, width=100, colours=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == PAGE


def test_square_brackets_and_escapes_are_text(plan: Plan) -> None:
    nasty = msgspec.structs.replace(plan.activities[0], text="[bold]Обзор[/bold] \x1b[31m:smile:")
    page = overview(msgspec.structs.replace(plan, activities=(nasty,)), width=100, colours=False)
    assert "[bold]Обзор[/bold]" in page
    assert ":smile:" in page
    assert "\x1b" not in page


def test_several_plans(plan: Plan) -> None:
    both = overview(Plans(source=plan.source, plans=(plan, plan)), width=100, colours=False)
    assert both.count("№ 1. Заседание РМО") == 2


TERMS = [
    (Date(text="26", start="2022-08-26", end="2022-08-26"), "26 (26.08.2022)"),
    (Date(text="2-3", start="2022-09-02", end="2022-09-03"), "2-3 (02.09.2022–03.09.2022)"),
    (Date(text="25.10.2022", start="2022-10-25", end="2022-10-25"), "25.10.2022"),
    (Date(text="В течение года", start="2022-09-01", end="2023-05-31"), "В течение года"),
    (Date(text="10.00"), "10.00"),
]


@pytest.mark.parametrize(("term", "shown"), TERMS, ids=lambda value: str(getattr(value, "text", "")))
def test_term_says_which_days_bare_numbers_mean(plan: Plan, term: Date, shown: str) -> None:
    activity = msgspec.structs.replace(plan.activities[0], dates=(term,))
    page = overview(msgspec.structs.replace(plan, activities=(activity,)), width=100, colours=False)
    assert f"Когда: {shown}\n" in page


def test_explanation() -> None:
    line = SimpleNamespace(
        place="абзац 2", text="1. Заседание РМО", rule="numbered_meeting", gave="заседание 1", instead=None
    )
    told = "абзац 2: 1. Заседание РМО\n    numbered_meeting → заседание 1"
    assert explanation(line) == told
    line.instead = "caption → caption"
    assert explanation(line) == f"{told}\n    иначе: caption → caption"
