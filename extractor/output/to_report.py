"""Plans → the year's report of a district as a Word document.

By year and association: who, which theme, meeting by meeting with the agenda, the other work as a
table; in the end the part that each school has in it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from extractor.model.plan import Activity, Meeting, Plan, Plans
from extractor.output.cells import joined, meeting_told, term_told, who
from extractor.output.linked import tables_of
from extractor.output.summary import Summary

_WIDTHS = {"activities": (3.2, 9.0, 4.6), "schools": (6.8, 3.1, 2.3, 2.6, 2.2)}
_PLANS = ((8.8, 2.6, 2.4, 3.2), (6.7, 2.3, 2.5, 2.3, 3.2))  # without and with a column for the year
_STAMP = datetime(2000, 1, 1)
_NO_YEAR = "Год не указан"


def docx_bytes(plan: Plan | Plans) -> bytes:
    """The report of one document."""
    return report_bytes(plan.plans if isinstance(plan, Plans) else (plan,))


def report_bytes(plans: Iterable[Plan], names: Mapping[str, str] | None = None) -> bytes:
    """The report of many plans, in the order of years and associations; `names` are those of schools by key."""
    report = _Report()
    ordered = sorted(plans, key=lambda plan: (_year(plan), _whose(plan), plan.source.name))
    report.begin(ordered)
    year = ""
    for plan in ordered:
        if _year(plan) != year:
            year = _year(plan)
            report.heading(year if year == _NO_YEAR else f"{year} год", 1)
        report.plan(plan)
    report.schools(ordered, names)
    return report.data()


def _year(plan: Plan) -> str:
    if plan.school_year:
        return f"{plan.school_year.start}–{plan.school_year.end} учебный"
    return str(plan.calendar_year.year) if plan.calendar_year else _NO_YEAR


def _short_year(plan: Plan) -> str:
    return _year(plan).removesuffix(" учебный") if _year(plan) != _NO_YEAR else "—"


def _whose(plan: Plan) -> str:
    if plan.association:
        return plan.association.text[:1].upper() + plan.association.text[1:]
    return plan.title.text if plan.title else plan.source.name


class _Report:
    def __init__(self) -> None:
        from docx import Document
        from docx.shared import Cm, Pt

        self._file: Any = Document()
        self._cm = Cm
        style = self._file.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(12)
        style.paragraph_format.space_after = Pt(4)
        for level, size in ((1, 16), (2, 14), (3, 12)):
            self._russian_heading(f"Heading {level}", Pt(size))
        section = self._file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(2)
        footer = section.footer.paragraphs[0]
        footer.alignment = 1
        for text in ("стр. ", "PAGE", " из ", "NUMPAGES"):
            run = footer.add_run("" if text.isupper() else text)
            run.font.size = Pt(10)
            if text.isupper():
                _field(run, text)
        properties = self._file.core_properties
        properties.title, properties.author = "Планы методических объединений", "extract"
        properties.created = properties.modified = _STAMP

    def _russian_heading(self, name: str, size: Any) -> None:
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        style = self._file.styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", size, True
        style.font.color.rgb = RGBColor(0x1F, 0x38, 0x64)
        fonts = style.element.rPr.rFonts
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)

    def begin(self, plans: list[Plan]) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        title = self._file.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = title.add_run("Что запланировали методические объединения")
        run.bold, run.font.size = True, Pt(18)
        years = len({_year(plan) for plan in plans}) > 1
        rows: list[tuple[Any, ...]] = []
        sums = [0, 0, 0]
        for plan in plans:
            counts = (
                len(plan.meetings),
                sum(len(each.agenda) for each in plan.meetings),
                len(plan.activities),
            )
            sums = [sum(pair) for pair in zip(sums, counts, strict=True)]
            rows.append((_whose(plan), *([_short_year(plan)] if years else []), *counts))
        if len(rows) > 1:
            rows.append(("Всего", *([""] if years else []), *sums))
        headings = ("Объединение", *(["Год"] if years else []), "Заседаний", "Вопросов", "Мероприятий")
        self._table(headings, rows, _PLANS[years])

    def heading(self, text: str, level: int) -> None:
        self._file.add_heading(_clean(text), level)

    def plan(self, plan: Plan) -> None:
        self.heading(_whose(plan), 2)
        facts = (
            ("Руководитель", who([plan.head]) if plan.head else None),
            ("Территория", plan.association.territory if plan.association else None),
            ("Тема", "; ".join(each.text for each in plan.themes)),
            ("Цель", "; ".join(each.text for each in plan.goals)),
            ("Файл", plan.source.name),
        )
        for label, text in facts:
            if text:
                self._fact(label, text)
        for meeting in plan.meetings:
            self._meeting(meeting)
        if plan.activities:
            self.heading("Мероприятия", 3)
            rows = [_activity(each) for each in plan.activities]
            self._table(("Срок", "Содержание", "Ответственные"), rows, _WIDTHS["activities"])

    def _fact(self, label: str, text: str) -> None:
        paragraph = self._file.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(_clean(text))

    def _meeting(self, meeting: Meeting) -> None:
        told, term = meeting_told(meeting), joined(term_told(each) for each in meeting.dates)
        if term and term.casefold() not in told.casefold():
            told += f" — {term}"
        self.heading(told, 3)
        facts = (("Тема", meeting.theme), ("Форма", meeting.form), ("Место", meeting.place))
        for label, text in facts:
            if text:
                self._fact(label, text)
        for ordinal, item in enumerate(meeting.agenda, 1):
            paragraph = self._file.add_paragraph()
            paragraph.paragraph_format.left_indent = self._cm(1)
            paragraph.paragraph_format.first_line_indent = self._cm(-0.7)
            label = (item.number or str(ordinal)).rstrip(".")
            paragraph.add_run(f"{label}. {_clean(item.topic)}" + ("." if item.topic[-1:].isalnum() else ""))
            speakers = who(item.speakers)
            if speakers:
                paragraph.add_run(f" {_clean(speakers)}").italic = True

    def schools(self, plans: list[Plan], names: Mapping[str, str] | None) -> None:
        """The table of participation by school."""
        summary = Summary(names)
        for plan in plans:
            for tables in tables_of(plan, plan.source.name):
                summary.add(tables)
        schools = sorted(summary.schools.values(), key=lambda each: (-each.talks, -each.answers, each.name))
        self.heading("Участие школ", 1)
        rows = [(each.name, each.talks, each.answers, each.takes_part, each.plans) for each in schools]
        if rows:
            headings = ("Школа", "Выступлений", "Отвечает", "Участвует", "Планов")
            self._table(headings, rows, _WIDTHS["schools"])
        else:
            self._file.add_paragraph("Школы в планах не названы.")

    def _table(
        self, headings: tuple[str, ...], rows: Iterable[tuple[Any, ...]], widths: tuple[float, ...]
    ) -> None:
        """Built cell by cell on the XML: python-docx counts all cells anew for each one it is asked for."""
        from docx.shared import Pt

        table = self._file.add_table(rows=1, cols=len(headings))
        table.style, table.autofit = "Table Grid", False
        pattern = table.rows[0]._tr
        _mark_row(pattern, "w:cantSplit")
        for values in (headings, *rows):
            row = deepcopy(pattern)
            table._tbl.append(row)
            for cell, value, width in zip(row.tc_lst, values, widths, strict=True):
                cell.width = self._cm(width)
                paragraph = _paragraph(cell)
                run = paragraph.add_run("" if value is None else _clean(str(value)))
                run.font.size = Pt(10)
                run.bold = values is headings or values[0] == "Всего"
                paragraph.paragraph_format.space_after = Pt(0)
                if values is headings:
                    _shade(cell)
                if not isinstance(value, str) and value is not None:
                    paragraph.alignment = 1
        table._tbl.remove(pattern)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = self._cm(width)
        _mark_row(table.rows[0]._tr, "w:tblHeader")
        self._file.add_paragraph()

    def data(self) -> bytes:
        """The document; every part of it with the same time, so that the same plans give the same bytes."""
        made, fixed = io.BytesIO(), io.BytesIO()
        self._file.save(made)
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
            for member in old.infolist():
                part = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
                new.writestr(part, old.read(member), zipfile.ZIP_DEFLATED)
        return fixed.getvalue()


def _activity(activity: Activity) -> tuple[str | None, str, str | None]:
    number = f"{activity.number.rstrip('.')}. " if activity.number else ""
    return (
        joined(term_told(each) for each in activity.dates),
        f"{number}{activity.text}",
        who(activity.responsible),
    )


def _paragraph(cell: Any) -> Any:
    from docx.text.paragraph import Paragraph

    return Paragraph(cell.p_lst[0], None)  # type: ignore[arg-type]


def _shade(cell: Any) -> None:
    """The pale blue of a heading, as in the workbook."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "D9E2F3")):
        shading.set(qn(f"w:{name}"), value)
    cell.get_or_add_tcPr().append(shading)


def _field(run: Any, name: str) -> None:
    """A field that Word fills in: PAGE, NUMPAGES."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = name
        run._r.append(part)


def _mark_row(row: Any, mark: str) -> None:
    """w:tblHeader: repeated on every page; w:cantSplit: not torn by the end of a page."""
    from docx.oxml import OxmlElement

    row.get_or_add_trPr().append(OxmlElement(mark))


def _clean(text: str) -> str:
    """What XML can hold."""
    kept = "".join(each if each in "\n\t" or ord(each) >= 32 else " " for each in text)
    kept = kept.replace("\ufffe", "").replace("\uffff", "")
    return kept.encode("utf-8", "replace").decode()
