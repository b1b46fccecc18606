"""Word documents locked with a password, opened by msoffcrypto-tool (the extra `password`)."""

from __future__ import annotations

import io
from pathlib import Path

from extractor.errors import DamagedFile, EncryptedFile
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.sniff import show_name


def unlock_office(path: Path, data: bytes, password: str, limits: Limits = LIMITS) -> bytes:
    """The document without its lock; the same bytes where it has none. The password is kept nowhere.

    Raises EncryptedFile where the password does not fit or msoffcrypto-tool is not installed, DamagedFile.
    """
    name = show_name(path)
    try:
        import msoffcrypto
        from msoffcrypto import exceptions
    except ImportError:
        raise EncryptedFile(
            f"Файл «{name}» закрыт паролем: снимите пароль в Word или установите дополнение "
            "(pip install \"plan-extractor[password]\")."
        ) from None
    opened = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not office.is_encrypted():
            return data
        office.load_key(password=password)
        office.decrypt(opened)
    except (exceptions.InvalidKeyError, exceptions.DecryptionError):
        raise EncryptedFile(f"Пароль не подходит к файлу «{name}», проверьте его.") from None
    except Exception:  # of a broken file it raises whatever its parsers do
        raise DamagedFile(f"Файл «{name}» повреждён и не открывается, возьмите его заново из источника.") from None
    return opened.getvalue()[: limits.file_bytes]
