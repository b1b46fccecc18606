"""Which spellings are one school: «№192», «гимназии №192» and «ГБОУ Гимназия №192 «Брюсовская»» are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from extractor.model.plan import School
from extractor.vocabulary.folding import fold

_ANY = "школа"


def slug(text: str) -> str:
    """«Верх-Чуманская» as «верх-чуманская»: letters and digits, joined by hyphens."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def school_key(school: School, family: str | None) -> str:
    """«лицей-176», «сош-раздольная», «школа-79»; `family` is the type with spellings made one."""
    return f"{slug(family or _ANY)}-{_which(school)}"


def _which(school: School) -> str:
    """What tells the school from others of its type: its number, else its name, its place, its patron."""
    return slug(school.number or school.name or _bare_place(school) or school.honorific or school.text)


def _bare_place(school: School) -> str:
    """«Целинное» for «с.Целинное»."""
    words = (school.place or "").replace(".", " ").split()
    return " ".join(word for word in words if word[0].isupper())


def _split(school: School) -> tuple[str, str]:
    """(family, what identifies) of a key."""
    which = _which(school)
    family = school.key[: -len(which) - 1] if which and school.key.endswith("-" + which) else school.key
    return family, which


def same_school(one: School, other: School) -> bool:
    """Whether two spellings may be of one school: number or name equal, types and places compatible."""
    families = {_split(one)[0], _split(other)[0]} - {_ANY}
    if len(families) > 1 or _apart(one.place, other.place):
        return False
    if one.number and other.number:
        return slug(one.number) == slug(other.number)
    return bool(one.name and other.name) and slug(one.name or "") == slug(other.name or "")


def _apart(one: str | None, other: str | None) -> bool:
    return bool(one and other) and slug(one or "") != slug(other or "")


def merge_schools(schools: Sequence[School]) -> list[tuple[School, list[int]]]:
    """(the fullest school with all that is said of it, indexes of its spellings), by first mention.

    A number shared by two types («лицей № 5», «СОШ № 5») is two schools, and a bare «№5» then a third.
    """
    groups: list[list[int]] = []
    by_identity: dict[str, list[list[int]]] = {}
    for index, school in enumerate(schools):
        identities = [slug(which) for which in (school.number, school.name) if which] or [school.key]
        near = [group for which in identities for group in by_identity.get(which, [])]
        home = _home(school, near, schools)
        if home is None:
            home = []
            groups.append(home)
        home.append(index)
        for which in identities:
            if home not in by_identity.setdefault(which, []):
                by_identity[which].append(home)
    groups = _with_untyped(groups, schools)
    return _with_own_keys([(_fullest([schools[i] for i in group]), group) for group in groups])


def _with_own_keys(merged: list[tuple[School, list[int]]]) -> list[tuple[School, list[int]]]:
    """The same with «сош-1-энска», «сош-1-боровое» where two schools would share a key."""
    counts = Counter(school.key for school, _ in merged)
    taken: set[str] = set()
    found = []
    for school, group in merged:
        place = slug(_bare_place(school)) if counts[school.key] > 1 else ""
        key = f"{school.key}-{place}" if place and not school.key.endswith(place) else school.key
        key = key if key not in taken else f"{key}-{len(taken)}"
        taken.add(key)
        found.append((msgspec.structs.replace(school, key=key), group))
    return found


def _home(school: School, near: list[list[int]], schools: Sequence[School]) -> list[int] | None:
    """The group of just this family among those that share the number or the name."""
    for group in near:
        first = schools[group[0]]
        if _split(first)[0] == _split(school)[0] and not any(
            _apart(school.place, schools[i].place) or _numbers_differ(school, schools[i]) for i in group
        ):
            return group
    return None


def _numbers_differ(one: School, other: School) -> bool:
    return bool(one.number and other.number) and slug(one.number or "") != slug(other.number or "")


def _with_untyped(groups: list[list[int]], schools: Sequence[School]) -> list[list[int]]:
    """Groups without a type put to the only typed group of their number or name, if it is the only one."""
    merged = [list(group) for group in groups]
    index: dict[str, list[int]] = {}
    for place, group in enumerate(merged):
        for which in {slug(w) for i in group for w in (schools[i].number, schools[i].name) if w}:
            index.setdefault(which, []).append(place)
    for place, group in enumerate(groups):
        if _split(schools[group[0]])[0] != _ANY:
            continue
        identities = {slug(w) for i in group for w in (schools[i].number, schools[i].name) if w}
        candidates = {
            other
            for w in identities
            for other in index[w]
            if _split(schools[groups[other][0]])[0] != _ANY and _fits(group, groups[other], schools)
        }
        if len(candidates) == 1:
            merged[candidates.pop()] += group
            merged[place] = []
    return sorted((sorted(group) for group in merged if group), key=lambda group: group[0])


def _fits(group: list[int], other: list[int], schools: Sequence[School]) -> bool:
    return not any(
        _apart(schools[i].place, schools[j].place) or _numbers_differ(schools[i], schools[j])
        for i in group[:8]
        for j in other[:8]
    )


def _fullest(spellings: list[School]) -> School:
    """One school: the fullest wording, each field from the first that has it, the key of the typed one."""
    best = max(spellings, key=_fullness)
    typed = next((s for s in spellings if _split(s)[0] != _ANY), spellings[0])
    kinds = [s.type for s in (best, *spellings) if s.type]
    number = next((s.number for s in spellings if s.number), None)
    which = slug(number or next((s.name for s in spellings if s.name), None) or "") or _split(typed)[1]
    return msgspec.structs.replace(
        best,
        form=best.form or next((s.form for s in spellings if s.form), None),
        type=next((k for k in kinds if k != _ANY), kinds[0] if kinds else None),
        number=number,
        name=best.name or next((s.name for s in spellings if s.name), None),
        place=best.place or next((s.place for s in spellings if s.place), None),
        honorific=best.honorific or next((s.honorific for s in spellings if s.honorific), None),
        key=f"{_split(typed)[0]}-{which}",
        at=tuple(span for s in spellings for span in s.at),
    )


def _fullness(school: School) -> tuple[int, int]:
    written = fold(school.text)
    parts = (school.form, school.type, school.name, school.place, school.honorific)
    return sum(1 for part in parts if part and fold(part) in written), len(school.text)
