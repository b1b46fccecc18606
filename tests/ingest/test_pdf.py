"""PDF files as blocks: beside the DOCX they were made from, and page by page for each shape."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import DamagedFile, EncryptedFile, ExtractorError, TooLarge, UnknownFormat
from extractor.ingest.from_docx import read_docx
from extractor.ingest.from_pdf import read_pdf, show_pages
from extractor.ingest.limits import Limits
from extractor.ingest.ocr import engine as ocr_engine
from extractor.ingest.pdf.lines import Line
from extractor.ingest.pdf.paragraphs import join_texts
from extractor.ingest.pdf.text_layer import text_layer_is_rubbish
from extractor.model.source import Block, Source
from tests.ingest.pdf_maker import FONT, PdfMaker, grid

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[2] / "samples"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
MADE = ["librarians-2019", "history-2022", "rmo-english-2022", "school-library-2023"]
PAIRS = [(DATA / f"{name}.pdf", SAMPLES / name / "plan.docx") for name in MADE] + [
    (path, path.with_suffix(".docx")) for path in sorted(SEEDS.glob("*.pdf")) if ".scan" not in path.name
]
needs_font = pytest.mark.skipif(not FONT.exists(), reason=f"нет шрифта {FONT} (fonts-dejavu)")
BULLETS = "-–—•·●▪"


def read(data: bytes, **options: object) -> Source:
    return read_pdf(Path("plan.pdf"), data, **options)  # type: ignore[arg-type]


def texts(source: Source, part: str = "body") -> list[str]:
    return [block.text for block in source.blocks if block.part == part]


def cells(source: Source) -> list[tuple[int | None, int | None, int, int, str]]:
    return [
        (block.row, block.column, block.row_span, block.col_span, block.text)
        for block in source.blocks
        if block.kind == "cell"
    ]


def bare(text: str) -> str:
    """Letters and digits alone: how a line was broken is no matter."""
    return "".join(re.findall(r"\w", text))


def words_of(blocks: list[Block]) -> str:
    labels = (block.label if block.label and block.label.strip(BULLETS) else "" for block in blocks)
    return bare("".join(label + block.text for label, block in zip(labels, blocks, strict=True)))


def rows_of(blocks: tuple[Block, ...]) -> list[dict[tuple[int, int, int], str]]:
    """The rows of all tables: column and spans of each cell and what is written there, without empty rows."""
    rows: dict[tuple[int, int], dict[tuple[int, int, int], list[Block]]] = {}
    for block in blocks:
        if block.table and block.row and block.column:
            row = rows.setdefault((block.table, block.row), {})
            row.setdefault((block.column, block.row_span, block.col_span), []).append(block)
    read_rows = [{place: words_of(found) for place, found in row.items()} for row in rows.values()]
    return [row for row in read_rows if any(row.values())]


# Beside the DOCX


@pytest.mark.parametrize(("pdf", "docx"), PAIRS, ids=lambda path: path.stem)
def test_letters_are_those_of_the_docx(pdf: Path, docx: Path) -> None:
    made = [block for block in read(pdf.read_bytes()).blocks if block.part == "body"]
    written = [block for block in read_docx(docx, docx.read_bytes()).blocks if block.part == "body"]
    want, got = words_of(written), words_of(made)
    assert sorted(got) == sorted(want) or abs(len(got) - len(want)) <= 2  # a number of an empty list item


@pytest.mark.parametrize(("pdf", "docx"), PAIRS, ids=lambda path: path.stem)
def test_rows_are_those_of_the_docx(pdf: Path, docx: Path) -> None:
    """Cell by cell, with spans. Tables that follow each other are one on the page, as nobody can see."""
    made = rows_of(read(pdf.read_bytes()).blocks)
    written = rows_of(read_docx(docx, docx.read_bytes()).blocks)
    assert sum(row in written for row in made) >= 0.9 * len(made)


def test_paragraphs_are_those_of_the_docx() -> None:
    docx = SAMPLES / "librarians-2019" / "plan.docx"
    written = {bare(block.text) for block in read_docx(docx, docx.read_bytes()).blocks if block.text}
    made = {
        bare(block.text) for block in read((DATA / "librarians-2019.pdf").read_bytes()).blocks if block.text
    }
    assert len(written & made) >= 0.85 * len(written)


def test_row_cut_by_page_break_is_one_row() -> None:
    source = read((DATA / "history-2022.pdf").read_bytes())
    cell = [block for block in source.blocks if block.table == 1 and (block.row, block.column) == (3, 2)]
    assert [block.text[:2] for block in cell] == ["1.", "2.", "3.", "4."]
    assert {block.page for block in cell} == {1, 2}


def test_every_block_has_its_place() -> None:
    source = read((DATA / "rmo-english-2022.pdf").read_bytes())
    assert source.format == "pdf"
    assert source.pages == 2
    for number, block in enumerate(source.blocks):
        assert block.id == number
        assert block.page in (1, 2)
        assert block.bbox is not None
        left, top, right, bottom = block.bbox
        assert 0 <= left <= right <= 900
        assert 0 <= top <= bottom <= 900


def test_page_numbers_stand_apart() -> None:
    source = read((DATA / "rmo-english-2022.pdf").read_bytes())
    assert texts(source, "footer") == ["Страница 1", "Страница 2"]


# Page by page


@needs_font
def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [f"слева строка номер {number} идёт" for number in range(1, 9)]
    right = [f"справа строка номер {number} идёт" for number in range(1, 9)]
    page = [(60.0, 100.0 + 14 * at, line) for at, line in enumerate(left)]
    page += [(320.0, 100.0 + 14 * at, line) for at, line in enumerate(right)]
    read_text = " ".join(texts(read(PdfMaker().page(page).save())))
    assert read_text.index("слева строка номер 8") < read_text.index("справа строка номер 1")
    assert "справа строка номер 8" in read_text


ROWS = [("№", "Тема", "Срок"), ("1", "Чтение вслух", "май"), ("2", "Урок", "июнь"), ("3", "Игра", "июль")]


@needs_font
def test_table_without_lines_is_found_by_its_columns() -> None:
    page = [
        (left, 100.0 + 16 * row, text)
        for row, line in enumerate(ROWS)
        for left, text in zip((60.0, 120.0, 400.0), line, strict=True)
    ]
    found = cells(read(PdfMaker().page(page).save()))
    want = [
        (row, column, 1, 1, text) for row, line in enumerate(ROWS, 1) for column, text in enumerate(line, 1)
    ]
    assert found == want


UNRULED = """
№ | Мероприятие | Сроки | Ответственные
1 | Заседание/педагогического/совета | 30.08.2024 | Иванова А.П.,/директор
2 | День знаний | 1 сентября | Классные/руководители
3 | Проверка/журналов | в течение года | Петров С.В., зам./директора по/УВР
"""
SECTIONS = """
№ | Мероприятие | Сроки | Ответственные
= I. Организационная работа и всё, что к ней относится
1.1 | Заседание/совета | август | Иванова А.П.
1.2 | День знаний |  | Классные/руководители
= II. Методическая работа, семинары и открытые уроки
2.1 | Семинар | март | Петров С.В.,/учитель
"""
WRAPPED = """
Цели | Формы | Сроки
Повышение/квалификации/учителей | Курсы/1. Иванова/2. Петрова/3. Сидорова | май
Обмен/опытом | Семинары/и встречи | июнь
Рост | Беседы | июль
"""


def set_table(table: str, lefts: tuple[float, ...], *, top: float = 100.0) -> list[tuple[float, float, str]]:
    """The table without lines as a word processor writes it: cell after cell, each from its first line."""
    page, base = [], top
    for row in table.strip().split("\n"):
        texts = [cell.strip().split("/") for cell in row.lstrip("=").split("|")]
        places = (150.0,) if row.startswith("=") else lefts
        for left, lines in zip(places, texts, strict=True):
            page += [(left, base + 13 * at, line) for at, line in enumerate(lines) if line]
        base += 13 * max(map(len, texts))
    return page


@needs_font
@pytest.mark.parametrize(
    ("table", "lefts"),
    [
        (UNRULED, (72.0, 185.0, 298.0, 411.0)),
        (UNRULED, (72.0, 95.0, 195.0, 290.0)),
        (SECTIONS, (72.0, 110.0, 240.0, 330.0)),
        (WRAPPED, (72.0, 160.0, 330.0)),
    ],
    ids=["wide", "narrow", "sections", "wrapped"],
)
def test_table_without_lines_keeps_cells_of_several_lines(table: str, lefts: tuple[float, ...]) -> None:
    above = [(72.0, 60.0, "План работы школы на 2024-2025 учебный год")]
    source = read(PdfMaker().page(above + set_table(table, lefts)).save())
    found = [[""] * len(lefts) for _ in table.strip().split("\n")]
    for block in source.blocks:
        if block.table:
            assert block.row and block.column
            row = found[block.row - 1]
            row[block.column - 1] = f"{row[block.column - 1]} {block.text}".strip()
    want = [
        [cell.strip().replace("/", " ") for cell in row.lstrip("=").split("|")]
        for row in table.strip().split("\n")
    ]
    assert found == [row + [""] * (len(lefts) - len(row)) for row in want]
    assert texts(source)[0] == "План работы школы на 2024-2025 учебный год"


@needs_font
def test_table_without_lines_goes_on_over_pages() -> None:
    lefts = (72.0, 110.0, 240.0, 330.0)
    rows = [f"{number} | Семинар {number}/для учителей | май | Иванова А.П." for number in range(1, 7)]
    first = set_table("\n".join(["№ | Мероприятие | Сроки | Кто", *rows[:3]]), lefts, top=700.0)
    second = set_table("\n".join(rows[3:]), lefts, top=70.0)
    source = read(PdfMaker().page(first).page(second).save())
    assert {block.table for block in source.blocks} == {1}
    assert [b.text for b in source.blocks if b.column == 1] == ["№", "1", "2", "3", "4", "5", "6"]
    assert [b.text for b in source.blocks if b.column == 4] == ["Кто", *["Иванова А.П."] * 6]


JUSTIFIED = """
- изучение | педагогических, | и других
потребностей библиотекарей и оказание им помощи
- содействие освоению | новых | информационных
технологий во всех школах района и города
- обобщение | передового | опыта
и проведение открытых уроков и мероприятий
- оказание | методической помощи | молодым
"""


@needs_font
def test_justified_text_is_no_table() -> None:
    lines, page = JUSTIFIED.strip().split("\n"), []
    for at, line in enumerate(lines):
        pieces = line.split(" | ")
        lefts = [72.0 if line[0] == "-" else 80.0, 190.0 + 31 * (at % 3), 330.0 + 23 * (at % 4)]
        page += [(left, 100.0 + 14 * at, piece) for left, piece in zip(lefts, pieces, strict=False)]
    assert cells(read(PdfMaker().page(page).save())) == []


def test_real_table_without_lines_has_the_cells_of_its_document() -> None:
    """Made by LibreOffice from the sample, the borders taken away; where its second page begins, the table is another."""
    cells_of: list[dict[tuple[int | None, int | None], str]] = []
    for source in (read_docx_sample("mathematics-2022"), read((DATA / "unruled-2022.pdf").read_bytes())):
        found: dict[tuple[int | None, int | None], str] = {}
        for block in source.blocks:
            if block.table == 1 and block.row and block.row < 20 and block.text:
                place = (block.row, block.column)
                found[place] = found.get(place, "") + bare(block.text)
        cells_of.append(found)
    ours = sum(cells_of[0].get(place) == text for place, text in cells_of[1].items())
    assert len(cells_of[0]) > 55
    assert ours >= 0.95 * len(cells_of[0])


def read_docx_sample(name: str) -> Source:
    path = SAMPLES / name / "plan.docx"
    return read_docx(path, path.read_bytes())


@needs_font
def test_cells_over_columns_and_rows_have_spans() -> None:
    lines = [
        (60.0, 100.0, 360.0, 100.0),
        (60.0, 130.0, 360.0, 130.0),
        (160.0, 160.0, 360.0, 160.0),
        (60.0, 190.0, 360.0, 190.0),
        (60.0, 100.0, 60.0, 190.0),
        (160.0, 130.0, 160.0, 190.0),
        (260.0, 130.0, 260.0, 190.0),
        (360.0, 100.0, 360.0, 190.0),
    ]
    page = [(100.0, 120.0, "Раздел"), (70.0, 150.0, "Май"), (170.0, 150.0, "Игра"), (270.0, 180.0, "Урок")]
    assert cells(read(PdfMaker().page(page, lines).save())) == [
        (1, 1, 1, 3, "Раздел"),
        (2, 1, 2, 1, "Май"),
        (2, 2, 1, 1, "Игра"),
        (2, 3, 1, 1, ""),
        (3, 2, 1, 1, ""),
        (3, 3, 1, 1, "Урок"),
    ]


@needs_font
@pytest.mark.parametrize("turn", [0, 90, 270])
def test_turned_pages_read_like_upright_ones(turn: int) -> None:
    page = [(60.0, 100.0, "План работы на год"), (60.0, 140.0, "Цель: развитие чтения")]
    source = read(PdfMaker().page(page, turn=turn).save())
    assert texts(source) == ["План работы на год", "Цель: развитие чтения"]
    box = source.blocks[0].bbox
    assert box is not None
    assert box[0] == pytest.approx(60, abs=2)
    assert box[3] == pytest.approx(102, abs=3)


@needs_font
def test_table_goes_on_over_pages_and_its_headings_are_set_apart() -> None:
    xs, ys = [60.0, 100.0, 300.0], [700.0, 730.0, 760.0]
    first = [(65.0, 720.0, "№"), (105.0, 720.0, "Тема"), (65.0, 750.0, "1."), (105.0, 750.0, "Чтение")]
    second = [(65.0, 80.0, "№"), (105.0, 80.0, "Тема"), (65.0, 110.0, "2."), (105.0, 110.0, "Игра")]
    maker = PdfMaker().page(first, grid(xs, ys)).page(second, grid(xs, [60.0, 90.0, 120.0]))
    source = read(maker.save())
    body = [(b.table, b.row, b.column, b.text) for b in source.blocks if b.part == "body"]
    assert body == [(1, 1, 1, "№"), (1, 1, 2, "Тема"), (1, 2, 1, "1."), (1, 2, 2, "Чтение")] + [
        (1, 3, 1, "2."),
        (1, 3, 2, "Игра"),
    ]
    assert texts(source, "header") == ["№", "Тема"]


@needs_font
def test_headers_and_numbers_of_pages_are_set_apart() -> None:
    maker = PdfMaker()
    for number in range(1, 5):
        maker.page(
            [
                (60.0, 40.0, "Отдел образования"),
                (60.0, 120.0, f"Абзац страницы {'абвг'[number - 1]}."),
                (290.0, 810.0, f"- {number} -"),
            ]
        )
    source = read(maker.save())
    assert texts(source) == [f"Абзац страницы {letter}." for letter in "абвг"]
    assert texts(source, "header") == ["Отдел образования"]
    assert texts(source, "footer") == ["- 1 -", "- 2 -", "- 3 -", "- 4 -"]


@needs_font
def test_typed_bullets_are_labels() -> None:
    page = [(60.0, 100.0, "• чтение вслух;"), (60.0, 120.0, "– игра."), (60.0, 140.0, "1. Разное")]
    source = read(PdfMaker().page(page).save())
    assert [(block.kind, block.label, block.text) for block in source.blocks] == [
        ("list_item", "•", "чтение вслух;"),
        ("list_item", "–", "игра."),
        ("paragraph", None, "1. Разное"),
    ]


@pytest.fixture
def no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "what_is_missing", lambda: "установите распознавание")


@needs_font
@pytest.mark.usefixtures("no_recogniser")
def test_pages_without_text_are_named() -> None:
    maker = PdfMaker().page([(60.0, 100.0, "План работы")]).page(picture=True).page(picture=True)
    source = read(maker.save())
    assert [(note.code, note.severity) for note in source.notes] == [("ocr-missing", "warning")]
    assert "страницы 2–3" in source.notes[0].message


@needs_font
@pytest.mark.usefixtures("no_recogniser")
def test_a_scan_is_said_to_be_one() -> None:
    with pytest.raises(UnknownFormat, match="скан.*установите"):
        read(PdfMaker().page(picture=True).save())


@needs_font
def test_too_many_cells_are_refused() -> None:
    page = PdfMaker().page([(65.0, 90.0, "План")], grid([60.0, 100.0, 300.0], [60.0, 100.0, 130.0])).save()
    assert len(cells(read(page))) == 4
    with pytest.raises(TooLarge):
        read(page, limits=Limits(cells=3))


# What a file cannot give


def test_locked_file_asks_for_its_password() -> None:
    data = (DATA / "locked.pdf").read_bytes()
    with pytest.raises(EncryptedFile, match="закрыт паролем"):
        read(data)
    with pytest.raises(EncryptedFile, match="не подходит"):
        read(data, password="x")
    assert texts(read(data, password="secret")) == ["План работы районного методического объединения"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"x" * 1000, b"%PDF-1.4\n%%EOF"])
def test_broken_files_are_damaged(data: bytes) -> None:
    with pytest.raises(DamagedFile):
        read(data)


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(sorted(DATA.glob("*.pdf"))),
    st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 255)), min_size=1, max_size=40),
    st.integers(0, 40_000),
)
def test_bytes_changed_or_cut_give_blocks_or_an_error(
    path: Path, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(path.read_bytes())
    for place, value in changes:
        data[place % len(data)] = value
    with suppress(ExtractorError):
        assert read(bytes(data[: len(data) - cut])).blocks is not None


# Words


def line(text: str, room: float = 100.0, *, lone: bool = False, spaced: bool = False) -> Line:
    right = 200.0 - room
    return Line(text, 1, 0, 0, right, 10, 8, len(text), 0, 0, 30, lone, spaced, (0.0, 200.0))


JOINED = [
    (line("Совершенст-"), "вование работы", "Совершенствование работы"),
    (line("Нормативно-"), "правовое поле", "Нормативно-правовое поле"),
    (line("педагогов-"), "библиотекарей", "педагогов-библиотекарей"),
    (line("г. Санкт-"), "Петербург", "г. Санкт-Петербург"),
    (line("Сентябрь-"), "октябрь", "Сентябрь-октябрь"),
    (line("2021-"), "2022 уч. год", "2021-2022 уч. год"),
    (line("Педагоги -"), "библиотекари", "Педагоги - библиотекари"),
    (line("организационно-", spaced=True), "методическая", "организационно- методическая"),
    (line("профессиональн", 0, lone=True), "ые объединения", "профессиональные объединения"),
    (line("методическо", 0, lone=True), "й работы", "методической работы"),
    (line("школьный", 0, lone=True), "урок", "школьный урок"),
    (line("14.02.202", 0, lone=True), "4 г.", "14.02.2024 г."),
    (line("база «Снежинка"), "», стадион", "база «Снежинка», стадион"),
    (line("Обмен опытом"), "учителей", "Обмен опытом учителей"),
]


@pytest.mark.parametrize(("above", "following", "joined"), JOINED, ids=[case[2] for case in JOINED])
def test_words_broken_over_lines(above: Line, following: str, joined: str) -> None:
    assert join_texts(above.text, following, above) == joined


LAYERS = [
    ("План работы районного методического объединения учителей на год", False),
    ("Ïëàí ðàáîòû ðàéîííîãî ìåòîäè÷åñêîãî îáúåäèíåíèÿ ó÷èòåëåé íà ãîä", True),
    ("Gkfy hf,jns hfqjyyjuj vtnjlbxtcrjuj j,]tlbytybz exbntktq yf ujl", True),
    ("\ue010\ue011\ue012 \ue013\ue014" * 12, True),
    ("The plan of the work of the association is for all teachers to read and to keep", False),
    ("План", False),
    ("Ploaia de stele", False),
]


@pytest.mark.parametrize(("text", "rubbish"), LAYERS)
def test_text_layers_of_wrong_letters(text: str, rubbish: bool) -> None:
    assert text_layer_is_rubbish(text) is rubbish


def test_pages_are_named_by_ranges() -> None:
    assert show_pages([3]) == "страница 3"
    assert show_pages([1, 4, 5, 6]) == "страницы 1, 4–6"
