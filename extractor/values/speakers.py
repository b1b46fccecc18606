"""Who speaks in an agenda item: behind its topic («… (Губерт А.А. Раздольная СОШ).») or inside it."""

from __future__ import annotations

import re

import msgspec

from extractor.model.plan import Participant, School, Span
from extractor.values.drafts import Draft, to_participant
from extractor.values.fragments import FragmentGrammar
from extractor.values.names import Name
from extractor.values.participants import read_drafts
from extractor.vocabulary.folding import fold
from extractor.vocabulary.people_words import PeopleWords

_BOUNDARY = re.compile(r"[.!?…»”\"](?=\s*\S)|\s[–—-]\s|\s[–—-](?=[А-ЯЁ])|\t|\s{3,}|\n|[,:]\s|(?<=\w)[–—-]\s|\s(?=\()")
_EVERYBODY = ("все", "члены", "участники")
_HEADS = ("руковод", "методист", "директор", "председател", "зам", "завуч", "рук.")
_GROUPS = ("учител", "педагог", "библиотекар", "воспитател", "специалист", "психолог", "логопед")
_DASH = re.compile(r"\s[–—-]\s?(?=[А-ЯЁ])")
_FIRST = re.compile(r"\W{0,6}([^\W\d_]+(?:[-/][^\W\d_]+)*)")
_LAST = re.compile(r"\w+$")
_ADJECTIVAL = ("ые", "ие", "ый", "ий", "ая", "яя", "ой")
_MOST_BOUNDARIES = 12
_LONGEST_TAIL = 400
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[^\w\s]")
_APPOSITION = re.compile(r"\s?[,(–—-]\s?")
_LISTED = re.compile(r"\s*(?:,|,?\s?и)\s+")
_CLAUSE_END = r"[,;.»\"]\s|\s[–—:]\s|\)"


class SpeakerGrammar:
    """Finds speakers; made once from the words."""

    def __init__(self, words: PeopleWords, fragments: FragmentGrammar) -> None:
        self._fragments = fragments
        self._works = tuple(fold(stem) for stem in words.works.stems)
        self._speech = frozenset(fold(word) for word in words.speech.words)
        openings = "|".join(re.escape(fold(opening)) for opening in words.topic_openings.words)
        self._clause_end = re.compile(rf"{_CLAUSE_END}|\s(?:{openings})", re.I)
        self._labels = fragments.lexicon.labels
        self._writers = frozenset(_initialled(writer) for writer in words.writers.words)
        labels = "|".join(sorted((re.escape(label) for label in self._labels), key=len, reverse=True))
        self._label = re.compile(rf"(?<!\w)(?:{labels})\.?\s?(?:[:–—-]\s?|(?-i:(?=[А-ЯЁA-Z])))", re.I)

    def trailing(self, text: str) -> tuple[int, tuple[Participant, ...]]:
        """(where the topic ends, who stands behind it); (len(text), ()) if nobody."""
        end = len(text.rstrip(" .;,\u00a0\n\t"))
        bracket = _opening(text, end - 1) if text[:end].endswith(")") else len(text)
        found = self._in_bracket(text, bracket, end) or self._behind_boundary(text, bracket)
        if found is None:
            return len(text), ()
        start, people = found
        return len(text[:start].rstrip(" .–—-,;(\u00a0\n\t")), people

    def inline(self, text: str) -> tuple[Participant, ...]:
        """Who speaks inside the wording, in order."""
        found: list[Participant] = []
        names = self._fragments.names.find(text)
        end, listed = 0, False
        for place, name in enumerate(names):
            limit = names[place + 1].start if place + 1 < len(names) else len(text)
            listed = listed and _LISTED.fullmatch(text, end, name.start) is not None
            first = max(end, name.start - 90)
            opened = 0 if listed else self._opens_speech(text[first : name.start])
            listed = opened is not None and not self._is_writer(name)
            if opened is None or not listed:
                continue
            start = name.start if end and text[first : name.start].strip(" ,и") == "" else first + opened
            end = self._apposition_end(text, name.end, limit)
            drafts = read_drafts(self._fragments, text[start:end], genitive=True)
            people = [to_participant(text[start:end], draft, "group") for draft in drafts if draft.name]
            found += [_shifted(person, start) for person in people]
        return tuple(found)

    # --- behind the topic ----------------------------------------------------------------------

    def _in_bracket(self, text: str, start: int, end: int) -> tuple[int, tuple[Participant, ...]] | None:
        """«Тема (Губерт А.А. Раздольная СОШ).»"""
        if not 0 < start < end:
            return None
        inner = text[start + 1 : end - 1]
        people = self._people(text, start + 1, end - 1, sure=True)
        if people is None or self._explains(inner):
            return None
        return start, people

    def _behind_boundary(self, text: str, bracket: int) -> tuple[int, tuple[Participant, ...]] | None:
        """«Тема. Губерт А.А., Раздольная СОШ», «Тема – Губерт А.А.», «Тема. Все школьные библиотекари.»"""
        first = max(0, len(text) - _LONGEST_TAIL)
        places = [(m.start(), m.end(), m[0].strip()) for m in _BOUNDARY.finditer(text, first)]
        places += [(m.start(), m.end(), "label") for m in self._label.finditer(text, first) if m.start() > 0]
        found = self._fragments.names.find_all(text, lone=True)
        names, ends = {name.start for name in found}, {name.end for name in found}
        for start, end, sign in sorted(places)[-_MOST_BOUNDARIES:]:
            if (
                start == 0
                or start + 1 >= bracket > 0
                or (sign == "," and start in ends)
                or (sign == ":" and fold(text[:start].strip()) in self._labels)
                or self._inside_name(text, start)
                or not self._may_begin(text, end, names, sign)
            ):
                continue
            ahead = next((n for n in sorted(names) if n >= end), None)
            if ahead is not None and _DASH.search(text, end, ahead + 1):
                continue
            dash = bool(sign) and sign in "–—-" and self._names_answerers(text[end:])
            people = self._people(text, end, len(text), sure=dash or sign in (".", "label", "!", "?"))
            if people is not None and not (
                sign == "," and self._works_near(text[max(0, start - 60) : start])
            ):
                return (start if sign not in ("»", "”", '"', "!", "?", "…") else start + 1), people
        return None

    def _names_answerers(self, stretch: str) -> bool:
        """«– все учителя», «– руководитель РМО»: whoever answers, no explanation («библиотекарь – педагог»)."""
        words = fold(stretch).strip(" .;,").split()
        if not words or len(words) > 7:
            return False
        if words[0] in _EVERYBODY or words[0].startswith(_HEADS):
            return True
        return words[0].endswith(("и", "я", "ы")) and words[0].startswith(_GROUPS)

    def _explains(self, inner: str) -> bool:
        """«(для начинающих)», «(авт. Веракса Н.Е.)»."""
        word = _FIRST.match(inner)
        return word is not None and fold(word[1]) in self._fragments.lexicon.explanations

    def _may_begin(self, text: str, start: int, names: set[int], sign: str) -> bool:
        """Whether people may begin there: a name, a position or a label; anything behind «докладчик:»."""
        word = _FIRST.match(text, start)
        if word is None:
            return False
        lexicon, low = self._fragments.lexicon, fold(word[1])
        known = low in lexicon.head_words or low in lexicon.labels or low in lexicon.modifiers
        adjective = low.endswith(_ADJECTIVAL)
        return (
            sign == "label"
            or word.start(1) in names
            or known
            or adjective
            or low.split("-")[0] in lexicon.head_words
        )

    def _inside_name(self, text: str, start: int) -> bool:
        """Whether the boundary is the stop of an initial or an abbreviation («им. Гоголя», «г. Оренбург»)."""
        word = _LAST.search(text, max(0, start - 40), start)
        if text[start] != "." or word is None:
            return False
        return len(word[0]) < 3 or fold(word[0]) in self._fragments.lexicon.modifiers

    def _people(self, text: str, start: int, end: int, *, sure: bool) -> tuple[Participant, ...] | None:
        """Who stands in that stretch if only people do; without `sure` a person must be among them."""
        stretch = text[start:end]
        if not any(c.isalpha() for c in stretch) or len(stretch) > _LONGEST_TAIL:
            return None
        drafts = read_drafts(self._fragments, stretch)
        if not drafts or not all(self._is_plain(draft) for draft in drafts):
            return None
        if not any(draft.name for draft in drafts) and not (sure and self._answers(stretch, drafts)):
            return None
        if all(
            draft.name and self._is_writer(draft.name) and not draft.school and not draft.position
            for draft in drafts
        ):
            return None
        if drafts[0].name is None and not sure:
            return None
        return tuple(_shifted(to_participant(stretch, draft, "group"), start) for draft in drafts)

    def _is_plain(self, draft: Draft) -> bool:
        return draft.known and draft.unknown < (7 if draft.name else 4)

    def _answers(self, stretch: str, drafts: list[Draft]) -> bool:
        """«Все школьные библиотекари.», «руководитель РМО»: positions and groups in few words."""
        return len(stretch.split()) < 12 and all(d.kind in ("role", "group") and d.speaks for d in drafts)

    def _is_writer(self, name: Name) -> bool:
        surname = fold(name.surname or "")
        first = f"{(name.given or ' ')[0]}{(name.patronymic or ' ')[0]}".lower()
        return any(initials == first and surname.startswith(stem) for stem, initials in self._writers)

    def _works_near(self, before: str) -> bool:
        return any(word.startswith(self._works) for word in re.findall(r"\w+", fold(before)))

    # --- inside the wording --------------------------------------------------------------------

    def _opens_speech(self, before: str) -> int | None:
        """Where the speaker's position begins in the letters before a name, if they announce a speech."""
        words = list(_WORDS.finditer(before))
        start = len(before)
        for word in reversed(words[-13:]):
            low = fold(word[0])
            if low in self._speech:
                return start
            if low in (",", "и", ".", "по", "№", '"', "(", ")") and word.start() > 0:
                continue
            if not low[0].isalnum() or low.startswith(self._works):
                return None
            start = word.start()
        return None

    def _apposition_end(self, text: str, end: int, limit: int) -> int:
        """Behind «, учителя МБОУ СОШ №3»: a position and a school that follow the name."""
        match = _APPOSITION.match(text, end)
        if match is None:
            return end
        behind = self._clause_end.search(text, match.end(), limit)
        stop = behind.start() if behind else limit
        tail = text[match.end() : stop]
        drafts = read_drafts(self._fragments, tail, genitive=True) if 0 < len(tail) < 120 else []
        plain = (
            bool(drafts)
            and all(draft.known and draft.unknown < 4 for draft in drafts)
            and not any(d.name for d in drafts)
        )
        if not plain:
            return end
        return stop + 1 if text[stop : stop + 1] == ")" and "(" in match[0] else stop


def _initialled(writer: str) -> tuple[str, str]:
    """(stem of the surname, initials): «Пушкин А.С.» is («пушкин», «ас»)."""
    surname, _, initials = fold(writer).partition(" ")
    stem = surname[:-2] if surname.endswith(("ий", "ой", "ый")) else surname
    return stem, initials.replace(".", "")


def _opening(text: str, closing: int) -> int:
    """The bracket that the one at `closing` closes, or -1."""
    depth = 0
    for index in range(closing, max(-1, closing - _LONGEST_TAIL), -1):
        depth += (text[index] == ")") - (text[index] == "(")
        if depth == 0:
            return index
    return -1


def _shifted(participant: Participant, by: int) -> Participant:
    """The participant with its places counted from the beginning of the whole text."""
    school = participant.school
    return msgspec.structs.replace(
        participant,
        at=_moved(participant.at, by),
        school=msgspec.structs.replace(school, at=_moved(school.at, by))
        if isinstance(school, School)
        else None,
    )


def _moved(at: tuple[Span, ...], by: int) -> tuple[Span, ...]:
    return tuple(Span(span.block, span.start + by, span.end + by) for span in at)
