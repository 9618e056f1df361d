"""What the map draws: vector tiles, and the playback of a day."""

from collections.abc import Iterable
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, needs
from gongzhi.command import queries
from gongzhi.command.capabilities import Can
from gongzhi.command.pages.door import area_of, day_of, fresh_json, tile_answer
from gongzhi.command.queries import Choice, Tile

LONGEST = timedelta(days=366 * 5)
FAR = 18  # finer tiles are drawn from these by the browser


@require_safe
@needs(Can.VIEW)
def matters(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    by = Choice(
        clocks=_names(request.GET.get("clock", "")),
        states=_names(request.GET.get("state", "")),
        urgent=request.GET.get("urgent") == "1",
        sensor=request.GET.get("sensor") == "1",
    )
    drawn = queries.matters_tile(actor_of(request), _tile(z, x, y), by, at=timezone.now())
    return tile_answer(request, drawn)


def _names(text: str) -> frozenset[str]:
    return frozenset(name for name in text[:200].split(",") if name)


@require_safe
@needs(Can.VIEW)
def density(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    today = timezone.localdate()
    until = day_of(request, "until", today)
    since = day_of(request, "since", until - timedelta(days=29))
    if not timedelta(0) <= until - since <= LONGEST:
        raise Invalid({"since": _("Choose a period of at most five years.")})
    drawn = queries.density_tile(
        actor_of(request), _tile(z, x, y), since=since, until=until, at=timezone.now()
    )
    return tile_answer(request, drawn)


@require_safe
@needs(Can.VIEW)
def premises(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    return tile_answer(
        request, queries.premises_tile(actor_of(request), _tile(z, x, y), at=timezone.now())
    )


def _tile(z: int, x: int, y: int) -> Tile:
    tile = Tile(z, x, y)
    if not tile.exists or z > FAR:
        raise Http404
    return tile


@require_safe
@needs(Can.VIEW)
def playback(request: HttpRequest) -> JsonResponse:
    """Answer with a day's matters and its hours; each figure of an hour opens the day's list."""
    at = timezone.now()
    row = area_of(request)
    day = day_of(request, "day", timezone.localdate(at))
    found = queries.playback(actor_of(request), area=row.path, day=day, at=at)
    return fresh_json(
        {
            "day": found.day.isoformat(),
            "rows": found.rows,
            "hours": _pairs(found.hours),
            "until": found.until,
            "complete": found.is_complete,
            "href": f"/desk/all?area={row.path}&since={day}&until={day}",
        }
    )


def _pairs(hours: Iterable[tuple[int, int]]) -> list[list[int]]:
    return [list(pair) for pair in hours]
