"""
The city's shape: towns, villages and grids that tile the outline exactly.

Tiling is made from below. One Voronoi diagram of all grid seeds is cut at the outline, and villages and
towns are unions of whole cells, so that neighbours share every vertex and nothing overlaps or is missed.
"""

import csv
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gongzhi.demo import names
from gongzhi.demo.seeds import generator

CONTENT = Path(__file__).parent / "content"
VILLAGES = 597
GRIDS = 2934
CITY_CODE = "441900"
STORY_TOWN = "441900004"  # 南城街道, where the walk-through happens
SAMPLES = 150_000
DECIMALS = 6  # of a degree: a tenth of a metre

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Town:
    code: str
    name: str
    lon: float
    lat: float

    @property
    def short(self) -> str:
        return self.code[-3:]


@dataclass(frozen=True)
class DemoArea:
    code: str
    short: str  # own segment of the path
    name: str
    level: int  # 0 city, 1 town, 2 village, 3 grid
    path: str
    geometry: BaseGeometry


@dataclass(frozen=True, eq=False)
class City:
    areas: tuple[DemoArea, ...]  # parents before children
    weight: Floats  # of each grid: how much of the city's life happens there

    def level(self, level: int) -> list[DemoArea]:
        return [area for area in self.areas if area.level == level]

    @cached_property
    def names(self) -> dict[str, str]:
        return {area.path: area.name for area in self.areas}


def towns() -> list[Town]:
    with (CONTENT / "towns_dongguan.csv").open(encoding="utf-8") as file:
        return [
            Town(row["code"], row["name"], float(row["lon"]), float(row["lat"]))
            for row in csv.DictReader(file)
        ]


def outline() -> BaseGeometry:
    document: dict[str, Any] = json.loads((CONTENT / "outline_dongguan.geojson").read_text("utf-8"))
    return shapely.from_geojson(json.dumps(document["features"][0]["geometry"]))


@lru_cache(maxsize=2)
def build(seed: int) -> City:
    """Build every area of the city; the same seed gives the same bytes."""
    border = outline()
    squeeze = float(
        np.cos(np.radians(border.centroid.y))
    )  # makes a degree of longitude as short as it is
    centres = np.array([(town.lon * squeeze, town.lat) for town in towns()])
    seeds, mass, town_of, village_of = _seeds(seed, border, squeeze, centres)
    cells = _cells(border, seeds, squeeze)
    cells = _roughen(cells, village_of, generator(seed, "borders"))
    return _name(seed, cells, mass, town_of, village_of)


def _seeds(
    seed: int, border: BaseGeometry, squeeze: float, centres: Floats
) -> tuple[Floats, Floats, Ints, Ints]:
    """Place one seed per grid; tell its weight, its town and its village (numbered city-wide)."""
    points, weights, nearest = _samples(seed, border, squeeze, centres)
    mass = np.bincount(nearest, weights=weights, minlength=len(centres))
    villages = shares(mass**0.75, VILLAGES, least=5)
    grids = shares(mass**0.85, GRIDS, least=0, floors=villages)
    seeds, of_mass, town_of, village_of = [], [], [], []
    numbered = 0
    for town in range(len(centres)):
        rng = generator(seed, "town", town)
        mine = nearest == town
        inside, weigh = points[mine], weights[mine]
        label = cluster(inside, weigh, int(villages[town]), rng)
        counts = shares(
            np.bincount(label, weights=weigh, minlength=villages[town]), int(grids[town]), least=1
        )
        for village, count in enumerate(counts):
            part, heft = inside[label == village], weigh[label == village]
            group = cluster(part, heft, int(count), rng)
            for grid in range(int(count)):
                members = group == grid
                seeds.append(_middle(part[members], heft[members]))
                of_mass.append(heft[members].sum())
                town_of.append(town)
                village_of.append(numbered)
            numbered += 1
    return np.array(seeds), np.array(of_mass), np.array(town_of), np.array(village_of)


def _middle(points: Floats, weights: Floats) -> Floats:
    """Return the point nearest to the centre of mass, which itself may lie across a bay."""
    centre = np.average(points, axis=0, weights=weights)
    nearest: Floats = points[((points - centre) ** 2).sum(axis=1).argmin()]
    return nearest


def _samples(
    seed: int, border: BaseGeometry, squeeze: float, centres: Floats
) -> tuple[Floats, Floats, Ints]:
    """Scatter points over the city; denser life near the town centres is their weight."""
    rng = generator(seed, "samples")
    west, south, east, north = border.bounds
    lon = rng.uniform(west, east, SAMPLES * 2)
    lat = rng.uniform(south, north, SAMPLES * 2)
    inside = shapely.contains_xy(border, lon, lat)
    points = np.column_stack([lon[inside] * squeeze, lat[inside]])[:SAMPLES]
    distance = np.linalg.norm(points[:, None, :] - centres[None, :, :], axis=2)
    nearest = distance.argmin(axis=1)
    pull = rng.uniform(0.75, 1.45, len(centres))
    weights = pull[nearest] * (0.35 + np.exp(-((distance.min(axis=1) / 0.028) ** 2)))
    return points, weights, nearest


def shares(mass: Floats | Ints, total: int, *, least: int, floors: Ints | None = None) -> Ints:
    """Deal out a total in proportion to mass, by largest remainder, nobody below the floor."""
    base = np.full(len(mass), least) if floors is None else floors.astype(int)
    exact = mass / mass.sum() * (total - base.sum())
    dealt = np.floor(exact).astype(int)
    left = total - int(base.sum()) - int(dealt.sum())
    dealt[np.argsort(-(exact - dealt), kind="stable")[:left]] += 1
    return np.asarray(base + dealt)


def cluster(points: Floats, weights: Floats, count: int, rng: np.random.Generator) -> Ints:
    """Group points into compact clusters (weighted Lloyd relaxation); no cluster is empty."""
    if count == 1:
        return np.zeros(len(points), dtype=np.int64)
    centres = points[rng.choice(len(points), count, replace=False, p=weights / weights.sum())]
    label = np.zeros(len(points), dtype=np.int64)
    for _round in range(14):
        square = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
        label = square.argmin(axis=1)
        label[square.argmin(axis=0)] = np.arange(count)  # each centre keeps its nearest point
        heft = np.bincount(label, weights=weights, minlength=count)
        centres = np.column_stack(
            [
                np.bincount(label, weights=weights * points[:, axis], minlength=count) / heft
                for axis in (0, 1)
            ]
        )
    return label


def _cells(border: BaseGeometry, seeds: Floats, squeeze: float) -> list[Polygon]:
    """Cut the city into one polygon per seed; scraps that the coast cuts off join a neighbour."""
    flat = shapely.transform(border, lambda xy: xy * (squeeze, 1))
    edges = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=flat, only_edges=True)
    edges = shapely.transform(edges, lambda xy: xy / (squeeze, 1))
    lines: Any = shapely.union(edges, border.boundary, grid_size=10.0**-DECIMALS)
    faces = np.array(
        [
            face
            for face in shapely.get_parts(shapely.polygonize([lines]))
            if border.contains(face.representative_point())
        ]
    )
    tree = shapely.STRtree(faces)
    where = shapely.points(seeds / (squeeze, 1))
    found_seed, found_face = tree.query(where, predicate="within")
    if len(set(found_face)) != len(seeds) or len(found_seed) != len(seeds):
        raise ValueError("two grid seeds share a cell")
    owner = np.full(len(faces), -1)
    owner[found_face] = found_seed
    _adopt(faces, owner, tree)
    joined: list[Any] = [shapely.union_all(faces[owner == cell]) for cell in range(len(seeds))]
    return joined


def _adopt(faces: NDArray[Any], owner: Ints, tree: shapely.STRtree) -> None:
    """Give each face without a seed to the owned neighbour it shares the longest border with."""
    while (owner < 0).any():
        for orphan in np.flatnonzero(owner < 0):
            near = [face for face in tree.query(faces[orphan]) if owner[face] >= 0]
            if near:
                borders = shapely.length(
                    shapely.intersection(faces[orphan].boundary, [faces[n].boundary for n in near])
                )
                owner[orphan] = owner[near[int(np.argmax(borders))]]


def _roughen(cells: list[Polygon], village_of: Ints, rng: np.random.Generator) -> list[Polygon]:
    """Let borders between villages wander a little, as brooks and lanes do; both sides alike."""
    sides: dict[tuple[tuple[float, float], ...], list[int]] = {}
    for number, cell in enumerate(cells):
        ring = [(x, y) for x, y in cell.exterior.coords]
        for a, b in pairwise(ring):
            sides.setdefault((min(a, b), max(a, b)), []).append(number)
    bends = {
        edge: _bend(edge, rng)
        for edge, both in sorted(sides.items())
        if len(both) == 2 and village_of[both[0]] != village_of[both[1]]
    }
    return [_bent(cell, bends) for cell in cells]


def _bend(edge: Any, rng: np.random.Generator) -> list[tuple[float, float]]:
    """Return points that replace the straight line between two corners; small enough never to cross."""
    (ax, ay), (bx, by) = edge
    length = float(np.hypot(bx - ax, by - ay))
    if length < 0.0012:
        return []
    steps = 3 if length > 0.004 else 2
    sway = rng.uniform(-0.055, 0.055, steps) * length
    middle = []
    for step in range(steps):
        part = (step + 1) / (steps + 1)
        x = ax + (bx - ax) * part - (by - ay) / length * sway[step]
        y = ay + (by - ay) * part + (bx - ax) / length * sway[step]
        middle.append((round(float(x), DECIMALS), round(float(y), DECIMALS)))
    return middle


def _bent(cell: Polygon, bends: dict[Any, list[tuple[float, float]]]) -> Polygon:
    ring: list[tuple[float, ...]] = [tuple(xy) for xy in cell.exterior.coords]
    path: list[tuple[float, ...]] = []
    for a, b in pairwise(ring):
        path.append(a)
        middle = bends.get((min(a, b), max(a, b)), [])
        path.extend(middle if a < b else reversed(middle))
    return Polygon([*path, path[0]])


def _name(seed: int, cells: list[Polygon], mass: Floats, town_of: Ints, village_of: Ints) -> City:
    """Number and name the areas, parents first; villages run from north-west to south-east."""
    shapes = np.array(cells)
    root = f"{CITY_CODE}/"
    areas = [DemoArea(CITY_CODE, CITY_CODE, "东莞市", 0, root, shapely.coverage_union_all(shapes))]
    order: list[int] = []
    for index, town in enumerate(towns()):
        mine = np.flatnonzero(town_of == index)
        path = f"{root}{town.short}/"
        whole = shapely.coverage_union_all(shapes[mine])
        areas.append(DemoArea(town.code, town.short, town.name, 1, path, whole))
        parts = {v: mine[village_of[mine] == v] for v in np.unique(village_of[mine])}
        merged = {v: shapely.coverage_union_all(shapes[members]) for v, members in parts.items()}
        ordered = _reading_order(list(parts), merged)
        stems = names.villages(generator(seed, "villages", index), town.name, len(ordered))
        if town.code == STORY_TOWN:
            centre = shapely.Point(town.lon, town.lat)
            at = min(range(len(ordered)), key=lambda i: merged[ordered[i]].distance(centre))
            stems[at] = names.STORY_VILLAGE
        for number, village in enumerate(ordered, start=1):
            short = f"{number:03d}"
            code, under = town.code + short, f"{path}{short}/"
            areas.append(DemoArea(code, short, stems[number - 1], 2, under, merged[village]))
            grids = _reading_order(list(parts[village]), dict(enumerate(cells)))
            for place, grid in enumerate(grids, start=1):
                own = f"{place:02d}"
                name = f"第{own}网格"
                areas.append(DemoArea(code + own, own, name, 3, f"{under}{own}/", cells[grid]))
                order.append(int(grid))
    return City(tuple(areas), mass[order] / mass.sum())


def _reading_order(keys: list[Any], shapes: dict[Any, BaseGeometry]) -> list[Any]:
    def place(key: Any) -> tuple[float, float]:
        middle = shapes[key].centroid
        return (-round(middle.y / 0.012), middle.x)

    return sorted(keys, key=place)
