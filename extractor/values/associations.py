"""«План работы ММО школьных библиотекарей Родинского района на 2017 – 2018 учебный год.» → who meets.

The association's wording runs from its type (an abbreviation, or «… методического объединения» with
the adjectives before it) to the year. The audience is the genitive plural behind it, the territory
the district, city or region at its end.
"""

from __future__ import annotations

import re

import msgspec

from extractor.values.inflection import plural_nominative, singular_nominative
from extractor.vocabulary.folding import fold
from extractor.vocabulary.plan_words import PlanWords

_WORDS = re.compile(
    r"((?:[а-я]+(?:ого|ому|ое|ом|ых|их)(?:[\s-]+|\s*-\s*))?(?:[а-я]+(?:ого|ому|ое|ом|ых|их)\s+)?)(?:(?:учебно|научно)?\s?-?\s?методическ(?:о\w{1,3}|их)\s+об[ъь]?единени\w{1,2}|методоб[ъь]единени\w{1,2}|(?:предметно\s?-?\s?)?цикловой\s+(?:методической\s+)?комисси\w{1,2}|цикловая\s+(?:методическая\s+)?комиссия)"
)
_TERRITORY = re.compile(
    r"(?:[А-ЯЁ][\w-]+(?:ого|ой|его|ей|ому)\s+(?:муниципального\s+|городского\s+|образовательного\s+|административного\s+)?(?:района|р-на|округа|края|области|республики|кластера|поселения|сельсовета|уезда|кожууна|улуса|аймака)"
    r"|(?:муниципального\s+(?:района|округа|образования)|городского\s+округа|района|Республики|республики)\s+(?:[-–—]\s*)?[«\"]?[А-ЯЁ][\w-]+(?:\s+[А-ЯЁ][\w-]+)?[»\"]?"
    r"|(?:г\.|гор\.|города|п\.|пос\.|поселка|посёлка|с\.|села|ст\.|станицы|пгт\.?|р\.п\.|деревни|д\.)\s*[А-ЯЁ][\w-]+(?:[\s-][А-ЯЁ][\w-]+)?)"
)
_LEVELS = (
    ("район", "district"),
    ("город", "city"),
    ("школ", "school"),
    ("муниципал", "municipal"),
    ("област", "regional"),
    ("краев", "regional"),
    ("республик", "regional"),
    ("регион", "regional"),
)
_SCHOOL = re.compile(r"\b(?:М[БАК]?ОУ|МОБУ|ГБОУ|ГУО|КГУ|СОШ|ООШ|гимнази|лице[йя]|средн\w+\s+школ)")
_END = re.compile(
    r"\s*(?:,\s*)?(?:(?<![а-яё])(?:на|за)\s+(?:\d|20|период|учебн|первое|второе|1|i)|\d{4}\s*[-–—/]|\(|план\s+работы|план\b"
    r"|[–—-]\s+(?:руковод|председател|рук\.))", re.IGNORECASE
)


class FoundAssociation(msgspec.Struct, frozen=True):
    """An association in a title: its place there and what its words say."""

    start: int
    end: int
    type: str | None
    level: str | None
    audience: str | None
    territory: str | None


class AssociationGrammar:
    """Finds the association in a title; made once from the words."""

    def __init__(self, words: PlanWords) -> None:
        self._types = {fold(name): name for name in words.association.types}
        self._levels = words.association.types
        self._words = {fold(word): kind for word, kind in words.association.words.items()}
        body = "|".join(sorted(map(re.escape, self._types), key=len, reverse=True))
        self._short = re.compile(rf"(?<![а-яa-z])({body})(?![а-яa-z-])")

    def read(self, text: str) -> FoundAssociation | None:
        """The association that the title names, or None."""
        folded = fold(text)
        words = _WORDS.search(folded)
        short = self._short.search(folded)
        if words is None and short is None:
            return None
        if words is not None and (short is None or words.start() < short.start()):
            start, after = self._words_start(folded, words), words.end()
            kind = self._type_of(folded[start : words.end()])
            level = self._level_of(folded[start : words.end()], kind)
        else:
            assert short is not None
            start, after = short.start(), short.end()
            kind, level = self._types[short[1]], self._levels[self._types[short[1]]] or None
        short_form = re.compile(r"\s*\([А-ЯЁ]{2,6}\)").match(text, after)
        after = short_form.end() if short_form else after
        end = self._end(text, after)
        if level is None and _SCHOOL.search(text, after):
            level = "school"
        elif level is None and short is not None and start == short.start():
            level = self._level_of(folded[max(0, start - 20) : start], "МО")
        audience, territory = self._who_and_where(text[after:end])
        return FoundAssociation(start, end, kind, level, audience, territory)

    def _words_start(self, folded: str, match: re.Match[str]) -> int:
        """Where the adjectives before «методическое объединение» begin, those that are no adjectives of it left out."""
        head = match[1]
        for word in re.finditer(r"[а-я-]+", head):
            if word[0][:5] in ("плана", "работ", "деяте") or word[0] in (
                "этого",
                "самого",
                "нового",
                "каждого",
            ):
                continue
            return match.start() + word.start()
        return match.start() + len(head)

    def _type_of(self, phrase: str) -> str | None:
        flat = re.sub(r"\s*-\s*", "-", phrase)
        for word in sorted(self._words, key=len, reverse=True):
            stems = [part[:-2] for part in word.split()]
            if all(stem in flat for stem in stems):
                return self._words[word]
        return "МО"

    def _level_of(self, phrase: str, kind: str | None) -> str | None:
        for stem, level in _LEVELS:
            if stem in phrase and "меж" not in phrase:
                return level
        return (self._levels.get(kind or "") or None) if kind != "МО" else None

    def _end(self, text: str, after: int) -> int:
        stop = _END.search(text, after)
        end = stop.start() if stop else len(text)
        return after + len(text[after:end].rstrip(" .,;:–—-"))

    def _who_and_where(self, rest: str) -> tuple[str | None, str | None]:
        """(audience, territory) of the words behind the type, both in the nominative."""
        territory = None
        rest = _out_of_capitals(rest)
        found = list(_TERRITORY.finditer(rest))
        if found:
            territory = _territory(found[0][0])
            first = found[0]
            rest = rest[: first.start()]
        rest = re.sub(r"\s*[–—-]\s*", "-", rest) if re.search(r"\w\s*[–—-]\s*\w", rest) else rest
        rest = re.sub(r"\s+по\s+(?:повышени|реализаци|улучшени|организаци|подготовк|развити|внедрени)\w+.*$", "", rest)
        rest = rest.strip(' ,.;:–—-«»"()')
        rest = (
            re.sub(r"(?:\s+(?:(?:в|при)\s|г\.|(?!ДОУ\b)[А-ЯЁ]{1,5}ОУ|МОБУ|ГУО|КГУ)\b.*|\s*[«\"].*)$", "", rest)
            if not rest.startswith("по ")
            else rest
        )
        if not rest or not re.match(r"[А-Яа-яЁё]", rest):
            return None, territory
        audience = plural_nominative(rest.lower() if rest.isupper() and len(rest) > 6 else rest)
        return (audience[:1].lower() + audience[1:] if not audience[:2].isupper() else audience), territory


_KIND = "(?:муниципального|городского|образовательного|административного)"


def _out_of_capitals(rest: str) -> str:
    """«ГОРОДА РЯБИНОГОРСКА» as «города Рябиногорска»; other wordings stay."""
    if not rest.isupper() or len(rest) < 8:
        return rest
    low = rest.lower()
    low = re.sub(
        r"(?<=\bреспублики )\w|(?<=\bгорода )\w|(?<=\bпоселка )\w|(?<=\bсела )\w|(?<=\bг\.)\s*\w", lambda m: m[0].upper(), low
    )
    return re.sub(
        rf"\b(?!{_KIND})\w(?=[\w-]+(?:ого|ой|его|ей)\s+(?:{_KIND}\s+)?(?:района|округа|края|области|республики|кожууна|улуса|аймака))",
        lambda m: m[0].upper(),
        low,
    )


_SETTLEMENTS = {"г": "город", "гор": "город", "п": "посёлок", "пос": "посёлок", "с": "село", "ст": "станица", "д": "деревня"}


def _territory(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip()
    if re.match(r"(?:города|села|поселка|посёлка|станицы|деревни)\s", words):
        head, name = words.split(" ", 1)
        return f"{singular_nominative(head)} {singular_nominative(name)}"
    short = re.match(r"(г|гор|п|пос|с|ст|пгт|р\.п|д)\.\s*", words)
    if short is not None:
        return f"{_SETTLEMENTS.get(short[1], short[0].strip())} {singular_nominative(words[short.end() :])}"
    if words.lower().startswith("республики"):
        return "Республика" + words[10:]
    return singular_nominative(words)
