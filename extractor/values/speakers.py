"""Who speaks in an agenda item, where it stands behind the topic: «… (Губерт А.А. Раздольная СОШ).»"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.model.plan import Participant
from extractor.values.drafts import Draft, shifted, to_participant
from extractor.values.fragments import FragmentGrammar
from extractor.values.name_cases import nominative
from extractor.values.participants import read_drafts
from extractor.values.writers import Writers
from extractor.vocabulary.folding import fold
from extractor.vocabulary.people_words import PeopleWords

_BOUNDARY = re.compile(
    r",\s[–—-]\s|[.!?…»”](?=\s*\S)|\"(?=\s+\S)|(?<=\S)\"(?=\s*\S)|\s[–—-]\s|\s[–—-](?=[А-ЯЁ])|\t|\s{3,}|\n|[,:;]\s"
    r"|(?<=\w)[–—-]\s|\s(?=\()"
)
OF_CLASSES = re.compile(r"(?:для\s)?\d[\d\s,–и-]*[«\"]?[А-Яа-я]?[»\"]?\s?кл(?:асс\w*)?\.?")  # «(1-11 кл.)»: nobody speaks
_LETTERED = re.compile(r"[а-яё]\s[А-Я]\.$")  # «задачи части С. Иванова И.И.»: a letter that is no initial
_CUT_SHORT = frozenset(  # no sentence ends here
    ["рук", "зам", "пед", "соц", "муниц", "мун", "гос", "восп",
     "преп", "библ", "учит", "нач", "шк", "методич", "метод", "дет", "сел"]
)  # fmt: skip
_HEADS = ("руковод", "методист", "директор", "председател", "зам", "завуч", "рук.")
_GROUPS = ("учител", "педагог", "библиотекар", "воспитател", "специалист", "психолог", "логопед", "учащиес", "слушател", "участник")
_DASH = re.compile(r"\s[–—-]\s?(?=[А-ЯЁ])")
_FIRST = re.compile(r"\W{0,6}([^\W\d_]+(?:[-/][^\W\d_]+)*)")
_LAST = re.compile(r"\w+$")
_ADJECTIVAL = ("ые", "ие", "ый", "ий", "ая", "яя", "ой")
_ADVERBIAL = frozenset({"с", "со", "на", "в", "во", "перед", "по", "для", "к", "после"})
_INSTRUMENTAL = ("ом", "ым", "им", "ами", "ями")
_MOST_BOUNDARIES = 12
_SURE = frozenset({".", ";", "label", "report", "!", "?", "\t"})
_LONGEST_TAIL = 400
_INITIALS_FIRST = re.compile(r"\s*[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+[\s.]*")
_RELATIVE = re.compile(r"(?<!\w)(?:котор\w+|как|если|когда|где|что|кто)(?!\w)[^.!?]*$", re.I)


class SpeakerGrammar:
    """Finds speakers; made once from the words."""

    def __init__(self, words: PeopleWords, fragments: FragmentGrammar) -> None:
        self._fragments = fragments
        self._writers = Writers(words)
        self._everybody = frozenset(fold(word) for word in words.everybody.words)
        self._labels = fragments.lexicon.labels
        self._reports = frozenset(fold(word) for word in words.reports.words)
        self._speech = frozenset(fold(word) for word in words.speech.words) - self._reports
        labels, reports = _any_of(words.labels.words), _any_of(self._reports)
        self._label = re.compile(
            rf"(?<!\w)(?:(?:{labels})\.?\s?(?:[:–—-]\s?|(?-i:(?=[А-ЯЁA-Z])))|(?:{reports})\s?[:–—-]\s?)", re.I
        )
        self._report = re.compile(rf"(?<!\w)(?:{reports})\s{{1,3}}(?=\w)", re.I)

    def trailing(self, text: str) -> tuple[int, tuple[Participant, ...]]:
        """(where the topic ends, who stands behind it); (len(text), ()) if nobody."""
        end = len(text.rstrip(" .;,\u00a0\n\t"))
        bracket = _opening(text, end - 1) if text[:end].endswith(")") else _slash(text, end)
        found = self._in_bracket(text, bracket, end) or self._behind_boundary(text, bracket)
        if found is None:
            return len(text), ()
        start, people = found
        return len(text[:start].rstrip(" .–—-,;(/\u00a0\n\t")), people

    # --- behind the topic ----------------------------------------------------------------------

    def _in_bracket(self, text: str, start: int, end: int) -> tuple[int, tuple[Participant, ...]] | None:
        """«Тема (Губерт А.А. Раздольная СОШ).»"""
        if not 0 < start < end:
            return None
        inner = text[start + 1 : end - 1]
        if OF_CLASSES.fullmatch(inner.strip()):
            return None
        people = self._people(text, start + 1, end - 1, sure=True)
        if people is None or self._explains(inner) or self._wrote(text[:start], inner):
            return None
        word = _FIRST.match(inner)
        if word is not None and fold(word[1]) in self._speech:  # «(выступление Ивановой И.И.)»
            people = tuple(nominative(person) for person in people)
        return start, people

    def _wrote(self, before: str, inner: str) -> bool:
        """«Уральские сказы (П.П. Бажов)»: initials first, behind a work."""
        return _INITIALS_FIRST.fullmatch(inner) is not None and self._writers.titles_work(before)

    def _behind_boundary(self, text: str, bracket: int) -> tuple[int, tuple[Participant, ...]] | None:
        """«Тема. Губерт А.А., Раздольная СОШ», «Тема – Губерт А.А.», «Тема. Все школьные библиотекари.»"""
        first = max(0, len(text) - _LONGEST_TAIL)
        places = [
            (m.start(), m.end(), m[0].strip().lstrip(", ") or m[0].strip(" ")[:1]) for m in _BOUNDARY.finditer(text, first)
        ]
        places += [(m.start(), m.end(), "label") for m in self._label.finditer(text, first) if m.start() > 0]
        reports = [(m.start(), m.end(), "report") for m in self._report.finditer(text, first)]
        places += reports if len(reports) == 1 else []
        found = self._fragments.names.find_all(text, lone=True)
        names, ends = {name.start for name in found}, {name.end for name in found}
        for start, end, sign in sorted(places)[-_MOST_BOUNDARIES:]:
            if (
                start == 0
                or start + 1 >= bracket > 0
                or (sign == "," and start in ends)
                or (self._inside_name(text, start) and not (_LETTERED.search(text, first, start + 1) and end + 1 in names))
                or not self._may_begin(text, end, names, sign)
            ):
                continue
            ahead = next((n for n in sorted(names) if n >= end), None)
            if ahead is not None and _DASH.search(text, end, ahead + 1):
                continue
            if sign == ":" and text[end : end + 1] in "«\"“„":
                continue  # «Из опыта работы: «Краеведение на уроках» Иванова И.И.»
            dash = bool(sign) and sign in "–—-"
            answers = (dash or sign == "\n") and self._names_answerers(text[end:])
            people = self._people(text, end, len(text), sure=answers or sign in _SURE)
            if people is not None and sign in (":", "label") and fold(text[:start].strip()) in {*self._labels, ""}:
                return None
            if people is not None and not (
                (sign == "," and self._writers.works_near(text[max(0, start - 60) : start]))
                or (dash and self._wrote(text[:start], text[end:]))
                or (sign == "report" and not self._has_topic(text[:start], people))
            ):
                return (start if sign not in ("»", "”", '"', "!", "?", "…") else start + 1), people
        return None

    def _names_answerers(self, stretch: str) -> bool:
        """«– все учителя», «– руководитель РМО»: whoever answers, no explanation («библиотекарь – педагог»)."""
        words = fold(stretch).strip(" .;,").split()
        if not words or len(words) > 7:
            return False
        if words[0] in self._everybody or words[0].startswith(_HEADS):
            return True
        if len(words) > 1 and words[0].endswith(("ые", "ие")):
            words = words[1:]  # «молодые педагоги»
        return words[0].endswith(("и", "я", "ы")) and words[0].startswith(_GROUPS)

    def _has_topic(self, before: str, people: tuple[Participant, ...]) -> bool:
        """Whether a topic stands before «расскажет»; not «Опытом поделится …», «На заседании выступит …»."""
        word = _FIRST.match(before)
        if before.rstrip().endswith(("»", "”", '"')):
            return True
        if word is None or fold(word[1]) in _ADVERBIAL or fold(word[1]).endswith(_INSTRUMENTAL):
            return False
        return any(person.name for person in people) or _RELATIVE.search(before[-120:]) is None

    def _explains(self, inner: str) -> bool:
        """«(для начинающих)», «(авт. Веракса Н.Е.)»."""
        word = _FIRST.match(inner)
        if word is None or inner[word.end() :].startswith(".") and len(word[1]) == 1:
            return False
        return fold(word[1]) in self._fragments.lexicon.explanations

    def _may_begin(self, text: str, start: int, names: set[int], sign: str) -> bool:
        """Whether people may begin there: a name, a position or a label; anything behind «докладчик:»."""
        word = _FIRST.match(text, start)
        if word is None:
            return False
        lexicon, low = self._fragments.lexicon, fold(word[1])
        if low in self._reports:
            return False
        known = low in lexicon.head_words or low in lexicon.labels or low in lexicon.modifiers
        adjective = low.endswith(_ADJECTIVAL)
        return (
            sign in ("label", "report")
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
        short = len(word[0]) < 3 and not (len(word[0]) == 2 and word[0].isupper())  # «… просвещения РФ. Иванова И.И.»
        return short or word[0] in _CUT_SHORT or fold(word[0]) in self._fragments.lexicon.modifiers

    def _people(self, text: str, start: int, end: int, *, sure: bool) -> tuple[Participant, ...] | None:
        """Who stands in that stretch if only people do; without `sure` a person must be among them."""
        stretch = text[start:end]
        if not any(c.isalpha() for c in stretch) or len(stretch) > _LONGEST_TAIL:
            return None
        if any(fold(word) in self._reports for word in stretch.split()):
            return None
        drafts = read_drafts(self._fragments, stretch)
        if not drafts or not all(self._is_plain(draft) and not self._honours(stretch, draft) for draft in drafts):
            return None
        if not any(draft.name for draft in drafts) and not (sure and self._answers(stretch, drafts)):
            return None
        if all(
            draft.name and self._writers.is_one(draft.name) and not draft.school and not draft.position
            for draft in drafts
        ):
            return None
        if drafts[0].name is None and not sure:
            return None
        return tuple(shifted(to_participant(stretch, draft, "group"), start) for draft in drafts)

    def _is_plain(self, draft: Draft) -> bool:
        return draft.known and draft.unknown < (7 if draft.name else 4)

    def _honours(self, stretch: str, draft: Draft) -> bool:
        """«посвящённый В.В. Терешковой»: a name behind the word for a work, no position."""
        if draft.name is None or draft.position:
            return False
        return self._writers.works_near(stretch[draft.start : draft.name.start])

    def _answers(self, stretch: str, drafts: list[Draft]) -> bool:
        """«Все школьные библиотекари.», «руководитель РМО»: positions and groups in few words."""
        return len(stretch.split()) < 12 and all(d.kind in ("role", "group") and d.speaks for d in drafts)


def _any_of(words: Iterable[str]) -> str:
    """A pattern of the words, longest first, with either «е» or «ё»."""
    longest = sorted((re.escape(fold(word)) for word in words), key=len, reverse=True)
    return "|".join(word.replace("е", "[её]") for word in longest)


def _slash(text: str, end: int) -> int:
    """Where «/Иванова И.И./» at the end begins; the end of the text where none stands there."""
    start = text.rfind(" /", 0, end - 1) + 1 if text[:end].endswith("/") else 0
    return start or len(text)


def _opening(text: str, closing: int) -> int:
    """The bracket that the one at `closing` closes, or -1."""
    depth = 0
    for index in range(closing, max(-1, closing - _LONGEST_TAIL), -1):
        depth += (text[index] == ")") - (text[index] == "(")
        if depth == 0:
            return index
    return -1
