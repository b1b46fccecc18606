"""Everything that can be asked about a text, in one place: the grammars made once from the words."""

from __future__ import annotations

import re
from copy import copy
from functools import cache

from extractor.values.announcements import AnnouncementGrammar
from extractor.values.dates import DateGrammar
from extractor.values.forms import FormGrammar
from extractor.values.people import PeopleGrammar
from extractor.values.schools import SchoolGrammar
from extractor.values.spelling import Spelling
from extractor.vocabulary import Vocabulary, load_vocabulary
from extractor.vocabulary.folding import fold, one_alphabet
from extractor.vocabulary.memory import remembered

_ABOUT = re.compile(r"\(?(?:к \d|к юбиле|ко дню|о |об )", re.IGNORECASE)  # «к 200-летию Н.А. Некрасова»


class Senses:
    """The grammars of dates, people, schools, forms and announcements; never changed."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.dates = DateGrammar(words.dates)
        self.schools = SchoolGrammar(words.schools)
        self.people = PeopleGrammar(words.people, self.schools)
        self.forms = FormGrammar(words.plan)
        self.spelling = Spelling(words)
        self.meetings = AnnouncementGrammar(words.plan)
        stems = (re.escape(fold(stem)) for stem in words.plan.meetings["places"].words)
        self._places = re.compile(rf"(?<![а-я])(?:{'|'.join(stems)})")
        venues = (re.escape(fold(stem)) for stem in words.plan.meetings["venues"].words)
        self._venues = re.compile("|".join(venues))
        self._terms, self._places_asked = remembered(self.dates.is_term), remembered(self._is_place)

    def announced_as(self, names: frozenset[str]) -> Senses:
        """The same grammars for a document whose author calls meetings by these names as well."""
        if not names:
            return self
        taught = copy(self)
        taught.meetings = AnnouncementGrammar(self.words.plan, names)
        return taught

    def is_term(self, text: str) -> bool:
        """Whether the whole text is terms, dates and times."""
        return bool(self._terms(text)) if len(text) < 300 else self.dates.is_term(text)

    def is_people(self, text: str) -> bool:
        """Whether the text names people or who answers: a short text with a name or a known role."""
        if len(text) > 200 or _ABOUT.match(text):
            return False
        text = one_alphabet(text)
        if self.people.find_names(text):
            return True
        return bool(text) and len(text) < 90 and self.people.names_roles(text)

    def is_venue(self, text: str) -> bool:
        """Whether the text begins with the word for a house or a room: «Дом культуры, малый зал»."""
        return self._venues.match(fold(one_alphabet(text))) is not None

    def is_place(self, text: str) -> bool:
        """Whether the text is a school or another place and little else."""
        return len(text) <= 90 and self._places_asked(text)

    def _is_place(self, text: str) -> bool:
        text = one_alphabet(text)
        if self.people.find_names(text):
            return False
        folded = fold(text)
        return bool(_BODY.match(folded) or self._places.search(folded) or self.schools.find(text, bare=True))


_BODY = re.compile(r"(?:мку|мбу|мау|гбу|гау|муп?)\b\s*(?:дпо\s*)?[\"а-я]")  # «МКУ «ИМЦ»»: a body of the district


@cache
def load_senses() -> Senses:
    """The grammars of the vocabulary as shipped."""
    return Senses(load_vocabulary())
