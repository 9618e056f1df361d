"""Tiles, cells, alarms and layouts decide without a database."""

from datetime import timedelta

import h3
import mapbox_vector_tile
import pytest

from gongzhi.base.tests.builders import local
from gongzhi.command.queries.shipped import alarm_rules, chart_rows, templates, tile_faces
from gongzhi.command.rules import cells, tiles
from gongzhi.command.rules.alarms import Face, face
from gongzhi.command.rules.layouts import Flaw, checked
from gongzhi.command.rules.tiles import Tile

NANCHENG = (113.751, 23.021)
NINE = local("2026-11-23 09:00")
MINUTES = {0: 10, 1: 5, 2: 5}
CODES = tile_faces().keys()


@pytest.mark.parametrize("z", [0, 8, 14, 18])
def test_a_place_lies_inside_its_own_tile(z):
    tile = tiles.tile_at(*NANCHENG, z)

    west, south, east, north = tile.box(margin=0)
    x, y = tile.place(*NANCHENG)

    assert west <= NANCHENG[0] <= east
    assert south <= NANCHENG[1] <= north
    assert 0 <= x <= tiles.EXTENT
    assert 0 <= y <= tiles.EXTENT


def test_tiles_outside_the_world_do_not_exist():
    assert not Tile(3, 8, 0).exists
    assert not Tile(3, 0, -1).exists
    assert not Tile(23, 0, 0).exists
    assert Tile(3, 7, 7).exists


def test_a_tile_says_what_was_put_into_it():
    tile = tiles.tile_at(*NANCHENG, 14)

    content = tiles.encoded({"points": [tiles.point(tile, *NANCHENG, {"number": "26-1", "n": 3})]})

    drawn = mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})
    [feature] = drawn["points"]["features"]
    assert feature["properties"] == {"number": "26-1", "n": 3}
    assert feature["geometry"]["coordinates"] == list(tile.place(*NANCHENG))


def test_an_empty_tile_has_no_bytes():
    assert tiles.encoded({"points": []}) == b""


def test_a_cells_parent_is_what_h3_says():
    cell = cells.cell_at(*NANCHENG)

    for fineness in (9, 8, 7, 6):
        known = h3.str_to_int(h3.cell_to_parent(h3.int_to_str(cell), fineness))
        assert cells.parent(cell, fineness) == known


def test_coarser_cells_lose_nothing():
    fine = {cells.cell_at(113.7 + n * 0.004, 23.0 + n * 0.003): n + 1 for n in range(20)}

    assert sum(cells.coarser(fine, 7).values()) == sum(fine.values())
    assert len(cells.coarser(fine, 7)) < len(fine)


def test_a_cell_on_the_edge_of_two_tiles_is_drawn_in_both():
    edge = Tile(12, *_numbers(tiles.tile_at(*NANCHENG, 12))).box(margin=0)[0]
    cell = cells.cell_at(edge, NANCHENG[1])

    touched = cells.by_tile([cell], 12)

    assert len({x for x, _y in touched}) == 2


def _numbers(tile):
    return tile.x, tile.y


def test_shades_part_what_is_there_and_never_twice_at_one_number():
    assert cells.steps([]) == []
    assert cells.steps([1, 1, 1]) == [1]
    limits = cells.steps(range(1, 1001))
    assert limits == sorted(set(limits))
    assert len(limits) == 4


@pytest.mark.parametrize(
    ("desk", "heard", "after", "seen"),
    [
        (1, {}, 0, Face.RINGS),
        (1, {1: NINE}, 1, Face.HEARD),
        (0, {}, 4, Face.WAITS),
        (0, {}, 5, Face.MISSED),
        (0, {1: NINE}, 60, Face.HEARD),
        (0, {0: NINE}, 60, Face.HEARD),
        (2, {}, 60, Face.TOLD),
        (2, {1: NINE}, 60, Face.HEARD),
        (1, {2: NINE}, 1, Face.RINGS),
    ],
)
def test_an_alarm_of_a_town_rings_there_and_reaches_the_city_when_the_town_is_silent(
    desk, heard, after, seen
):
    found = face(
        raised_at=NINE, level=1, desk=desk, heard=heard, minutes=MINUTES,
        at=NINE + timedelta(minutes=after),
    )  # fmt: skip

    assert found == seen


def test_an_alarm_of_a_village_climbs_level_by_level():
    def at(desk, after, heard=()):
        return face(
            raised_at=NINE, level=2, desk=desk, heard=dict.fromkeys(heard, NINE), minutes=MINUTES,
            at=NINE + timedelta(minutes=after),
        )  # fmt: skip

    assert [at(desk, 4) for desk in (2, 1, 0)] == [Face.RINGS, Face.WAITS, Face.WAITS]
    assert [at(desk, 5) for desk in (2, 1, 0)] == [Face.RINGS, Face.MISSED, Face.WAITS]
    assert [at(desk, 10) for desk in (2, 1, 0)] == [Face.RINGS, Face.MISSED, Face.MISSED]
    assert at(0, 10, heard=[1]) == Face.HEARD


def a_page(*placed, seconds=30):
    names = ("code", "x", "y", "w", "h")
    return {
        "pages": [{"seconds": seconds, "tiles": [dict(zip(names, t, strict=True)) for t in placed]}]
    }


def test_a_sound_layout_keeps_nothing_but_what_a_screen_needs():
    said = a_page(("open", 3, 0, 3, 2), ("map", 0, 2, 6, 6))
    said["pages"][0]["tiles"][0]["script"] = "x"
    said["more"] = 1

    kept = checked(said, ratio="16:9", codes=CODES)

    assert kept == a_page(("open", 3, 0, 3, 2), ("map", 0, 2, 6, 6))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (None, "pages"),
        ({"pages": []}, "pages"),
        ({"pages": [{}] * 13}, "pages"),
        ({"pages": [{"seconds": 30, "tiles": "x"}]}, "tiles"),
        (a_page(("open", 0, 0, 1, 1), seconds=4), "seconds"),
        (a_page(("open", 0, 0, 1, 1), seconds=True), "seconds"),
        (a_page(("nothing", 0, 0, 1, 1)), "code"),
        (a_page(("open", 11, 0, 2, 1)), "place"),
        (a_page(("open", 0, 7, 1, 2)), "place"),
        (a_page(("open", -1, 0, 1, 1)), "place"),
        (a_page(("open", 0, 0, 2, 2), ("map", 1, 1, 2, 2)), "overlap"),
    ],
)
def test_what_cannot_be_drawn_is_told(said, reason):
    with pytest.raises(Flaw) as trouble:
        checked(said, ratio="16:9", codes=CODES)

    assert trouble.value.reason == reason


def test_what_is_shipped_can_be_drawn():
    assert {one.level for one in templates()} == {0, 1}
    for one in templates():
        assert checked(one.layout, ratio=one.ratio, codes=CODES)["pages"], one.code
    rules = alarm_rules(NINE.date())
    assert rules.keys() == {0, 1, 2}
    assert all(rule.minutes and rule.source for rule in rules.values())
    assert all(row.source and row.meanings["zh"] for row in chart_rows())
