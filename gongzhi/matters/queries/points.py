"""Matters as points on a map."""

from datetime import datetime
from typing import Any

from gongzhi.base.actor import Actor
from gongzhi.matters.queries.finding import Filter, narrowed
from gongzhi.matters.queries.lists import COLUMNS, Box, in_box, rows_of

MOST = 3000


def points(
    box: Box,
    actor: Actor,
    *,
    by: Filter,
    bbox: tuple[float, float, float, float] | None,
    at: datetime,
) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection of a box's matters within west, south, east, north; newest first, MOST at the most."""
    rows = narrowed(in_box(box, actor), by, at=at).filter(lon__isnull=False)
    if bbox:
        west, south, east, north = bbox
        rows = rows.filter(lat__range=(south, north), lon__range=(west, east))
    found = rows_of(list(rows.order_by("-id").only(*COLUMNS)[:MOST]), at=at)
    return {
        "type": "FeatureCollection",
        "complete": len(found) < MOST,
        "features": [_feature(row) for row in found],
    }


def _feature(row: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        "properties": {
            "number": row.number, "title": row.title, "state": row.face.state, "words": row.face.words,
            "label": row.state_label, "place": row.place, "url": f"/desk/matters/{row.number}",
        },
    }  # fmt: skip
