"""What a worker process makes of one document: everything that goes into the archive, ready to be stored.

    read_for_archive(Path("план.docx"), {"file": "Планы 2021/план.docx"}) → a `Parcel` as MessagePack
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from extractor.archive.compare import letters_mark, sketch_of
from extractor.archive.lemmas import lemma_line
from extractor.model.plan import Participant, Plan, Plans, School, Span
from extractor.model.source import Block
from extractor.model.walk import walk
from extractor.output.cells import Cell, position_of
from extractor.output.linked import PlanTables, tables_of
from extractor.output.to_json import json_bytes
from extractor.vocabulary.folding import fold, squash

JOB = "extractor.archive.parcel:read_for_archive"
Stored = str | int | float | None  # a cell as SQLite holds it: a day is «2021-09-01»


class Line(msgspec.Struct, frozen=True):
    """A block of the document with its dictionary forms."""

    block: int
    place: str
    table: int | None
    row: int | None
    text: str
    lemmas: str


class MadeRow(msgspec.Struct, frozen=True):
    """A row of one of the tables; `meeting` and `remark` are ordinals in the plan."""

    cells: tuple[Stored, ...]
    meeting: int | None
    remark: int | None


class PlanParcel(msgspec.Struct, frozen=True, kw_only=True):
    """One plan of the document. `mentions` are (kind, key, block) of schools and people."""

    number: int
    record: str
    title: str | None
    association: str | None
    territory: str | None
    audience: str | None
    year: str | None
    first_year: int | None
    identity: str | None
    letters: str
    sketch: list[int]
    names: list[str]
    schools: list[str]
    lines: list[Line]
    mentions: list[tuple[str, str, int]]
    rows: list[list[MadeRow]]


class Parcel(msgspec.Struct, frozen=True):
    sha256: str
    name: str
    format: str
    bytes: int
    extractor: str
    plans: list[PlanParcel]


def read_for_archive(path: Path, options: Mapping[str, Any]) -> bytes:
    """The parcel of the document. `file` is how the tables call it, `name` how the record does. Raises ExtractorError."""
    from extractor.pipeline import extract_file

    record = extract_file(path, encoding=options.get("encoding"))
    parcel = parcel_of(named(record, str(options.get("name") or path.name)), str(options["file"]))
    try:
        return msgspec.msgpack.encode(parcel)
    except UnicodeEncodeError:  # a file name that is no Unicode
        return msgspec.msgpack.encode(_clean(msgspec.to_builtins(parcel)))


def named(record: Plan | Plans, name: str) -> Plan | Plans:
    """The record as of a file of this name: what is read is often a copy."""
    record = replace(record, source=replace(record.source, name=name))
    if isinstance(record, Plans):
        plans = tuple(replace(plan, source=replace(plan.source, name=name)) for plan in record.plans)
        return replace(record, plans=plans)
    return record


def unpack(data: bytes) -> Parcel:
    return msgspec.msgpack.decode(data, type=Parcel)


def parcel_of(record: Plan | Plans, file: str) -> Parcel:
    """The parcel of a record that is already there."""
    plans = record.plans if isinstance(record, Plans) else (record,)
    made = zip(plans, tables_of(record, file), strict=True)
    source = record.source
    return Parcel(
        sha256=source.sha256,
        name=_one(source.name),
        format=source.format,
        bytes=source.bytes,
        extractor=source.extractor or (plans[0].source.extractor if plans else ""),
        plans=[_plan_parcel(plan, tables) for plan, tables in made],
    )


def _plan_parcel(plan: Plan, tables: PlanTables) -> PlanParcel:
    texts = [block.text for block in plan.blocks]
    association = plan.association
    return PlanParcel(
        number=tables.number,
        record=msgspec.json.format(json_bytes(plan), indent=-1).decode("utf-8"),
        title=plan.title.text if plan.title else None,
        association=association.text if association else None,
        territory=association.territory if association else None,
        audience=association.audience if association else None,
        year=year_of(plan),
        first_year=first_year(plan),
        identity=_identity(plan),
        letters=letters_mark(texts),
        sketch=sketch_of(texts),
        names=sorted({fold(each.surname or each.name) for each in plan.people}),
        schools=sorted({each.key for each in plan.schools}),
        lines=list(_lines(plan)),
        mentions=sorted(set(_mentions(plan))),
        rows=made_rows(tables),
    )


def made_rows(tables: PlanTables) -> list[list[MadeRow]]:
    """The rows of all tables with days as text."""
    return [
        [MadeRow(tuple(_stored(cell) for cell in row.cells), row.meeting, row.remark) for row in those]
        for those in tables.rows
    ]


def year_of(plan: Plan) -> str | None:
    """«2017–2018», or «2018» for a plan of a calendar year."""
    if plan.school_year:
        return f"{plan.school_year.start}–{plan.school_year.end}"
    return str(plan.calendar_year.year) if plan.calendar_year else None


def first_year(plan: Plan) -> int | None:
    if plan.school_year:
        return plan.school_year.start
    return plan.calendar_year.year if plan.calendar_year else None


def _identity(plan: Plan) -> str | None:
    """The same for two versions of one plan: title, association and year; None where one is missing."""
    year = year_of(plan)
    if plan.title is None or year is None:
        return None
    association = plan.association.text if plan.association else ""
    return f"{squash(plan.title.text)}|{squash(association)}|{year}"


def _lines(plan: Plan) -> Iterator[Line]:
    paragraphs = 0
    for block in plan.blocks:
        in_body = block.table is None and block.part == "body"
        paragraphs += bool(in_body and block.text)
        if not block.text:
            continue
        place = f"абзац {paragraphs}" if in_body else _place(block)
        if in_body and block.page:
            place = f"стр. {block.page}, {place}"
        yield Line(block.id, place, block.table, block.row, _one(block.text), lemma_line(block.text))


def _place(block: Block) -> str:
    return position_of((Span(block.id, 0, 0),), {block.id: block}) or ""


def _mentions(plan: Plan) -> Iterator[tuple[str, str, int]]:
    """Where schools and people stand: every School with a key and every named Participant of the plan."""
    for school in walk(plan, School):
        if school.key:
            yield from (("school", school.key, span.block) for span in school.at)
    for person in walk(plan, Participant):
        if person.name:
            yield from (("person", person.name, span.block) for span in person.at)


def _stored(cell: Cell) -> Stored:
    if isinstance(cell, date):
        return cell.isoformat()
    return _one(cell) if isinstance(cell, str) else cell


def _one(text: str) -> str:
    """Without lone surrogates, which neither SQLite nor UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _one(value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value
