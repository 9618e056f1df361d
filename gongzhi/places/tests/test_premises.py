import io
import json
import zipfile

import pytest
import shapely
import xlsxwriter
from django.db import connection
from python_calamine import CalamineWorkbook

from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.paging import Page
from gongzhi.base.tables.writing import csv_lines, xlsx_bytes
from gongzhi.places import actions, queries, reactions
from gongzhi.places.events import ImportConfirmed, ImportReceived
from gongzhi.places.models import Premises
from gongzhi.places.queries import PremisesFilter
from gongzhi.places.rules.personal import is_identity_number, personal_columns
from gongzhi.places.tests.builders import (
    DAY,
    MONDAY,
    PREMISES,
    a_city,
    a_csv,
    a_shop,
    an_actor,
    an_import,
    flaws,
    written,
)  # fmt: skip

pytestmark = pytest.mark.django_db
IDENTITY = "11010519491231002X"  # the standard's own example


def codes(page: Page[Premises]) -> list[str]:
    return [row.code for row in page.rows]


def test_rows_are_checked_then_placed_and_written():
    a_city()
    row = an_import(a_csv(PREMISES, a_shop("S1"), a_shop("S2", lon=113.73)))
    assert (row.state, row.new_count, Premises.objects.count()) == ("checked", 2, 0)

    written(row)

    assert queries.premises_by_code("S2").area_path == "441900/004/02/"


def test_known_codes_are_updated():
    a_city()
    written(an_import(a_csv(PREMISES, a_shop("S1"), a_shop("S2"))))

    row = written(an_import(a_csv(PREMISES, a_shop("S1", name="新名字", lon=113.75), a_shop("S3"))))

    assert (row.new_count, row.changed_count) == (1, 1)
    assert queries.premises_by_code("S1").name == "新名字"
    assert queries.premises_by_code("S1").area_path == "441900/004/03/"
    assert Premises.objects.count() == 3


def test_points_are_converted_once_when_they_enter():
    a_city()
    lon, lat = queries.from_wgs84(113.71, 23.01, "BD-09")

    written(an_import(a_csv(PREMISES, a_shop("S1", lon=lon, lat=lat)), system="BD-09"))

    row = queries.premises_by_code("S1")
    assert queries.metres_between(row.lon, row.lat, 113.71, 23.01) < 0.01


def test_what_a_later_file_has_no_column_for_stays():
    a_city()
    first = a_csv([*PREMISES, "grade", "status", "楼层"], [*a_shop("S1"), "B", "空置", "6"])
    written(an_import(first))

    written(
        an_import(
            a_csv(("code", "kind", "name", "lon", "lat"), ("S1", "建筑", "新", 113.71, 23.01))
        )
    )

    row = queries.premises_by_code("S1")
    assert (row.name, row.kind, row.grade, row.status) == ("新", 2, 2, 2)
    assert (row.details, row.address) == ({"楼层": "6"}, "南城街道胜和路15号")


def test_every_bad_row_is_named_and_the_sound_ones_are_written():
    a_city()
    rows = [
        a_shop("OK"),
        a_shop("OK"),
        a_shop(""),
        a_shop("B1", lon=23.01, lat=113.71),
        a_shop("B2", lon=0, lat=0),
        a_shop("B3", lon="东", lat=23),
        a_shop("B4", lon="", lat=""),
        a_shop("B5", lon=116.4, lat=39.9),
        a_shop("B6", name=""),
        a_shop("B7", name="长" * 121),
        a_shop("B8", name="钟\x07响"),
        ("B9", "飞船", "x", "", 113.71, 23.01),
        ("B10", "地址"),
        a_shop("B11", name=f"某店 {IDENTITY}"),
        a_shop("B12", name="电话 13800138000"),
        a_shop("B13", lon=113.71, lat=""),
        a_shop("N1", lon=113.699),
        a_shop("B14", lon="nan", lat="inf"),
    ]

    row = written(an_import(a_csv(PREMISES, *rows)))

    assert sorted(flaws(row)) == [
        (3, "code_twice"), (4, "code_missing"), (5, "swapped"), (6, "zero"), (7, "not_a_number"),
        (8, "point_missing"), (9, "outside_city"), (10, "name_missing"), (11, "too_long"),
        (12, "unprintable"), (13, "kind_unknown"), (14, "name_missing"), (14, "point_missing"),
        (14, "too_few_cells"), (15, "personal_id"), (16, "personal_mobile"), (17, "half_a_point"),
        (18, "in_no_grid"), (19, "not_a_number"),
    ]  # fmt: skip
    assert sorted(Premises.objects.values_list("code", flat=True)) == ["N1", "OK"]
    with actions.opened_report(row) as report:
        assert len(report.read().decode("utf-8-sig").splitlines()) == 1 + len(row.problems)


@pytest.mark.parametrize(
    "column",
    ["身份证号", "户主姓名", "联系电话", "房东", "手机", "owner", "tenant_name", "contact", "birthday", "法定代表人"],
)  # fmt: skip
def test_a_file_with_a_column_about_people_is_refused_with_the_reason(column):
    a_city()

    row = an_import(a_csv([*PREMISES, column], [*a_shop(), "x"]))

    assert row.state == "failed"
    assert column in queries.failure_of(row)


def test_columns_about_places_are_not_taken_for_people():
    assert (
        personal_columns(["名称", "楼层", "公开电话", "floors", "值班电话", "ownership_type"]) == []
    )


def test_an_identity_number_is_told_from_a_social_credit_code():
    assert is_identity_number(IDENTITY)
    assert not is_identity_number("914419007701234567")


def test_other_columns_become_details():
    a_city()

    written(an_import(a_csv([*PREMISES, "楼层", "备注"], [*a_shop(), "6", '反斜杠\\和引号"'])))

    assert queries.premises_by_code("S1").details == {"楼层": "6", "备注": '反斜杠\\和引号"'}


def test_text_that_looks_like_a_formula_stays_text_both_ways():
    a_city()
    evil = '=HYPERLINK("http://x","y")'
    written(an_import(a_csv(PREMISES, a_shop(name=evil))))
    assert queries.premises_by_code("S1").name == evil

    rows = list(queries.export_rows(an_actor(), PremisesFilter()))
    table = "".join(csv_lines(queries.EXPORT_COLUMNS, rows))
    book = xlsx_bytes(queries.EXPORT_COLUMNS, rows, title="t")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)

    assert f"'{evil}" in table.replace('""', '"')
    assert sheet.to_python()[1][2] == evil
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    again = written(an_import(table.encode()))
    assert again.changed_count == 1
    assert queries.premises_by_code("S1").name == evil


def test_a_workbook_is_read_and_its_numbers_stay_codes():
    a_city()
    page = io.BytesIO()
    book = xlsxwriter.Workbook(page)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["编码", "类型", "名称", "地址", "经度", "纬度"])
    sheet.write_row(1, 0, [441900004000123, "出租屋", "胜和公寓", "胜和路1号", 113.71, 23.01])
    book.close()

    written(an_import(page.getvalue(), name="t.xlsx"))

    assert queries.premises_by_code("441900004000123").kind == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_from_a_spreadsheet_is_read(encoding):
    a_city()

    written(an_import(a_csv(PREMISES, a_shop(name="和顺\u3000百货"), encoding=encoding)))

    assert queries.premises_by_code("S1").name == "和顺 百货"


def test_a_wrong_system_is_suspected_when_the_named_area_fits_another():
    a_city(size=1)
    actions.load_areas(
        rows=[actions.AreaInput("44190000402", "02网格", "441900004", shapely.box(113.72, 23.0, 113.74, 23.02))],
        valid_from=DAY, actor=an_actor(), at=MONDAY,
    )  # fmt: skip
    lon, lat = queries.from_wgs84(113.719, 23.01, "GCJ-02")

    row = an_import(a_csv([*PREMISES, "area_code"], [*a_shop(lon=lon, lat=lat), "44190000401"]))

    assert flaws(row) == [(2, "looks_like")]


def test_premises_without_a_point_take_the_area_the_row_names():
    a_city()

    written(an_import(a_csv([*PREMISES, "area_code"], [*a_shop(lon="", lat=""), "44190000405"])))

    assert queries.premises_by_code("S1").area_path == "441900/004/05/"


def test_a_posting_imports_only_into_its_own_area():
    a_city()
    written(an_import(a_csv(PREMISES, a_shop("THEIRS", lon=113.75))))
    local = an_actor("places.manage", area="441900/004/01/")

    row = an_import(
        a_csv(PREMISES, a_shop("A"), a_shop("B", lon=113.75), a_shop("THEIRS")), actor=local
    )

    assert flaws(row) == [(3, "out_of_reach"), (4, "out_of_reach")]


def test_premises_are_found_by_name_address_and_code():
    a_city()
    written(an_import(a_csv(PREMISES, a_shop("S1"), a_shop("S2", name="利康药店"))))
    actor = an_actor()

    assert codes(queries.search_premises(actor, "百货商")) == ["S1"]
    assert codes(queries.search_premises(actor, "胜和路 药店")) == []
    assert codes(queries.search_premises(actor, "胜和路 利康药")) == ["S2"]
    assert codes(queries.search_premises(actor, "利康")) == ["S2"]
    assert codes(queries.search_premises(actor, "s2")) == ["S2"]
    assert codes(queries.search_premises(actor, "100%")) == []


def test_pages_follow_each_other_without_gap_or_repetition():
    a_city()
    written(an_import(a_csv(PREMISES, *(a_shop(f"S{n:02d}") for n in range(7)))))

    first = queries.search_premises(an_actor(), limit=4)
    second = queries.search_premises(an_actor(), after=first.next, limit=4)

    assert codes(first) + codes(second) == [f"S{n:02d}" for n in range(7)]
    assert second.next == ""


def test_premises_outside_the_posting_are_as_good_as_absent():
    a_city()
    written(an_import(a_csv(PREMISES, a_shop("S1"))))
    stranger = an_actor("places.view", area="441900/004/02/")

    assert codes(queries.search_premises(stranger)) == []
    with pytest.raises(Premises.DoesNotExist):
        queries.premises(stranger, "S1")


def test_the_map_gets_the_points_of_its_box_and_none_of_a_box_too_wide():
    a_city()
    written(an_import(a_csv(PREMISES, a_shop("S1"), a_shop("S2", lon=113.75))))

    drawn = json.loads(
        queries.premises_as_geojson(an_actor(), (113.7, 23.0, 113.72, 23.02), PremisesFilter())
    )
    wide = json.loads(
        queries.premises_as_geojson(an_actor(), (73.0, 3.0, 135.0, 53.0), PremisesFilter())
    )

    assert [point["properties"]["code"] for point in drawn["features"]] == ["S1"]
    assert (wide["features"], wide["zoom_in"]) == ([], True)


def test_one_premises_is_registered_by_form_under_the_same_rules():
    a_city()
    values = {
        "code": "X1",
        "kind": "building",
        "name": "胜和大厦",
        "address": "",
        "lon": "113.71",
        "lat": "23.01",
    }

    saved = actions.register(values=values, on=DAY, actor=an_actor(), at=MONDAY)
    assert saved.area_path == "441900/004/01/"

    with pytest.raises(Invalid) as refusal:
        actions.register(
            values=values | {"lon": "23", "lat": "113.7"}, on=DAY, actor=an_actor(), at=MONDAY
        )
    assert list(refusal.value.problems)
    with pytest.raises(OutOfReach):
        actions.register(values=values, on=DAY, actor=an_actor("places.view"), at=MONDAY)


def test_a_large_file_is_left_to_the_worker(monkeypatch):
    a_city()
    monkeypatch.setattr("gongzhi.places.actions.imports.AT_ONCE", 10)

    row = an_import(a_csv(PREMISES, a_shop("S1")))
    assert row.state == "received"
    reactions.check_file(ImportReceived(row.pk, MONDAY))
    actions.confirm_import(import_id=row.pk, actor=an_actor(), at=MONDAY)
    reactions.write_file(ImportConfirmed(row.pk, MONDAY))
    reactions.write_file(ImportConfirmed(row.pk, MONDAY))  # jobs may come twice

    row.refresh_from_db()
    assert (row.state, row.rows_done, Premises.objects.count()) == ("done", 1, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'event' FROM procrastinate_jobs ORDER BY id")
        assert cursor.fetchall() == [("ImportReceived",), ("ImportConfirmed",)]
