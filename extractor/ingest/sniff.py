"""What a file is, by its content: the name only breaks ties between kinds of plain text."""

from __future__ import annotations

import re
import stat
from collections import Counter
from pathlib import Path

import msgspec

from extractor.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    ExtractorError,
    NotAFile,
    TooLarge,
    UnknownFormat,
)
from extractor.ingest.limits import LIMITS, Limits
from extractor.model.source import Source

_SAVE_AS = "откройте его в Word или LibreOffice и сохраните как .docx"
# Kinds that are recognised and not read: what to call them, what to do.
_KNOWN = {
    "doc": ("старый документ Word (.doc)", _SAVE_AS),
    "rtf": ("документ RTF", _SAVE_AS),
    "odt": ("документ OpenDocument (.odt)", _SAVE_AS),
    "fodt": ("документ OpenDocument (.fodt)", _SAVE_AS),
    "pdf": ("документ PDF", "откройте его в Word, он предложит преобразование, и сохраните как .docx"),
    "html": ("веб-страница", _SAVE_AS),
    "mht": ("веб-страница, сохранённая одним файлом", _SAVE_AS),
    "word-xml": ("документ Word в виде XML", _SAVE_AS),
    "xls": ("таблица Excel", "скопируйте план в документ Word и сохраните как .docx"),
    "xlsx": ("таблица Excel", "скопируйте план в документ Word и сохраните как .docx"),
    "ods": ("таблица OpenDocument", "скопируйте план в документ Word и сохраните как .docx"),
    "ppt": ("презентация", "скопируйте план в документ Word и сохраните как .docx"),
    "pptx": ("презентация", "скопируйте план в документ Word и сохраните как .docx"),
    "pages": ("документ Apple Pages", "экспортируйте его в Word (.docx)"),
    "epub": ("электронная книга", "сохраните план как .docx"),
    "djvu": ("скан DjVu", "распознайте текст (например, в FineReader) и сохраните как .docx"),
    "archive": ("архив", "распакуйте его и укажите сам документ"),
    "ole": ("файл Office без документа Word", _SAVE_AS),
    "xml": ("файл XML", "сохраните план как .docx или .txt"),
}
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (  # streams of a compound file, by which its kind is known
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
_MAGIC = (
    ("image", (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
    ("djvu", (b"AT&TFORM",)),
    ("doc", (b"\xdb\xa5\x2d\x00", b"\xdc\xa5", b"\x9b\xa5\x21\x00")),  # Word 1, 2 and 6 without a container
    ("archive", (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"MSCF")),
)
_ZIP_FOLDERS = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"))
_TYPES = ((b"wordprocessingml", "docx"), (b"spreadsheetml", "xlsx"), (b"presentationml", "pptx"))
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|div|p)\b",
    re.I | re.S,
)
_MHT = re.compile(
    rb"\A(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){0,20}?"
    rb"content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)",
    re.I,
)
_FRAGMENTS = (  # without a proper beginning: the name and the marks together tell
    ("pdf", {".pdf"}, re.compile(rb"endobj|endstream|%%EOF")),
    ("rtf", {".rtf", ".doc"}, re.compile(rb"\\(?:par|pard|trowd|fonttbl)\b")),
    (
        "html",
        {".htm", ".html", ".xhtml", ".doc"},
        re.compile(rb"</?(?:p|table|div|style|span|br|td)\b[^<]*>", re.I),
    ),
)
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\r\x0b\x0c\x1a\x1b") + b"\x7f"
_SAMPLE = 1 << 16
_TEXT_SUFFIXES = frozenset(
    ["", ".txt", ".text", ".md", ".asc", ".ans", ".doc", ".docx", ".docm", ".dot", ".dotx", ".rtf", ".odt"]
    + [".htm", ".html", ".pdf"]
)


def load(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of the file. Raises NotAFile, EmptyFile, TooLarge."""
    name = show_name(path)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise NotAFile(f"«{name}» — это папка, укажите файл с планом.")
        if not stat.S_ISREG(about.st_mode):
            raise NotAFile(f"«{name}» — не обычный файл, укажите документ с планом.")
        if path.name.startswith("~$") and about.st_size < 1024:
            raise NotAFile(
                f"«{name}» — служебный файл открытого в Word документа, укажите сам документ (без «~$»)."
            )
        if about.st_size > limits.file_bytes:
            raise _too_large(name)
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise NotAFile(f"Файл «{name}» не найден, проверьте имя и папку.") from None
    except PermissionError:
        raise NotAFile(
            f"Файл «{name}» не открывается: нет прав или он занят другой программой, закройте её."
        ) from None
    except (OSError, ValueError):
        raise NotAFile(f"Файл «{name}» не открывается, проверьте имя и папку.") from None
    if len(data) > limits.file_bytes:
        raise _too_large(name)
    if not data:
        raise EmptyFile(f"Файл «{name}» пуст (0 байт), возьмите его заново из источника.")
    return data


def identify(path: Path, data: bytes) -> str:
    """The kind of the content: a key of READERS, or of the kinds that are only recognised."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or len(data) < 4 and data.startswith(b"PK"):
        return _identify_zip(data)
    if data.startswith(_CFB):
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in data), "ole")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for kind, magic in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"BM") and b"\x00" in data[:32] or data[4:12] in (b"ftypheic", b"ftypmif1"):
        return "image"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    if b"PK\x05\x06" in data[-_SAMPLE:]:  # something stands before the archive
        kind = _identify_zip(data)
        if kind != "broken-zip":
            return kind
    if not looks_like_text(data):
        return "binary"
    return _identify_text(path, data)


def looks_like_text(data: bytes) -> bool:
    """No control characters to speak of, or UTF-16 and UTF-32 by their mark or by their pattern of zeros."""
    if data.startswith(_BOMS):
        return True
    sample = data[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if sample.count(0) * 200 <= len(sample) and control * 33 <= len(sample):
        return True
    even, odd = sample[::2], sample[1::2]
    return any(_wide_half(half, other) for half, other in ((odd, even), (even, odd)))


def refuse(path: Path, kind: str) -> ExtractorError:
    """The error for a kind that no reader takes."""
    name = show_name(path)
    if kind == "encrypted":
        return EncryptedFile(
            f"Файл «{name}» закрыт паролем: укажите его (--password ПАРОЛЬ) или снимите пароль в Word и сохраните документ заново."
        )
    if kind == "broken-zip":
        return DamagedFile(f"Файл «{name}» повреждён: он обрывается, возьмите его заново из источника.")
    if kind == "unknown-text":
        return UnknownFormat(
            f"Файл «{name}» похож на простой текст, но его окончание «{path.suffix}» незнакомо; "
            "если это план, переименуйте его в .txt."
        )
    if kind in _KNOWN:
        what, advice = _KNOWN[kind]
        return UnknownFormat(f"Файл «{name}» — это {what}, эта версия таких файлов не читает: {advice}.")
    return UnknownFormat(
        f"Содержание файла «{name}» не похоже ни на документ Word, ни на текст, укажите файл .docx или .txt."
    )


def check_source(path: Path, source: Source, limits: Limits = LIMITS) -> Source:
    """The source under a name that can be written. Raises EmptyFile without letters, TooLarge over limits."""
    blocks, name = source.blocks, show_name(path)
    if len(blocks) > limits.blocks or any(len(block.text) > limits.line_chars for block in blocks):
        raise TooLarge(f"В файле «{name}» слишком много текста для плана, разделите его на части.")
    places = {(b.table, b.row, b.column) for b in blocks if b.table} if len(blocks) > limits.row_cells else ()
    if places and max(Counter(place[:2] for place in places).values()) > limits.row_cells:
        raise TooLarge(
            f"В таблице файла «{name}» слишком много столбцов, сохраните план отдельным документом."
        )
    if any(character.isalpha() for block in blocks for character in block.text):
        return source if source.name == name else msgspec.structs.replace(source, name=name)
    raise EmptyFile(
        f"В файле «{name}» нет ни одной буквы: если это скан или рисунок, "
        "распознайте текст и сохраните его как .docx."
    )


def show_name(path: Path) -> str:
    """The name of the file as it can be printed: no line ends, no bytes that are no letters."""
    name = path.name or str(path)
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _wide_half(high: bytes, low: bytes) -> bool:
    """Whether these are the high and the low bytes of UTF-16: blocks 00 and 04 hold Russian and ASCII."""
    if len(high) < 2:
        return False
    wide = high.count(0) + high.count(4)
    return wide * 10 >= len(high) * 9 and low.count(0) * 20 <= len(low)


def _identify_zip(data: bytes) -> str:
    from extractor.ingest.archive import open_zip

    opened = open_zip(data)
    if opened is None:
        for folder, kind in _ZIP_FOLDERS:
            if folder in data:
                return kind if kind == "docx" else "broken-zip"
        return "broken-zip"
    names = [info.filename.replace("\\", "/").lstrip("/").casefold() for info in opened.filelist[:2000]]
    for folder, kind in _ZIP_FOLDERS:
        if any(name.startswith(folder.decode()) for name in names):
            return kind
    try:
        if "[content_types].xml" in names:
            types = opened.open(opened.filelist[names.index("[content_types].xml")]).read(1 << 20)
            return next((kind for mark, kind in _TYPES if mark in types), "archive")
        if "mimetype" in names:
            mime = opened.open(opened.filelist[names.index("mimetype")]).read(200)
            return _identify_mime(mime)
    except Exception:  # zipfile raises a dozen kinds of errors on damaged entries
        return "broken-zip"
    if "content.xml" in names:
        return "odt"
    if any(name.endswith(".iwa") for name in names):
        return "pages"
    return "archive"


def _identify_mime(mime: bytes) -> str:
    if b"opendocument.text" in mime:
        return "odt"
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if b"opendocument.presentation" in mime:
        return "pptx"
    return "epub" if b"epub" in mime else "archive"


def _identify_text(path: Path, data: bytes) -> str:
    head = data[:4096]
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if _HTML.match(head):
        return "html"
    if _MHT.match(head):
        return "mht"
    if head.startswith((b"<?xml", b"<w:")):
        return _identify_xml(head)
    suffix = path.suffix.casefold()
    for kind, suffixes, sign in _FRAGMENTS:
        if suffix in suffixes and sign.search(data[:_SAMPLE]):
            return kind
    return "text" if suffix in _TEXT_SUFFIXES else "unknown-text"


def _identify_xml(head: bytes) -> str:
    if b"office/word/2003/wordml" in head or b"office/2006/xmlPackage" in head:
        return "word-xml"
    if b"opendocument:xmlns:office" in head:
        return "fodt"
    return "html" if b"<html" in head.lower() else "xml"


def _too_large(name: str) -> TooLarge:
    return TooLarge(f"Файл «{name}» слишком велик, сохраните план отдельным документом.")
