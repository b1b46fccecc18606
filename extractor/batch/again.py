"""The bytes of a file that lay in a ZIP archive or at an address, got once more from where it was.

    bytes_at("/планы/2021.zip!/Кировский/план.docx") → [b"PK…"]
    bytes_at("s3://планы/2021/план.docx") → [b"PK…"]

Such a place is the `origin` of an `Entry`; the archive of plans remembers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from extractor.batch.inputs import Entry
from extractor.errors import NotAFile

_INSIDE = ".zip!/"


def bytes_at(origin: str) -> Iterator[bytes]:
    """What lies there now; an archive may hold several files of one name. Raises ExtractorError."""
    if "://" in origin:
        from extractor.batch.remote import load_remote

        yield load_remote(origin)
        return
    path, key = _archive_and_key(origin)
    about = path.stat()
    members = _members(path, about.st_mtime_ns, about.st_size).get(key, [])
    if not members:
        raise NotAFile(f"В архиве «{path.name}» больше нет файла «{key}»: верните прежний архив на место.")
    for entry in members:
        if entry.load is not None:
            yield entry.load()


def _archive_and_key(origin: str) -> tuple[Path, str]:
    """«a!/b.zip!/c.docx» → «a!/b.zip» and «c.docx»: the archive is the first part that is a file."""
    folded = origin.lower()
    ends = [at + 4 for at in range(len(origin)) if folded.startswith(_INSIDE, at)]
    for end in ends:
        if Path(origin[:end]).is_file():
            return Path(origin[:end]), origin[end + 2 :]
    raise NotAFile(
        f"Архива «{origin[: ends[0]] if ends else origin}» нет на прежнем месте: верните его туда."
    )


@lru_cache(maxsize=2)
def _members(path: Path, changed: int, size: int) -> dict[str, list[Entry]]:
    """The members of the archive as it stands, by name."""
    from extractor.batch.zipped import list_archive

    found: dict[str, list[Entry]] = {}
    for entry in list_archive(path)[0]:
        found.setdefault(entry.key, []).append(entry)
    return found
