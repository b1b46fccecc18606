"""The JSON Schema: generated, up to date, true of what is written and false of what is not."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from extractor.model.plan import Plan, Plans
from extractor.output.schema import json_schema, schema_bytes
from extractor.output.to_json import json_bytes
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_file_is_up_to_date() -> None:
    stored = (ROOT / "schemas" / "plan.schema.json").read_bytes().replace(b"\r\n", b"\n")
    assert stored == schema_bytes(), "stale: run `make schema`"


def test_written_records_are_valid(plan: Plan, validator: jsonschema.Draft202012Validator) -> None:
    for record in (plan, Plan(source=plan.source), Plans(source=plan.source, plans=(plan, plan))):
        validator.validate(json.loads(json_bytes(record)))


def spoilt(record: dict[str, Any], how: str) -> dict[str, Any]:
    match how:
        case "no schema":
            del record["schema"]
        case "other schema":
            record["schema"] = "plan/2"
        case "no meetings":
            del record["meetings"]
        case "number as text":
            record["meetings"][0]["number"] = "1"
        case "span without end":
            del record["title"]["at"][0]["end"]
        case "block without part":
            del record["blocks"][0]["part"]
    return record


@pytest.mark.parametrize(
    "how",
    ["no schema", "other schema", "no meetings", "number as text", "span without end", "block without part"],
)
def test_other_records_are_not(plan: Plan, validator: jsonschema.Draft202012Validator, how: str) -> None:
    assert not validator.is_valid(spoilt(json.loads(json_bytes(plan)), how))


def test_record_may_grow(plan: Plan, validator: jsonschema.Draft202012Validator) -> None:
    record = json.loads(json_bytes(plan))
    record["meetings"][0]["new"] = 1
    assert validator.is_valid(record)
