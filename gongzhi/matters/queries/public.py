"""What anybody may know of the register: what kind of thing, in which village, since when, how far."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Min
from django.utils import timezone

from gongzhi.catalogue import queries as catalogue
from gongzhi.matters.kind import all_kinds, kind_of
from gongzhi.matters.models import Matter
from gongzhi.matters.queries.finding import in_area
from gongzhi.places import queries as places

VILLAGE = 3  # segments of a path down to the village: the grid would say too much
DAYS = 30
LONGEST_DAYS = 120  # a matter closed lately was hardly ever reported before that


@dataclass(frozen=True)
class Happening:
    """A matter without its number, words, photos and exact place."""

    item: str
    place: str
    state_label: str
    is_open: bool
    on: date


@dataclass(frozen=True)
class Figures:
    reported: int
    settled: int
    days: int
    at: datetime


def happenings(*, area_path: str = "", limit: int = 6) -> list[Happening]:
    """Return the newest matters, of the whole city or of an area; one statement."""
    shown = [s for kind in all_kinds() for s in (*kind.open_states, *kind.settled_states)]
    rows = Matter.objects.filter(item__isnull=False)
    if area_path:
        rows = rows.filter(in_area(area_path))
    rows = rows.order_by("-id").only(
        "kind", "state", "is_open", "item_id", "area_path", "reported_at"
    )
    return [_happening(m) for m in rows[: limit * 4] if m.state in shown][:limit]


def _happening(m: Matter) -> Happening:
    village = "/".join(m.area_path.split("/")[:VILLAGE]) + "/" if m.area_path else ""
    on = timezone.localtime(m.reported_at).date()
    name = catalogue.item(m.item_id).name if m.item_id else ""
    return Happening(name, places.full_name(village), kind_of(m.kind).label(m.state), m.is_open, on)


def figures(*, at: datetime) -> Figures:
    """Count what was reported and what was settled in the last days; ids rise with time, so no index on time is needed."""
    since = at - timedelta(days=DAYS)
    reported = Matter.objects.filter(pk__gte=_first_since(since), reported_at__gte=since).count()
    settled_states = {state for kind in all_kinds() for state in kind.settled_states}
    settled = Matter.objects.filter(
        pk__gte=_first_since(at - timedelta(days=LONGEST_DAYS)), state__in=settled_states, closed_at__gte=since
    ).count()  # fmt: skip
    return Figures(reported, settled, DAYS, at)


def _first_since(moment: datetime) -> int:
    """Find the first id reported since the moment, by halving: some twenty looks at the primary key."""
    ends = Matter.objects.aggregate(low=Min("pk"), high=Max("pk"))
    low, high = ends["low"] or 0, (ends["high"] or 0) + 1
    while low < high:
        middle = (low + high) // 2
        row = (
            Matter.objects.filter(pk__gte=middle)
            .order_by("pk")
            .values_list("pk", "reported_at")
            .first()
        )
        if row is None or row[1] >= moment:
            high = middle
        else:
            low = row[0] + 1
    return low
