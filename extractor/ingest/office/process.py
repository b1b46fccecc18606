"""One run of another program with limits: of time, memory, files it writes; all its processes end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

# Size of a file in blocks of 512 bytes, private memory in kilobytes, processor time in seconds (should the one
# who waits be killed himself).
_LIMITED = 'ulimit -c 0; ulimit -f "$1"; ulimit -d "$2"; ulimit -t "$3"; shift 3; exec "$@"'
_PATIENCE = 5.0  # seconds that killed processes get to go


def run_limited(
    command: Sequence[str],
    *,
    environment: dict[str, str],
    folder: Path,
    seconds: float,
    file_bytes: int,
    memory_bytes: int,
) -> bool:
    """Whether the program ended by itself within the time. Its output goes nowhere."""
    if sys.platform == "win32":
        arguments, new_session = list(command), False
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    else:
        limits = [str(file_bytes // 512), str(memory_bytes // 1024), str(int(seconds * 2) + 10)]
        arguments, new_session = ["/bin/sh", "-c", _LIMITED, "sh", *limits, *command], True
        flags = 0
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=new_session,
        creationflags=flags,
    )
    in_time = False
    try:
        process.wait(timeout=seconds)
        in_time = True
    except subprocess.TimeoutExpired:
        pass
    finally:
        _end_all(process)
    return in_time


def _end_all(process: subprocess.Popen[bytes]) -> None:
    """No process of the run is left: the group is killed, children first, so that their parents reap them."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
    else:
        children = _find_children(process.pid)
        for child in children:
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)
        deadline = time.monotonic() + _PATIENCE
        while _find_children(process.pid) and time.monotonic() < deadline:
            process.poll()
            time.sleep(0.02)
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=_PATIENCE)


def _find_children(group: int) -> list[int]:
    """The other processes of the group, dying ones too; only where the system shows them (Linux)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            fields = entry.read_text("ascii", "replace").rpartition(")")[2].split()  # state, parent, group …
            if int(fields[2]) == group and int(entry.parent.name) != group:
                found.append(int(entry.parent.name))
    return found
