"""Tells the figures how many officers are on shift in each grid: numbers, nobody by name."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from gongzhi.figures import actions as figures
from gongzhi.patrol.models import Visit
from gongzhi.patrol.queries.work import grids_of, officers, on_shift


def tell_presence(*, user_id: int, at: datetime) -> None:
    """Count again the grids of somebody whose shift began or ended."""
    on = timezone.localdate(at)
    for path in grids_of(user_id, on=on):
        held = {one.user_id for one in officers(on=on, area_path=path) if one.area_path == path}
        figures.set_on_shift(counts={path: len(on_shift(sorted(held)))})


def count_presence(*, at: datetime) -> None:
    """Count every grid again: after shifts ended by themselves, and when the city is loaded."""
    figures.set_on_shift(counts=_counts(at), whole=True)
    today = Visit.objects.filter(on=timezone.localdate(at)).order_by()
    latest = today.values("premises__area_path").annotate(latest=Max("at"))
    figures.note_work(times=dict(latest.values_list("premises__area_path", "latest")))


def _counts(at: datetime) -> Mapping[str, int]:
    by_grid: defaultdict[str, set[int]] = defaultdict(set)
    for one in officers(on=timezone.localdate(at)):
        by_grid[one.area_path].add(one.user_id)
    here = on_shift(sorted(set().union(*by_grid.values())))
    return {path: len(people & here) for path, people in by_grid.items()}
