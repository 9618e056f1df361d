"""What the map loads. Areas are public, as street signs are; premises need the right to view them."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_GET

from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, needs
from gongzhi.places import queries
from gongzhi.places.capabilities import Can
from gongzhi.places.pages import door

KIND = "application/geo+json"
HIGHEST = 9


def _mark(request: HttpRequest) -> str:
    # The query is part of the address, so only the edition must be told apart.
    return f'"{queries.map_edition(_day(request))}"'


def _day(request: HttpRequest) -> date:
    return door.day_asked(request)


@require_GET
@cache_control(public=True, no_cache=True)
@condition(etag_func=_mark)
def areas(request: HttpRequest) -> HttpResponse:
    level = request.GET.get("level", "1")
    if not level.isdecimal() or int(level[:3]) > HIGHEST:
        raise Invalid({"level": _("The level must be a number from 0 to 9.")})
    within = request.GET.get("within", "")[:240]
    drawn = queries.areas_as_geojson(level=int(level), within=within, on=_day(request))
    return HttpResponse(drawn, content_type=KIND)


@require_GET
@cache_control(public=True, no_cache=True)
@condition(etag_func=_mark)
def area(request: HttpRequest) -> HttpResponse:
    """Draw one area alone. A map that asks for finer levels gets nothing more."""
    version, level = request.GET.get("version", ""), request.GET.get("level", "")
    path = "" if level not in {"", "1"} else request.GET.get("path", "")
    number = int(version) if version.isdecimal() and len(version) < 5 else None
    drawn = queries.shape_as_geojson(path=path, version=number, on=_day(request))
    return HttpResponse(drawn, content_type=KIND)


@require_GET
@needs(Can.VIEW)
def premises(request: HttpRequest) -> HttpResponse:
    _form, where = door.filter_asked(request)
    drawn = queries.premises_as_geojson(actor_of(request), _box(request), where)
    return HttpResponse(drawn, content_type=KIND, headers={"Cache-Control": "private, max-age=30"})


def _box(request: HttpRequest) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = map(float, request.GET.get("bbox", "").split(","))
    except ValueError as error:
        words = _("The box must be four numbers: west, south, east, north.")
        raise Invalid({"bbox": words}) from error
    return west, south, east, north
