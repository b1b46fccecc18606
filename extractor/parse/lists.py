"""Planned work in lists: «… (сентябрь, отв. Иванова И.И.)» makes an item an activity."""

from __future__ import annotations

import re

from extractor.model.outline import Part
from extractor.model.passage import EMPTY, Passage
from extractor.model.plan import Activity, Date, Participant, Place
from extractor.parse.context import Context
from extractor.parse.places import base_of
from extractor.parse.texts import entries
from extractor.values.marks import read_mark
from extractor.vocabulary.folding import one_alphabet

Tail = tuple[Passage, tuple[Date, ...], tuple[Participant, ...], Place | None]  # what is left of an item; when, who, where

_BRACKETS = re.compile(r"\(([^()]{3,160}(?:\([^()]{0,60}\)[^()]{0,60})?)\)\s*[.;,]*\s*$")
_DASH = re.compile(r"\s[–—-]\s([^–—]{3,120})$")
_COLON = re.compile(r":\s([^:]{3,60})$")
_NUMBER = re.compile(r"(?:школа |СОШ |ООШ )?№")
_BASE = re.compile(r"на базе\s+", re.IGNORECASE)
_ANSWERS = re.compile(r"(?:отв(?:\.|етственн\w*)|ответ\.|провод\w+)\s*[:.–—-]?\s*", re.IGNORECASE)
_PLACE_AT_END = re.compile(r"[.;,]\s*(?:место(?:\s+проведения)?|база)\s*:\s*(?P<where>[^:]{3,100})$", re.IGNORECASE)
_BEHIND_PERSON = re.compile(r"\s?[,:]\s*(?=[«\"“„])")
_TERM_AT_END = re.compile(
    r"(?:[.;,]|(?<=[!?»)]))\s*(?:сроки?|дата|время)(?:\s+(?:проведения|исполнения|выполнения))?\s*[:–—-]\s*"
    r"(?P<when>[^:;]{2,60}?)[\s.;]*$",
    re.IGNORECASE,
)
_ANSWERS_AT_END = re.compile(
    r"[.!?»)]\s*(?:отв(?:\.|етственн\w*)|ответ\.)\s*[:.–—-]?\s*(?=[^\s:])(?P<who>[^:]{3,120})$", re.IGNORECASE
)


def planned_items(
    part: Part, context: Context, *, month: Passage = EMPTY, chapter: Passage = EMPTY
) -> list[Activity] | None:
    """The activities of the list, where most of its items say when or who; None for any other list. `month` dates
    a list without a heading of its own; `chapter` stands over a list whose heading is its month."""
    found = entries(part)
    tails = [_told(entry, context) or tail_of(entry, context) for entry in found]
    chapter_number, term = read_mark((part.label or month).strip(" :."))  # «3. В течение года:»
    always = context.dates(term) if term and context.senses.is_term(term.text) else ()
    above = context.above(term) if always else None
    if (
        not found
        or not always
        and sum(bool(dates or people) for _, dates, people, _ in tails) * 2 < len(found)
    ):
        return None
    numbers = [line.mark.number if line.mark else None for line in part.lines if line.mark] or [None] * len(
        found
    )
    section = (part.label.strip(" :").text,) if part.label and (chapter_number or not always) else (chapter.text,) if chapter else ()
    made = []
    for line in part.lines:
        if line.mark:
            context.label(line.mark.at, "number")
    for place, (entry, (topic, dates, people, where)) in enumerate(zip(found, tails, strict=True)):
        form = context.senses.forms.read(entry.text)
        start = form.topic if form and not form.whole else 0
        place_found, stop = base_of(topic, context)
        topic = topic.cut(0, stop)
        made.append(
            Activity(
                number=numbers[place] if place < len(numbers) else None,
                section=section,
                text=entry.text,
                topic=topic.cut(start).strip(" .;,:–—-").text or entry.text,
                form=form.name if form and not form.whole else None,
                dates=tuple(context.in_month(date, above) for date in dates) or always,
                place=place_found or where,
                responsible=people,
                schools=context.schools(topic),
                by="list_with_terms",
                at=entry.at(),
            )
        )
    return made


def _told(
    entry: Passage, context: Context
) -> Tail | None:
    """«В октябре Иванова И.И. проводит открытый урок …»: a sentence that says when and who."""
    opening = _IN_MONTH.match(entry.text)
    if opening is None:
        return None
    names = context.senses.people.find_names(one_alphabet(entry.text))
    dates = context.dates(entry.cut(0, opening.end()))
    if not names or not dates:
        return None
    return entry, dates, context.participants(entry.cut(opening.end(), names[0].end)), None


_IN_MONTH = re.compile(r"[Вв]\s+[а-я]+е(?=\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ]\.)")
_LEADING = re.compile(r"[^–—:]{3,40}?(?:\s*[–—:]\s*|\s+-\s+)(?=\S)")


def _leading(entry: Passage, context: Context) -> tuple[Passage, tuple[Date, ...]] | None:
    """«Октябрь – Международный месячник …»: the term before the dash, and what is planned."""
    match = _LEADING.match(entry.text)
    if match is None or not context.senses.is_term(match[0].strip(" –—:-")):
        return None
    return entry.cut(match.end()), context.dates(entry.cut(0, match.end()))


def tail_of(
    entry: Passage, context: Context
) -> Tail:
    """(topic, dates, responsible, place) of an item that ends with its term and who answers for it."""
    early = _leading(entry, context)
    if early is not None:
        topic, _, people, where = tail_of(early[0], context)
        return topic, early[1], people, where
    placed = _PLACE_AT_END.search(entry.text)
    if placed is not None:
        topic, dates, people, where = tail_of(entry.cut(0, placed.start()), context)
        return topic, dates, people, context.place(entry.cut(placed.start("where")).strip(" .;")) or where
    first = _person_first(entry, context)
    if first is not None:
        topic, dates, people, where = tail_of(first[0], context)
        return topic, dates, first[1] + people, where
    termed = _termed(entry, context)
    if termed is not None:
        topic, _, people, where = tail_of(termed[0], context)
        return topic, termed[1], people, where
    labelled = _labelled(entry, context)
    if labelled is not None:
        return labelled
    match = _COLON.search(entry.text)
    if match is not None and context.senses.is_term(match[1].strip(" .;")):
        return entry.cut(0, match.start()), context.dates(entry.cut(match.start(1))), (), None
    for pattern in (_BRACKETS, _DASH):
        match = pattern.search(entry.text)
        if pattern is _DASH and (listed := _behind_commas(entry, context)) is not None:
            return listed
        if match is None:
            continue
        tail = entry.cut(match.start(1), match.end(1))
        dates, people = _when_and_who(tail, context)
        where = _where(tail, context)
        if dates or people or where and pattern is _BRACKETS:
            topic = entry.cut(0, match.start())
            if people and not dates:
                topic, dates = _term_before(topic, context, apart=pattern is _BRACKETS)
            return topic, dates, people, where
    until = _UNTIL.search(entry.text)
    if until is not None:
        return entry.cut(0, until.start()), context.dates(entry.cut(until.start("when"))), (), None
    return entry, (), (), None


def _behind_commas(
    entry: Passage, context: Context
) -> Tail | None:
    """«Школьный этап олимпиады, с 10 по 25 октября, руководители школьных МО»: a term and who answers, by commas."""
    for match in re.finditer(r",\s+", entry.text):
        before = entry.text[: match.start()]
        if before.count("«") != before.count("»") or before.count("(") != before.count(")"):
            continue
        when, comma, _ = entry.text[match.end() :].partition(", ")
        end = match.end() + len(when)
        if not context.senses.is_term(when.strip(" .;")):
            continue
        rest = entry.cut(end + len(comma)).strip(" .;")
        if rest and not context.senses.is_people(rest.text):
            continue
        dashed = _DASH.search(before)  # «– ноябрь 2021 г., апрель 2022 г.»: terms on both sides of the comma
        earlier = dashed is not None and context.senses.is_term(dashed[1])
        first, start = (dashed.start(), dashed.start(1)) if dashed and earlier else (match.start(), match.end())
        dates = context.dates(entry.cut(start, end))
        if dates:
            return entry.cut(0, first), dates, context.participants(rest) if rest else (), None
    return None


def _person_first(entry: Passage, context: Context) -> tuple[Passage, tuple[Participant, ...]] | None:
    """«Усов Р.М., «Гимнастика», 6 класс, октябрь»: who gives the lesson, and the rest behind the comma."""
    names = context.senses.people.find_names(entry.text)
    behind = _BEHIND_PERSON.match(entry.text, names[0].end) if len(names) == 1 and not names[0].start else None
    if behind is None:
        return None
    return entry.cut(behind.end()), context.participants(entry.cut(0, names[0].end))


def _termed(entry: Passage, context: Context) -> tuple[Passage, tuple[Date, ...]] | None:
    """«Школьный тур олимпиады. Срок: 10-15 октября»: what stands before the term, and the term."""
    match = _TERM_AT_END.search(entry.text)
    dates = context.dates(entry.cut(match.start("when"), match.end("when"))) if match is not None else ()
    return (entry.cut(0, match.start()), dates) if match is not None and dates else None


def _labelled(
    entry: Passage, context: Context
) -> Tail | None:
    """«Конкурс чтецов (март). Отв.: Иванова И.И.»: who answers is said by its label at the end."""
    match = _ANSWERS_AT_END.search(entry.text)
    before = entry.text[: match.start() + 1] if match is not None else ""
    if match is None or before.count("(") != before.count(")"):
        return None
    people = context.participants(entry.cut(match.start("who"), match.end("who")).strip(" .;"))
    if not people:
        return None
    end = match.start() + (entry.text[match.start()] in "»)!?")
    topic, dates = _term_before(entry.cut(0, end), context, apart=True)
    return topic, dates, people, None


_UNTIL = re.compile(r"\s(?P<when>до\s?\d{1,2}(?:\.\d{1,2}|\s[а-я]{3,8})(?:[\s.]\d{2,4})?\s?г?)[\s.;]*$")  # «Сдача отчётов до 1.12»
_BETWEEN = re.compile(r"\s[–—-]\s")


def _term_before(topic: Passage, context: Context, *, apart: bool) -> tuple[Passage, tuple[Date, ...]]:
    """«Посещение уроков (октябрь – апрель)», «Приём заявок до 15 февраля» in front of who answers.
    `apart`: the term must stand behind a dash or a comma («Экспертиза – ноябрь (Иванова И.И.)»)."""
    termed = _termed(topic, context)
    if termed is not None:
        return termed
    match = _BRACKETS.search(topic.text)
    if match is not None:
        inner = topic.cut(match.start(1), match.end(1))
        dates = context.dates(inner) if context.senses.is_term(inner.text) else ()
        return (topic.cut(0, match.start()), dates) if dates else (topic, ())
    found = context.dates(topic)
    last = found[-1].text if found else ""
    before = topic.text[: len(topic.text) - len(last)].rstrip()
    if last and len(before) > 7 and topic.text.endswith(f" {last}") and (not apart or before[-1] in "–—-,;."):
        start = len(topic.text) - len(last)
        dashes = (match.end() for match in _BETWEEN.finditer(topic.text))
        start = next((end for end in dashes if context.senses.is_term(topic.text[end:])), start)  # «– май, июнь»
        return topic.cut(0, start).strip(" ,;–—-"), context.dates(topic.cut(start))
    return topic, ()


def _where(tail: Passage, context: Context) -> Place | None:
    """The piece between commas that is a place: «(март, Дом детского творчества, отв. …)»."""
    answers = _ANSWERS.search(tail.text)
    named = False  # «Зимин П.О., № 7»: the school of the person before, not where it is
    for piece in re.finditer(r"[^,;]+", tail.text[: answers.start()] if answers else tail.text):
        part = tail.cut(piece.start(), piece.end())
        if named and _NUMBER.match(part.text):
            continue
        named = bool(context.senses.people.find_names(part.text))
        base = _BASE.match(part.text)
        if base is not None:
            return context.place(part.cut(base.end()))
        if (
            context.senses.is_place(part.text)
            and not context.senses.is_term(part.text)
            and (answers or not context.senses.is_people(part.text))
        ):
            return context.place(part)
    return None


def _when_and_who(tail: Passage, context: Context) -> tuple[tuple[Date, ...], tuple[Participant, ...]]:
    answers = _ANSWERS.search(tail.text)
    when = tail.cut(0, answers.start()) if answers else tail
    dates = context.dates(when)
    if answers:
        return dates, context.participants(tail.cut(answers.end()))
    return dates, tuple(p for p in _who(tail, dates, context) if p.kind != "organisation" or p.position)


def _who(tail: Passage, dates: tuple[Date, ...], context: Context) -> tuple[Participant, ...]:
    """The people of a tail, behind its term where it has one; schools and bodies alone are places."""
    rest = EMPTY
    if dates:
        last = max((span.end for d in dates for span in d.at if span.block == tail.block), default=0)
        shift = tail.pieces[0][2] if tail.pieces else 0
        rest = tail.cut(max(0, last - shift)).strip(" ,;–—-")
    elif context.senses.is_people(tail.text):
        rest = tail
    if rest and context.senses.is_people(rest.text):
        return context.participants(rest)
    return ()
