"""Scans: pages drawn here, made pictures, recognised. Where Tesseract is missing these tests are skipped."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from extractor.errors import (
    DamagedFile,
    EmptyFile,
    ExtractorError,
    TimedOut,
    TooLarge,
    UnknownFormat,
)
from extractor.ingest.ocr import engine as ocr_engine
from extractor.ingest.ocr import time as ocr_time
from extractor.ingest.ocr.engine import OcrMissing, Reading, what_is_missing
from extractor.ingest.ocr.places import Setting, restore_boxes
from extractor.ingest.ocr.repair import repair_blocks, repair_word
from extractor.model.source import Block, Source
from tests.conftest import ROOT

MISSING = what_is_missing()
needs_ocr = pytest.mark.skipif(MISSING is not None, reason=f"no text recognition here: {MISSING}")

if MISSING is None:
    import numpy as np
    import pypdfium2
    from PIL import Image

    from extractor.ingest import from_pdf, from_scan
    from extractor.ingest.from_scan import read_image, read_scan_pdf
    from extractor.ingest.ocr.page import clean_page, find_skew, turn_picture
    from extractor.ingest.pdf.grid import find_grids
    from extractor.ingest.pdf.sheet import read_sheet
    from tests.ingest.pdf_maker import FONT, PdfMaker, grid

    needs_font = pytest.mark.skipif(not FONT.exists(), reason=f"no font {FONT}")
else:
    needs_font = needs_ocr

PROSE = [
    (150.0, 80.0, "План работы РМО учителей истории"),
    (60.0, 110.0, "Заседание проводится в сентябре, ответственный Петров А.И."),
    (60.0, 126.0, "Подготовка районной олимпиады по краеведению."),
]
TABLE_XS, TABLE_YS = (60.0, 130.0, 330.0, 450.0), (200.0, 230.0, 270.0, 310.0, 350.0)
TABLE = [
    (70.0, 218.0, "№"),
    (140.0, 218.0, "Содержание"),
    (340.0, 218.0, "Сроки"),
    (70.0, 250.0, "2.1.1."),
    (140.0, 250.0, "Обсуждение программы"),
    (340.0, 250.0, "Сентябрь"),
    (70.0, 290.0, "2.1.2."),
    (140.0, 290.0, "Открытые уроки"),
    (340.0, 290.0, "-"),
    (70.0, 330.0, "2.2"),
    (140.0, 330.0, "Библиотекари"),
    (140.0, 342.0, "ОО"),
    (340.0, 330.0, "Май"),
]


def draw(texts: Sequence[tuple[float, float, str]] = PROSE, *, table: bool = False) -> Image.Image:
    """A page of A4 as a picture of 200 dpi."""
    lines = grid(TABLE_XS, TABLE_YS) if table else []
    data = PdfMaker().page([*texts, *(TABLE if table else [])], lines, size=11.0).save()
    return pypdfium2.PdfDocument(data)[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")


def as_scan(*pictures: Image.Image) -> bytes:
    buffer = io.BytesIO()
    first, *rest = pictures
    first.save(buffer, "PDF", save_all=True, append_images=rest, resolution=200)
    return buffer.getvalue()


def as_file(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def words(source: Source) -> str:
    return " ".join(block.text for block in source.blocks)


@pytest.fixture(scope="module")
def scanned_table() -> Source:
    picture = draw(PROSE, table=True)
    rng = np.random.default_rng(1)
    level = np.asarray(picture).astype(np.float32)
    grain = np.clip(turn_picture(level.astype(np.uint8), 0.9) + rng.normal(-8, 6, level.shape), 0, 255)
    return read_scan_pdf(Path("план.pdf"), as_scan(Image.fromarray(grain.astype(np.uint8))))


@needs_ocr
@needs_font
class TestPages:
    def test_words_and_facts_of_the_file(self, scanned_table: Source) -> None:
        assert (scanned_table.format, scanned_table.ocr, scanned_table.pages) == ("pdf", True, 1)
        assert "План работы РМО учителей истории" in words(scanned_table)
        assert "ответственный Петров А.И." in words(scanned_table)

    def test_cells(self, scanned_table: Source) -> None:
        cells: dict[tuple[int | None, int | None], str] = {}
        for block in scanned_table.blocks:
            if block.table == 1:
                place = (block.row, block.column)
                cells[place] = f"{cells.get(place, '')} {block.text}".strip()
        assert [cells[row, 1] for row in (2, 3, 4)] == ["2.1.1.", "2.1.2.", "2.2"]
        assert [cells[row, 3] for row in (1, 2, 3, 4)] == ["Сроки", "Сентябрь", "-", "Май"]
        assert cells[4, 2] == "Библиотекари ОО"

    def test_boxes_are_points_of_the_page_as_it_lies(self, scanned_table: Source) -> None:
        month = next(block for block in scanned_table.blocks if block.text == "Сентябрь")
        assert month.page == 1 and month.bbox is not None
        left, top, right, bottom = month.bbox
        assert abs(left - 340) < 8 and abs(bottom - 250) < 10 and right - left < 70 and bottom - top < 25

    def test_tiff_of_two_pages(self) -> None:
        data = as_file(
            draw(), "TIFF", save_all=True, append_images=[draw([(60, 100, "Вторая страница плана")])]
        )
        source = read_image(Path("план.tif"), data)
        assert (source.format, source.ocr, source.pages) == ("image", True, 2)
        assert {block.page for block in source.blocks} == {1, 2}
        assert "Вторая страница плана" in words(source)

    @pytest.mark.parametrize("quarters", [1, 2])
    def test_pages_that_lie_on_their_side(self, quarters: int) -> None:
        page = [(60.0, 80.0 + 16 * at, "Методическое объединение учителей истории района") for at in range(6)]
        turned = Image.fromarray(np.rot90(np.asarray(draw(page)), quarters).copy())
        source = read_image(Path("план.png"), as_file(turned, "PNG", dpi=(200, 200)))
        assert words(source).count("Методическое объединение учителей истории") == 6

    @pytest.mark.parametrize(
        ("kind", "mode"),
        [("PNG", "RGBA"), ("PNG", "1"), ("PNG", "P"), ("JPEG", "RGB"), ("TIFF", "CMYK"), ("BMP", "L")],
    )
    def test_kinds_of_pictures(self, kind: str, mode: str) -> None:
        cut = draw().crop((100, 180, 1500, 380))
        source = read_image(Path("план"), as_file(cut.convert(mode), kind, dpi=(200, 200)))
        assert "план работы" in words(source).lower()

    def test_only_pages_without_text_are_recognised(self) -> None:
        source = read_scan_pdf(Path("план.pdf"), mixed())
        assert source.ocr and source.pages == 2
        assert [note.code for note in source.notes if note.code.startswith("ocr-p")] == ["ocr-pages"]
        assert "Заседание проводится" in words(source) and "Страница с текстом" in words(source)

    def test_each_page_is_read_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pages: list[int] = []
        data = mixed()
        for module in (from_pdf, from_scan):
            monkeypatch.setattr(
                module, "read_sheet", lambda page, number: pages.append(number) or read_sheet(page, number)
            )
        source = from_pdf.read_pdf(Path("план.pdf"), data)
        assert pages == [1, 2]
        assert source == read_scan_pdf(Path("план.pdf"), data)

    def test_doubtful_words_are_noted(self) -> None:
        picture = np.asarray(draw()).astype(np.float32)
        rng = np.random.default_rng(3)
        spoilt = np.clip(255 - (255 - picture) * 0.5 + rng.normal(0, 60, picture.shape), 0, 255)
        small = Image.fromarray(spoilt.astype(np.uint8)).resize((600, 850)).crop((0, 0, 600, 200))
        try:
            source = read_image(Path("план.png"), as_file(small, "PNG", dpi=(72, 72)))
        except EmptyFile:
            return
        notes = [note for note in source.notes if note.code == "ocr-uncertain"]
        homes = [note.block for note in notes if note.block is not None]
        assert len(homes) == len(set(homes)) <= 20
        assert all(note.severity == "warning" and note.message.endswith(".") for note in notes)


def mixed() -> bytes:
    """A page with text, a page that is a picture."""
    document = pypdfium2.PdfDocument(
        PdfMaker().page([(60.0, 100.0 + 20 * at, "Страница с текстом") for at in range(5)]).save()
    )
    document.import_pages(pypdfium2.PdfDocument(as_scan(draw())))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@needs_ocr
class TestLattice:
    def test_grid_of_faint_and_broken_lines(self) -> None:
        page = np.full((900, 1200), 250, np.uint8)
        for x in (100, 400, 700, 1000):
            page[100:601, x : x + 2] = 60
        for y in (100, 200, 300, 400, 500, 600):
            page[y : y + 2, 100:1002] = 60
        page[300:302, 520:560] = 250  # a gap in the middle of a cell
        page[400:402, 100:1002:30] = 250  # a line of dashes
        found = find_grids(clean_page(page).rulings, 1000, "x")
        assert [(len(one.xs), len(one.ys), len(one.frames)) for one in found] == [(4, 6, 15)]

    def test_table_cut_off_by_the_edge_of_the_page(self) -> None:
        page = np.full((900, 1200), 250, np.uint8)
        for y in (100, 300, 500):
            page[y : y + 2, 200:] = 60
        for x in (200, 600):
            page[100:502, x : x + 2] = 60
        found = find_grids(clean_page(page).rulings, 1000, "x")
        assert [len(one.frames) for one in found] == [4]

    @needs_font
    @pytest.mark.parametrize("angle", [-3.0, -0.4, 0.0, 1.3, 5.0])
    def test_skew(self, angle: float) -> None:
        text = [
            (60.0, 80.0 + 18 * at, "Методическое объединение учителей истории района") for at in range(30)
        ]
        page = np.asarray(draw(text))
        assert find_skew(turn_picture(page, angle)) == pytest.approx(-angle, abs=0.15)


@needs_ocr
@needs_font
class TestMissing:
    @pytest.fixture(autouse=True)
    def without_ocr(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr_engine, "what_is_missing", lambda: "установите русскую модель Tesseract")

    def test_scan_says_what_to_install(self) -> None:
        with pytest.raises(UnknownFormat, match="не установлено: установите русскую модель Tesseract"):
            read_scan_pdf(Path("план.pdf"), as_scan(draw()))

    def test_picture_says_what_to_install(self) -> None:
        with pytest.raises(UnknownFormat, match="установите русскую модель"):
            read_image(Path("план.png"), as_file(draw(), "PNG"))

    def test_rest_of_a_mixed_file_is_read(self) -> None:
        source = read_scan_pdf(Path("план.pdf"), mixed())
        assert not source.ocr and "Страница с текстом" in words(source)
        (note,) = source.notes
        assert note.code == "ocr-missing" and "страница 2" in note.message


def test_model_is_looked_for_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tessdata"
    folder.mkdir()
    (folder / "rus.traineddata").write_bytes(b"x" * 200_000)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    ocr_engine.find_model.cache_clear()
    try:
        assert ocr_engine.find_model() == folder
        monkeypatch.delenv("TESSDATA_PREFIX")
        monkeypatch.setattr(ocr_engine, "_FOLDERS", (str(tmp_path / "none"),))
        ocr_engine.find_model.cache_clear()
        assert ocr_engine.find_model() is None
    finally:
        ocr_engine.find_model.cache_clear()


def test_missing_model_is_an_exception_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "what_is_missing", lambda: "установите её")
    with pytest.raises(OcrMissing, match="установите её"):
        ocr_engine.Engine()


@needs_ocr
@needs_font
class TestTime:
    def test_pages_that_came_too_late_are_noted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        answers = iter([False, True])
        monkeypatch.setattr(ocr_time.Clock, "is_over", lambda self: next(answers))
        source = read_scan_pdf(Path("план.pdf"), as_scan(draw(), draw()))
        assert [note.code for note in source.notes if note.severity == "warning"][:1] == ["ocr-unfinished"]

    def test_no_page_in_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr_time.Clock, "is_over", lambda self: True)
        with pytest.raises(TimedOut, match="EXTRACT_SECONDS"):
            read_scan_pdf(Path("план.pdf"), as_scan(draw()))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, body: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(body))
        + chunk(b"IEND", b"")
    )


def hostile() -> Iterator[tuple[str, bytes, type[ExtractorError]]]:
    yield "bomb.png", png(60_000, 60_000, b"\0" * 1_000_000), TooLarge
    yield "zero.png", png(0, 100), ExtractorError
    yield "empty.png", b"\x89PNG\r\n\x1a\n", ExtractorError
    yield "dot.png", png(1, 1, b"\0\0"), DamagedFile
    yield "cut.png", png(800, 800, b"\0" * 100), ExtractorError
    yield "head.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", ExtractorError
    yield "head.tif", b"II*\x00\x08\x00\x00\x00", ExtractorError
    yield "loop.tif", b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00" + b"\0" * 20, ExtractorError
    yield "photo.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", UnknownFormat
    if MISSING is None:
        whole = as_file(Image.effect_noise((700, 700), 90), "JPEG")
        yield "half.jpg", whole[: len(whole) // 2], DamagedFile
        yield "white.png", as_file(Image.new("L", (800, 1100), 255), "PNG"), EmptyFile
        yield "black.png", as_file(Image.new("L", (800, 1100), 0), "PNG"), EmptyFile
        yield "strip.png", as_file(Image.new("L", (20_000, 20), 255), "PNG"), ExtractorError


@needs_ocr
@pytest.mark.parametrize(
    ("name", "data", "error"), list(hostile()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_hostile_images(name: str, data: bytes, error: type[ExtractorError]) -> None:
    with pytest.raises(error) as raised:
        read_image(Path(name), data)
    assert str(raised.value).endswith(".") and "\n" not in str(raised.value)


@needs_ocr
def test_noise_gives_no_crash() -> None:
    noise = Image.effect_noise((1000, 1400), 120)
    try:
        source = read_image(Path("шум.png"), as_file(noise, "PNG"))
    except ExtractorError:
        return
    assert len(source.notes) <= 25


SCANS = ROOT.parent / "shared" / "robustness" / "files"
HARD = [
    "a410dc2964",
    "1b731058c6",
    "27ef7863d7",
    "e94da08aae",
    "659d6b1991",
    "f2289b94e7",
    "f3f0c201f2",
]


@needs_ocr
@pytest.mark.skipif(
    not SCANS.is_dir(), reason="the folder `shared` with hard files is not beside the project"
)
@pytest.mark.parametrize("name", HARD)
def test_hard_files(name: str) -> None:
    path = SCANS / f"{name}.pdf"
    try:
        source = read_scan_pdf(path, path.read_bytes())
    except ExtractorError as error:
        assert str(error).endswith(".")
    else:
        assert source.blocks


REPAIRED = [
    (
        ["Т. Анализ", "П. Методическая работа", "Ш. Контроль"],
        ["I. Анализ", "II. Методическая работа", "III. Контроль"],
    ),
    (
        ["1. Анализ", "П. Работа", "Ш. Учёба", "ТУ. Связи", "У. Итоги"],
        ["I. Анализ", "II. Работа", "III. Учёба", "IV. Связи", "V. Итоги"],
    ),
    (["Г. Цели", "1. Первая", "2. Вторая", "П. Задачи"], ["I. Цели", "1. Первая", "2. Вторая", "II. Задачи"]),
    (["1. Первая", "2. Вторая", "П. Иванов"], ["1. Первая", "2. Вторая", "П. Иванов"]),
    (["Т. Г. Иванова", "У. Смит"], ["Т. Г. Иванова", "У. Смит"]),
    (["Гукова А.А.., руководитель"], ["Гукова А.А., руководитель"]),
    (["Ишкаева 3.А. (МАОУ)"], ["Ишкаева З.А. (МАОУ)"]),
]


@pytest.mark.parametrize(("read", "meant"), REPAIRED)
def test_repaired_lines(read: list[str], meant: list[str]) -> None:
    blocks = [Block(id=at, kind="paragraph", text=text) for at, text in enumerate(read)]
    assert [block.text for block in repair_blocks(blocks)] == meant


WORDS = [
    ("ммо", 70, 24, "ММО"),
    ("ммо", 70, 16, "ммо"),  # as low as small letters are
    ("00", 50, 24, "ОО"),
    ("00", 30, 24, "00"),  # as narrow as figures are
    ("Заселание", 150, 24, "Заседание"),
    ("Зеседание", 150, 24, "Зеседание"),  # a typo of the author, no look-alike
    ("Труханова", 150, 24, "Труханова"),
    ("инфор¬", 80, 24, "инфор-"),
]


@pytest.mark.parametrize(("read", "wide", "high", "meant"), WORDS)
def test_repaired_words(read: str, wide: int, high: int, meant: str) -> None:
    assert repair_word(Reading(read, 0, 0, wide, high, high, 1, 80.0), 34.0).text == meant


BACK = [
    (Setting(600, 800, 0, 0.0, 0.0, 1.0), (10, 20, 110, 40), (10, 20, 110, 40)),
    (Setting(600, 800, 0, 0.0, 5.0, 1.0), (10, 20, 110, 40), (5, 20, 105, 40)),
    (Setting(600, 800, 0, 0.0, 0.0, 2.0), (10, 20, 110, 40), (20, 40, 220, 80)),
    (Setting(600, 800, 1, 0.0, 0.0, 1.0), (10, 20, 110, 40), (760, 10, 780, 110)),
    (Setting(600, 800, 2, 0.0, 0.0, 1.0), (10, 20, 110, 40), (490, 760, 590, 780)),
    (Setting(600, 800, 3, 0.0, 0.0, 1.0), (10, 20, 110, 40), (20, 490, 40, 590)),
]


@pytest.mark.parametrize(("setting", "box", "back"), BACK)
def test_boxes_are_turned_back(
    setting: Setting, box: tuple[float, float, float, float], back: tuple[float, float, float, float]
) -> None:
    (block,) = restore_boxes([Block(id=0, kind="paragraph", text="х", page=1, bbox=box)], {1: setting})
    assert block.bbox == back


@needs_ocr
def test_reader_gives_its_engine_back() -> None:
    reader = from_scan._Reader("x", from_scan.LIMITS)
    reader.need_engine()
    reader.close()
    assert reader._engine is None


@needs_ocr
def test_a_repaired_heading_is_said_with_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def misread(*arguments: object) -> list[Reading]:
        line = [("1.", 90.0), ("Засодание", 71.0), ("РМО", 95.0)]
        return [
            Reading(text, 100 + 200 * at, 100, 280 + 200 * at, 130, 128, 1, sure)
            for at, (text, sure) in enumerate(line)
        ]

    monkeypatch.setattr("extractor.ingest.ocr.sheet._read_page", misread)
    picture = Image.new("L", (1600, 2200), 255)
    picture.paste(0, (100, 105, 690, 125))
    picture.save(tmp_path / "plan.png")
    source = read_image(tmp_path / "plan.png", (tmp_path / "plan.png").read_bytes())
    assert [block.text for block in source.blocks] == ["1. Заседание РМО"]
    notes = [(note.code, note.block) for note in source.notes if "Засодание → Заседание" in note.message]
    assert notes == [("ocr-uncertain", 0)]
