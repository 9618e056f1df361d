"""Following matters and streets, and what is told of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.places import queries as places
from gongzhi.publishing import queries as publishing
from gongzhi.residents import rules
from gongzhi.residents.models import Follow, News, Resident, StreetAlert

MOST_FOLLOWED = 200
MOST_ALERTS = 10
RADII = (300, 500, 1000, 2000, 3000)
NEAREST = 3000 / rules.LAT_METRES  # degrees of latitude a circle can reach


def follow(*, resident: Resident, public_id: str, at: datetime) -> None:
    """Follow a published matter; OutOfReach when nothing of it is public."""
    found = publishing.shown([public_id]).get(public_id)
    if found is None:
        raise OutOfReach
    if Follow.objects.filter(resident=resident).count() >= MOST_FOLLOWED:
        raise Refused(_("You follow {n} matters; stop some before you follow more.").format(n=MOST_FOLLOWED))  # fmt: skip
    Follow.objects.get_or_create(
        resident=resident, public_id=public_id, defaults={"seen_stage": found.stage, "made_at": at}
    )


def unfollow(*, resident: Resident, public_id: str) -> None:
    Follow.objects.filter(resident=resident, public_id=public_id).delete()
    News.objects.filter(
        resident=resident, public_id=public_id, sent_at=None, alert__isnull=True
    ).delete()


def take_along(*, resident: Resident, seen: dict[str, str], at: datetime) -> None:
    """Follow with the account what a device followed before its owner signed in."""
    known = publishing.shown(seen)
    Follow.objects.bulk_create(
        [
            Follow(resident=resident, public_id=public_id, seen_stage=seen[public_id][:10], made_at=at)
            for public_id in known
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def note_seen(*, resident: Resident, stages: dict[str, str]) -> None:
    """Remember how far each followed matter was when its follower last looked."""
    rows = list(Follow.objects.filter(resident=resident, public_id__in=list(stages)))
    for row in rows:
        row.seen_stage = stages[row.public_id]
    Follow.objects.bulk_update(rows, ["seen_stage"])


def add_alert(
    *,
    resident: Resident,
    area_path: str,
    lon: float | None,
    lat: float | None,
    radius_m: int,
    classes: Sequence[str],
    at: datetime,
) -> StreetAlert:
    """Watch a village, or a circle; what is kept of a point is rounded."""
    if StreetAlert.objects.filter(resident=resident).count() >= MOST_ALERTS:
        raise Refused(_("You have {n} alerts; delete one first.").format(n=MOST_ALERTS))
    where = _where(area_path, lon, lat, radius_m)
    known = {code for code, _name in publishing.classes(on=timezone.localdate(at))}
    chosen = sorted(set(classes) & known)
    return StreetAlert.objects.create(resident=resident, classes=chosen, made_at=at, **where)


def _where(area_path: str, lon: float | None, lat: float | None, radius_m: int) -> dict[str, Any]:
    if area_path:
        try:
            return {"area_path": places.area(area_path).path}
        except (ObjectDoesNotExist, OutOfReach):
            raise Invalid({"area": _("There is no such area; choose one from the list.")}) from None
    if lon is None or lat is None:
        raise Invalid({"area": _("Choose a village, or tap the map.")})
    if problem := places.flaw_words(lon, lat):
        raise Invalid({"area": problem})
    if radius_m not in RADII:
        raise Invalid({"radius": _("Choose one of the distances.")})
    return {
        "lon": round(lon, rules.ROUNDED), "lat": round(lat, rules.ROUNDED), "radius_m": radius_m,
    }  # fmt: skip


def pause_alert(*, resident: Resident, alert_id: int, is_paused: bool) -> None:
    found = StreetAlert.objects.filter(resident=resident, pk=alert_id)
    if not found.update(is_paused=is_paused):
        raise OutOfReach


def delete_alert(*, resident: Resident, alert_id: int) -> None:
    if not StreetAlert.objects.filter(resident=resident, pk=alert_id).delete()[0]:
        raise OutOfReach


@transaction.atomic
def note_news(*, public_id: str, stage: str, at: datetime) -> int:
    """Keep for everybody who follows a matter or its streets that it moved on; safe to repeat."""
    found = publishing.shown([public_id]).get(public_id)
    if found is None:
        return 0
    told: dict[int, News] = {}
    followers = Follow.objects.filter(public_id=public_id).select_related("resident")
    asked: list[tuple[Resident, StreetAlert | None]] = [(one.resident, None) for one in followers]
    asked += [(alert.resident, alert) for alert in _alerts_about(found)]
    for who, alert in asked:
        if who.pk not in told and _wants(who, timezone.localdate(at)):
            told[who.pk] = News(
                resident=who, public_id=public_id, stage=stage, alert=alert, due_at=due_at(who, at)
            )
    News.objects.bulk_create(told.values(), ignore_conflicts=True)
    return len(told)


def _wants(who: Resident, on: date) -> bool:
    is_paused = who.paused_until is not None and on < who.paused_until
    return not is_paused and (who.by_sms or bool(who.by_email and who.email))


def due_at(who: Resident, at: datetime) -> datetime:
    return rules.tell_at(
        at, quiet=(who.quiet_from, who.quiet_to), digest_at=who.quiet_to if who.digest else None,
        zone=timezone.get_current_timezone(),
    )  # fmt: skip


def _alerts_about(found: publishing.Shown) -> Iterable[StreetAlert]:
    awake = StreetAlert.objects.filter(is_paused=False).select_related("resident")
    candidates = list(awake.filter(area_path__in=rules.prefixes(found.area_path)))
    if found.lon is not None and found.lat is not None:
        near = awake.filter(lat__range=(found.lat - NEAREST, found.lat + NEAREST))
        candidates += [alert for alert in near if _reaches(alert, found.lon, found.lat)]
    return [a for a in candidates if not a.classes or found.class_code in a.classes]


def _reaches(alert: StreetAlert, lon: float, lat: float) -> bool:
    assert alert.lon is not None
    assert alert.lat is not None
    return rules.metres(alert.lon, alert.lat, lon, lat) <= (alert.radius_m or 0)


def forget_publication(*, public_id: str) -> None:
    """Forget what is kept of a publication that was withdrawn."""
    Follow.objects.filter(public_id=public_id).delete()
    News.objects.filter(public_id=public_id).delete()
