"""Reads areas from GeoJSON and CSV/XLSX. What cannot be read becomes a problem, never a crash."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from gongzhi.base.tables.cells import unguarded
from gongzhi.base.tables.reading import UnreadableFile, columns_of, encoding_of, read_table
from gongzhi.places.rules.coordinates import Flaw, system_named, to_wgs84_many
from gongzhi.places.rules.problems import Problem

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("编码", "代码", "区域编码", "网格编码", "area_code"),
    "name": ("名称", "区域名称", "网格名称", "area_name"),
    "parent_code": ("上级编码", "父级编码", "上级代码", "parent"),
    "level": ("级别", "层级", "等级"),
    "wkt": ("边界", "范围", "geometry", "outline", "geom"),
    "lon": ("经度", "longitude", "lng", "x"),
    "lat": ("纬度", "latitude", "y"),
}
LONGEST_NAME: Final = 80


@dataclass
class AreaDraft:
    """One row as the file states it, in WGS-84 as far as its numbers allow."""

    line: int
    code: str
    name: str
    parent_code: str = ""
    level: int | None = None
    outline: Any = None
    lon: float | None = None
    lat: float | None = None
    as_sent: Any = None  # the outline before it was converted, to tell a wrong system


@dataclass
class AreaFile:
    drafts: list[AreaDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_areas(file: IO[bytes], file_name: str, system: str) -> AreaFile:
    """Read a whole file; a coordinate system named inside it comes before the one chosen on the page."""
    if file_name.lower().endswith((".geojson", ".json")):
        return _geojson(file.read(), system)
    return _table(file, system)


def _geojson(content: bytes, system: str) -> AreaFile:
    try:
        parsed = json.loads(content.decode(encoding_of(content)))
        features = parsed["features"]
        system = _system_inside(parsed, system)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFile("not_geojson") from error
    if not isinstance(features, list) or not features:
        raise UnreadableFile("no_features")
    result = AreaFile()
    for number, feature in enumerate(features, 1):
        _take_feature(result, number, feature, system)
    return result


def _system_inside(parsed: Any, chosen: str) -> str:
    named = (parsed.get("crs") or {}).get("properties", {}).get("name", "")
    if not named:
        return chosen
    try:
        return system_named(str(named))
    except ValueError as error:
        raise UnreadableFile("unknown_system", name=str(named)) from error


def _take_feature(result: AreaFile, line: int, feature: Any, system: str) -> None:
    values = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(values, dict):
        result.problems.append(Problem(line, "", "not_a_feature"))
        return
    cells = {str(name): _plain(value) for name, value in values.items()}
    places = columns_of(list(cells), COLUMNS)
    texts = list(cells.values())
    draft = _draft(result, line, {column: texts[n] for column, n in places.items()})
    if (geometry := feature.get("geometry")) is not None:
        try:
            outline = shape(geometry)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, ShapelyError):
            result.problems.append(Problem(line, draft.code, "unreadable_outline"))
        else:
            _take_outline(result, draft, outline, system)


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _table(file: IO[bytes], system: str) -> AreaFile:
    table = read_table(file)
    places = columns_of(table.header, COLUMNS)
    if missing := [column for column in ("code", "name") if column not in places]:
        raise UnreadableFile(
            "missing_columns", missing=", ".join(missing), found=", ".join(table.header)
        )
    result = AreaFile()
    for line, cells in table.numbered():
        values = {column: cells[n] if n < len(cells) else "" for column, n in places.items()}
        draft = _draft(result, line, values)
        _take_point(result, draft, values, system)
        if text := values.get("wkt", "").strip():
            _take_wkt(result, draft, text, system)
    return result


def _draft(result: AreaFile, line: int, values: Mapping[str, str]) -> AreaDraft:
    text = {column: unguarded(value.strip()) for column, value in values.items()}
    code = text.get("code", "")
    draft = AreaDraft(line, code, text.get("name", ""), text.get("parent_code", ""))
    if level := text.get("level", ""):
        if level.isdecimal() and int(level) < 100:
            draft.level = int(level)
        else:
            result.problems.append(Problem(line, code, "unreadable_level", {"level": level[:40]}))
    result.drafts.append(draft)
    return draft


def _take_point(result: AreaFile, draft: AreaDraft, values: Mapping[str, str], system: str) -> None:
    lon, lat = values.get("lon", "").strip(), values.get("lat", "").strip()
    if not lon and not lat:
        return
    try:
        lons, lats = to_wgs84_many([float(lon)], [float(lat)], system)
    except ValueError:
        result.problems.append(Problem(draft.line, draft.code, Flaw.NOT_A_NUMBER))
    else:
        draft.lon, draft.lat = float(lons[0]), float(lats[0])


def _take_wkt(result: AreaFile, draft: AreaDraft, text: str, system: str) -> None:
    try:
        outline = shapely.from_wkt(text.removeprefix("SRID=4326;"))
    except shapely.GEOSException:
        result.problems.append(Problem(draft.line, draft.code, "unreadable_outline"))
    else:
        _take_outline(result, draft, outline, system)


def _take_outline(result: AreaFile, draft: AreaDraft, outline: Any, system: str) -> None:
    if outline.geom_type not in {"Polygon", "MultiPolygon"}:
        values = {"type": outline.geom_type}
        result.problems.append(Problem(draft.line, draft.code, "not_a_polygon", values))
    elif outline.is_empty:
        result.problems.append(Problem(draft.line, draft.code, "empty_outline"))
    else:
        draft.as_sent = shapely.force_2d(outline)
        draft.outline = converted(draft.as_sent, system)


def converted(outline: Any, system: str) -> Any:
    """Return the outline in WGS-84."""
    if system in {"WGS-84", "CGCS2000"}:
        return outline
    return shapely.transform(
        outline, lambda points: np.column_stack(to_wgs84_many(points[:, 0], points[:, 1], system))
    )
