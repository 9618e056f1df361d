"""How much of everything waits; each number opens its list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.actor import Actor
from gongzhi.base.pages import actor_of, needs
from gongzhi.matters import queries as matters
from gongzhi.oversight import queries
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.pages.door import stat, tabs


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    context = {
        "tabs": tabs("overview"), "at": at, "orders": _orders(queries.order_counts(actor, at=at)),
        "held": _held(actor), "ages": _ages(actor, at), "owners": _owners(queries.owner_counts(actor, at=at)),
        "batches": _batches(actor, at), "can_order": actor.can(Can.ORDER),
    }  # fmt: skip
    return render(request, "oversight/overview.html", context)


def _orders(count: dict[str, int]) -> list[dict[str, Any]]:
    url = reverse("oversight:orders")
    return [
        stat(_("Open orders"), count["open"], f"{url}?box=open"),
        stat(_("Red"), count["red"], f"{url}?box=open&level=2", tone="late"),
        stat(_("Yellow"), count["yellow"], f"{url}?box=open&level=1", tone="warn"),
        stat(_("Replies owed"), count["owed"], f"{url}?box=owed"),
        stat(_("Reply overdue"), count["late"], f"{url}?box=late", tone="late"),
        stat(_("Replies to review"), count["review"], f"{url}?box=review", tone="warn"),
    ]


def _held(actor: Actor) -> list[dict[str, Any]]:
    count, url = matters.held_counts(actor), reverse("oversight:held")
    asked = sum(count.get((n, s), 0) for n in ("extension", "suspension") for s in ("asked", "first_approved"))  # fmt: skip
    return [
        stat(_("Suspended"), count.get(("suspension", "approved"), 0), f"{url}?nature=suspension"),
        stat(_("Extended"), count.get(("extension", "approved"), 0), f"{url}?nature=extension"),
        stat(_("Requests to decide"), asked, "/desk/waiting", tone="warn"),
    ]


def _ages(actor: Actor, at: Any) -> list[dict[str, Any]]:
    return [
        stat(row.label, row.count, f"{reverse('oversight:ageing')}?band={row.band.code}", tone="late" if row.band.least >= 90 else "")
        for row in queries.ageing(actor, at=at)
    ]  # fmt: skip


def _owners(count: dict[str, int]) -> list[dict[str, Any]]:
    url = reverse("oversight:owners")
    return [
        stat(_("Owned"), count["active"], f"{url}?state=active"),
        stat(_("Next step due"), count["due"], f"{url}?state=due", tone="late"),
        stat(_("Settled with evidence"), count["settled"], f"{url}?state=settled", tone="ok"),
    ]


def _batches(actor: Actor, at: Any) -> list[dict[str, Any]]:
    batch, count = queries.batch_counts(actor), queries.suggestion_counts(actor, at=at)
    url, other = reverse("oversight:batches"), reverse("oversight:suggestions")
    return [
        stat(_("Batches to answer"), batch.get("open", 0), f"{url}?state=open", tone="warn"),
        stat(_("Batches answered"), batch.get("answered", 0), f"{url}?state=answered"),
        stat(_("Suggestions to answer"), count["raised"], f"{other}?state=raised", tone="warn"),
        stat(_("Answer overdue"), count["late"], f"{other}?state=late", tone="late"),
        stat(_("Adopted"), count["adopted"] + count["partly"], f"{other}?state=adopted", tone="ok"),
    ]
