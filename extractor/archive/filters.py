"""Which plans are meant by «2021», «Кировский район», «школа № 183»: what a user types → what is stored."""

from __future__ import annotations

from extractor.archive.lemmas import words
from extractor.archive.store import Archive
from extractor.errors import UsageProblem
from extractor.vocabulary.folding import squash

_SCHOOL_WORDS = frozenset(["школа", "шк", "сош", "оош", "нош", "мбоу", "мкоу", "маоу", "гбоу", "моу"])


def territories(archive: Archive, asked: str) -> list[str]:
    """The stored territories whose words are those asked for, in any case. Raises where there is none."""
    wanted = [word.lemmas for word in words(asked)]
    rows = archive.read("SELECT DISTINCT territory FROM versions WHERE territory IS NOT NULL ORDER BY 1")
    known = [str(row["territory"]) for row in rows]
    found = [each for each in known if wanted and _holds(each, wanted)]
    if not found:
        listed = ", ".join(known[:12]) or "ни одной"
        raise UsageProblem(f"Территории «{asked}» в архиве нет; известны: {listed}.")
    return found


def _holds(text: str, wanted: list[frozenset[str]]) -> bool:
    there = [word.lemmas for word in words(text)]
    return all(any(one & other for other in there) for one in wanted)


def plan_schools(archive: Archive, asked: str) -> list[str]:
    """«plan key» pairs of the school asked for: by a spelling, a key, a number or words of its name.

    All spellings that the registry knows as one school are found together. Raises where there is none.
    """
    rows = archive.read(
        'SELECT "план_id" AS plan, "Ключ" AS key, "Как в плане" AS text, "Написания" AS spellings, '
        '"Номер" AS number, "реестр_id" AS entity FROM "Школы"'
    )
    numbers = {text for word in words(asked) if (text := asked[word.start : word.end]).isdigit()}
    named = [w.lemmas for w in words(asked) if not w.lemmas & _SCHOOL_WORDS and not asked[w.start : w.end].isdigit()]
    exact = squash(asked)
    found = []
    for row in rows:
        spellings = f"{row['text']}; {row['spellings'] or ''}"
        keys = [row["key"] or "", row["entity"] or "", *spellings.split(";")]
        worded = (named or numbers) and (not numbers or row["number"] in numbers) and _holds(spellings, named)
        if worded or any(exact == squash(each) for each in keys):
            found.append(row)
    if not found:
        raise UsageProblem(f"Школы «{asked}» в архиве нет: весь список покажет extract registry {archive.path}.")
    entities = {row["entity"] for row in found if row["entity"]}
    rows = [row for row in rows if row["entity"] in entities or row in found]
    return sorted({f"{row['plan']} {row['key']}" for row in rows})
