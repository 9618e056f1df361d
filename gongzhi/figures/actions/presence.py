"""How many officers are on shift in a grid, and when work was last recorded there; told by whoever knows."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

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


@transaction.atomic
def note_work(*, area_paths: Collection[str], at: datetime) -> None:
    """Keep when somebody last recorded work in these grids."""
    OnShift.objects.bulk_create([OnShift(area_path=path) for path in sorted(area_paths)], ignore_conflicts=True)  # fmt: skip
    rows = OnShift.objects.filter(pk__in=area_paths)
    rows.update(worked_at=Greatest(F("worked_at"), at), is_published=False)
