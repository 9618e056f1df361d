"""The figures follow the register: facts, counts, news and tiles after what people do."""

from datetime import timedelta

import pytest

from gongzhi.base.tests.builders import an_actor
from gongzhi.figures import actions, queries
from gongzhi.figures.capabilities import Can
from gongzhi.figures.models import Change, Fact
from tests.cast import GRID, MONDAY, TOWN, VILLAGE, a_town
from tests.test_moves import a_report, brought_to, do

pytestmark = pytest.mark.django_db

CITY = "441900/"
READER = an_actor(Can.VIEW)


def consume(at=MONDAY):
    return actions.consume(limit=1000, at=at)


def shown(code, area=CITY):
    return queries.tile(READER, code, area).payload


def test_a_settled_matter_is_in_every_figure():
    cast = a_town()
    matter, _code = brought_to(cast, "closed")

    done = consume()

    fact = Fact.objects.get(pk=matter.id)
    assert (fact.town, fact.village, fact.area_path) == (TOWN, VILLAGE, GRID)
    assert (fact.unit_id, fact.department_id) == (cast.units["office"].id, cast.units["water"].id)
    assert fact.item_class == cast.item.code[:3]
    promises = (
        "verified_in_time", "registered_in_time", "registered_right", "dispatched_in_time", "dispatched_right",
        "handled_in_time", "checked_in_time", "closed_in_time", "is_missed", "is_valid",
    )  # fmt: skip
    assert {name: getattr(fact, name) for name in promises} == dict.fromkeys(promises, True)
    counted = queries.counts("town", since=fact.reported_on, until=fact.reported_on)[TOWN]
    assert (counted["reported"], counted["closed_in_time"], counted["to_handle"]) == (1, 1, 1)
    assert shown("closed_today", VILLAGE)["value"] == 1
    assert shown("open")["value"] == 0
    assert shown("on_time_7", TOWN)["value"] == 100.0
    assert done.news == 8
    assert [line.seq for line in queries.news(READER, after_seq=0)] == list(range(1, 9))
    assert actions.recount() == []


def test_nothing_is_counted_twice_and_what_is_undone_is_taken_away():
    cast = a_town()
    matter = a_report(cast).matter
    consume()
    assert shown("reported_today")["value"] == 1

    do(cast, matter, "refuse", "mei", reason="查无此事")
    consume()
    again = consume()

    assert (again.changes, again.news, again.tiles) == (0, 0, 0)
    day = Fact.objects.get().reported_on
    assert queries.counts("city", since=day, until=day)[""]["valid"] == 0
    assert shown("open")["value"] == 0
    assert Change.objects.count() == 0
    assert actions.recount() == []


def test_a_matter_is_overdue_when_its_time_passes_though_nobody_does_anything():
    cast = a_town()
    a_report(cast)
    consume()
    assert shown("overdue")["value"] == 0

    later = MONDAY + timedelta(days=2)
    done = consume(later)

    assert (done.changes, shown("overdue")["value"], shown("overdue", VILLAGE)["value"]) == (
        0,
        1,
        1,
    )
    assert shown("areas")["rows"][0] | {"href": ""} == {
        "key": TOWN, "label": "南城街道", "value": 1, "open": 1, "href": "",
    }  # fmt: skip


def test_making_it_all_anew_gives_the_same():
    cast = a_town()
    brought_to(cast, "closed")
    a_report(cast)
    consume()
    kept = queries.counts("city", since=MONDAY.date(), until=MONDAY.date())

    Fact.objects.all().delete()
    actions.rebuild(at=MONDAY)

    assert queries.counts("city", since=MONDAY.date(), until=MONDAY.date()) == kept
    assert actions.recount() == []
