"""What the map draws: simplified areas, and points."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely

from gongzhi.base.actor import Actor
from gongzhi.places.capabilities import Can
from gongzhi.places.models import Status
from gongzhi.places.queries.premises import KIND_CODES, PremisesFilter, premises_in_box
from gongzhi.places.queries.snapshot import AreaRow, Snapshot, Span, outlines, snapshot

# Degrees of detail per level: a city at a glance, a grid at street scale.
DETAIL = (0.002, 0.0008, 0.0003, 0.0001)
KEPT_MAPS = 64
STATES: dict[int, str] = {Status.IN_USE: "ok", Status.VACANT: "paused", Status.CLOSED: "done"}


def map_edition(on: date) -> str:
    """Return a mark that changes when the map of the day does; serves as ETag."""
    held = snapshot()
    return f"{held.mark:x}-{held.epoch(on)}"


def areas_as_geojson(*, level: int, within: str = "", on: date) -> bytes:
    """Return the areas of a level below a path as GeoJSON; neighbours keep their common border."""
    held = snapshot()
    key = ("map", held.epoch(on), level, within)
    if key not in held.kept:
        maps = [old for old in held.kept if old[0] == "map"]
        for old in maps[: max(0, len(maps) - KEPT_MAPS)]:
            held.kept.pop(old, None)
        held.kept[key] = _draw(held, level, within, on)
    drawn: bytes = held.kept[key]
    return drawn


def _draw(held: Snapshot, level: int, within: str, on: date) -> bytes:
    spans = [
        span
        for span in held.shaped(on)
        if (row := held.by_id[span.area_id]).level == level and row.path.startswith(within)
    ]
    shapes = outlines([span.shape_id for span in spans])
    spans = [span for span in spans if span.shape_id in shapes]
    drawn = simplified([shapes[span.shape_id] for span in spans], level)
    return _collection(
        _feature(held.by_id[span.area_id], shape) for span, shape in zip(spans, drawn, strict=True)
    )


def simplified(shapes: list[Any], level: int) -> list[Any]:
    """Simplify a level as one sheet, so that no slivers open between neighbours."""
    if not shapes:
        return []
    detail = DETAIL[min(level, len(DETAIL) - 1)]
    drawn = shapely.coverage_simplify(shapes, detail)
    return list(shapely.transform(drawn, lambda points: points.round(5)))


def _feature(row: AreaRow, shape: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row.id,
        "properties": {"code": row.code, "name": row.name, "path": row.path, "level": row.level},
        "geometry": json.loads(shapely.to_geojson(shape)),
    }


def _collection(features: Any, **more: Any) -> bytes:
    content = {"type": "FeatureCollection", "features": list(features), **more}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def shape_as_geojson(*, path: str, version: int | None = None, on: date | None = None) -> bytes:
    """Return one area's outline unsimplified: a version of it, or the one valid on the day."""
    held = snapshot()
    row = held.by_path.get(path)
    spans = [] if row is None else [span for span in held.spans if span.area_id == row.id]
    if version is not None:
        spans = spans[version - 1 : version] if version > 0 else []
    elif on is not None:
        spans = [span for span in spans if span.holds(on)]
    shapes = outlines([span.shape_id for span in spans[-1:]])
    return _collection(_feature(row, shape) for shape in shapes.values() if row)


def outlines_of(paths: Sequence[str], *, on: date) -> dict[str, Any]:
    """Return the GeoJSON geometries of some areas, simplified one by one; at most one statement."""
    held = snapshot()
    wanted = {held.by_path[path].id: path for path in paths if path in held.by_path}
    keys = {path: ("outline", held.epoch(on), path) for path in wanted.values()}
    missing = {i for i, path in wanted.items() if keys[path] not in held.kept}
    if missing:
        spans = {span.shape_id: span for span in held.shaped(on) if span.area_id in missing}
        for shape_id, shape in outlines(list(spans)).items():
            row = held.by_id[spans[shape_id].area_id]
            drawn = simplified([shape], row.level)[0]
            held.kept[keys[row.path]] = json.loads(shapely.to_geojson(drawn))
    return {path: held.kept[key] for path, key in keys.items() if key in held.kept}


def premises_as_geojson(
    actor: Actor, box: tuple[float, float, float, float], where: PremisesFilter
) -> bytes:
    """Return the points in a box; `zoom_in` when there would be too many to draw."""
    rows = premises_in_box(actor, box, where)
    features = (
        {
            "type": "Feature",
            "id": row.pk,
            "properties": {
                "code": row.code,
                "kind": KIND_CODES[row.kind],
                "title": row.name,
                "words": f"{row.get_kind_display()} {row.get_status_display()}",
                "state": STATES[row.status],
                "url": f"/setup/premises/{row.code}",
            },
            "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        }
        for row in rows or ()
    )
    return _collection(features, zoom_in=rows is None)


@dataclass(frozen=True, slots=True)
class Spot:
    """One of the premises as a point."""

    code: str
    name: str
    kind: str
    lon: float
    lat: float


def premises_spots(actor: Actor, box: tuple[float, float, float, float]) -> list[Spot]:
    """Return the premises inside west, south, east, north; none when the box is too wide to draw."""
    rows = premises_in_box(actor, box, PremisesFilter()) or ()
    return [
        Spot(row.code, row.name, KIND_CODES[row.kind], row.lon, row.lat)
        for row in rows
        if row.lon is not None and row.lat is not None
    ]


def bounds_at_level(level: int, *, on: date) -> dict[str, tuple[float, float, float, float]]:
    """Return west, south, east, north of each area of a level that has a shape on the day; one statement."""
    held = snapshot()
    spans = {s.shape_id: s.area_id for s in held.shaped(on) if held.by_id[s.area_id].level == level}
    shapes = outlines(list(spans))
    return {
        held.by_id[spans[pk]].path: shapely.bounds(shape).tolist() for pk, shape in shapes.items()
    }


def reach_of(actor: Actor, capability: str = Can.MANAGE) -> list[str]:
    """Return the paths in which the actor holds the capability; "" is everywhere."""
    areas = {grant.area for grant in actor.grants_for(capability)}
    return [""] if "" in areas else sorted(areas)


def versions_of(area_id: int) -> list[tuple[int, Span]]:
    """Return an area's shapes, newest first, numbered from 1."""
    held = snapshot()
    spans = [span for span in held.spans if span.area_id == area_id]
    return list(enumerate(spans, 1))[::-1]


def has_shape(path: str, on: date) -> bool:
    held = snapshot()
    row = held.by_path.get(path)
    return row is not None and any(s.area_id == row.id and s.holds(on) for s in held.spans)
