"""The zip package of an Office document: parts inflated under limits, XML parsed without surprises."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from extractor.errors import DamagedFile, EncryptedFile, TooLarge
from extractor.ingest.limits import LIMITS, Limits

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)
_ZIP_TROUBLE = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, EOFError, IndexError)
_TOO_DEEP = re.compile("excessive depth|huge|limit|amplification|too (?:deep|large|long)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_WIDE = (  # how XML in UTF-16 and UTF-32 begins, with and without a byte order mark
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument|drawingml)/")
_TRANSITIONAL = {
    b"wordprocessingml": b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"officeDocument": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"drawingml": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


class Relation(NamedTuple):
    """One line of a .rels part: `kind` is the end of its type («styles»), `target` a part's name or an address."""

    id: str
    kind: str
    target: str
    external: bool


class Part(NamedTuple):
    """A part as it lies in the file, still packed: equal parts of two files are equal as a value."""

    raw: bytes
    method: int
    crc: int


def open_zip(data: bytes) -> zipfile.ZipFile | None:
    """The directory of the zip file that `data` is, or None where it cannot be read."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _ZIP_TROUBLE:
        return None


class Package:
    """The parts of one package by name. Raises DamagedFile, EncryptedFile or TooLarge."""

    def __init__(self, name: str, data: bytes, limits: Limits = LIMITS) -> None:
        self.name, self.data, self.limits = name, data, limits
        self._read = 0
        opened = open_zip(data)
        if opened is None:
            raise DamagedFile(f"Файл «{name}» повреждён: оглавление архива не читается, возьмите его заново из источника.")
        if len(opened.filelist) > limits.zip_entries:
            raise TooLarge(f"В файле «{name}» слишком много частей ({len(opened.filelist)}), сохраните его заново в Word.")
        self._entries = {info.filename: info for info in opened.filelist}
        self._folded: dict[str, str] | None = None

    def find(self, part: str) -> str | None:
        """The name under which the part is stored: exact, or in another case, or percent-encoded."""
        if part in self._entries:
            return part
        if self._folded is None:
            self._folded = {unquote(n).replace("\\", "/").lstrip("/").casefold(): n for n in self._entries}
        return self._folded.get(unquote(part).casefold())

    @property
    def size(self) -> int:
        return len(self._entries)

    def names(self) -> Iterator[str]:
        return iter(self._entries)

    def packed(self, part: str) -> Part:
        """The part still packed, after all checks that the directory allows."""
        found = self.find(part)
        if found is None:
            raise self.damaged(f"в нём нет части «{part}»")
        info = self._entries[found]
        if info.flag_bits & 1:
            raise EncryptedFile(f"Файл «{self.name}» закрыт паролем архива, снимите пароль и сохраните документ заново.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.damaged(f"часть «{part}» сжата неизвестным способом")
        self._weigh(info, part)
        at = info.header_offset
        if at < 0 or self.data[at : at + 4] != b"PK\x03\x04" or len(self.data) < at + 30:
            raise self.damaged(f"часть «{part}» не на своём месте")
        name_size, extra_size = struct.unpack_from("<HH", self.data, at + 26)
        at += 30 + name_size + extra_size
        raw = self.data[at : at + info.compress_size]
        if len(raw) < info.compress_size:
            raise self.damaged(f"часть «{part}» обрывается")
        return Part(raw, info.compress_type, info.CRC)

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
            raise self._too_large(part)
        if zlib.crc32(content) != packed.crc:
            raise self.damaged(f"контрольная сумма части «{part}» не сходится")
        self._read += len(content)
        return content

    def read(self, part: str) -> bytes:
        return self.inflate(self.packed(part), part)

    def xml(self, part: str) -> etree._Element:
        """The root of the part. Document type declarations are refused unread."""
        return self.parse(self.read(part), part)

    def parse(self, content: bytes, part: str) -> etree._Element:
        try:
            content = _as_utf8(content)
            if b"<!DOCTYPE" in content:
                raise self.damaged(f"в части «{part}» есть объявление DOCTYPE, которого в документах Word не бывает")
            root: etree._Element = etree.fromstring(content, _PARSER)
        except etree.XMLSyntaxError as trouble:
            if _TOO_DEEP.search(str(trouble)):
                raise self._too_large(part) from None
            raise self.damaged(f"часть «{part}» — не правильный XML") from None
        except (ValueError, LookupError):
            raise self.damaged(f"часть «{part}» — не правильный XML") from None
        if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]
            raise self.damaged(f"в части «{part}» есть объявление DOCTYPE, которого в документах Word не бывает")
        return root

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relations of a part ("" for the package itself); none where it has none."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", name + ".rels")
        if self.find(rels) is None:
            return ()
        found = []
        for line in self.xml(rels):
            target = line.get("Target") or ""
            external = (line.get("TargetMode") or "").casefold() == "external"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (line.get("Type") or "").rsplit("/", 1)[-1]
            found.append(Relation(line.get("Id") or "", kind, target, external))
        return tuple(found)

    def damaged(self, what: str) -> DamagedFile:
        return DamagedFile(f"Файл «{self.name}» повреждён: {what}; откройте его в Word и сохраните заново как .docx.")

    def _too_large(self, part: str) -> TooLarge:
        return TooLarge(
            f"Часть «{part}» файла «{self.name}» слишком велика или слишком глубоко вложена, "
            "сохраните план отдельным документом."
        )

    def _weigh(self, info: zipfile.ZipInfo, part: str) -> None:
        size, limits = info.file_size, self.limits
        swollen = size > limits.ratio_floor and size > limits.ratio * max(info.compress_size, 1)
        if size > limits.entry_bytes or self._read + size > limits.total_bytes or swollen:
            raise self._too_large(part)


def _as_utf8(content: bytes) -> bytes:
    """The XML in UTF-8 where it came in UTF-16 or UTF-32, with the strict namespaces made the usual ones."""
    for mark, encoding in _WIDE:
        if content.startswith(mark):
            content = _DECLARATION.sub("", content.decode(encoding).lstrip("\ufeff")).encode()
            break
    if b"http://purl.oclc.org/ooxml/" in content:
        content = _STRICT.sub(lambda match: _TRANSITIONAL[match[1]], content)
    return content
