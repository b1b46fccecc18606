"""What reading one file may cost: all limits of a worker process in one place."""

from __future__ import annotations

import os

import msgspec

from extractor.errors import UsageProblem

MB = 1 << 20


class WorkLimits(msgspec.Struct, frozen=True):
    """What reading one file may cost. `from_environment` reads EXTRACT_SECONDS and the like."""

    seconds: float = 28.0  # wall time, so that the command with its start stays within 30
    cpu_seconds: int = 28  # processor time of the worker; LibreOffice counts its own
    memory_bytes: int = 1300 * MB  # address space of the worker, and again of LibreOffice
    files: int = 200  # a pool's worker is replaced after so many …
    kept_bytes: int = 300 * MB  # … or when it once held so much

    @classmethod
    def from_environment(cls) -> WorkLimits:
        """The limits, with EXTRACT_SECONDS (wall and processor time) and EXTRACT_MEMORY_MB over them."""
        limits = cls()
        seconds, memory = _setting("EXTRACT_SECONDS"), _setting("EXTRACT_MEMORY_MB")
        if seconds is not None:
            limits = msgspec.structs.replace(limits, seconds=seconds, cpu_seconds=max(1, round(seconds)))
        if memory is not None:
            limits = msgspec.structs.replace(limits, memory_bytes=round(memory * MB))
        return limits


def _setting(name: str) -> float | None:
    value = os.environ.get(name)
    if not value:
        return None
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        number = 0.0
    if not 0 < number < 1e9:
        raise UsageProblem(f"Переменная {name} — «{value}», а нужно число больше нуля, например {name}=60.")
    return number
