"""The worker's side: limits on, standard streams off, one job after the other."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, NoReturn

import msgspec

from extractor.errors import ExtractorError
from extractor.worker.limits import WorkLimits
from extractor.worker.wire import Answer, Options, read_frame, write_frame

_PR_SET_PDEATHSIG = 1
_USUAL = 250 << 20  # bytes of address space of a program that has read nothing yet: part of the limit
_GRACE = 2.0  # seconds that the parent has to end the worker before the alarm does


def serve() -> NoReturn:
    """Does the jobs that come in until the parent closes the pipe or is no more."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    limits = msgspec.json.decode(os.environ.pop("EXTRACT_WORK_LIMITS", "{}"), type=WorkLimits)
    become_worker(os.getppid())
    limit_memory(limits)
    count = 0
    with suppress(OSError, KeyboardInterrupt):
        while (task := read_frame(tasks)) is not None:
            job, name, options = json.loads(task)
            count += 1
            do_job(job, Path(name), options, limits, answers, count)
    os._exit(0)


def do_job(
    job: str, path: Path, options: Options, limits: WorkLimits, answers: IO[bytes], count: int = 0
) -> None:
    """Does the job within the limits and writes two frames: what happened, and the result."""
    result = b""
    _wind_clocks(limits)
    try:
        module, _, function = job.partition(":")
        result = getattr(importlib.import_module(module), function)(path, options)
        answer = Answer()
    except Exception as error:
        answer = _about(error)
    _stop_clock()
    tired = answer.error == MemoryError.__name__ or count >= limits.files or _peak() > limits.kept_bytes
    write_frame(answers, msgspec.json.encode(msgspec.structs.replace(answer, tired=tired)))
    write_frame(answers, result)


def _about(error: Exception) -> Answer:
    if isinstance(error, ExtractorError):
        return Answer(type(error).__name__, _clean(str(error)))
    if isinstance(error, MemoryError):
        return Answer(MemoryError.__name__)
    import traceback

    trace = "".join(traceback.format_exception(error, limit=-40))
    return Answer(type(error).__name__, _clean(str(error)), _clean(trace))


def _clean(text: str) -> str:
    """Without lone surrogates, which JSON cannot hold."""
    return text.encode("utf-8", "replace").decode()


def become_worker(parent: int) -> None:
    """Ends with its parent; nothing of what libraries print reaches the user; no console answers."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1) if debugging() else (0, 1, 2):
        os.dup2(null, stream)
    sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    if not debugging():
        sys.stderr = sys.stdout
    if sys.platform == "win32":
        return
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def _leave(number: int, frame: object) -> NoReturn:
    """Takes LibreOffice along and goes by way of every `finally`: temporary files go too."""
    kill_descendants(os.getpid())
    raise SystemExit(1)


def kill_descendants(pid: int) -> None:
    """Kills the processes under this one, children first; none where the system does not show them."""
    if sys.platform != "win32":
        for child in reversed(_descendants(pid)):
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)


def _descendants(pid: int) -> list[int]:
    """The processes under this one, parents before children."""
    found, at = [pid], 0
    while at < len(found):
        with suppress(OSError, ValueError):
            listed = Path(f"/proc/{found[at]}/task/{found[at]}/children").read_text("ascii")
            found.extend(int(child) for child in listed.split())
        at += 1
    return found[1:]


def limit_memory(limits: WorkLimits) -> None:
    """What a fork has from a large parent is the parent's; the limit is for what the file costs on top."""
    if sys.platform == "win32":
        return
    import resource

    most_memory = limits.memory_bytes + max(0, _address_space() - _USUAL)
    for kind, most in ((resource.RLIMIT_AS, most_memory), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (soft, hard))


def _address_space() -> int:
    """Bytes of address space that this process holds now; 0 where the system does not say."""
    with suppress(OSError, ValueError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _wind_clocks(limits: WorkLimits) -> None:
    """Processor time for the next file; an alarm that ends the worker when nobody else does it any more."""
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime) + 1 + limits.cpu_seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or soft < hard:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + _GRACE)


def _stop_clock() -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)


def _peak() -> int:
    """The most memory that this process ever held, in bytes; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    with suppress(OSError, ValueError):  # ru_maxrss also counts what the parent held before the start
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def debugging() -> bool:
    """Whether what libraries print on stderr may be seen."""
    return bool(os.environ.get("EXTRACT_DEBUG"))
