"""A ZIP archive of plans as files to read: nothing is unpacked to the disk before its turn comes."""

from __future__ import annotations

import os
import zipfile
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from extractor.batch.inputs import Entry
from extractor.errors import DamagedFile, EncryptedFile, ExtractorError, TooLarge

MOST_FILES = 100_000
MOST_BYTES = 200 << 20  # one plan; what a reader takes is limited again in `ingest.limits`


def list_archive(path: Path) -> tuple[list[Entry], list[tuple[str, ExtractorError]]]:
    """The documents inside, and those that cannot be got at. Raises DamagedFile, TooLarge."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedFile(f"Архив «{path}» повреждён: скопируйте или скачайте его заново.") from error
    if len(members) > MOST_FILES:
        raise TooLarge(f"В архиве «{path}» больше {MOST_FILES} файлов: распакуйте его и разделите.")
    entries: list[Entry] = []
    problems: list[tuple[str, ExtractorError]] = []
    for member in members:
        key = safe_key(member_name(member))
        if not key or _is_rubbish(key):
            continue
        if member.flag_bits & 1:
            problems.append((key, EncryptedFile(f"Файл «{key}» в архиве закрыт паролем: распакуйте архив.")))
        elif member.file_size > MOST_BYTES:
            problems.append((key, TooLarge(f"Файл «{key}» в архиве больше {MOST_BYTES >> 20} МБ.")))
        else:
            load = partial(_load, path, member.header_offset, key)
            entries.append(Entry(key, path, load=load, origin=f"{_whole(path)}!/{key}"))
    return entries, problems


def _whole(path: Path) -> str:
    return Path(os.path.normpath(path.absolute())).as_posix()


def member_name(member: zipfile.ZipInfo) -> str:
    """The name as it was meant. Without the mark of UTF-8 it is UTF-8 all the same where `zip` of Linux and
    macOS made it, else cp866, which Windows in Russian writes; zipfile takes both for cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        written = member.filename.encode("cp437")
    except UnicodeError:
        return member.filename
    try:
        return written.decode("utf-8")
    except UnicodeError:
        return written.decode("cp866")


def safe_key(name: str) -> str:
    """«папка/план.docx» without drives, «..» and letters that no file may bear."""
    parts = [part.strip(" ") for part in name.replace("\\", "/").split("/")]
    clean = ["".join("_" if each in '<>:"|?*' or ord(each) < 32 else each for each in part) for part in parts]
    return "/".join(part for part in clean if part.strip("."))


def _is_rubbish(key: str) -> bool:
    parts = PurePosixPath(key).parts
    return parts[0] == "__MACOSX" or parts[-1].startswith((".", "~$"))


@lru_cache(maxsize=2)
def _opened(path: Path, changed: int) -> tuple[zipfile.ZipFile, dict[int, zipfile.ZipInfo]]:
    """The archive that was last `changed` then, kept open while its members are read one after another."""
    archive = zipfile.ZipFile(path)
    return archive, {each.header_offset: each for each in archive.infolist()}


def _load(path: Path, offset: int, key: str) -> bytes:
    """The bytes of the member that begins at `offset`; never more than its head promised."""
    try:
        archive, members = _opened(path, path.stat().st_mtime_ns)
        with archive.open(members[offset]) as file:
            data = file.read(MOST_BYTES + 1)
    except Exception as error:  # zlib, lzma and bz2 have errors of their own
        if isinstance(error, MemoryError):
            raise
        raise DamagedFile(f"Файл «{key}» в архиве «{path.name}» повреждён.") from error
    if len(data) > MOST_BYTES:
        raise TooLarge(f"Файл «{key}» в архиве больше {MOST_BYTES >> 20} МБ.")
    return data
