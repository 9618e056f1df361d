"""How many officers are on shift in a grid, and when work was last recorded there; told by whoever knows."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from gongzhi.figures.models import OnShift


@transaction.atomic
def set_on_shift(*, counts: Mapping[str, int], whole: bool = False) -> None:
    """Take the number of officers of these grids; `whole`: every other grid has none."""
    if whole:
        OnShift.objects.exclude(pk__in=counts).filter(officers__gt=0).update(
            officers=0, is_published=False
        )
    known = dict(OnShift.objects.filter(pk__in=counts).values_list("pk", "officers"))
    changed = [path for path, count in counts.items() if known.get(path, 0) != count]
    OnShift.objects.bulk_create(
        [OnShift(area_path=path, officers=counts[path]) for path in sorted(changed)],
        update_conflicts=True, unique_fields=["area_path"], update_fields=["officers", "is_published"], batch_size=1000,
    )  # fmt: skip


def note_work(*, times: Mapping[str, datetime]) -> None:
    """Keep when somebody last recorded work in these grids; what is older than known changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO figures_onshift (area_path, officers, worked_at, is_published)"
            " SELECT path, 0, moment, false FROM unnest(%s::text[], %s::timestamptz[]) AS told (path, moment)"
            " ON CONFLICT (area_path) DO UPDATE SET worked_at = EXCLUDED.worked_at, is_published = false"
            " WHERE figures_onshift.worked_at IS NULL OR figures_onshift.worked_at < EXCLUDED.worked_at",
            [list(times), list(times.values())],
        )
