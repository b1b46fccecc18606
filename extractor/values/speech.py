"""Who speaks inside the wording: «Выступление Ивановой И.И., учителя СОШ №3», «Петрова А.А. поделится опытом»."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractor.model.plan import Participant
from extractor.values.drafts import shifted, to_participant
from extractor.values.fragments import FragmentGrammar, Piece
from extractor.values.name_cases import nominative
from extractor.values.names import Name
from extractor.values.participants import read_drafts
from extractor.values.writers import Writers
from extractor.vocabulary.folding import fold
from extractor.vocabulary.people_words import PeopleWords

_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[^\w\s]")
_APPOSITION = re.compile(r"\s?[,(–—-]\s?")
_LISTED = re.compile(r"\s*(?:,|,?\s?и)\s+")
_NEXT_WORD = re.compile(r"\s*,?\s*([^\W\d_]+)")
_CLAUSE_END = r"[,;.»\"]\s|\s[–—:]\s|\)"
_QUOTES = "«»„“”\""
_CLOSING = "»”“\""
# not the stop of an initial or an abbreviation
_SENTENCE = re.compile(r"(?:(?:(?<=[а-яё]{4})|(?<=[\d»”\")]))\.|[!?;:])\s+(?=[А-ЯЁA-Z–—-]|$)")
_BREAK = re.compile(r"[»”(]")
_ABOUT = frozenset({"о", "об", "обо", "с", "со", "про", "из", "из-за", "у", "к", "ко", "от"})
_WINDOW = 90
_LONGEST = 120


class SpeechGrammar:
    """Finds speakers inside a wording; made once from the words."""

    def __init__(self, words: PeopleWords, fragments: FragmentGrammar) -> None:
        self._fragments = fragments
        self._writers = Writers(words)
        self._speech = frozenset(fold(word) for word in words.speech.words)
        self._reports = frozenset(fold(word) for word in words.reports.words)
        openings = "|".join(re.escape(fold(opening)) for opening in words.topic_openings.words)
        reports = "|".join(re.escape(word).replace("е", "[её]") for word in sorted(self._reports))
        self._clause_end = re.compile(rf"{_CLAUSE_END}|\s(?:{openings})|\s(?={reports})", re.I)

    def inline(self, text: str) -> tuple[Participant, ...]:
        """Who speaks inside the wording, in order."""
        found: list[Participant] = []
        names = self._fragments.names.find(text)
        straight = [index for index, sign in enumerate(text) if sign == '"'] if names else []
        end, listed, governed = 0, False, False
        for place, name in enumerate(names):
            limit = names[place + 1].start if place + 1 < len(names) else len(text)
            listed = listed and _LISTED.fullmatch(text, end, name.start) is not None
            first = max(end, name.start - _WINDOW)
            titled = _in_quotes(text, name, straight)
            if titled:
                opened = None
            elif listed:
                opened = 0
            else:
                opened, governed = self._opened(text, first, names, place)
            listed = opened is not None and not self._writers.is_one(name)
            if opened is None or not listed:
                continue
            start = name.start if end and text[first : name.start].strip(" ,и") == "" else first + opened
            end = self._apposition_end(text, name.end, limit)
            drafts = read_drafts(self._fragments, text[start:end], genitive=True)
            people = [to_participant(text[start:end], draft, "group") for draft in drafts if draft.name]
            found += [shifted(nominative(person) if governed else person, start) for person in people]
        return tuple(found)

    def _opened(self, text: str, first: int, names: tuple[Name, ...], place: int) -> tuple[int | None, bool]:
        """(where, in the letters from `first`, what belongs to the speaker begins, None if nobody speaks;
        whether a word for a speech governs the name: «Выступление Ивановой И.И.»)."""
        opened, governed = self._opens_speech(text[first : names[place].start])
        return (self._opens_report(text, first, names, place), False) if opened is None else (opened, governed)

    def _opens_speech(self, before: str) -> tuple[int | None, bool]:
        """Where the speaker's position begins in the letters before a name, if they announce a speech, and
        whether they do so by a noun."""
        words = list(_WORDS.finditer(before))[-13:]
        start, about = len(before), False
        for place in range(len(words) - 1, -1, -1):
            word, low = words[place], fold(words[place][0])
            if low in self._reports:
                return (None if about else self._position_start(before, start, len(before))), False
            work = low.startswith(self._writers.stems)
            if low in self._speech and (not work or self._heads(before[start:])):
                return self._position_start(before, start, start), True
            about = about or low in _ABOUT
            if low in (",", "и", ".", "по", "№", '"', "(", ")") and word.start() > 0:
                continue
            subject = work and any(self._is_head(other[0]) for other in words[max(0, place - 3) : place + 1])
            if not low[0].isalnum() or work and not subject:
                return None, False
            start = word.start()
        return None, False

    def _is_head(self, word: str) -> bool:
        """«учителя» before «технологии», «музыкант»: a position, not a work."""
        return fold(word) in self._fragments.lexicon.head_words

    def _heads(self, stretch: str) -> list[Piece]:
        pieces = self._fragments.pieces(stretch) if stretch.strip() else []
        return pieces if any(_is_office(piece) for piece in pieces) else []

    def _position_start(self, before: str, start: int, otherwise: int) -> int:
        """«проведёт педагог-психолог …», «уроков литературы учителя …»: where the position begins, if there is one."""
        pieces = self._heads(before[start:])
        if not pieces:
            return len(before) if _BREAK.search(before, start) else otherwise
        head = next(index for index, piece in enumerate(pieces) if _is_office(piece))
        if any(piece.kind in ("school", "org") for piece in pieces[:head]):
            return start
        while head and (pieces[head - 1].word == "." or self._fragments.is_modifier(pieces[head - 1])):
            head -= 1
        return start + pieces[head].start

    def _opens_report(self, text: str, first: int, names: tuple[Name, ...], place: int) -> int | None:
        """«Библиотекарь Белова А.П. поделится опытом»: a name that opens a sentence, and the verb behind."""
        name = names[place]
        before = text[first : name.start]
        opens = [match.end() for match in _SENTENCE.finditer(before)]
        start = opens[-1] if opens else 0
        head = before[start:].lstrip(" –—-")
        start = len(before) - len(head)
        if first + start > 0 and not opens or (head.strip() and not self._is_position(head)):
            return None
        last = place
        while last + 1 < len(names) and _LISTED.fullmatch(text, names[last].end, names[last + 1].start):
            last += 1
        limit = names[last + 1].start if last + 1 < len(names) else len(text)
        behind = _NEXT_WORD.match(text, self._apposition_end(text, names[last].end, limit))
        return start if behind is not None and fold(behind[1]) in self._reports else None

    def _is_position(self, stretch: str) -> bool:
        drafts = read_drafts(self._fragments, stretch)
        return len(drafts) == 1 and drafts[0].known and drafts[0].unknown < 4 and not drafts[0].name

    def _apposition_end(self, text: str, end: int, limit: int) -> int:
        """Behind «, учителя МБОУ СОШ №3»: a position and a school that follow the name."""
        match = _APPOSITION.match(text, end)
        if match is None:
            return end
        behind = self._clause_end.search(text, match.end(), limit)
        stop = behind.start() if behind else limit
        tail = text[match.end() : stop]
        drafts = read_drafts(self._fragments, tail, genitive=True) if 0 < len(tail) < _LONGEST else []
        plain = (
            bool(drafts)
            and all(draft.known and draft.unknown < 4 for draft in drafts)
            and not any(d.name for d in drafts)
        )
        if not plain:
            return end
        return stop + 1 if text[stop : stop + 1] == ")" and "(" in match[0] else stop


def _is_office(piece: Piece) -> bool:
    """«учителя», «педагогом»: what one person is; not «класс», «РМО», «молодых учителей»."""
    head = piece.head
    return head is not None and head.speaks and head.number not in ("body", "oblique-many")


def _in_quotes(text: str, name: Name, straight: list[int]) -> bool:
    """Whether the name stands inside a title: «Мир Б.С. Житкова»; `straight`: places of the straight quotes."""
    before = next((c for c in reversed(text[max(0, name.start - _WINDOW) : name.start]) if c in _QUOTES), "")
    behind = next((c for c in text[name.end : name.end + _WINDOW] if c in _QUOTES), "")
    if before == behind == '"':
        return bisect_left(straight, name.start) % 2 == 1
    return before in ("«", "„", "“") and behind != "" and behind in _CLOSING
