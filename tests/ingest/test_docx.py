"""Word documents, one construct a case: what the page shows is what the blocks hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import DamagedFile, EmptyFile, ExtractorError, TooLarge
from extractor.ingest import read_source
from extractor.ingest.from_docx import read_docx
from extractor.ingest.limits import Limits
from extractor.model.source import Block, Source
from tests.ingest.docx_maker import (
    NAMESPACES,
    document,
    item,
    level,
    make_docx,
    numbering,
    p,
    r,
    relationships,
    style,
    styles,
    tbl,
    tc,
    tr,
    zip_parts,
)

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def read(body: str, relations: tuple[tuple[str, str, str], ...] = (), **parts: str) -> Source:
    return read_docx(Path("план.docx"), make_docx(body, relations, **parts))


def texts(source: Source) -> list[str]:
    return [f"{block.label} {block.text}" if block.label else block.text for block in source.blocks]


def box(content: str) -> str:
    """A text box as Word writes it: the drawing and its fall-back copy."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
HIDDEN = "<w:vanish/>"

INLINE = [  # name, XML of a paragraph's content, its text
    ("split word", r("Гу") + r("берт А.А.", "<w:b/>"), "Губерт А.А."),
    ("insertion", r("до ") + f"<w:ins>{r('вставлено')}</w:ins>", "до вставлено"),
    ("deletion", r("до") + "<w:del><w:r><w:delText>удалено</w:delText></w:r></w:del>", "до"),
    ("move", f"<w:moveFrom>{r('отсюда')}</w:moveFrom><w:moveTo>{r('сюда')}</w:moveTo>", "сюда"),
    ("hyperlink", f'<w:hyperlink r:id="x">{r("сайт")}</w:hyperlink>', "сайт"),
    ("content control", f"<w:sdt><w:sdtPr/><w:sdtContent>{r('поле')}</w:sdtContent></w:sdt>", "поле"),
    ("smart tag", f"<w:smartTag><w:smartTagPr/>{r('2024')}</w:smartTag>", "2024"),
    ("custom XML", f"<w:customXml><w:customXmlPr/>{r('текст')}</w:customXml>", "текст"),
    ("simple field", f'<w:fldSimple w:instr="DATE">{r("1 мая")}</w:fldSimple>', "1 мая"),
    (
        "complex field",
        FIELD.format("begin")
        + "<w:r><w:instrText>DATE</w:instrText></w:r>"
        + FIELD.format("separate")
        + r("2 мая")
        + FIELD.format("end"),
        "2 мая",
    ),
    (
        "field in the instruction of a field",
        FIELD.format("begin")
        + FIELD.format("begin")
        + FIELD.format("separate")
        + r("условие")
        + FIELD.format("end")
        + FIELD.format("separate")
        + r("итог")
        + FIELD.format("end"),
        "итог",
    ),
    ("field without an end hides nothing", FIELD.format("begin") + r("после поля"), "после поля"),
    ("end of no field", FIELD.format("end") + r("текст"), "текст"),
    ("no-break hyphen", "<w:r><w:t>обще</w:t><w:noBreakHyphen/><w:t>школьный</w:t></w:r>", "обще-школьный"),
    ("soft hyphen", "<w:r><w:t>орга</w:t><w:softHyphen/><w:t>низация</w:t></w:r>", "организация"),
    ("tab and break", "<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t><w:br/><w:t>в</w:t></w:r>", "а\tб\nв"),
    ("page break at the end", '<w:r><w:t>а</w:t><w:br w:type="page"/></w:r>', "а"),
    ("symbol", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> сдано</w:t></w:r>', "✓ сдано"),
    ("private character", r("\uf0b7 Цель"), "• Цель"),
    ("hidden", r("видно") + r("скрыто", HIDDEN), "видно"),
    ("hidden is switched off", r("видно", '<w:vanish w:val="0"/>'), "видно"),
    ("capitals are a look", r("План", "<w:caps/>"), "План"),
    ("formula", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
    ("unknown element", f"<w:новое>{r('текст')}</w:новое>", "текст"),
    ("line end of a pretty-printed file", "<w:r><w:t>\n  План\n  работы\n</w:t></w:r>", "План работы"),
    ("no-break space", r("№\u00a01"), "№ 1"),
    ("page number of the last print", "<w:r><w:lastRenderedPageBreak/><w:t>а</w:t></w:r>", "а"),
    ("choice and fall-back", f"<mc:AlternateContent><mc:Choice>{r('да')}</mc:Choice><mc:Fallback>"
     f"{r('нет')}</mc:Fallback></mc:AlternateContent>", "да"),
    ("fall-back alone", f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{r('да')}</mc:Fallback>"
     "</mc:AlternateContent>", "да"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "expected"), INLINE, ids=[case[0] for case in INLINE])
def test_inline(name: str, content: str, expected: str) -> None:
    assert texts(read(f"<w:p>{content}</w:p>")) == [expected]


DECIMAL = level(0, "%1.") + level(1, "%1.%2.") + level(2, "%1.%2.%3")
RESTART = '<w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'

LABELS = [  # name, numbering.xml, items as (list, level), labels
    ("decimal", numbering(DECIMAL), [(1, 0), (1, 0)], ["1.", "2."]),
    ("levels", numbering(DECIMAL), [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
     ["1.", "1.1.", "1.2.", "2.", "2.1."]),
    ("a skipped level counts as begun", numbering(DECIMAL), [(1, 1), (1, 0)], ["1.1.", "2."]),
    ("words in the number", numbering(level(0, "%1. Заседание РМО")), [(1, 0)], ["1. Заседание РМО"]),
    ("start", numbering(level(0, "%1)", start=5)), [(1, 0), (1, 0)], ["5)", "6)"]),
    ("upperRoman", numbering(level(0, "%1.", "upperRoman", start=3)), [(1, 0), (1, 0)], ["III.", "IV."]),
    ("lowerRoman", numbering(level(0, "%1)", "lowerRoman", start=9)), [(1, 0)], ["ix)"]),
    ("upperLetter", numbering(level(0, "%1", "upperLetter", start=26)), [(1, 0), (1, 0)], ["Z", "AA"]),
    ("lowerLetter", numbering(level(0, "%1)", "lowerLetter")), [(1, 0), (1, 0)], ["a)", "b)"]),
    ("russianLower", numbering(level(0, "%1)", "russianLower", start=9)), [(1, 0), (1, 0)], ["и)", "к)"]),
    ("russianUpper", numbering(level(0, "%1.", "russianUpper")), [(1, 0)], ["А."]),
    ("decimalZero", numbering(level(0, "%1", "decimalZero", start=9)), [(1, 0), (1, 0)], ["09", "10"]),
    ("none", numbering(level(0, "Тема:", "none")), [(1, 0)], ["Тема:"]),
    ("no label at all", numbering(level(0, "", "none")), [(1, 0)], [None]),
    ("an unknown format counts in figures", numbering(level(0, "%1.", "cardinalText")), [(1, 0)], ["1."]),
    ("a Roman number too large to write", numbering(level(0, "%1.", "upperRoman", start=2_000_000_000)),
     [(1, 0)], ["2000000000."]),
    ("bullet of the Symbol font", numbering(level(0, "\uf0b7", "bullet")), [(1, 0)], ["•"]),
    ("bullet of Wingdings", numbering(level(0, "\uf0fc", "bullet",
     '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>')), [(1, 0)], ["✓"]),
    ("dash as a bullet", numbering(level(0, "-", "bullet")), [(1, 0)], ["-"]),
    ("bullet of an unknown private character", numbering(level(0, "\ue83a", "bullet")), [(1, 0)], ["•"]),
    ("empty bullet", numbering(level(0, "", "bullet")), [(1, 0)], ["•"]),
    ("lists of one definition go on", numbering(DECIMAL, nums={2: '<w:abstractNumId w:val="1"/>'}),
     [(1, 0), (2, 0)], ["1.", "2."]),
    ("startOverride begins anew", numbering(DECIMAL, nums={2: RESTART}), [(1, 0), (1, 0), (2, 0), (2, 0)],
     ["1.", "2.", "1.", "2."]),
    ("overridden level", numbering(DECIMAL, nums={2: '<w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
     + level(0, "%1)", "lowerLetter") + "</w:lvlOverride>"}), [(2, 0)], ["a)"]),
    ("lvlRestart 0 never restarts",
     numbering(level(0, "%1.") + level(1, "%2)", more='<w:lvlRestart w:val="0"/>')),
     [(1, 0), (1, 1), (1, 0), (1, 1)], ["1.", "1)", "2.", "2)"]),
    ("isLgl writes figures",
     numbering(level(0, "%1.", "upperRoman", start=2) + level(1, "%1.%2", more="<w:isLgl/>")),
     [(1, 0), (1, 1)], ["II.", "2.1"]),
    ("number 0 switches the list off", numbering(DECIMAL), [(0, 0)], [None]),
    ("unknown list", numbering(DECIMAL), [(77, 0)], [None]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "xml", "items", "expected"), LABELS, ids=[case[0] for case in LABELS])
def test_label(name: str, xml: str, items: list[tuple[int, int]], expected: list[str | None]) -> None:
    source = read("".join(item("текст", *where) for where in items), numbering=xml)
    assert [block.label for block in source.blocks] == expected
    kinds = ["paragraph" if label is None else "list_item" for label in expected]
    assert [block.kind for block in source.blocks] == kinds


def test_label_of_a_list_style() -> None:
    linked = (
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{level(0, "%1)")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    source = read(item("а", 2) + item("б", 2), numbering=f"<w:numbering {NAMESPACES}>{linked}</w:numbering>")
    assert texts(source) == ["1) а", "2) б"]


def test_label_from_the_paragraph_style() -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    sheet = styles(
        style("One", numbered),
        style("Two", '<w:basedOn w:val="One"/>'),
        style("Off", '<w:basedOn w:val="One"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'),
    )
    lists = numbering(level(0, "%1.") + level(1, "%1.%2", more='<w:pStyle w:val="Two"/>'))
    body = "".join(p("а", f'<w:pStyle w:val="{name}"/>') for name in ("One", "Two", "Off"))
    assert texts(read(body, styles=sheet, numbering=lists)) == ["1. а", "1.1 а", "а"]


def test_numbers_go_on_through_cells_and_empty_paragraphs() -> None:
    lists = numbering(level(0, "%1."))
    source = read(
        item("а") + tbl(tr(item(""), "дело"), tr(item("б"), "дело")) + item("") + item("в"), numbering=lists
    )
    assert [(b.label, b.text) for b in source.blocks if b.label] == [
        ("1.", "а"),
        ("2.", ""),
        ("3.", "б"),
        ("5.", "в"),
    ]
    assert [b.level for b in source.blocks if b.label] == [0, 0, 0, 0]
    assert source.blocks[-1].gap == 1


TABLES = [  # name, rows, cells as (row, column, rows, columns, text)
    ("plain", [tr("а", "б")], [(1, 1, 1, 1, "а"), (1, 2, 1, 1, "б")]),
    ("empty cell", [tr("", "б")], [(1, 1, 1, 1, ""), (1, 2, 1, 1, "б")]),
    ("across", [tr(tc("а", '<w:gridSpan w:val="3"/>'), "б")], [(1, 1, 1, 3, "а"), (1, 4, 1, 1, "б")]),
    ("down", [tr(tc("а", '<w:vMerge w:val="restart"/>'), "б"), tr(tc("", "<w:vMerge/>"), "в"), tr("г", "д")],
     [(1, 1, 2, 1, "а"), (1, 2, 1, 1, "б"), (2, 2, 1, 1, "в"), (3, 1, 1, 1, "г"), (3, 2, 1, 1, "д")]),
    ("down without a beginning", [tr(tc("а", "<w:vMerge/>"))], [(1, 1, 1, 1, "а")]),
    ("across, the old way", [tr(tc("а", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "б")],
     [(1, 1, 1, 2, "а"), (1, 3, 1, 1, "б")]),
    ("both ways", [tr(tc("а", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), "б"),
     tr(tc("", '<w:gridSpan w:val="2"/><w:vMerge/>'), "в")],
     [(1, 1, 2, 2, "а"), (1, 3, 1, 1, "б"), (2, 3, 1, 1, "в")]),
    ("row begins later", [tr("а", properties='<w:gridBefore w:val="2"/>')], [(1, 3, 1, 1, "а")]),
    ("nonsense spans", [tr(*(tc("а", f'<w:gridSpan w:val="{v}"/>') for v in ("-1", "0", "x", "")))],
     [(1, c, 1, 1, "а") for c in (1, 2, 3, 4)]),
    ("span of two milliards", [tr(tc("а", '<w:gridSpan w:val="2147483647"/>'))], [(1, 1, 1, 1000, "а")]),
    ("control around a cell",
     [f"<w:tr><w:sdt><w:sdtContent>{tc('а')}</w:sdtContent></w:sdt>{tc('б')}</w:tr>"],
     [(1, 1, 1, 1, "а"), (1, 2, 1, 1, "б")]),
    ("control around a row", [f"<w:sdt><w:sdtContent>{tr('а')}</w:sdtContent></w:sdt>", tr("б")],
     [(1, 1, 1, 1, "а"), (2, 1, 1, 1, "б")]),
    ("deleted row", [tr("а", properties="<w:del/>"), tr("б")], [(1, 1, 1, 1, "б")]),
    ("paragraphs of a cell", [tr(tc(p("а") + p() + p("б") + p()))], [(1, 1, 1, 1, "а"), (1, 1, 1, 1, "б")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "cells"), TABLES, ids=[case[0] for case in TABLES])
def test_table(name: str, rows: list[str], cells: list[tuple[int, int, int, int, str]]) -> None:
    blocks = read(p("План") + tbl(*rows)).blocks[1:]
    assert [(b.row, b.column, b.row_span, b.col_span, b.text) for b in blocks] == cells
    assert {(b.kind, b.table) for b in blocks} == {("cell", 1)}


def test_nested_table_stands_where_it_is_read() -> None:
    inner = tbl(tr("внутри"))
    source = read(tbl(tr(tc(p("до") + inner + p("после")))) + tbl(tr("вторая")))
    found = [(b.text, b.table, b.inside) for b in source.blocks]
    outer = [("до", 1, None), ("внутри", 2, (1, 1, 1)), ("после", 1, None), ("вторая", 3, None)]
    assert found == outer


def test_gaps_and_addresses() -> None:
    source = read(p("а") + p() + p() + p("б") + tbl(tr(tc(p("в") + p() + p("г")))))
    assert [(b.text, b.gap) for b in source.blocks] == [("а", 0), ("б", 2), ("в", 0), ("г", 1)]
    assert [b.address for b in source.blocks] == [
        "word/document.xml#/body/p[1]",
        "word/document.xml#/body/p[4]",
        "word/document.xml#/body/tbl[1]/tr[1]/tc[1]/p[1]",
        "word/document.xml#/body/tbl[1]/tr[1]/tc[1]/p[3]",
    ]
    assert [b.id for b in source.blocks] == [0, 1, 2, 3]


def looks(body: str) -> Block:
    sheet = styles(
        style("Normal", '<w:pPr><w:jc w:val="both"/></w:pPr>', more='w:default="1"'),
        style("Заголовок 1", '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr>'),
        style("heading 2", '<w:basedOn w:val="Заголовок 1"/>'),
        style("Мой", '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        style("Strong", "<w:rPr><w:b/></w:rPr>", kind="character"),
        style("Скрытый", "<w:rPr><w:vanish/></w:rPr>", kind="character"),
    )
    return read(body, styles=sheet).blocks[0]


def test_looks() -> None:
    plain = looks(p("Цель"))
    assert (plain.style, plain.heading, plain.bold, plain.align) == (None, None, 0.0, "both")
    heading = looks(p("Цель", '<w:pStyle w:val="Заголовок 1"/>'))
    assert (heading.style, heading.heading, heading.bold) == ("Заголовок 1", 1, 1.0)
    assert heading.align == "center"
    assert looks(p("Цель", '<w:pStyle w:val="heading 2"/>')).heading == 2
    assert looks(p("Цель", '<w:pStyle w:val="Мой"/>')).heading == 3
    assert looks(p("Цель", '<w:outlineLvl w:val="0"/>')).heading == 1
    assert looks(p("Цель", '<w:jc w:val="end"/>')).align == "right"
    assert looks(p("Цель", '<w:pStyle w:val="Heading5"/>')).heading == 5
    assert looks(f"<w:p>{r('Цель: ')}{r('рост', '<w:b/>')}{r('!', '<w:b/>')}</w:p>").bold == 0.5
    assert looks(p("Цель", run='<w:rStyle w:val="Strong"/>')).bold == 1.0
    strong = p("Цель", '<w:pStyle w:val="Заголовок 1"/>', '<w:rStyle w:val="Strong"/>')
    assert looks(strong).bold == 0.0
    assert looks(p("Цель", '<w:pStyle w:val="Заголовок 1"/>', '<w:b w:val="0"/><w:i/>')).bold == 0.0
    unseen = r("нет", '<w:rStyle w:val="Скрытый"/>')
    assert looks(f"<w:p>{r('видно ')}{unseen}</w:p>").text == "видно"


def test_text_box_once_after_its_paragraph() -> None:
    source = read(f"<w:p>{r('до ')}<w:r>{box(p('надпись') + tbl(tr('в рамке')))}</w:r></w:p>" + p("после"))
    assert [(b.text, b.part) for b in source.blocks] == [
        ("до", "body"),
        ("надпись", "textbox"),
        ("в рамке", "textbox"),
        ("после", "body"),
    ]


def test_text_box_in_an_empty_cell() -> None:
    source = read(tbl(tr(tc(f"<w:p><w:r>{box(p('надпись'))}</w:r></w:p>"))))
    assert [(b.text, b.part, b.table) for b in source.blocks] == [
        ("надпись", "textbox", None),
        ("", "body", 1),
    ]


def test_shape_word_art_and_diagram() -> None:
    shape = "<w:drawing><a:txBody><a:p><a:r><a:t>фигура</a:t></a:r></a:p></a:txBody></w:drawing>"
    art = '<w:pict><v:shape><v:textpath string="заглавие"/></v:shape></w:pict>'
    diagram = '<w:drawing><dgm:relIds r:dm="d"/></w:drawing>'
    points = "".join(
        f'<dgm:pt><dgm:prSet phldr="{empty}"/><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for empty, text in ((0, "схема"), (1, "[Текст]"))
    )
    package = {
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document(f"<w:p><w:r>{shape}{art}{diagram}</w:r></w:p>"),
        "word/_rels/document.xml.rels": relationships(("d", "diagramData", "data1.xml")),
        "word/data1.xml": f"<dgm:dataModel {NAMESPACES}>{points}</dgm:dataModel>",
    }
    source = read_docx(Path("схема.docx"), zip_parts(package))
    assert [(b.text, b.part) for b in source.blocks] == [
        ("фигура", "textbox"),
        ("заглавие", "textbox"),
        ("схема", "textbox"),
    ]


def test_side_stories() -> None:
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="0">{p("линия")}</w:footnote>'
        f'<w:footnote w:id="1">{p("сноска")}</w:footnote></w:footnotes>'
    )
    comments = f'<w:comments {NAMESPACES}><w:comment w:id="0">{p("примечание")}</w:comment></w:comments>'
    header = f"<w:hdr {NAMESPACES}>{p('колонтитул')}</w:hdr>"
    empty = f"<w:hdr {NAMESPACES}>{p()}</w:hdr>"
    source = read(
        p("тело"), footnotes=notes, comments=comments, header1=header, header2=header, header3=empty
    )
    assert [(b.text, b.part) for b in source.blocks] == [
        ("тело", "body"),
        ("сноска", "footnote"),
        ("примечание", "comment"),
        ("колонтитул", "header"),
    ]
    assert source.blocks[1].address == "word/footnotes.xml#/footnote[2]/p[1]"


def test_deleted_paragraph_mark_joins_paragraphs() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    source = read(p("План ", gone) + p("работы") + p("конец", gone))
    assert texts(source) == ["План работы", "конец"]


NOTES = [  # name, body, relations, code of the note
    ("deletion", f"<w:p>{r('а')}<w:del>{r('б')}</w:del></w:p>", (), "tracked-deletions"),
    ("hidden", f"<w:p>{r('а')}{r('б', HIDDEN)}</w:p>", (), "hidden-text"),
    ("picture elsewhere", p("а"), (("x", "image", "http://127.0.0.1:9/i.png"),), "external-link"),
    ("other file inside", p("а") + '<w:altChunk r:id="x"/>', (), "embedded-chunk"),
    ("text under a merge", tbl(tr(tc("а", '<w:vMerge w:val="restart"/>')), tr(tc("б", "<w:vMerge/>"))), (),
     "covered-text"),
    ("hyperlink is silent", p("а"), (("x", "hyperlink", "http://127.0.0.1:9/"),), None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "relations", "code"), NOTES, ids=[case[0] for case in NOTES])
def test_note(name: str, body: str, relations: tuple[tuple[str, str, str], ...], code: str | None) -> None:
    assert [note.code for note in read(body, relations).notes] == ([code] if code else [])


def test_a_damaged_side_part_is_a_note() -> None:
    source = read(p("а"), styles="<w:styles", footnotes="не XML")
    assert texts(source) == ["а"]
    assert [(note.code, note.severity) for note in source.notes] == [("part-unreadable", "warning")] * 2


STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
USUAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = relationships(("rId1", "officeDocument", "word/document.xml"))
PLAIN = document(p("План"))

WIDE = ('<?xml version="1.0" encoding="UTF-16"?>' + PLAIN).encode("utf-16")
PREFIX = PLAIN.replace("w:", "q:").replace("xmlns:w=", "xmlns:q=")
OTHER = relationships(("r", "officeDocument", "/word/план.xml"))

PACKAGES = [  # name, parts of a package that reads «План»
    ("strict namespaces", {"_rels/.rels": MAIN, "word/document.xml": PLAIN.replace(USUAL, STRICT)}),
    ("UTF-16", {"_rels/.rels": MAIN, "word/document.xml": WIDE}),
    ("another prefix", {"_rels/.rels": MAIN, "word/document.xml": PREFIX}),
    ("another name of the main part", {"_rels/.rels": OTHER, "word/план.xml": PLAIN}),
    ("another case of the name", {"_rels/.rels": MAIN, "Word/Document.xml": PLAIN}),
    ("no relations", {"word/document.xml": PLAIN}),
    ("damaged relations", {"_rels/.rels": "не XML", "word/document.xml": PLAIN}),
]


@pytest.mark.parametrize(("name", "parts"), PACKAGES, ids=[case[0] for case in PACKAGES])
def test_package(name: str, parts: dict[str, str | bytes]) -> None:
    assert texts(read_docx(Path("план.docx"), zip_parts(parts))) == ["План"]


BOMB = f"<w:p><w:r><w:t>{' ' * 30_000_000}</w:t></w:r></w:p>"
DOCTYPE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + document(p("&x;"))
DEEP = "<w:tbl><w:tr><w:tc>" * 300 + p("дно") + "</w:tc></w:tr></w:tbl>" * 300

BROKEN = [  # name, bytes, error
    ("bomb", make_docx(BOMB), TooLarge),
    ("deep tables", make_docx(DEEP), TooLarge),
    ("DOCTYPE", zip_parts({"word/document.xml": DOCTYPE}), DamagedFile),
    ("DOCTYPE in UTF-16", zip_parts({"word/document.xml": DOCTYPE.encode("utf-16")}), DamagedFile),
    ("not XML", zip_parts({"word/document.xml": "план"}), DamagedFile),
    ("no body", zip_parts({"word/document.xml": f"<w:document {NAMESPACES}/>"}), DamagedFile),
    ("no document", zip_parts({"word/other.xml": PLAIN}), DamagedFile),
    ("cut", make_docx(p("План"))[:-40], DamagedFile),
]


@pytest.mark.parametrize(("name", "data", "error"), BROKEN, ids=[case[0] for case in BROKEN])
def test_broken(name: str, data: bytes, error: type[ExtractorError]) -> None:
    with pytest.raises(error) as raised:
        read_docx(Path("план.docx"), data)
    assert "план.docx" in str(raised.value)
    assert str(raised.value).endswith(".")


def test_a_wrong_checksum_is_damage() -> None:
    data = zip_parts({"word/document.xml": PLAIN})
    at = data.index(b"PK\x01\x02") + 16
    with pytest.raises(DamagedFile):
        read_docx(Path("план.docx"), data[:at] + b"\0\0\0\0" + data[at + 4 :])


LIMITS = [
    ("blocks", Limits(blocks=2), p("а") * 3),
    ("cells", Limits(cells=2), tbl(tr("а", "б", "в"))),
    ("tables in tables", Limits(table_depth=1), tbl(tr(tc(tbl(tr("а")))))),
    ("letters", Limits(line_chars=3), p("План")),
    ("entries", Limits(zip_entries=2), p("а")),
    ("one part", Limits(entry_bytes=500), p("а")),
    ("all parts", Limits(total_bytes=1200), p("а" * 900)),
]


@pytest.mark.parametrize(("name", "limits", "body"), LIMITS, ids=[case[0] for case in LIMITS])
def test_limits(name: str, limits: Limits, body: str) -> None:
    with pytest.raises(TooLarge):
        read_docx(Path("план.docx"), make_docx(body), limits)


def test_no_letters_is_an_empty_document(tmp_path: Path) -> None:
    path = tmp_path / "скан.docx"
    path.write_bytes(make_docx(p() + p("— 1 —")))
    with pytest.raises(EmptyFile):
        read_source(path)


PRESENT = [
    r"^1\. ПУНКТА$", r"^1\.1\. ПУНКТБ$", r"^III\. РИМСКИЙ$", r"^1\. Заседание РМО ДАТАЗАСЕД$",
    r"^1\. НОВЫЙСПИСОК$", r"^2\. СТИЛЬСПИСОК2$", r"^[•●▪·] МАРКЕР$", r"Губерт А\.А\.",
    "ВСТАВЛЕНО", "ПЕРЕНОСВ", "ГИПЕРССЫЛКА", "ЭЛУПРБЛОК", "ЭЛУПРСТРОКА", "ЭЛУПРРЯД", "ЭЛУПРЯЧЕЙКА", "СМАРТТЕГ",
    "ПОЛЕПРОСТОЕ", "ПОЛЕСЛОЖН", "обще-школьный", "ТАБ\tПОСЛЕТАБ\nПОСЛЕРАЗР", "НАДПИСЬ", "ВЛОЖ1",
    "АБЗАЦВЯЧЕЙКЕ", "ПОСЛЕГРИДБЕФОР", "СНОСКА", "ПРИМЕЧАНИЕ", "ВЕРХКОЛОНТ", "НИЖКОЛОНТ",
]  # fmt: skip
ABSENT = ["УДАЛЕНО", "ПЕРЕНОСИЗ", "КОДПОЛЯ", "СКРЫТЫЙ"]


def test_features() -> None:
    """Every construct of Word once, in a file that others made."""
    path = SHARED / "features" / "features.docx"
    if not path.exists():
        pytest.skip(f"нет папки с общими файлами: {path}")
    source = read_source(path)
    lines = texts(source)
    missing = [shape for shape in PRESENT if not any(re.search(shape, line) for line in lines)]
    assert missing == []
    assert [shape for shape in ABSENT if any(shape in line for line in lines)] == []
    assert sum(line.count("НАДПИСЬ") for line in lines) == 1
    by_text = {block.text: block for block in source.blocks}
    assert by_text["ПОСЛЕГРИДБЕФОР"].column == 2
    assert by_text["ВЛОЖ1"].inside == (1, 7, 1)
    assert (by_text["ВЕРХКОЛОНТ"].part, by_text["НИЖКОЛОНТ"].part) == ("header", "footer")
    assert (by_text["СНОСКА"].part, by_text["ПРИМЕЧАНИЕ"].part) == ("footnote", "comment")


WHOLE = (
    item("а")
    + tbl(tr(tc("б", '<w:gridSpan w:val="2"/>'), tc("в", "<w:vMerge/>")))
    + f"<w:p>{box(p('г'))}</w:p>"
)


@settings(max_examples=150, deadline=None)
@given(
    cut=st.integers(0, len(WHOLE)),
    length=st.integers(0, 60),
    junk=st.text('<>/w:ptrcblPr"= 1.&;а\x00\ud800', max_size=12),
)
def test_mutilated_xml_never_breaks_the_reader(cut: int, length: int, junk: str) -> None:
    body = (WHOLE[:cut] + junk + WHOLE[cut + length :]).encode("utf-8", "surrogatepass")
    parts: dict[str, str | bytes] = {
        "word/document.xml": document("@").encode().replace(b"@", body),
        "word/numbering.xml": numbering(DECIMAL),
        "word/_rels/document.xml.rels": relationships(("n", "numbering", "numbering.xml")),
    }
    try:
        source = read_docx(Path("план.docx"), zip_parts(parts))
    except ExtractorError:
        return
    assert [block.id for block in source.blocks] == list(range(len(source.blocks)))


@settings(max_examples=100, deadline=None)
@given(place=st.integers(0, 3000), value=st.integers(0, 255), cut=st.integers(0, 200))
def test_mutilated_zip_never_breaks_the_reader(place: int, value: int, cut: int) -> None:
    data = bytearray(make_docx(WHOLE, numbering=numbering(DECIMAL)))
    data[place % len(data)] = value
    try:
        read_docx(Path("план.docx"), bytes(data[: len(data) - cut]))
    except ExtractorError:
        return
