"""What every page of this module reads from a request, and the row of tabs above each."""

from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.learning import queries
from gongzhi.places import queries as places


def tabs(current: str) -> list[dict[str, Any]]:
    pages = (
        {"code": "forecast", "label": _("Forecast"), "icon": "chart-line"},
        {"code": "brief", "label": _("Daily brief"), "icon": "file-text"},
        {"code": "suggestions", "label": _("Suggestions"), "icon": "bulb"},
    )
    return [
        {**page, "url": reverse(f"learning:{page['code']}"), "current": page["code"] == current}
        for page in pages
    ]


def today() -> date:
    return timezone.localdate()


def area_asked(request: HttpRequest, actor: Actor) -> str:
    """Return the area the page is asked about; the actor's own for none, or for one that is not there."""
    path = request.GET.get("area", "")[:60]
    try:
        return places.area(path).path if path else queries.home_of(actor)
    except ObjectDoesNotExist:
        return queries.home_of(actor)


def areas_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """Return the city and the towns whose figures an actor may see."""
    city = queries.city_path()
    rows = [*places.areas_at_level(0), *places.areas_at_level(1, on=today())]
    return [
        (row.path, row.name if row.path != city else _("The whole city"))
        for row in rows
        if queries.covers(actor, row.path)
    ]


def day_asked(request: HttpRequest, name: str = "day") -> date | None:
    try:
        day = date.fromisoformat(request.GET.get(name, "")[:10])
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def address(name: str, **values: Any) -> str:
    """Return a page's address with those of the values that say something."""
    said = {key: value for key, value in values.items() if value}
    return reverse(name) + (f"?{urlencode(said)}" if said else "")
