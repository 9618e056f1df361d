"""What a device or a resident follows, and what changed since they last looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.places import queries as places
from gongzhi.publishing import queries as publishing
from gongzhi.residents.models import Follow, Resident, StreetAlert

FOLLOWING = "gz_following"
FOLLOWING_DAYS = 180
MOST_ON_DEVICE = 30
STOP_SALT = "gongzhi.residents.stop"


@dataclass(frozen=True)
class Followed:
    """A followed matter as the list shows it; `shown` is None when it was withdrawn."""

    public_id: str
    shown: publishing.Shown | None
    has_changed: bool


@dataclass(frozen=True)
class AlertRow:
    id: int
    where: str
    what: str
    is_paused: bool


@dataclass(frozen=True)
class Stop:
    """What a link in a message ends: one matter, one alert, or everything."""

    resident_id: int
    public_id: str = ""
    alert_id: int | None = None


def device_follows(request: Any) -> dict[str, str]:
    """Return what this device follows, with the stage last seen; a signed cookie keeps it, no table."""
    signed = request.get_signed_cookie(
        FOLLOWING, default="", salt=FOLLOWING, max_age=FOLLOWING_DAYS * 86400
    )
    pairs = (part.partition("_") for part in str(signed).split(".") if part)
    return {public_id: stage for public_id, _bar, stage in pairs}


def device_value(follows: dict[str, str]) -> str:
    newest = list(follows.items())[-MOST_ON_DEVICE:]
    return ".".join(f"{public_id}_{stage}" for public_id, stage in newest)


def account_follows(resident: Resident) -> dict[str, str]:
    rows = Follow.objects.filter(resident=resident).order_by("made_at", "pk")
    return dict(rows.values_list("public_id", "seen_stage"))


def is_followed(request: Any, resident: Resident | None, public_id: str) -> bool:
    if resident is not None:
        return Follow.objects.filter(resident=resident, public_id=public_id).exists()
    return public_id in device_follows(request)


def followed_rows(follows: dict[str, str]) -> list[Followed]:
    """Return the followed matters, what has changed first, then the newest; one statement."""
    known = publishing.shown(follows)
    rows = [
        Followed(
            public_id, found := known.get(public_id), found is not None and found.stage != stage
        )
        for public_id, stage in reversed(follows.items())
    ]
    return sorted(rows, key=lambda row: (not row.has_changed, row.shown is None))


def seen_now(rows: Sequence[Followed]) -> dict[str, str]:
    """Return the stages as they were shown, to compare with next time."""
    return {row.public_id: row.shown.stage for row in rows if row.shown is not None}


def alerts_of(resident: Resident) -> list[AlertRow]:
    names = dict(publishing.classes(on=timezone.localdate()))
    return [
        AlertRow(
            alert.pk, _where(alert), "、".join(names.get(code, code) for code in alert.classes) or _("everything"),
            alert.is_paused,
        )
        for alert in StreetAlert.objects.filter(resident=resident).order_by("pk")
    ]  # fmt: skip


def _where(alert: StreetAlert) -> str:
    if alert.area_path:
        return places.full_name(alert.area_path)
    words = _("{metres} m around {lat}, {lon}")
    return words.format(metres=alert.radius_m, lat=f"{alert.lat:.3f}", lon=f"{alert.lon:.3f}")


def stop_of(token: str) -> Stop | None:
    """Read a link out of a message; None when nobody here made it."""
    try:
        resident_id, public_id, alert_id = signing.loads(token, salt=STOP_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Stop(int(resident_id), str(public_id), int(alert_id) or None)


def stop_words(asked: Stop) -> str:
    """Say what a link would end."""
    if asked.public_id:
        found = publishing.shown([asked.public_id]).get(asked.public_id)
        return _("Messages about “{title}”").format(title=found.title if found else asked.public_id)
    if asked.alert_id:
        return _("Messages about these streets")
    return _("All messages about what you follow and about your streets")


def class_choices() -> list[tuple[str, str]]:
    return sorted(publishing.classes(on=timezone.localdate()))
