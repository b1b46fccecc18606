"""A draft has the shape of the samples' records, and never takes the place of one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.pipeline import extract_file
from tests.conftest import ROOT
from tests.draft_gold import KEPT, doubts, draft, write_draft
from tests.evaluate import HELD_OUT, samples
from tests.scoring import Sheet, score_document

PLAN = ROOT / "samples/librarians-2019/plan.docx"
READ = samples() + samples(HELD_OUT)


def test_a_draft_is_scored_as_a_record() -> None:
    """What the program read agrees with itself: nothing that is scored is lost on the way."""
    record = extract_file(PLAN)
    sheet = Sheet()
    score_document(sheet, draft(record), json.loads(extract_json(PLAN)))
    assert sheet.total.f1 == 1.0
    assert sheet.total.found > 50


def extract_json(path: Path) -> bytes:
    from extractor.output.to_json import json_bytes

    return json_bytes(extract_file(path))


def keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if isinstance(value, dict):
        return set(value).union(*(keys(each) for name, each in value.items() if name != "extra"))
    return set()


def test_a_draft_has_the_keys_of_the_samples() -> None:
    known = set().union(*(keys(json.loads(sample.gold.read_text("utf-8"))) for sample in READ))
    assert {name for names in KEPT.values() for name in names} <= known
    assert keys(draft(extract_file(PLAN))) <= known


def test_an_existing_record_is_never_overwritten(tmp_path: Path) -> None:
    document = tmp_path / "plan.docx"
    document.write_bytes(PLAN.read_bytes())
    gold = document.with_name("plan.gold.json")
    gold.write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        write_draft(document, extract_file(document))
    assert gold.read_text("utf-8") == "mine"


def test_the_command_writes_and_says_what_to_check(tmp_path: Path) -> None:
    document = Path(shutil.copy(PLAN, tmp_path / "plan.docx"))
    command = [sys.executable, str(ROOT / "tests/draft_gold.py"), str(document), "--no-open"]
    first, second = (subprocess.run(command, capture_output=True, check=False) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 1)
    assert "Черновик" in first.stdout.decode("utf-8")
    assert "уже есть" in second.stderr.decode("utf-8")
    assert "title" in json.loads(document.with_name("plan.gold.json").read_text("utf-8"))


def test_what_nothing_took_is_named() -> None:
    from tests.documents import titled

    plan = titled("Цель: рост.", "", "", "Погода в горах переменчива, поэтому вещи берут с собой тёплые.")
    assert any("Погода в горах" in line for line in doubts(plan))
