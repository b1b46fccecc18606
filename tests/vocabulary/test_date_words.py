"""Every word of `dates.toml` stands in an example or is one: each is read back as what it says."""

from __future__ import annotations

import pytest

from extractor.errors import BrokenVocabulary
from extractor.values.dates import DateGrammar, Years
from extractor.vocabulary.date_words import load_date_words, parse_date_words

WORDS = load_date_words()
GRAMMAR = DateGrammar(WORDS)
PLAN = Years(school=2021)


@pytest.mark.parametrize(("text", "precision", "edtf"), WORDS.examples())
def test_examples(text: str, precision: str, edtf: str) -> None:
    (found,) = GRAMMAR.find(text, PLAN)
    assert (found.precision, found.edtf or "") == (precision, edtf)


@pytest.mark.parametrize("say", [(group.precision, say) for group in WORDS.phrases for say in group.say])
def test_wordings_are_terms(say: tuple[str, str]) -> None:
    precision, text = say[0], say[1].replace("…", "организаций")
    assert [each.precision for each in GRAMMAR.find(text, PLAN)] == [precision]
    assert GRAMMAR.is_term(text)


@pytest.mark.parametrize("month", WORDS.months)
def test_forms_of_months(month: object) -> None:
    number, forms = getattr(month, "number", 0), (*getattr(month, "forms", ()), *getattr(month, "short", ()))
    for form in forms:
        (found,) = GRAMMAR.find(f"{form} 2022", PLAN)
        assert found.edtf == f"2022-{number:02}"


@pytest.mark.parametrize(
    "source",
    ["[", "", "months = 1", '[[months]]\nnumber = 1\nforms = ["январь"]\nexamples = []\nregex = "x"'],
)
def test_a_broken_vocabulary_is_refused(source: str) -> None:
    with pytest.raises(BrokenVocabulary, match=r"dates\.toml"):
        parse_date_words(source)
