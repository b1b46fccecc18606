"""A remote folder (s3://, sftp://, …) as files to read, by fsspec and the driver that the user installed."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from extractor.batch.inputs import DOCUMENTS, PICTURES, Entry
from extractor.batch.zipped import safe_key
from extractor.errors import NotAFile, UsageProblem

_DRIVERS = {"s3": "s3fs", "s3a": "s3fs", "sftp": "paramiko", "ssh": "paramiko", "gs": "gcsfs", "gcs": "gcsfs"}
_DRIVERS |= {"smb": "smbprotocol", "az": "adlfs", "abfs": "adlfs", "http": "aiohttp", "https": "aiohttp"}


def list_remote(address: str) -> list[Entry]:
    """The documents below the address, or the ones that its pattern names."""
    system, path = _open(address)
    try:
        if any(each in path for each in "*?["):
            found = sorted(system.glob(path))
            base = path[: min(path.find(each) for each in "*?[" if each in path)].rpartition("/")[0]
        elif system.isdir(path):
            found, base = sorted(system.find(path)), path
        else:
            found, base = [path] if system.exists(path) else [], path.rpartition("/")[0]
    except Exception as error:
        raise _unreachable(address, error) from error
    if not found:
        raise NotAFile(f"По адресу «{address}» ничего нет: проверьте его.")
    return [
        Entry(safe_key(each.removeprefix(base)), Path(each), load=partial(_load, system, each, address))
        for each in found
        if len(found) == 1 or _is_document(each)
    ]


def _is_document(path: str) -> bool:
    pure = PurePosixPath(path)
    return pure.suffix.lower() in DOCUMENTS | PICTURES and not pure.name.startswith((".", "~$"))


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
        data: bytes = system.cat_file(path)
    except Exception as error:
        raise _unreachable(address, error) from error
    return data


def _unreachable(address: str, error: Exception) -> NotAFile:
    return NotAFile(f"«{address}» не отвечает ({type(error).__name__}): проверьте адрес, сеть и права.")
