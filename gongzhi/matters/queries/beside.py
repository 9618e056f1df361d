"""What lies beside a matter: earlier ones at the same spot, and those it may be the double of."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from gongzhi.base.actor import Actor
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Matter
from gongzhi.matters.queries.lists import COLUMNS, Row, rows_of
from gongzhi.places import queries as places

MOST = 50


def history_near(matter: Matter, actor: Actor, *, at: datetime) -> list[Row]:
    """
    Return matters of the same item at the same spot before this one, the newest first.

    The spot and the days are those the settings name; one statement, within one grid.
    """
    if matter.item_id is None or matter.lon is None or matter.lat is None:
        return []
    found = (
        Matter.objects.within_reach_of(actor, Can.VIEW)
        .filter(
            area_path=matter.area_path,
            item_id=matter.item_id,
            reported_at__lt=matter.reported_at,
            reported_at__gte=matter.reported_at - timedelta(days=settings.NEARBY_DAYS),
            lon__isnull=False,
        )
        .exclude(pk=matter.pk)
        .order_by("-reported_at")
        .only(*COLUMNS)[:MOST]
    )
    here = (matter.lon, matter.lat)
    close = [
        m for m in found
        if places.metres_between(*here, m.lon or 0, m.lat or 0) <= settings.TWIN_METRES
    ]  # fmt: skip
    return rows_of(close, at=at)


def named(numbers: Sequence[str], actor: Actor, *, at: datetime) -> list[Row]:
    """Return the open ones among matters that were named, in the order of their numbers."""
    if not numbers:
        return []
    found = Matter.objects.within_reach_of(actor, Can.VIEW).filter(number__in=numbers, is_open=True)
    return rows_of(list(found.order_by("number").only(*COLUMNS)), at=at)


def metres_apart(one: Matter, other: Matter) -> int | None:
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return None
    return round(places.metres_between(one.lon, one.lat, other.lon, other.lat))
