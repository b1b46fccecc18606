"""OpenDocument texts: one construct a case, each written as LibreOffice writes it."""

# ruff: noqa: E501

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import DamagedFile, EncryptedFile, ExtractorError, TooLarge
from extractor.ingest import read_source
from extractor.ingest.from_docx import read_docx
from extractor.ingest.from_odt import read_odt
from extractor.model.source import Block, Source

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[2] / "samples"
_NS = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)
_STYLES = """
<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Slant" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Mid" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="MidBold" style:family="paragraph" style:parent-style-name="Mid">
 <style:text-properties fo:font-weight="700"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:list-style-name="L1"/>
<text:list-style style:name="L1">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/>
 <text:list-level-style-number text:level="3" style:num-format="а, б, .., аа, аб, ... (ru)" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="L2">
 <text:list-level-style-number text:level="1" style:num-format="I" text:start-value="3" style:num-suffix="."/>
 <text:list-level-style-bullet text:level="2" text:bullet-char="–"/>
</text:list-style>
<text:list-style style:name="L3">
 <text:list-level-style-number text:level="1" loext:num-list-format="Заседание %1%." style:num-format="1"/>
</text:list-style>
<text:list-style style:name="L4">
 <text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7" style:num-suffix="\uf0b7"/>
</text:list-style>
"""


def make_odt(body: str, *, automatic: str = _STYLES, parts: dict[str, str] | None = None) -> bytes:
    content = (
        f"<office:document-content {_NS}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, text in {"content.xml": content, **(parts or {})}.items():
            package.writestr(name, text)
    return out.getvalue()


def read(body: str, **options: object) -> Source:
    return read_odt(Path("plan.odt"), make_odt(body, **options))  # type: ignore[arg-type]


def show(block: Block) -> str:
    """«t1 2.1 (1×2) 1. Текст»: part, table with row and column, spans, label, text."""
    pieces = [] if block.part == "body" else [block.part]
    if block.table:
        pieces.append(f"t{block.table} {block.row}.{block.column}")
        if (block.row_span, block.col_span) != (1, 1):
            pieces.append(f"({block.row_span}×{block.col_span})")
    return " ".join(filter(None, [*pieces, block.label, block.text]))


def item(*paragraphs: str, start: int | None = None) -> str:
    said = f' text:start-value="{start}"' if start is not None else ""
    return f"<text:list-item{said}>" + "".join(paragraphs) + "</text:list-item>"


def p(text: str, style: str = "P1") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def lst(style: str, *items: str, more: str = "") -> str:
    return f'<text:list text:style-name="{style}"{more}>' + "".join(items) + "</text:list>"


def sub(*items: str) -> str:
    return "<text:list>" + "".join(items) + "</text:list>"


def cell(text: str, said: str = "") -> str:
    return f"<table:table-cell {said}>{p(text) if text else '<text:p/>'}</table:table-cell>"


def table(*rows: str) -> str:
    return (
        "<table:table>"
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        + "</table:table>"
    )


COVERED = "<table:covered-table-cell/>"

CASES = {
    "spaces, tab, break": (
        p('Раз<text:s text:c="3"/>два<text:tab/>три<text:line-break/>четыре\n   пять'),
        ["Раз два\tтри\nчетыре пять"],
    ),
    "soft hyphen": (p("биб\u00adлиотека"), ["библиотека"]),
    "hyphen that does not break": (p("обще\u2011школьный"), ["обще-школьный"]),
    "link, field, span": (
        p('см. <text:a xlink:href="http://x/">сайт</text:a>, стр. <text:page-number>2</text:page-number>'),
        ["см. сайт, стр. 2"],
    ),
    "tracked changes": (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>УДАЛЕНО</text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes>"
        + p('до <text:change-start text:change-id="c2"/>вставка<text:change-end text:change-id="c2"/> после'),
        ["до вставка после"],
    ),
    "hidden span": (p('<text:span text:style-name="Gone">тайно </text:span>явно'), ["явно"]),
    "hidden paragraph": (p("тайно<text:hidden-paragraph text:is-hidden='true'/>") + p("явно"), ["явно"]),
    "hidden section": ('<text:section text:display="none"><text:p>тайно</text:p></text:section>' + p("явно"), ["явно"]),
    "footnote": (
        p(
            'текст<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            "<text:note-body><text:p>сноска</text:p></text:note-body></text:note> дальше"
        )
        + p("конец"),
        ["текст дальше", "конец", "footnote сноска"],
    ),
    "comment": (
        p("<office:annotation><dc:creator>Кто-то</dc:creator><text:p>заметка</text:p></office:annotation>текст"),
        ["текст", "comment заметка"],
    ),
    "text box": (
        p("до<draw:frame><draw:text-box><text:p>надпись</text:p></draw:text-box></draw:frame>"),
        ["до", "textbox надпись"],
    ),
    "shape in a group": (
        p("до<draw:g><draw:custom-shape><text:p>фигура</text:p></draw:custom-shape></draw:g>"),
        ["до", "textbox фигура"],
    ),
    "floating table": (
        p(f"<draw:frame><draw:text-box>{table(cell('а') + cell('б'))}</draw:text-box></draw:frame>"),
        ["t1 1.1 а", "t1 1.2 б"],
    ),
    "numbers on levels": (
        lst("L1", item(p("а"), sub(item(p("б")), item(p("в"), sub(item(p("г")))))), item(p("д"))),
        ["1. а", "1.1. б", "1.2. в", "а) г", "2. д"],
    ),
    "second paragraph of an item": (lst("L1", item(p("а"), p("без номера")), item(p("б"))), ["1. а", "без номера", "2. б"]),
    "list header": (
        lst("L1", f"<text:list-header>{p('без номера')}</text:list-header>", item(p("а"))),
        ["без номера", "1. а"],
    ),
    "item that only holds a list": (
        lst("L1", item(p("а")), item(sub(item(p("б")))), item(p("в"))),
        ["1. а", "1.1. б", "2. в"],
    ),
    "a list begins anew": (lst("L1", item(p("а"))) + p("между", "Mid") + lst("L1", item(p("б"))), ["1. а", "между", "1. б"]),
    "continue-numbering": (
        lst("L1", item(p("а"))) + p("между", "Mid") + lst("L1", item(p("б")), more=' text:continue-numbering="true"'),
        ["1. а", "между", "2. б"],
    ),
    "continue-list": (
        lst("L1", item(p("а")), more=' xml:id="one"')
        + lst("L2", item(p("б")))
        + lst("L1", item(p("в")), more=' text:continue-list="one"'),
        ["1. а", "III. б", "2. в"],
    ),
    "start-value of an item": (lst("L1", item(p("а"), start=7), item(p("б"))), ["7. а", "8. б"]),
    "bullets": (lst("L2", item(sub(item(p("а"))))) + lst("L4", item(p("б"))), ["– а", "• б"]),
    "words in the label": (lst("L3", item(p("25 октября")), item(p("10 января"))), ["Заседание 1. 25 октября", "Заседание 2. 10 января"]),
    "style of the paragraphs": ("<text:list>" + item(p("а")) + "</text:list>", ["1. а"]),
    "unknown list style": (lst("нет", item(p("а"))), ["а"]),
    "spans": (
        table(
            cell("вся", 'table:number-columns-spanned="2"') + COVERED + cell("в"),
            cell("вниз", 'table:number-rows-spanned="2"') + cell("б") + cell("в"),
            COVERED + cell("б") + cell("в"),
        ),
        ["t1 1.1 (1×2) вся", "t1 1.3 в", "t1 2.1 (2×1) вниз", "t1 2.2 б", "t1 2.3 в", "t1 3.2 б", "t1 3.3 в"],
    ),
    "span below the table": (table(cell("а", 'table:number-rows-spanned="9"')), ["t1 1.1 а"]),
    "span without covered cells": (
        table(cell("а", 'table:number-columns-spanned="2"') + cell("б")),
        ["t1 1.1 (1×2) а", "t1 1.3 б"],
    ),
    "repeated cells": (table(cell("а") + cell("", 'table:number-columns-repeated="2"')), ["t1 1.1 а", "t1 1.2", "t1 1.3"]),
    "header rows": (
        "<table:table><table:table-header-rows><table:table-row>" + cell("шапка") + "</table:table-row>"
        "</table:table-header-rows><table:table-row>" + cell("строка") + "</table:table-row></table:table>",
        ["t1 1.1 шапка", "t1 2.1 строка"],
    ),
    "table in a table": (
        table(f"<table:table-cell>{p('до')}{table(cell('внутри'))}</table:table-cell>" + cell("рядом")),
        ["t1 1.1 до", "t2 1.1 внутри", "t1 1.2 рядом"],
    ),
    "number without text in a cell": (
        table(f"<table:table-cell>{lst('L1', item('<text:p/>'))}</table:table-cell>" + cell("а")),
        ["t1 1.1 1.", "t1 1.2 а"],
    ),
    "table of contents": (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>Шаблон"
        "</text:index-title-template></text:table-of-content-source><text:index-body><text:p>Цели 1</text:p>"
        "</text:index-body></text:table-of-content>",
        ["Цели 1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_construct(name: str) -> None:
    body, expected = CASES[name]
    assert [show(block) for block in read(body).blocks] == expected


def test_looks_and_headings() -> None:
    body = (
        p("Заголовок", "MidBold")
        + p('<text:span text:style-name="Bold">Цель:</text:span> текст', "Mid")
        + '<text:p/><text:p/><text:h text:outline-level="2">Раздел</text:h>'
        + p('<text:span text:style-name="Slant">курсив</text:span>')
    )
    title, goal, heading, slant = read(body).blocks
    assert (title.bold, title.align) == (1.0, "center")
    assert 0.4 < goal.bold < 0.5 and goal.align == "center"
    assert (heading.heading, heading.gap, heading.bold) == (2, 2, 0.0)
    assert (slant.italic, slant.bold) == (1.0, 0.0)


def test_headers_and_numbered_headings() -> None:
    styles = (
        f"<office:document-styles {_NS}><office:styles><text:outline-style>"
        '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
        "</text:outline-style></office:styles><office:master-styles>"
        "<style:master-page><style:header><text:p>Верх</text:p></style:header>"
        "<style:footer><text:p>Низ</text:p></style:footer></style:master-page>"
        "<style:master-page><style:header><text:p>Верх</text:p></style:header></style:master-page>"
        "</office:master-styles></office:document-styles>"
    )
    body = '<text:h text:outline-level="1">Цели</text:h><text:h text:outline-level="1">Задачи</text:h>'
    shown = [show(block) for block in read(body, parts={"styles.xml": styles}).blocks]
    assert shown == ["1. Цели", "2. Задачи", "header Верх", "footer Низ"]


def test_notes_say_what_was_left_out() -> None:
    body = (
        CASES["tracked changes"][0]
        + CASES["hidden span"][0]
        + p('<draw:frame><draw:image xlink:href="http://127.0.0.1:9/i.png"/></draw:frame>')
    )
    assert [note.code for note in read(body).notes] == ["tracked-deletions", "hidden-text", "external-link"]


def test_styles_that_cannot_be_read_cost_only_the_styles() -> None:
    source = read(p("текст"), parts={"styles.xml": "<сломано"})
    assert [block.text for block in source.blocks] == ["текст"]
    assert [note.code for note in source.notes] == ["part-unreadable"]


REFUSED = {
    "encrypted": (
        make_odt(p("x"), parts={"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        EncryptedFile,
    ),
    "repeated without end": (
        make_odt(
            '<table:table><table:table-row table:number-rows-repeated="999999999">'
            + cell("а", 'table:number-columns-repeated="999999999"')
            + "</table:table-row></table:table>"
        ),
        TooLarge,
    ),
    "nested without end": (make_odt("<table:table><table:table-row><table:table-cell>" * 80 + "x" + "</table:table-cell></table:table-row></table:table>" * 80), TooLarge),
    "no content": (make_odt("").replace(b"content.xml", b"kontent.xml"), DamagedFile),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    data, error = REFUSED[name]
    with pytest.raises(error):
        read_odt(Path("plan.odt"), data)


def test_entities_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        laugh = '<!DOCTYPE x [<!ENTITY a "ха"><!ENTITY b "&a;&a;">]>'
        package.writestr(
            "content.xml", f"{laugh}<office:document-content {_NS}>&b;</office:document-content>"
        )
    with pytest.raises(DamagedFile):
        read_odt(Path("plan.odt"), out.getvalue())


def test_every_construct_of_word_as_libreoffice_saves_it() -> None:
    shown = [show(block) for block in read_source(DATA / "features.odt").blocks]
    for line in ("1.1. ПУНКТБ", "III. РИМСКИЙ", "1. Заседание РМО ДАТАЗАСЕД", "2. СТИЛЬСПИСОК2", "• МАРКЕР"):
        assert line in shown
    assert "t2 1.1 ВЛОЖ1" in shown and shown.count("textbox НАДПИСЬ") == 1
    assert shown[-4:] == ["footnote СНОСКА", "comment ПРИМЕЧАНИЕ", "header ВЕРХКОЛОНТ", "footer НИЖКОЛОНТ"]
    assert not any(word in " ".join(shown) for word in ("УДАЛЕНО", "ПЕРЕНОСИЗ", "СКРЫТЫЙ", "КОДПОЛЯ"))


def test_the_same_blocks_as_from_the_docx() -> None:
    docx = SAMPLES / "mathematics-2022/plan.docx"
    expected = read_docx(docx, docx.read_bytes()).blocks
    found = read_source(DATA / "mathematics-2022.odt")
    assert found.format == "odt"
    assert [(show(b), b.bold, b.heading, b.gap, b.inside) for b in found.blocks] == [
        (show(b), b.bold, b.heading, b.gap, b.inside) for b in expected
    ]


_PIECES = st.sampled_from(
    [
        p("текст"),
        "<text:p>",
        "</text:p>",
        "<text:list>",
        "</text:list>",
        "<text:list-item>",
        "</text:list-item>",
    ]
    + ["<table:table>", "</table:table>", "<table:table-row>", "</table:table-row>", "<table:table-cell>"]
    + ["</table:table-cell>", "<draw:frame>", "</draw:frame>", '<text:s text:c="-1"/>', COVERED, "&#x110000;"]
    + [
        '<table:table-cell table:number-columns-spanned="x"/>',
        '<text:h text:outline-level="99">',
        "</text:h>",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=25).map("".join)))
def test_anything_gives_a_source_or_a_typed_error(body: str) -> None:
    try:
        source = read_odt(Path("plan.odt"), make_odt(body.encode("utf-8", "ignore").decode()))
    except ExtractorError:
        return
    assert [block.id for block in source.blocks] == list(range(len(source.blocks)))
