"""Placing: points a second against every grid of the city."""

import time
from collections.abc import Iterator
from datetime import date

import numpy as np

from bench.table import Result
from gongzhi.places import queries

POINTS = 1_000_000
ON = date(2025, 6, 1)


def measure() -> Iterator[Result]:
    city = queries.city_bounds()
    assert city is not None, "the benchmark's database has a city"
    chance = np.random.default_rng(7)
    lons = chance.uniform(city.west, city.east, POINTS)
    lats = chance.uniform(city.south, city.north, POINTS)
    queries.place_many(lons[:1000], lats[:1000], on=ON)  # loads the grids once
    # Points of the city itself: those outside would be answered by the slower search for the nearest.
    inside = queries.place_many(lons, lats, on=ON).inside
    lons, lats = lons[inside], lats[inside]
    began = time.perf_counter()
    queries.place_many(lons, lats, on=ON)
    took = time.perf_counter() - began
    yield Result(
        "Points placed in bulk", len(lons) / took, "a second", 300_000, "higher",
        f"{len(lons):,} random points inside the city, one core",
    )  # fmt: skip
    began = time.perf_counter()
    for lon, lat in zip(lons[:20_000].tolist(), lats[:20_000].tolist(), strict=True):
        queries.place(lon=lon, lat=lat, on=ON)
    yield Result(
        "Points placed one by one", 20_000 / (time.perf_counter() - began), "a second", None, "higher",
        "as at intake; no SQL",
    )  # fmt: skip
