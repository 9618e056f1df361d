"""The kind table as it stands on a day, for forms that offer it."""

from datetime import date

from django.db.models import Q

from gongzhi.disputes.models import DisputeKind


def kinds(*, on: date) -> list[DisputeKind]:
    """Return the newest version of every kind in force on the day, families before their members."""
    in_force = DisputeKind.objects.filter(valid_from__lte=on).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )
    newest = {row.code: row for row in in_force.order_by("version")}
    return sorted(newest.values(), key=lambda row: row.code)
