"""Who stands at the door: a device by a cookie made for that purpose, and an address. Both as keyed hashes."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing

from gongzhi.base.secrets import blind_index
from gongzhi.guard.rules import network_of

COOKIE = "gz_device"
PROVED_COOKIE = "gz_person"
COOKIE_DAYS = 180
_NEW, _PROVED = "_gz_new_device", "_gz_proved_device"


@dataclass(frozen=True)
class Sender:
    """`device` is empty for a browser that keeps no cookie of ours (yet)."""

    device: str
    address: str


def sender_of(request: Any) -> Sender:
    """
    Tell device and address apart by keyed hashes; the answer to this request gives the cookie to a new device.

    No property of the browser is looked at: who deletes the cookie is a new device.
    """
    secret = _secret(request)
    if not secret and not getattr(request, _NEW, ""):
        setattr(request, _NEW, secrets.token_urlsafe(18))
    return Sender(
        device=blind_index(secret, purpose="device"), address=address_key(request.actor.address)
    )


def address_key(address: str) -> str:
    return blind_index(network_of(address), purpose="address")


def give_cookies(request: Any, answer: Any) -> None:
    """Give the cookie to a device that a door asked for and had none, and the one of a check that was passed."""
    if device := getattr(request, _PROVED, ""):
        _set(answer, PROVED_COOKIE, device, seconds=_proof_seconds())
    if secret := getattr(request, _NEW, ""):
        _set(answer, COOKIE, secret, seconds=COOKIE_DAYS * 86400)


def is_proved(request: Any) -> bool:
    """Tell whether this very device passed the check a short while ago."""
    device = sender_of(request).device
    return bool(device) and _read(request, PROVED_COOKIE, _proof_seconds()) == device


def remember_proof(request: Any) -> None:
    """Let the device go on to the next step of its form without another check."""
    setattr(request, _PROVED, sender_of(request).device)


def _proof_seconds() -> int:
    return int(settings.GUARD_PROOF_MINUTES * 60)


def _set(answer: Any, name: str, value: str, *, seconds: int) -> None:
    answer.set_signed_cookie(
        name, value, max_age=seconds, httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def _secret(request: Any) -> str:
    return _read(request, COOKIE, COOKIE_DAYS * 86400)


def _read(request: Any, name: str, seconds: int) -> str:
    try:
        return str(request.get_signed_cookie(name, default="", max_age=seconds))
    except signing.BadSignature:
        return ""
