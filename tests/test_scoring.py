"""The scorer itself: what counts as found, missed and invented; floors only rise."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.evaluate import Scores, fallen, gone, raised, samples
from tests.sameness import same_participant, same_school, same_text
from tests.scoring import Sheet, Tally, score_document

SAME_TEXTS = [
    ("Чтение в семье", "чтение в семье.", True),
    ("Учёт фонда", "Учет фонда", True),
    ("Анализ работы РМО за 2017 год", "Анализ работы РМО за 2018 год", False),
    ("Анализ работы", "План работы", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME_TEXTS)
def test_same_text(one: str, other: str, same: bool) -> None:
    assert same_text(one, other) is same


SAME_PEOPLE = [
    ({"name": "Птицына А. А."}, {"name": "Птицына Анна Андреевна", "surname": "Птицына"}, True),
    ({"name": "Птицына А. А."}, {"name": "Птицына А. Б."}, False),
    ({"name": "Птицына А. А."}, {"name": None, "text": "Птицына А. А."}, False),
    ({"name": None, "text": "Руководитель ММО"}, {"name": None, "text": "руководитель ММО"}, True),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME_PEOPLE)
def test_same_participant(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert same_participant(one, other) is same


SAME_SCHOOLS = [
    ({"type": "СОШ", "number": "4"}, {"type": None, "number": "4"}, True),
    ({"type": "СОШ", "number": "4"}, {"type": "лицей", "number": "4"}, False),
    ({"type": "СОШ", "number": "4"}, {"type": "СОШ", "number": "14"}, False),
    ({"type": "СОШ", "name": "Луговская"}, {"type": "СОШ", "name": "Лугoвская"}, True),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME_SCHOOLS)
def test_same_school(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert same_school(one, other) is same


def scored(gold: dict[str, Any], record: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    sheet = Sheet()
    score_document(sheet, gold, record)
    return {name: (each.found, each.invented, each.missed) for name, each in sheet.fields.items()}


def test_missing_key_is_not_scored_and_null_is() -> None:
    assert scored({}, {"title": {"text": "План"}}) == {}
    assert scored({"title": None}, {"title": {"text": "План"}}) == {"title": (0, 1, 0)}
    assert scored({"title": {"text": "План"}}, {}) == {"title": (0, 0, 1)}


def test_wrong_value_is_missed_and_invented() -> None:
    assert scored({"tasks": [{"text": "Учить"}]}, {"tasks": [{"text": "Лечить"}]}) == {"tasks": (0, 1, 1)}


def test_meetings_are_paired_by_what_they_are_about() -> None:
    one = {"number": 1, "theme": "Чтение", "agenda": [{"topic": "Чтение в семье"}]}
    two = {"number": 2, "theme": "Фонд", "agenda": [{"topic": "Учёт учебников"}]}
    fields = scored({"meetings": [one, two]}, {"meetings": [two, one]})
    assert fields["meeting.number"] == (2, 0, 0)
    assert fields["agenda.topic"] == (2, 0, 0)


def test_invented_activity_counts_with_all_that_it_holds() -> None:
    invented = {
        "text": "Семинар",
        "dates": [{"start": "2022-01-01"}],
        "responsible": [{"name": "Птицына А. А."}],
    }
    assert scored({"activities": []}, {"activities": [invented]}) == {"activity": (0, 3, 0)}


def test_plans_of_a_collection_are_paired() -> None:
    plans = [{"title": {"text": f"План учителей {subject}"}} for subject in ("физики", "химии")]
    assert scored({"plans": plans}, {"plans": plans[::-1]})["title"] == (2, 0, 0)
    assert scored({"plans": plans}, plans[0])["plan"] == (1, 0, 1)


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_reader_agrees_with_himself(sample: Any) -> None:
    gold = json.loads(sample.gold.read_text("utf-8"))
    assert {name for name, counts in scored(gold, gold).items() if counts[1:] != (0, 0)} == set()


def scores(found: int, missed: int) -> Scores:
    sheet = Sheet()
    sheet.fields["title"].add(Tally(found=found, missed=missed))
    return Scores({"a/plan.docx": sheet}, dict(sheet.fields), sheet.total)


def test_floors_only_rise() -> None:
    high = raised(scores(9, 1), {}, lower=None)
    assert high["fields"] == {"title": 0.947}
    assert raised(scores(8, 2), high, lower=None) == high
    assert fallen(scores(8, 2), high) == [
        f"{name}: 0.888, the floor is 0.947"
        for name in ("overall f1", "documents a/plan.docx", "fields title")
    ]


def test_lowering_keeps_its_reason() -> None:
    high = raised(scores(9, 1), {}, lower=None)
    low = raised(scores(8, 2), high, lower="the reader was wrong")
    assert low["fields"] == {"title": 0.888}
    assert low["lowered"][0]["reason"] == "the reader was wrong"
    assert len(low["lowered"][0]["what"]) == 3


def test_a_sample_that_is_gone_is_said() -> None:
    assert len(gone(Scores({}, {}, Tally()), raised(scores(9, 1), {}, lower=None))) == 2
