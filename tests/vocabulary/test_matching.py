"""Labels at the beginning of a line, phrases in the heading of a column, words one letter apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.vocabulary.folding import fold
from extractor.vocabulary.matching import LabelMatcher, PhraseMatcher, one_typo

TYPOS = [
    ("заседание", "заседание", True),
    ("зеседание", "заседание", True),
    ("заседние", "заседание", True),
    ("зааседание", "заседание", True),
    ("зсаедание", "заседание", True),
    ("заседания", "заседание", True),
    ("зеседания", "заседание", False),
    ("аседание", "заседание", True),
    ("заседаниее", "заседание", True),
    ("план", "клан", True),
    ("план", "плана", True),
    ("план", "планам", False),
    ("аб", "ба", True),
    ("абв", "вба", False),
    ("", "а", True),
    ("", "", True),
    ("", "аб", False),
]


@pytest.mark.parametrize(("one", "other", "near"), TYPOS)
def test_one_typo(one: str, other: str, near: bool) -> None:
    assert one_typo(one, other) is near
    assert one_typo(other, one) is near


words = st.text(alphabet="абвг", min_size=1, max_size=8)


@given(words, st.integers(0, 7), st.sampled_from("абвг"))
def test_a_letter_changed_left_out_or_put_in_is_one_typo(word: str, place: int, letter: str) -> None:
    place %= len(word)
    assert one_typo(word, word[:place] + letter + word[place + 1 :])
    assert one_typo(word, word[:place] + word[place + 1 :])
    assert one_typo(word, word[:place] + letter + word[place:])


@given(words, st.integers(0, 7))
def test_two_letters_exchanged_are_one_typo(word: str, place: int) -> None:
    place %= len(word)
    assert one_typo(word, word[:place] + word[place : place + 2][::-1] + word[place + 2 :])


LABELS = LabelMatcher(
    {
        "themes": ["Тема", "Методическая тема", "Единая городская методическая тема"],
        "goals": ["Цель", "Цель работы"],
        "tasks": ["Задачи", "Основные задачи"],
        "date": ["Срок"],
    }
)

LABELLED = [  # line, kind, label as written, misspelt
    ("Тема: «Опыт»", "themes", "Тема", False),
    ("ТЕМА «Опыт»", "themes", "ТЕМА", False),
    ("Методическая тема РМО", "themes", "Методическая тема", False),
    ("Единая  городская методическая тема:", "themes", "Единая  городская методическая тема", False),
    ("Цель работы – рост", "goals", "Цель работы", False),
    ("Цель: рост", "goals", "Цель", False),
    ("Т Е М А: опыт", "themes", "Т Е М А", False),
    ("Ц Е Л Ь", "goals", "Ц Е Л Ь", False),
    ("За дачи:", "tasks", "За дачи", False),
    ("Oсновные зaдачи:", "tasks", "Oсновные зaдачи", False),  # Latin O, a
    ("Оснавные задачи:", "tasks", "Оснавные задачи", True),
    ("Основные здачи:", "tasks", "Основные здачи", True),
    ("Зодачи", "tasks", "Зодачи", True),
    ("Методическая тена", "themes", None, False),  # a short word is not guessed at
    ("Тематика заседаний", None, None, False),
    ("Цели", None, None, False),  # not in this list, and four letters are too few to guess
    ("Целью работы", None, None, False),
    ("Сроки", None, None, False),
    ("", None, None, False),
    ("…", None, None, False),
]


@pytest.mark.parametrize(("line", "kind", "label", "misspelt"), LABELLED)
def test_label(line: str, kind: str | None, label: str | None, misspelt: bool) -> None:
    found = LABELS.match(fold(line))
    if label is None:
        assert found is None
        return
    assert found is not None
    assert (found.kind, line[: found.end], found.misspelt) == (kind, label, misspelt)


def test_typos_can_be_refused() -> None:
    assert LABELS.match(fold("Зодачи"), typos=False) is None
    assert LABELS.match(fold("Т Е М А:"), typos=False) is not None


PHRASES = PhraseMatcher(
    {
        "text": ["мероприят~", "содержан~ работ~"],
        "dates": ["срок~", "срок~ проведен~"],
        "place": ["мест~ проведен~"],
        "responsible": ["ответственн~", "отв."],
        "number": ["№ п/п"],
    }
)

COLUMNS = [
    ("Мероприятия", ["text"]),
    ("МЕРОПРИЯТИЕ", ["text"]),
    ("Наименование мероприятий", ["text"]),
    ("Содержание работы", ["text"]),
    ("Сроки проведения", ["dates"]),
    ("Срок", ["dates"]),
    ("Сроки, место проведения", ["dates", "place"]),
    ("Место и сроки проведения", ["dates"]),
    ("№ п/п", ["number"]),
    ("Отв.", ["responsible"]),
    ("Ответственные", ["responsible"]),
    ("Отвественный", ["responsible"]),  # а letter is missing
    ("Меропреятия", ["text"]),
    ("Сроок", []),  # too short to guess
    ("Срокопроведение", []),  # no ending is so long
    ("Класс", []),
    ("", []),
]


@pytest.mark.parametrize(("heading", "roles"), COLUMNS)
def test_phrases(heading: str, roles: list[str]) -> None:
    assert [role for role, _, _ in PHRASES.find(heading)] == roles


def test_phrases_do_not_overlap() -> None:
    found = PHRASES.find("Сроки проведения, ответственные за мероприятия")
    assert [(role, first, size) for role, first, size in found] == [
        ("dates", 0, 2),
        ("responsible", 2, 1),
        ("text", 4, 1),
    ]
    assert PHRASES.count("Сроки проведения, ответственные за мероприятия") == 5
