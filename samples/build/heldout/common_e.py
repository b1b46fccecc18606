# ruff: noqa: E501 -- signatures
"""What the fifth set of held-out builders shares beside common.py: people by name, Word text boxes and footnotes, text in columns."""
import re
import textwrap

from common import P
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def who(name):
    """A maker of one person: «Ляхова И. П.» is written «Ляхова И.П.» where nothing else is said."""
    def made(text=None, position=None, school=None, **more):
        return P(text or re.sub(r"(?<=[А-ЯЁ]\.) (?=[А-ЯЁ]\.)", "", name), name, position, school, **more)
    return made


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_box(paragraph, lines):
    """An old Word text box (VML) in a run of the paragraph, one paragraph a line."""
    inner = "".join(f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    paragraph._p.append(parse_xml(
        f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape id="box1" type="#_x0000_t202" '
        f'style="width:420pt;height:120pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'))


def footnotes(document, *texts):
    """A footnotes part; the ids of the notes are 1, 2, …"""
    notes = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>' for i, text in enumerate(texts, 1))
    ends = "".join(f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
                   for kind, i, mark in (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator")))
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{W}">{ends}{notes}</w:footnotes>'.encode()
    part = Part(PackURI("/word/footnotes.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
                blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def note(paragraph, number):
    """The mark of footnote `number` at the end of a paragraph."""
    run = paragraph.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run._r.append(mark)


def wrap(text, width):
    return [line for part in text.split("\n") for line in textwrap.wrap(part, width, break_on_hyphens=False) or [""]]


def columns(places, *texts, drop=()):
    """The lines of one row of a text table; places are (start, width), the columns of `drop` begin a line lower."""
    cells = [([""] if i in drop else []) + wrap(t, w) for i, (t, (_, w)) in enumerate(zip(texts, places, strict=True))]
    lines = []
    for n in range(max(map(len, cells))):
        line = ""
        for (start, _), cell in zip(places, cells, strict=True):
            if n < len(cell) and cell[n]:
                line = line.ljust(start) + cell[n]
        lines.append(line)
    return lines
