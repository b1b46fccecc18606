"""Plan → file. A writer turns a record into all the bytes of a file; nothing else touches the disk.

    WRITERS[".json"](plan, Options()) → b'{"schema": "plan/1", …}\\n'

The suffix of the output picks the writer. A writer never alters its input, gives the same bytes for
the same record, and imports what is heavy inside itself. To add a format: `to_X.py` and its line in
`WRITERS`; `tests/output/test_writers.py` runs over the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from extractor.errors import UsageProblem
from extractor.model.plan import Plan, Plans
from extractor.output.atomic import write_atomically
from extractor.output.to_csv import csv_bytes
from extractor.output.to_ics import ics_bytes
from extractor.output.to_json import json_bytes
from extractor.output.to_parquet import parquet_bytes
from extractor.output.to_report import docx_bytes
from extractor.output.to_xlsx import xlsx_bytes

CsvDialect = Literal["excel", "machine"]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a user may choose about the form of a file."""

    csv_dialect: CsvDialect = "excel"


Writer = Callable[[Plan | Plans, Options], bytes]

WRITERS: Mapping[str, Writer] = {
    ".json": lambda plan, options: json_bytes(plan),
    ".csv": lambda plan, options: csv_bytes(plan, dialect=options.csv_dialect),
    ".xlsx": lambda plan, options: xlsx_bytes(plan),
    ".docx": lambda plan, options: docx_bytes(plan),
    ".ics": lambda plan, options: ics_bytes(plan),
    ".parquet": lambda plan, options: parquet_bytes(plan),
}


def writer_for(path: Path) -> Writer:
    """The writer that the suffix of `path` picks; `UsageProblem` names the known ones."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageProblem(
            f"Не понятно, в каком виде записать «{path.name}»: вид выбирается по окончанию имени, "
            f"известны {', '.join(WRITERS)}."
        )
    return writer


def write_plan(plan: Plan | Plans, path: str | Path, *, csv_dialect: CsvDialect = "excel") -> None:
    """Writes the whole file or leaves what was there; raises `UsageProblem` or `OutputProblem`."""
    target = Path(path)
    writer = writer_for(target)
    write_atomically(target, writer(plan, Options(csv_dialect=csv_dialect)))
