"""A file is written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from extractor.errors import OutputProblem, UsageProblem

_EXCLUSIVE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def check_target(path: Path) -> None:
    """Raises where `path` cannot become a file; asked before the work, so that nobody waits in vain."""
    try:
        folder, parent, special = path.is_dir(), path.parent.is_dir(), path.exists() and not path.is_file()
    except OSError as error:
        raise _problem(path, error) from error
    if folder:
        raise UsageProblem(f"«{path}» — папка: укажите после -o имя файла, например «{path / 'plan.json'}».")
    if not parent:
        raise OutputProblem(f"Папки «{path.parent}» нет: создайте её или укажите после -o другое место.")
    if special:
        raise OutputProblem(f"«{path}» — не обычный файл: укажите после -o другое имя.")


def write_atomically(path: Path, data: bytes) -> None:
    """Puts `data` at `path`: into a temporary file beside it first, which then takes its place.

    Raises `OutputProblem`; whatever happens, the old file or the new one is there, never a part.
    """
    with atomic_target(path) as temporary:
        _write_through(temporary, data)


@contextlib.contextmanager
def atomic_target(path: Path) -> Iterator[Path]:
    """A name beside `path` for whoever writes the file bit by bit; it becomes `path` when all went well.

    A link is followed, so that it stays a link; the rights of a file that was there are kept.
    Raises `OutputProblem`, also for what the writing itself says of the disk.
    """
    check_target(path)
    target = path.resolve()
    temporary = target.with_name(f".extract-{secrets.token_hex(6)}.tmp")
    try:
        yield temporary
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        raise _problem(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def check_free(path: Path) -> None:
    """Raises where the file is there and another program (Excel) holds it; asked before a long work."""
    try:
        if path.is_file():
            path.open("r+b").close()
    except OSError as error:
        raise _problem(path, error) from error


def _write_through(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, _EXCLUSIVE, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _problem(path: Path, error: OSError) -> OutputProblem:
    if isinstance(error, PermissionError):
        if path.exists() and os.access(path.parent, os.W_OK):
            return OutputProblem(
                f"Файл «{path}» открыт в другой программе (например, в Excel) или защищён от записи: "
                f"закройте его и повторите."
            )
        return OutputProblem(f"Нет права записывать в папку «{path.parent}»: укажите после -o другое место.")
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return OutputProblem(f"На диске не хватило места для «{path}»: освободите место и повторите.")
    if error.errno == errno.ENAMETOOLONG:
        return OutputProblem(f"Имя «{path.name}» слишком длинное: укажите после -o имя короче.")
    return OutputProblem(f"«{path}» не записался (код ошибки {error.errno}): укажите после -o другое место.")
