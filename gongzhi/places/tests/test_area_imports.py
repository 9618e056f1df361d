import io
import json

import numpy as np
import pytest
import shapely

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.places import actions, queries
from gongzhi.places.models import Area, AreaShape, Import
from gongzhi.places.rules.area_files import read_areas
from gongzhi.places.rules.coordinates import from_wgs84_many
from gongzhi.places.tests.builders import (
    CITY,
    DAY,
    MONDAY,
    SIDE,
    SOUTH,
    WEST,
    a_city,
    a_csv,
    a_square,
    an_actor,
    an_import,
    flaws,
    written,
)  # fmt: skip

pytestmark = pytest.mark.django_db
TOWN = "441900004"
HEADER = ("code", "name", "parent_code", "level", "wkt")


def a_geojson(*features: tuple[str, str, str, object], **more: object) -> bytes:
    collection = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"编码": code, "名称": name, "上级编码": parent},
                "geometry": json.loads(shapely.to_geojson(shape)) if shape is not None else None,
            }
            for code, name, parent, shape in features
        ],
        **more,
    }
    return json.dumps(collection).encode()


def a_family(*grids: tuple[str, object]) -> bytes:
    whole = a_square(0, 0, columns=2)
    return a_geojson(
        (CITY, "东莞", "", whole),
        (TOWN, "南城街道", CITY, whole),
        *((f"{TOWN}{code}", f"{code}网格", TOWN, shape) for code, shape in grids),
    )


def checked(content: bytes, name: str = "areas.geojson", **more: object) -> Import:
    return an_import(content, subject="areas", name=name, **more)


def test_a_sound_file_is_checked_then_written():
    row = checked(a_family(("01", a_square(0, 0)), ("02", a_square(1, 0))))
    assert (row.state, row.new_count, row.problems) == ("checked", 4, [])
    assert not Area.objects.exists()

    assert written(row).state == "done"
    assert queries.place(lon=WEST + SIDE * 1.5, lat=SOUTH + 0.01, on=DAY).path == "441900/004/02/"


def test_the_same_file_sent_again_changes_nothing():
    file = a_family(("01", a_square(0, 0)), ("02", a_square(1, 0)))
    written(checked(file))

    row = written(checked(file))

    assert (row.changed_count, row.error_count) == (4, 0)
    assert AreaShape.objects.count() == 4


def test_every_problem_row_is_named():
    bow_tie = shapely.Polygon([(113.70, 23.0), (113.72, 23.02), (113.72, 23.0), (113.70, 23.02)])
    swapped = shapely.transform(a_square(1, 0), lambda points: points[:, ::-1])
    row = checked(
        a_geojson(
            (CITY, "东莞", "", a_square(0, 0, columns=4)),
            (TOWN, "南城街道", CITY, a_square(0, 0, columns=4)),
            (f"{TOWN}01", "01", TOWN, a_square(0, 0)),
            (f"{TOWN}02", "02", TOWN, shapely.box(WEST + 0.015, SOUTH, WEST + 0.04, SOUTH + SIDE)),
            (f"{TOWN}02", "重复", TOWN, None),
            (f"{TOWN}03", "03", "999", a_square(2, 0)),
            (f"{TOWN}04", "04", TOWN, bow_tie),
            (f"{TOWN}05", "05", TOWN, swapped),
            (f"{TOWN}06", "", TOWN, shapely.Point(113.7, 23.0)),
            ("a b", "07", TOWN, None),
        )
    )

    assert flaws(row) == [
        (2, "gap"), (4, "overlap"), (5, "code_twice"), (6, "parent_unknown"),
        (7, "self_intersection"), (8, "swapped"), (9, "name_missing"), (9, "not_a_polygon"),
        (10, "code_unusable"),
    ]  # fmt: skip
    assert row.error_count == 7
    with pytest.raises(Refused):
        actions.confirm_import(import_id=row.pk, actor=an_actor(), at=MONDAY)
    sentences = [words for _line, _code, words, _grave in queries.told(row)]
    assert any("44190000401" in words for words in sentences)


def test_neighbours_that_exist_already_are_looked_at_too():
    a_city()

    row = checked(a_geojson((f"{TOWN}10", "10网格", TOWN, a_square(1, 1))))

    assert flaws(row) == [(1, "overlap")]


def test_a_file_in_another_system_is_recognised_by_its_parents():
    a_city()
    shifted = shapely.transform(
        shapely.box(WEST, SOUTH, WEST + SIDE * 3, SOUTH + SIDE * 3),
        lambda p: np.column_stack(from_wgs84_many(p[:, 0], p[:, 1], "GCJ-02")),
    )

    row = checked(a_geojson((f"{TOWN}99", "99网格", TOWN, shifted)))

    assert (1, "wrong_system") in flaws(row)
    assert "GCJ-02" in next(w for _l, _c, w, grave in queries.told(row) if not grave)


@pytest.mark.parametrize(
    ("content", "name", "flaw"),
    [
        (b"{", "a.geojson", "not_geojson"),
        (b"[1]", "a.geojson", "not_geojson"),
        (b'{"features": []}', "a.geojson", "no_features"),
        (b'{"features": [{}], "crs": {"properties": {"name": "EPSG:3857"}}}', "a.geojson", "unknown_system"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.csv", "not_a_table"),
        (b"PK\x03\x04 broken", "a.xlsx", "broken_workbook"),
        (b"one,two\n1,2\n", "a.csv", "missing_columns"),
        (b"\x81\x81\xff\xff\xfe,\n", "a.csv", "unknown_encoding"),
        (b" \n", "a.csv", "empty_file"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(content, name, flaw):
    row = checked(content, name)

    assert (row.state, row.failure["flaw"]) == ("failed", flaw)
    assert queries.failure_of(row)


@pytest.mark.parametrize(
    "feature",
    [None, 7, {}, {"properties": {"code": "1", "name": "x"}, "geometry": {"type": "Polygon"}},
     {"properties": {"code": "1", "name": "x"}, "geometry": {"type": "Polygon", "coordinates": [[["a"]]]}},
     {"properties": {"code": "1", "name": "x"}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}},
     {"properties": {"code": "1", "name": "x"}, "geometry": {"type": "Cube", "coordinates": []}},
     {"properties": {"code": "1", "name": "x", "level": "low"}, "geometry": None}],
)  # fmt: skip
def test_an_odd_feature_is_a_problem_row_not_a_crash(feature):
    row = checked(json.dumps({"features": [feature]}).encode())

    assert row.state == "checked"
    assert row.error_count == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_comes_in_the_encodings_people_have(encoding):
    whole = a_square(0, 0)
    table = a_csv(
        HEADER, (CITY, "东莞", "", 0, whole.wkt), (TOWN, "南城街道", CITY, 1, whole.wkt), encoding=encoding
    )  # fmt: skip

    row = written(checked(table, "areas.csv"))

    assert (row.state, row.new_count) == ("done", 2)
    assert queries.area_by_code(TOWN).name == "南城街道"


def test_a_wrong_level_and_a_circle_of_parents_are_told():
    table = a_csv(
        HEADER, (CITY, "东莞", "", 0, ""), (TOWN, "南城", CITY, 3, ""), ("1", "甲", "2", "", ""), ("2", "乙", "1", "", "")
    )  # fmt: skip

    assert flaws(checked(table, "areas.csv")) == [
        (3, "level_wrong"), (4, "parent_circle"), (5, "parent_circle"),
    ]  # fmt: skip


def test_an_export_can_be_imported_again():
    a_city()
    exported = "".join(queries.areas_as_features(within="", on=DAY)).encode()

    row = checked(exported)

    assert (row.changed_count, row.error_count, row.warning_count) == (11, 0, 0)


def test_only_who_manages_the_city_imports_areas():
    with pytest.raises(Refused):
        checked(b"x", actor=an_actor("places.manage", area="441900/004/"))
    with pytest.raises(OutOfReach):
        checked(b"x", actor=an_actor("places.view"))
    with pytest.raises(Invalid):
        checked(b"x", system="Mars")


def test_gcj02_outlines_are_converted_once_on_entry():
    sent = shapely.transform(
        a_square(0, 0), lambda p: np.column_stack(from_wgs84_many(p[:, 0], p[:, 1], "GCJ-02"))
    )  # fmt: skip
    read = read_areas(io.BytesIO(a_geojson((CITY, "东莞", "", sent))), "a.geojson", "GCJ-02")

    assert read.drafts[0].outline.equals_exact(a_square(0, 0), 1e-8)
