"""Meetings in running text: the announcement and the parts that stand under it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from extractor.model.outline import Part
from extractor.model.passage import EMPTY, Passage, join
from extractor.model.plan import Date
from extractor.parse.by_numbers import behind_number, number_of, question_numbers
from extractor.parse.context import Above, Context
from extractor.parse.items import inline_items, make_item
from extractor.parse.sittings import (
    BASE,
    KIND,
    SIGNS,
    Sitting,
    announce,
    split_inline,
    split_labels,
    when_and_where,
)
from extractor.values.name_cases import nominative
from extractor.vocabulary.folding import fold


class MeetingReader:
    """Gathers the parts of one meeting after another."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.sitting: Sitting | None = None
        self.meetings: list[Sitting] = []
        self._month: tuple[Passage, tuple[Date, ...]] | None = None
        self._above: Above | None = None  # the month above the open meeting

    def read(self, part: Part) -> bool:
        """Whether the part belongs to a meeting and was taken."""
        if part.kind == "meeting":
            self._open(part)
        elif part.kind == "month" and self.sitting is not None and not self.sitting.agenda:
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
        self._above = self._context.above(whole)

    def _open(self, part: Part) -> None:
        if not self.meetings:
            self._context.begin_list()  # an August may be the first of the year again
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
        if first.mark and first.mark.kind == "words" and first.block.label:
            self.sitting = announce(whole, self._context)
            self._by_label(first.block.label, whole)
        elif first.mark and first.mark.at and number is not None and not questions:
            behind = join([first.body, *(line.whole for line in part.lines[1:])])
            self.sitting = announce(behind, self._context, number=number)
            self.sitting.text, self.sitting.at[0] = whole.text, whole.at()
        else:
            self.sitting = announce(whole, self._context, number=number)
        self.sitting.misspelt = part.misspelt
        self.sitting.by = part.rule
        if self._month is not None and not self.sitting.dates:
            self.sitting.dates.extend(self._month[1])
            self.sitting.claim(self._month[0])
            self.sitting.by_month = True
        self._month = None
        self.meetings.append(self.sitting)
        self._questions(questions)

    def _by_label(self, label: str, whole: Passage) -> None:
        """Word makes «Заседание 2.»; the author typed only what it is about: «Книга и театр»."""
        sitting = self.sitting
        assert sitting is not None
        found = self._context.senses.meetings.read(f"{label} {whole.text}")
        if found is None or self._context.senses.meetings.read(whole.text) is not None:
            return
        sitting.number, sitting.title = found.number, label.strip(SIGNS)
        if sitting.theme is None and not sitting.dates and not KIND.fullmatch(whole.text.strip(SIGNS)):
            sitting.theme = whole.text

    def _apart(self, whole: Passage) -> list[Passage]:
        """The announcement and the questions that stand on its line: «IV заседание (май). 1. … 2. …»."""
        pieces = split_inline(whole)
        return pieces if len(pieces) > 1 and not pieces[0].text[:1].isdigit() else [whole]

    def _questions(self, pieces: list[Passage]) -> None:
        assert self.sitting is not None
        for item in inline_items(pieces, self._context):
            self.sitting.agenda.append(item)
            self.sitting.at.append(item.at)

    def _date(self, part: Part) -> None:
        """A term alone on a line under the announcement; a day takes the place of the month that it lies in."""
        assert self.sitting is not None
        for line in part.lines:
            found = self._in_month(self._context.dates(line.whole))
            self.sitting.dates = [d for d in self.sitting.dates if not any(_lies_in(new, d) for new in found)]
            self.sitting.dates.extend(found)
            self.sitting.claim(line.whole)

    def _in_month(self, dates: tuple[Date, ...]) -> tuple[Date, ...]:
        """«2-я неделя» under «АПРЕЛЬ»: terms that need the month that dates the meeting."""
        if self.sitting is None or not self.sitting.by_month:
            return dates
        return tuple(self._context.in_month(date, self._above) for date in dates)

    def _inside(self, part: Part) -> None:
        sitting, context = self.sitting, self._context
        assert sitting is not None
        value = join(line.whole for line in part.lines)
        context.label(part.label)
        match part.kind:
            case "item":
                self._item(part)
            case "speaker" if not self._answer(part):
                self._speaker(part.label, value)
            case "speaker":
                pass
            case "meeting.agenda":
                self._agenda(part)
            case _:
                first, *others = split_labels(value, context)
                self._labelled(part.kind.removeprefix("meeting."), part.label, first[1])
                for label, rest in others:
                    context.label(label)
                    found = context.senses.words.in_meeting.match(fold(label.text), typos=False)
                    self._labelled(found.kind if found else "", label, rest)

    def _labelled(self, kind: str, label: Passage, value: Passage) -> None:
        """The value of one label inside the meeting: «Дата: …», «Место проведения: …»."""
        sitting, context = self.sitting, self._context
        assert sitting is not None
        above = list(sitting.dates)
        match kind:
            case "theme":
                sitting.theme = f"{sitting.theme} {value.text}" if sitting.theme else value.text
                sitting.claim(value)
            case "date" if when_and_where(value, sitting, context):
                if sitting.by_month:
                    del sitting.dates[: len(above)]
                sitting.by_month = False
            case "date":
                found = self._in_month(context.dates(value))
                if found and sitting.by_month:
                    sitting.dates, sitting.by_month = [], False
                sitting.dates.extend(found)
                place = BASE.search(value.text)
                if place and not sitting.place:
                    sitting.stand(value.cut(place.end()).strip(SIGNS), context)
                elif not sitting.place and context.schools(value):
                    sitting.schools = list(context.schools(value))
                    sitting.place = sitting.schools[0].text
                sitting.claim(value)
            case "place":
                sitting.stand(value.strip(" .;"), context)
            case "form":
                self._form(label, value.strip(" .;"))
            case "responsible":
                sitting.responsible.extend(context.participants(value.strip(" .;")))
                sitting.claim(value)
            case "participants":
                sitting.participants.extend(context.participants(value.strip(" .;")))
                sitting.claim(value)
            case "goal" | "decision" | "result":
                sitting.extra[label.strip(SIGNS).text or "Цель"] = value.text
                sitting.claim(value)
            case _:
                sitting.claim(value)

    def _form(self, label: Passage, value: Passage) -> None:
        """«Форма: семинар»; «Форма и место проведения: очно, ГБОУ СОШ № 3»; «Форма: семинар на базе СОШ № 3»."""
        assert self.sitting is not None
        comma, base = value.text.find(", "), BASE.search(value.text)
        where = value.cut(comma + 2) if comma > 0 else EMPTY
        if base is not None and base.start() > 0:
            self.sitting.stand(value.cut(base.end()), self._context)
            value = value.cut(0, base.start()).strip(" ,")
        elif where and self._context.senses.is_place(where.text) and not self._context.senses.forms.begins(where.text):
            value = value.cut(0, comma)
            self.sitting.stand(where, self._context)
        self.sitting.form = value.text
        self.sitting.claim(value)

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
        self._questions(split_inline(whole))

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

    def _answer(self, part: Part) -> bool:
        """«Выступающие:», then «1 вопрос – …», «2) …»: each line names who answers for the questions of its
        numbers. False where some line has no number or some number no question."""
        assert self.sitting is not None
        agenda = self.sitting.agenda
        places = {item.number: place for place, item in enumerate(agenda) if item.number}
        numbers = [question_numbers(line) for line in part.lines]
        if not numbers or not all(said and set(said) <= set(places) for said in numbers):
            return False
        for line, said in zip(part.lines, numbers, strict=True):
            self._context.label(number_of(line), "number")
            people = self._context.participants(behind_number(line).strip(" .;"))
            self.sitting.claim(behind_number(line))
            for number in said:
                item = agenda[places[number]]
                agenda[places[number]] = replace(item, speakers=item.speakers + people)
        return True

    def _speaker(self, label: Passage, value: Passage) -> None:
        """The line after an item names its speaker; before any item, who answers for the meeting."""
        assert self.sitting is not None
        self.sitting.claim(value)
        if self._by_numbers(value):
            return
        people = self._context.participants(value.strip(" .()"))
        if fold(label.text).startswith(("слушали", "заслушали")):  # «Слушали: Сметанину Ю.О.»
            people = tuple(map(nominative, people))
        if not self.sitting.agenda:
            self.sitting.responsible.extend(people)
            return
        last = self.sitting.agenda[-1]
        self.sitting.agenda[-1] = replace(last, speakers=last.speakers + people)


def _lies_in(day: Date, month: Date) -> bool:
    return bool(
        day.edtf and month.edtf and len(day.edtf) > len(month.edtf) and day.edtf.startswith(f"{month.edtf}-")
    )


_FOR_NUMBERS = re.compile(
    r"\s*[,]?\s*[–—-]\s*(?:вопрос\w*\s*)?(\d{1,2}(?:\s*(?:,|и|-)\s*\d{1,2})*)\s*\.?\s*$"
)
