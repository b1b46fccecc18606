"""What parent and worker say to each other: frames of bytes, and errors on their way."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import msgspec

from extractor import errors
from extractor.errors import ExtractorError, OutOfMemory, TimedOut, WorkerDied
from extractor.worker.limits import MB, WorkLimits

Options = Mapping[str, Any]  # keyword arguments of the pipeline, as JSON can hold them
_HEAD = 8  # bytes of a frame that say how long it is


class Answer(msgspec.Struct, frozen=True):
    """What a worker says about one file, before the bytes of the result."""

    error: str = ""  # name of a class of `errors`, or of any other exception; "" where all went well
    message: str = ""
    trace: str = ""
    tired: bool = False  # the worker has grown or read enough and wants to be replaced


class Unexpected(Exception):
    """An error of the program inside the worker. Its class has the error's name; its notes hold the trace."""


def write_frame(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(_HEAD, "big"))
    stream.write(data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame, or None where the other side is gone."""
    try:
        head = stream.read(_HEAD)
        if len(head) < _HEAD:
            return None
        size = int.from_bytes(head, "big")
        data = stream.read(size)
    except (OSError, ValueError):  # ValueError: closed meanwhile
        return None
    return data if len(data) == size else None


def too_late(path: Path, limits: WorkLimits) -> TimedOut:
    return TimedOut(
        f"Файл «{_name(path)}» читается дольше {limits.seconds:g} с: разделите его на части "
        "или дайте больше времени (переменная EXTRACT_SECONDS)."
    )


def too_big(path: Path, limits: WorkLimits) -> OutOfMemory:
    return OutOfMemory(
        f"Для файла «{_name(path)}» не хватило памяти ({limits.memory_bytes // MB} МБ): разделите его "
        "на части или дайте больше памяти (переменная EXTRACT_MEMORY_MB)."
    )


def as_error(answer: Answer, path: Path, limits: WorkLimits) -> Exception:
    kind = getattr(errors, answer.error, None)
    if isinstance(kind, type) and issubclass(kind, ExtractorError):
        return kind(answer.message)
    if answer.error == MemoryError.__name__:
        return too_big(path, limits)
    other: Exception = type(answer.error, (Unexpected,), {})(answer.message)
    other.add_note(answer.trace)
    return other


def died(path: Path, status: int | None) -> WorkerDied:
    return WorkerDied(
        f"Чтение файла «{_name(path)}» аварийно прервалось{_how(status)}: "
        "откройте его в Word и сохраните заново как .docx."
    )


def _how(status: int | None) -> str:
    if status is None or status >= 0:
        return ""
    with suppress(ValueError):
        return f" ({signal.Signals(-status).name})"
    return f" (сигнал {-status})"


def _name(path: Path) -> str:
    from extractor.ingest.sniff import show_name

    return show_name(path)
