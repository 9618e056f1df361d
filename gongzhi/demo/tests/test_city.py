import numpy as np
import pytest
import shapely

from gongzhi.demo import city, premises
from gongzhi.demo.names import STORY_VILLAGE
from gongzhi.demo.people import logins, second_postings, story_village, units

SEED = 7  # as the loads tested beside this: one city is built for all
COUNTS = {0: 1, 1: 33, 2: 597, 3: 2934}


@pytest.fixture(scope="module")
def built():
    return city.build(SEED)


def test_the_city_has_33_towns_597_villages_and_2934_grids(built):
    assert {level: len(built.level(level)) for level in COUNTS} == COUNTS


@pytest.mark.parametrize("level", [1, 2, 3])
def test_areas_of_a_level_tile_the_outline_without_gap_or_overlap(built, level):
    shapes = np.array([area.geometry for area in built.level(level)])

    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    difference = shapely.symmetric_difference(shapely.union_all(shapes), city.outline())
    assert difference.area / city.outline().area < 1e-5
    assert abs(shapely.area(shapes).sum() / city.outline().area - 1) < 1e-5


def test_every_area_lies_in_its_parent(built):
    shapes = {area.path: area.geometry for area in built.areas}
    for area in built.level(3):
        parent = shapes[area.path.rstrip("/").rsplit("/", 1)[0] + "/"]
        assert parent.covers(area.geometry.representative_point())


def test_the_same_seed_gives_the_same_bytes(built):
    def content(made):
        return b"".join(a.code.encode() + a.name.encode() + a.geometry.wkb for a in made.areas)

    assert content(city.build.__wrapped__(SEED)) == content(built)


def test_village_names_are_unique_in_their_town_and_end_as_such_names_do(built):
    names = [(area.path.split("/")[1], area.name) for area in built.level(2)]

    assert len(set(names)) == len(names)
    assert all(name.endswith(("社区", "村")) for _town, name in names)
    assert ("004", STORY_VILLAGE) in names


def test_codes_and_paths_follow_the_official_codes(built):
    for area in built.level(3):
        town, village, grid = area.path.split("/")[1:4]
        assert area.code == f"441900{town}{village}{grid}"


def test_premises_lie_inside_their_grids_and_have_codes_of_their_own(built):
    made = premises.build(SEED, built)
    grids = built.level(3)

    assert len(made) > 40_000
    assert len({each.code for each in made}) == len(made)
    assert {each.grid for each in made} == set(range(len(grids)))
    assert all(
        shapely.contains_xy(grids[each.grid].geometry, each.lon, each.lat) for each in made[::7]
    )


def test_every_department_has_an_office_in_every_town(built):
    made = units(built, [("shuiwu", "水务局"), ("chengguan", "城市管理和综合执法局")])

    offices = [unit for unit in made if unit.kind == "town_office"]
    assert len(offices) == 2 * 33
    assert "南城水务分局" in {unit.name for unit in offices}
    assert len({unit.code for unit in made}) == len(made)


def test_the_logins_of_the_story_belong_to_one_town(built):
    keys = logins(built, "shuiwu-004")

    assert len({key.username for key in keys}) == len(keys)
    assert len({key.role for key in keys}) == len(keys) - 1  # two mediate
    (second,) = second_postings(built)
    assert second.username in {key.username for key in keys}
    town = "/".join(story_village(built).split("/")[:2]) + "/"
    local = [key.area_path for key in keys if key.unit not in {"city", "sifa"}]
    assert all(path.startswith(town) for path in [*local, second.area_path])
