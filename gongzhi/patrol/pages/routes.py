"""An officer's day on the map: nearest first against the better order, with what it saves."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import actor_of, needs
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.pages import door
from gongzhi.patrol.queries import desk

PRIVATE = {"Cache-Control": "private, max-age=30"}


@require_GET
@needs(Can.VIEW)
def page(request: HttpRequest) -> HttpResponse:
    actor, on = actor_of(request), door.day_asked(request)
    path = door.area_asked(request) or door.home_of(actor)
    shares = [s for s in desk.balance(actor, on=on, area_path=path).shares if s.user_id][:60]
    officer = door.number_asked(request, "officer") or (shares[0].user_id if shares else None)
    walk = _walk(request, officer)
    context = {
        "tabs": door.tabs(request, "routes"),
        "by": {"area_path": path, "on": on},
        "areas": door.areas_to_choose(actor, path),
        "shares": shares,
        "officer": officer,
        "walk": walk,
        "stats": _stats(walk) if walk else [],
        "drawn": urlencode({"on": on.isoformat(), "officer": officer or ""}),
    }
    return render(request, "patrol/routes.html", context)


def _walk(request: HttpRequest, officer: int | None) -> desk.Walk | None:
    try:
        return desk.walk_of(actor_of(request), user_id=officer or 0, on=door.day_asked(request))
    except OutOfReach:
        return None


def _stats(walk: desk.Walk) -> list[dict[str, Any]]:
    return [
        door.stat(_("Stops"), len(walk.better)),
        door.stat(_("Nearest first"), walk.nearest_m, unit="m"),
        door.stat(_("Better order"), walk.better_m, unit="m", tone="ok"),
        door.stat(_("Saved"), walk.gain_m, unit="m", tone="ok", words=f"{walk.gain_percent:.1f} %"),
    ]


@require_GET
@needs(Can.VIEW)
def drawn(request: HttpRequest) -> HttpResponse:
    """Send the stops, or with `what=lines` both ways between them, for the map."""
    walk = _walk(request, door.number_asked(request, "officer"))
    if walk is None:
        return JsonResponse({"type": "FeatureCollection", "features": []}, headers=PRIVATE)
    is_lines = request.GET.get("what") == "lines"
    return JsonResponse(
        desk.lines_drawn(walk) if is_lines else desk.stops_drawn(walk), headers=PRIVATE
    )
