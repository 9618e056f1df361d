"""Questions kept under a name: one's own, and those that others share where one works."""

from django.db.models import Q, QuerySet

from gongzhi.base.actor import Actor
from gongzhi.insight.capabilities import Can
from gongzhi.insight.models import SavedView

MOST = 200


def saved_views(actor: Actor) -> QuerySet[SavedView]:
    """Return the actor's own views, and the shared ones of the areas above and below their own."""
    grants = actor.grants_for(Can.VIEW)
    if not grants:
        return SavedView.objects.none()
    below = SavedView.objects.within_reach_of(actor, Can.VIEW).values("pk")
    above = Q(area_path__in={path for grant in grants for path in _prefixes(grant.area)})
    shared = Q(is_shared=True) & (Q(pk__in=below) | above)
    return SavedView.objects.filter(Q(made_by=actor.id) | shared).order_by("-made_by", "name")


def views_page(actor: Actor) -> list[SavedView]:
    return sorted(saved_views(actor)[:MOST], key=lambda view: (view.made_by != actor.id, view.name))


def _prefixes(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["", *("/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1))]
