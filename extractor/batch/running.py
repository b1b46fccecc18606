"""Files → what became of each, in the order of their names, on this machine or on a cluster.

Workers finish in any order. What is early waits, in memory at first and then in a temporary file, so
that one slow scan does not fill the memory with a thousand quick plans.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from extractor.batch.inputs import Entry
from extractor.batch.job import JOB, Note, Options, Product, Want
from extractor.errors import ExtractorError, NotAFile
from extractor.worker.pool import Task, WorkerPool

_IN_MEMORY = 64  # early results; the others wait on the disk


class Ended(NamedTuple):
    """What became of a file: a note and the body that the sink wanted, or an error."""

    entry: Entry
    note: Note | None
    body: bytes
    error: Exception | None


def reason_of(error: Exception | None) -> str:
    """Why a file was not read, in one Russian sentence."""
    if isinstance(error, ExtractorError):
        return str(error)
    return f"Внутренняя ошибка программы ({error!r}): запустите этот файл один с --debug и пришлите то, что выйдет."


class Manner(NamedTuple):
    """How files are to be read."""

    want: Want
    encoding: str | None = None
    dialect: str = "excel"

    def options(self, entry: Entry) -> Options:
        return Options(
            want=self.want, file=entry.key, name=entry.name, encoding=self.encoding, dialect=self.dialect
        )


class Raw(NamedTuple):
    """The answer of a worker about the entry of this number."""

    number: int
    answer: bytes
    error: Exception | None


class Runner(Protocol):
    """Reads files somewhere and says what became of each as soon as it is known."""

    def __call__(
        self, entries: list[Entry], manner: Manner
    ) -> contextlib.AbstractContextManager[Iterator[Raw]]: ...


def read_in_order(
    entries: list[Entry], manner: Manner, runner: Runner, *, seen: Callable[[], None] = lambda: None
) -> Iterator[Ended]:
    """What became of each entry, in order; `seen` is called whenever one more is known."""
    with runner(entries, manner) as answers, _Waiting() as waiting:
        following = 0
        for number, answer, error in answers:
            seen()
            waiting.put(number, answer, error)
            while following in waiting:
                yield _ended(entries[following], *waiting.take(following))
                following += 1


def _ended(entry: Entry, answer: bytes, error: Exception | None) -> Ended:
    if error is not None:
        return Ended(entry, None, b"", error)
    product = msgspec.msgpack.decode(answer, type=Product)
    return Ended(entry, product.note, product.body, None)


class _Waiting:
    """Results whose turn has not come."""

    def __init__(self) -> None:
        self._here: dict[int, bytes] = {}
        self._there: dict[int, tuple[int, int]] = {}
        self._errors: dict[int, Exception | None] = {}
        self._file = tempfile.TemporaryFile()  # noqa: SIM115

    def __enter__(self) -> _Waiting:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()

    def __contains__(self, number: int) -> bool:
        return number in self._errors

    def put(self, number: int, answer: bytes, error: Exception | None) -> None:
        self._errors[number] = error
        if len(self._here) < _IN_MEMORY:
            self._here[number] = answer
        else:
            self._there[number] = (self._file.seek(0, 2), len(answer))
            self._file.write(answer)

    def take(self, number: int) -> tuple[bytes, Exception | None]:
        error = self._errors.pop(number)
        if number in self._here:
            return self._here.pop(number), error
        offset, size = self._there.pop(number)
        self._file.seek(offset)
        return self._file.read(size), error


def local_runner(jobs: int) -> Runner:
    """Worker processes on this machine, each within the limits of memory and time."""

    @contextlib.contextmanager
    def run(entries: list[Entry], manner: Manner) -> Iterator[Iterator[Raw]]:
        count = min(jobs, len(entries))
        with tempfile.TemporaryDirectory(prefix="extract-") as folder, WorkerPool(count, JOB) as pool:
            yield _Desk(Path(folder)).answers(pool, entries, manner)

    return run


class _Desk:
    """Puts what lies in archives and remote folders where a worker finds it, and takes it away again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._failed: list[Raw] = []

    def answers(self, pool: WorkerPool, entries: list[Entry], manner: Manner) -> Iterator[Raw]:
        for done in pool.run(self._tasks(entries, manner)):
            yield from self._take_failed()
            shutil.rmtree(self._folder / str(done.key), ignore_errors=True)
            yield Raw(done.key, done.result, done.error)
        yield from self._take_failed()

    def _tasks(self, entries: list[Entry], manner: Manner) -> Iterator[Task]:
        for number, entry in enumerate(entries):
            try:
                path = entry.path if entry.load is None else self._unpacked(number, entry)
            except ExtractorError as error:
                self._failed.append(Raw(number, b"", error))
            else:
                yield Task(number, path, {**manner.options(entry)})

    def _unpacked(self, number: int, entry: Entry) -> Path:
        data = bytes_of(entry)
        place = self._folder / str(number)
        place.mkdir()
        path = place / short_name(entry.name)
        path.write_bytes(data)
        return path

    def _take_failed(self) -> Iterable[Raw]:
        failed, self._failed = self._failed, []
        return failed


def bytes_of(entry: Entry) -> bytes:
    """The file itself, wherever it lies. Raises ExtractorError."""
    if entry.load is not None:
        return entry.load()
    try:
        return entry.path.read_bytes()
    except OSError as error:
        raise NotAFile(f"Файл «{entry.key}» не открывается: проверьте права на него.") from error


def short_name(name: str) -> str:
    """The name, cut so that a temporary folder can hold it; the suffix stays."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[:60]}{dot}{suffix[:12]}" if dot else name[:60]


def default_jobs() -> int:
    """One worker for each processor that this process may use."""
    import os

    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1
