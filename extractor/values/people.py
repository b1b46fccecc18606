"""People in a text: names, those who answer or take part, those who speak.

`PeopleGrammar(words, schools)` is made once. Pieces and fragments are cut by `fragments` and `splitting`,
put together by `participants`; who speaks in an agenda item is decided by `speakers` (behind the topic)
and `speech` (inside the wording).
"""

from __future__ import annotations

from extractor.model.plan import Participant
from extractor.values.drafts import to_participant
from extractor.values.fragments import FragmentGrammar
from extractor.values.names import Name
from extractor.values.participants import read_drafts
from extractor.values.schools import SchoolGrammar
from extractor.values.speakers import SpeakerGrammar
from extractor.values.speech import SpeechGrammar
from extractor.vocabulary.people_words import PeopleWords

__all__ = ["Name", "PeopleGrammar"]


class PeopleGrammar:
    """Reads people; made once from the words, never changed."""

    def __init__(self, words: PeopleWords, schools: SchoolGrammar) -> None:
        self._fragments = FragmentGrammar(words, schools)
        self._speakers = SpeakerGrammar(words, self._fragments)
        self._speech = SpeechGrammar(words, self._fragments)

    def find_names(self, text: str) -> tuple[Name, ...]:
        """Every person's name in `text`: «Губерт А.А.», «Анна Андреевна Губерт»; none behind «им.»."""
        return self._fragments.names.find(text)

    def read_participants(self, text: str, *, default: str = "group") -> tuple[Participant, ...]:
        """The entries of a cell or a bracket of people, in order; `default` is the kind of the unknown."""
        if not any(c.isalpha() for c in text):
            return ()
        drafts = read_drafts(self._fragments, text)
        return tuple(to_participant(text, draft, default) for draft in drafts)

    def names_roles(self, text: str) -> bool:
        """Whether the whole text is persons, positions, groups and organisations that are known."""
        drafts = read_drafts(self._fragments, text)
        return bool(drafts) and all(draft.known and draft.unknown < 6 for draft in drafts)

    def trailing_speakers(self, text: str) -> tuple[int, tuple[Participant, ...]]:
        """(where the topic ends, who stands behind it) for an agenda item; (len(text), ()) if nobody."""
        return self._speakers.trailing(text)

    def inline_speakers(self, text: str) -> tuple[Participant, ...]:
        """Who speaks inside the wording: «Выступление Ивановой И.И., учителя МБОУ СОШ №3, по теме …»."""
        return self._speech.inline(text)

    def possible_people(self, text: str) -> tuple[tuple[int, int], ...]:
        """Places of surname-like words beside initials that were not taken for a name."""
        return self._fragments.names.missed(text)
