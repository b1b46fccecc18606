"""The zip file that an Office document is: its parts, inflated under limits that trust no directory."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from extractor.errors import DamagedFile, EncryptedFile, TooLarge
from extractor.ingest.limits import LIMITS, Limits

_TROUBLE = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, EOFError, IndexError)
_LOCAL_HEADER = b"PK\x03\x04"
_LOCAL_SIZE = 30
_ENCRYPTED = 1


class Part(NamedTuple):
    """A part as it lies in the file, still packed: equal parts of two files are equal as a value."""

    raw: bytes
    method: int
    crc: int


def open_zip(data: bytes) -> zipfile.ZipFile | None:
    """The directory of the zip file that `data` is, or None where it cannot be read."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _TROUBLE:
        return None


class Archive:
    """The parts of one zip file by name. Raises DamagedFile, EncryptedFile or TooLarge."""

    def __init__(self, name: str, data: bytes, limits: Limits = LIMITS) -> None:
        self.name, self.data, self.limits = name, data, limits
        self._read = 0
        opened = open_zip(data)
        if opened is None:
            raise DamagedFile(
                f"Файл «{name}» повреждён: оглавление архива не читается, возьмите его заново из источника."
            )
        if len(opened.filelist) > limits.zip_entries:
            raise TooLarge(f"В файле «{name}» слишком много частей, сохраните документ заново в Word.")
        self._entries = {info.filename: info for info in opened.filelist}
        self._folded: dict[str, str] | None = None

    @property
    def size(self) -> int:
        return len(self._entries)

    def names(self) -> Iterator[str]:
        return iter(self._entries)

    def find(self, part: str) -> str | None:
        """The name under which the part is stored: exact, or in another case, or percent-encoded."""
        if part in self._entries:
            return part
        if self._folded is None:
            self._folded = {unquote(n).replace("\\", "/").lstrip("/").casefold(): n for n in self._entries}
        return self._folded.get(unquote(part).casefold())

    def packed(self, part: str) -> Part:
        """The part still packed, after all checks that the directory allows."""
        found = self.find(part)
        if found is None:
            raise self.damaged(f"в нём нет части «{part}»")
        info = self._entries[found]
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedFile(
                f"Файл «{self.name}» закрыт паролем архива, снимите пароль и сохраните документ заново."
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.damaged(f"часть «{part}» сжата неизвестным способом")
        self._weigh(info, part)
        return Part(self._cut(info, part), info.compress_type, info.CRC)

    def inflate(self, packed: Part, part: str) -> bytes:
        """The bytes of the part; the directory is not trusted about their number."""
        room = min(self.limits.entry_bytes, self.limits.total_bytes - self._read)
        content = packed.raw
        if packed.method == zipfile.ZIP_DEFLATED:
            unpacker = zlib.decompressobj(-15)
            try:
                content = unpacker.decompress(packed.raw, room + 1)
            except zlib.error:
                raise self.damaged(f"часть «{part}» не распаковывается") from None
            if len(content) <= room and not unpacker.eof:
                raise self.damaged(f"часть «{part}» обрывается")
        if len(content) > room:
            raise self.too_large(part)
        if zlib.crc32(content) != packed.crc:
            raise self.damaged(f"контрольная сумма части «{part}» не сходится")
        self._read += len(content)
        return content

    def read(self, part: str) -> bytes:
        return self.inflate(self.packed(part), part)

    def damaged(self, what: str) -> DamagedFile:
        return DamagedFile(
            f"Файл «{self.name}» повреждён: {what}; откройте его в Word и сохраните заново как .docx."
        )

    def too_large(self, part: str) -> TooLarge:
        return TooLarge(
            f"Часть «{part}» файла «{self.name}» слишком велика или слишком глубоко вложена, "
            "сохраните план отдельным документом."
        )

    def _weigh(self, info: zipfile.ZipInfo, part: str) -> None:
        size, limits = info.file_size, self.limits
        swollen = size > limits.ratio_floor and size > limits.ratio * max(info.compress_size, 1)
        if size > limits.entry_bytes or self._read + size > limits.total_bytes or swollen:
            raise self.too_large(part)

    def _cut(self, info: zipfile.ZipInfo, part: str) -> bytes:
        """The packed bytes, from behind the local header."""
        at = info.header_offset
        if at < 0 or self.data[at : at + 4] != _LOCAL_HEADER or len(self.data) < at + _LOCAL_SIZE:
            raise self.damaged(f"часть «{part}» не на своём месте")
        name_size, extra_size = struct.unpack_from("<HH", self.data, at + 26)
        at += _LOCAL_SIZE + name_size + extra_size
        raw = self.data[at : at + info.compress_size]
        if len(raw) < info.compress_size:
            raise self.damaged(f"часть «{part}» обрывается")
        return raw
