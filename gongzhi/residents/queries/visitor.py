"""Whose browser this is, if its owner has signed in."""

from typing import Any

from django.conf import settings

from gongzhi.residents.models import Resident

COOKIE = "gz_resident"
TICKET = "gz_code"
DAY = 86_400
_KEPT = "_resident"  # on the request: asked of the table once


def resident_of(request: Any) -> Resident | None:
    """Return who is signed in as a resident; a visitor without the cookie costs no statement."""
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, _found(request))
    found: Resident | None = getattr(request, _KEPT)
    return found


def _found(request: Any) -> Resident | None:
    signed = request.get_signed_cookie(
        COOKIE, default="", salt=COOKIE, max_age=settings.RESIDENT_DAYS * DAY
    )
    number, _dot, mark = str(signed).partition(".")
    if not (number.isdigit() and mark.isdigit()):
        return None
    return Resident.objects.filter(pk=int(number), mark=int(mark)).first()


def signed_value(resident: Resident) -> str:
    """Return what the cookie of a signed-in browser says; it ends when the mark is raised."""
    return f"{resident.pk}.{resident.mark}"


def ticket_of(request: Any) -> str:
    """Return the ticket of the code this device is waiting for; empty when it is over."""
    return str(
        request.get_signed_cookie(
            TICKET, default="", salt=TICKET, max_age=settings.CODE_MINUTES * 60
        )
    )
