"""The JSON Schema (2020-12) of `plan/1` and `plans/1`, made from the model's own types."""

from __future__ import annotations

from typing import Any

import msgspec

from extractor.model.plan import Plan, Plans
from extractor.model.source import Block

SCHEMA_ID = "urn:plan-extractor:schema:plan:1"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_bytes() -> bytes:
    """The schema as the file `schemas/plan.schema.json` holds it."""
    return msgspec.json.format(msgspec.json.encode(json_schema()), indent=2) + b"\n"


def json_schema() -> dict[str, Any]:
    """What every plan.json is valid against; other keys are allowed, since the record may grow."""
    references, definitions = msgspec.json.schema_components((Plan, Plans), ref_template="#/$defs/{name}")
    return {
        "$schema": _DIALECT,
        "$id": SCHEMA_ID,
        "title": "Plan of a methodological association",
        "description": "One plan (plan/1), or a document of several plans (plans/1).",
        "oneOf": list(references),
        "$defs": {name: _exact(name, each) for name, each in definitions.items()},
    }


def _exact(name: str, definition: dict[str, Any]) -> dict[str, Any]:
    """The definition with what msgspec cannot know: which keys are always there, which schema it is.

    Only blocks leave out what they do not have; everything else is written with null, [] and {}.
    """
    fields = {key: _null_last(field) for key, field in definition["properties"].items()}
    if name == Block.__name__:
        return {**definition, "properties": fields, "required": [*definition["required"], "part"]}
    exact = {key: _without_default(key, field) for key, field in fields.items()}
    return {**definition, "properties": exact, "required": list(fields)}


def _without_default(key: str, field: dict[str, Any]) -> dict[str, Any]:
    if key == "schema":
        return {"const": field["default"]}
    return {each: value for each, value in field.items() if each != "default"}


def _null_last(field: dict[str, Any]) -> dict[str, Any]:
    """The choices of a field in an order that does not hang on the version of msgspec."""
    if "anyOf" not in field:
        return field
    return {**field, "anyOf": sorted(field["anyOf"], key=lambda each: each.get("type") == "null")}
