"""
Encrypts what must not be readable in the database or its backups, such as a party's name.

AES-256-GCM, or SM4-GCM (GB/T 32907) where FIELD_CIPHER is "sm4"; both prove that nothing was changed. A value
says by which cipher and key it was written: "g1.<key>.<nonce, text and tag>". Fernet tokens of earlier
versions are still read.

The key file has one key a line: "field <key>" (the first one encrypts, all of them decrypt) and
"index <key>" for look-ups. `gongzhi rotate-keys` puts a new field line first and writes every value again.
"""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

HIDDEN = "•"
NONCE, TAG = 12, 16  # bytes, as NIST SP 800-38D advises for GCM
CIPHERS = {"aes": "g1", "sm4": "s1"}  # FIELD_CIPHER → how a value begins


if TYPE_CHECKING:
    Text = models.TextField[Any, Any]  # generic for the type checker only
else:
    Text = models.TextField


class EncryptedTextField(Text):
    """Text that is clear in Python and sealed in the table. Empty text stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        return value if value in (None, "") else encrypt(str(value))

    def from_db_value(
        self, value: str | None, _expression: object, _connection: object
    ) -> str | None:
        return value if value in (None, "") else decrypt(str(value))


@dataclass(frozen=True)
class _Key:
    """One field key: its short mark, and what is derived from it for each cipher."""

    mark: str
    aes: bytes
    sm4: bytes
    fernet: Fernet

    def algorithm(self, kind: str) -> Any:
        return algorithms.AES(self.aes) if kind == CIPHERS["aes"] else algorithms.SM4(self.sm4)


def encrypt(text: str) -> str:
    """Seal a text with the first key of the file."""
    head = current_mark()
    nonce = secrets.token_bytes(NONCE)
    sealing = Cipher(_field_keys()[0].algorithm(head[:2]), modes.GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(head.encode())
    sealed = nonce + sealing.update(text.encode()) + sealing.finalize() + sealing.tag
    return head + base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def decrypt(token: str) -> str:
    """Open a sealed text, with whichever key of the file it was sealed with."""
    kind, _dot, rest = token.partition(".")
    mark, _dot, body = rest.partition(".")
    if kind not in CIPHERS.values():
        return _from_fernet(token)
    return _opened(_key_of(mark).algorithm(kind), f"{kind}.{mark}.", body)


def _key_of(mark: str) -> _Key:
    """Return a key by its mark; one that came into the file since this process read it is found too."""
    for _reading in range(2):
        for key in _field_keys():
            if key.mark == mark:
                return key
        forget_keys()
    raise _no_key()


def _opened(algorithm: Any, head: str, body: str) -> str:
    try:
        sealed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        opening = Cipher(algorithm, modes.GCM(sealed[:NONCE], sealed[-TAG:])).decryptor()
        opening.authenticate_additional_data(head.encode())
        return (opening.update(sealed[NONCE:-TAG]) + opening.finalize()).decode()
    except (InvalidTag, ValueError, binascii.Error):
        raise ImproperlyConfigured("an encrypted value was changed or cut off") from None


def _from_fernet(token: str) -> str:
    for key in _field_keys():
        try:
            return key.fernet.decrypt(token.encode()).decode()
        except InvalidToken:
            continue
    raise _no_key()


def _no_key() -> ImproperlyConfigured:
    return ImproperlyConfigured("the key file does not hold the key this value was encrypted with")


def current_mark() -> str:
    """Return how a value begins that is sealed as it should be now: cipher and key."""
    return f"{CIPHERS[settings.FIELD_CIPHER]}.{_field_keys()[0].mark}."


def rotate(token: str) -> str:
    """Encrypt an encrypted value again, with the first key of the file."""
    return encrypt(decrypt(token))


def add_key() -> None:
    """Put a fresh field key first in the key file; the others still read."""
    _keys()  # makes the file where there is none
    file = Path(settings.FIELD_KEY_FILE)
    _replace(file, f"field {Fernet.generate_key().decode()}\n{file.read_text()}")
    forget_keys()


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
    _field_keys.cache_clear()


@lru_cache(maxsize=1)
def _field_keys() -> tuple[_Key, ...]:
    return tuple(map(_key, _keys()["field"]))


def _key(text: str) -> _Key:
    raw = base64.urlsafe_b64decode(text)
    return _Key(
        hashlib.sha256(raw).hexdigest()[:8], _derived(raw, b"gongzhi field aes-256-gcm", 32),
        _derived(raw, b"gongzhi field sm4-gcm", 16), Fernet(text),
    )  # fmt: skip


def _derived(raw: bytes, use: bytes, length: int) -> bytes:
    """A key serves one cipher only: what leaks of one says nothing of the other."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=use).derive(raw)


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
    fresh = _written_beside(
        file, f"field {Fernet.generate_key().decode()}\nindex {secrets.token_urlsafe(32)}\n"
    )
    try:
        # A link fails where a rename would replace: of two processes that start at once, one wins.
        file.hardlink_to(fresh)
    except FileExistsError:
        return
    finally:
        fresh.unlink()


def _written_beside(file: Path, text: str) -> Path:
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    return fresh


def _replace(file: Path, text: str) -> None:
    """Write the whole file or nothing of it: half a key file would lose every name."""
    _written_beside(file, text).replace(file)
