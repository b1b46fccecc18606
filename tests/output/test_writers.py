"""The writer contract, over every line of `WRITERS`; and the JSON writer by itself."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from extractor.errors import UsageProblem
from extractor.model.plan import Plan, Plans
from extractor.output import WRITERS, Options, write_plan, writer_for
from extractor.output.to_json import json_bytes, record_from

SUFFIXES = sorted(WRITERS)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_writer_gives_the_same_bytes_and_leaves_the_plan_alone(plan: Plan, suffix: str) -> None:
    before = msgspec.json.encode(plan)
    assert WRITERS[suffix](plan, Options()) == WRITERS[suffix](plan, Options())
    assert msgspec.json.encode(plan) == before


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_writer_takes_several_plans(plan: Plan, suffix: str) -> None:
    assert WRITERS[suffix](Plans(source=plan.source, plans=(plan, plan)), Options())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_writer_takes_an_empty_plan(plan: Plan, suffix: str) -> None:
    assert WRITERS[suffix](Plan(source=plan.source), Options())


@pytest.mark.parametrize("suffix", [*SUFFIXES, *(each.upper() for each in SUFFIXES)])
def test_suffix_picks_the_writer(plan: Plan, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"Мой план{suffix}"
    write_plan(plan, target)
    assert target.read_bytes() == WRITERS[suffix.lower()](plan, Options())


@pytest.mark.parametrize("name", ["plan.pdf", "plan", ".json"])
def test_unknown_suffix_names_the_known_ones(name: str) -> None:
    with pytest.raises(UsageProblem, match=r"\.json, \.csv"):
        writer_for(Path(name))


def test_json_is_utf8_with_every_field_and_a_newline(plan: Plan) -> None:
    data = json_bytes(plan)
    assert data.endswith(b"}\n")
    assert "Заседание РМО".encode() in data
    record = json.loads(data)
    assert list(record) == [field.encode_name for field in msgspec.structs.fields(Plan)]
    assert record["calendar_year"] is None
    assert record["approvals"] == []
    assert record["activities"][0]["extra"] == {"Примечание": "уточнить"}


def test_blocks_always_say_id_kind_text_and_part(plan: Plan) -> None:
    blocks = json.loads(json_bytes(plan))["blocks"]
    assert blocks[0] == {"id": 0, "kind": "paragraph", "text": plan.blocks[0].text, "part": "body"}


def test_json_comes_back_as_the_same_record(plan: Plan) -> None:
    both = Plans(source=plan.source, plans=(plan, plan))
    assert record_from(json_bytes(plan)) == plan
    assert record_from(json_bytes(both)) == both


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"schema": "plan/9"}', b'{"schema": "plan/1"}', b"\xff"]
)
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        record_from(data)


def test_file_name_that_is_no_utf8(plan: Plan) -> None:
    source = msgspec.structs.replace(plan.source, name="план\udc80.docx")
    data = json_bytes(msgspec.structs.replace(plan, source=source))
    assert json.loads(data)["source"]["name"] == "план?.docx"
