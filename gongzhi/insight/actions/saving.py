"""Keep a question under a name, share it, forget it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.insight.capabilities import Can
from gongzhi.insight.models import SavedView
from gongzhi.insight.queries.saved import saved_views

OWN = 100  # views one person may keep


def save_view(*, name: str, query: str, actor: Actor, at: datetime) -> SavedView:
    """Keep the question; a name of one's own is written over."""
    name = name.replace("\0", "").strip()
    if not name or len(name) > 60:
        raise Invalid({"name": _("Give it a name of up to 60 letters.")})
    if len(query) > 2000:
        raise Invalid({"name": _("This question is too long to be kept.")})
    own = SavedView.objects.filter(made_by=actor.id)
    if own.exclude(name=name).count() >= OWN:
        raise Refused(_("You keep {n} questions already: forget one first.").format(n=OWN))
    grants = actor.grants_for(Can.VIEW)
    if not grants:
        raise OutOfReach
    kept, _is_new = SavedView.objects.update_or_create(
        made_by=actor.id, name=name,
        defaults={"query": query, "made_by_name": actor.name, "area_path": grants[0].area, "made_at": at},
    )  # fmt: skip
    view: SavedView = kept
    return view


@transaction.atomic
def share_view(*, view_id: int, actor: Actor, at: datetime) -> None:
    _set_shared(_own(view_id, actor, Can.SHARE), actor, at, "insight.share")


@transaction.atomic
def unshare_view(*, view_id: int, actor: Actor, at: datetime) -> None:
    _set_shared(_own(view_id, actor, Can.VIEW), actor, at, "insight.unshare")


def _set_shared(view: SavedView, actor: Actor, at: datetime, verb: str) -> None:
    view.is_shared = verb == "insight.share"
    view.save(update_fields=["is_shared"])
    audit.record(
        actor=actor, verb=verb, subject=f"view:{view.pk}", at=at, detail={"name": view.name}
    )


@transaction.atomic
def forget_view(*, view_id: int, actor: Actor) -> None:
    _own(view_id, actor, Can.VIEW).delete()


def _own(view_id: int, actor: Actor, capability: Can) -> SavedView:
    """Lock one of the actor's own views; others' are as good as absent."""
    view = saved_views(actor).filter(pk=view_id, made_by=actor.id).first()
    if view is None or not actor.can(capability):
        raise OutOfReach
    locked: SavedView = SavedView.objects.select_for_update().get(pk=view.pk)
    return locked
