"""Worker processes that stay alive for many files; each death costs one file, and a new one takes over."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from extractor.errors import WorkerDied
from extractor.worker import EXTRACT
from extractor.worker.limits import WorkLimits
from extractor.worker.parent import Worker, start_worker
from extractor.worker.wire import Options

_TICK = 0.5  # seconds between two looks at the keyboard: on Windows a waiting lock hears no Ctrl-C
# how a worker ends that somebody else killed: its file need not be to blame
_OUTSIDE = () if sys.platform == "win32" else (-signal.SIGKILL, -signal.SIGTERM, 1)


class Task(NamedTuple):
    """One file to do; `key` comes back with its result."""

    key: Any
    path: Path
    options: Options = {}


class Done(NamedTuple):
    """What became of a task: the bytes that the job returned, or the error that it raised."""

    key: Any
    result: bytes
    error: Exception | None


class WorkerPool:
    """`count` worker processes for one job (see `extractor.worker`). Closing it ends them all.

        with WorkerPool(2) as pool:
            for key, result, error in pool.run(tasks):
                …

    Workers are new interpreters, not forks: handles of PDF and OCR libraries do not cross a fork.
    """

    def __init__(self, count: int, job: str = EXTRACT, *, limits: WorkLimits | None = None) -> None:
        self._count, self._job = max(1, count), job
        self._limits = limits or WorkLimits.from_environment()
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Done] = queue.SimpleQueue()
        self._workers: set[Worker] = set()
        self._threads: list[threading.Thread] = []
        self._closed = threading.Event()

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """What became of each task, in the order in which they finish.

        Tasks are taken as workers become free: the iterable may be endless. A run that is left early
        closes the pool.
        """
        self._start()
        waiting, under_way, finished = iter(tasks), 0, False
        try:
            while True:
                while not finished and under_way < 2 * self._count:
                    task = next(waiting, None)
                    if task is None:
                        finished = True
                    else:
                        self._tasks.put(task)
                        under_way += 1
                if under_way == 0:
                    break
                done = self._next()
                under_way -= 1
                yield done
        finally:
            if under_way:
                self.close()

    def close(self) -> None:
        """Ends every worker, in the middle of its file where need be."""
        self._closed.set()
        for _ in self._threads:
            self._tasks.put(None)
        for worker in list(self._workers):
            if sys.platform != "win32":
                with suppress(OSError):
                    os.kill(worker.pid, signal.SIGTERM)  # to all at once, then wait for each
        for worker in list(self._workers):
            worker.close()
        for thread in self._threads:
            thread.join()

    def _start(self) -> None:
        if self._closed.is_set():
            raise ValueError("the pool is closed")
        while len(self._threads) < self._count:
            thread = threading.Thread(target=self._work, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _next(self) -> Done:
        while True:
            with suppress(queue.Empty):
                return self._done.get(timeout=_TICK)

    def _work(self) -> None:
        """Does tasks in one worker after the other. They live no longer than this thread (PDEATHSIG)."""
        slot = _Slot(self._job, self._limits, self._workers, self._closed)
        try:
            while (task := self._tasks.get()) is not None and not self._closed.is_set():
                self._done.put(slot.do(task))
        finally:
            slot.end()


class _Slot:
    """A place for one worker at a time; `workers` always holds all that are alive."""

    def __init__(self, job: str, limits: WorkLimits, workers: set[Worker], closed: threading.Event) -> None:
        self._job, self._limits, self._workers, self._closed = job, limits, workers, closed
        self._worker: Worker | None = None

    def do(self, task: Task) -> Done:
        """What became of the task; once more where somebody from outside killed its worker."""
        for again in (True, False):
            try:
                return Done(task.key, self._ask(task), None)
            except Exception as error:
                died = isinstance(error, WorkerDied | BrokenPipeError)
                status = self.end() if died else None
                outside = isinstance(error, BrokenPipeError) or status in _OUTSIDE
                if not (again and died and outside) or self._closed.is_set():
                    return Done(task.key, b"", error)
            finally:
                if self._worker is not None and self._worker.tired:
                    self.end()
        raise AssertionError("unreachable")

    def end(self) -> int | None:
        """How the worker ended that is or was here."""
        worker, self._worker = self._worker, None
        if worker is None:
            return None
        self._workers.discard(worker)
        return worker.close()

    def _ask(self, task: Task) -> bytes:
        if self._worker is None:
            self._worker = start_worker(self._limits)
            self._workers.add(self._worker)
            if self._closed.is_set():
                raise BrokenPipeError
        self._worker.send(self._job, task.path, task.options)
        return self._worker.receive(task.path)
