"""A table as a Parquet file, written in portions: days are dates, counts are whole numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from extractor.errors import UsageProblem
from extractor.model.plan import Plan, Plans
from extractor.output.cells import Cell
from extractor.output.rows import Table, rows
from extractor.output.tables import WORK
from extractor.output.typed import kind_of

_PORTION = 20_000  # rows of a row group


def parquet_bytes(plan: Plan | Plans) -> bytes:
    """Agenda and activities of one document in one table, as in the single-file CSV."""
    stream = io.BytesIO()
    file = ParquetFile(stream, WORK)
    file.add(rows(WORK, plan))
    file.close()
    return stream.getvalue()


class ParquetFile:
    """A file that grows; `first` are columns of text before those of the table."""

    def __init__(self, target: Path | BinaryIO, table: Table, *, first: Sequence[str] = ()) -> None:
        pyarrow = _pyarrow()
        types = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64()}
        types["date"] = pyarrow.date32()
        names = [*((each, "string") for each in first), *((each, kind_of(each)) for each in table.headings)]
        self._schema = pyarrow.schema([(name, types[kind]) for name, kind in names])
        self._pyarrow = pyarrow
        place = str(target) if isinstance(target, Path) else target
        self._writer = pyarrow.parquet.ParquetWriter(place, self._schema, compression="zstd")
        self._waiting: list[Sequence[Cell]] = []

    def add(self, more: Iterable[Sequence[Cell]]) -> None:
        self._waiting.extend(more)
        if len(self._waiting) >= _PORTION:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        columns = zip(*self._waiting, strict=True) if self._waiting else ((),) * len(self._schema)
        arrays = [
            self._pyarrow.array([_clean(cell) for cell in column], type=field.type)
            for column, field in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_table(self._pyarrow.Table.from_arrays(arrays, schema=self._schema))
        self._waiting.clear()


def _clean(cell: Cell) -> Cell:
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageProblem("Для .parquet нужен пакет pyarrow: pip install pyarrow — и повторите.") from error
    return pyarrow
