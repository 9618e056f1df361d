"""
Certificate services: whoever puts an official electronic seal or time stamp on a digest.

A city names its service in the setting AGREEMENT_CERTIFICATES ("package.module.Class"). Without one the
digest, the signatures and their receipts are kept here alone. The local service is for trials: its key
lies beside the field keys and stands for nobody in law.
"""

import base64
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


class CertificateService(Protocol):
    """
    What is asked of a service: certify a digest, and say later whether a certificate is its own.

    It is called by the worker; one that cannot certify raises and is asked again later.
    """

    def certify(self, *, digest: str, at: datetime) -> dict[str, str]: ...

    def verify(self, *, digest: str, certificate: dict[str, str]) -> bool: ...


class LocalCertificates:
    """Signs with a key of this installation (Ed25519), so that the whole way can be tried without a provider."""

    name = "local-trial"

    def certify(self, *, digest: str, at: datetime) -> dict[str, str]:
        words = f"{digest} {at.isoformat()}"
        mark = base64.b64encode(_key().sign(words.encode())).decode()
        return {"service": self.name, "at": at.isoformat(), "signature": mark}

    def verify(self, *, digest: str, certificate: dict[str, str]) -> bool:
        words = f"{digest} {certificate.get('at', '')}"
        try:
            _key().public_key().verify(
                base64.b64decode(certificate.get("signature", "")), words.encode()
            )
        except (InvalidSignature, ValueError):
            return False
        return True


def _key() -> Ed25519PrivateKey:
    return _key_in(Path(settings.FIELD_KEY_FILE).with_name("certificates.key"))


@lru_cache(maxsize=4)
def _key_in(file: Path) -> Ed25519PrivateKey:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        raw = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.Raw,
            serialization.PrivateFormat.Raw,
            serialization.NoEncryption(),
        )
        file.touch(mode=0o600)
        file.write_bytes(raw)
    return Ed25519PrivateKey.from_private_bytes(file.read_bytes())


def certificate_service() -> CertificateService | None:
    """Return the service the city has set, or None."""
    path = str(getattr(settings, "AGREEMENT_CERTIFICATES", ""))
    if not path:
        return None
    module, _dot, name = path.rpartition(".")
    made: CertificateService = getattr(import_module(module), name)()
    return made
