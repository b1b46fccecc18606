"""Where a paragraph ends in a PDF: by the spaces that the file types, by words, by tabs."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.ingest.from_pdf import read_pdf
from extractor.ingest.pdf.beginnings import begins_by_words, goes_on_by_words
from extractor.ingest.pdf.lines import Line
from extractor.ingest.pdf.paragraphs import join_texts
from tests.ingest.pdf_maker import FONT, PdfMaker

needs_font = pytest.mark.skipif(not FONT.exists(), reason=f"нет шрифта {FONT} (fonts-dejavu)")

# A line of the page that ends with «~» has a space typed at its end; one that begins with «=» is a new paragraph.
TEACHES = """
=Методическое объединение учителей музыки работает с 2019 года и~
объединяет учителей всех школ округа, а также педагогов студии~
дополнительного образования.
"""
LISTS = {
    "tasks": """
=провести обмен опытом по использованию записей на уроке музыки
=познакомить учителей с технологиями хорового и сольного пения в~
начальной школе
=активизировать участие школьников в конкурсах
""",
    "capital letters inside": """
=Заседание проводит руководитель объединения на базе МБОУ~
Лицей имени Зорина, ответственный за встречу гостей учитель~
Мария Зорина
=Руководитель объединения Зорина Галина Павловна
""",
    "places below dates": """
=Первое заседание состоится 24 октября 2023 года в Озёрном
=МБОУ «Озёрная СОШ», кабинет 12, начало в 10 часов
""",
}


def type_page(text: str) -> list[tuple[float, float, str]]:
    lines = [line.lstrip("=").replace("~", " ") for line in text.strip().split("\n")]
    return [(60.0, 80.0 + 14 * at, line) for at, line in enumerate(lines)]


def want_paragraphs(text: str) -> list[str]:
    joined = text.strip().replace("~\n", " ").replace("\n=", "\n").lstrip("=")
    return joined.split("\n")


def read_texts(*pages: list[tuple[float, float, str]]) -> list[str]:
    maker = PdfMaker()
    for page in pages:
        maker.page(page)
    return [block.text for block in read_pdf(Path("plan.pdf"), maker.save()).blocks]


@needs_font
@pytest.mark.parametrize("name", LISTS)
def test_spaces_at_the_ends_of_lines_tell_where_paragraphs_end(name: str) -> None:
    """Learnt from a text that nobody can read in two ways."""
    taught = TEACHES + "".join(f"=Школа {number}\n" for number in range(1, 10))
    text = taught.rstrip() + LISTS[name]
    assert read_texts(type_page(text)) == want_paragraphs(text)


@needs_font
def test_a_file_without_such_spaces_teaches_nothing() -> None:
    text = TEACHES.replace("~", "")
    assert len(read_texts(type_page(text))) == 1


BEGINS = [
    ("цель: развитие сети", "Задачи:", True),
    ("филиал школы в с. Ивовка", "Форма: круглый стол", True),
    ("в День библиотекаря.", "Руководитель РМО: Зорина Г.П., школа № 6", True),
    ("Руководитель – Зорина Г.П.", "Методическая тема школы: «Урок»", True),
    ("оказание помощи,", "Задачи: обмен опытом", False),
    ("ответственный за", "Отчёт: Зорина", False),
    ("Зорина Г.П., руководитель РМО", "Ткач Р.В., школа № 3", True),
    ("Зорина Галина Павловна – руководитель", "Ткач Роман Викторович – школа № 3", True),
    ("Зорина Г.П., школа имени", "Зуевой Р.В.", False),
    ("Зорина Г.П. и", "Ткач Р.В.", False),
    ("провести обмен опытом на уроке", "познакомить учителей с новым", True),
    ("провести обмен опытом и", "познакомить учителей с новым", False),
    ("обмен опытом на уроке", "познакомить учителей с новым", False),
    ("25 января 2023 года", "д/с № 5", True),
    ("24.04.2025", "Школа искусств", True),
    ("28 августа 2024 г.", "в 10.00", False),
    ("Заместитель директора", "_________ Г.П. Зорина", True),
    ("Разделы, которые не пройдены:", "______________________", False),
]


@pytest.mark.parametrize(
    ("above", "line", "begins"), BEGINS, ids=[f"{one} | {two}" for one, two, _ in BEGINS]
)
def test_words_with_which_a_paragraph_begins(above: str, line: str, begins: bool) -> None:
    assert begins_by_words(above, above, line) is begins


GOES_ON = [
    ("Тема: «Качество образования:", "от среды к развитию»", True),
    ("Тема: «Качество образования»", "от среды к развитию»", False),
    ("Тема: «Качество образования", "Цель: «развитие»", False),
    ("Доклад (Зорина Г.П.,", "школа № 3)", True),
    ("ответственная Зорина Г.", "Х., педагог", True),
    ("Занятие кружка", "Х. Тема занятия", False),
]


@pytest.mark.parametrize(
    ("above", "line", "goes_on"), GOES_ON, ids=[f"{one} | {two}" for one, two, _ in GOES_ON]
)
def test_words_with_which_a_paragraph_goes_on(above: str, line: str, goes_on: bool) -> None:
    assert goes_on_by_words(above, line) is goes_on


def line(text: str, room: float, *, lone: bool = False) -> Line:
    right = 200.0 - room
    return Line(text, 1, 0, 0, right, 12, 10, len(text), 0, 0, 30, lone, False, (0.0, 200.0))


CUT = [
    (line("2.", 5.9, lone=True), "1", "2.1"),
    (line("24.09.202", 7.4, lone=True), "0", "24.09.2020"),
    (line("I", 6, lone=True), "X", "IX"),
    (line("Ответственн", 9.3, lone=True), "ый", "Ответственный"),
    (line("учитель", 40, lone=True), "1 класса", "учитель 1 класса"),
    (line("2.", 90, lone=True), "1", "2. 1"),
    (line("педагоги-", 20, lone=True), "библиотекар", "педагоги-библиотекар"),
    (line("Системно-", 20), "деятельностный подход", "Системно-деятельностный подход"),
    (line("Зорина Г.П., rmo-", 20), "les@zorino.example", "Зорина Г.П., rmo-les@zorino.example"),
]


@pytest.mark.parametrize(("above", "following", "joined"), CUT, ids=[case[2] for case in CUT])
def test_numbers_and_words_cut_by_narrow_columns(above: Line, following: str, joined: str) -> None:
    assert join_texts(above.text, following, above) == joined


# Rows made with tabs: a piece a place; «/» ends a line, what stands behind it begins the next one at the left side
# («>»: at the first stop, since the tab had no room).
ROWS = """
1. | День знаний в библиотеке | 1 сентября | все /педагоги
2. | Проверка фондов учебников | 20-25 сентября | комиссия
3. | Викторина по творчеству юбиляров года |  | 12 октября />Ткач Р.В.
4. | Декада правовой книги | 1 - 10 декабря | Школьные /библиотеки
5. | Смотр читательских уголков | 14 февраля | Зорина Г.П., /Ткач Р.В.
6. | Вечер у книжной полки для всех | 22 апреля | Зорина Г.П.
"""
STOPS = (60.0, 88.0, 290.0, 480.0)


@needs_font
def test_rows_made_with_tabs_stay_lines() -> None:
    page, want, base = [], [], 100.0
    for row in ROWS.strip().split("\n"):
        first, _, rest = row.partition("/")
        pieces = first.split("|")
        for place, piece in zip(STOPS, pieces, strict=True):
            text = piece.strip()
            if text:
                ends = " " if piece is pieces[-1] and rest and not rest.startswith(">") else ""
                page.append((place, base, text + ends))
        if rest:
            base += 14
            page.append((STOPS[1] if rest.startswith(">") else STOPS[0], base, rest.lstrip(">")))
        base += 18
        number, *cells = [piece.strip() for piece in pieces if piece.strip()]
        tail = ("\t" if rest.startswith(">") else " ") + rest.lstrip(">") if rest else ""
        want.append(f"{number} " + "\t".join(cells) + tail)
    found = [text.replace("\t", " ", 1) if text[2:3] == "\t" else text for text in read_texts(page)]
    assert found == want
