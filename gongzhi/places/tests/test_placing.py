from datetime import date, timedelta

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.base.errors import Invalid, Refused
from gongzhi.places import actions, queries
from gongzhi.places.models import Area
from gongzhi.places.queries.snapshot import AreaRow, Grids
from gongzhi.places.tests.builders import (
    CITY,
    DAY,
    MONDAY,
    OPENED,
    SIDE,
    SOUTH,
    WEST,
    a_city,
    a_square,
    an_actor,
)  # fmt: skip

seeds = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=3, max_size=25, unique=True)  # fmt: skip
spots = st.lists(st.tuples(st.integers(-100, 1100), st.integers(-100, 1100)), min_size=1, max_size=40)  # fmt: skip


def grids_around(corners: list[tuple[int, int]]) -> Grids:
    """Tile a box; codes run against the order of the shapes, so that order cannot help."""
    box = shapely.box(0, 0, 1000, 1000)
    cells = [
        cell
        for cell in shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(corners), extend_to=box))
        if not shapely.intersection(cell, box).is_empty
    ]  # fmt: skip
    cells = [shapely.intersection(cell, box) for cell in cells]
    rows = [
        AreaRow(n, f"{99 - n:02d}", "", 3, f"{99 - n:02d}/", "", OPENED, None, ())
        for n in range(len(cells))
    ]
    return Grids(rows, cells)


@settings(max_examples=60, deadline=None)
@given(corners=seeds, points=spots)
def test_placing_agrees_with_asking_every_polygon(corners, points):
    try:
        grids = grids_around(corners)
    except shapely.GEOSException:  # corners in one line make no tiling
        return

    found = grids.find_many(*np.array(points, dtype=float).T)

    for (x, y), n in zip(points, found.tolist(), strict=True):
        point = shapely.Point(x, y)
        holding = [k for k, shape in enumerate(grids.shapes) if shape.intersects(point)]
        assert n == (holding[0] if holding else -1)
        assert grids.find(x, y) == n
        if not holding:
            nearest, _metres = grids.nearest(x, y)
            assert 0 <= nearest < len(grids.rows)


@pytest.mark.django_db
def test_a_point_lies_in_its_grid():
    a_city()

    placing = queries.place(lon=WEST + 0.01, lat=SOUTH + 0.01, on=DAY)

    assert (placing.path, placing.inside, placing.distance_m) == ("441900/004/01/", True, 0.0)
    assert queries.full_name(placing.path) == "南城街道 01网格"
    assert placing.warning == ""


@pytest.mark.django_db
def test_on_a_border_the_lowest_code_wins_every_time():
    a_city()
    corner = {"lon": WEST + SIDE, "lat": SOUTH + SIDE}  # of grids 01, 02, 04 and 05

    assert queries.place(**corner, on=DAY).code == "44190000401"
    many = queries.place_many([corner["lon"]] * 5, [corner["lat"]] * 5, on=DAY)
    assert set(many.paths) == {"441900/004/01/"}


@pytest.mark.django_db
def test_outside_the_nearest_grid_answers_with_metres_and_a_warning():
    a_city()

    placing = queries.place(lon=WEST - 0.01, lat=SOUTH + 0.01, on=DAY)

    assert not placing.inside
    assert placing.code == "44190000401"
    assert placing.distance_m == pytest.approx(1024.7, rel=0.002)
    assert "01网格" in placing.warning
    many = queries.place_many([WEST - 0.01, np.nan], [SOUTH + 0.01, 1.0], on=DAY)
    assert many.distances_m[0] == pytest.approx(placing.distance_m)
    assert (many.area_ids[1], many.paths[1]) == (0, "")


@pytest.mark.django_db
def test_a_warm_process_places_without_a_statement(django_assert_num_queries):
    a_city()
    queries.place(lon=WEST, lat=SOUTH, on=DAY)

    with django_assert_num_queries(0):
        queries.place(lon=WEST + 0.03, lat=SOUTH, on=DAY)
        queries.full_name("441900/004/01/")


@pytest.mark.django_db
def test_a_new_outline_leaves_earlier_days_as_they_were():
    a_city()
    on = date(2026, 1, 1)
    for path, square in (
        ("441900/004/01/", a_square(0, 0, columns=2)),
        ("441900/004/02/", shapely.box(WEST + 3 * SIDE, SOUTH, WEST + 4 * SIDE, SOUTH + SIDE)),
    ):
        actions.reshape(path=path, outline=square, valid_from=on, actor=an_actor(), at=MONDAY)
    spot = {"lon": WEST + 1.5 * SIDE, "lat": SOUTH + 0.01}

    assert queries.place(**spot, on=on).code == "44190000401"
    assert queries.place(**spot, on=on - timedelta(days=1)).code == "44190000402"
    assert [number for number, _span in queries.versions_of(queries.area("441900/004/01/").id)] == [
        2,
        1,
    ]


@pytest.mark.django_db
def test_a_closed_grid_still_answers_for_the_days_it_was_open():
    a_city()
    closing = date(2026, 2, 1)
    actions.close(
        path="441900/004/09/", on=closing, replaced_by=["44190000408"], actor=an_actor(), at=MONDAY
    )
    spot = {"lon": WEST + 2.5 * SIDE, "lat": SOUTH + 2.5 * SIDE}

    assert queries.place(**spot, on=closing - timedelta(days=1)).inside
    after = queries.place(**spot, on=closing)
    assert (after.inside, after.code) in {(False, "44190000406"), (False, "44190000408")}
    with pytest.raises(Refused, match="09网格"):
        actions.close(path="441900/004/09/", on=closing, actor=an_actor(), at=MONDAY)


@pytest.mark.django_db
def test_an_area_outside_the_posting_is_as_good_as_absent():
    a_city()
    stranger = an_actor("places.manage", area="441900/006/")

    with pytest.raises(Area.DoesNotExist):
        actions.rename(path="441900/004/01/", name="x", actor=stranger, at=MONDAY)


@pytest.mark.django_db
def test_a_town_with_grids_below_is_not_closed():
    a_city()

    with pytest.raises(Refused):
        actions.close(path="441900/004/", on=DAY, actor=an_actor(), at=MONDAY)


@pytest.mark.django_db
def test_without_areas_or_with_a_point_that_is_none_there_is_a_sentence():
    queries.forget()
    with pytest.raises(Refused):
        queries.place(lon=113.7, lat=23.0, on=DAY)

    a_city()
    with pytest.raises(Invalid):
        queries.place(lon=float("nan"), lat=23.0, on=DAY)


@pytest.mark.django_db
def test_the_tree_answers_from_the_top_to_the_grid():
    a_city()

    assert [row.name for row in queries.ancestors("441900/004/03/")] == [
        "东莞",
        "南城街道",
        "03网格",
    ]
    assert len(queries.children("441900/004/")) == 9
    assert queries.area_by_code(CITY).parent_path == ""
    assert queries.city_bounds().holds(WEST, SOUTH)


@pytest.mark.django_db
def test_closing_ends_outlines_that_were_to_come():
    a_city()
    path, soon = "441900/004/01/", date(2026, 6, 1)
    actions.reshape(
        path=path, outline=a_square(0, 0, columns=2), valid_from=soon, actor=an_actor(), at=MONDAY
    )

    actions.close(path=path, on=DAY, actor=an_actor(), at=MONDAY)

    spans = [span for _number, span in queries.versions_of(queries.area(path).id)]
    assert [(span.valid_from, span.valid_to) for span in spans] == [(OPENED, DAY)]
    assert not queries.has_shape(path, soon)
