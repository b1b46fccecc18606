"""What the cells beside a meeting's questions say: the lines under its announcement, its theme, what stands with its date."""

from __future__ import annotations

import re

from msgspec.structs import replace

from extractor.model.outline import Cell, Line
from extractor.model.passage import Passage, join
from extractor.model.plan import Date
from extractor.parse.cell_lines import CellLines
from extractor.parse.context import Context
from extractor.parse.row_values import leftover
from extractor.parse.rows import same_as_above
from extractor.parse.sittings import BASE, Sitting, when_and_where
from extractor.vocabulary.folding import fold, one_alphabet

_NUMBER_ALONE = re.compile(r"№\s*(\d{1,2})\s*\.?")
_QUOTED = re.compile(r"[«\"“„].{4,250}[»\"”]\.?")


class MeetingCells:
    """Reads them into an open meeting."""

    def __init__(self, context: Context, cell: CellLines) -> None:
        self._context = context
        self._cell = cell

    def head_lines(self, lines: list[Line], sitting: Sitting, *, placed: bool) -> None:
        """The lines under an announcement whose questions stand in another cell: date, place, form, theme. `placed`:
        the column's heading promises a place, any short line behind the date is one."""
        context = self._context
        for line in _with_years(lines):
            text = line.whole.text
            found = context.senses.words.in_meeting.match(fold(text), typos=False)
            if found and ":" in text:
                cut = text.find(":") + 1
                self._cell.labelled(found.kind, line.whole.cut(0, cut), line.whole.cut(cut), sitting)
                continue
            if when_and_where(line.whole, sitting, context):
                continue
            if sitting.theme is None and _QUOTED.fullmatch(text):
                sitting.theme = text
                sitting.claim(line.whole)
                continue
            dates = context.dates(line.whole)
            sitting.dates.extend(dates)
            if not context.senses.is_term(text):
                form = context.senses.forms.find(text)
                if context.senses.is_place(text) and sitting.place is None:
                    sitting.stand(line.whole.strip(" .,;()"), context)
                elif form and sitting.form is None and len(text) < 60:
                    sitting.form = form
                elif placed and same_as_above(text):
                    continue
                elif placed and sitting.dates and sitting.place is None and not dates and len(text) < 30 and any(map(str.isalpha, text)):
                    sitting.stand(line.whole.strip(" .,;()"), context)
                elif not dates:
                    sitting.theme = f"{sitting.theme} {text}" if sitting.theme else text
            sitting.claim(line.whole)

    def theme(self, cell: Cell, sitting: Sitting) -> None:
        """The theme of a cell that may also say the form, the place: «Форма: семинар-практикум»."""
        plain = []
        for line in cell.lines:
            number = _NUMBER_ALONE.fullmatch(line.whole.text)
            if number is not None and sitting.number is None and len(cell.lines) > 1:
                sitting.number = int(number[1])
                self._context.label(line.whole, "number")
                continue
            found = self._context.senses.words.in_meeting.match(fold(line.whole.text), typos=False)
            colon = line.whole.text.find(":")
            if (
                found
                and found.kind not in ("between", "goal")
                and 0 <= colon <= found.end + 3
                and line.whole.text[colon + 1 :].strip()
            ):
                if found.kind == "theme":
                    plain.append(line.whole.cut(colon + 1))
                    self._context.label(line.whole.cut(0, colon + 1))
                else:
                    self._cell.labelled(
                        found.kind, line.whole.cut(0, colon + 1), line.whole.cut(colon + 1), sitting
                    )
            else:
                plain.append(line.whole)
        if len(plain) > 1 and _QUOTED.fullmatch(plain[-1].text) and plain[0].text[:1] not in "«\"“„" and not sitting.title:
            sitting.title = join(plain[:-1]).text  # «Секция молодых библиотекарей» over «Документация библиотеки»
            sitting.claim(join(plain[:-1]))
            plain = plain[-1:]
        if len(plain) > 1 and sitting.form is None and self._is_form(plain[-1].text, plain[-2].text):
            sitting.form = plain[-1].strip(" .;").text  # «Семинар» under «Стратегия развития библиотек»
            sitting.claim(plain.pop())
        whole = join(plain)
        if whole:
            form = self._context.senses.forms.read(whole.text)
            named = form is not None and not form.whole and whole.text[form.topic : form.topic + 1] in "«\"“„"
            if form is not None and named and sitting.form in (None, form.name):
                sitting.form = form.name
                sitting.theme = whole.text[form.topic :]
            else:
                sitting.theme = whole.text
            sitting.claim(whole)

    def _is_form(self, text: str, above: str) -> bool:
        """Whether the last line of a theme says the form: nothing but a form word, or one behind a quoted theme."""
        form = self._context.senses.forms.read(text.strip(" .;"))
        if form is not None and form.whole:
            return True
        return len(text) < 50 and above.rstrip()[-1:] in "»\"”" and self._context.senses.forms.begins(text) and "«" not in text

    def beside_dates(self, text: Passage, dates: tuple[Date, ...], sitting: Sitting, *, placed: bool) -> None:
        """«25.10.2022, 10.00, МБОУ СОШ № 4», «Январь, конференц-зал РУО», «Апрель, в режиме видеоконференции».
        `placed`: the column is one of places too («Дата, место»)."""
        schools = self._context.schools(text, bare=False)
        if schools and sitting.place is None:
            sitting.place = schools[0].text
            sitting.schools = list(schools)
        rest = leftover(text, [(s.block, s.start, s.end) for date in dates for s in date.at])
        numbered = placed and re.match(r"(?:школа\s*)?№\s*\d", rest.text) is not None
        if sitting.place is None and (numbered or self._context.senses.is_venue(rest.text)):
            sitting.stand(rest.strip(" .,;"), self._context)
        elif sitting.place is None and (base := BASE.match(one_alphabet(rest.text))):
            sitting.stand(rest.cut(base.end()).strip(" .,;"), self._context)
        form = self._context.senses.forms.find(text.text)
        if form and sitting.form is None:
            sitting.form = form


_YEAR_ALONE = re.compile(r"20\d\d\s*(?:г\.?|года?)?\.?")


def _with_years(lines: list[Line]) -> list[Line]:
    """«20 февраля» over «2014 г.» as one line."""
    made: list[Line] = []
    for line in lines:
        if made and _YEAR_ALONE.fullmatch(line.whole.text) and not re.search(r"\d{4}", made[-1].whole.text):
            whole = join([made[-1].whole, line.whole])
            made[-1] = replace(made[-1], whole=whole, body=whole)
        else:
            made.append(line)
    return made
