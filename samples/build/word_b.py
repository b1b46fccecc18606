"""Small helpers for the builders of the B set of samples (python-docx, deterministic files).

Marks in a text: "¶" starts a new paragraph of a cell, "\\n" is a manual line break,
"¦" splits a run (as an editor's spell checker does), "\\t" is a tab.
"""
import datetime
import io
import sys
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

SAMPLES = Path(__file__).resolve().parent.parent
ALIGN = {"l": WD_ALIGN_PARAGRAPH.LEFT, "c": WD_ALIGN_PARAGRAPH.CENTER,
         "r": WD_ALIGN_PARAGRAPH.RIGHT, "j": WD_ALIGN_PARAGRAPH.JUSTIFY}


def document(size=12, landscape=False, font="Times New Roman"):
    doc = Document()
    style = doc.styles["Normal"]
    style.font.name = font
    style.font.size = Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    style.paragraph_format.space_after = Pt(0)
    section = doc.sections[0]
    width, height = Cm(21), Cm(29.7)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    return doc


def runs(paragraph, text, bold=False, italic=False, underline=False, size=None):
    for piece in text.split("¦"):
        run = paragraph.add_run(piece)
        run.bold = bold or None
        run.italic = italic or None
        run.underline = underline or None
        if size:
            run.font.size = Pt(size)
    return paragraph


def para(where, text="", align="l", indent=None, num=None, level=0, style=None, **fmt):
    p = where.add_paragraph(style=style)
    p.alignment = ALIGN[align]
    if indent:
        p.paragraph_format.first_line_indent = Cm(indent)
    runs(p, text, **fmt)
    if num is not None:
        set_number(p, num, level)
    return p


def set_number(p, num, level=0):
    num_pr = p._p.get_or_add_pPr().get_or_add_numPr()
    num_pr.get_or_add_ilvl().val = level
    num_pr.get_or_add_numId().val = num


def new_list(doc, kinds=(("decimal", "%1."),)):
    """A fresh list of Word's own numbering; gives its numId."""
    numbering = doc.part.numbering_part.element
    ids = [int(a.get(qn("w:abstractNumId"))) for a in numbering.findall(qn("w:abstractNum"))]
    abstract = OxmlElement("w:abstractNum")
    abstract_id = str(max(ids, default=0) + 1)
    abstract.set(qn("w:abstractNumId"), abstract_id)
    for i, (fmt, text) in enumerate(kinds):
        lvl = OxmlElement("w:lvl")
        lvl.set(qn("w:ilvl"), str(i))
        for tag, val in (("w:start", "1"), ("w:numFmt", fmt), ("w:lvlText", text), ("w:lvlJc", "left")):
            el = OxmlElement(tag)
            el.set(qn("w:val"), val)
            lvl.append(el)
        ppr, ind = OxmlElement("w:pPr"), OxmlElement("w:ind")
        ind.set(qn("w:left"), str(720 * (i + 1)))
        ind.set(qn("w:hanging"), "360")
        ppr.append(ind)
        lvl.append(ppr)
        abstract.append(lvl)
    first_num = numbering.find(qn("w:num"))
    if first_num is not None:
        first_num.addprevious(abstract)
    else:
        numbering.append(abstract)
    return numbering.add_num(int(abstract_id)).numId


def cell_text(cell, text, num=None, align=None, **fmt):
    """Text of a cell; a "#" at the start of a paragraph makes it an item of the list `num`."""
    for i, part in enumerate(text.split("¶")):
        p = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
        listed = num is not None and part.startswith("#")
        runs(p, part[1:] if listed else part, **fmt)
        if align:
            p.alignment = ALIGN[align]
        if listed:
            set_number(p, num)


def table(doc, columns, widths=None):
    t = doc.add_table(rows=0, cols=columns)
    t.style = "Table Grid"
    t.widths = widths
    for column, width in zip(t.columns, widths or (), strict=False):
        column.width = Cm(width)
    return t


def row(t, *texts, num=None, **fmt):
    """A row; None merges the cell with the one to the left, "^" with the one above."""
    cells = t.add_row().cells
    if t.widths:
        for cell, width in zip(cells, t.widths, strict=True):
            cell.width = Cm(width)
    for i, text in enumerate(texts):
        if text is None:
            continue
        last = i
        while last + 1 < len(texts) and texts[last + 1] is None:
            last += 1
        cell = cells[i].merge(cells[last]) if last > i else cells[i]
        if text == "^":
            above = t.rows[len(t.rows) - 2].cells[i]
            above.merge(cell)
            merged = t.rows[len(t.rows) - 2].cells[i]
            while len(merged.paragraphs) > 1 and not merged.paragraphs[-1].text:
                merged._tc.remove(merged.paragraphs[-1]._p)
        else:
            cell_text(cell, text, num=num, **fmt)
    return cells


def page_field(paragraph):
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            el = OxmlElement("w:fldChar")
            el.set(qn("w:fldCharType"), kind)
        else:
            el = OxmlElement("w:instrText")
            el.text = text
        run._r.append(el)


def save(doc, name):
    core = doc.core_properties
    core.author = core.last_modified_by = ""
    core.title = core.comments = ""
    core.created = core.modified = datetime.datetime(2024, 1, 1)
    raw = io.BytesIO()
    doc.save(raw)
    folder = SAMPLES / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "plan.docx"
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            info = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(item.filename))
    print(path, file=sys.stderr)
