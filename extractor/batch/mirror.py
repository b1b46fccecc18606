"""One JSON a plan in a folder that mirrors the one with the plans; what has not changed is not read again.

`OUT/Кировский/план.docx.json` holds the record of `Кировский/план.docx`. `OUT/.extract-state` has a line
for each file that was read: its hash, what read it (program, vocabulary, options) and what came out. Lines
are only added, each in one write, so that a run that is cut off loses nothing and two runs at once do
no harm: the worst that can happen is that a file is read twice.
"""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import msgspec

from extractor import __version__, errors
from extractor.batch.inputs import Entry
from extractor.batch.job import Note
from extractor.batch.running import Ended, bytes_of
from extractor.errors import ExtractorError, OutputProblem
from extractor.output.atomic import write_atomically

STATE = ".extract-state"
_LONGEST_NAME = 240  # bytes
_STALE = 600  # seconds after which a temporary file is nobody's any more
# what is the file's own fault, and will be the same next time
_LASTING = (errors.EmptyFile, errors.UnknownFormat, errors.DamagedFile, errors.EncryptedFile, errors.TooLarge)
_NAMES = {each.__name__: each for each in _LASTING}


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of one file. `size` and `time` are those of the JSON that was written."""

    file: str
    sha256: str
    by: str
    size: int = 0
    time: int = 0
    note: Note | None = None
    error: str = ""
    message: str = ""


class Mirror:
    """A folder of records. `known` answers for a file that need not be read again."""

    def __init__(self, folder: Path, *, encoding: str | None) -> None:
        self.folder = folder
        self._by = reader_digest(encoding)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputProblem(f"Папка «{folder}» не создаётся: укажите после -o другое место.") from error
        self._lines = self._read_state()
        self._made: set[Path] = set()
        self._sweep()

    def known(self, entry: Entry) -> Ended | None:
        """What was found out about this very content by this very program; None: it has to be read."""
        line = self._lines.get(entry.key)
        if line is None or line.by != self._by:
            return None
        if not line.error and not self._stands(entry, line):
            return None
        try:
            if hashlib.sha256(bytes_of(entry)).hexdigest() != line.sha256:
                return None
        except ExtractorError:
            return None
        if line.error:
            return Ended(entry, None, b"", _NAMES[line.error](line.message))
        return Ended(entry, line.note, b"", None)

    def _stands(self, entry: Entry, line: Line) -> bool:
        try:
            there = self.target(entry).stat()
        except OSError:
            return False
        return (there.st_size, there.st_mtime_ns) == (line.size, line.time)

    def target(self, entry: Entry) -> Path:
        *folders, name = f"{entry.key}.json".split("/")
        if len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
            name = f"{name[:80]}-{hashlib.sha256(os.fsencode(name)).hexdigest()[:12]}.json"
        return self.folder.joinpath(*folders, name)

    def write(self, ended: Ended) -> None:
        """Puts the record in its place, then says so in the state."""
        assert ended.note is not None
        target = self.target(ended.entry)
        if target.parent not in self._made:
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputProblem(
                    f"Папка «{target.parent}» не создаётся: проверьте имена в ней."
                ) from error
            self._made.add(target.parent)
        write_atomically(target, ended.body)
        there = target.stat()
        self._add(
            Line(
                file=ended.entry.key,
                sha256=ended.note.sha256,
                by=self._by,
                size=there.st_size,
                time=there.st_mtime_ns,
                note=ended.note,
            )
        )

    def remember(self, ended: Ended) -> None:
        """Keeps why a file cannot be read, where that will not change."""
        if type(ended.error) not in _LASTING:
            return
        try:
            digest = hashlib.sha256(bytes_of(ended.entry)).hexdigest()
        except ExtractorError:
            return
        name = type(ended.error).__name__
        self._add(Line(ended.entry.key, digest, self._by, error=name, message=str(ended.error)))

    def _add(self, line: Line) -> None:
        """One line in one write: lines of two runs never mix."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        try:
            data = msgspec.json.encode(line)
        except UnicodeEncodeError:  # a name that is no UTF-8: such a file is read each time
            return
        try:
            state = os.open(self.folder / STATE, flags, 0o666)
            try:
                os.write(state, b"\n" + data)
            finally:
                os.close(state)
        except OSError as error:
            raise OutputProblem(
                f"В папку «{self.folder}» не пишется (код ошибки {error.errno}): освободите место и повторите; "
                f"готовое не пропадёт."
            ) from error

    def _read_state(self) -> dict[str, Line]:
        try:
            data = (self.folder / STATE).read_bytes()
        except OSError:
            return {}
        known: dict[str, Line] = {}
        decoder = msgspec.json.Decoder(Line)
        for text in data.split(b"\n"):
            try:
                line = decoder.decode(text)
            except (msgspec.DecodeError, UnicodeDecodeError):  # cut off in the middle
                continue
            if not line.error or line.error in _NAMES:
                known[line.file] = line
        return known

    def _sweep(self) -> None:
        """Takes away what a run left that was killed while writing."""
        for rest in self.folder.rglob(".extract-*.tmp"):
            try:
                if time.time() - rest.stat().st_mtime > _STALE:
                    rest.unlink()
            except OSError:
                continue


def reader_digest(encoding: str | None) -> str:
    """What a record depends on besides its document: program, vocabulary and options."""
    import extractor.vocabulary

    digest = hashlib.sha256(f"{__version__}\n{encoding}\n".encode())
    for path in sorted(Path(extractor.vocabulary.__file__).parent.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
