"""Sittings as calendars read them (RFC 5545): one file for one, a feed for a mediator. No name of a side is in them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from gongzhi.base.secrets import blind_index
from gongzhi.disputes import queries as disputes
from gongzhi.talks.models import CalendarKey, Sitting

KEY = "talk-calendar"
KEPT = timedelta(days=180)
PRODUCT = "-//gongzhi//talks//ZH"


def calendar_of(rows: Iterable[Sitting], *, at: datetime, is_public: bool) -> bytes:
    """Write sittings as an iCalendar file; for a party without the number, which others might read on its telephone."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for row in rows:
        made.add_component(_event(row, at, is_public=is_public))
    return bytes(made.to_ical())


def _event(row: Sitting, at: datetime, *, is_public: bool) -> Event:
    event = Event()
    number = row.dispute.matter.number
    event.add("uid", f"sitting-{row.pk}@{settings.PUBLIC_ADDRESS.partition('://')[2] or 'gongzhi'}")
    event.add("sequence", row.changes)
    event.add("dtstamp", at)
    event.add("dtstart", row.starts_at)
    event.add("dtend", row.ends_at)
    event.add(
        "summary", _("Appointment") if is_public else _("Mediation {number}").format(number=number)
    )
    event.add("status", "CANCELLED" if row.state == Sitting.State.CANCELLED else "CONFIRMED")
    if row.place:
        event.add("location", row.place)
    if not is_public:
        event.add("url", f"{settings.PUBLIC_ADDRESS}/desk/talks/{number}")
    return event


def feed(token: str, *, at: datetime) -> bytes | None:
    """Return the sittings of whoever holds the secret address; None when there is no such address (any more)."""
    index = blind_index(token[:64], purpose=KEY)
    key = CalendarKey.objects.filter(token_index=index).first() if index else None
    if key is None:
        return None
    rows = Sitting.objects.filter(
        dispute_id__in=disputes.mediated_by(key.user_id), starts_at__gt=at - KEPT
    )
    return calendar_of(
        rows.select_related("dispute__matter").order_by("starts_at", "pk"), at=at, is_public=False
    )


def one(sitting_id: int, matter_id: int, *, at: datetime, is_public: bool) -> bytes | None:
    found = Sitting.objects.filter(pk=sitting_id, dispute_id=matter_id)
    row = found.select_related("dispute__matter").first()
    return calendar_of([row], at=at, is_public=is_public) if row else None


def feed_address(user_id: int) -> str:
    """Return the address of somebody's own feed; empty before they made one."""
    key = CalendarKey.objects.filter(user_id=user_id).first()
    return f"{settings.PUBLIC_ADDRESS}/talks/calendar/{key.token}.ics" if key else ""
