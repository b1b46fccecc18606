"""Folding keeps every letter at its place; squashing leaves the letters only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.vocabulary.folding import fold, squash

CASES = [
    ("ТЕМА", "тема"),
    ("Отчёт", "отчет"),
    ("2017 – 2018", "2017 - 2018"),
    ("2017—2018", "2017-2018"),
    ("«Лицей»", '"лицей"'),
    ("“Лицей”", '"лицей"'),
    ("План\u00a0работы", "план работы"),
    ("План\tработы\nРМО", "план работы рмо"),
    ("заседаниe", "заседание"),  # Latin e
    ("Cроки", "сроки"),  # Latin C
    ("OOШ № 3", "оош № 3"),  # Latin O O
    ("COШ", "сош"),  # Latin C O
    ("PMO", "pmo"),  # a word of one alphabet stays: it may be a foreign word
    ("Web-сайт", "web-сайт"),
    ("ZOOM", "zoom"),
    ("İ", "İ"),  # a letter whose small form is two letters
]


@pytest.mark.parametrize(("written", "folded"), CASES)
def test_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=60))
def test_length_is_kept(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet='абвгдеёжзАБВЁacekoACEO–—-«»" \u00a0', max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="абвгдеёжзАБВЁ«»–- 12", max_size=40))
def test_case_and_signs_change_nothing(text: str) -> None:
    assert fold(text) == fold(text.upper()) == fold(text.replace("–", "-")) == fold(text.replace("ё", "е"))


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("П Л А Н", "план"),
        ("Совершенст-вование", "совершенствование"),
        ("Ц Е Л Ь :", "цель"),
        ("№ 3.1", "31"),
    ],
)
def test_squashed(written: str, letters: str) -> None:
    assert squash(written) == letters


@given(st.text(max_size=60))
def test_squashed_holds_letters_and_digits_only(text: str) -> None:
    assert all(sign.isalnum() for sign in squash(text))
