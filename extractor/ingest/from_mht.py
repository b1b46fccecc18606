"""Web pages saved as one file (.mht, .mhtml): a letter whose first HTML part is the page."""

from __future__ import annotations

import email
import email.policy
from email.message import Message
from pathlib import Path

from msgspec.structs import replace

from extractor.errors import DamagedFile
from extractor.ingest.from_html import decode_page, read_html
from extractor.ingest.from_text import read_text
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.sniff import show_name
from extractor.model.source import Source

_MOST_PARTS = 10_000


def read_mht(path: Path, data: bytes, limits: Limits = LIMITS, *, encoding: str | None = None) -> Source:
    """The page in the letter as blocks. Raises DamagedFile where there is none, and what read_html raises."""
    import hashlib

    name = show_name(path)
    part = _find_page(data)
    content = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(content, bytes):
        raise DamagedFile(
            f"В файле «{name}» нет страницы с текстом, откройте его в браузере и скопируйте план в Word."
        )
    if part.get_content_type() == "text/plain":
        source = read_text(path, content, encoding=encoding)
    else:
        transport = encoding or _charset(part)
        decoded = decode_page(content, encoding, transport)
        source = read_html(path, decoded.text.encode("utf-8", "replace"), limits)
        source = replace(source, encoding=decoded.encoding, notes=(*decoded.notes, *source.notes))
    return replace(source, format="mht", sha256=hashlib.sha256(data).hexdigest(), bytes=len(data))


def _find_page(data: bytes) -> Message | None:
    """The first part that is HTML, else the first that is plain text."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    plain = None
    for number, part in enumerate(message.walk()):
        kind = part.get_content_type()
        if kind in ("text/html", "application/xhtml+xml"):
            return part
        if kind == "text/plain" and plain is None and not part.is_multipart():
            plain = part
        if number > _MOST_PARTS:
            break
    return plain


def _charset(part: Message) -> str | None:
    found = part.get_param("charset")
    return found if isinstance(found, str) else None
