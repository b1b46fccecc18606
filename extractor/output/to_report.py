"""Plans → the year's report of a district as a Word document.

By year and association: who, which theme, meeting by meeting with the agenda, the other work as a
table; in the end the part that each school has in it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from typing import Any

from extractor.model.plan import Activity, Date, Meeting, Plan, Plans
from extractor.output.cells import dates_as_written, day_of, joined, who
from extractor.output.linked import tables_of
from extractor.output.summary import Summary

_WIDTHS = {"activities": (3.2, 9.0, 4.6), "schools": (7.4, 2.9, 2.2, 2.5, 2.0), "plans": (8.8, 2.6, 2.4, 3.2)}
_STAMP = datetime(2000, 1, 1)
_NO_YEAR = "Год не указан"


def docx_bytes(plan: Plan | Plans) -> bytes:
    """The report of one document."""
    return report_bytes(plan.plans if isinstance(plan, Plans) else (plan,))


def report_bytes(plans: Iterable[Plan]) -> bytes:
    """The report of many plans, in the order of years and associations."""
    report = _Report()
    ordered = sorted(plans, key=lambda plan: (_year(plan), _whose(plan), plan.source.name))
    report.begin(ordered)
    year = ""
    for plan in ordered:
        if _year(plan) != year:
            year = _year(plan)
            report.heading(year if year == _NO_YEAR else f"{year} год", 1)
        report.plan(plan)
    report.schools(ordered)
    return report.data()


def _year(plan: Plan) -> str:
    if plan.school_year:
        return f"{plan.school_year.start}–{plan.school_year.end} учебный"
    return str(plan.calendar_year.year) if plan.calendar_year else _NO_YEAR


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
        rows = [
            (
                _whose(plan),
                len(plan.meetings),
                sum(len(each.agenda) for each in plan.meetings),
                len(plan.activities),
            )
            for plan in plans
        ]
        if len(rows) > 1:
            sums = (sum(row[column] for row in rows) for column in (1, 2, 3))  # type: ignore[misc]
            rows.append(("Всего", *sums))  # type: ignore[arg-type]
        self._table("plans", ("Объединение", "Заседаний", "Вопросов", "Мероприятий"), rows)

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
            self._table("activities", ("Срок", "Содержание", "Ответственные"), rows)

    def _fact(self, label: str, text: str) -> None:
        paragraph = self._file.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(_clean(text))

    def _meeting(self, meeting: Meeting) -> None:
        number = f"№ {meeting.number}. " if meeting.number is not None else ""
        term = dates_as_written(meeting.dates)
        self.heading(f"{number}{meeting.title or 'Заседание'}" + (f" — {term}" if term else ""), 3)
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

    def schools(self, plans: list[Plan]) -> None:
        """The table of participation by school."""
        summary = Summary()
        for plan in plans:
            for tables in tables_of(plan, plan.source.name):
                summary.add(tables)
        schools = sorted(summary.schools.values(), key=lambda each: (-each.talks, -each.answers, each.name))
        self.heading("Участие школ", 1)
        rows = [(each.name, each.talks, each.answers, each.takes_part, each.plans) for each in schools]
        if rows:
            headings = ("Школа", "Выступлений", "Отвечает", "Участвует", "Планов")
            self._table("schools", headings, rows)
        else:
            self._file.add_paragraph("Школы в планах не названы.")

    def _table(self, kind: str, headings: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
        """Built cell by cell on the XML: python-docx counts all cells anew for each one it is asked for."""
        from docx.shared import Pt

        table = self._file.add_table(rows=1, cols=len(headings))
        table.style, table.autofit = "Table Grid", False
        pattern = table.rows[0]._tr
        _mark_row(pattern, "w:cantSplit")
        for values in (headings, *rows):
            row = deepcopy(pattern)
            table._tbl.append(row)
            for cell, value, width in zip(row.tc_lst, values, _WIDTHS[kind], strict=True):
                cell.width = self._cm(width)
                paragraph = _paragraph(cell)
                run = paragraph.add_run("" if value is None else _clean(str(value)))
                run.font.size = Pt(10)
                run.bold = values is headings or values[0] == "Всего"
                paragraph.paragraph_format.space_after = Pt(0)
                if not isinstance(value, str) and value is not None:
                    paragraph.alignment = 1
        table._tbl.remove(pattern)
        for column, width in zip(table.columns, _WIDTHS[kind], strict=True):
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
        joined(_term(each) for each in activity.dates),
        f"{number}{activity.text}",
        who(activity.responsible),
    )


def _term(term: Date) -> str:
    """«В течение года», but «16 (16.09.2019)»: a bare number gets the day that it means."""
    day = day_of(term.start)
    if day is None or str(day.year) in term.text or any(letter.isalpha() for letter in term.text):
        return term.text
    return f"{term.text} ({day:%d.%m.%Y})"


def _paragraph(cell: Any) -> Any:
    from docx.text.paragraph import Paragraph

    return Paragraph(cell.p_lst[0], None)  # type: ignore[arg-type]


def _mark_row(row: Any, mark: str) -> None:
    """w:tblHeader: repeated on every page; w:cantSplit: not torn by the end of a page."""
    from docx.oxml import OxmlElement

    row.get_or_add_trPr().append(OxmlElement(mark))


def _clean(text: str) -> str:
    """What XML can hold."""
    kept = "".join(each if each in "\n\t" or ord(each) >= 32 else " " for each in text)
    kept = kept.replace("\ufffe", "").replace("\uffff", "")
    return kept.encode("utf-8", "replace").decode()
