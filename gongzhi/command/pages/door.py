"""What the pages here share: which area is asked for, JSON answers that a browser may compare."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of
from gongzhi.command import queries
from gongzhi.command.queries import Drawn
from gongzhi.places.queries import AreaRow

TILE = "application/vnd.mapbox-vector-tile"


def area_of(request: HttpRequest) -> AreaRow:
    """Return the area of the query, the actor's own without one; 404 when it is not theirs."""
    return queries.area_asked(actor_of(request), request.GET.get("area", "")[:60])


def day_of(request: HttpRequest, name: str, default: date) -> date:
    text = request.GET.get(name, "")
    if not text:
        return default
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid({name: _("Write days as 2026-11-22.")}) from error
    if not 2000 <= day.year <= 2100:
        raise Invalid({name: _("Write days as 2026-11-22.")})
    return day


def fresh_json(content: dict[str, Any] | list[Any]) -> JsonResponse:
    """Answer with what is true now; a list in {"rows": …} so that more can be said later."""
    return JsonResponse(
        content if isinstance(content, dict) else {"rows": content},
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )


def tile_answer(request: HttpRequest, drawn: Drawn) -> HttpResponse:
    """Answer with a compressed tile, or with 304 to a browser that has this very one."""
    mark = f'"{drawn.mark}"'
    headers = {"ETag": mark, "Cache-Control": "private, no-cache", "Vary": "Cookie"}
    if request.headers.get("If-None-Match", "").removeprefix("W/") == mark:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(
        drawn.content, content_type=TILE, headers={**headers, "Content-Encoding": "gzip"}
    )


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
