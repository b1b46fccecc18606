"""Which spellings are one school: «№192», «гимназии №192» and «ГБОУ Гимназия №192 «Брюсовская»» are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from extractor.model.plan import School
from extractor.vocabulary.folding import fold

_ANY = "школа"


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """«Верх-Чуманская» as «верх-чуманская»: letters and digits, joined by hyphens."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def school_key(school: School, family: str | None) -> str:
    """«лицей-176», «сош-раздольная», «школа-79»; `family` is the type with spellings made one."""
    which = _which(school)
    return f"{slug(family or _ANY)}-{which}" if which else slug(family or _ANY)


def _which(school: School) -> str:
    """What tells the school from others of its type: its number, else its name, its place, its patron.

    Empty for the only one of its type: «МБОУ «Лицей»» is «лицей».
    """
    which = school.number or school.name or _bare_place(school) or school.honorific
    return slug(which or ("" if school.type else school.text))


def _bare_place(school: School) -> str:
    """«Целинное» for «с.Целинное»."""
    words = (school.place or "").replace(".", " ").split()
    return " ".join(word for word in words if word[0].isupper())


def renamed(school: School, name: str) -> School:
    """The school of the same family with that name instead of its number and name."""
    return msgspec.structs.replace(school, name=name, number=None, key=f"{_split(school)[0]}-{slug(name)}")


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


def _elsewhere(school: School) -> bool:
    """Whether it is a branch at a place of its own, not at that of the school that it is of."""
    return bool(school.place) and school.text.lower().startswith("филиал")


def _apart(one: str | None, other: str | None) -> bool:
    return bool(one and other) and slug(one or "") != slug(other or "")


def merge_schools(schools: Sequence[School]) -> list[tuple[School, list[int]]]:
    """(the fullest school with all that is said of it, indexes of its spellings), by first mention.

    A number shared by two types («лицей № 5», «СОШ № 5») is two schools, and a bare «№5» then a third.
    """
    homes: list[_Home] = []
    by_identity: dict[str, dict[int, _Home]] = {}
    for index, school in enumerate(schools):
        identities = [slug(which) for which in (school.number, school.name) if which] or [school.key]
        near = [home for which in identities for home in by_identity.get(which, {}).values()]
        home = next((home for home in near if home.fits(school)), None)
        if home is None:
            home = _Home(_split(school)[0], _elsewhere(school))
            homes.append(home)
        home.add(index, school)
        for which in identities:
            by_identity.setdefault(which, {}).setdefault(id(home), home)
    groups = _with_untyped([home.members for home in homes], schools)
    return _with_own_keys([(_fullest([schools[i] for i in group]), group) for group in groups])


class _Home:
    """Spellings of one school while they are gathered: one family, at most one number and one place."""

    def __init__(self, family: str, elsewhere: bool) -> None:
        self.members: list[int] = []
        self._family, self._elsewhere = family, elsewhere
        self._numbers: set[str] = set()
        self._places: set[str] = set()

    def fits(self, school: School) -> bool:
        """Whether the school is of just this family and contradicts no spelling."""
        return (
            _split(school)[0] == self._family
            and _elsewhere(school) == self._elsewhere
            and not (school.place and self._places - {slug(school.place)})
            and not (school.number and self._numbers - {slug(school.number)})
        )

    def add(self, index: int, school: School) -> None:
        self.members.append(index)
        self._numbers.update(slug(which) for which in (school.number,) if which)
        self._places.update(slug(which) for which in (school.place,) if which)


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
        key=f"{_split(typed)[0]}-{which}" if which else _split(typed)[0],
        at=tuple(span for s in spellings for span in s.at),
    )


def _fullness(school: School) -> tuple[int, int]:
    written = fold(school.text)
    parts = (school.form, school.type, school.name, school.place, school.honorific)
    return sum(1 for part in parts if part and fold(part) in written), len(school.text)
