"""A remote folder (s3://, sftp://, …) as files to read, by fsspec and the driver that the user installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from extractor.batch.inputs import DOCUMENTS, PICTURES, Entry
from extractor.batch.zipped import MOST_BYTES, safe_key
from extractor.errors import ExtractorError, NotAFile, TooLarge, UsageProblem

_DRIVERS = {"s3": "s3fs", "s3a": "s3fs", "sftp": "paramiko", "ssh": "paramiko", "gs": "gcsfs", "gcs": "gcsfs"}
_PASSWORD = re.compile(r"^(\w+://[^/@:]*):[^/@]*@")
_DRIVERS |= {"smb": "smbprotocol", "az": "adlfs", "abfs": "adlfs", "http": "aiohttp", "https": "aiohttp"}


def list_remote(address: str) -> list[Entry]:
    """The documents below the address, or the ones that its pattern names."""
    system, path = _open(address)
    try:
        if any(each in path for each in "*?["):
            found = sorted(_files(system, system.glob(path)))
            base, root = _before_pattern(path), _before_pattern(address)
        elif system.isdir(path):
            found, base, root = sorted(system.find(path)), path, address
        else:
            found = [path] if system.exists(path) else []
            base, root = path.rpartition("/")[0], address.rpartition("/")[0]
    except Exception as error:
        raise _unreachable(address, error) from error
    if not found:
        raise NotAFile(f"По адресу «{address}» ничего нет: проверьте его.")
    return [
        _entry(system, each, base, root)
        for each in found
        if len(found) == 1 or _is_document(each.removeprefix(base))
    ]


def _files(system: Any, found: list[str]) -> Iterator[str]:
    """A folder that a pattern names stands for all in it."""
    for each in found:
        yield from system.find(each) if system.isdir(each) else [each]


def _before_pattern(path: str) -> str:
    return path[: min(path.find(each) for each in "*?[" if each in path)].rpartition("/")[0]


def _entry(system: Any, path: str, base: str, root: str) -> Entry:
    """`base` is the folder that names count from as the driver calls it, `root` as the user does."""
    below = path.removeprefix(base).lstrip("/")
    place = _PASSWORD.sub(r"\1@", root).rstrip("/")  # what is kept holds no password
    origin = f"{place}/{below}"
    return Entry(safe_key(below), Path(path), load=partial(_load, system, path, origin), origin=origin)


def load_remote(address: str) -> bytes:
    """The file at the address, which is no pattern. Raises ExtractorError."""
    return _load(*_open(address), address)


def _is_document(below: str) -> bool:
    """By the path below the folder that was named: hidden folders are passed over, as on this machine."""
    pure = PurePosixPath(below)
    hidden = any(part.startswith((".", "~$")) for part in pure.parts)
    return pure.suffix.lower() in DOCUMENTS | PICTURES and not hidden


def _open(address: str) -> tuple[Any, str]:
    kind = address.partition("://")[0]
    missing = _DRIVERS.get(kind, f"драйвер fsspec для {kind}")
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageProblem(
            f"Для адресов {kind}:// нужны дополнительные пакеты: pip install fsspec {missing}."
        ) from error
    try:
        system, path = url_to_fs(address)
    except ImportError as error:
        raise UsageProblem(
            f"Для адресов {kind}:// нужен пакет {missing}: pip install {missing} — и повторите."
        ) from error
    except ValueError as error:
        raise UsageProblem(
            f"Адрес «{address}» не понят: бывают s3://…, sftp://…, smb://… и другие."
        ) from error
    except Exception as error:
        raise _unreachable(address, error) from error
    return system, str(path)


def _load(system: Any, path: str, address: str) -> bytes:
    try:
        about = system.info(path)
        if about.get("type") == "other" and not about.get("islink"):
            raise NotAFile(f"«{address}» — не обычный файл: укажите документ с планом.")
        if (about.get("size") or 0) > MOST_BYTES:
            raise TooLarge(f"Файл «{address}» больше {MOST_BYTES >> 20} МБ: укажите сам документ с планом.")
        data: bytes = system.cat_file(path)
    except ExtractorError:
        raise
    except Exception as error:
        raise _unreachable(address, error) from error
    return data


def _unreachable(address: str, error: Exception) -> NotAFile:
    return NotAFile(f"«{address}» не отвечает ({type(error).__name__}): проверьте адрес, сеть и права.")
