"""Plan → one CSV table of agenda items and activities, for Russian Excel or for machines."""

from __future__ import annotations

import codecs
import re
from datetime import date

from extractor.model.plan import Plan, Plans, SourceInfo
from extractor.output.cells import Cell
from extractor.output.rows import rows
from extractor.output.tables import WORK

_ACTIVE = re.compile(r"[=+@\t\r\n＝＋＠]")
_NUMBER = re.compile(r"-\d[\d \u00a0]*(?:[.,]\d+)?%?$")
# «- Обзор новинок» is a list item; «- СУММ(A1)», «- cmd|…» and «- Лист!A1» are formulas behind a dash
_LIST_DASH = re.compile(r"-[ \u00a0](?![=+@-])(?!.*(?:\||\w\(|\w!\$?\w)).*$", re.DOTALL)


def csv_bytes(plan: Plan | Plans, *, dialect: str = "excel") -> bytes:
    """«excel»: BOM, `;`, CRLF, days as 25.10.2017, cells made harmless; «machine»: UTF-8, comma, LF,
    ISO days, untouched."""
    for_excel = dialect == "excel"
    text = _written(
        [[(_for_excel if for_excel else _for_machine)(cell) for cell in row] for row in rows(WORK, plan)],
        separator=";" if for_excel else ",",
        line_end="\r\n" if for_excel else "\n",
    )
    return (codecs.BOM_UTF8 if for_excel else b"") + text.encode("utf-8", "replace")


def csv_head(dialect: str) -> bytes:
    """What every table begins with: BOM and headings."""
    return csv_bytes(Plans(source=SourceInfo(name="", format="", sha256="", bytes=0)), dialect=dialect)


def _written(cells: list[list[str]], *, separator: str, line_end: str) -> str:
    import pandas  # 0.3 s: only those pay who want a table

    frame = pandas.DataFrame(cells, columns=WORK.headings, dtype=object)
    text: str = frame.to_csv(None, index=False, sep=separator, lineterminator=line_end)
    return text


def harmless(text: str) -> str:
    """The cell that a spreadsheet takes for text: an apostrophe before «=1+1», «@SUM», «-2+3».

    A plain number («-5», «-3,5») and the dash of a list («- Обзор новинок») stay as they are.
    """
    if _ACTIVE.match(text):
        return f"'{text}"
    if text.startswith(("-", "－")) and not (_NUMBER.match(text) or _LIST_DASH.match(text)):
        return f"'{text}"
    return text


def cell_text(cell: Cell, dialect: str) -> str:
    """The cell as it stands in a CSV of this dialect."""
    return _for_excel(cell) if dialect == "excel" else _for_machine(cell)


def _for_excel(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell.day:02}.{cell.month:02}.{cell.year:04}"
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return harmless(_for_machine(cell))


def _for_machine(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n")
