"""Likely duplicates: the same item, near in place and time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians

from django.conf import settings

from gongzhi.catalogue import queries as catalogue
from gongzhi.matters.kind import kind_of
from gongzhi.matters.models import Matter
from gongzhi.places import queries as places

DEGREE = 111_320  # metres of one degree of latitude
MOST = 5


@dataclass(frozen=True)
class Near:
    id: int
    number: str
    title: str
    state_label: str
    place: str
    metres: int
    reported_at: datetime
    report_count: int


def near(*, item_id: int, lon: float | None, lat: float | None, at: datetime) -> list[Near]:
    """Return open matters of the same item within the metres and days that the settings name, nearest first; one statement."""
    if lon is None or lat is None:
        return []
    metres, days = settings.TWIN_METRES, settings.TWIN_DAYS
    high, wide = metres / DEGREE, metres / (DEGREE * cos(radians(lat)))
    found = Matter.objects.filter(
        is_open=True, item_id__in=catalogue.all_versions(item_id), lat__range=(lat - high, lat + high), lon__range=(lon - wide, lon + wide),
        reported_at__gte=at - timedelta(days=days),
    ).only("id", "number", "kind", "title", "state", "area_path", "lon", "lat", "reported_at", "report_count")  # fmt: skip
    rows = [_near(m, places.metres_between(lon, lat, m.lon or 0, m.lat or 0)) for m in found[:50]]
    return sorted((row for row in rows if row.metres <= metres), key=lambda row: row.metres)[:MOST]


def _near(m: Matter, metres: float) -> Near:
    return Near(
        m.id, m.number, m.title, kind_of(m.kind).label(m.state), places.full_name(m.area_path), round(metres),
        m.reported_at, m.report_count,
    )  # fmt: skip
