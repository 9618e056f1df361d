"""On duty: who answers now, here, above and below; what waits for this shift."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, needs, page_asked, query_without
from gongzhi.duty import actions, queries
from gongzhi.duty.capabilities import Can
from gongzhi.duty.forms import OpenDeskForm
from gongzhi.duty.pages import door


@require_GET
@needs(Can.VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    actor, at, text = actor_of(request), timezone.now(), door.text_asked(request)
    desk = door.desk_asked(request)
    context = {
        "tabs": door.tabs(request, "now"), "desk": desk, "text": text, "at": at,
        "again": query_without(request, "after", "before"), "todo": queries.todo(actor, at=at),
        "bulletins": queries.unread_bulletins(actor, at=at), "own": queries.own_stints(actor, at=at, most=4),
        "above": queries.desks_above(actor, without=desk.pk if desk else 0, at=at),
    }  # fmt: skip
    if desk is not None:
        kind = _kind(request, desk)
        page, below = queries.desks_below(
            actor, desk, at=at, kind=kind, text=text, **page_asked(request)
        )
        context |= {
            "now": queries.desk_now(desk, at), "page": page,
            "below": below, "desks": queries.desks_to_choose(actor), "rooms": queries.rooms_of(desk.unit_id),
            "handover": queries.open_handover(desk), "kind": kind, "kinds": queries.UNIT_KINDS[1:],
        }  # fmt: skip
    if actor.can(Can.ROSTER):
        context["open_form"] = OpenDeskForm(units=queries.units_without_desk(actor)[:400])
    return render(request, "duty/now.html", context)


def _kind(request: HttpRequest, desk: Any) -> str:
    """Return which units below are shown: for the city its town centres, unless others are asked for."""
    default = "town_centre" if accounts.unit(desk.unit_id).kind == "city_centre" else ""
    if "kind" not in request.GET:
        return default
    return door.one_asked(request, "kind", dict(queries.UNIT_KINDS))


@require_POST
@needs(Can.ROSTER)
def open_desk(request: HttpRequest) -> HttpResponse:
    unit = door.number_of(request.POST.get("unit_id", ""))
    if unit is None:
        raise Invalid({"unit_id": _("Choose a unit first.")})
    desk = actions.open_desk(unit_id=unit, actor=actor_of(request), at=timezone.now())
    answer = door.done(
        request,
        lambda: _("The desk is open. Look at its shifts, then make the roster."),
        "duty:shifts",
    )
    answer["Location"] += f"?unit={desk.unit_id}"
    return answer
