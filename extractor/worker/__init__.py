"""One file, one worker process: what a file does to its reader ends with that process, never with the run.

A job is a function `(path, options) -> bytes`, named «module:function». `run_isolated` does one job in a
process made for it; `pool.WorkerPool` keeps processes for many. Answers travel as JSON frames over
a pipe: a worker is not trusted, so nothing is unpickled. Errors come back as the classes they were.

What holds where:

| | wall time | processor time | memory | ends with its parent |
| --- | --- | --- | --- | --- |
| Linux | yes | RLIMIT_CPU | RLIMIT_AS | at once (PDEATHSIG); hung in a library, by an alarm |
| macOS | yes | RLIMIT_CPU | no | with its file, at the latest by an alarm at the limit of wall time |
| Windows | yes | no | no | with its file |

LibreOffice, which a worker may start, inherits the limits of memory and time and ends with the worker.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from extractor.worker.limits import WorkLimits
from extractor.worker.parent import FORKS, fork_worker, start_worker
from extractor.worker.wire import Options

if TYPE_CHECKING:
    from extractor.explain import Explained
    from extractor.model.plan import Plan, Plans

EXTRACT = "extractor.worker:extract_job"
EXPLAIN = "extractor.worker:explain_job"


def run_isolated(job: str, path: Path, options: Options, *, limits: WorkLimits | None = None) -> bytes:
    """What the job returns for this file, done in a process made for it and ended with it.

    On Linux the process is a fork of this one, which costs milliseconds; elsewhere, and where threads
    already run, a new interpreter. Raises ExtractorError.
    """
    limits = limits or WorkLimits.from_environment()
    forks = FORKS and threading.active_count() == 1
    worker = fork_worker(job, path, options, limits) if forks else start_worker(limits)
    with worker:
        if not forks:
            with suppress(OSError):  # it is dead already: its answer will not come
                worker.send(job, path, options)
        return worker.receive(path)


def extract_job(path: Path, options: Options) -> bytes:
    """The record of the file as JSON, as `output.to_json.json_bytes` writes it."""
    from extractor.output.to_json import json_bytes
    from extractor.pipeline import extract_file

    return json_bytes(extract_file(path, **options))


def explain_job(path: Path, options: Options) -> bytes:
    """The lines of the file with their rules, as a JSON array of `Explained`."""
    from extractor.pipeline import explain_file

    return msgspec.json.encode(list(explain_file(path, **options)))


def extract_isolated(path: Path, *, limits: WorkLimits | None = None, **options: Any) -> Plan | Plans:
    """`pipeline.extract_file` in a process of its own. Raises ExtractorError."""
    data = run_isolated(EXTRACT, path, options, limits=limits)
    from extractor.output.to_json import record_from

    return record_from(data)


def explain_isolated(path: Path, *, limits: WorkLimits | None = None, **options: Any) -> list[Explained]:
    """`pipeline.explain_file` in a process of its own. Raises ExtractorError."""
    data = run_isolated(EXPLAIN, path, options, limits=limits)
    from extractor.explain import Explained

    return msgspec.json.decode(data, type=list[Explained])
