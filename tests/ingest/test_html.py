"""Web pages: one construct a case; what Word, LibreOffice and browsers save; anything at all."""

# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import DamagedFile, EmptyFile, ExtractorError, TooLarge
from extractor.ingest import read_source
from extractor.ingest.from_docx import read_docx
from extractor.ingest.from_html import read_html
from extractor.ingest.from_mht import read_mht
from extractor.model.source import Block

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[2] / "samples"


def show(block: Block) -> str:
    """«t1 2.1 (1×2) 1. Текст»: part, table with row and column, spans, label, text."""
    pieces = [] if block.part == "body" else [block.part]
    if block.table:
        pieces.append(f"t{block.table} {block.row}.{block.column}")
        if (block.row_span, block.col_span) != (1, 1):
            pieces.append(f"({block.row_span}×{block.col_span})")
    return " ".join(filter(None, [*pieces, block.label, block.text]))


def read(page: str) -> tuple[Block, ...]:
    return read_html(Path("plan.html"), page.encode()).blocks


MSO_ITEM = (
    "<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
    "<span style='{font}'><span style='mso-list:Ignore'>{label}<span style='font:7.0pt \"Times New Roman\"'>"
    "&nbsp;&nbsp; </span></span></span><![endif]>{text}<o:p></o:p></p>"
)

CASES = {
    "lines of the file are spaces": ("<p>План\n   работы</p>", ["План работы"]),
    "br and nbsp": ("<p>Сроки<br>проведения&nbsp;\u00a0 сейчас</p>", ["Сроки\nпроведения сейчас"]),
    "two br end a paragraph": ("<div>раз<br><br>два<br>три</div>", ["раз", "два\nтри"]),
    "two br in a p do not": ("<p>раз<br><br>два</p>", ["раз\nдва"]),
    "pre": ("<pre>раз\nдва</pre>", ["раз\nдва"]),
    "text beside blocks": ("до<div>в<p>абзац</p>после</div>конец", ["до", "в", "абзац", "после", "конец"]),
    "what is no text": (
        "<html><head><title>Заголовок окна</title><style>p{}</style></head><body><script>x='сценарий'</script>"
        "<noscript>включите</noscript><template>шаблон</template><!-- примечание --><p>текст</p></body></html>",
        ["текст"],
    ),
    "hidden": (
        "<p style='display: none'>тайно</p><p hidden>тайно</p><span style='mso-hide:all'>тайно</span><p>явно</p>",
        ["явно"],
    ),
    "hidden by a rule: a tab of the site": ("<style>.tab{display:none}</style><p class=tab>вкладка</p>", ["вкладка"]),
    "ol": ("<ol><li>а<li>б</ol>", ["1. а", "2. б"]),
    "ol start and value": ("<ol start=3><li>а<li value=7>б<li>в</ol>", ["3. а", "7. б", "8. в"]),
    "ol reversed": ("<ol reversed><li>а<li>б</ol>", ["2. а", "1. б"]),
    "types": (
        "<ol type=I><li>а</ol><ol type=a><li>б</ol><ol style='list-style-type:lower-roman'><li>в</ol>"
        "<ol style='list-style:upper-alpha inside'><li>г</ol><ol style='list-style-type:lower-russian'><li>д</ol>",
        ["I. а", "a. б", "i. в", "A. г", "а. д"],
    ),
    "nested lists": (
        "<ol><li>а<ol type=a><li>б<li>в</ol><li>г<ul><li>д<ul><li>е</ul></ul></ol>",
        ["1. а", "a. б", "b. в", "2. г", "○ д", "▪ е"],
    ),
    "no marks": ("<ul style='list-style:none'><li>Главная<li>Новости</ul>", ["Главная", "Новости"]),
    "several paragraphs of an item": ("<ol><li><p>а</p><p>без номера</p><li><p>б</p></ol>", ["1. а", "без номера", "2. б"]),
    "item without a number": ("<ol><li>а<li style='display: block'>без<li>б</ol>", ["1. а", "без", "2. б"]),
    "dl": ("<dl><dt>Тема<dd>Чтение</dl>", ["Тема", "Чтение"]),
    "table": ("<table><tr><th>№<th>Дело<tr><td>1<td></table>", ["t1 1.1 №", "t1 1.2 Дело", "t1 2.1 1", "t1 2.2"]),
    "spans": (
        "<table><tr><td colspan=2>вся<td rowspan=2>вниз<tr><td>а<td>б<tr><td>в<td>г<td>д</table>",
        ["t1 1.1 (1×2) вся", "t1 1.3 (2×1) вниз", "t1 2.1 а", "t1 2.2 б", "t1 3.1 в", "t1 3.2 г", "t1 3.3 д"],
    ),
    "rowspan at the left": (
        "<table><tr><td rowspan=2>а<td>б<tr><td>в</table>",
        ["t1 1.1 (2×1) а", "t1 1.2 б", "t1 2.2 в"],
    ),
    "spans beyond all": ("<table><tr><td rowspan=99 colspan=9999999>а</table>", ["t1 1.1 (1×1000) а"]),
    "rowspan 0": ("<table><tr><td rowspan=0>а<td>б<tr><td>в</table>", ["t1 1.1 (2×1) а", "t1 1.2 б", "t1 2.2 в"]),
    "table in a table": (
        "<table><tr><td>до<table><tr><td>внутри</table>после<td>рядом</table>",
        ["t1 1.1 до", "t2 1.1 внутри", "t1 1.1 после", "t1 1.2 рядом"],
    ),
    "caption, head, foot": (
        "<table><caption>Подпись<thead><tr><td>а<tbody><tr><td>б</table>",
        ["Подпись", "t1 1.1 а", "t1 2.1 б"],
    ),
    "empty table": ("<table></table><table><tr><td>а</table>", ["t1 1.1 а"]),
    "cell of paragraphs": ("<table><tr><td><p>а</p><p>б</p></table>", ["t1 1.1 а", "t1 1.1 б"]),
    "numbers made by a list in cells": (
        "<table><tr><td><ol><li></ol><td>а<tr><td><ol start=2><li></ol><td>б</table>",
        ["t1 1.1 1.", "t1 1.2 а", "t1 2.1 2.", "t1 2.2 б"],
    ),
    "list of Word": (
        MSO_ITEM.format(level=1, font="", label="1.", text="Цели")
        + MSO_ITEM.format(level=2, font="font-family:Symbol", label="·", text="Задачи"),
        ["1. Цели", "• Задачи"],
    ),
    "filtered list of Word": (
        "<p class=MsoListParagraph>1)<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>Цели</p>"
        "<p><span style='font-family:Wingdings'>§<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>"
        "Задачи</p>",
        ["1) Цели", "▪ Задачи"],
    ),
    "tab of Word": ("<p>Директор<span style='mso-tab-count:1'>      </span>Иванова</p>", ["Директор\tИванова"]),
    "footnotes of Word": (
        "<p>Текст<a style='mso-footnote-id:ftn1' href='#_ftn1'>[1]</a> дальше</p><div style='mso-element:footnote-list'>"
        "<div style='mso-element:footnote' id=ftn1><p><a style='mso-footnote-id:ftn1'>[1]</a> Сноска</p></div></div>",
        ["Текст дальше", "footnote Сноска"],
    ),
    "footnotes and headers of LibreOffice": (
        '<div title="header"><p>Верх</p></div><p>Текст<a class="sdfootnoteanc"><sup>1</sup></a></p>'
        '<div id="sdfootnote1"><p><a class="sdfootnotesym">1</a>Сноска</p></div>',
        ["Текст", "footnote Сноска", "header Верх"],
    ),
    "tracked deletion": ("<p>до<del datetime=2020>было</del> <s>стало</s></p>", ["до стало"]),
    "menus stay": ("<nav><a>Главная</a></nav><select><option>Один<option>Два</select>", ["Главная", "Один", "Два"]),
    "elements of XHTML": ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><p>а<br/>б</p></html>", ["а\nб"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_construct(name: str) -> None:
    page, expected = CASES[name]
    assert [show(block) for block in read(page)] == expected


LOOKS = [  # page, (bold, italic, align, heading, gap) of its last block
    ("<p><b>План</b></p>", (1.0, 0.0, None, None, 0)),
    ("<p><b>План</b> тема</p>", (0.5, 0.0, None, None, 0)),
    ("<p align=center><em>План</em></p>", (0.0, 1.0, "center", None, 0)),
    ("<center>План</center>", (0.0, 0.0, "center", None, 0)),
    ("<div style='text-align:right'><p>Утверждаю</p></div>", (0.0, 0.0, "right", None, 0)),
    ("<h2>Цели</h2>", (1.0, 0.0, None, 2, 0)),
    ("<h2><span style='font-weight:normal'>Цели</span></h2>", (0.0, 0.0, None, 2, 0)),
    ("<style>.t,p.u{font-weight:700;text-align:center}</style><p class='x u'>План</p>", (1.0, 0.0, "center", None, 0)),
    ("<style>p{text-align:left}</style><p align=center>План</p>", (0.0, 0.0, "center", None, 0)),
    ("<p>а</p><p>&nbsp;</p><p><br></p><p></p><p>б</p>", (0.0, 0.0, None, None, 2)),
    ("а<br><br><br>б", (0.0, 0.0, None, None, 2)),
    ("<center><table><tr><td>а</table></center>", (0.0, 0.0, None, None, 0)),
    ("<table><tr><th>а</table>", (1.0, 0.0, "center", None, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), LOOKS)
def test_look(page: str, expected: tuple[float, float, str | None, int | None, int]) -> None:
    block = read(page)[-1]
    assert (block.bold, block.italic, block.align, block.heading, block.gap) == expected


TEXT = "Заседание методического объединения библиотекарей. Проверка журналов, план работы на год."
ENCODINGS = [
    ("windows-1251", "<meta charset=windows-1251>", "cp1251"),
    ("koi8-r", "<meta http-equiv=content-type content='text/html; charset=koi8-r'>", "koi8-r"),
    ("cp866", "<meta charset='cp866'>", "cp866"),
    ("windows-1251", "", "cp1251"),
    ("windows-1251", "<meta charset=utf-8>", "cp1251"),
    ("windows-1251", "<meta charset=iso-8859-1>", "cp1251"),
    ("utf-8", "<meta charset=windows-1251>", "utf-8"),
    ("utf-8-sig", "<meta charset=koi8-r>", "utf-8"),
    ("utf-16", "<meta charset=utf-16>", "utf-16"),
    ("utf-8", "<meta charset=unicode_escape>", "utf-8"),
    ("windows-1251", "<meta charset=x-nonsense>", "cp1251"),
]


@pytest.mark.parametrize(("actual", "meta", "expected"), ENCODINGS)
def test_encoding(actual: str, meta: str, expected: str) -> None:
    page = f"<html><head>{meta}</head><body><p>{TEXT}</p></body></html>"
    source = read_html(Path("plan.html"), page.encode(actual))
    assert ([block.text for block in source.blocks], source.encoding) == ([TEXT], expected)


MAIL = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n{head}\r\n\r\n{body}\r\n--b--\r\n"
MAILS = [
    ("Content-Type: text/html; charset=windows-1251", TEXT.encode("cp1251")),
    (
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64",
        __import__("base64").b64encode(f"<p>{TEXT}</p>".encode()),
    ),
    (
        "Content-Type: text/html; charset=koi8-r\r\nContent-Transfer-Encoding: quoted-printable",
        __import__("quopri").encodestring(TEXT.encode("koi8-r")),
    ),
    ("Content-Type: text/plain; charset=utf-8", TEXT.encode()),
]


@pytest.mark.parametrize(("head", "body"), MAILS)
def test_saved_in_one_file(head: str, body: bytes, tmp_path: Path) -> None:
    before, after = MAIL.format(head=head, body="@").encode().split(b"@")
    path = tmp_path / "plan.mht"
    path.write_bytes(before + body + after)
    source = read_source(path)
    assert ([block.text for block in source.blocks], source.format) == ([TEXT], "mht")


def test_mail_without_a_page() -> None:
    with pytest.raises(DamagedFile):
        read_mht(Path("x.mht"), MAIL.format(head="Content-Type: image/png", body="x").encode())


@pytest.mark.parametrize("name", ["mathematics-2022.html", "mathematics-2022.mht"])
def test_the_same_blocks_as_from_the_docx(name: str) -> None:
    docx = SAMPLES / "mathematics-2022/plan.docx"
    expected = read_docx(docx, docx.read_bytes()).blocks
    found = read_source(DATA / name).blocks
    assert [(show(b), b.bold, b.heading, b.gap, b.inside) for b in found] == [
        (show(b), b.bold, b.heading, b.gap, b.inside) for b in expected
    ]


def test_hostile_pages() -> None:
    deep = read_html(Path("x.html"), b"<p>x</p>" + b"<div>" * 100_000 + b"y")
    assert deep.blocks[0].text == "x" and deep.notes[0].code == "nested-too-deep"
    spans = "<table>" + "<tr><td colspan=1000 rowspan=65534>x" * 500 + "</table>"
    assert len(read(spans)) == 500
    with pytest.raises(TooLarge):
        read("<table><tr><td>" * 100 + "x")
    with pytest.raises(EmptyFile):
        read(" \n")
    assert read("<p>a\0b</p><!-- " + "<td " * 10_000)[0].text == "ab"


_PIECES = st.sampled_from(
    [value[0] for value in CASES.values()]
    + ["<p>", "</p>", "<li>", "<ol>", "</ol>", "<ul>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<b>", "</i>", "<br>", "<div>", "</body>", "<!--", "<![if", "x]>", "&#0;"]
    + ["<td rowspan=0 colspan=-1>", "<ol start=99999999999999>", "<p style='mso-list:Ignore'>", "<style>a{", "\0", "\ud800"]
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=80),
        st.lists(_PIECES, max_size=20).map(lambda x: "".join(x).encode("utf-8", "surrogatepass")),
    )
)
def test_anything_gives_a_source_or_a_typed_error(data: bytes) -> None:
    try:
        source = read_html(Path("plan.html"), data)
    except ExtractorError:
        return
    assert [block.id for block in source.blocks] == list(range(len(source.blocks)))
