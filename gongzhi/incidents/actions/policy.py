"""Whether registered matters are dispatched by the matrix at once."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.incidents.capabilities import Can
from gongzhi.incidents.models import DispatchPolicy
from gongzhi.places import queries as places


@transaction.atomic
def set_policy(
    *, area_path: str, automatic: bool, valid_from: date, source: str, actor: Actor, at: datetime
) -> DispatchPolicy:
    """
    Let the matrix dispatch in an area from a day on, or leave it to people.

    Earlier rows stay: what was dispatched then can be explained by the policy of that day.
    """
    if not any(area_path.startswith(grant.area) for grant in actor.grants_for(Can.SET_POLICY)):
        raise OutOfReach
    area = places.area(area_path)
    if valid_from < timezone.localdate(at):
        raise Invalid({"valid_from": _("Choose today or a later day: the past is not rewritten.")})
    if not source.strip():
        raise Invalid(
            {"source": _("Name the decision this rests on, for example a document number.")}
        )
    policy, _is_new = DispatchPolicy.objects.update_or_create(
        area_path=area.path,
        valid_from=valid_from,
        defaults={"automatic": automatic, "source": source.strip()[:200]},
    )
    audit.record(
        actor=actor,
        verb="incidents.set_policy",
        subject=f"area:{area.code}",
        at=at,
        detail={"automatic": automatic, "valid_from": valid_from.isoformat(), "source": source},
    )
    return policy
