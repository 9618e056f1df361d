"""Which items are reported most in a village lately: what a form offers first."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count

from gongzhi.catalogue import queries as catalogue
from gongzhi.matters import marks
from gongzhi.matters.models import Matter

DAYS = 90
HOUR = 3600
FEW = 3  # an item counted less often says nothing about a place


def frequent_items(area_path: str, *, at: datetime, most: int = 6) -> list[str]:
    """Return codes of items, the most frequent first; asked of the register at most once an hour for a village."""
    if not area_path:
        return []
    key = f"frequent-items:{area_path.replace('/', '-')}"
    found: list[str] | None = cache.get(key)
    if found is None:
        found = _counted(area_path, at)
        cache.set(key, found, HOUR)
    return found[:most]


def _counted(area_path: str, at: datetime) -> list[str]:
    rows = Matter.objects.alias(marks=marks.Marks()).filter(
        marks.having([area_path]),
        reported_at__gte=at - timedelta(days=DAYS),
        item__isnull=False,
    )
    counts: dict[str, int] = {}
    for item_id, count in rows.order_by().values_list("item_id").annotate(count=Count("id")):
        code = catalogue.item(item_id).code
        counts[code] = counts.get(code, 0) + count
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [code for code, count in ranked if count >= FEW][:12]
