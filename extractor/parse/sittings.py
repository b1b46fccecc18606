"""A meeting while it is being gathered, and what its announcement says: number, date, place, form, theme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.model.passage import EMPTY, Passage
from extractor.model.plan import AgendaItem, At, Date, Meeting, Participant, School
from extractor.parse.context import Context
from extractor.vocabulary.folding import fold, one_alphabet

SIGNS = " .,:;–—-()"
_CLOCK_LAST = re.compile(r"(?<=\S)[\s,]+(?:в\s*)?\d{1,2}[.:-]\d\d(?:\s*ч\w*\.?)?$")
BASE = re.compile(r"(?:на базе|место проведения\s*[:–—-]?|место\s*[:–—-])\s*", re.IGNORECASE)
_THEME = re.compile(r"\b(?:по теме|на тему|тема(?:\s+заседания)?)\b\s*[:.–—-]?\s*", re.IGNORECASE)


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
    row: int = 0  # of the table that announces it
    over_rows: bool = False  # announced across a table: the rows below are its questions
    nested: str | None = None  # kind of mark of the list under the last question

    def done(self) -> Meeting:
        spans = tuple(span for spans in self.at for span in spans)
        return Meeting(
            number=self.number, title=self.title, text=self.text, dates=tuple(self.dates), theme=self.theme, form=self.form,
            place=self.place, agenda=tuple(self.agenda), responsible=tuple(self.responsible),
            by=self.by, participants=tuple(self.participants), schools=tuple(self.schools), extra=self.extra, at=spans,
        )  # fmt: skip

    def stand(self, place: Passage, context: Context) -> None:
        """The meeting takes place here; an hour behind the place stays out."""
        if (clock := _CLOCK_LAST.search(place.text)) is not None:
            self.claim(place)
            place = place.cut(0, clock.start())
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
        sitting.title, sitting.number = whole.strip(SIGNS).text, number
        if context.senses.forms.begins(whole.text):  # «Круглый стол «Итоги» (март)»
            read_details(whole, sitting, context)
        else:
            sitting.dates.extend(dated)
        return sitting
    sitting.number = found.number if found.number is not None else number
    sitting.misspelt = found.misspelt
    if found.start:
        sitting.dates.extend(context.dates(whole.cut(0, found.start)))
    sitting.title = whole.cut(found.start, found.end).strip(SIGNS.replace(")", "").replace("(", "")).text
    read_details(whole.cut(found.end), sitting, context)
    return sitting


def read_details(rest: Passage, sitting: Sitting, context: Context) -> None:
    """Dates, place, theme and form from the words behind the announcement."""
    text = rest.text
    if not text.strip(SIGNS):
        return
    opening = _OPENING.match(text)
    if opening is not None:
        _bracket_details(rest.cut(opening.start(1), opening.end(1)), sitting, context)
        rest = rest.cut(opening.end())
        text = rest.text
    theme_at = _THEME.search(fold(text))
    head, tail = (text[: theme_at.start()], rest.cut(theme_at.end())) if theme_at else (text, EMPTY)
    base = BASE.search(one_alphabet(head))
    quote = re.search(r"[«\"“„]", head)
    if quote and _is_name(head, quote.start()):
        quote = None
    ending = _BRACKET.search(text) if not tail and not quote else None
    if ending is not None:
        _bracket_details(rest.cut(ending.start(1), ending.end(1)), sitting, context)
        rest = rest.cut(0, ending.start())
        text = head = rest.text
        base = BASE.search(one_alphabet(head))
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
        where = _place_alone(rest.cut(base.end(), stop), sitting, context)
        if where:
            sitting.stand(where, context)
    tail = _behind_quote(_without_bracket(tail, sitting, context), sitting, context)
    if tail:
        sitting.theme = tail.text
    elif quote and not (base and quote.start() > base.start()):
        before = rest.cut(0, quote.start()).strip(SIGNS).text
        form = context.senses.forms.find(before)
        if form and fold(before) == fold(form):
            sitting.form = form
        theme = _without_bracket(rest.cut(quote.start()), sitting, context)
        sitting.theme = _behind_quote(theme, sitting, context).strip(" ").text
    elif sitting.theme is None and not base:
        said = _bare_theme(rest, found, sitting, context)
        if said is not None:
            sitting.theme = said


_FORM_LABEL = re.compile(r"[.;,]\s*Форма(?:\s+проведения)?\s*[:–—-]\s*(?P<form>[^.;]+)")


def _place_alone(where: Passage, sitting: Sitting, context: Context) -> Passage:
    """The place without a term or a form behind it: «МБОУ «Лицей № 2» 25 октября 2021 г.»."""
    form = _FORM_LABEL.search(where.text)
    if form is not None:
        sitting.form = form["form"].strip()
        where = where.cut(0, form.start())
    dates = () if sitting.dates else context.dates(where)
    at = where.text.rfind(dates[0].text) if dates else -1
    if at > 0:
        sitting.dates.extend(dates)
        where = where.cut(0, at)
    return where.strip(" .,;:–—-")


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
    if not left or not any(c.isalpha() for c in left.text) or KIND.fullmatch(left.text):
        return
    form = context.senses.forms.find(left.text)
    if context.senses.is_place(left.text) or context.schools(left):
        base = BASE.match(one_alphabet(left.text))
        sitting.stand(left.cut(base.end()) if base else left, context)
    elif form:
        sitting.form = form
    elif not dates and not _WITHIN.match(left.text):
        sitting.theme = left.text


_WITHIN = re.compile(r"(?:в рамках|в ходе|совместно с)\s", re.IGNORECASE)  # what it was a part of
KIND = re.compile(r"(?:[А-ЯЁа-яё]+(?:ое|ОЕ|ее|ЕЕ)[\s,]*){1,3}")  # «(выездное)», «(ИТОГОВОЕ)»: what meeting it is

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
    _bracket_details(inner, sitting, context)
    return theme.cut(0, found.start())


def when_and_where(line: Passage, sitting: Sitting, context: Context) -> bool:
    """«18 октября 2022 года, 10-00, МБОУ «Ударновская СОШ»» under the announcement; False for any other line."""
    dates = context.dates(line)
    first = line.text.find(dates[0].text) if dates else -1
    if first != 0 or len(line.text) > 160:
        return False
    rest = line.cut(len(dates[-1].text) if len(dates) == 1 else 0)
    clock = _CLOCK_FIRST.match(rest.text)
    where = rest.cut(clock.end() if clock else 0).strip(SIGNS + "\t")
    if where and not (context.senses.is_place(where.text) or context.schools(where)):
        return False
    sitting.dates.extend(dates)
    if where and sitting.place is None:
        sitting.stand(where, context)
    sitting.claim(line)
    return True


_CLOCK_FIRST = re.compile(r"[\s,;.–—-]*(?:в\s+)?\d{1,2}[.:-]\d\d(?:\s*ч\w*\.?)?")


def _behind_quote(theme: Passage, sitting: Sitting, context: Context) -> Passage:
    """The theme in quotes without the term and place behind it: «…», 2 декабря 2021 г., МБДОУ № 7."""
    end = closing_quote(theme.text)
    behind = theme.cut(end).strip(SIGNS) if end else EMPTY
    if not behind or len(behind.text) > 120 or theme.text[end : end + 1] not in ",.;( ":
        return theme
    dates = context.dates(behind)
    last = max((behind.text.find(d.text) + len(d.text) for d in dates), default=0)
    left = behind.cut(last).strip(SIGNS)
    if left and not context.senses.is_place(left.text) and not context.schools(left) or not (dates or left):
        return theme
    if not sitting.dates:
        sitting.dates.extend(dates)
    if left and sitting.place is None:
        sitting.stand(left, context)
    return theme.cut(0, end)


def closing_quote(text: str) -> int:
    """Behind the quote that closes the one at the head of the text; 0 where none opens or closes."""
    if text[:1] != "«":
        return 0
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "«") - (sign == "»")
        if depth == 0:
            return place + 1
    return 0


def _is_name(head: str, quote: int) -> bool:
    """Whether the quote opens a school's or body's name («на базе МБОУ «Лицей № 2»»)."""
    return bool(re.search(r"[А-ЯЁA-Z]{2,}\s*$", head[:quote])) or bool(
        re.search(r"(?:(?:школ|гимнази|лице|центр|сад)\w*|д/с|дс|(?:сад|д/с|\w*доу)\s*№\s*\d+)\s*$", fold(head[:quote]))
    )


def _bare_theme(rest: Passage, found: Sequence[Date], sitting: Sitting, context: Context) -> str | None:
    """Words left over behind number and date, without quotes: the theme, unless they say form or place."""
    left = rest.text
    if len(left) > 400:
        return None
    for date in found:
        left = left.replace(date.text, " ")
    left = re.sub(r"\s+", " ", re.sub(r"\(\s*\)", " ", left)).strip(SIGNS)
    if len(left) < 8 or KIND.fullmatch(left):
        return None
    form = context.senses.forms.find(left)
    if form and len(left) < 50:
        sitting.form = form
        return None
    named = _SAYS.search(left) is not None  # «Библиотека – территория безопасности»: a theme
    if (context.senses.schools.find(left) or context.senses.is_place(left) and not named) and len(left) < 80:
        at = rest.text.find(left)
        if at >= 0:
            place = rest.cut(at, at + len(left))
            sitting.stand(place.cut(2) if left.startswith("в ") else place, context)
        return None
    return _covering(rest, left)


_SAYS = re.compile(r"[а-яё]\s[–—-]\s[а-яё]")


def _covering(rest: Passage, left: str) -> str | None:
    place = rest.text.find(left)
    return rest.cut(place, place + len(left)).text if place >= 0 else None


_LABELLED = re.compile(r"(?:(?<=[.;,)»][ \t])|(?<=\d[ \t])|(?<=[а-я]\t))([А-ЯЁ][а-яё]+(?: [а-яё]+){0,2}:)\s")


def split_labels(value: Passage, context: Context) -> list[tuple[Passage, Passage]]:
    """«25.01.2022 г. Форма: круглый стол»: the value itself, then each further label of a meeting with its own."""
    words = context.senses.words.in_meeting
    found = [
        m
        for m in _LABELLED.finditer(context.tabbed(value))
        if (label := words.match(fold(m[1]), typos=False)) is not None
        and label.kind in ("date", "place", "form", "theme")
        and label.end >= len(m[1]) - 1
    ]
    ends = [*(m.start() for m in found), len(value.text)]
    pieces = [(EMPTY, value.cut(0, ends[0]).strip(" ;,") if found else value)]
    for m, end in zip(found, ends[1:], strict=True):
        pieces.append((value.cut(m.start(), m.end(1)), value.cut(m.end(1), end).strip(" ;,")))
    return pieces


_DIGITS = re.compile(r"\d+")
_INLINE = re.compile(r"(?:(?<=[\s.)»;])|^)(?=\d{1,2}[.)]\s?[А-ЯЁA-Z«\"])|(?:(?<=[;.:]\s)|^)(?=\d{1,2}\)\s?[а-яё])")


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
