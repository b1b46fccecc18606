"""One question of an agenda: number, form, topic, speakers."""

from __future__ import annotations

import re

from msgspec.structs import replace

from extractor.model.outline import Line
from extractor.model.passage import Passage, join
from extractor.model.plan import AgendaItem, Participant
from extractor.parse.context import Context
from extractor.parse.ground import ground_all
from extractor.values.marks import read_mark
from extractor.values.name_cases import nominative
from extractor.vocabulary.folding import one_alphabet

_CLOSING = " .;,:–—-\t"
_HEARD = re.compile(r"(?:Слушали|Заслушали|Выступил[аи]?)\s*[:–—-]?\s*", re.IGNORECASE)
_BEHIND_NAME = re.compile(r"\s*[,.:–—-]?\s*(?=[«\"“„А-ЯЁ])")
_FORM_BEHIND = re.compile(r"(?:\s*\((?=[^()]+\)$)|\s[–—-]\s)([а-яё -]{4,30}|[А-ЯЁ][а-яё -]{3,29}(?=\)))\)?$")
_CLASSES = re.compile(r"[\d\s,–-]+[а-я]?\s*(?:классы?|кл\.?|классов)", re.IGNORECASE)


def make_item(
    lines: list[Line], context: Context, speakers: tuple[Participant, ...] = (), by: str = "marked_line"
) -> AgendaItem:
    """The agenda item that the lines make up; `speakers` are those named outside of it."""
    mark = lines[0].mark
    whole = join([lines[0].body, *(line.whole for line in lines[1:])])
    if mark is not None and mark.at:
        context.label(mark.at, "number")
    return item_of(
        whole, mark.number if mark else None, context, speakers, by if mark else f"{by}_without_mark"
    )


def inline_items(pieces: list[Passage], context: Context) -> list[AgendaItem]:
    """The agenda items that stand one after another on a line: «1. … 2. …»."""
    items = []
    for piece in pieces:
        mark, body = read_mark(piece)
        if mark is not None:
            context.label(mark.at, "number")
        if body:
            items.append(item_of(body, mark.number if mark else None, context))
    return items


def item_of(
    whole: Passage,
    number: str | None,
    context: Context,
    speakers: tuple[Participant, ...] = (),
    by: str = "inline_list",
) -> AgendaItem:
    """The agenda item with this wording."""
    senses = context.senses
    heard = _heard(whole, number, context, by)
    if heard is not None and not speakers:
        return heard
    form = senses.forms.read(whole.text)
    start = form.topic if form and not form.whole else 0
    wording = one_alphabet(context.tabbed(whole))
    stop, found = senses.people.trailing_speakers(wording) if not speakers else (len(whole.text), ())
    if found and all(p.kind == "group" and _CLASSES.fullmatch(p.text) for p in found):
        stop, found = len(whole.text), ()
    inside = senses.people.inline_speakers(wording) if not found and not speakers else ()
    if inside:
        first, last = inside[0].at[0].start, inside[-1].at[0].end
        spoken = senses.forms.before_speaker(whole.text, first, last)
        if spoken is not None:
            form, start = spoken, spoken.topic
        elif not whole.text[last:].strip(_CLOSING) and first > start:
            stop = first
    topic = whole.cut(start, max(stop, start)).strip(_CLOSING) if stop > start else whole.cut(0, stop).strip(_CLOSING)
    bracket = _FORM_BEHIND.search(topic.text)
    behind = senses.forms.read(bracket[1]) if bracket is not None and (form is None or form.whole) else None
    if bracket is not None and behind is not None and behind.whole:
        form, topic = replace(behind, whole=False), topic.cut(0, bracket.start())
    return AgendaItem(
        number=number,
        text=whole.text,
        topic=close_brackets(whole, topic).text or whole.text,
        form=form.name if form and (not form.whole) else None,
        speakers=ground_all(found or inside, whole) + speakers,
        by=by,
        at=whole.at(),
    )


def _heard(whole: Passage, number: str | None, context: Context, by: str) -> AgendaItem | None:
    """«Слушали: Сметанину Ю.О. «Собрание в новой форме»»: who was heard, and the topic behind."""
    word = _HEARD.match(whole.text)
    names = context.senses.people.find_names(whole.text) if word is not None else ()
    if word is None or not names or names[0].start != word.end():
        return None
    behind = _BEHIND_NAME.match(whole.text, names[0].end)
    topic = whole.cut(behind.end() if behind else names[0].end).strip(_CLOSING)
    if not topic:
        return None
    people = context.participants(whole.cut(names[0].start, names[0].end))
    return AgendaItem(
        number=number, text=whole.text, topic=topic.text, speakers=tuple(map(nominative, people)), by=by, at=whole.at()
    )


def close_brackets(whole: Passage, topic: Passage) -> Passage:
    """The topic without an opening bracket that lost its partner to the speakers."""
    text = topic.text
    if text.count("(") > text.count(")") and text.rstrip().endswith("("):
        return topic.cut(0, text.rindex("(")).strip(_CLOSING)
    return topic
