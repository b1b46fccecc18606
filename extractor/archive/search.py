"""Words in any case → the lines where they stand, with file, place and what stands around.

    search(archive, Question("экстремистская литература", year="2017")) → Answers(total=3, hits=[Hit(…), …])

A line is found when it holds every word of the question, in any form; «слово*» finds what begins so, and
words in quotes must stand side by side. Best first: words side by side, then bm25.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from extractor.archive.lemmas import Word, words
from extractor.archive.store import Archive
from extractor.errors import UsageProblem
from extractor.vocabulary.folding import fold

MOST = 2000  # hits that are ranked
_ROW = 600  # letters of a table row that are shown
_QUOTED = re.compile(r'["«“„]([^"»”“]+)["»”“]')
_YEAR = re.compile(r"(\d{4})(?:\s*[-–—/]\s*(\d{2}|\d{4}))?")


class Question(NamedTuple):
    """`year`: «2017» (the school year that begins then, or the calendar year) or «2017–2018»."""

    text: str
    year: str | None = None
    school: str | None = None
    territory: str | None = None
    older: bool = False  # also in versions that are replaced
    limit: int = 20


class Hit(NamedTuple):
    """A line. `around` is it with the other cells of its row; `marks` are (start, end) of the words in it."""

    file: str
    plan: str
    title: str | None
    year: str | None
    place: str
    line: str
    around: str
    marks: tuple[tuple[int, int], ...]
    rank: float
    state: str


class Answers(NamedTuple):
    total: int
    hits: list[Hit]


class _Term(NamedTuple):
    """A word of the question: its dictionary forms, or what a word must begin with."""

    lemmas: frozenset[str]
    prefix: str | None

    def fits(self, word: Word, text: str) -> bool:
        if self.prefix is None:
            return bool(self.lemmas & word.lemmas)
        return fold(text[word.start : word.end]).startswith(self.prefix)


def search(archive: Archive, question: Question) -> Answers:
    """The best `limit` lines and how many there are. Raises UsageProblem for a question without words."""
    terms = _terms(question.text)
    phrases = [_terms(match[1]) for match in _QUOTED.finditer(question.text)]
    rows = _matching(archive, terms, question)
    found = []
    for row in rows:
        where = list(words(row["text"]))
        if all(_side_by_side(phrase, where, row["text"]) for phrase in phrases):
            near = _side_by_side(terms, where, row["text"])
            found.append((not near, row["rank"], row["file"], row["block"], row))
    found.sort(key=lambda each: each[:4])
    hits = [_hit(archive, row, terms) for *_, row in found[: question.limit]]
    return Answers(len(found), hits)


def _terms(text: str) -> list[_Term]:
    terms = []
    for word in words(text):
        begins = text[word.end : word.end + 1] == "*"
        terms.append(_Term(word.lemmas, fold(text[word.start : word.end]) if begins else None))
    if not terms:
        raise UsageProblem("Не указано, что искать: напишите одно или несколько слов.")
    return terms


def _match(terms: Sequence[_Term]) -> str:
    """The question for FTS5: letters and digits in quotes only, so that nothing in it is an operator."""
    parts = []
    for term in terms:
        if term.prefix is not None:
            parts.append(f'"{term.prefix}"*')
        else:
            either = " OR ".join(f'"{lemma}"' for lemma in sorted(term.lemmas))
            parts.append(f"lemmas : ({either})")
    return " AND ".join(parts)


_SELECT = """
SELECT lines.id, lines.plan, lines.block, lines.place, lines.text, lines.table_number, lines.table_row,
       versions.file, versions.title, versions.year, versions.state, bm25(lines_fts) AS rank
FROM lines_fts JOIN lines ON lines.id = lines_fts.rowid JOIN versions ON versions.id = lines.plan
WHERE lines_fts MATCH :match
  AND (:older OR versions.state = 'current')
  AND (:first IS NULL OR versions.first_year = :first)
  AND (:last IS NULL OR versions.year = :year)
  AND (:territory IS NULL OR versions.territory IN (SELECT value FROM json_each(:territory)))
  AND (:schools IS NULL OR EXISTS (
    SELECT 1 FROM mentions JOIN lines AS near ON near.plan = mentions.plan AND near.block = mentions.block
    WHERE mentions.plan = lines.plan AND mentions.kind = 'school'
      AND mentions.plan || ' ' || mentions.key IN (SELECT value FROM json_each(:schools))
      AND (mentions.block = lines.block
           OR (near.table_number = lines.table_number AND near.table_row = lines.table_row))))
ORDER BY rank LIMIT :most
"""


def _matching(archive: Archive, terms: Sequence[_Term], question: Question) -> list[Any]:
    import json

    from extractor.archive.filters import plan_schools, territories

    first, last = years_asked(question.year)
    schools = plan_schools(archive, question.school) if question.school else None
    places = territories(archive, question.territory) if question.territory else None
    values = {
        "match": _match(terms),
        "older": int(question.older),
        "first": first,
        "last": last,
        "year": f"{first}–{last}",
        "territory": None if places is None else json.dumps(places),
        "schools": None if schools is None else json.dumps(schools),
        "most": MOST,
    }
    return archive.read_named(_SELECT, values)


def years_asked(text: str | None) -> tuple[int | None, int | None]:
    """(2017, None) for «2017», (2017, 2018) for «2017-2018» and «2017/18»."""
    if text is None:
        return None, None
    match = _YEAR.fullmatch(text.strip())
    if match is None:
        raise UsageProblem(f"Год «{text}» не понят: напишите 2017 или 2017-2018.")
    first = int(match[1])
    if match[2] is None:
        return first, None
    return first, int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])


def _side_by_side(terms: Sequence[_Term], where: Sequence[Word], text: str) -> bool:
    """Whether the words stand next to each other, in the order of the question."""
    return any(
        all(term.fits(word, text) for term, word in zip(terms, where[start:], strict=False))
        for start in range(len(where) - len(terms) + 1)
    )


def _hit(archive: Archive, row: Any, terms: Sequence[_Term]) -> Hit:
    around = row["text"]
    if row["table_row"] is not None:
        cells = archive.read(
            "SELECT text FROM lines WHERE plan = ? AND table_number = ? AND table_row = ? ORDER BY block",
            row["plan"],
            row["table_number"],
            row["table_row"],
        )
        around = " | ".join(cell["text"] for cell in cells)
    around = " ".join(around.split())
    marks = [(w.start, w.end) for w in words(around) if any(term.fits(w, around) for term in terms)]
    around, marks = _cut(around, marks)
    known = (row["file"], row["plan"], row["title"], row["year"], row["place"], row["text"])
    return Hit(*known, around, tuple(marks), row["rank"], row["state"])


def _cut(text: str, marks: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """At most `_ROW` letters around the first word that was found."""
    if len(text) <= _ROW or not marks:
        return text[:_ROW] + ("…" if len(text) > _ROW else ""), [m for m in marks if m[1] <= _ROW]
    start = max(0, min(marks[0][0] - _ROW // 3, len(text) - _ROW))
    start = text.rfind(" ", 0, start) + 1
    end = min(len(text), start + _ROW)
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    moved = [(a - start + len(lead), b - start + len(lead)) for a, b in marks if a >= start and b <= end]
    return lead + text[start:end] + tail, moved
