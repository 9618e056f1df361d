"""One body, one mediator."""

from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.mediators.models import Body, Mediator


def body(body_id: int) -> Body | None:
    return Body.objects.filter(pk=body_id, is_active=True).first()


def mediator(mediator_id: int) -> Mediator:
    """Return a mediator who is in office; Invalid when there is none."""
    found = Mediator.objects.filter(pk=mediator_id, left_on__isnull=True).first()
    if found is None:
        raise Invalid({"mediators": _("This mediator is not in office any more.")})
    return found
