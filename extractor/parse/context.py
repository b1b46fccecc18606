"""What every parser is given: the grammars and the plan's year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msgspec.structs import replace

from extractor.model.passage import Passage
from extractor.model.plan import At, Date, Labelled, Participant, Place, School, SectionList, Structure
from extractor.parse.ground import ground_all
from extractor.values.dates import Under, Years
from extractor.values.marks import month_number
from extractor.values.senses import Senses
from extractor.vocabulary.folding import one_alphabet

_PLACE_LABEL = re.compile(r"(?:база|базы|место проведения|место|площадка)\s*[:–—-]\s*(?=\S)", re.IGNORECASE)
MONTH_NAMES = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_SPACES = re.compile(r"\s+")
_DATED = ("day", "month", "week", "range")


@dataclass(frozen=True)
class Above:
    """A heading row that is only a month or a day: it dates the rows below."""

    under: Under | None
    dates: tuple[Date, ...]


@dataclass
class Context:
    """Grammars, years, and what is gathered on the way besides the parsers' own answers."""

    senses: Senses
    years: Years
    structure: list[Structure] = field(default_factory=list)
    notes: list[tuple[str, At, str]] = field(default_factory=list)  # (code, where, detail) for the checks
    goals: list[Labelled] = field(default_factory=list)  # aims found in tables
    sections: list[SectionList] = field(default_factory=list)
    autumn_seen: bool = False
    tabs: dict[int, str] = field(default_factory=dict)  # the letters of the blocks that have tabs

    def tabbed(self, passage: Passage) -> str:
        """The passage's text with the author's tabs and line breaks where it has spaces; of the same length."""
        if not any(block in self.tabs for _, block, _ in passage.pieces):
            return passage.broken
        signs, ends = list(passage.broken), [offset for offset, _, _ in passage.pieces[1:]]
        for (offset, block, place), end in zip(passage.pieces, [*ends, len(signs)], strict=True):
            raw = self.tabs.get(block, "")
            for k in range(offset, end) if raw else ():
                run = _SPACES.match(raw, place + k - offset) if signs[k] in " \n" else None
                if run is not None and "\t" in run[0]:
                    signs[k] = "\t"
        return "".join(signs)

    def label(self, passage: Passage, role: str = "label") -> None:
        """The passage says what others are."""
        if passage:
            self.structure.append(Structure(role=role, at=passage.at()))

    def dates(self, passage: Passage, above: Above | None = None) -> tuple[Date, ...]:
        """The terms in a passage. A bare August is the first of the school year until a term of
        September or later has been read in this list, the second after it."""
        under = above.under if above else None
        years = replace(self.years, early_august=not self.autumn_seen)
        found = self.senses.dates.find(one_alphabet(passage.broken), years, bare_days=under is not None, under=under)
        if any(d.start and d.precision in _DATED and d.start[5:7] not in ("08", "07", "06") for d in found):
            self.autumn_seen = True
        return ground_all(found, passage)

    def in_month(self, date: Date, month: Above | None) -> Date:
        """A term without a month of its own («3-я неделя», «до 15») under the month that stands over its list."""
        if month is None or month.under is None or date.edtf or date.precision in ("recurring", "on_request"):
            return date
        years = replace(self.years, early_august=not self.autumn_seen)
        found = self.senses.dates.find(date.text, years, bare_days=True, under=month.under)
        return replace(found[0], text=date.text, at=date.at) if len(found) == 1 and found[0].edtf else date

    def week(self, number: Passage, month: Above | None) -> tuple[Date, ...]:
        """The week that a column of weeks names by its number, in the row's month."""
        if month is None or month.under is None or not re.fullmatch(r"\d(?:\s*[-–,]\s*\d)?", number.text):
            return ()
        years = replace(self.years, early_august=not self.autumn_seen)
        found = self.senses.dates.find(f"{number.text} неделя", years, under=month.under)
        return tuple(replace(date, text=number.text, at=number.at()) for date in found[:1])

    def month(self, number: Passage) -> tuple[Date, ...]:
        """The month that a column's heading gives by its number («IX»); () for any other words."""
        value = month_number(number.text)
        if value is None:
            return ()
        found = self.senses.dates.find(MONTH_NAMES[value - 1], self.years)
        return tuple(replace(date, text=number.text, at=number.at()) for date in found[:1])

    def begin_list(self) -> None:
        """A new table or section: its August begins the year again."""
        self.autumn_seen = False

    def above(self, passage: Passage) -> Above | None:
        """The passage as a month or day that dates what stands below it; None where it is no such."""
        text = passage.text.strip(" .:")
        if len(text) > 40 or not self.senses.is_term(text):
            return None
        dates = self.dates(passage)
        if len(dates) != 1:
            return None
        parts = re.match(r"(\d{4}|XXXX)-(\d\d)(?:-(\d\d))?$", dates[0].edtf or "")
        if parts is None:
            return Above(None, dates)
        year = int(parts[1]) if parts[1] != "XXXX" else None
        return Above(Under(int(parts[2]), year, int(parts[3]) if parts[3] else None, dates[0].year_inferred), dates)

    def participants(self, passage: Passage) -> tuple[Participant, ...]:
        """The people, roles, groups and bodies that a passage lists."""
        return ground_all(self.senses.people.read_participants(one_alphabet(passage.broken)), passage)

    def schools(self, passage: Passage, *, bare: bool = False) -> tuple[School, ...]:
        """The schools named in a passage."""
        return ground_all(self.senses.schools.find(one_alphabet(passage.text), bare=bare), passage)

    def place(self, passage: Passage) -> Place | None:
        """The passage as a place."""
        passage = passage.strip()
        label = _PLACE_LABEL.match(passage.text)
        if label is not None:
            self.label(passage.cut(0, label.end()))
            passage = passage.cut(label.end())
        if not passage or not any(c.isalnum() for c in passage.text):
            return None
        return Place(text=passage.text, schools=self.schools(passage, bare=True), at=passage.at())
