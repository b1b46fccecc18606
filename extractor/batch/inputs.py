"""What the user named → the files to read, each with the name that it bears in the result.

    list_files(["Планы 2021", "старые/*.doc"]) → Files(entries=[Entry("Планы 2021/Кировский/план.docx", …)], …)

A name is the path below the folder that all arguments share, with «/» on every system, so that the
result is the same wherever it is made. Entries stand in the order of their names.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from extractor.errors import ExtractorError, NotAFile, UsageProblem

DOCUMENTS = frozenset(
    [".docx", ".docm", ".dotx", ".doc", ".rtf", ".odt", ".pdf", ".html", ".htm", ".mht", ".txt"]
)
PICTURES = frozenset([".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"])
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
_OTHER = frozenset(
    [
        ".xlsx",
        ".xls",
        ".pptx",
        ".ppt",
        ".zip",
        ".rar",
        ".7z",
        ".jar",
        ".json",
        ".jsonl",
        ".csv",
        ".parquet",
        ".ics",
        ".exe",
    ]
)
_NO_PLANS = {"thumbs.db", "desktop.ini"}


class Entry(NamedTuple):
    """One file. `load` gives its bytes where it lies in no folder, and `origin` says where that is, for
    `batch.again`: «…/планы.zip!/план.docx», «s3://планы/план.docx». `named`: the user named it himself."""

    key: str
    path: Path
    load: Callable[[], bytes] | None = None
    named: bool = False
    origin: str | None = None

    @property
    def name(self) -> str:
        return PurePosixPath(self.key).name


class Files(NamedTuple):
    entries: list[Entry]
    problems: list[tuple[str, ExtractorError]]  # what cannot even be listed
    skipped: list[str]  # what is no document by name and content


class _Found(NamedTuple):
    """A file before it has its name: its path, and which part of it shall stay."""

    path: Path
    named: bool


def list_files(arguments: Iterable[str], *, without: Path | None = None) -> Files:
    """All files that the arguments name; `without`: the result itself, if it lies among them.

    An argument is a file, a folder, a pattern with * or ?, a ZIP archive, an address (s3://…), or «-»
    for a list of these on stdin. Raises where an argument names nothing.
    """
    files = Files([], [], [])
    roots: list[Path] = []
    for argument in _with_list(arguments):
        if "://" in argument:
            from extractor.batch.remote import list_remote

            files.entries.extend(list_remote(argument))
        elif is_archive(Path(argument)):
            from extractor.batch.zipped import list_archive

            _add_archive(files, Path(argument), list_archive)
        else:
            roots.extend(_matching(argument))
    base = common_folder(roots)
    hidden = _whole(without) if without else None
    for root in roots:
        for found in _walk(root, files):
            _add(files, found, base, hidden)
    unique = {(entry.key, str(entry.path)): entry for entry in files.entries}
    files.entries[:] = sorted(unique.values(), key=lambda entry: (entry.key.split("/"), str(entry.path)))
    _tell_apart(files.entries)
    return files


def is_archive(path: Path) -> bool:
    return path.suffix.lower() == ".zip" and path.is_file()


def _with_list(arguments: Iterable[str]) -> Iterator[str]:
    for argument in arguments:
        if argument == "-":
            data = sys.stdin.buffer.read()
            lines = data.split(b"\0") if b"\0" in data else data.splitlines()
            yield from (name for line in lines if (name := _decoded(line).strip()))
        else:
            yield argument


def _decoded(line: bytes) -> str:
    """A name as another program wrote it: UTF-8, else as this system names files."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return os.fsdecode(line) if sys.platform != "win32" else line.decode("cp866", "replace")


def _matching(argument: str) -> list[Path]:
    path = Path(argument)
    if path.exists() or not glob.has_magic(argument):
        return [path]
    matching = [Path(each) for each in sorted(glob.glob(argument, recursive=True))]  # noqa: PTH207
    if not matching:
        raise NotAFile(f"По образцу «{argument}» ничего не нашлось: проверьте папку и буквы в нём.")
    return matching


def common_folder(roots: list[Path]) -> Path | None:
    """The folder that names are counted from; None where there is none (different disks)."""
    places = [_whole(root if root.is_dir() and len(roots) == 1 else root.parent) for root in roots]
    try:
        return Path(os.path.commonpath(places)) if places else None
    except ValueError:
        return None


def _whole(path: Path) -> Path:
    """From the root of the disk, without «..»; links stay as the user named them."""
    return Path(os.path.normpath(path.absolute()))


def _walk(root: Path, files: Files) -> Iterator[_Found]:
    if not root.is_dir():
        if not root.exists():
            problem = NotAFile(f"Файла «{root}» нет: проверьте имя и папку.")
            files.problems.append((str(root), problem))
            return
        yield _Found(root, named=True)
        return

    def unreadable(error: OSError) -> None:
        place = str(error.filename)
        files.problems.append((place, NotAFile(f"Папка «{place}» не открывается: проверьте права на неё.")))

    for folder, inner, names in os.walk(root, onerror=unreadable):
        inner[:] = sorted(each for each in inner if not each.startswith("."))
        for name in sorted(names):
            if not (name.startswith((".", "~$")) or name.lower() in _NO_PLANS):
                yield _Found(Path(folder, name), named=False)


def _add(files: Files, found: _Found, base: Path | None, without: Path | None) -> None:
    place = _whole(found.path)
    if without and (place == without or without in place.parents):
        return
    relative = place.relative_to(base) if base else Path(*place.parts[1:])
    key = relative.as_posix()
    if found.named or is_document(found.path):
        files.entries.append(Entry(key, found.path, named=found.named))
    else:
        files.skipped.append(key)


def is_document(path: Path) -> bool:
    """Whether a file that lies in a folder may be a plan: by its suffix, else by its first bytes."""
    suffix = path.suffix.lower()
    if suffix in DOCUMENTS or suffix in PICTURES:
        return True
    if suffix in _OTHER:
        return False
    try:
        with path.open("rb") as file:
            return file.read(8).startswith(_MAGIC)
    except OSError:
        return False


def _add_archive(
    files: Files, path: Path, lister: Callable[[Path], tuple[list[Entry], list[tuple[str, ExtractorError]]]]
) -> None:
    entries, problems = lister(path)
    for entry in entries:
        if PurePosixPath(entry.key).suffix.lower() in DOCUMENTS | PICTURES:
            files.entries.append(entry)
        else:
            files.skipped.append(entry.key)
    files.problems.extend(problems)


def _tell_apart(entries: list[Entry]) -> None:
    """Two files of one name (from two archives, say) get «(2)» and so on, in order."""
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        times = seen[entry.key] = seen.get(entry.key, 0) + 1
        if times > 1:
            pure = PurePosixPath(entry.key)
            key = str(pure.with_name(f"{pure.stem} ({times}){pure.suffix}"))
            entries[index] = entry._replace(key=key)


def check_any(files: Files, arguments: Iterable[str]) -> None:
    """Raises where there is nothing to read."""
    if not files.entries and not files.problems:
        named = ", ".join(f"«{each}»" for each in arguments)
        raise UsageProblem(f"В {named} нет ни одного документа: укажите папку с планами или сами файлы.")
