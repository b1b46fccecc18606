"""The words of people and schools, as typed data from `people.toml` and `schools.toml`."""

from __future__ import annotations

import msgspec

from extractor.vocabulary.plan_words import read_toml


class WordList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words with lines in which they are met, and lines in which they must not be taken."""

    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class SchoolType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of school: `name` for the record, `key` for comparing, the forms of all cases."""

    name: str
    key: str
    gender: str  # f | m | n: «Раздольной СОШ» is «Раздольная», «Сибирского лицея» is «Сибирский»
    forms: tuple[str, ...]
    many: tuple[str, ...]
    examples: tuple[str, ...]
    named: bool = False  # a name in quotes is enough: «Гимназия «Источник»»
    generic: bool = False  # a word that any school may be called by: «школа»


class Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """«с.», «города» before the name of a place, «района» after it."""

    towns: tuple[str, ...]  # marks of places with many schools: «г. Энска»
    marks: tuple[str, ...]
    begins: tuple[str, ...]  # first words of names of two words: «с. Новый Шарап»
    areas: tuple[str, ...]
    examples: tuple[str, ...]


class Honorifics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """«им.» and the titles that may stand between it and the name."""

    marks: tuple[str, ...]
    titles: tuple[str, ...]
    examples: tuple[str, ...]


class SchoolWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`schools.toml`."""

    forms: dict[str, WordList]
    forms_with_type: WordList
    forms_with_number: WordList
    forms_in_words: WordList
    not_after_form: WordList
    types: tuple[SchoolType, ...]
    number_owners: WordList
    after_number: WordList
    not_names: WordList
    other_schools: WordList
    places: Places
    honorifics: Honorifics
    branches: WordList


class Compounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Halves of «педагог библиотекарь» when no hyphen joins them."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    never_behind: tuple[str, ...]  # «соц. педагог психолог» are two


class Eponyms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """«им.», «памяти», «ул.»: the name behind is no participant."""

    marks: tuple[str, ...]
    refused: tuple[str, ...]


class Stems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Beginnings of words."""

    stems: tuple[str, ...]
    titles: tuple[str, ...]  # those that name a work itself
    refused: tuple[str, ...]


class PeopleWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`people.toml`."""

    positions: dict[str, WordList]
    groups: dict[str, WordList]
    organisations: dict[str, WordList]
    modifiers: WordList
    governing: WordList
    compounds: Compounds
    continuations: WordList
    prepositions: WordList
    explanations: WordList
    second_offices: WordList
    first_offices: WordList
    qualifications: WordList
    sittings: WordList
    everybody: WordList
    topic_openings: WordList
    labels: WordList
    reports: WordList
    speech: WordList
    eponyms: Eponyms
    works: Stems
    not_surnames: WordList
    not_initials: WordList
    surname_endings: WordList
    lone_surname_endings: WordList
    given: WordList
    writers: WordList


def load_school_words() -> SchoolWords:
    """The words of `schools.toml`."""
    return read_toml("schools.toml", SchoolWords)


def load_people_words() -> PeopleWords:
    """The words of `people.toml`."""
    return read_toml("people.toml", PeopleWords)
