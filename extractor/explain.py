"""Which rule claimed each line of a document, and which fields of the record its letters went into."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from extractor.model.outline import Grid, Outline
from extractor.model.plan import Plan, Span
from extractor.model.source import Block

_FIELDS = (
    "title", "association", "head", "school_year", "calendar_year", "approvals", "themes", "goals", "tasks", "directions",
    "results", "sections", "members", "signatures", "meetings", "activities", "structure",
)  # fmt: skip


class Explained(msgspec.Struct, frozen=True):
    """One line of the document. `rule` is None where nothing took its letters."""

    place: str  # «таблица 1, строка 4, графа 2» | «абзац 7»
    text: str
    rule: str | None
    gave: str  # the fields that point into the line: «meetings[0].agenda[2].speakers[0]»
    instead: str | None = None  # the runner-up: «agenda_item → item», or the role that the cells speak for


def explain_plan(plan: Plan, outline: Outline) -> Iterator[Explained]:
    """Every block of the plan that has words, in reading order."""
    rules, beside = _rules(outline), _runners_up(outline)
    fields = _fields(plan)
    lost = {span.block for span in plan.residue}
    for block in plan.blocks:
        if not any(c.isalnum() for c in block.text):
            continue
        gave = ", ".join(dict.fromkeys(fields.get(block.id, ())))
        rule = rules.get(block.id)
        if not gave:
            yield Explained(_place(block), block.text, None, f"(правило {rule})" if rule else "")
            continue
        left = "; часть строки осталась без поля" if block.id in lost else ""
        yield Explained(_place(block), block.text, rule or "years", gave + left, beside.get(block.id))


def _place(block: Block) -> str:
    if block.table is not None:
        return f"таблица {block.table}, строка {block.row}, графа {block.column}"
    names = {
        "header": "верхний колонтитул",
        "footer": "нижний колонтитул",
        "footnote": "сноска",
        "comment": "примечание",
        "textbox": "надпись",
    }
    return f"{names.get(block.part, 'абзац')} {block.id + 1}"


def _rules(outline: Outline) -> dict[int, str]:
    """The rule that claimed each block; of a table also the meaning of the column."""
    rules: dict[int, str] = {}
    for part in outline.parts:
        for line in part.lines:
            rules.setdefault(line.block.id, part.rule)
        for _, block, _ in part.label.pieces:
            rules.setdefault(block, part.rule)
        if part.table is not None:
            rules |= _table_rules(part.table, part.rule)
    return rules


def _runners_up(outline: Outline) -> dict[int, str]:
    """What the first line of each part, and each cell, would have been instead."""
    found: dict[int, str] = {}
    for part in outline.parts:
        if part.runner_up is not None:
            blocks = [block for _, block, _ in part.label.pieces] or [line.block.id for line in part.lines[:1]]
            found.update(dict.fromkeys(blocks, part.runner_up))
        for band in part.table.bands if part.table is not None else ():
            roles = {column.index: column.runner_up for column in band.columns}
            for cell in (cell for row in band.rows for cell in row.cells):
                role = roles.get(cell.column)
                if role is not None:
                    found.update(dict.fromkeys((line.block.id for line in cell.lines), role))
    return found


def _table_rules(grid: Grid, rule: str) -> dict[int, str]:
    rules: dict[int, str] = {}
    for band in grid.bands:
        for heading in band.heading:
            rules |= {block: f"{rule}: шапка" for _, block, _ in heading.pieces}
        roles = {
            column.index: f"{rule}: {'+'.join(column.roles) or 'extra'} ({column.by})"
            for column in band.columns
        }
        for row in band.rows:
            for cell in row.cells:
                rules |= {line.block.id: roles.get(cell.column, rule) for line in cell.lines}
    return rules


def _fields(plan: Plan) -> dict[int, list[str]]:
    """The paths of the values that point into each block, in the record's order."""
    found: dict[int, list[str]] = {}
    stack: list[tuple[str, object]] = [(name, getattr(plan, name)) for name in reversed(_FIELDS)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, Span):
            found.setdefault(value.block, []).append(path)
        elif isinstance(value, msgspec.Struct):
            parts = [
                (path if name == "at" else f"{path}.{name}", getattr(value, name))
                for name in value.__struct_fields__
            ]
            stack.extend(reversed(parts))
        elif isinstance(value, tuple):
            spans = bool(value) and isinstance(value[0], Span)
            stack.extend((path if spans else f"{path}[{k}]", value[k]) for k in range(len(value) - 1, -1, -1))
    return found
