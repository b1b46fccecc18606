"""Which atoms are surely one school or person, and which may be: proposals with their reasons.

Never one: schools with different numbers; schools of different territories; people of one name at
different schools. What is left open is proposed, and a person decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from extractor.archive.mentioned import Atom, PersonAtom, SchoolAtom
from extractor.values.school_merging import merge_schools, slug
from extractor.vocabulary.folding import fold

A = TypeVar("A", bound=Atom)
_SHORTEST = 5  # letters of a name for which one wrong letter may be a typo
_KINDERGARTENS = frozenset({"детский сад", "д/с", "дс", "доу", "мбдоу", "мадоу", "мдоу"})
_CROWD = 40  # so many of one surname or number are no typo; proposals would drown


class Proposal(NamedTuple):
    """Two atoms, each the first of its group, and why they may be one."""

    one: str
    other: str
    why: str


def same_schools(atoms: Sequence[SchoolAtom]) -> list[list[int]]:
    """Indexes of the atoms that are surely one school: those that one plan of the territory would merge."""
    groups: list[list[int]] = []
    by_scope: dict[str, list[int]] = defaultdict(list)
    for index, atom in enumerate(atoms):
        by_scope[atom.scope].append(index)
    for _, indexes in sorted(by_scope.items()):
        for _, members in merge_schools([atoms[index].school for index in indexes]):
            groups += _by_number([indexes[member] for member in members], atoms)
    return groups


def _by_number(group: list[int], atoms: Sequence[SchoolAtom]) -> list[list[int]]:
    numbers = {slug(atoms[i].school.number or "") for i in group} - {""}
    if len(numbers) < 2:
        return [group]
    return [[index] for index in group]


def numbers_of(atoms: Iterable[SchoolAtom]) -> set[str]:
    return {slug(atom.school.number) for atom in atoms if atom.school.number}


def same_people(atoms: Sequence[PersonAtom]) -> list[list[int]]:
    """Indexes of the atoms that are surely one person: one surname, one school, initials that agree.

    Without a school: one association and the same initials. What fits two people stays alone.
    """
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, atom in enumerate(atoms):
        places[(fold(atom.surname), atom.school or f"?{atom.group}")].append(index)
    groups: list[list[int]] = []
    for _, indexes in sorted(places.items()):
        found: list[list[int]] = []
        for index in sorted(indexes, key=lambda i: (-len(atoms[i].given + atoms[i].patronymic), atoms[i].id)):
            fitting = [group for group in found if all(_surely_one(atoms[index], atoms[i]) for i in group)]
            if len(fitting) == 1:
                fitting[0].append(index)
            else:
                found.append([index])
        groups += found
    return groups


def _surely_one(one: PersonAtom, other: PersonAtom) -> bool:
    if fold(one.name) == fold(other.name):
        return True
    if not (one.given and other.given and may_be_one(one, other)):
        return False
    return one.school is not None or (bool(one.patronymic) and bool(other.patronymic))


def may_be_one(one: PersonAtom, other: PersonAtom) -> bool:
    """Whether given name and patronymic do not contradict each other: «О. Р.» and «Ольга Рашидовна» agree."""
    return _agree(one.given, other.given) and _agree(one.patronymic, other.patronymic)


def _agree(one: str, other: str) -> bool:
    short, long = sorted((fold(one).strip(". "), fold(other).strip(". ")), key=len)
    return short == long or (len(short) <= 1 and long.startswith(short))


# --- proposals ----------------------------------------------------------------------------------


def propose_schools(groups: Sequence[Sequence[SchoolAtom]]) -> Iterator[Proposal]:
    """Pairs of groups that a person should look at; a school without a territory that fits several towns is not one."""
    by_number = _buckets(groups, lambda atom: [slug(atom.school.number)] if atom.school.number else [])
    by_name = _buckets(groups, lambda atom: _deletions(slug(atom.school.name or "")))
    found: dict[tuple[int, int], str] = {}
    for bucket in [*by_number, *by_name]:
        for one, other in combinations(bucket, 2):
            pair = (min(one, other), max(one, other))
            if pair not in found:
                found[pair] = _why_one_school(groups[pair[0]], groups[pair[1]]) or ""
    chosen = {pair: why for pair, why in found.items() if why}
    homeless = Counter(i for pair in chosen for i in pair if not _territories(groups[i]))
    for (one, other), why in chosen.items():
        if homeless[one] < 2 and homeless[other] < 2:
            yield Proposal(groups[one][0].id, groups[other][0].id, why)


def _why_one_school(one: Sequence[SchoolAtom], other: Sequence[SchoolAtom]) -> str | None:
    """The reason, or None where they are surely two."""
    if _are_surely_two(one, other):
        return None
    home = bool(_territories(one) and _territories(other)) or one[0].scope == other[0].scope
    where = "" if home else "; территория названа не в каждом из планов"
    types, other_types = _types(one), _types(other)
    if numbers_of(one) & numbers_of(other):
        if types & other_types:
            return f"номер и тип одинаковы{where}"
        if home and types and other_types:
            return "номер один, а тип разный: школа могла сменить название"
        return "номер один, в одном из планов тип школы не назван" if home else None
    names, other_names = _names(one), _names(other)
    if names & other_names:
        return f"название одно и то же{where}"
    near = home and any(one_letter_apart(a, b) for a in names for b in other_names)
    return "названия отличаются одной буквой" if near else None


def _are_surely_two(one: Sequence[SchoolAtom], other: Sequence[SchoolAtom]) -> bool:
    """Different numbers, territories or places; a kindergarten and a school; two of one and the same plan."""
    apart = (numbers_of, _territories, _places)
    if any(a and b and not a & b for a, b in ((each(one), each(other)) for each in apart)):
        return True
    types, other_types = _types(one), _types(other)
    if types and other_types and bool(types & _KINDERGARTENS) != bool(other_types & _KINDERGARTENS):
        return True
    together = {plan for atom in one for plan in atom.plans} & {plan for atom in other for plan in atom.plans}
    return bool(together and types and other_types)


def propose_people(groups: Sequence[Sequence[PersonAtom]]) -> Iterator[Proposal]:
    by_surname = _buckets(groups, lambda atom: [f"{atom.scope}|{fold(atom.surname)}"])
    at_school = _buckets(groups, lambda atom: [atom.school] if atom.school else [])
    seen: set[tuple[int, int]] = set()
    for bucket in [*by_surname, *at_school]:
        for one, other in combinations(bucket, 2):
            pair = (min(one, other), max(one, other))
            if pair in seen:
                continue
            seen.add(pair)
            if why := _why_one_person(groups[pair[0]], groups[pair[1]]):
                yield Proposal(groups[pair[0]][0].id, groups[pair[1]][0].id, why)


def _why_one_person(one: Sequence[PersonAtom], other: Sequence[PersonAtom]) -> str | None:
    schools, other_schools = {a.school for a in one} - {None}, {a.school for a in other} - {None}
    if schools and other_schools and not schools & other_schools:
        return None  # namesakes at different schools
    if not all(may_be_one(a, b) for a in one for b in other):
        return None
    if fold(one[0].surname) == fold(other[0].surname):
        if schools and other_schools:
            return "фамилия и школа одни, а имя и отчество написаны не полностью"
        if schools or other_schools:
            return "имя то же, в одном из планов школа не названа"
        return "имя то же, школа не названа ни в одном из планов"
    typo = one_letter_apart(fold(one[0].surname), fold(other[0].surname))
    if typo and schools and other_schools and one[0].given and other[0].given:
        return "школа и инициалы одни, фамилии отличаются одной буквой"
    return None


def one_letter_apart(one: str, other: str) -> bool:
    """One letter changed, dropped or added, in words of five letters or more; «Иванов» and «Иванова» are two."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or len(long) - len(short) > 1 or short == long or long == short + "а":
        return False
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return short[start + 1 :] == long[start + 1 :] and not (short[start] + long[start]).isdigit()
    return short[start:] == long[start + 1 :]


def _buckets(
    groups: Sequence[Sequence[A]], keys: Callable[[A], Iterable[str]]
) -> list[list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for key in sorted({key for atom in group for key in keys(atom) if key}):
            found[key].append(index)
    return [found[key] for key in sorted(found) if 1 < len(found[key]) <= _CROWD]


def _deletions(name: str) -> list[str]:
    """The name and all that it is with one letter left out: two names a letter apart share one of them."""
    if len(name) < _SHORTEST:
        return [name] if name else []
    return [name, *(name[:i] + name[i + 1 :] for i in range(len(name)))]


def _territories(group: Sequence[Atom]) -> set[str]:
    return {slug(atom.territory) for atom in group if atom.territory}


def _types(group: Sequence[SchoolAtom]) -> set[str]:
    return {fold(atom.school.type) for atom in group if atom.school.type} - {"школа", "шк", "шк."}


def _names(group: Sequence[SchoolAtom]) -> set[str]:
    return {slug(atom.school.name) for atom in group if atom.school.name}


def _places(group: Sequence[SchoolAtom]) -> set[str]:
    return {slug(atom.school.place.rpartition(".")[2]) for atom in group if atom.school.place}
