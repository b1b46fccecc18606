"""The files themselves, content-addressed: originals/3f/3f2a….docx, written once and never changed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
from pathlib import Path, PurePosixPath

from extractor.archive.store import Archive
from extractor.errors import OutputProblem

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_CHUNK = 1 << 20


def file_hash(path: Path) -> str:
    """The SHA-256 of the file, read bit by bit. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(folder: Path, source: Path, sha256: str, name: str) -> str | None:
    """Copies the file into the folder; its place there, «3f/3f2a….docx». None where it has changed meanwhile.

    Raises OutputProblem where it cannot be written.
    """
    suffix = PurePosixPath(name).suffix.lower()
    place = f"{sha256[:2]}/{sha256}{suffix if _SUFFIX.fullmatch(suffix) else ''}"
    target = folder / place
    try:
        if target.is_file() and file_hash(target) == sha256:
            return place
        target.parent.mkdir(parents=True, exist_ok=True)
        return place if _copy(source, target, sha256) else None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)):
            sentence = f"На диске не хватило места для оригиналов в «{folder}»: освободите место и повторите."
        else:
            sentence = f"Оригинал «{name}» не копируется в «{folder}»: проверьте папку и права на неё."
        raise OutputProblem(sentence) from error


def _copy(source: Path, target: Path, sha256: str) -> bool:
    temporary = target.with_name(f".extract-{secrets.token_hex(6)}.tmp")
    digest = hashlib.sha256()
    try:
        with source.open("rb") as reading, temporary.open("xb") as writing:
            while chunk := reading.read(_CHUNK):
                digest.update(chunk)
                writing.write(chunk)
            writing.flush()
            os.fsync(writing.fileno())
        if digest.hexdigest() != sha256:
            return False
        if target.exists():  # damaged: what is right takes its place
            target.chmod(stat.S_IRUSR | stat.S_IWUSR)
        temporary.replace(target)
        target.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        return True
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def remember_folder(archive: Archive, folder: Path) -> None:
    """Notes where the originals lie, from the archive's own folder where they lie below it."""
    home, place = archive.path.resolve().parent, folder.resolve()
    told = place.relative_to(home).as_posix() if place.is_relative_to(home) else place.as_posix()
    if archive.setting("originals") != told:
        with archive.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO archive VALUES ('originals', ?)", (told,))


def originals_folder(archive: Archive) -> Path | None:
    told = archive.setting("originals")
    return archive.path.resolve().parent / told if told else None


def is_elsewhere(place: str) -> bool:
    """Whether a place is no path: an address, or inside a ZIP archive."""
    return "://" in place or ".zip!/" in place.lower()


def find_original(archive: Archive, sha256: str) -> Path | None:
    """A file with just these bytes: among the originals, else where it once lay in a folder. None where
    there is none."""
    folder = originals_folder(archive)
    stored = archive.value("SELECT stored FROM originals WHERE sha256 = ?", sha256)
    places = [folder / stored] if folder and stored else []
    rows = archive.read("SELECT path FROM places WHERE sha256 = ? ORDER BY current DESC, path", sha256)
    found: list[Path] = [*places, *(Path(row["path"]) for row in rows)]
    for path in found:
        with contextlib.suppress(OSError, ValueError):
            if path.is_file() and file_hash(path) == sha256:
                return path
    return None
