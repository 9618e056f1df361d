from datetime import UTC, date, datetime, time

import pytest

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.catalogue import actions, queries
from gongzhi.catalogue.rules.matrix import is_within_hours, parse_target, town_of
from gongzhi.catalogue.tests.builders import MANAGER, MONDAY, TODAY, VIEWER, an_item

pytestmark = pytest.mark.django_db
PLACE = "441900/004/012/03/"
UNITS = {
    "shuiwu": (1, "水务局"),
    "shuiwu-004": (2, "南城水务分局"),
    "chengguan": (3, "城管局"),
    "gongan-004": (4, "南城交警中队"),
}


@pytest.fixture(autouse=True)
def _an_organisation(monkeypatch):
    """The organisation is another module's; here it is a table of names."""

    def unit_by_code(code):
        if code not in UNITS:
            raise OutOfReach
        pk, name = UNITS[code]
        return accounts.UnitRow(pk, code, name, "department", None, (pk,), "441900/", is_open=True)

    def centre_for(area_path, level):
        if level == 0:
            raise Refused("none")
        return accounts.UnitRow(
            10 + level, "c", f"{level}级中心", "town_centre", None, (), area_path, is_open=True
        )

    monkeypatch.setattr(accounts, "unit_by_code", unit_by_code)
    monkeypatch.setattr(accounts, "centre_for", centre_for)


def rule(scope, handler, **more):
    row = actions.ResponsibilityInput(
        scope=scope, handler=handler, valid_from=more.pop("valid_from", date(2020, 1, 1)), **more
    )
    return actions.make_responsible(row=row, actor=MANAGER, at=MONDAY)


def answer(item, *, place=PLACE, level="", on=TODAY):
    return queries.responsible(item_id=item.id, area_path=place, level=level, on=on)


def test_the_departments_office_in_the_town_handles_and_the_answer_says_why():
    item = an_item()
    rule("P0101", "item@town", joint=("gongan@town",), source="市权责清单")

    found = answer(item)

    assert (found.handler_unit_id, found.joint_unit_ids) == (2, (4,))
    assert found.why == "市权责清单：排水井盖 × 镇街 → 南城水务分局（主办），南城交警中队（协同）"


def test_a_department_without_office_in_the_town_answers_itself():
    item = an_item()
    rule("*", "item@town")

    assert answer(item, place="441900/030/001/").handler_unit_id == 1


def test_the_narrower_row_wins_and_priority_overrules_it():
    item = an_item()
    rule("*", "chengguan")
    rule("part:01", "item")
    assert answer(item).handler_unit_id == 1

    rule("P0101", "gongan@town", area_path="441900/004/")
    assert answer(item).handler_unit_id == 4
    assert answer(item, place="441900/030/001/").handler_unit_id == 1

    rule("*", "chengguan", priority=5)
    assert answer(item).handler_unit_id == 3


def test_the_level_asks_its_own_row_and_the_centre_of_the_place():
    item = an_item()
    rule("*", "item@town", level="town")
    rule("*", "@village", level="village")

    assert answer(item, level="village").handler_name == "2级中心"
    assert answer(item).handler_unit_id == 2


def test_without_a_row_the_items_department_answers_and_says_so():
    found = answer(an_item())

    assert (found.handler_unit_id, found.responsibility_id) == (2, None)
    assert "没有适用的行" in found.why


def test_a_unit_that_does_not_exist_yet_is_named_but_not_invented():
    item = an_item()
    an_item(code="E1201", name="长者饭堂", department="minzheng", department_name="民政局")
    rule("P0101", "@city", joint=("minzheng", "wenguang"))

    found = answer(item)

    assert found.handler_unit_id is None
    assert found.joint_unit_ids == ()
    assert "单位尚未建立" in found.why
    assert "民政局（协同），wenguang（协同）" in found.why


def test_a_row_answers_only_in_its_days_and_the_new_one_ends_the_old():
    item = an_item()
    rule("P0101", "chengguan")
    rule("P0101", "shuiwu", valid_from=TODAY)

    assert answer(item, on=date(2026, 11, 15)).handler_unit_id == 3
    assert answer(item).handler_unit_id == 1


def test_an_ended_row_answers_no_more_and_cannot_end_twice():
    item = an_item()
    pk = rule("P0101", "chengguan")
    actions.end_responsibility(row_id=pk, on=TODAY, actor=MANAGER, at=MONDAY)

    assert answer(item).responsibility_id is None
    with pytest.raises(Refused):
        actions.end_responsibility(row_id=pk, on=TODAY, actor=MANAGER, at=MONDAY)


def test_whoever_may_only_look_cannot_change_the_matrix():
    row = actions.ResponsibilityInput(scope="*", handler="item", valid_from=TODAY)

    with pytest.raises(OutOfReach):
        actions.make_responsible(row=row, actor=VIEWER, at=MONDAY)


def test_advice_is_given_in_the_hours_and_area_it_is_meant_for():
    item = an_item()
    row = actions.NoReportInput(
        scope="part:01", tip="早上再报", valid_from=date(2020, 1, 1),
        area_path="441900/004/", starts=time(22), ends=time(6),
    )  # fmt: skip
    actions.forbid_reports(row=row, actor=MANAGER, at=MONDAY)

    def advice(hour, place=PLACE):
        at = datetime(2026, 11, 16, hour, 30, tzinfo=UTC)  # the city is eight hours ahead
        return queries.advice(item_id=item.id, area_path=place, at=at)

    assert advice(14) == advice(21) == "早上再报"
    assert advice(22) == advice(2) == ""
    assert advice(14, place="441900/030/") == ""


@pytest.mark.parametrize("text", ["", "两个 字", "shuiwu@village", "@", "a@b", "SHUIWU"])
def test_a_target_that_means_nothing_is_no_target(text):
    assert parse_target(text) is None


def test_hours_over_midnight_and_a_city_without_towns():
    at = datetime(2026, 11, 16, 23, tzinfo=UTC)

    assert is_within_hours(moment=at, starts=time(22), ends=time(6))
    assert not is_within_hours(moment=at, starts=time(6), ends=time(22))
    assert town_of("441900/") == ""
    assert town_of("441900/004/") == "004"
