"""The map page and its live board, and the same facts as JSON for screens without a stream."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.actor import Actor
from gongzhi.base.pages import actor_of, needs
from gongzhi.base.texts import as_number
from gongzhi.command import queries
from gongzhi.command.capabilities import Can
from gongzhi.command.pages.door import area_of, fresh_json, iso
from gongzhi.figures import queries as figures
from gongzhi.live import queries as live
from gongzhi.places import queries as places
from gongzhi.places.queries import AreaRow

MOST_NEWS = 200
SLIDER_DAYS = 4 * 365  # how far back the map's period can be moved


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest, area: str = "") -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    row = queries.area_asked(actor, area)
    board_path = queries.board_area(row)
    context = {
        "area": queries.place_of(row),
        "crumbs": queries.crumbs(actor, row),
        "below": queries.below(actor, row, at=at),
        "board": board_of(actor, row, at),
        "counters": queries.BOARD,
        "bars": [code for code in queries.BARS if row.level < 2 or code != "areas"],
        "has_below": bool(places.children(row.path)),
        "late": queries.late_rows(actor, row.path, at=at),
        "is_board_own": board_path == row.path,
        "settings_of_page": page_settings(request, row, board_path),
        "states": queries.open_states(),
        "has_sensors": queries.has_sensors(actor, at=at),
        "windows": windows(),
        "slider_days": SLIDER_DAYS,
        "tiles": settings.MAP_TILES,
        "now": at,
    }
    return render(request, "command/board.html", context)


def windows() -> list[tuple[int, str]]:
    """Return the lengths of a period on the map, in days."""
    return [
        (1, _("One day")), (7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("One year")),
    ]  # fmt: skip


def board_of(actor: Actor, row: AreaRow, at: Any) -> dict[str, Any]:
    """Return what the page starts with: definitions, figures and news as of now."""
    path = queries.board_area(row)
    on = timezone.localtime(at).date()
    mark = figures.mark()
    return {
        "definitions": queries.definitions(on=on),
        "tiles": [tile.as_dict() for tile in figures.tiles(actor, path)],
        "news": [line.as_dict() for line in figures.news(actor, area=path, limit=40)],
        "seq": mark.seq,
        "as_of": iso(mark.as_of),
    }


def page_settings(request: HttpRequest, row: AreaRow, board_path: str) -> dict[str, Any]:
    """Return where the page's scripts find what they show."""
    return {
        "area": row.path,
        "board": board_path,
        "level": row.level,
        "live": live.address(request.get_host(), scheme=request.scheme or "http"),
        "poll": settings.COMMAND_SECONDS,
        "acknowledges": actor_of(request).can(Can.ACKNOWLEDGE),
    }


@require_safe
@needs(Can.VIEW)
def tiles(request: HttpRequest) -> JsonResponse:
    """Answer as `/live/tiles` does: the area's figures as last published."""
    actor, row = actor_of(request), area_of(request)
    path = queries.board_area(row)
    mark = figures.mark()
    found = [tile.as_dict() for tile in figures.tiles(actor, path)]
    return fresh_json({"area": path, "seq": mark.seq, "as_of": iso(mark.as_of), "tiles": found})


@require_safe
@needs(Can.VIEW)
def news(request: HttpRequest) -> JsonResponse:
    """Answer with the news after a number; `reset` when they are not kept so long."""
    actor, row = actor_of(request), area_of(request)
    path = queries.board_area(row)
    text = request.GET.get("after", "")
    after = as_number(text)
    mark, oldest = figures.mark(), figures.oldest_news()
    is_lost = after is not None and (after > mark.seq or after + 1 < oldest)
    lines = figures.news(actor, after_seq=None if is_lost else after, area=path, limit=MOST_NEWS)
    seq = mark.seq if len(lines) < MOST_NEWS else lines[-1].seq
    rows = [line.as_dict() for line in lines]
    return fresh_json({"reset": is_lost, "seq": seq, "as_of": iso(mark.as_of), "news": rows})


@require_safe
@needs(Can.VIEW)
def late(request: HttpRequest) -> JsonResponse:
    row = area_of(request)
    return fresh_json(queries.late_rows(actor_of(request), row.path, at=timezone.now()))


@require_safe
@needs(Can.VIEW)
def below(request: HttpRequest) -> JsonResponse:
    """Answer with the areas one level below: open, overdue, officers on shift, last recorded work."""
    row = area_of(request)
    found = queries.below(actor_of(request), row, at=timezone.now())
    return fresh_json(
        [{**vars(one), "tone": one.tone, "worked_at": iso(one.worked_at)} for one in found]
    )


@require_safe
@needs(Can.VIEW)
def search(request: HttpRequest) -> HttpResponse:
    found = queries.found(actor_of(request), request.GET.get("q", ""), on=timezone.localdate())
    return render(
        request, "command/_found.html", {"found": found, "asked": request.GET.get("q", "")}
    )
