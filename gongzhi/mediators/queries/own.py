"""The bodies of somebody's own units."""

from collections.abc import Collection

from gongzhi.mediators.models import Body


def bodies_of_units(unit_ids: Collection[int]) -> dict[int, str]:
    """Return the active bodies whose inbox is one of the units: id and name."""
    rows = Body.objects.filter(unit_id__in=unit_ids, is_active=True).order_by("name")
    return dict(rows.values_list("pk", "name"))
