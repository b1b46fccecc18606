"""The head of the plan: title, association, years, approvals, head of the association."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from extractor.model.outline import Outline, Part
from extractor.model.passage import EMPTY, Passage, join
from extractor.model.plan import Approval, Association, CalendarYear, Participant, SchoolYear, Text
from extractor.parse.context import Context
from extractor.parse.ground import ground
from extractor.values.associations import AssociationGrammar
from extractor.values.dates import Years
from extractor.values.senses import Senses
from extractor.vocabulary.folding import fold, one_alphabet

_PROTOCOL = re.compile(r"протокол\w*(?:\s+от\s[^№]{6,30}(?=№))?\s*(?:№|n)?\s*([\w/-]*\d[\w/-]*)", re.IGNORECASE)
_LINE = re.compile(r"_{2,}")


def passage(part: Part) -> Passage:
    """All lines of a part as one text."""
    return join(line.whole for line in part.lines)


def find_years(outline: Outline, senses: Senses) -> tuple[Years, SchoolYear | None, CalendarYear | None]:
    """The plan's year: stated in the title, else near it, else in captions and headings, else shown by its dates."""
    ranked = ("title", "year", "front", "caption", "approval", "themes", "goals", "tasks", "section")
    texts = [
        (ranked.index(p.kind), -k if p.kind == "title" else k, join([p.label, passage(p)]))
        for k, p in enumerate(outline.parts)
        if p.kind in ranked
    ]
    for rank, _, text in sorted(texts, key=lambda entry: entry[:2]):
        if rank > 3 and rank < 8 and not re.search(r"на\s+20", text.text):
            continue
        found = senses.dates.find_school_years(text.text)
        if found:
            first = found[0]
            at = text.at(first.start, first.end)
            return (
                Years(school=first.start_year),
                SchoolYear(start=first.start_year, end=first.end_year, at=at),
                None,
            )
        year = senses.dates.find_calendar_year(text.text) if rank < 4 else None
        if year is not None:
            at = text.at(year.start, year.end)
            return Years(calendar=year.year), None, CalendarYear(year=year.year, at=at)
    return _inferred(outline, senses)


def _inferred(outline: Outline, senses: Senses) -> tuple[Years, SchoolYear | None, CalendarYear | None]:
    """The school year that most of the explicit dates lie in, and that the wording plans for."""
    votes = _planned_for(outline, senses)
    for part in outline.parts:
        texts = [
            line.whole.text
            for line in part.lines
            if part.kind in ("meeting", "month", "meeting.date", "item", "section")
        ]
        if part.table is not None:
            for band in part.table.bands:
                dated = {c.index for c in band.columns if "dates" in c.roles}
                texts += [
                    cell.text.text
                    for row in band.rows
                    for cell in row.cells
                    if cell.column in dated or not dated
                ]
        for text in texts:
            for year, month in senses.dates.year_evidence(text):
                start = year if month >= 8 else year - 1
                votes[start] = votes.get(start, 0) + 1
    if not votes:
        return Years(), None, None
    start = max(votes, key=lambda y: (votes[y], -y))
    return Years(school=start, inferred=True), SchoolYear(start=start, end=start + 1, inferred=True), None


_FOR = re.compile(r"(?:\bна|\bв)\s*$")


def _planned_for(outline: Outline, senses: Senses) -> dict[int, int]:
    """«… приказа на 2013-2014 учебный год», said twice or more: two votes each; never «за 2012-2013»."""
    votes: dict[int, int] = {}
    texts = [text.text for part in outline.parts for text in (part.label, *(line.whole for line in part.lines))]
    texts += [
        cell.text.text
        for part in outline.parts
        for row in (part.table.rows if part.table is not None else ())
        for cell in row.cells
    ]
    for text in texts:
        for found in senses.dates.find_school_years(text):
            if _FOR.search(text, 0, found.start):
                votes[found.start_year] = votes.get(found.start_year, 0) + 2
    first, *others = sorted(votes.items(), key=lambda vote: -vote[1]) or [(0, 0)]
    clear = first[1] > 2 and all(count * 2 <= first[1] for _, count in others)  # not «на» this year and the next
    return dict([first]) if clear else {}


def read_title(parts: Sequence[Part]) -> Text | None:
    """The plan's name, all its lines."""
    whole = passage(parts[0]) if parts else EMPTY
    return Text(text=whole.text, at=whole.at()) if whole else None


def read_association(
    texts: Sequence[Passage], senses: Senses, grammar: AssociationGrammar
) -> Association | None:
    """The association named in the title, else in the lines around it."""
    for text in texts:
        found = grammar.read(one_alphabet(text.text))
        if found is not None:
            wording = text.cut(found.start, found.end)
            return Association(
                text=wording.text, type=found.type, level=found.level, audience=found.audience,
                territory=found.territory, at=wording.at(),
            )  # fmt: skip
    return None


def read_approvals(part: Part, context: Context) -> list[Approval]:
    """«УТВЕРЖДАЮ Директор МБОУ СОШ № 3 ______ И.И. Иванова «30» августа 2021 г.»"""
    groups = _beside(part, context)
    for line in part.lines if not groups else ():
        if context.senses.words.approval(line.text)[1] or not groups:
            groups.append([])
        groups[-1].append(line.whole)
    return [_approval(join(group), context) for group in groups]


def _beside(part: Part, context: Context) -> list[list[Passage]]:
    """«СОГЛАСОВАНО    УТВЕРЖДАЮ» on one line, what belongs to each below it; nothing where it is not so."""
    first = _cut_apart(part.lines[0].whole, context) if part.lines else []
    if len(first) < 2 or not all(context.senses.words.approval(piece.text)[1] for piece in first):
        return []
    groups: list[list[Passage]] = [[] for _ in first]
    for line in part.lines:
        pieces = _cut_apart(line.whole, context)
        for place, each in enumerate(pieces):
            groups[min(place, len(groups) - 1)].append(each)
    return groups


def _cut_apart(line: Passage, context: Context) -> list[Passage]:
    ends = [m.span() for m in re.finditer("\t", context.tabbed(line))]
    starts = [0, *(end for _, end in ends)]
    pieces = [line.cut(a, b) for a, b in zip(starts, [*(a for a, _ in ends), len(line.text)], strict=True)]
    return [piece for piece in pieces if piece.text.strip()]


def _approval(whole: Passage, context: Context) -> Approval:
    _, kind = context.senses.words.approval(whole.text)
    dates = context.senses.dates.find(whole.text, Years())
    protocol = _PROTOCOL.search(one_alphabet(whole.text))
    start = whole.text.find(" ") + 1 if kind else 0
    signer = _signer(whole, start, [(s.start, s.end) for d in dates for s in d.at], context)
    people = context.participants(signer.strip(' :_«»"')) if signer else ()
    return Approval(
        kind=kind or "утверждаю",
        by=next((p for p in people if p.kind == "person"), people[0] if people else None),
        date=ground(dates[0], whole) if dates else None,
        protocol=protocol[1] if protocol else None,
        text=whole.text,
        at=whole.at(),
    )


_ORDER = re.compile(r"(?:протокол|приказ|распоряжени)\w*[^А-ЯЁ]*", re.IGNORECASE)


def _signer(whole: Passage, start: int, dates: list[tuple[int, int]], context: Context) -> Passage:
    """The stretch that names somebody, before or behind the protocol, the order and the date."""
    others = sorted([*dates, *(m.span() for m in _ORDER.finditer(whole.text, start))])
    for low, high in [*others, (len(whole.text), len(whole.text))]:
        if low > start:
            stretch = whole.cut(start, low)
            if context.senses.people.find_names(stretch.text):
                return stretch
        start = max(start, high)
    return EMPTY


_HEAD = re.compile(
    r"(?:руководител\w*|председател\w*|рук\.|рук-ль|координатор)\s*"
    r"(?:[:–—_(-]|\w{0,4}мо(?![а-я])|методическ|(?:п?ц?мк|п?цк|комисси\w*|кластера|сети|сообщества)(?![а-я])|(?:районн|городск|школьн|муниципальн|окружн)\w+\s+методическ|[А-ЯЁ])",
    re.IGNORECASE,
)


def is_head_label(text: str) -> bool:
    """Whether a line says who heads the association: «Руководитель РМО: …», «Рук. ШМО _____ …»."""
    return bool(_HEAD.match(fold(text)))


def as_head(person: Participant, line: str) -> Participant:
    """The head with the post that the line names, where the person has none of its own."""
    if person.position:
        return person
    words = re.match(r"[^:–—_(]{3,60}?(?=\s*(?:[:–—_(-]|[А-ЯЁ]\.|[А-ЯЁ][а-яё]+\s+[А-ЯЁ]))", line)
    return replace(person, position=words[0].strip() if words else None)


def find_head(people: Sequence[Participant], kinds: Sequence[str]) -> Participant | None:
    """The person whose position is head of an association, with the fullest wording first met."""
    stems = tuple(fold(kind) for kind in kinds)
    for person in people:
        if person.kind != "person" or not person.position:
            continue
        folded = fold(person.position)
        head = re.search(
            r"(?<![а-я])(?:руководител\w*|председател\w*|рук\.)(?P<whose>(?:\s+[\w-]+){0,3})", folded
        )
        if (
            head is None
            or re.match(r"(?:зам|классн|музык|кружк)", folded[max(0, head.start() - 12) :].lstrip())
            and not head["whose"]
        ):
            continue
        whose = head["whose"]
        if (
            any(re.search(rf"(?<![а-я]){re.escape(stem)}(?![а-я])", whose) for stem in stems)
            or "методическ" in whose
        ):
            return person
    return None
