"""The words of plans: data that a methodologist edits (`README.md` here), loaded once.

`load_vocabulary()` gives the words of every kind with the matchers made of them. Python holds
shapes (surname and initials, type and number); words stand in the TOML files of this folder.
"""

from __future__ import annotations

import re
from functools import cache

from extractor.vocabulary.date_words import DateWords, load_date_words
from extractor.vocabulary.folding import fold
from extractor.vocabulary.matching import LabelMatcher, PhraseMatcher
from extractor.vocabulary.people_words import PeopleWords, SchoolWords, load_people_words, load_school_words
from extractor.vocabulary.plan_words import PlanWords, load_plan_words

_SPACED_WORD = re.compile(r"^\W*(?:[а-я] ){5,}[а-я](?![а-я])")  # «У Т В Е Р Ж Д А Ю»


class Vocabulary:
    """All words, and the matchers made of them; never changed after it is made."""

    def __init__(self, plan: PlanWords, dates: DateWords, people: PeopleWords, schools: SchoolWords) -> None:
        self.plan, self.dates, self.people, self.schools = plan, dates, people, schools
        self.headings = LabelMatcher({kind: heading.labels for kind, heading in plan.headings.items()})
        self.endings = {
            fold(word): kind for kind, heading in plan.headings.items() for word in heading.endings
        }
        self.columns = PhraseMatcher({role: column.phrases for role, column in plan.columns.items()})
        self.in_meeting = LabelMatcher(
            {
                kind: words.labels
                for kind, words in plan.meetings.items()
                if words.labels and kind != "speaker"
            }
        )
        self.speakers = LabelMatcher({"speaker": plan.meetings["speaker"].labels})
        self.associations = frozenset(fold(name) for name in plan.association.types)
        self.owners = frozenset(
            word for phrase in plan.meetings["owners"].words for word in fold(phrase).split()
        )
        self._approvals = dict(entry.split("=") for entry in plan.titles["approvals"].words)

    def approval(self, text: str) -> tuple[str, str | None]:
        """The first word of a line, folded, and the kind of approval that it opens («УТВЕРЖДАЮ»), or None."""
        folded = _SPACED_WORD.sub(lambda found: found[0].replace(" ", ""), fold(text))
        word = folded.strip(' "«').split(" ")[0].strip('":.,«»')
        return word, self._approvals.get(word)


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary as shipped."""
    return Vocabulary(load_plan_words(), load_date_words(), load_people_words(), load_school_words())
