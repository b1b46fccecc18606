"""What the builders of the sample plans share: Word lists, merged tables, a repeatable file."""
import datetime
import io
import pathlib
import zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

SAMPLES = pathlib.Path(__file__).resolve().parent.parent
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
CENTER = WD_ALIGN_PARAGRAPH.CENTER
NBSP = "\u00a0"
SHY = "\u00ad"
STAMP = datetime.datetime(2020, 1, 1)


def new(landscape=False):
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.font.size = Pt(12)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if landscape:
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    return document


def fill(paragraph, text, bold=False):
    """Puts text into a paragraph; a newline becomes a manual line break, ** a change of boldness."""
    for index, line in enumerate(text.split("\n")):
        if index:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        heavy = bold
        for part in line.split("**"):
            if part:
                run = paragraph.add_run(part)
                run.bold = heavy or None
            heavy = not heavy
    return paragraph


def para(document, text="", align=None, bold=False, numbered=None):
    paragraph = fill(document.add_paragraph(), text, bold)
    paragraph.paragraph_format.space_after = Pt(0)
    if align is not None:
        paragraph.alignment = align
    if numbered is not None:
        number(paragraph, numbered)
    return paragraph


def new_list(document, pattern="%1.", kind="decimal"):
    """A Word list of its own that starts at 1; gives the id for para(numbered=…)."""
    root = document.part.numbering_part.element
    ids = [int(e.get(qn("w:abstractNumId"))) for e in root.findall(qn("w:abstractNum"))]
    abstract_id = max(ids, default=0) + 1
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(abstract_id))
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", pattern), ("w:lvlJc", "left")):
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        level.append(element)
    properties = OxmlElement("w:pPr")
    indent = OxmlElement("w:ind")
    indent.set(qn("w:left"), "720")
    indent.set(qn("w:hanging"), "360")
    properties.append(indent)
    level.append(properties)
    abstract.append(level)
    nums = root.findall(qn("w:num"))
    if nums:
        nums[0].addprevious(abstract)
    else:
        root.append(abstract)
    num_id = max([int(e.get(qn("w:numId"))) for e in nums], default=0) + 1
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), str(num_id))
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), str(abstract_id))
    num.append(link)
    root.append(num)
    return num_id


def bullets(document, mark="\u2022"):
    return new_list(document, mark, "bullet")


def number(paragraph, num_id):
    properties = paragraph._p.get_or_add_pPr()
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = 0
    numbering.get_or_add_numId().val = num_id


def cell(target, content, bold=False):
    """Fills a cell: a string is one paragraph, a list is several, (id, text) a list item."""
    lines = content if isinstance(content, list) else [content]
    for index, line in enumerate(lines):
        paragraph = target.paragraphs[0] if index == 0 else target.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        if isinstance(line, tuple):
            fill(paragraph, line[1], bold)
            number(paragraph, line[0])
        else:
            fill(paragraph, line, bold)


def table(document, width, rows, widths=None, grid=True, heading=0):
    """rows: lists of contents; None joins the cell above, ... the cell to the left."""
    made = document.add_table(rows=len(rows), cols=width)
    if grid:
        made.style = "Table Grid"
    for y, row in enumerate(rows):
        for x, content in enumerate(row):
            if content is None or content is ...:
                continue
            last_x = x
            while last_x + 1 < width and row[last_x + 1] is ...:
                last_x += 1
            last_y = y
            while last_y + 1 < len(rows) and rows[last_y + 1][x] is None:
                last_y += 1
            target = made.cell(y, x)
            if (last_x, last_y) != (x, y):
                target = target.merge(made.cell(last_y, last_x))
            cell(target, content, bold=y < heading)
    if widths:
        made.autofit = False
        for column, size in zip(made.columns, widths, strict=False):
            column.width = Cm(size)
        for row in made._tbl.tr_lst:
            at = 0
            for tc in row.tc_lst:
                tc.width = Cm(sum(widths[at:at + tc.grid_span]))
                at += tc.grid_span
    return made


def page_number(paragraph):
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def save(document, name):
    """Writes samples/NAME/plan.docx, the same bytes at every run."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.title = properties.comments = ""
    properties.created = properties.modified = STAMP
    buffer = io.BytesIO()
    document.save(buffer)
    path = SAMPLES / name / "plan.docx"
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fresh:
        for item in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(item, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            fresh.writestr(info, old.read(item))
    print(path)
