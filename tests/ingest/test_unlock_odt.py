"""OpenDocument texts locked with a password, made here by the specification (ODF 1.3, part 2, chapter 4)."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
import zlib
from base64 import b64encode
from pathlib import Path

import pytest

from extractor import cli
from extractor.errors import DamagedFile, EncryptedFile
from extractor.ingest import read_source

pytest.importorskip("cryptography")

from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: E402
from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: E402
from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: E402
from cryptography.hazmat.primitives.ciphers.modes import CBC  # noqa: E402

PLAN = Path(__file__).parent / "data" / "mathematics-2022.odt"
SECRET = "тайна-1"
_AES = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
_GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
_SHA256, _SHA1 = "http://www.w3.org/2000/09/xmldsig#sha256", "SHA1"
_CHECKED = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k"


def text(data: bytes) -> str:
    return b64encode(data).decode()


def lock(
    data: bytes,
    *,
    algorithm: str = _AES,
    derivation: str = "PBKDF2",
    prf: str = "sha1",
    hashing: str = _SHA256,
    rounds: int = 1000,
    whole: bool = False,
) -> bytes:
    """The package, locked as LibreOffice locks it; `whole`: as one package in another."""
    made, entries = io.BytesIO(), []
    with zipfile.ZipFile(io.BytesIO(data)) as plain, zipfile.ZipFile(made, "w") as locked:
        locked.writestr("mimetype", plain.read("mimetype"))
        parts = (
            {"encrypted-package": data}
            if whole
            else {n: plain.read(n) for n in ("content.xml", "styles.xml")}
        )
        for name, content in parts.items():
            packer = zlib.compressobj(wbits=-15)
            packed = packer.compress(content) + packer.flush()
            salt, start = os.urandom(16), os.urandom(12 if algorithm == _GCM else 16)
            begin = hashlib.new("sha256" if hashing == _SHA256 else "sha1", SECRET.encode()).digest()
            key = hashlib.pbkdf2_hmac(prf, begin, salt, min(rounds, 1000), 32)
            if algorithm == _GCM:
                closed, check = start + AESGCM(key).encrypt(start, packed, None), ""
            else:
                padding = 16 - len(packed) % 16
                encryptor = Cipher(AES(key), CBC(start)).encryptor()
                closed = (
                    encryptor.update(packed + bytes(padding - 1) + bytes([padding])) + encryptor.finalize()
                )
                digest = text(hashlib.sha256(packed[:1024]).digest())
                check = f'manifest:checksum-type="{_CHECKED}" manifest:checksum="{digest}"'
            locked.writestr(name, closed)
            entries.append(
                f'<manifest:file-entry manifest:full-path="{name}" manifest:size="{len(content)}">'
                f'<manifest:encryption-data {check}><manifest:algorithm manifest:algorithm-name="{algorithm}" '
                f'manifest:initialisation-vector="{text(start)}"/>'
                f'<manifest:start-key-generation manifest:start-key-generation-name="{hashing}"/>'
                f'<manifest:key-derivation manifest:key-derivation-name="{derivation}" manifest:key-size="32" '
                f'manifest:iteration-count="{rounds}" manifest:salt="{text(salt)}"/>'
                "</manifest:encryption-data></manifest:file-entry>"
            )
        locked.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            + "".join(entries)
            + "</manifest:manifest>",
        )
    return made.getvalue()


OPENED = [
    {},
    {"hashing": _SHA1},
    {"prf": "sha256"},
    {"algorithm": _GCM},
    {"algorithm": _GCM, "whole": True},
]


@pytest.mark.parametrize("how", OPENED, ids=["odf-1.2", "sha1", "hmac-sha256", "gcm", "whole"])
def test_the_password_opens_the_document(how: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "план.odt"
    path.write_bytes(lock(PLAN.read_bytes(), **how))  # type: ignore[arg-type]
    assert read_source(path, password=SECRET).blocks == read_source(PLAN).blocks


REFUSED = [
    ({}, None, EncryptedFile, "--password"),
    ({}, "другое", EncryptedFile, "не подходит"),
    ({"algorithm": _GCM}, "другое", EncryptedFile, "не подходит"),
    ({"algorithm": "Blowfish CFB"}, SECRET, EncryptedFile, "Blowfish"),
    (
        {"derivation": "urn:org:documentfoundation:names:experimental:office:manifest:argon2id"},
        SECRET,
        EncryptedFile,
        "Argon2",
    ),
    ({"rounds": 2_000_000_000}, SECRET, DamagedFile, "как он закрыт"),
]


@pytest.mark.parametrize(("how", "password", "kind", "said"), REFUSED, ids=lambda value: str(value)[:12])
def test_what_does_not_open_is_one_sentence(
    how: dict[str, str], password: str | None, kind: type[Exception], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "план.odt"
    path.write_bytes(lock(PLAN.read_bytes(), **how))  # type: ignore[arg-type]
    with pytest.raises(kind, match=said) as caught:
        read_source(path, password=password)
    assert len(str(caught.value).splitlines()) == 1
    assert password is None or password not in str(caught.value)


def test_a_document_without_a_lock_does_not_mind() -> None:
    assert read_source(PLAN, password=SECRET) == read_source(PLAN)


def test_the_command_opens_it_and_tells_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, target = tmp_path / "план.odt", tmp_path / "plan.json"
    path.write_bytes(lock(PLAN.read_bytes()))
    assert cli.main([str(path), "-o", str(target), "--password", SECRET]) == 0
    written = target.read_text("utf-8") + "".join(capsys.readouterr())
    assert SECRET not in written
    assert json.loads(target.read_text("utf-8"))["source"]["format"] == "odt"
