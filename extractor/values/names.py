"""Names of people in a text: «Губерт А.А.», «И.А.Жукова», «Губерт Анна Андреевна», «Мамедов Р.О.-оглы»."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.values.lexing import lex
from extractor.vocabulary.folding import fold
from extractor.vocabulary.people_words import PeopleWords

_UP, _LOW = "А-ЯЁӘҒҚҢӨҰҮҺІЎЇЄҐ", "а-яёәғқңөұүһіўїєґ"
_LETTER = f"[{_UP}{_LOW}]"
_NOT_INSIDE = r"(?<!\w)"
_WORD = rf"(?:[{_UP}]['’]?[{_UP}]?[{_LOW}]+|[{_UP}]{{2,24}}(?![{_LOW}]))"
_SURNAME = rf"{_WORD}(?:['’-]{_WORD}){{0,2}}"
_PREFIX = r"(?:(?:фон|де|ван|дер|ди|да|ла|тер|аль|эль)[ -])?"
_I = rf"(?:Дж|[{_UP}])"
_SECOND = rf"{_I}(?:-{_I})?(?:\s?\.|,(?=\s*(?:$|[,;)\n]))|(?!\w|\s[{_LOW}]))"
_PAIR = rf"(?P<{{0}}>{_I}(?:\.?-{_I})?)\s?[.,]{{{{1,2}}}}\s{{{{0,2}}}}(?P<{{1}}>{_SECOND})"
_FATHER = r"(?:\s?-?\s?(?P<father>оглы|кызы|улы|уулу|гызы|қызы|ұлы)(?!\w))?"
_END = r"(?!\w)"
_INITIALS = re.compile(
    rf"{_NOT_INSIDE}(?:"
    rf"(?P<after>{_PREFIX}{_SURNAME})\.?\s{{0,4}}{_PAIR.format('g1', 'p1')}{_FATHER}"
    rf"|(?P<tight>{_SURNAME})\s{{1,2}}(?P<two>[{_UP}](?:[{_UP}]{_END}|\s[{_UP}](?=\s*(?:$|[,;)\n]))))"
    rf"|{_PAIR.format('g2', 'p2')}\s{{0,2}}(?P<before>{_PREFIX}{_SURNAME})"
    rf"|(?P<lone>{_PREFIX}{_SURNAME})\s{{0,2}}(?P<g3>{_I})(?:\.|(?=\s*(?:$|[,;)\n])))(?!\s?[{_UP}]\.)"
    rf")"
)
_PATRONYMIC = re.compile(
    rf"{_NOT_INSIDE}(?P<given>{_WORD}(?:-{_WORD})?)\s{{1,3}}(?P<patronymic>[{_UP}](?:{_LETTER}|-){{1,24}}?"
    rf"(?:ович|евич|ьич|мич|кич|нич|тич|лич|ович[ауе]|евич[ауе]|овичем|евичем|ьич[ауе]|овн[аыеу]|овной|евн[аыеу]|евной|ичн[аыеу]|ичной"
    rf"|ОВИЧ|ЕВИЧ|ИЧ|ОВНА|ЕВНА|ИЧНА)|{_WORD}[ -](?:оглы|кызы|улы|уулу|гызы|қызы|ұлы))(?!\w)"
)
_WORD_BEFORE = re.compile(rf"(?P<word>{_SURNAME})\s{{1,3}}$")
_WORD_BEHIND = re.compile(rf"\s{{1,3}}(?P<word>{_SURNAME})(?!\w|\.)")
_LOOKALIKE = str.maketrans("ABCEHKMOPTXYaceopxy\u00a0\u2009\u202f_‐‑–—", "АВСЕНКМОРТХУасеорху    ----")
_BESIDE = re.compile(
    rf"{_NOT_INSIDE}(?P<word>[{_UP}{_LOW}][{_LOW}]{{2,30}})(?!{_LETTER})\s?[,.]?\s?[{_UP}{_LOW}]\s?[.,](?:\s?[{_UP}{_LOW}][.,])?"
)
_LETTERS = re.compile(rf"{_LETTER}+")
_CAPITALISED = re.compile(rf"{_NOT_INSIDE}{_SURNAME}(?!\w)")
_CLEAR = re.compile(r"(?:[оеё]ва|[иы]на|ская|цкая|енко|[оеё]в|ский|цкий|чук|ян)$")  # endings of surnames only
_PATRONYMIC_SURNAME = re.compile(rf"\s{{0,3}}{_I}\s?\.")  # «Юркевич Б.Ф.»: a surname that ends like a patronymic
_LETTERS_BEFORE = 60


class Name(NamedTuple):
    """A person's name: parts in Cyrillic, initials with their stop; its place in the text."""

    surname: str | None
    given: str | None
    patronymic: str | None
    start: int
    end: int
    initials: int = 2  # how many initials; 0 for a full name

    @property
    def name(self) -> str:
        """«Губерт А. А.»."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


class NameGrammar:
    """Finds names; made once from the words. `common`: words that begin with a capital and are no surname."""

    def __init__(self, words: PeopleWords, common: frozenset[str]) -> None:
        self._common = common | frozenset(fold(word) for word in words.not_surnames.words)
        self._not_initials = frozenset(words.not_initials.words)
        self._endings = tuple(fold(word) for word in words.surname_endings.words)
        self._alone = tuple(fold(word) for word in words.lone_surname_endings.words)
        self._given = frozenset(fold(word) for word in words.given.words)
        self._marks = frozenset(fold(word) for word in words.eponyms.marks)
        self._mark = re.compile(
            rf"(?<!\w)(?:{'|'.join(re.escape(mark) for mark in sorted(self._marks))})(?!\w)", re.I
        )

    def find(self, text: str, *, lone: bool = False) -> tuple[Name, ...]:
        """The names in `text` in order. `lone`: one initial («Цой Л.») or a known given name is enough."""
        return tuple(name for name in self.find_all(text, lone=lone) if not self.is_eponym(text, name.start))

    def find_all(self, text: str, *, lone: bool = False) -> list[Name]:
        """The same with the names behind «им.»."""
        work = text.translate(_LOOKALIKE)
        found = self._full(work)
        found += self._with_initials(work, found, lone=lone)
        if lone:
            found += self._with_given(work, found)
        return sorted(found, key=lambda name: name.start)

    def is_surname_alone(self, word: str) -> bool:
        """«Сидорова» without initials: an ending that hardly anything but a surname has."""
        return (
            len(word) > 4
            and word[0].isupper()
            and fold(word).endswith(self._alone)
            and fold(word) not in self._common
        )

    def looks_like_surname(self, word: str) -> bool:
        return fold(word).endswith(self._endings) and fold(word) not in self._common

    def missed(self, text: str) -> tuple[tuple[int, int], ...]:
        """Places of surname-like words beside an initial that `find` did not take."""
        busy = _mask(text, list(self.find(text)))
        work = text.translate(_LOOKALIKE)
        places = ((m.start("word"), m.end()) for m in _BESIDE.finditer(work))
        return tuple(
            (start, end)
            for start, end in places
            if not busy[start]
            and self.looks_like_surname(_LETTERS.match(work, start)[0])  # type: ignore[index]
            and not self.is_eponym(text, start)
        )

    def is_eponym(self, text: str, start: int) -> bool:
        """Whether the name at `start` stands behind «им.», «памяти», «ул.»."""
        window = text[max(0, start - _LETTERS_BEFORE) : start]
        if self._mark.search(window) is None:
            return False
        before = lex(window)
        for steps, token in enumerate(reversed(before)):
            if token.word in ',;:()"' or steps > 5 or (token.word == "-" and steps > 0):
                return False
            if token.word in self._marks:
                return token.word not in ("авт", "пл", "изд", "ред") or steps < 2
        return False

    def _with_initials(self, work: str, full: list[Name], *, lone: bool) -> list[Name]:
        found: list[Name] = []
        busy = _mask(work, full)
        position = 0
        while (match := _INITIALS.search(work, position)) is not None:
            name = self._from_match(match, lone=lone)
            if name is None:
                position = match.start() + max(1, self._word_length(match))
                continue
            position = name.end
            if not busy[name.start] and not busy[name.end - 1]:
                found.append(name)
        return found

    def _word_length(self, match: re.Match[str]) -> int:
        """How far to step over a word that was no surname, so that initials behind it are tried."""
        for group in ("after", "tight", "lone"):
            if match[group] is not None:
                return len(match[group])
        return 1

    def _from_match(self, match: re.Match[str], *, lone: bool) -> Name | None:
        if match["after"] is not None:
            return self._surname_first(match)
        if match["before"] is not None:
            end, surname = match.end("before"), match["before"]
            if fold(surname) in self._common or (surname.isupper() and len(surname) < 4):
                return None
            return Name(surname, _dot(match["g2"]), _dot(match["p2"]), match.start(), end)
        if match["tight"] is not None:
            clear = _CLEAR.search(match["tight"]) is not None
            if match["two"] in self._not_initials and not clear or not self.looks_like_surname(match["tight"]):
                return None
            return Name(
                match["tight"], match["two"][0] + ".", match["two"][-1] + ".", match.start(), match.end()
            )
        if not lone or not self._may_be_surname(match["lone"]) or len(match["lone"]) < 2:
            return None
        start, surname = self._trimmed(match.start("lone"), match["lone"])
        if fold(surname) in self._given:
            before = _WORD_BEFORE.search(match.string, max(0, start - _LETTERS_BEFORE), start)
            if before is not None and self._may_be_surname(before["word"]):
                return Name(before["word"], surname, _dot(match["g3"]), before.start(), match.end(), 1)
        stop = match[0].endswith(".")
        if not stop and not self.looks_like_surname(match["lone"]):
            return None
        return Name(surname, _dot(match["g3"]), None, start, match.end(), 1)

    def _surname_first(self, match: re.Match[str]) -> Name | None:
        start, surname = self._trimmed(match.start("after"), match["after"])
        if not self._may_be_surname(surname):
            return None
        if (
            match["after"].isupper()
            and len(surname) < 6
            and re.match(rf"\s{{0,2}}{_WORD}", match.string[match.end() :][:30])
        ):
            return None
        patronymic, end = _dot(match["p1"]), match.end()
        if match["father"]:
            patronymic = f"{patronymic}-{match['father']}"
        if match["p1"].endswith(","):
            end = match.end("p1")
        return Name(surname, _dot(match["g1"]), patronymic, start, end)

    def _trimmed(self, start: int, surname: str) -> tuple[int, str]:
        """«Воспитатель-Иванова» without what is no surname."""
        first, dash, rest = surname.partition("-")
        if dash and fold(first) in self._common:
            return start + len(first) + 1, rest
        return start, surname

    def _may_be_surname(self, word: str) -> bool:
        low = fold(word)
        return low not in self._common and not (word.isupper() and len(word) < 3)

    def _full(self, work: str) -> list[Name]:
        found: list[Name] = []
        end = 0
        for match in _PATRONYMIC.finditer(work):
            given = fold(match["given"])
            if match.start() < end or given in self._common - self._given or self._is_surname(match):
                continue
            before = _WORD_BEFORE.search(work, max(end, match.start() - 40), match.start())
            behind = _WORD_BEHIND.match(work, match.end())
            start, end, surname = match.start(), match.end(), None
            if before is not None and fold(before["word"]) not in self._common and "\n" not in before[0][:-1]:
                start, surname = before.start(), before["word"]
            elif (
                behind is not None
                and fold(behind["word"]) not in self._common
                and "\n" not in behind[0]
                and not (behind["word"].isupper() and len(behind["word"]) < 5)
                and not _PATRONYMIC.match(work, behind.end() - len(behind["word"]))
            ):
                end, surname = behind.end(), behind["word"]
            found.append(Name(surname, match["given"], match["patronymic"], start, end, 0))
        return found

    def _is_surname(self, match: re.Match[str]) -> bool:
        """Whether «Юркевич» in «по УР Юркевич Б.Ф.» is no patronymic of the word before."""
        given, patronymic = match["given"], match["patronymic"]
        if given.isupper() and not patronymic.isupper():
            return True
        if fold(given) in self._given or not patronymic.lower().endswith("ич"):
            return False
        return _PATRONYMIC_SURNAME.match(match.string, match.end()) is not None

    def _with_given(self, work: str, taken: list[Name]) -> list[Name]:
        """«Губерт Анна», «Анна Губерт» where a known given name stands beside another capitalised word."""
        words = list(_CAPITALISED.finditer(work))
        busy = _mask(work, taken)
        found: list[Name] = []
        for one, other in zip(words, words[1:], strict=False):
            gap = work[one.end() : other.start()]
            if not 0 < len(gap) < 3 or gap.strip() or busy[one.start()] or busy[other.end() - 1]:
                continue
            second_given = fold(other[0]) in self._given
            if second_given == (fold(one[0]) in self._given) and not second_given:
                continue
            surname, given = (one[0], other[0]) if second_given else (other[0], one[0])
            if fold(surname) in self._common or fold(surname) in self._given:
                continue
            found.append(Name(surname, given, None, one.start(), other.end(), 0))
            busy[one.start() : other.end()] = b"\1" * (other.end() - one.start())
        return found


def _mask(text: str, names: list[Name]) -> bytearray:
    """A byte for each letter: 1 where a name stands."""
    mask = bytearray(len(text))
    for name in names:
        mask[name.start : name.end] = b"\1" * (name.end - name.start)
    return mask


def _dot(initial: str) -> str:
    """«И.» for «И», «И ,», «И.»."""
    return initial.rstrip(" .,") + "."
