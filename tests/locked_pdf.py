"""A small PDF of one page written by hand: Russian lines in a font of its own encoding, locked on demand (RC4)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_ID = bytes(range(16))
_PERMISSIONS = (-4).to_bytes(4, "little", signed=True)
# names of the glyphs of «А»–«я»
_NAMES = [f"afii{10017 + n + (n > 5)}" for n in range(32)] + [f"afii{10065 + n + (n > 5)}" for n in range(32)]


def pdf(lines: Sequence[str], password: str | None = None) -> bytes:
    """The lines one below the other; with a password nobody opens the file without it."""
    shown = "\n".join(
        f"BT /F1 11 Tf 60 {780 - 22 * n} Td <{line.encode('cp1251').hex()}> Tj ET"
        for n, line in enumerate(lines)
    )
    content = shown.encode("ascii")
    owner = user = key = b""
    if password is not None:
        secret = (password.encode("latin-1") + _PAD)[:32]
        owner = _rc4(_md5(secret)[:5], secret)
        key = _md5(secret + owner + _PERMISSIONS + _ID)[:5]
        user = _rc4(key, _PAD)
        content = _rc4(_md5(key + (4).to_bytes(3, "little") + bytes(2))[:10], content)
    differences = " ".join(
        ["192", *(f"/{name}" for name in _NAMES), "171 /guillemotleft 187 /guillemotright"]
    )
    widths = " ".join(["600"] * 224)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /PlanSans /FirstChar 32 /LastChar 255"
        b" /Widths [%s] /Encoding << /Type /Encoding /Differences [%s] >> >>"
        % (widths.encode(), differences.encode()),
    ]
    trailer = b"/Root 1 0 R /ID [<%s> <%s>]" % (_ID.hex().encode(), _ID.hex().encode())
    if password is not None:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>"
            % (owner.hex().encode(), user.hex().encode())
        )
        trailer += b" /Encrypt 6 0 R"
    return _assemble(objects, trailer)


def _assemble(objects: Sequence[bytes], trailer: bytes) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, count = len(made), len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return made + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, start)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    made, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        made.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(made)
