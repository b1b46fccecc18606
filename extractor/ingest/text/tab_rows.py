"""Tables with one row a line and a tab between its cells: «№⇥Мероприятия⇥Сроки»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractor.ingest.text.merged import find_wide, merge_down
from extractor.ingest.text.shapes import SMALL, Cell, Part, Table, find_runs, is_blank, opens_item

_BLANKS_INSIDE = 3  # empty lines that a table of tab-separated rows may hold in one place
_CELL_LINES = 40  # physical lines over which one row may stretch
_MOST_COLUMNS = 60
_NUMBER_ALONE = re.compile(r"\s*[\dIVXІХ]+(?:\.\d+)*[.)]?\s*$")


def find_tab_rows(lines: Sequence[str], start: int, end: int) -> list[Table]:
    """Tables whose rows are lines and whose cells are kept apart by tabs: «№⇥Мероприятия⇥Сроки»."""
    runs = find_runs(lines, start, end, opens=_has_inner_tab, find_end=_end_of_rows)
    return [table for at, stop in runs if (table := _read_rows(lines, at, stop))]


def _has_inner_tab(line: str) -> bool:
    """Whether a tab stands between two texts of the line."""
    return "\t" in line and "\t" in line.strip()


def _end_of_rows(lines: Sequence[str], start: int, end: int) -> int:
    """The line behind the last one that can belong to the table that starts at `start`."""
    tabs = lines[start].count("\t")
    last, blanks, loose = start, 0, 0
    for at in range(start + 1, end):
        line = lines[at]
        if is_blank(line) and "\t" not in line:
            blanks += 1
        elif _has_inner_tab(line):
            if line.count("\t") > tabs:
                break
            last, blanks, loose = at, 0, 0
        elif "\t" in line:  # one cell only: sure to be a row where rows stand close by
            last = last if blanks else at
        else:
            loose += 1
        if blanks > _BLANKS_INSIDE or loose > _CELL_LINES or (loose and blanks):
            break
    return last + 1


def _read_rows(lines: Sequence[str], start: int, end: int) -> Table | None:
    """The table in these lines; None where tabs only stand behind numbers or push text aside."""
    columns = max(line.count("\t") for line in lines[start:end]) + 1
    rows = _gather_rows(lines[start:end], columns)
    full = [row for row in rows if sum(bool(cell) for cell in row) >= 2]
    if len(full) < 2 or columns > _MOST_COLUMNS or _is_list(full, columns) or _has_hollow(full, columns):
        return None
    texts = [["\n".join(cell) for cell in row] for row in rows]
    wide = find_wide(texts)
    cells: list[Cell] = []
    for number, row in enumerate(rows, 1):
        cells.extend(_cells_of_row(row[:1] if number in wide else row, number, columns))
    return Table(start, end, merge_down(cells, texts, wide))


def _gather_rows(lines: Sequence[str], columns: int) -> list[list[list[str]]]:
    """Rows of cells of lines; lines that only together hold all tabs of a row are one row."""
    rows: list[list[list[str]]] = []
    at = 0
    while at < len(lines):
        if is_blank(lines[at]) and "\t" not in lines[at]:
            at += 1
            continue
        taken = _lines_of_row(lines, at, columns)
        row: list[list[str]] = [[]]
        for line in lines[at : at + taken]:
            first, *others = line.split("\t")
            row[-1].append(first)
            row.extend([cell] for cell in others)
        row = [[text for text in cell if not is_blank(text)] for cell in row]
        if len(row) == 1 and rows and _continues(row[0][0]):
            rows[-1][-1].extend(row[0])
        else:
            rows.append(row)
        at += taken
    return rows


def _lines_of_row(lines: Sequence[str], at: int, columns: int) -> int:
    """How many lines make one row: more than one where a cell holds line breaks of its own."""
    tabs = lines[at].count("\t")
    if tabs in (0, columns - 1):
        return 1
    for taken, line in enumerate(lines[at + 1 : at + _CELL_LINES], 2):
        count = line.count("\t")
        tabs += count
        if is_blank(line) or count == columns - 1 or tabs > columns - 1:
            return 1
        if tabs == columns - 1 and count:
            return taken
    return 1


def _continues(text: str) -> bool:
    """Whether a line without tabs is a further paragraph of the cell above, not a row of its own."""
    return SMALL.match(text.lstrip()) is not None or (opens_item(text) and not text.lstrip()[0].isalnum())


def _is_list(rows: list[list[list[str]]], columns: int) -> bool:
    """Whether the tabs only keep numbers, bullets or labels from their text: «1.⇥Вебинар», «Цель:⇥рост»; or what
    stands behind them from the items of a list: «1. Доклад⇥Иванова И.И.»."""
    if all(opens_item(row[0][0]) and not _NUMBER_ALONE.match(row[0][0]) for row in rows if row[0]):
        return True
    firsts = [row[0][0].strip() for row in rows if row[0]]
    return columns == 2 and all(
        first.endswith(":") or opens_item(f"{first}  x") and len(first) < 8 for first in firsts
    )


def _has_hollow(rows: list[list[list[str]]], columns: int) -> bool:
    """Whether some column is empty in all rows, its heading too: tabs typed for their width."""
    filled = Counter(at for row in rows for at, cell in enumerate(row) if cell)
    return len(filled) < columns


def _cells_of_row(row: list[list[str]], number: int, columns: int) -> list[Cell]:
    """The cells of one row; a line without any tab stands over all columns."""
    if len(row) == 1:
        return [Cell(number, 1, tuple(map(Part, row[0])), col_span=columns)]
    row = row + [[]] * (columns - len(row))
    return [Cell(number, column, tuple(map(Part, cell))) for column, cell in enumerate(row, 1)]
