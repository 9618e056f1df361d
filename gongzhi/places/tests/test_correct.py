"""Two people correct the same premises: different facts meet, the same fact is asked about."""

from datetime import timedelta

import pytest

from gongzhi.audit import queries as audit
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.tests import builders as base
from gongzhi.places import actions, queries
from gongzhi.places.models import Premises
from gongzhi.places.tests.builders import MONDAY, a_city, an_actor

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _shop():
    a_city()
    Premises.objects.create(
        code="S1", kind=4, name="和顺百货", address="胜和路15号", area_path="441900/004/01/",
        changed_at=MONDAY, details={"class": "shop", "floor": "1"},
    )  # fmt: skip


def correct(base_changed_at=MONDAY, at=NOON, actor=None, **changes):
    return actions.correct_premises(
        code="S1",
        changes=changes,
        base_changed_at=base_changed_at,
        actor=actor or an_actor(),
        at=at,
    )


def test_an_officer_s_corrections_are_written_and_stand_in_the_trail():
    row = correct(name=("和顺百货", "和顺便利店"), klass=("shop", "dining"), grade=("", "C"))

    assert (row.name, row.details, row.grade) == (
        "和顺便利店",
        {"class": "dining", "floor": "1"},
        3,
    )
    [entry] = audit.entries(base.an_actor("audit.read")).filter(verb="places.correct")
    assert entry.detail["name"] == ["和顺百货", "和顺便利店"]


def test_different_facts_changed_on_both_sides_meet():
    correct(name=("和顺百货", "和顺便利店"))

    row = correct(status=("in_use", "vacant"), at=NOON + timedelta(hours=1))

    assert (row.name, row.status) == ("和顺便利店", 2)


def test_the_same_fact_changed_on_both_sides_is_shown_with_both():
    correct(name=("和顺百货", "和顺便利店"))

    with pytest.raises(actions.Conflict) as met:
        correct(name=("和顺百货", "和顺超市"), address=("胜和路15号", "胜和路16号"))

    [clash] = met.value.clashes
    assert (clash.field, clash.mine, clash.theirs) == ("name", "和顺超市", "和顺便利店")
    assert met.value.theirs["status"] == "in_use"
    assert queries.premises_by_code("S1").address == "胜和路15号"


def test_the_same_correction_made_twice_is_no_conflict():
    correct(name=("和顺百货", "和顺便利店"))

    assert correct(name=("和顺百货", "和顺便利店")).name == "和顺便利店"


@pytest.mark.parametrize(
    ("field", "value"),
    [("status", "burnt"), ("grade", "E"), ("name", " "), ("address", "长" * 300), ("code", "S2")],
)
def test_what_cannot_be_is_told_in_a_sentence(field, value):
    with pytest.raises(Invalid) as told:
        correct(**{field: ("", value)})

    assert list(told.value.problems) == [field]


def test_premises_of_another_area_are_out_of_reach():
    with pytest.raises(OutOfReach):
        correct(actor=an_actor("places.manage", area="441900/005/"), name=("和顺百货", "别家"))
