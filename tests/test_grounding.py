"""The checks on records, on a record that keeps to them and on spoilt ones."""

from __future__ import annotations

from typing import Any

from tests.grounding import out_of_bounds, uncovered, ungrounded


def record(**changes: Any) -> dict[str, Any]:
    whole = {
        "title": {"text": "План работы", "at": [{"block": 0, "start": 0, "end": 12}]},
        "blocks": [{"id": 0, "text": "План  работы"}, {"id": 1, "text": "Прочее."}],
        "residue": [{"block": 1, "start": 0, "end": 6}],
        "coverage": 0.625,
    }
    return whole | changes


def test_good_record() -> None:
    assert out_of_bounds(record()) + ungrounded(record()) + uncovered(record()) == []


def test_text_that_is_not_its_letters() -> None:
    title = {"text": "План", "at": [{"block": 0, "start": 0, "end": 12}]}
    assert len(ungrounded(record(title=title))) == 1


def test_text_without_a_place() -> None:
    assert len(ungrounded(record(title={"text": "План", "at": []}))) == 1


def test_record_holds_its_text_among_other_letters() -> None:
    at = [{"block": 0, "start": 0, "end": 12}, {"block": 1, "start": 0, "end": 7}]
    assert ungrounded(record(meetings=[{"text": "План работы", "at": at}])) == []
    assert len(ungrounded(record(meetings=[{"text": "Планы", "at": at}]))) == 1
    assert len(ungrounded(record(title={"text": "План работы", "at": at}))) == 1


def test_span_behind_the_end() -> None:
    assert len(out_of_bounds(record(residue=[{"block": 1, "start": 0, "end": 99}]))) == 1
    assert len(out_of_bounds(record(residue=[{"block": 7, "start": 0, "end": 1}]))) == 1


def test_lost_letters() -> None:
    assert any("lost" in line for line in uncovered(record(residue=[])))


def test_letters_counted_twice() -> None:
    residue = [{"block": 1, "start": 0, "end": 6}, {"block": 0, "start": 0, "end": 4}]
    assert any("both" in line for line in uncovered(record(residue=residue)))


def test_wrong_coverage() -> None:
    assert any("coverage" in line for line in uncovered(record(coverage=1.0)))


def test_remark_may_be_about_residue() -> None:
    remark = {"code": "low-coverage", "at": [{"block": 1, "start": 0, "end": 6}]}
    assert uncovered(record(diagnostics=[remark])) == []
