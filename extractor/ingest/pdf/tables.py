"""Tables over several pages made one: rows cut by a page break glued, repeated headings set apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from extractor.ingest.pdf.breaks import mark_breaks
from extractor.ingest.pdf.lines import Line
from extractor.ingest.pdf.paragraphs import fits_behind
from extractor.ingest.pdf.shapes import Cell, PageContent, Table
from extractor.ingest.text.shapes import opens_item

_SAME = 3.0  # points by which the sides of one column may differ from page to page
_MOSTLY = 0.6  # share of the columns of a table without lines that begin where those of the page before do
_LOWER = 0.5  # a table that goes on stands in the upper part of its page
_ROOM = 2.2  # of the height of a line: so much free below it is room for another, and no lone line is avoided
_CLOSED = ".;:!?"


def flow(pages: Sequence[PageContent]) -> tuple[list[Line | Table], list[Line]]:
    """The lines and tables of all pages in one row, tables joined; and the headings that were repeated."""
    items: list[Line | Table] = []
    repeated: list[Line] = []
    _set_limits(pages)
    mark_breaks(pages)
    for page in pages:
        rest = page.items
        last, first = items[-1] if items else None, rest[0] if rest else None
        if isinstance(last, Table) and isinstance(first, Table) and _is_continued(last, first):
            repeated.extend(_append(last, first))
            rest = rest[1:]
        items.extend(rest)
    return items, repeated


def _set_limits(pages: Sequence[PageContent]) -> None:
    """Lines outside of columns and cells reach as far as the text of their page, and of others of its size."""
    rights: dict[tuple[int, int], float] = {}
    for page in pages:
        size = round(page.width), round(page.height)
        rights[size] = max(rights.get(size, 0.0), page.text_area[1])
    for page in pages:
        limits = page.text_area[0], rights[round(page.width), round(page.height)]
        for item in page.items:
            if isinstance(item, Line) and item.limits == (0.0, 0.0):
                item.limits = limits


def _is_continued(last: Table, first: Table) -> bool:
    """Whether a table at the top of a page goes on with the last one of the page before."""
    if first.page != last.last_page + 1:
        return False
    if last.edges or first.edges:
        return _match_edges(last.edges, first.edges) is not None
    if abs(last.left - first.left) > _SAME or abs(last.right - first.right) > _SAME:
        return False
    one, two = _sides(last.cells), _sides(first.cells)
    few, many = (one, two) if len(one) <= len(two) else (two, one)
    return all(any(abs(side - other) <= _SAME for other in many) for side in few)


def _match_edges(one: Sequence[float], two: Sequence[float]) -> list[int] | None:
    """For each column of a table without lines, that of the table before which begins at the same place."""
    found = [min(range(len(one)), key=lambda at: abs(one[at] - edge)) for edge in two] if one else []
    same = sum(abs(one[at] - edge) <= _SAME for at, edge in zip(found, two, strict=True) if one)
    distinct = all(left < right for left, right in pairwise(found))
    return found if found and distinct and same >= _MOSTLY * len(two) else None


def _move_columns(last: Table, first: Table) -> None:
    """Gives the cells of `first` the sides that the columns of `last` have, whose lines nobody drew."""
    columns = _match_edges(last.edges, first.edges)
    sides = _sides(last.cells)
    if columns is None or len(sides) != len(last.edges) + 1:
        return
    starts = _sides(first.cells)
    for cell in first.cells:
        left = min(range(len(starts)), key=lambda at: abs(starts[at] - cell.left))
        right = min(range(len(starts)), key=lambda at: abs(starts[at] - cell.right))
        end = len(last.edges) if right >= len(starts) - 1 else columns[right]
        start = 0 if left == 0 else columns[min(left, len(columns) - 1)]
        cell.left, cell.right = sides[start], sides[max(end, start + 1)]


def _sides(cells: Iterable[Cell]) -> list[float]:
    return merge_sides(side for cell in cells for side in (cell.left, cell.right))


def merge_sides(sides: Iterable[float]) -> list[float]:
    """The distinct sides, those that are nearly one counted once."""
    merged: list[float] = []
    for side in sorted(sides):
        if not merged or side - merged[-1] > _SAME:
            merged.append(side)
    return merged


def _append(last: Table, first: Table) -> list[Line]:
    """Adds the rows of `first` to `last`; gives the lines of headings that stood there once more."""
    if first.edges:
        _move_columns(last, first)
    repeated, cells = _take_headings(last, first)
    start = min((cell.row for cell in cells), default=0)
    glued = _glue_row(last, [cell for cell in cells if cell.row == start])
    shift = last.rows - start - (1 if glued and _whole_row(cells, start, glued) else 0)
    for cell in cells:
        if id(cell) in glued:
            continue
        cell.row += shift
        cell.row_end += shift
        last.cells.append(cell)
    last.rows = max(cell.row_end for cell in last.cells)
    last.last_page = first.last_page
    return repeated


def _whole_row(cells: list[Cell], start: int, glued: set[int]) -> bool:
    """Whether no cell that begins in the first row is left beside those that were glued."""
    return all(id(cell) in glued for cell in cells if cell.row == start)


def _take_headings(last: Table, first: Table) -> tuple[list[Line], list[Cell]]:
    """The lines of the first rows that repeat the first rows of the table, and the cells without them."""
    rows_one, rows_two = _rows(last.cells), _rows(first.cells)
    count = 0
    for one, two in zip(rows_one, rows_two, strict=False):
        if not any(text for _, text in one) or one != two:
            break
        count += 1
    if count == 0 or count == len(rows_two) and count > 1:
        return [], first.cells
    heads = [cell for cell in first.cells if cell.row < count]
    return [line for cell in heads for line in cell.lines], [
        cell for cell in first.cells if cell.row >= count
    ]


def _rows(cells: list[Cell]) -> list[list[tuple[int, str]]]:
    """The texts of the first rows, with the place of each cell."""
    near = [cell for cell in cells if cell.row < 4]
    near.sort(key=lambda cell: (cell.row, cell.left))
    rows = groupby(near, key=lambda cell: cell.row)
    return [[(round(cell.left / 6), cell.text) for cell in row] for _, row in rows]


def _glue_row(last: Table, row: list[Cell]) -> set[int]:
    """Puts the cells that go on with cells of the last row into them; gives their identities."""
    pairs = [(above, cell) for cell in row for above in _above(last, cell)]
    if len(pairs) != len(row):
        return set()
    if _goes_on(last, pairs):
        for above, cell in pairs:
            above.lines.extend(cell.lines)
            above.nested.extend(cell.nested)
            above.row_end += cell.row_end - cell.row - 1
        return {id(cell) for cell in row}
    tall = [
        (above, cell)
        for above, cell in pairs
        if not cell.lines and above.lines and (above.row_end - above.row > 1 or cell.row_end - cell.row > 1)
    ]
    for above, cell in tall:
        above.row_end += cell.row_end - cell.row
    return {id(cell) for _, cell in tall}


def _above(last: Table, cell: Cell) -> list[Cell]:
    """The cell of the last row that stands in the same columns."""
    return [
        above
        for above in last.cells[-400:]
        if above.row_end == last.rows
        and abs(above.left - cell.left) <= _SAME
        and abs(above.right - cell.right) <= _SAME
    ][:1]


def _goes_on(last: Table, pairs: list[tuple[Cell, Cell]]) -> bool:
    """Whether the first row of a page is the rest of a row that the page break cut.

    Text that appears under an empty cell begins a row of its own; so does a text in the first column,
    unless it is the second half of a sentence. Where the first column is empty, a sentence that goes on
    in any column decides, else whether other rows of the table leave their first column empty, too.
    """
    pairs = sorted(pairs, key=lambda pair: pair[1].left)
    if any(cell.lines and not above.lines for above, cell in pairs):
        return False
    if not any(cell.lines for _, cell in pairs):
        return False
    if any(cell.lines and above.lines[-1].broken for above, cell in pairs):
        return True
    above, head = pairs[0]
    if head.lines:
        alone = not any(cell.lines for _, cell in pairs[1:])
        return head.lines[0].text[:1].islower() or alone and _is_torn(above, head)
    if any(_is_torn(one, two) for one, two in pairs if two.lines):
        return True
    if any(_ends_early(one) for one, two in pairs if two.lines):
        return False
    return bool(above.lines) and not any(
        not cell.lines and abs(cell.left - head.left) <= _SAME and cell is not head for cell in last.cells
    )


def _ends_early(cell: Cell) -> bool:
    """Whether below the text of a cell there is room for more: then no page break has cut it."""
    line = cell.lines[-1]
    return cell.bottom - line.bottom > _ROOM * line.height


def _is_torn(above: Cell, cell: Cell) -> bool:
    """Whether the text of a cell is cut in the middle of a sentence by the page break."""
    end, begin = above.lines[-1], cell.lines[0]
    if _ends_early(above):
        return False
    if begin.text[:1].islower():
        return True
    if fits_behind(end, begin) or begin.text[:1].isdigit() or opens_item(begin.text):
        return False
    return end.text[-1:] not in _CLOSED
