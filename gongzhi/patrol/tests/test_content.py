"""The shipped tables fit the catalogue; what does not fit is refused in a sentence."""

from datetime import date
from pathlib import Path

import pytest

from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.tests.builders import an_actor
from gongzhi.catalogue import queries as catalogue
from gongzhi.patrol import actions, queries
from gongzhi.patrol.tests.builders import DAY, MONDAY, a_field

pytestmark = pytest.mark.django_db
CONTENT = Path(actions.__file__).parents[1] / "content"


@pytest.fixture(autouse=True)
def _field():
    a_field()


def test_every_line_points_to_an_item_and_is_fixed_on_the_spot_only_where_the_item_may_be():
    for one in queries.check_lists(on=DAY):
        assert one.lines
        for line in one.lines:
            item = catalogue.item(line.item_id)
            assert item.code == line.item_code
            assert line.standard
            assert item.self_handled_allowed or not line.self_fix


def test_every_class_and_grade_has_a_list():
    for one in queries.classes(on=DAY):
        for grade in range(5):
            assert queries.list_for(kind=one.kind, klass=one.code, grade=grade, on=DAY)


def test_rental_buildings_have_eight_classes():
    assert sum(one.kind_code == "rental_building" for one in queries.classes(on=DAY)) == 8


def test_loading_twice_changes_nothing():
    assert actions.load_content(actor=an_actor("patrol.plan"), at=MONDAY) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("RB-KEY,1,E0701", "RB-KEY,1,X9999"),
        ("RB-KEY,1,E0701", "RB-KEY,2,E0701"),
        (",,no,7", ",,yes,7"),
        (",,no,7", ",,no,soon"),
    ],
)
def test_lines_that_point_nowhere_are_refused(before, after):
    lines = (CONTENT / "lines.csv").read_text(encoding="utf-8").replace(before, after, 1)

    with pytest.raises(Invalid) as told:
        actions.replace_lists(
            lists=(CONTENT / "lists.csv").read_bytes(), lines=lines.encode(), valid_from=date(2026, 4, 1),
            actor=an_actor("patrol.plan"), at=MONDAY,
        )  # fmt: skip

    assert list(told.value.problems) == ["lines"]
    assert {one.version for one in queries.check_lists(on=date(2026, 4, 2))} == {1}


def test_lists_the_office_has_not_changed_keep_their_version():
    changed = actions.replace_lists(
        lists=(CONTENT / "lists.csv").read_bytes(), lines=(CONTENT / "lines.csv").read_bytes(),
        valid_from=date(2026, 4, 1), actor=an_actor("patrol.plan"), at=MONDAY,
    )  # fmt: skip

    assert changed == []


def test_a_town_sets_its_own_capacity_from_a_day_on():
    planner = an_actor("patrol.plan", area="441900/004/")
    said = {"code": "capacity", "value": 30, "source": "镇街通知", "actor": planner, "at": MONDAY}

    actions.set_norm(**said, area_path="441900/004/", valid_from=DAY)

    assert queries.norm("capacity", on=DAY, area_path="441900/004/01/") == 30
    assert queries.norm("capacity", on=DAY, area_path="441900/005/01/") == 24
    assert queries.norm("capacity", on=date(2026, 3, 1), area_path="441900/004/01/") == 24
    with pytest.raises(OutOfReach):
        actions.set_norm(**said, area_path="", valid_from=DAY)
