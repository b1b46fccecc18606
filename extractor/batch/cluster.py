"""The same work on a Dask cluster: the bytes of a file go there, the answer comes back.

`--dask tcp://head:8786` uses a cluster that runs (`dask scheduler`, `dask worker`), `--dask local` starts
one on this machine. Each machine reads in worker processes of its own, with the same limits. What a
machine had in hand when it went away is done by another one.
"""

from __future__ import annotations

import contextlib
import logging
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor import __version__, errors
from extractor.batch.inputs import Entry
from extractor.batch.job import JOB
from extractor.batch.mirror import reader_digest
from extractor.batch.running import Manner, Raw, Runner, bytes_of, default_jobs, short_name
from extractor.errors import ExtractorError, UsageProblem, WorkerDied
from extractor.worker.pool import Task, WorkerPool

_AHEAD = 3  # files for each thread of the cluster that are on their way
_SECONDS = 15  # to find the cluster
Answer = tuple[bytes, str, str]  # the result, or the class and the words of an error


def cluster_runner(address: str, jobs: int | None) -> Runner:
    """Reads on the cluster at this address. Raises UsageProblem where it is not there."""

    @contextlib.contextmanager
    def run(entries: list[Entry], manner: Manner) -> Iterator[Iterator[Raw]]:
        with _client(address, jobs) as client:
            _check_version(client)
            yield _answers(client, entries, manner)

    return run


@contextlib.contextmanager
def _client(address: str, jobs: int | None) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise UsageProblem('Для --dask нужен пакет dask: pip install "plan-extractor[dask]".') from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        place: Any = address
        if address == "local":
            place = LocalCluster(
                n_workers=jobs or default_jobs(),
                threads_per_worker=1,
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
            stack.enter_context(place)
        try:
            client = stack.enter_context(Client(place, timeout=_SECONDS))
        except (OSError, ValueError) as error:
            raise UsageProblem(
                f"Кластер Dask по адресу «{address}» не отвечает: проверьте адрес (tcp://имя:8786) и сеть."
            ) from error
        yield client


def _check_version(client: Any) -> None:
    """All must read alike: the same program and the same words."""
    here = version_here()
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
        there = client.run(version_here)
    except TimeoutError as error:
        raise UsageProblem("В кластере Dask нет ни одного работника: запустите dask worker.") from error
    except Exception as error:
        raise UsageProblem(
            f"На машинах кластера нет программы extract: поставьте там ту же версию ({__version__})."
        ) from error
    for machine, version in there.items():
        if version != here:
            raise UsageProblem(
                f"На машине {machine} другая версия программы или словаря: поставьте {__version__}."
            )


def version_here() -> str:
    return f"{__version__} {reader_digest(None)}"


def _answers(client: Any, entries: list[Entry], manner: Manner) -> Iterator[Raw]:
    from distributed import as_completed

    numbers: dict[str, int] = {}
    waiting = iter(enumerate(entries))
    threads = sum(client.nthreads().values()) or 1
    under_way = as_completed()

    def send_next() -> Raw | None:
        """Sends one file; or says why it cannot even be sent."""
        number, entry = next(waiting, (None, None))
        if number is None or entry is None:
            return None
        try:
            data = bytes_of(entry)
        except ExtractorError as error:
            return Raw(number, b"", error)
        future = client.submit(
            read_there,
            data,
            entry.name,
            dict(manner.options(entry)),
            key=f"plan-{number}-{id(waiting)}",
            pure=False,
        )
        numbers[future.key] = number
        under_way.add(future)
        return None

    def fill() -> Iterator[Raw]:
        while len(numbers) < threads * _AHEAD:
            before = len(numbers)
            unsent = send_next()
            if unsent is not None:
                yield unsent
            elif len(numbers) == before:
                return

    yield from fill()
    while numbers:
        future = next(under_way)
        number = numbers.pop(future.key)
        yield _raw(number, entries[number], future)
        future.release()
        yield from fill()


def _raw(number: int, entry: Entry, future: Any) -> Raw:
    try:
        result, name, words = future.result()
    except Exception as error:
        died = WorkerDied(f"Чтение файла «{entry.name}» на кластере прервалось ({type(error).__name__}).")
        return Raw(number, b"", died)
    return Raw(number, result, as_error(name, words) if name else None)


def as_error(name: str, words: str) -> Exception:
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, ExtractorError):
        return kind(words)
    return RuntimeError(f"{name}: {words}")


_pools = threading.local()


def read_there(data: bytes, name: str, options: dict[str, Any]) -> Answer:
    """Runs on a machine of the cluster: the file is read in a worker process that lives on for the next."""
    if not hasattr(_pools, "pool"):
        _pools.pool = WorkerPool(1, JOB)
    with tempfile.TemporaryDirectory(prefix="extract-") as folder:
        path = Path(folder, short_name(name))
        path.write_bytes(data)
        done = next(iter(list(_pools.pool.run([Task(0, path, options)]))))
    if done.error is None:
        return done.result, "", ""
    return b"", type(done.error).__name__, str(done.error)
