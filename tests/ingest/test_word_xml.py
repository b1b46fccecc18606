"""Word documents in one XML file: of Word 2003, and the flat form of .docx."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from extractor.errors import DamagedFile, TooLarge
from extractor.ingest import read_source
from extractor.ingest.from_docx import read_docx
from extractor.ingest.from_word_xml import read_word_xml
from extractor.ingest.limits import Limits
from extractor.model.source import Block, Source

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[2] / "samples"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core">'
)


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, level: int = 0) -> str:
    return p(text, f'<w:listPr><w:ilvl w:val="{level}"/><w:ilfo w:val="3"/><wx:t wx:val="1."/></w:listPr>')


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def document(body: str, before: str = "") -> bytes:
    return f"{_HEAD}{before}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>".encode()


def read(body: str, before: str = "", **options: Limits) -> Source:
    return read_word_xml(Path("plan.xml"), document(body, before), **options)


def shown(source: Source) -> list[str]:
    return [(f"{block.label} " if block.label else "") + block.text for block in source.blocks]


LISTS = """<w:lists>
<w:listDef w:listDefId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="1"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:listDef>
<w:list w:ilfo="3"><w:ilst w:val="7"/></w:list></w:lists>"""
STYLES = """<w:styles><w:style w:type="paragraph" w:default="on" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>"""

LINES = [
    ("text", p("Цель: чтение"), ["Цель: чтение"]),
    ("list", item("Доклад") + item("Обзор", 1) + item("Итоги"), ["I. Доклад", "I.1) Обзор", "II. Итоги"]),
    (
        "insertion",
        '<w:p><aml:annotation aml:id="1" w:type="Word.Insertion"><aml:content><w:r><w:t>Новое</w:t></w:r>'
        "</aml:content></aml:annotation><w:r><w:t> дело</w:t></w:r></w:p>",
        ["Новое дело"],
    ),
    (
        "deletion",
        '<w:p><aml:annotation aml:id="1" w:type="Word.Deletion"><aml:content><w:r><w:delText>Старое</w:delText></w:r>'
        "</aml:content></aml:annotation><w:r><w:t>Дело</w:t></w:r></w:p>",
        ["Дело"],
    ),
    (
        "comment",
        '<w:p><w:r><w:t>Семинар</w:t></w:r><w:r><aml:annotation aml:id="2" w:type="Word.Comment"><aml:content>'
        "<w:p><w:r><w:t>проверить</w:t></w:r></w:p></aml:content></aml:annotation></w:r></w:p>",
        ["Семинар", "проверить"],
    ),
    (
        "footnote",
        "<w:p><w:r><w:t>Семинар</w:t></w:r><w:r><w:footnote><w:p><w:r><w:t>или вебинар</w:t></w:r></w:p></w:footnote>"
        "</w:r><w:r><w:t>, март</w:t></w:r></w:p>",
        ["Семинар, март", "или вебинар"],
    ),
    (
        "header",
        p("План")
        + '<w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>РМО</w:t></w:r></w:p></w:hdr><w:ftr w:type="odd">'
        "<w:p><w:r><w:t>2024</w:t></w:r></w:p></w:ftr></w:sectPr>",
        ["План", "РМО", "2024"],
    ),
    ("link", '<w:p><w:hlink w:dest="http://x.invalid/"><w:r><w:t>сайт</w:t></w:r></w:hlink></w:p>', ["сайт"]),
]


@pytest.mark.parametrize(("body", "want"), [line[1:] for line in LINES], ids=[line[0] for line in LINES])
def test_what_word_2003_writes_otherwise(body: str, want: list[str]) -> None:
    assert shown(read(body, LISTS + STYLES)) == want


def test_parts_of_the_document_are_told_apart() -> None:
    body = "".join(line[1] for line in LINES)
    parts = [block.part for block in read(body, LISTS + STYLES).blocks]
    assert sorted(set(parts)) == ["body", "comment", "footer", "footnote", "header"]


def test_a_heading_is_known_by_its_style() -> None:
    assert read(p("Раздел", '<w:pStyle w:val="1"/>'), STYLES).blocks[0].heading == 1


def test_a_table_without_a_grid_keeps_its_columns() -> None:
    table = (
        "<w:tbl><w:tblPr/><w:tblGrid/>"
        f"<w:tr>{tc('№')}{tc('Тема')}{tc('Срок')}</w:tr>"
        f"<w:tr>{tc('1')}{tc('Чтение', '<w:vmerge w:val=' + chr(34) + 'restart' + chr(34) + '/>')}{tc('май')}</w:tr>"
        f"<w:tr>{tc('2')}{tc('', '<w:vmerge/>')}{tc('июнь')}</w:tr>"
        f"<w:tr>{tc('Итоги', '<w:gridSpan w:val=' + chr(34) + '3' + chr(34) + '/>')}</w:tr></w:tbl>"
    )
    found = [(b.row, b.column, b.row_span, b.col_span, b.text) for b in read(table).blocks]
    assert found == [
        (1, 1, 1, 1, "№"),
        (1, 2, 1, 1, "Тема"),
        (1, 3, 1, 1, "Срок"),
        (2, 1, 1, 1, "1"),
        (2, 2, 2, 1, "Чтение"),
        (2, 3, 1, 1, "май"),
        (3, 1, 1, 1, "2"),
        (3, 3, 1, 1, "июнь"),
        (4, 1, 1, 3, "Итоги"),
    ]


def facts(block: Block) -> tuple[object, ...]:
    return (block.kind, block.part, block.table, block.row, block.column, block.label, block.text)


def test_what_libreoffice_wrote_has_the_text_of_its_document() -> None:
    """LibreOffice leaves out which cells are merged downwards; all else is there."""
    path = SAMPLES / "mathematics-2022/plan.docx"
    ours, theirs = read_source(DATA / "mathematics-2022.xml"), read_docx(path, path.read_bytes())
    assert ours.format == "word-xml"
    assert [facts(b)[:3] + facts(b)[6:] for b in ours.blocks] == [
        facts(b)[:3] + facts(b)[6:] for b in theirs.blocks
    ]


def flat(path: Path) -> bytes:
    """The package in its flat form, as Word saves «XML-документ Word»."""
    name = "http://schemas.microsoft.com/office/2006/xmlPackage"
    package = etree.Element(f"{{{name}}}package", nsmap={"pkg": name})
    with zipfile.ZipFile(path) as parts:
        for entry in parts.namelist():
            if entry.endswith((".xml", ".rels")):
                part = etree.SubElement(package, f"{{{name}}}part", {f"{{{name}}}name": "/" + entry})
                etree.SubElement(part, f"{{{name}}}xmlData").append(etree.fromstring(parts.read(entry)))
    return etree.tostring(package, xml_declaration=True, encoding="UTF-8", standalone=True)


def test_the_flat_form_of_docx_has_its_blocks(tmp_path: Path) -> None:
    path = SAMPLES / "librarians-2019/plan.docx"
    (tmp_path / "plan.xml").write_bytes(flat(path))
    found = read_source(tmp_path / "plan.xml")
    assert [facts(b) for b in found.blocks] == [facts(b) for b in read_docx(path, path.read_bytes()).blocks]


REFUSED = [
    (
        document(p("План")).replace(
            b"<w:wordDocument", b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><w:wordDocument"
        ),
        "DOCTYPE",
    ),
    (document(p("План"))[:-30], "не правильный XML"),
    (_HEAD.encode() + b"<w:styles/></w:wordDocument>", "нет текста"),
]


@pytest.mark.parametrize(("data", "said"), REFUSED, ids=["doctype", "cut", "empty"])
def test_what_is_damaged_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(DamagedFile, match=said):
        read_word_xml(Path("plan.xml"), data)


def test_limits_hold() -> None:
    with pytest.raises(TooLarge, match="слишком глубоко"):
        read("<wx:sub-section>" * 300 + p("План") + "</wx:sub-section>" * 300)
    with pytest.raises(TooLarge, match="слишком велик"):
        read(p("План"), limits=Limits(entry_bytes=100))
    with pytest.raises(TooLarge, match="слишком много текста"):
        read(p("План") * 30, limits=Limits(blocks=20))
