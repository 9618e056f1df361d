"""The area tree as files that an import understands."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import shapely

from gongzhi.places.queries.snapshot import AreaRow, Snapshot, outlines, snapshot

AREA_COLUMNS: Final = ("code", "name", "parent_code", "level", "lon", "lat", "wkt")


def area_rows(*, within: str, on: date) -> Iterator[list[Any]]:
    """Yield the branch's areas open on the day, with outlines as WKT."""
    for row, parent, outline in _areas(within, on):
        wkt = shapely.to_wkt(outline, rounding_precision=7) if outline is not None else ""
        yield [row.code, row.name, parent, row.level, row.lon, row.lat, wkt]


def areas_as_features(*, within: str, on: date) -> Iterator[str]:
    """Yield a GeoJSON FeatureCollection in pieces."""
    yield '{"type":"FeatureCollection","features":['
    comma = ""
    for row, parent, outline in _areas(within, on):
        feature = {
            "type": "Feature",
            "properties": {
                "code": row.code, "name": row.name, "parent_code": parent, "level": row.level,
            },
            "geometry": json.loads(shapely.to_geojson(outline)) if outline is not None else None,
        }  # fmt: skip
        yield comma + json.dumps(feature, ensure_ascii=False)
        comma = ",\n"
    yield "]}"


def _areas(within: str, on: date) -> Iterator[tuple[AreaRow, str, Any]]:
    held = snapshot()
    valid = {span.area_id: span.shape_id for span in held.shaped(on)}
    rows = [row for row in held.rows if row.path.startswith(within) and row.is_open(on)]
    shapes = outlines([valid[row.id] for row in rows if row.id in valid])
    for row in rows:
        yield row, _parent_code(held, row), shapes.get(valid.get(row.id, 0))


def _parent_code(held: Snapshot, row: AreaRow) -> str:
    return held.by_path[row.parent_path].code if row.parent_path else ""
