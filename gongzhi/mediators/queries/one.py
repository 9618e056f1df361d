"""One body, one mediator."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.mediators.models import Body, Mediator


def body(body_id: int) -> Body | None:
    return Body.objects.filter(pk=body_id, is_active=True).first()


def bodies_of_units(unit_ids: Collection[int]) -> dict[int, str]:
    """Return the active bodies whose inbox is one of the units: id and name."""
    rows = Body.objects.filter(unit_id__in=unit_ids, is_active=True).order_by("name")
    return dict(rows.values_list("pk", "name"))


def mediator(mediator_id: int) -> Mediator:
    """Return a mediator who is in office; Invalid when there is none."""
    found = Mediator.objects.filter(pk=mediator_id, left_on__isnull=True).first()
    if found is None:
        raise Invalid({"mediators": _("This mediator is not in office any more.")})
    return found
