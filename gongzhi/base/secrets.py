"""
Encrypts what must not be readable in the database or its backups, such as a reporter's telephone number.

The key file has one key a line: "field <key>" (the first one encrypts, all of them decrypt) and
"index <key>" for look-ups. To rotate: put a new field line first, save the rows again, drop the old line.
"""

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

HIDDEN = "•"


if TYPE_CHECKING:
    Text = models.TextField[Any, Any]  # generic for the type checker only
else:
    Text = models.TextField


class EncryptedTextField(Text):
    """Text that is clear in Python and a Fernet token in the table. Empty text stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        return value if value in (None, "") else encrypt(str(value))

    def from_db_value(
        self, value: str | None, _expression: object, _connection: object
    ) -> str | None:
        return value if value in (None, "") else decrypt(str(value))


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken:
        raise ImproperlyConfigured(
            "the key file does not hold the key this value was encrypted with"
        ) from None


def rotate(token: str) -> str:
    """Encrypt an encrypted value again, with the first key of the file."""
    return _fernet().rotate(token.encode()).decode()


def blind_index(value: str, *, purpose: str) -> str:
    """
    Return a keyed hash by which an encrypted value can be looked up, and nothing can be read.

    The purpose ("phone", "email") keeps equal texts in different columns apart.
    """
    plain = "".join(value.split()).casefold()
    if not plain:
        return ""
    key = _keys()["index"][0].encode()
    return hmac.new(key, f"{purpose}\0{plain}".encode(), hashlib.sha256).hexdigest()


def masked(value: str) -> str:
    """Return what a page may show of a telephone number or an e-mail address: 138••••5678, l••@city.cn."""
    name, at, domain = value.partition("@")
    if at:
        return f"{name[:1]}{HIDDEN * 2}@{domain}"
    shown = 3 if len(value) > 7 else 0
    tail = value[-4:] if len(value) > 7 else value[-2:]
    return f"{value[:shown]}{HIDDEN * 4}{tail}" if value else ""


def forget_keys() -> None:
    """Read the key file anew; for long-running processes after a rotation, and tests."""
    _keys.cache_clear()
    _fernet.cache_clear()


@lru_cache(maxsize=1)
def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys()["field"]])


@lru_cache(maxsize=1)
def _keys() -> dict[str, list[str]]:
    file = Path(settings.FIELD_KEY_FILE)
    if not file.exists():
        _make(file)
    keys: dict[str, list[str]] = {"field": [], "index": []}
    for line in file.read_text().splitlines():
        use, _, key = line.strip().partition(" ")
        if key:
            keys.setdefault(use, []).append(key.strip())
    if not all(keys.values()):
        raise ImproperlyConfigured(f"{file} needs at least one 'field' line and one 'index' line")
    return keys


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(f"field {Fernet.generate_key().decode()}\nindex {secrets.token_urlsafe(32)}\n")
    try:
        # A link fails where a rename would replace: of two processes that start at once, one wins.
        file.hardlink_to(fresh)
    except FileExistsError:
        return
    finally:
        fresh.unlink()
