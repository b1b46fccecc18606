"""The record of one plan. Field names and meanings are fixed; fields may be added, never renamed.

`schemas/plan.schema.json` is generated from these types. Everything that comes from the document
has `at`: the letters it is made of. `text` is the author's wording with white space normalised.
"""

from __future__ import annotations

import msgspec

from extractor.model.source import Block


class Span(msgspec.Struct, frozen=True):
    """Code points `start` to `end` of the text of block `block`."""

    block: int
    start: int
    end: int


At = tuple[Span, ...]


class _Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything below: frozen, keyword arguments only."""


class Text(_Record, frozen=True, kw_only=True):
    text: str
    at: At = ()


class Labelled(_Record, frozen=True, kw_only=True):
    """An entry of themes, goals, tasks, directions, results."""

    label: str | None
    text: str
    at: At = ()


class SectionList(_Record, frozen=True, kw_only=True):
    """A headed list that has no field of its own."""

    heading: str
    items: tuple[Text, ...] = ()
    at: At = ()


class SourceInfo(_Record, frozen=True, kw_only=True):
    name: str
    format: str
    sha256: str
    bytes: int
    pages: int | None = None
    encoding: str | None = None
    ocr: bool = False
    extractor: str = ""


class School(_Record, frozen=True, kw_only=True):
    text: str
    form: str | None = None  # МБОУ, ГБОУ … as written
    type: str | None = None  # СОШ, ООШ, лицей, гимназия, школа-интернат, ДОУ … as written
    number: str | None = None
    name: str | None = None
    place: str | None = None  # «с. Целинное»
    honorific: str | None = None  # «им. И. И. Иванова»
    key: str = ""
    grade: str = "high"  # high | medium | low: how sure the reading is
    by: str = ""  # the rule that read it
    at: At = ()


class SchoolEntry(School, frozen=True, kw_only=True):
    """A school in the plan's list of schools."""

    mentions: int = 0
    spellings: tuple[str, ...] = ()


class Suggested(_Record, frozen=True, kw_only=True):
    edtf: str
    start: str
    end: str


class Date(_Record, frozen=True, kw_only=True):
    """A term. `start`, `end` are ISO days or null; `precision` as in the record's definition."""

    text: str
    edtf: str | None = None
    start: str | None = None
    end: str | None = None
    precision: str = "unknown"
    year_inferred: bool = False
    suggested: Suggested | None = None
    time: str | None = None  # "10:00/11:00"
    grade: str = "high"  # high | medium | low: how sure the reading is
    by: str = ""  # the rule that read it
    at: At = ()


class Participant(_Record, frozen=True, kw_only=True):
    kind: str  # person | role | group | organisation
    text: str
    name: str | None = None  # «Мустафина О. Р.»
    surname: str | None = None
    given: str | None = None
    patronymic: str | None = None
    position: str | None = None
    school: School | None = None
    organisation: str | None = None
    extra: dict[str, str] = {}
    grade: str = "high"  # high | medium | low: how sure the reading is
    by: str = ""  # the rule that read it
    at: At = ()


class Place(_Record, frozen=True, kw_only=True):
    text: str
    schools: tuple[School, ...] = ()
    at: At = ()


class Association(_Record, frozen=True, kw_only=True):
    text: str
    type: str | None = None
    level: str | None = None  # school | district | municipal | city | regional
    audience: str | None = None  # nominative plural
    territory: str | None = None  # nominative
    at: At = ()


class SchoolYear(_Record, frozen=True, kw_only=True):
    start: int
    end: int
    inferred: bool = False
    at: At = ()


class CalendarYear(_Record, frozen=True, kw_only=True):
    year: int
    inferred: bool = False
    at: At = ()


class Approval(_Record, frozen=True, kw_only=True):
    kind: str  # утверждаю | утверждено | согласовано | рассмотрено | принято
    by: Participant | None = None
    date: Date | None = None
    protocol: str | None = None
    text: str = ""
    at: At = ()


class AgendaItem(_Record, frozen=True, kw_only=True):
    number: str | None
    text: str
    topic: str
    form: str | None = None
    speakers: tuple[Participant, ...] = ()
    dates: tuple[Date, ...] = ()
    place: Place | None = None
    extra: dict[str, str] = {}
    grade: str = "high"  # high | medium | low: how sure the reading is
    by: str = ""  # the rule that read it
    at: At = ()


class Meeting(_Record, frozen=True, kw_only=True):
    number: int | None
    title: str
    text: str
    dates: tuple[Date, ...] = ()
    theme: str | None = None
    form: str | None = None
    place: str | None = None
    agenda: tuple[AgendaItem, ...] = ()
    responsible: tuple[Participant, ...] = ()
    participants: tuple[Participant, ...] = ()
    schools: tuple[School, ...] = ()  # named in its place
    extra: dict[str, str] = {}
    grade: str = "high"  # high | medium | low: how sure the reading is
    by: str = ""  # the rule that read it
    at: At = ()


class Activity(_Record, frozen=True, kw_only=True):
    number: str | None
    section: tuple[str, ...]
    text: str
    topic: str
    form: str | None = None
    purpose: str | None = None
    participants: tuple[Participant, ...] = ()
    dates: tuple[Date, ...] = ()
    place: Place | None = None
    responsible: tuple[Participant, ...] = ()
    result: str | None = None
    schools: tuple[School, ...] = ()
    extra: dict[str, str] = {}
    table: int | None = None
    row: int | None = None
    grade: str = "high"  # high | medium | low: how sure the reading is
    by: str = ""  # the rule that read it
    at: At = ()


class Person(_Record, frozen=True, kw_only=True):
    name: str
    surname: str | None = None
    given: str | None = None
    patronymic: str | None = None
    schools: tuple[str, ...] = ()
    mentions: int = 0
    at: At = ()


class Diagnostic(_Record, frozen=True, kw_only=True):
    code: str
    severity: str  # info | warning | error
    message: str  # Russian, one sentence, says what to check
    suggestion: str | None = None
    at: At = ()


class Structure(_Record, frozen=True, kw_only=True):
    """Words that say what the others are: labels, column headings, page headers and footers."""

    role: str  # label | column_heading | page_header | page_footer | number
    at: At = ()


class Plan(_Record, frozen=True, kw_only=True):
    schema: str = "plan/1"
    source: SourceInfo
    title: Text | None = None
    association: Association | None = None
    institution: School | None = None  # the school that the title names as the plan's own
    head: Participant | None = None
    school_year: SchoolYear | None = None
    calendar_year: CalendarYear | None = None
    approvals: tuple[Approval, ...] = ()
    themes: tuple[Labelled, ...] = ()
    goals: tuple[Labelled, ...] = ()
    tasks: tuple[Labelled, ...] = ()
    directions: tuple[Labelled, ...] = ()
    results: tuple[Labelled, ...] = ()
    sections: tuple[SectionList, ...] = ()
    members: tuple[Participant, ...] = ()
    signatures: tuple[Participant, ...] = ()  # who signs under the plan, the head left out
    meetings: tuple[Meeting, ...] = ()
    activities: tuple[Activity, ...] = ()
    people: tuple[Person, ...] = ()
    schools: tuple[SchoolEntry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    blocks: tuple[Block, ...] = ()
    structure: tuple[Structure, ...] = ()
    residue: tuple[Span, ...] = ()
    coverage: float = 0.0


class Plans(_Record, frozen=True, kw_only=True):
    """A document that holds several plans one after another."""

    schema: str = "plans/1"
    source: SourceInfo
    plans: tuple[Plan, ...] = ()
