import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.places.rules.coordinates import (
    SYSTEMS,
    Bounds,
    Flaw,
    flaw_in,
    from_wgs84,
    from_wgs84_many,
    metres_between,
    system_named,
    to_wgs84,
    to_wgs84_many,
)

CITY = Bounds(113.5, 22.6, 114.3, 23.2)
LONS, LATS = st.floats(74, 134), st.floats(18, 53)


@pytest.mark.parametrize("system", SYSTEMS)
@given(lon=LONS, lat=LATS)
def test_a_place_survives_the_way_out_and_back_to_a_millimetre(system, lon, lat):
    back = to_wgs84(*from_wgs84(lon, lat, system), system)

    assert metres_between(lon, lat, *back) < 0.001


@pytest.mark.parametrize("system", SYSTEMS)
def test_arrays_and_single_numbers_agree(system):
    lons, lats = np.linspace(113.6, 114.2, 50), np.linspace(22.7, 23.1, 50)

    many = np.column_stack(to_wgs84_many(*from_wgs84_many(lons, lats, system), system))

    single = [
        to_wgs84(*from_wgs84(lon, lat, system), system) for lon, lat in zip(lons, lats, strict=True)
    ]
    assert np.allclose(many, single, atol=1e-9)


def test_known_places_lie_where_the_published_tables_say():
    lon, lat = from_wgs84(116.397428, 39.90923, "GCJ-02")
    assert (round(lon, 4), round(lat, 4)) == (116.4037, 39.9106)

    assert 400 < metres_between(113.75, 23.02, *from_wgs84(113.75, 23.02, "GCJ-02")) < 800


def test_a_place_abroad_is_left_alone_by_gcj02():
    assert to_wgs84(2.3522, 48.8566, "GCJ-02") == (2.3522, 48.8566)


@pytest.mark.parametrize(
    ("lon", "lat", "flaw"),
    [
        (113.75, 23.02, None),
        (23.02, 113.75, Flaw.SWAPPED),
        (0.0, 0.0, Flaw.ZERO),
        (math.nan, 23.0, Flaw.NOT_A_NUMBER),
        (113.0, math.inf, Flaw.NOT_A_NUMBER),
        (116.4, 39.9, Flaw.OUTSIDE_CITY),
        (2.35, 48.85, Flaw.OUTSIDE_CHINA),
        (38_500_000.0, 2_547_000.0, Flaw.METRES),
    ],
)
def test_what_is_wrong_with_a_pair_is_named(lon, lat, flaw):
    assert flaw_in(lon, lat, CITY) == flaw


@pytest.mark.parametrize(
    ("words", "system"),
    [("gcj02", "GCJ-02"), ("urn:ogc:def:crs:EPSG::4490", "CGCS2000"), ("bd-09", "BD-09"), ("EPSG:4326", "WGS-84")],
)  # fmt: skip
def test_systems_go_by_many_names(words, system):
    assert system_named(words) == system


def test_an_unknown_system_is_refused():
    with pytest.raises(ValueError, match="EPSG:3857"):
        system_named("EPSG:3857")
    with pytest.raises(ValueError, match="Mars"):
        to_wgs84(1, 1, "Mars")
