"""Every line beside a word of `schools.toml` and `people.toml` is met, and every refused line is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractor.values.people import PeopleGrammar
from extractor.values.schools import SchoolGrammar
from extractor.vocabulary.people_words import SchoolType, WordList, load_people_words, load_school_words

PEOPLE, SCHOOLS = load_people_words(), load_school_words()
SCHOOL_GRAMMAR = SchoolGrammar(SCHOOLS)
GRAMMAR = PeopleGrammar(PEOPLE, SCHOOL_GRAMMAR)


def _school_lines() -> Iterator[str]:
    for entry in (
        *SCHOOLS.forms.values(),
        SCHOOLS.forms_with_type,
        SCHOOLS.forms_with_number,
        SCHOOLS.forms_in_words,
    ):
        yield from entry.examples
    for kind in SCHOOLS.types:
        yield from kind.examples
    yield from (*SCHOOLS.places.examples, *SCHOOLS.honorifics.examples, *SCHOOLS.branches.examples)


def _kinds() -> Iterator[tuple[str, str]]:
    """Example lines with the kind that the first entry must have."""
    for entry in PEOPLE.positions.values():
        yield from ((line, "role") for line in entry.examples)
    for entry in PEOPLE.groups.values():
        yield from ((line, "group") for line in entry.examples)
    for entry in PEOPLE.organisations.values():
        yield from ((line, "organisation") for line in entry.examples)
    yield from ((line, "role") for line in PEOPLE.modifiers.examples)
    for words in (
        PEOPLE.labels,
        PEOPLE.second_offices,
        PEOPLE.first_offices,
        PEOPLE.qualifications,
        PEOPLE.lone_surname_endings,
    ):
        yield from ((line, "person") for line in words.examples)


@pytest.mark.parametrize("line", list(_school_lines()))
def test_a_school_is_found(line: str) -> None:
    assert SCHOOL_GRAMMAR.find(line)


@pytest.mark.parametrize(
    "line",
    [
        *SCHOOLS.number_owners.refused,
        *SCHOOLS.not_names.refused,
        *SCHOOLS.other_schools.refused,
    ],
)
def test_no_school_is_found(line: str) -> None:
    assert not SCHOOL_GRAMMAR.find(line)


@pytest.mark.parametrize("kind", SCHOOLS.types, ids=lambda kind: str(kind.name))
def test_every_form_of_a_type_with_a_number(kind: SchoolType) -> None:
    for form in (*kind.forms, *kind.many):
        assert SCHOOL_GRAMMAR.find(f"{form} № 5"), form


@pytest.mark.parametrize(("line", "kind"), list(_kinds()))
def test_the_kind_of_an_entry(line: str, kind: str) -> None:
    participants = GRAMMAR.read_participants(line, default="other")
    assert [participant.kind for participant in participants[:1]] == [kind]


def _words(*lists: WordList) -> Iterator[str]:
    for entry in lists:
        yield from entry.words


@pytest.mark.parametrize("entry", list(_words(*PEOPLE.positions.values())))
def test_one_is_a_role_and_many_a_group(entry: str) -> None:
    parts = entry.split("/")
    one, many = "/".join(parts[: len(parts) // 2]), "/".join(parts[len(parts) // 2 :])
    assert [p.kind for p in GRAMMAR.read_participants(one, default="other")] == ["role"]
    if many != one:
        assert [p.kind for p in GRAMMAR.read_participants(many, default="other")] == ["group"]


@pytest.mark.parametrize("line", PEOPLE.eponyms.refused)
def test_an_eponym_is_no_person(line: str) -> None:
    assert not GRAMMAR.find_names(line)
    assert all(participant.kind != "person" for participant in GRAMMAR.read_participants(line))


@pytest.mark.parametrize(
    "line",
    [
        *PEOPLE.works.refused,
        *PEOPLE.prepositions.refused,
        *PEOPLE.explanations.refused,
        *PEOPLE.reports.refused,
        *PEOPLE.sittings.refused,
    ],
)
def test_a_topic_has_no_speakers(line: str) -> None:
    assert GRAMMAR.trailing_speakers(line) == (len(line), ())
    assert GRAMMAR.inline_speakers(line) == ()


@pytest.mark.parametrize("line", [*PEOPLE.speech.examples, *PEOPLE.topic_openings.examples])
def test_a_speaker_inside_the_wording(line: str) -> None:
    assert [p.kind for p in GRAMMAR.inline_speakers(line)] == ["person"]


@pytest.mark.parametrize("line", PEOPLE.reports.examples)
def test_who_does_what_is_said(line: str) -> None:
    _, behind = GRAMMAR.trailing_speakers(line)
    assert [p.kind for p in behind or GRAMMAR.inline_speakers(line)] == ["person"]


@pytest.mark.parametrize("line", [*PEOPLE.sittings.examples, *PEOPLE.everybody.examples])
def test_those_present_answer(line: str) -> None:
    assert [p.kind in ("group", "role") for p in GRAMMAR.trailing_speakers(line)[1]] == [True]


@pytest.mark.parametrize("line", [*PEOPLE.first_offices.examples, *PEOPLE.qualifications.examples])
def test_what_follows_is_of_the_same_person(line: str) -> None:
    (person,) = GRAMMAR.read_participants(line)
    assert person.text == line


@pytest.mark.parametrize("line", PEOPLE.lone_surname_endings.refused)
def test_a_word_with_the_ending_of_a_surname(line: str) -> None:
    assert all(participant.kind != "person" for participant in GRAMMAR.read_participants(line))
