"""Where the results of many files go: a workbook, a folder of records, lines, tables, a calendar, a report.

A sink says what a worker shall make of a file (`want`), takes the results in order, and in the end
either stands there whole (`finish`) or leaves what was there before.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from extractor.batch.inputs import Entry
from extractor.batch.job import Want, unpack_plans, unpack_rows, unpack_tables
from extractor.batch.mirror import Mirror
from extractor.batch.request import Request
from extractor.batch.running import Ended, reason_of
from extractor.errors import UsageProblem
from extractor.output.atomic import atomic_target, check_free, check_target, write_atomically

if TYPE_CHECKING:
    from extractor.output.to_tables import TablesFolder


class Sink(Protocol):
    want: Want

    def known(self, entry: Entry) -> Ended | None:
        """The result of a file that need not be read again."""

    def take(self, ended: Ended) -> None:
        """One more file, read or not."""

    def finish(self) -> None:
        """All files have been taken."""


class _Plain:
    """A sink that knows nothing from an earlier run and passes over what was not read."""

    def known(self, entry: Entry) -> Ended | None:
        return None

    def take(self, ended: Ended) -> None:
        if ended.error is None:
            self.add(ended)

    def add(self, ended: Ended) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        return


class IntoFolder:
    """`-o FOLDER/`: a JSON a file."""

    want: Want = "json"

    def __init__(self, folder: Path, encoding: str | None) -> None:
        self._mirror = Mirror(folder, encoding=encoding)
        self.known = self._mirror.known

    def take(self, ended: Ended) -> None:
        if ended.error is None:
            self._mirror.write(ended)
        else:
            self._mirror.remember(ended)

    def finish(self) -> None:
        return


class IntoWorkbook(_Plain):
    """`-o district.xlsx`."""

    want: Want = "tables"

    def __init__(self, temporary: Path) -> None:
        from extractor.output.to_xlsx import Workbook

        self.workbook = Workbook(temporary)

    def take(self, ended: Ended) -> None:
        if ended.error is not None:
            self.workbook.summary.unread.append((ended.entry.key, reason_of(ended.error)))
            return
        for tables in unpack_tables(ended.body):
            self.workbook.add(tables)

    def finish(self) -> None:
        self.workbook.finish()


class IntoTables(_Plain):
    """`-o FOLDER/ --tables`: the tables as CSV with a data package; Parquet where it is asked for."""

    want: Want = "tables"

    def __init__(self, tables: TablesFolder) -> None:
        self._tables = tables

    def add(self, ended: Ended) -> None:
        for tables in unpack_tables(ended.body):
            self._tables.add(tables)


class IntoParquet(_Plain):
    """`-o district.parquet`: agenda and activities in one table."""

    want: Want = "work"

    def __init__(self, temporary: Path) -> None:
        from extractor.output.tables import WORK
        from extractor.output.to_parquet import ParquetFile

        self._file = ParquetFile(temporary, WORK)

    def add(self, ended: Ended) -> None:
        self._file.add(unpack_rows(ended.body))

    def finish(self) -> None:
        self._file.close()


class IntoStream(_Plain):
    """Lines of JSON or CSV, one file after another."""

    def __init__(self, stream: IO[bytes], want: Want, head: bytes = b"") -> None:
        self.want = want
        self._stream, self._head = stream, head
        stream.write(head)

    def add(self, ended: Ended) -> None:
        self._stream.write(ended.body[len(self._head) :])

    def finish(self) -> None:
        self._stream.flush()


class IntoOneFile(_Plain):
    """A calendar or a report: made in the end of all plans, which wait packed."""

    want: Want = "record"

    def __init__(self, target: Path) -> None:
        self._target = target
        self._bodies: list[bytes] = []

    def add(self, ended: Ended) -> None:
        self._bodies.append(ended.body)

    def finish(self) -> None:
        plans = (plan for body in self._bodies for plan in unpack_plans(body))
        if self._target.suffix.lower() == ".ics":
            from extractor.output.to_ics import calendar_bytes

            data = calendar_bytes(plans)
        else:
            from extractor.output.to_report import report_bytes

            data = report_bytes(plans)
        write_atomically(self._target, data)


def is_folder(output: str) -> bool:
    """«tables/», or a folder that is there already."""
    return output.endswith(("/", "\\")) or Path(output).is_dir()


def check_place(place: Request) -> None:
    """Raises before the work where its result could not be written."""
    target = None if place.output in (None, "-") else Path(place.output or "")
    if place.parquet and not place.tables:
        raise UsageProblem("Параметр --parquet нужен вместе с --tables; одна таблица: -o район.parquet.")
    if place.tables and place.output in (None, "-"):
        raise UsageProblem("Для --tables нужна папка: укажите её, например -o таблицы/ --tables.")
    if place.lines and place.tables:
        raise UsageProblem("Параметры --jsonl и --tables вместе не бывают: выберите один.")
    if target is None:
        if not place.lines:
            raise UsageProblem(
                "Планов несколько: укажите, куда их записать, например -o район.xlsx или -o папка/ "
                "(а если в имени файла есть пробелы, возьмите его в кавычки)."
            )
        return
    if place.tables or (is_folder(str(place.output)) and not place.lines):
        if target.exists() and not target.is_dir():
            raise UsageProblem(f"«{target}» — файл, а нужна папка: укажите после -o другое имя.")
        return
    check_target(target)
    if not place.lines and target.suffix.lower() not in _FILES:
        raise UsageProblem(
            f"Не понятно, в каком виде записать «{target.name}»: для многих планов бывают "
            f"{', '.join(_FILES)} или папка (с косой чертой в конце: {target.stem}/)."
        )
    check_free(target)


@contextlib.contextmanager
def open_sink(place: Request) -> Iterator[Sink]:
    """The sink for the place; a file is there, whole, when the block has ended well."""
    output = place.output or "-"
    if place.lines and output == "-":
        yield IntoStream(sys.stdout.buffer, "line")
    elif place.tables:
        from extractor.output.to_tables import tables_folder

        with tables_folder(Path(output), dialect=place.dialect, parquet=place.parquet) as tables:
            yield IntoTables(tables)
    elif is_folder(output) and not place.lines:
        yield IntoFolder(Path(output), place.encoding)
    else:
        suffix = ".jsonl" if place.lines else Path(output).suffix.lower()
        with _FILES[suffix](Path(output), place) as sink:
            yield sink


@contextlib.contextmanager
def _workbook(target: Path, place: Request) -> Iterator[Sink]:
    with atomic_target(target) as temporary:
        sink = IntoWorkbook(temporary)
        try:
            yield sink
        except BaseException:
            sink.workbook.abandon()
            raise


@contextlib.contextmanager
def _parquet(target: Path, place: Request) -> Iterator[Sink]:
    with atomic_target(target) as temporary:
        yield IntoParquet(temporary)


@contextlib.contextmanager
def _lines(target: Path, place: Request) -> Iterator[Sink]:
    with atomic_target(target) as temporary, temporary.open("xb") as stream:
        yield IntoStream(stream, "line")
        stream.close()  # before it takes its place: Windows moves no open file


@contextlib.contextmanager
def _csv(target: Path, place: Request) -> Iterator[Sink]:
    from extractor.output.to_csv import csv_head

    with atomic_target(target) as temporary, temporary.open("xb") as stream:
        yield IntoStream(stream, "csv", csv_head(place.dialect))
        stream.close()


@contextlib.contextmanager
def _one_file(target: Path, place: Request) -> Iterator[Sink]:
    yield IntoOneFile(target)


_FILES: dict[str, Callable[[Path, Request], contextlib.AbstractContextManager[Sink]]] = {
    ".xlsx": _workbook,
    ".csv": _csv,
    ".jsonl": _lines,
    ".parquet": _parquet,
    ".ics": _one_file,
    ".docx": _one_file,
}
