"""What the user asked of many files."""

from __future__ import annotations

import msgspec


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done."""

    inputs: tuple[str, ...]
    output: str | None = None
    encoding: str | None = None
    dialect: str = "excel"
    lines: bool = False  # --jsonl
    tables: bool = False
    parquet: bool = False
    jobs: int | None = None
    dask: str | None = None
