"""Saved filters, and looking at who reported."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Matter, Reporter, SavedFilter

MOST_FILTERS = 20


def save_filter(*, name: str, query: str, actor: Actor) -> SavedFilter:
    if not name.strip():
        raise Invalid({"name": _("Give the filter a name.")})
    if SavedFilter.objects.filter(user_id=actor.id).count() >= MOST_FILTERS:
        raise Invalid(
            {"name": _("You have {most} filters; delete one first.").format(most=MOST_FILTERS)}
        )
    saved, _is_new = SavedFilter.objects.update_or_create(
        user_id=actor.id, name=name.strip()[:40], defaults={"query": query[:500]}
    )
    return saved


def forget_filter(*, filter_id: int, actor: Actor) -> None:
    SavedFilter.objects.filter(pk=filter_id, user_id=actor.id).delete()


@transaction.atomic
def see_reporters(*, matter_id: int, reason: str, actor: Actor, at: datetime) -> list[Reporter]:
    """Return the reporters with their contact; the look itself goes to the trail with its reason."""
    if not reason.strip():
        raise Invalid({"reason": _("Say why you need the contact; it is recorded.")})
    matter = Matter.objects.within_reach_of(actor, Can.SEE_REPORTER).only("id").get(pk=matter_id)
    audit.record_view(
        actor=actor, subject=f"matter:{matter.id}:reporter", reason=reason[:300], at=at
    )
    return list(Reporter.objects.filter(matter_id=matter.id).order_by("id"))
