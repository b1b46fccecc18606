"""The parent's side: a worker process, how it is started, asked, waited for and ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from extractor.errors import ExtractorError
from extractor.worker.child import become_worker, debugging, do_job, kill_descendants, limit_memory
from extractor.worker.limits import WorkLimits
from extractor.worker.wire import Answer, Options, as_error, died, read_frame, too_late, write_frame

FORKS = sys.platform == "linux"  # elsewhere the system's own libraries do not survive a fork
_GRACE = 1.0  # seconds that a worker gets to take its children and temporary files along
_OWN_GROUP = 0x200 if sys.platform == "win32" else 0  # CREATE_NEW_PROCESS_GROUP: Ctrl-C is the parent's
_STARTER = "import sys; sys.path[:] = sys.argv[1:]; from extractor.worker.child import serve; serve()"


class Worker:
    """A worker process as its parent sees it. Closing it kills it and everything it started."""

    def __init__(self, pid: int, limits: WorkLimits, answers: IO[bytes]) -> None:
        self.pid, self.limits, self.tired = pid, limits, False
        self._answers = answers
        self._tasks: IO[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._ended: int | None = None  # how a fork ended
        self._late = self._closed = False
        self._closing = threading.Lock()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def send(self, job: str, path: Path, options: Options) -> None:
        """Raises BrokenPipeError where the worker is no more."""
        assert self._tasks is not None
        write_frame(self._tasks, json.dumps([job, os.fspath(path), dict(options)]).encode())

    def receive(self, path: Path) -> bytes:
        """The result for the file last sent. Waits no longer than the limit of wall time."""
        timer = threading.Timer(self.limits.seconds, self._end_late)
        timer.daemon = True
        timer.start()
        try:
            head = read_frame(self._answers)
            result = read_frame(self._answers) if head is not None else None
        finally:
            timer.cancel()
        if head is None or result is None:
            self.tired = True
            raise self._obituary(path)
        answer = msgspec.json.decode(head, type=Answer)
        self.tired = answer.tired
        if answer.error:
            raise as_error(answer, path, self.limits)
        return result

    def close(self) -> int | None:
        """How the process ended: an exit code, or a signal's number below zero; None where nobody knows."""
        with self._closing:
            if self._closed:
                return self._status()
            self._closed = True
            kill_tree(self.pid, self._is_alive)
            for stream in (self._tasks, self._answers):
                with suppress(OSError, ValueError):
                    if stream is not None:
                        stream.close()
            return self._status()

    def _obituary(self, path: Path) -> ExtractorError:
        if self._late:
            return too_late(path, self.limits)
        status = self._wait()
        if status is not None and hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU:
            return too_late(path, self.limits)
        return died(path, status)

    def _wait(self) -> int | None:
        """How a process ended whose pipe is closed: it is dying or dead."""
        pause = threading.Event()
        for _ in range(int(_GRACE / 0.002)):
            if not self._is_alive():
                break
            pause.wait(0.002)
        return self._status()

    def _end_late(self) -> None:
        self._late = True
        with self._closing:
            if not self._closed:
                kill_tree(self.pid, self._is_alive)

    def _is_alive(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        with suppress(ChildProcessError):
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid == 0:
                return True
            self._ended = os.waitstatus_to_exitcode(status)
        return False

    def _status(self) -> int | None:
        return self._process.returncode if self._process is not None else self._ended


def start_worker(limits: WorkLimits) -> Worker:
    """A new interpreter that waits for tasks. It finds its modules where this process does."""
    places = [place or str(Path.cwd()) for place in sys.path]
    command = [sys.executable, "-P", "-c", _STARTER, *places]
    words_to = None if debugging() else subprocess.DEVNULL
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=words_to,
        env=_environment_for(limits),
        start_new_session=True,
        creationflags=_OWN_GROUP,
    )
    assert process.stdin is not None and process.stdout is not None
    worker = Worker(process.pid, limits, process.stdout)
    worker._tasks, worker._process = process.stdin, process
    return worker


def fork_worker(job: str, path: Path, options: Options, limits: WorkLimits) -> Worker:
    """A copy of this process that does one job. Only where no other thread runs (Linux)."""
    ready, answers = os.pipe()
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(ready)
            os.setsid()
            become_worker(parent)
            limit_memory(limits)
            with os.fdopen(answers, "wb") as stream:
                do_job(job, path, options, limits, stream)
        finally:
            os._exit(0)
    os.close(answers)
    return Worker(pid, limits, os.fdopen(ready, "rb"))


def kill_tree(pid: int, is_alive: Callable[[], bool]) -> None:
    """Ends the process and all below it: asked first, so that it can clean up, then killed."""
    if not is_alive():
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(pid)], capture_output=True, check=False)
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    pause = threading.Event()
    for _ in range(int(_GRACE / 0.002)):
        if not is_alive():
            return
        pause.wait(0.002)
    with suppress(OSError):
        os.kill(pid, signal.SIGSTOP)  # it starts nothing while its children are counted
        kill_descendants(pid)
        os.kill(pid, signal.SIGKILL)
    while is_alive():
        pause.wait(0.005)


def _environment_for(limits: WorkLimits) -> dict[str, str]:
    return os.environ | {"EXTRACT_WORK_LIMITS": msgspec.json.encode(limits).decode()}
