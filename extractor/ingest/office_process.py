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

# Size of a file in blocks of 512 bytes, private memory of a process in kilobytes.
_LIMITED = 'ulimit -c 0; ulimit -f "$1" 2>/dev/null; ulimit -d "$2" 2>/dev/null; shift 2; exec "$@"'
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
        limits = [str(file_bytes // 512), str(memory_bytes // 1024)]
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
        children = _find_descendants(process.pid) if process.poll() is None else []
        for child in reversed(children):
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)
        deadline = time.monotonic() + _PATIENCE
        while any(_is_alive(child) for child in children) and time.monotonic() < deadline:
            process.poll()
            time.sleep(0.02)
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=_PATIENCE)


def _find_descendants(pid: int) -> list[int]:
    """The processes under this one, parents before children; only where the system shows them (Linux)."""
    found, at = [pid], 0
    while at < len(found):
        with suppress(OSError, ValueError):
            children = Path(f"/proc/{found[at]}/task/{found[at]}/children").read_text("ascii")
            found.extend(int(child) for child in children.split())
        at += 1
    return found[1:]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
