"""What anybody may know of the register without a look by a moderator: sums."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min

from gongzhi.matters.kind import all_kinds
from gongzhi.matters.models import Matter

DAYS = 30
LONGEST_DAYS = 120  # a matter closed lately was hardly ever reported before that


@dataclass(frozen=True)
class Figures:
    reported: int
    settled: int
    days: int
    at: datetime


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
