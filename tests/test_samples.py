"""Every sample through the whole pipeline: near the reader's record, grounded, complete, valid."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from extractor.output.schema import json_schema
from extractor.output.to_csv import csv_bytes
from extractor.output.to_json import json_bytes, record_from
from tests import evaluate
from tests.conftest import ROOT
from tests.evaluate import Sample, extracted, fallen, floors, gone, samples, score_all
from tests.grounding import out_of_bounds, plans_of, uncovered, ungrounded

SAMPLES, HELD_OUT = samples(), samples(evaluate.HELD_OUT)
each_sample = pytest.mark.parametrize("sample", [*SAMPLES, *HELD_OUT], ids=lambda sample: sample.name)


def record_of(sample: Sample) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(extracted(sample.document))
    return record


def test_there_are_at_least_ten_samples() -> None:
    assert len({sample.document.parent for sample in SAMPLES}) >= 10


def test_no_score_is_under_its_floor() -> None:
    """`python tests/evaluate.py --errors` shows what is different."""
    scores, floor = score_all(SAMPLES, HELD_OUT), floors()
    assert fallen(scores, floor) + gone(scores, floor) == []


def test_every_sample_has_a_floor() -> None:
    """`python tests/evaluate.py --update` gives it one."""
    for group, found in (("documents", SAMPLES), ("heldout documents", HELD_OUT)):
        assert {sample.name for sample in found} == set(floors().get(group, {}))


def test_readme_has_a_place_for_the_scores() -> None:
    """`make score` fills it."""
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.count(evaluate.BEGIN) == text.count(evaluate.END) == 1


@each_sample
def test_every_text_is_the_letters_it_points_at(sample: Sample) -> None:
    for plan in plans_of(record_of(sample)):
        assert out_of_bounds(plan) == []
        assert ungrounded(plan) == []


@each_sample
def test_every_letter_is_taken_or_residue(sample: Sample) -> None:
    for plan in plans_of(record_of(sample)):
        assert uncovered(plan) == []


@each_sample
def test_record_is_valid(sample: Sample) -> None:
    jsonschema.Draft202012Validator(json_schema()).validate(record_of(sample))


@each_sample
def test_same_bytes_each_time_and_back(sample: Sample) -> None:
    first = extracted(sample.document)
    assert extracted.__wrapped__(sample.document) == first
    assert json_bytes(record_from(first)) == first


@each_sample
def test_table_has_a_row_for_every_item_and_activity(sample: Sample) -> None:
    record = record_from(extracted(sample.document))
    plans = plans_of(record_of(sample))
    meetings = [meeting for plan in plans for meeting in plan["meetings"]]
    expected = sum(len(meeting["agenda"]) or 1 for meeting in meetings)
    expected += sum(len(plan["activities"]) for plan in plans)
    from io import BytesIO

    import pandas

    frame = pandas.read_csv(BytesIO(csv_bytes(record)), sep=";", dtype=str, encoding="utf-8-sig")
    assert len(frame) == expected
