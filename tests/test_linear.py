"""No pattern and no step backtracks: a text twice as long takes about twice the time, whatever it repeats.

Each case is measured against itself in the same run, in processor time, so that a slow or busy machine
changes nothing. What is quadratic shows a ratio of 4.
"""

from __future__ import annotations

import gc
import itertools
import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pytest

from extractor.pipeline import extract_file
from tests.ingest.docx_maker import make_docx, p, tbl, tr

TITLE = "План работы РМО библиотекарей Заречного района на 2023-2024 учебный год"
HEADINGS = ("№", "Мероприятие", "Сроки", "Ответственные")
MEETINGS = ("№", "Тема заседания", "Дата", "Вопросы", "Ответственные")
MOST = 2.6
ENOUGH = 0.06  # seconds under which a ratio says nothing
TRIES = 4

# what one line repeats
UNITS = [
    *(
        "А.",
        "1.1.1.",
        '"',
        "«",
        "«»",
        "(",
        ")",
        "()",
        "1",
        "1 ",
        "12.",
        "1,",
        " ",
        "\u00a0",
        "\t",
        "-",
        " - ",
    ),
    *("– ", "_", "…", ". ", ", ", "; ", ": ", "/", "|", "№ ", "\u0301", "\u200b", "I. ", "1) ", "а) ", "а-"),
    *("Иванова И.И.", "Иванова И.И., ", "Иванова Анна Ивановна ", "И. И. ", "Иванов, Петрова и Сидорова "),
    *("аa", "Aа ", "до ", "с 1 по ", "и ", "в ", "ё", "Тема: ", "Цель: ", "Заседание № ", "1 заседание "),
    *(
        "школа ",
        "школа № 1 ",
        "МБОУ СОШ ",
        "МБОУ «",
        "им. ",
        "учитель, ",
        "руководитель РМО ",
        "РМО учителей ",
    ),
    *(
        "25 октября 2022 года ",
        "октябрь-",
        "01.09.",
        "2022-",
        "в течение года ",
        "I квартал ",
        "вторая неделя ",
    ),
    *(
        "1. ",
        "2. А ",
        "1. Доклад. ",
        "А. Б",
        "доклад, ",
        "2022 ",
        "г. ",
        "1-4 класс ",
        "ответственные: ",
        "• ",
    ),
]


def as_text(unit: str, size: int, folder: Path) -> Path:
    path = folder / "plan.txt"
    path.write_text(f"{TITLE}\n\nЗаседание 1. Октябрь 2023\n1. Доклад\n{_line(unit, size)}\n", "utf-8")
    return path


def as_docx(unit: str, size: int, folder: Path) -> Path:
    """A paragraph, three cells of an activity and four of a meeting."""
    line = _line(unit, size)
    body = [paragraph(each) for each in (TITLE, "Заседание 1. Октябрь 2023", "1. Доклад", line)]
    body.append(table(HEADINGS, ("1", line, line, line), ("2", "Семинар", "май", "Иванова И.И.")))
    body.append(table(MEETINGS, ("1", line, line, line, line)))
    return save(folder, "".join(body))


def _line(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def paragraph(text: str) -> str:
    return p(escape(text))


def table(*rows: Sequence[str]) -> str:
    return tbl(*(tr(*map(escape, row)) for row in rows))


def save(folder: Path, body: str) -> Path:
    path = folder / "plan.docx"
    path.write_bytes(make_docx(body))
    return path


@pytest.mark.parametrize("shape", [as_text, as_docx])
@pytest.mark.parametrize("unit", UNITS)
def test_a_line_of_one_thing(unit: str, shape: Callable[[str, int, Path], Path], tmp_path: Path) -> None:
    assert_linear(lambda size: shape(unit, size, tmp_path), 16_000 if shape is as_text else 2000)


# --- many lines ----------------------------------------------------------------------------------

NAMES = ["Иванова", "Петрова", "Сидорова", "Кузнецова", "Попова", "Соколова", "Лебедева"]
MONTHS = ["сентябрь", "октябрь", "ноябрь", "декабрь", "январь", "февраль", "март", "апрель", "май"]


def name(i: int) -> str:
    return f"{NAMES[i % 7]} {'АБВГДЕЖЗИК'[i % 10]}.{'ЛМНОПРСТ'[i // 10 % 8]}."


LINES: dict[str, Callable[[int], Sequence[str]]] = {
    "meetings": lambda i: [
        f"Заседание № {i + 1}. {MONTHS[i % 9]} 2023",
        f"1. Доклад «Чтение {i}» – {name(i)}, школа № {i % 90}",
        "2. Обмен опытом (учителя)",
        "",
    ],
    "meetings of one name": lambda i: ["Заседание. Октябрь 2023", "1. Доклад «Тема» – Иванова И.И.", ""],
    "questions": lambda i: [f"{i + 1}. Доклад «Тема {i}» – {name(i)}"],
    "prose": lambda i: [f"Просто строка текста без всякого смысла, номер {i}, и ещё слова"],
    "capitals": lambda i: [f"ЗАГОЛОВОК ЗАГЛАВНЫМИ {i}"],
    "labels": lambda i: [f"Нечто {i}: значение"],
    "goals": lambda i: [f"Цель: цель номер {i}"],
    "sections": lambda i: [f"{i + 1}. Раздел «Работа {i}»", "- одно дело, в течение года", "- другое дело"],
    "plans": lambda i: [TITLE, "Цель: что-то", "Заседание 1. Октябрь", "1. Доклад", ""],
    "members": lambda i: [f"{i + 1}. {name(i)}, учитель, МБОУ СОШ № {i}"],
    "surnames": lambda i: [f"{i + 1}. Доклад – {NAMES[i % 7][:-2]}{'абвгдежзик'[i % 10] * (i // 10)}ова А."],
    "one number, many towns": lambda i: [
        f"Доклад – Иванова И.И., школа № 1 г. Го{'абвгдежз'[i % 8] * (i % 50)}р"
    ],
    "months": lambda i: [MONTHS[i % 9].capitalize(), "Семинар для учителей"],
    "terms": lambda i: [f"{i % 28 + 1}.{i % 12 + 1:02}.2023 – Семинар «Чтение» – {name(i)}"],
    "pipes": lambda i: [f"| {i} | Семинар | {MONTHS[i % 9]} | {name(i)} |"],
    "tabs": lambda i: [f"{i}\tСеминар\t{MONTHS[i % 9]}\t{name(i)}"],
    "columns of spaces": lambda i: [f"{i:5}    Семинар     {MONTHS[i % 9]:10}   {name(i)}"],
    "tables": lambda i: ["", "№\tМероприятие\tСроки", f"{i}\tСеминар\tмай", "", "Просто текст"],
    "approvals": lambda i: ["УТВЕРЖДАЮ", f"Директор {name(i)}"],
    "signatures": lambda i: [f"Руководитель РМО: {name(i)}"],
    "letters": lambda i: ["а) дело"],
    "numbers": lambda i: [".".join(str(j % 9 + 1) for j in range(i % 6 + 1)) + ". Пункт"],
    "broken words": lambda i: ["методи-", "ческая"],
    "empty": lambda i: [""],
}


@pytest.mark.parametrize("kind", LINES)
def test_many_lines_of_text(kind: str, tmp_path: Path) -> None:
    def make(count: int) -> Path:
        path = tmp_path / "plan.txt"
        lines = itertools.chain([TITLE, "", "Заседание 1. Октябрь"], *(LINES[kind](i) for i in range(count)))
        path.write_text("\n".join(lines), "utf-8")
        return path

    assert_linear(make, 250)


def _rows(count: int) -> list[tuple[str, ...]]:
    return [(str(i), f"Семинар {i}", MONTHS[i % 9], f"{name(i)}, школа № {i % 80}") for i in range(count)]


TABLES: dict[str, Callable[[int], str]] = {
    "rows": lambda count: table(HEADINGS, *_rows(count)),
    "headings": lambda count: table(*[HEADINGS, _rows(1)[0]] * count),
    "meetings": lambda count: table(
        MEETINGS,
        *[(str(i), f"Тема {i}", MONTHS[i % 9], "1. Доклад. 2. Обмен", name(i)) for i in range(count)],
    ),
    "tables": lambda count: "".join(paragraph("Раздел") + table(HEADINGS, row) for row in _rows(count)),
    "columns": lambda count: table(
        [f"Сроки {i}" for i in range(count)], ["Семинар"] * count, ["май"] * count
    ),
    "people": lambda count: table(HEADINGS, ("1", "Семинар", "май", ", ".join(map(name, range(count))))),
}


@pytest.mark.parametrize("kind", TABLES)
def test_large_tables(kind: str, tmp_path: Path) -> None:
    def make(count: int) -> Path:
        return save(tmp_path, paragraph(TITLE) + TABLES[kind](count))

    assert_linear(make, 250)


def assert_linear(make: Callable[[int], Path], size: int) -> None:
    """The time for twice the size is about twice the time, at a size where that can be told."""
    while seconds(make(size)) < ENOUGH and size < 32_000:
        size *= 2
    ratios = []
    for _ in range(TRIES):
        one, two = seconds(make(size)), seconds(make(2 * size))
        if two < 2 * ENOUGH:
            return
        ratios.append(two / one)
        if ratios[-1] <= MOST:
            return
    pytest.fail(f"twice the size ({size}) takes {min(ratios):.1f} × the time")


def seconds(path: Path) -> float:
    """Processor seconds that the whole way of the file takes, waste of earlier files not counted."""
    gc.collect()
    begin = time.process_time()
    extract_file(path)
    return time.process_time() - begin
