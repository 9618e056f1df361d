"""Counts the public figures anew, month by month, out of the register."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongzhi.catalogue import queries as catalogue
from gongzhi.matters import queries as matters
from gongzhi.publishing.models import Figure
from gongzhi.publishing.queries.deciding import class_name
from gongzhi.publishing.queries.figures import MONTHS, month_before

AGAIN = 4  # months that may still change: what was reported then is being settled now


def count_figures(*, at: datetime, months: int = 0) -> int:
    """Count the latest months; all twelve when nothing was ever counted. Return how many months were counted."""
    this = timezone.localdate(at).replace(day=1)
    if not months:
        months = AGAIN if Figure.objects.exists() else MONTHS
    for back in range(months):
        _count_month(month_before(this, back), at=at)
    return months


@transaction.atomic
def _count_month(month: date, *, at: datetime) -> None:
    """Replace a month's rows by what the register says now."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in matters.monthly_sums(since=month, until=month_before(month, -1)):
        told = sums[row.village, class_name(catalogue.item(row.item_id))]
        for place, value in enumerate((row.reported, row.settled, row.on_time)):
            told[place] += value
    Figure.objects.filter(month=month).delete()
    Figure.objects.bulk_create(
        [
            Figure(
                month=month, village_path=village, class_code=code, reported=reported, settled=settled,
                on_time=on_time, counted_at=at,
            )
            for (village, code), (reported, settled, on_time) in sums.items()
        ],
        batch_size=1000,
    )  # fmt: skip
