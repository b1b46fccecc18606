"""Tables that hold nothing planned: results of past years, members."""

from __future__ import annotations

import re

from extractor.model.outline import Band, Grid
from extractor.segment.columns import dated_before_people
from extractor.vocabulary.folding import fold

_MEASURE = re.compile(r"%|успеваемост|качество(?! проведени)|средний балл|сдавал|справил|(?<![а-я])балл")


def is_results(grid: Grid) -> bool:
    """«Предмет | Класс | Учитель | Успеваемость, % | Качество, %»: results of the year before, nothing planned."""
    columns = grid.bands[0].columns if grid.bands else ()
    roles = {role for column in columns for role in column.roles}
    if "dates" in roles:
        return False
    return sum(_MEASURE.search(fold(c.heading)) is not None for c in columns) >= 2 or _compares_years(grid)


_YEARS = re.compile(r"20\d\d(?:\s?[-–—/]\s?(?:20)?\d\d)?(?:\s*(?:уч\w*\.?\s*)?г\w*\.?)?")
_FIGURE = re.compile(r"[-–—]|[\d\s.,%/+-]+(?:чел\w*\.?|шт\.?)?")


def _compares_years(grid: Grid) -> bool:
    """«Показатели | 2017-2018 | 2018-2019» over figures."""
    years = [cell for row in grid.rows[:2] for cell in row.cells if _YEARS.fullmatch(cell.text.text)]
    held = [cell for row in grid.rows[1:] for cell in row.cells if cell.column > 1 and not cell.empty]
    return len(years) > 1 and all(_FIGURE.fullmatch(c.text.text) or _YEARS.fullmatch(c.text.text) for c in held)


def is_members(band: Band) -> bool:
    """A table of people: names in one column, and nothing planned in the others."""
    roles = {role for column in band.columns for role in column.roles}
    if dated_before_people(band.columns):
        return False
    return "member" in roles and not roles & {"text", "agenda", "theme", "place", "result", "speakers"}
