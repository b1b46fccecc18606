"""The words of plans, as typed data: headings, columns, meetings, forms, associations, titles."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TypeVar

import msgspec

from extractor.errors import BrokenVocabulary

T = TypeVar("T")


class Heading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A labelled part of a plan: the labels that open it and what it holds."""

    holds: str  # texts | list | skip
    labels: tuple[str, ...]
    examples: tuple[str, ...]
    endings: tuple[str, ...] = ()  # last words of a longer line before its colon: «… следующие задачи:»


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role of a table column: phrases of its heading; "~" stands for any ending."""

    phrases: tuple[str, ...]
    examples: tuple[str, ...]


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    examples: tuple[str, ...]
    labels: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[tuple[str, ...], ...]
    examples: tuple[str, ...]
    quoted: tuple[str, ...] = ()


class FormFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    forms: Forms


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lines: tuple[str, ...]


class AssociationWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Abbreviations with their level, and words before «методическое объединение» with theirs."""

    types: dict[str, str]
    words: dict[str, str]
    examples: Examples


class PlanWords(msgspec.Struct, frozen=True):
    """Everything above in one place."""

    headings: dict[str, Heading]
    columns: dict[str, Column]
    meetings: dict[str, Labels]
    forms: FormFile
    association: AssociationWords
    titles: dict[str, Labels]


def read_toml(name: str, kind: type[T]) -> T:
    """The vocabulary file `name` as `kind`; BrokenVocabulary says what is wrong in it."""
    try:
        raw = tomllib.loads(resources.files("extractor.vocabulary").joinpath(name).read_text("utf-8"))
        return msgspec.convert(raw, kind)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError, OSError) as error:
        raise BrokenVocabulary(
            f"Словарь {name} написан не по форме ({error}): исправьте его по образцу соседних записей."
        ) from None


def load_plan_words() -> PlanWords:
    """The words of plans from the TOML files beside this module."""
    return PlanWords(
        headings=read_toml("headings.toml", dict[str, Heading]),
        columns=read_toml("columns.toml", dict[str, Column]),
        meetings=read_toml("meetings.toml", dict[str, Labels]),
        forms=read_toml("forms.toml", FormFile),
        association=read_toml("association.toml", AssociationWords),
        titles=read_toml("titles.toml", dict[str, Labels]),
    )
