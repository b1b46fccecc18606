"""What every parser is given: the grammars and the plan's year."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.model.passage import Passage
from extractor.model.plan import At, Date, Labelled, Participant, Place, School, SectionList, Structure, Text
from extractor.parse.ground import ground_all
from extractor.values.dates import Under, Years
from extractor.values.senses import Senses


@dataclass
class Context:
    """Grammars, years, and what is gathered on the way besides the parsers' own answers."""

    senses: Senses
    years: Years
    structure: list[Structure] = field(default_factory=list)
    notes: list[tuple[str, At, str]] = field(default_factory=list)  # (code, where, detail) for the checks
    goals: list[Labelled] = field(default_factory=list)  # aims found in tables
    sections: list[SectionList] = field(default_factory=list)

    def label(self, passage: Passage, role: str = "label") -> None:
        """The passage says what others are."""
        if passage:
            self.structure.append(Structure(role=role, at=passage.at()))

    def dates(self, passage: Passage, under: Under | None = None) -> tuple[Date, ...]:
        """The terms in a passage."""
        found = self.senses.dates.find(passage.text, self.years, bare_days=under is not None, under=under)
        return ground_all(found, passage)

    def participants(self, passage: Passage) -> tuple[Participant, ...]:
        """The people, roles, groups and bodies that a passage lists."""
        return ground_all(self.senses.people.read_participants(passage.text), passage)

    def schools(self, passage: Passage, *, bare: bool = False) -> tuple[School, ...]:
        """The schools named in a passage."""
        return ground_all(self.senses.schools.find(passage.text, bare=bare), passage)

    def place(self, passage: Passage) -> Place | None:
        """The passage as a place."""
        passage = passage.strip()
        if not passage or not any(c.isalnum() for c in passage.text):
            return None
        return Place(text=passage.text, schools=self.schools(passage, bare=True), at=passage.at())


def text_of(passage: Passage) -> Text:
    return Text(text=passage.text, at=passage.at())
