"""Meetings in running text: the announcement and the parts that stand under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from extractor.model.outline import Part
from extractor.model.passage import EMPTY, Passage, join
from extractor.model.plan import AgendaItem, At, Date, Meeting, Participant, School
from extractor.parse.context import Context
from extractor.parse.items import item_of, make_item
from extractor.values.marks import read_mark
from extractor.vocabulary.folding import fold

_SIGNS = " .,:;–—-()"
_BASE = re.compile(r"(?:на базе|место проведения\s*[:–—-]?|место\s*[:–—-])\s*", re.IGNORECASE)
_THEME = re.compile(r"(?:по теме|на тему|тема(?:\s+заседания)?)\s*[:.–—-]?\s*", re.IGNORECASE)


@dataclass
class Sitting:
    """A meeting while it is being gathered."""

    number: int | None = None
    title: str = ""
    text: str = ""
    dates: list[Date] = field(default_factory=list)
    theme: str | None = None
    form: str | None = None
    place: str | None = None
    agenda: list[AgendaItem] = field(default_factory=list)
    responsible: list[Participant] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)
    at: list[At] = field(default_factory=list)
    misspelt: str | None = None
    by: str = "meeting_announced"
    mark: str | None = None  # kind of mark before its questions
    by_month: bool = False  # its only date is the month above it
    nested: str | None = None  # kind of mark of the list under the last question

    def done(self) -> Meeting:
        spans = tuple(span for spans in self.at for span in spans)
        return Meeting(
            number=self.number, title=self.title, text=self.text, dates=tuple(self.dates), theme=self.theme, form=self.form,
            place=self.place, agenda=tuple(self.agenda), responsible=tuple(self.responsible),
            by=self.by, participants=tuple(self.participants), schools=tuple(self.schools), extra=self.extra, at=spans,
        )  # fmt: skip

    def stand(self, place: Passage, context: Context) -> None:
        """The meeting takes place here."""
        self.place = place.text
        self.schools = list(context.schools(place, bare=True))
        self.claim(place)

    def claim(self, passage: Passage) -> None:
        """The letters belong to the meeting."""
        if passage:
            self.at.append(passage.at())


def announce(whole: Passage, context: Context, *, number: int | None = None) -> Sitting:
    """The meeting that an announcement opens; its letters are all the meeting's."""
    found = context.senses.meetings.read(whole.text)
    sitting = Sitting(text=whole.text)
    sitting.claim(whole)
    if found is None:
        dated = context.dates(whole)
        sitting.title, sitting.number = whole.strip(_SIGNS).text, number
        sitting.dates.extend(dated)
        return sitting
    sitting.number = found.number if found.number is not None else number
    sitting.misspelt = found.misspelt
    if found.start:
        sitting.dates.extend(context.dates(whole.cut(0, found.start)))
    sitting.title = whole.cut(found.start, found.end).strip(_SIGNS.replace(")", "").replace("(", "")).text
    read_details(whole.cut(found.end), sitting, context)
    return sitting


def read_details(rest: Passage, sitting: Sitting, context: Context) -> None:
    """Dates, place, theme and form from the words behind the announcement."""
    text = rest.text
    if not text.strip(_SIGNS):
        return
    opening = _OPENING.match(text)
    if opening is not None:
        _bracket_details(rest.cut(opening.start(1), opening.end(1)), sitting, context)
        rest = rest.cut(opening.end())
        text = rest.text
    theme_at = _THEME.search(fold(text))
    head, tail = (text[: theme_at.start()], rest.cut(theme_at.end())) if theme_at else (text, EMPTY)
    base = _BASE.search(head)
    quote = re.search(r"[«\"“„]", head)
    if quote and _is_name(head, quote.start()):
        quote = None
    ending = _BRACKET.search(text) if not tail and not quote else None
    if ending is not None:
        _bracket_details(rest.cut(ending.start(1), ending.end(1)), sitting, context)
        rest = rest.cut(0, ending.start())
        text = head = rest.text
        base = _BASE.search(head)
    limit = min([m.start() for m in (base, quote) if m] or [len(head)])
    found = context.dates(rest.cut(0, limit)) if limit else ()
    if not found and not quote:
        found = context.dates(rest.cut(0, len(head)))
    sitting.dates.extend(found)
    if base:
        stop = (
            quote.start()
            if quote and quote.start() > base.end() and not _is_name(head, quote.start())
            else len(head)
        )
        where = rest.cut(base.end(), stop).strip(" .,;:–—-")
        if where:
            sitting.stand(where, context)
    tail = _without_bracket(tail, sitting, context)
    if tail:
        sitting.theme = tail.text
    elif quote and not (base and quote.start() > base.start()):
        sitting.theme = _without_bracket(rest.cut(quote.start()), sitting, context).strip(" ").text
    elif sitting.theme is None and not base:
        said = _bare_theme(rest, found, sitting, context)
        if said is not None:
            sitting.theme = said


_OPENING = re.compile(r"[\s–—-]*\(([^()]{2,120})\)[\s.:–—-]*")


def _bracket_details(inner: Passage, sitting: Sitting, context: Context) -> None:
    """«(ноябрь, МБОУ «Краснояблонская ООШ»)» behind the number: date, place, form."""
    dates = context.dates(inner)
    sitting.dates.extend(dates)
    last = 0
    for date in dates:
        place = inner.text.find(date.text)
        last = max(last, place + len(date.text)) if place >= 0 else last
    left = inner.cut(last).strip(" ,;.–—-")
    if not left or not any(c.isalpha() for c in left.text):
        return
    form = context.senses.forms.find(left.text)
    if context.senses.is_place(left.text) or context.schools(left):
        sitting.stand(left, context)
    elif form:
        sitting.form = form
    elif not dates:
        sitting.theme = left.text


_BRACKET = re.compile(r"\s*\(([^()]{3,60})\)\s*\.?\s*$")


def _without_bracket(theme: Passage, sitting: Sitting, context: Context) -> Passage:
    """The theme without a term in brackets behind it: «Подводим итоги» (18 мая 2022 г.)."""
    found = _BRACKET.search(theme.text)
    if found is None:
        return theme
    inner = theme.cut(found.start(1), found.end(1))
    dates = context.dates(inner)
    if not dates:
        return theme
    sitting.dates.extend(dates)
    return theme.cut(0, found.start())


def _is_name(head: str, quote: int) -> bool:
    """Whether the quote opens a school's or body's name («на базе МБОУ «Лицей № 2»»)."""
    return bool(re.search(r"[А-ЯЁA-Z]{2,}\s*$", head[:quote])) or bool(
        re.search(r"(?:школ|гимнази|лице|центр|сад)\w*\s*$", fold(head[:quote]))
    )


def _bare_theme(rest: Passage, found: Sequence[Date], sitting: Sitting, context: Context) -> str | None:
    """Words left over behind number and date, without quotes: the theme, unless they say form or place."""
    left = rest.text
    if len(left) > 400:
        return None
    for date in found:
        left = left.replace(date.text, " ")
    left = re.sub(r"\s+", " ", left).strip(_SIGNS)
    if len(left) < 8:
        return None
    form = context.senses.forms.find(left)
    if form and len(left) < 50:
        sitting.form = form
        return None
    if (context.senses.schools.find(left) or context.senses.is_place(left)) and len(left) < 80:
        at = rest.text.find(left)
        if at >= 0:
            sitting.stand(rest.cut(at, at + len(left)), context)
        return None
    return _covering(rest, left)


def _covering(rest: Passage, left: str) -> str | None:
    place = rest.text.find(left)
    return rest.cut(place, place + len(left)).text if place >= 0 else None


class MeetingReader:
    """Gathers the parts of one meeting after another."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.sitting: Sitting | None = None
        self.meetings: list[Sitting] = []
        self._month: tuple[Passage, tuple[Date, ...]] | None = None

    def read(self, part: Part) -> bool:
        """Whether the part belongs to a meeting and was taken."""
        if part.kind == "meeting":
            self._open(part)
        elif (
            part.kind == "month"
            and self.sitting is not None
            and not self.sitting.dates
            and not self.sitting.agenda
        ):
            self._date(part)
        elif (
            self.sitting is None
            or part.kind == "meeting.table"
            or not (part.kind.startswith("meeting.") or part.kind in ("item", "speaker"))
        ):
            return False
        else:
            self._inside(part)
        return True

    def close(self) -> None:
        """What follows is no part of the meeting."""
        self.sitting = None

    def month(self, part: Part) -> None:
        """A month or day alone on a line: it dates the next meeting that has no date."""
        whole = join(line.whole for line in part.lines)
        self._month = (whole, self._context.dates(whole))

    def _open(self, part: Part) -> None:
        if not part.lines:
            self.sitting = Sitting(by=part.rule)
            if self._month is not None:
                self.sitting.dates.extend(self._month[1])
                self.sitting.claim(self._month[0])
                self.sitting.by_month = True
            self._month = None
            self.meetings.append(self.sitting)
            return
        first = part.lines[0]
        whole, *questions = self._apart(join(line.whole for line in part.lines))
        number = (
            int(first.mark.number)
            if first.mark and first.mark.number and first.mark.number.isdigit()
            else None
        )
        self.sitting = announce(whole, self._context, number=number)
        self.sitting.misspelt = part.misspelt
        self.sitting.by = part.rule
        if self._month is not None and not self.sitting.dates:
            self.sitting.dates.extend(self._month[1])
            self.sitting.claim(self._month[0])
            self.sitting.by_month = True
        self._month = None
        self.meetings.append(self.sitting)
        for piece in questions:
            self._question(piece)

    def _apart(self, whole: Passage) -> list[Passage]:
        """The announcement and the questions that stand on its line: «IV заседание (май). 1. … 2. …»."""
        pieces = split_inline(whole)
        return pieces if len(pieces) > 1 and not pieces[0].text[:1].isdigit() else [whole]

    def _question(self, piece: Passage) -> None:
        assert self.sitting is not None
        mark, body = read_mark(piece)
        if mark is not None:
            self._context.label(mark.at, "number")
        if body:
            self.sitting.agenda.append(item_of(body, mark.number if mark else None, self._context))
            self.sitting.claim(body)

    def _date(self, part: Part) -> None:
        assert self.sitting is not None
        for line in part.lines:
            self.sitting.dates.extend(self._context.dates(line.whole))
            self.sitting.claim(line.whole)

    def _inside(self, part: Part) -> None:
        sitting, context = self.sitting, self._context
        assert sitting is not None
        value = join(line.whole for line in part.lines)
        context.label(part.label)
        match part.kind:
            case "item":
                self._item(part)
            case "speaker":
                self._speaker(value)
            case "meeting.theme":
                sitting.theme = f"{sitting.theme} {value.text}" if sitting.theme else value.text
                sitting.claim(value)
            case "meeting.date":
                found = context.dates(value)
                if found and sitting.by_month:
                    sitting.dates, sitting.by_month = [], False
                sitting.dates.extend(found)
                rest = value.text
                place = _BASE.search(rest)
                if place and not sitting.place:
                    sitting.stand(value.cut(place.end()).strip(_SIGNS), context)
                elif not sitting.place and context.schools(value):
                    sitting.schools = list(context.schools(value))
                    sitting.place = sitting.schools[0].text
                sitting.claim(value)
            case "meeting.place":
                sitting.stand(value.strip(" .;"), context)
            case "meeting.form":
                sitting.form = value.strip(" .;").text
                sitting.claim(value)
            case "meeting.goal":
                sitting.extra[part.label.strip(_SIGNS).text or "Цель"] = value.text
                sitting.claim(value)
            case "meeting.agenda":
                self._agenda(part)
            case _:
                sitting.claim(value)

    def _item(self, part: Part) -> None:
        """One question, or several that stand on one line: «1. … 2. … 3. …»."""
        assert self.sitting is not None
        whole = join(line.whole for line in part.lines)
        if len(split_inline(whole)) > 1:
            self._agenda(part)
            return
        self.sitting.agenda.append(make_item(list(part.lines), self._context))
        self.sitting.claim(join([part.lines[0].body, *(line.whole for line in part.lines[1:])]))

    def _agenda(self, part: Part) -> None:
        """Items that stand on the label's own line: «Повестка: 1. … 2. …»."""
        assert self.sitting is not None
        whole = join(line.whole for line in part.lines)
        for piece in split_inline(whole):
            self._question(piece)

    def _by_numbers(self, value: Passage) -> bool:
        """«Жук Т.В., руководитель УМО – 1, 2; Лукашевич О.П. – 3.»: who answers for which question."""
        assert self.sitting is not None
        cuts = [0, *(m.end() for m in re.finditer(r";\s*", value.text)), len(value.text)]
        shares = []
        for start, end in zip(cuts, cuts[1:], strict=False):
            piece = value.cut(start, end).strip(" ;")
            match = _FOR_NUMBERS.search(piece.text)
            if match is None:
                return False
            shares.append(
                (self._context.participants(piece.cut(0, match.start())), set(re.findall(r"\d+", match[1])))
            )
        agenda = self.sitting.agenda
        for place, item in enumerate(agenda):
            own = tuple(p for people, numbers in shares if item.number in numbers for p in people)
            agenda[place] = replace(item, speakers=item.speakers + own)
        return bool(shares)

    def _speaker(self, value: Passage) -> None:
        """The line after an item names its speaker; before any item, who answers for the meeting."""
        assert self.sitting is not None
        self.sitting.claim(value)
        if self._by_numbers(value):
            return
        people = self._context.participants(value.strip(" .()"))
        if not self.sitting.agenda:
            self.sitting.responsible.extend(people)
            return
        last = self.sitting.agenda[-1]
        self.sitting.agenda[-1] = replace(last, speakers=last.speakers + people)


_FOR_NUMBERS = re.compile(
    r"\s*[,]?\s*[–—-]\s*(?:вопрос\w*\s*)?(\d{1,2}(?:\s*(?:,|и|-)\s*\d{1,2})*)\s*\.?\s*$"
)


_DIGITS = re.compile(r"\d+")
_INLINE = re.compile(r"(?:(?<=[\s.)»;])|^)(?=\d{1,2}[.)]\s?[А-ЯЁA-Z«\"])")


def split_inline(whole: Passage) -> list[Passage]:
    """«1. … 2. … 3. …» in one line as separate items, where the numbers count up from 1."""
    places = [m.start() for m in _INLINE.finditer(whole.text)]
    numbers = [_DIGITS.match(whole.text, p) for p in places]
    if len(places) < 2 or [int(n[0]) for n in numbers if n] != list(range(1, len(places) + 1)):
        return [whole]
    ends = [*places[1:], len(whole.text)]
    head = [whole.cut(0, places[0])] if whole.text[: places[0]].strip() else []
    return head + [whole.cut(a, b) for a, b in zip(places, ends, strict=True)]


def one_each(sittings: list[Sitting]) -> list[Sitting]:
    """A meeting of a schedule and the same number's questions in the text below are one meeting."""
    kept: list[Sitting] = []
    numbered: dict[int, Sitting] = {}
    for sitting in sittings:
        known = numbered.get(sitting.number) if sitting.number is not None else None
        if (
            known is None
            or known.agenda
            and sitting.agenda
            or not (known.agenda or sitting.agenda)
            or known.dates
            and sitting.dates
            and _days(known) != _days(sitting)
        ):
            kept.append(sitting)
            if sitting.number is not None:
                numbered.setdefault(sitting.number, sitting)
            continue
        known.title = known.title or sitting.title
        known.text = known.text or sitting.text
        known.dates = known.dates or sitting.dates
        known.theme, known.form, known.place = (
            known.theme or sitting.theme,
            known.form or sitting.form,
            known.place or sitting.place,
        )
        known.agenda += sitting.agenda
        known.responsible += sitting.responsible
        known.participants += sitting.participants
        known.schools = known.schools or sitting.schools
        known.extra |= sitting.extra
        known.at += sitting.at
    return kept


def _days(sitting: Sitting) -> list[str | None]:
    return [date.start for date in sitting.dates]
