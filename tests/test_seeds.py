"""The plans that the project was started from, where they lie beside it; they are no part of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.evaluate import extracted
from tests.grounding import out_of_bounds, plans_of, uncovered, ungrounded
from tests.scoring import Sheet, Tally, score_document

SHARED = ROOT.parent / "shared"
GOLD = sorted((SHARED / "gold").glob("*.json"))
OVERALL = {"docx": 0.97, "txt": 0.93}
DOCUMENT = {"docx": 0.95, "txt": 0.0}

pytestmark = pytest.mark.skipif(
    not GOLD, reason="the folder `shared` with the seeds is not beside the project"
)


@pytest.mark.parametrize("form", sorted(OVERALL))
def test_seeds_are_read_well(form: str) -> None:
    overall = Tally()
    for gold in GOLD:
        sheet = Sheet()
        record = json.loads(extracted(SHARED / "seeds" / f"{gold.stem}.{form}"))
        score_document(sheet, json.loads(gold.read_text("utf-8")), record)
        assert sheet.total.f1 >= DOCUMENT[form], gold.stem
        overall.add(sheet.total)
    assert overall.f1 >= OVERALL[form]


@pytest.mark.parametrize("form", sorted(OVERALL))
@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_seeds_are_grounded_and_complete(gold: Path, form: str) -> None:
    for plan in plans_of(json.loads(extracted(SHARED / "seeds" / f"{gold.stem}.{form}"))):
        assert out_of_bounds(plan) + ungrounded(plan) + uncovered(plan) == []
