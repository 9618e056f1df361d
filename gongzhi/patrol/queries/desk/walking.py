"""An officer's day as two lines on the map: nearest first, and the better order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Task
from gongzhi.patrol.queries.work import TaskRow
from gongzhi.patrol.rules import routes

MOST = 120  # stops of a day; more is no day's walk


@dataclass(frozen=True)
class Walk:
    name: str
    nearest: list[TaskRow]
    better: list[TaskRow]
    nearest_m: int
    better_m: int

    @property
    def gain_m(self) -> int:
        return self.nearest_m - self.better_m

    @property
    def gain_percent(self) -> float:
        return 100 * self.gain_m / self.nearest_m if self.nearest_m else 0.0


def walk_of(actor: Actor, *, user_id: int, on: date) -> Walk:
    """Return one officer's tasks of a day in both orders, as far as the reader may see them."""
    rows = Task.objects.within_reach_of(actor, Can.VIEW).filter(user=user_id, planned_on=on)
    stops = _stops(rows.exclude(state=Task.State.DROPPED))
    if not stops:
        raise OutOfReach
    metres = routes.distances([one.lon or 0.0 for one in stops], [one.lat or 0.0 for one in stops])
    nearest = routes.nearest_first(metres)
    better = routes.improved(nearest, metres)
    return Walk(
        accounts.names([user_id]).get(user_id, ""),
        [stops[n] for n in nearest], [stops[n] for n in better],
        round(routes.length(nearest, metres)), round(routes.length(better, metres)),
    )  # fmt: skip


def _stops(rows: Any) -> list[TaskRow]:
    found = rows.filter(premises__lon__isnull=False).order_by("-is_urgent", "due_on", "pk")
    return [
        TaskRow(*row)
        for row in found.values_list(
            "id", "kind", "premises__code", "premises__name", "premises__address", "premises__lon",
            "premises__lat", "list_code", "due_on", "planned_on", "is_urgent", "why", "area_path",
            "user_id",
        )[:MOST]
    ]  # fmt: skip


def stops_drawn(walk: Walk) -> dict[str, Any]:
    """Return the stops as points, numbered in the better order."""
    return _collection(
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
            "properties": {
                "title": f"{n}. {one.name}", "words": _("Urgent") if one.urgent else one.address,
                "state": "late" if one.urgent else "ok", "url": f"/desk/patrol/premises/{one.premises}",
            },
        }
        for n, one in enumerate(walk.better, 1)
    )  # fmt: skip


def lines_drawn(walk: Walk) -> dict[str, Any]:
    """Return both orders as lines, the better one above."""
    ways = (("before", walk.nearest), ("after", walk.better))
    return _collection(
        {
            "type": "Feature",
            "geometry": {
                "type": "LineString",
                "coordinates": [[one.lon, one.lat] for one in stops],
            },
            "properties": {"way": name},
        }
        for name, stops in ways
        if len(stops) > 1
    )


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}
