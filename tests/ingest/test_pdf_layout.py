"""What stands where on the pages of a PDF: footnotes, headers, tables in cells, two blocks above the title."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.ingest.from_docx import read_docx
from extractor.ingest.from_pdf import read_pdf
from extractor.ingest.pdf.lines import Line
from extractor.ingest.pdf.notes import set_apart_notes, take_marks
from extractor.ingest.pdf.rulings import Rulings
from extractor.ingest.pdf.shapes import PageContent
from extractor.ingest.pdf.sheet import Sheet, Word
from extractor.model.source import Source
from tests.ingest.pdf_maker import FONT, PdfMaker, grid

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[2] / "samples" / "heldout"
needs_font = pytest.mark.skipif(not FONT.exists(), reason=f"нет шрифта {FONT} (fonts-dejavu)")


def read(data: bytes) -> Source:
    return read_pdf(Path("plan.pdf"), data)


def read_pair(name: str) -> tuple[Source, Source]:
    """The sample as DOCX and as the PDF that LibreOffice made of it."""
    path = SAMPLES / name / "plan.docx"
    return read_docx(path, path.read_bytes()), read((DATA / f"{name}.pdf").read_bytes())


def test_footnotes_stand_apart_and_leave_no_number() -> None:
    written, made = (
        [(block.part, block.text) for block in source.blocks if block.part == "footnote"]
        for source in read_pair("librarians-days-2019")
    )
    assert len(made) == 2
    assert made == written
    headings = [block.text for block in read_pair("librarians-days-2019")[1].blocks]
    assert "1. Единые методические дни" in headings


def word(text: str, left: float, base: float, raised: int = 0) -> Word:
    return Word(text, left, base - 10, left + 6 * len(text), base + 2, base, raised=raised)


def sheet(words: list[Word], *rulings: tuple[float, float, float]) -> Sheet:
    return Sheet(1, 595.0, 842.0, words, Rulings(list(rulings), []), 0)


NOTED = word("план1", 60, 100, raised=1)
SQUARE = word("м2", 60, 100, raised=1)
NOTE = [word("1", 60, 760), word("Утверждён", 80, 760)]
MARKS = [
    (sheet([NOTED, *NOTE], (740.0, 60.0, 200.0)), ["план", "1", "Утверждён"], 740.0),
    (sheet([NOTED, *NOTE]), ["план1", "1", "Утверждён"], None),
    (sheet([NOTED, *NOTE], (740.0, 60.0, 500.0)), ["план1", "1", "Утверждён"], None),
    (sheet([SQUARE, word("2023", 60, 760)], (740.0, 60.0, 200.0)), ["м2", "2023"], None),
]


@pytest.mark.parametrize(
    ("page", "texts", "top"), MARKS, ids=["note", "no line", "long line", "square metres"]
)
def test_raised_numbers_are_marks_where_a_note_explains_them(
    page: Sheet, texts: list[str], top: float | None
) -> None:
    found, notes_top = take_marks(page)
    assert [each.text for each in found.words] == texts
    assert notes_top == top


def test_a_note_of_two_lines_is_one() -> None:
    texts = ["план работы", "1 Утверждён на заседании,", "2023 год.", "2 Участие обязательно."]
    lines: list[Line] = []
    for at, text in enumerate(texts):
        base = 700.0 + 20 * at
        lines.append(
            Line(text, 1, 60, base - 10, 400, base + 2, base, len(text), 0, 0, 30, False, False, (60, 500))
        )
    page = PageContent(1, 595, 842, list(lines), 80, 0, (60, 500), notes_top=710.0)
    notes = set_apart_notes([page])
    assert [note.text for note in notes] == ["Утверждён на заседании, 2023 год.", "Участие обязательно."]
    assert page.items == lines[:1]


def test_tables_in_cells_are_nested() -> None:
    """They lean on the border of the cell at one side, and leave a strip at the other side and below."""
    written, made = (
        [block.text for block in source.blocks if block.inside and block.text]
        for source in read_pair("librarians-nested-2024")
    )
    assert made == written


FRONT = """
60 | РАССМОТРЕНО | 330 | УТВЕРЖДАЮ
60 | на заседании комиссии | 330 | Заведующий отделом
60 | протокол № 1 от 30.08.2024 | 330 | ________ Н.Ф. Ткач
60 | Председатель комиссии | 330 | «___» _______ 2024 г.
60 | ________ Г.П. Зорина
"""
LEFT = ["РАССМОТРЕНО", "на заседании комиссии", "протокол № 1 от 30.08.2024", "Председатель комиссии"]


@needs_font
def test_the_longer_of_two_blocks_above_the_title_stays_whole() -> None:
    page = [
        (230.0, 220.0, "ПЛАН   РАБОТЫ на год"),
        (60.0, 250.0, "Комиссия работает над темой года весь год"),
    ]
    for at, row in enumerate(FRONT.strip().split("\n")):
        pieces = [piece.strip() for piece in row.split("|")]
        for left, text in zip(pieces[::2], pieces[1::2], strict=True):
            page.append((float(left), 80.0 + 16 * at, text))
    texts = [block.text for block in read(PdfMaker().page(page).save()).blocks]
    assert texts[:5] == [*LEFT, "________ Г.П. Зорина"]
    assert "ПЛАН РАБОТЫ на год" in [text.replace("\t", " ") for text in texts]


def test_small_headers_of_two_pages_are_set_apart() -> None:
    """Two plans that begin alike share more lines than a header has; the header is smaller."""
    from extractor.ingest.pdf.margins import set_apart_margins

    pages = []
    for number in (1, 2):
        lines = []
        for at, text in enumerate(["Отдел образования", "УТВЕРЖДАЮ", "Директор центра", "План работы"]):
            base, size = 44.0 + 16 * at, 9.0 if at == 0 else 12.0
            lines.append(
                Line(
                    text,
                    number,
                    60,
                    base - 0.8 * size,
                    300,
                    base + 0.2 * size,
                    base,
                    9,
                    0,
                    0,
                    30,
                    False,
                    False,
                )
            )
        pages.append(PageContent(number, 595, 842, list(lines), 80, 0, (60, 500)))
    assert {line.text for _, line in set_apart_margins(pages)} == {"Отдел образования"}
    assert [len(page.items) for page in pages] == [3, 3]


# Tables with a table in the last column: columns of the outer one, then where lines across go from and to.
OUTER = [60.0, 90.0, 300.0, 520.0]
NESTED = (306.0, 420.0)


def draw_nested(top: float, *, alone: bool) -> list[tuple[float, float, float, float]]:
    """A row with a table in its last cell, which leans on the right border; `alone`: the cell holds nothing else."""
    begin = top if alone else top + 30
    ys = [begin + 30 * at for at in range(3)]
    bottom = ys[-1] + 10
    across = [(OUTER[0], y, OUTER[-1], y) for y in (top, bottom)]
    across += [(NESTED[0], y, OUTER[-1], y) for y in ys]
    down = [(x, top, x, bottom) for x in OUTER]
    return across + down + [(x, ys[0], x, ys[-1]) for x in NESTED]


@needs_font
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "below a text"])
def test_a_table_that_leans_on_its_cell_is_nested(alone: bool) -> None:
    header = [(OUTER[0], 60.0, OUTER[-1], 60.0)] + [(x, 60.0, x, 100.0) for x in OUTER]
    page = [(62.0, 80.0, "№"), (95.0, 80.0, "Тема"), (305.0, 80.0, "Вопросы"), (62.0, 120.0, "1")]
    page += [(95.0, 120.0, "Чтение вслух")] + ([] if alone else [(305.0, 120.0, "Повестка")])
    begin = 100.0 if alone else 130.0
    for row, texts in enumerate([("Доклад", "Зорина Г.П."), ("Игра", "Ткач Р.В.")]):
        page += [(310.0 + 114 * at, begin + 20 + 30 * row, text) for at, text in enumerate(texts)]
    source = read(PdfMaker().page(page, header + draw_nested(100.0, alone=alone)).save())
    nested = [(block.row, block.column, block.text, block.inside) for block in source.blocks if block.inside]
    home = (1, 2, 3)
    assert nested == [
        (1, 1, "Доклад", home),
        (1, 2, "Зорина Г.П.", home),
        (2, 1, "Игра", home),
        (2, 2, "Ткач Р.В.", home),
    ]
    outer = [(block.row, block.text) for block in source.blocks if not block.inside]
    rest = [] if alone else [(2, "Повестка")]
    assert outer == [(1, "№"), (1, "Тема"), (1, "Вопросы"), (2, "1"), (2, "Чтение вслух"), *rest]


# The last row of a page and the first of the next one: cells apart by «|», lines by «/»; whether it is one row.
# The row of the first page is 70 points high: four lines.
CUT_ROWS = [
    ("сбор | Заседание 1/и беседа/о книгах/для всех | 12 мая", " | Заседание 2 | июнь", False),
    ("сбор | Заседание 1/и беседа/о книгах/для всех", " | школ и садов", True),
    ("сбор | Заседание 1", " | чтение вслух", False),
]


@needs_font
@pytest.mark.parametrize(("last", "first", "one"), CUT_ROWS, ids=[case[0] for case in CUT_ROWS])
def test_a_row_cut_by_the_page_fills_its_cell(last: str, first: str, one: bool) -> None:
    """«июнь» below «12 мая» begins with a small letter, but had room on the page before."""
    pages = []
    xs = [60.0, 160.0, 380.0, 520.0][: last.count("|") + 2]
    for top, row in ((730.0, last), (60.0, first)):
        page = [
            (left + 4, top + 14 + 16 * at, text.strip())
            for left, cell in zip(xs, row.split("|"), strict=False)
            for at, text in enumerate(cell.split("/"))
            if text.strip()
        ]
        pages.append((page, grid(xs, [top, top + 70])))
    maker = PdfMaker()
    for page, lines in pages:
        maker.page(page, lines)
    source = read(maker.save())
    assert {block.table for block in source.blocks} == {1}
    assert ({block.row for block in source.blocks if block.column == 2} == {1}) is one


@needs_font
def test_rows_behind_a_cell_cut_by_the_page_are_counted_on() -> None:
    """The first cell goes over three rows, the last of them on the next page."""
    xs = [60.0, 160.0, 380.0]

    def draw(ys: list[float]) -> list[tuple[float, float, float, float]]:
        short = [(xs[1], y, xs[2], y) for y in ys[1:-1]]
        return short + [(xs[0], ys[0], xs[2], ys[0]), (xs[0], ys[-1], xs[2], ys[-1])]

    sides = [(x, 690.0, x, 790.0) for x in xs]
    first = [(64.0, 705.0, "Сборы"), (164.0, 705.0, "Чтение вслух"), (164.0, 735.0, "Игра.")]
    second = [(164.0, 75.0, "Выставка"), (64.0, 105.0, "Встречи"), (164.0, 105.0, "Урок мира")]
    ends = grid(xs, [60.0, 90.0, 120.0])
    source = read(PdfMaker().page(first, draw([690.0, 720.0, 790.0]) + sides).page(second, ends).save())
    rows = [(block.row, block.text) for block in source.blocks if block.text]
    assert rows == [
        (1, "Сборы"),
        (1, "Чтение вслух"),
        (2, "Игра."),
        (3, "Выставка"),
        (4, "Встречи"),
        (4, "Урок мира"),
    ]
