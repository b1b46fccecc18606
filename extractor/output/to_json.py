"""Plan → plan.json: UTF-8, one space of indent, a newline at the end; the same bytes each time."""

from __future__ import annotations

import json

import msgspec

from extractor.model.plan import Plan, Plans


def json_bytes(plan: Plan | Plans) -> bytes:
    """The record as JSON. Keys stand in the order of the types; null, [] and {} are written out.

    Only blocks leave out what they do not have (a paragraph has no row). A lone surrogate (a file
    name that is no UTF-8) becomes «?», since JSON in UTF-8 cannot hold it.
    """
    try:
        compact = msgspec.json.encode(plan)
    except UnicodeEncodeError:
        text = json.dumps(msgspec.to_builtins(plan), ensure_ascii=False)
        compact = text.encode("utf-8", "replace")
    return msgspec.json.format(compact, indent=1) + b"\n"


def record_from(data: bytes) -> Plan | Plans:
    """The record that `json_bytes` wrote; raises `msgspec.DecodeError` for anything else."""
    schema = msgspec.json.decode(data, type=_Schema).schema
    if schema == "plan/1":
        return msgspec.json.decode(data, type=Plan)
    if schema == "plans/1":
        return msgspec.json.decode(data, type=Plans)
    raise msgspec.ValidationError(f"unknown schema {schema!r}")


class _Schema(msgspec.Struct, frozen=True):
    schema: str
