"""Matters on the map."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, needs
from gongzhi.matters import queries
from gongzhi.matters.capabilities import Can
from gongzhi.matters.queries import Box


@needs(Can.VIEW)
def show(request: HttpRequest) -> HttpResponse:
    by = queries.filter_from(request.GET)
    context = {
        "by": by,
        "asked": request.GET.urlencode(),
        "tiles": settings.MAP_TILES,
        "box": request.GET.get("box", Box.DOING),
    }
    return render(request, "matters/map.html", context)


@needs(Can.VIEW)
def points(request: HttpRequest) -> HttpResponse:
    box = request.GET.get("box", Box.DOING)
    if box not in set(Box):
        raise Invalid({"box": "?"})
    found = queries.points(
        Box(box),
        actor_of(request),
        by=queries.filter_from(request.GET),
        bbox=_bbox(request.GET.get("bbox", "")),
        at=timezone.now(),
    )
    return JsonResponse(found, headers={"Cache-Control": "private, max-age=5"})


def _bbox(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    inside = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if inside else None
