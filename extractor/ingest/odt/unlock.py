"""OpenDocument texts locked with a password: AES with a key by PBKDF2, as ODF 1.2 and 1.3 write it.

The algorithms are those of OpenDocument 1.3, part 2, chapter 4. What is older (Blowfish) or newer (Argon2, of
LibreOffice 24.2 and later) is said. `cryptography` comes with the extra `password`.
"""

from __future__ import annotations

import binascii
import hashlib
import io
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml.etree import _Element

from extractor.errors import DamagedFile, EncryptedFile, TooLarge
from extractor.ingest.package import Package

MANIFEST = "META-INF/manifest.xml"
_M: Final = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_PARTS = ("content.xml", "styles.xml")
_WHOLE = "encrypted-package"  # a package in the package: LibreOffice 24.2 and later
_MOST_ROUNDS = 3_000_000  # of the derivation of the key; LibreOffice does 100 000
_CHECKED = 1024  # bytes of a part over which its checksum goes
_KEY_SIZES = (16, 24, 32)


class _Lock(NamedTuple):
    """How a part is locked."""

    algorithm: str
    start: bytes  # the initialisation vector
    salt: bytes
    rounds: int
    key_size: int
    hashing: str  # of the password
    checksum: bytes
    checked_by: str


def is_locked(package: Package) -> bool:
    """Whether the manifest says that parts are encrypted."""
    return package.find(MANIFEST) is not None and b"encryption-data" in package.read(MANIFEST)


def unlock_odt(package: Package, password: str) -> bytes:
    """The package with its text readable, without the parts that nobody reads here. The password is kept nowhere.

    Raises EncryptedFile where the password does not fit, the lock is of another kind or `cryptography` is not
    installed; DamagedFile, TooLarge.
    """
    locks = dict(_read_locks(package, package.xml(MANIFEST)))
    if _WHOLE in locks:
        return _open_part(package, _WHOLE, locks[_WHOLE], password)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for part in _PARTS:
            if part in locks:
                opened.writestr(part, _open_part(package, part, locks[part], password))
            elif package.find(part) is not None:
                opened.writestr(part, package.read(part))
    return buffer.getvalue()


def _read_locks(package: Package, manifest: _Element) -> Iterator[tuple[str, _Lock]]:
    for entry in manifest.iter(_M + "file-entry"):
        part = entry.get(_M + "full-path") or ""
        data = entry.find(_M + "encryption-data")
        if data is not None and part in (*_PARTS, _WHOLE):
            yield part, _read_lock(package, data)


def _read_lock(package: Package, data: _Element) -> _Lock:
    algorithm, derivation = data.find(_M + "algorithm"), data.find(_M + "key-derivation")
    if algorithm is None or derivation is None:
        raise _broken(package)
    name = (algorithm.get(_M + "algorithm-name") or "").lower()
    method = (derivation.get(_M + "key-derivation-name") or "").lower()
    if "argon2" in method:
        raise _foreign(package, "новым способом (Argon2)")
    if "aes" not in name or "pbkdf2" not in method:
        raise _foreign(package, "старым способом (Blowfish)" if "blowfish" in name else "незнакомым способом")
    generation = data.find(_M + "start-key-generation")
    hashing = "" if generation is None else generation.get(_M + "start-key-generation-name") or ""
    try:
        lock = _Lock(
            algorithm="gcm" if name.endswith("gcm") else "cbc",
            start=b64decode(algorithm.get(_M + "initialisation-vector") or ""),
            salt=b64decode(derivation.get(_M + "salt") or ""),
            rounds=int(derivation.get(_M + "iteration-count") or ""),
            key_size=int(derivation.get(_M + "key-size") or "16"),
            hashing="sha256" if "sha256" in hashing.lower() else "sha1",
            checksum=b64decode(data.get(_M + "checksum") or ""),
            checked_by="sha256" if "sha256" in (data.get(_M + "checksum-type") or "").lower() else "sha1",
        )
    except (ValueError, binascii.Error):
        raise _broken(package) from None
    if not 0 < lock.rounds <= _MOST_ROUNDS or lock.key_size not in _KEY_SIZES:
        raise _broken(package)
    return lock


def _open_part(package: Package, part: str, lock: _Lock, password: str) -> bytes:
    locked = package.read(part)
    start = hashlib.new(lock.hashing, password.encode("utf-8", "surrogateescape")).digest()
    for derived_by in ("sha1", "sha256"):
        key = hashlib.pbkdf2_hmac(derived_by, start, lock.salt, lock.rounds, lock.key_size)
        packed = _decrypt(package, locked, lock, key)
        if packed is None or lock.checksum and _digest(packed, lock) != lock.checksum:
            continue
        content = packed if part == _WHOLE and packed.startswith(b"PK") else _inflate(package, part, packed)
        if content is not None:
            return content
    raise EncryptedFile(f"Пароль не подходит к файлу «{package.name}», проверьте его.")


def _digest(packed: bytes, lock: _Lock) -> bytes:
    return hashlib.new(lock.checked_by, packed[:_CHECKED]).digest()


def _decrypt(package: Package, locked: bytes, lock: _Lock, key: bytes) -> bytes | None:
    """What the key makes of the bytes; None where it cannot be the right one."""
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers import Cipher
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.ciphers.algorithms import AES
        from cryptography.hazmat.primitives.ciphers.modes import CBC
    except ImportError:
        raise EncryptedFile(
            f"Файл «{package.name}» закрыт паролем: снимите пароль в LibreOffice или установите дополнение "
            '(pip install "plan-extractor[password]").'
        ) from None
    try:
        if lock.algorithm == "gcm":
            return AESGCM(key).decrypt(lock.start, locked.removeprefix(lock.start), None)
        decryptor = Cipher(AES(key), CBC(lock.start)).decryptor()
        plain = decryptor.update(locked) + decryptor.finalize()
    except InvalidTag:
        return None
    except ValueError:
        raise _broken(package) from None
    padding = plain[-1] if plain else 0
    return plain[:-padding] if 0 < padding <= 16 else None


def _inflate(package: Package, part: str, packed: bytes) -> bytes | None:
    """The part unpacked, within the limits; None where it is nothing that was packed."""
    unpacker = zlib.decompressobj(-15)
    try:
        content = unpacker.decompress(packed, package.limits.entry_bytes + 1)
    except zlib.error:
        return None
    if len(content) > package.limits.entry_bytes:
        raise TooLarge(
            f"Часть «{part}» файла «{package.name}» слишком велика, сохраните план отдельным документом."
        )
    return content if unpacker.eof else None


def _foreign(package: Package, how: str) -> EncryptedFile:
    return EncryptedFile(
        f"Файл «{package.name}» закрыт паролем {how}, который эта версия не открывает: "
        "откройте его в LibreOffice и сохраните без пароля."
    )


def _broken(package: Package) -> DamagedFile:
    return DamagedFile(
        f"Файл «{package.name}» повреждён: из него не видно, как он закрыт паролем; "
        "откройте его в LibreOffice и сохраните заново."
    )
