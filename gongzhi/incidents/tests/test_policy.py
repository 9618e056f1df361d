"""Whether the matrix dispatches by itself."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.tests.builders import an_actor
from gongzhi.incidents import actions, queries
from gongzhi.incidents.capabilities import Can
from tests.cast import MONDAY, TOWN, a_town
from tests.test_moves import brought_to

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def a_policy(**changes):
    values = {
        "area_path": TOWN, "automatic": True, "valid_from": TODAY, "source": "南城〔2026〕3号",
        "actor": an_actor(Can.SET_POLICY, area=TOWN), "at": MONDAY,
    }  # fmt: skip
    return actions.set_policy(**(values | changes))


def test_where_it_is_on_a_registered_matter_goes_to_the_unit_of_the_matrix():
    cast = a_town()
    a_policy()
    matter, _code = brought_to(cast, "to_dispatch")

    assert actions.dispatch_by_matrix(matter_id=matter.id, at=MONDAY)

    matter.refresh_from_db()
    assert (matter.state, matter.lead_unit_id) == ("to_accept", cast.units["office"].id)
    assert not actions.dispatch_by_matrix(matter_id=matter.id, at=MONDAY)


def test_without_a_rule_a_person_dispatches():
    cast = a_town()
    matter, _code = brought_to(cast, "to_dispatch")

    assert not actions.dispatch_by_matrix(matter_id=matter.id, at=MONDAY)


def test_the_past_and_other_areas_are_not_touched():
    a_town()

    with pytest.raises(Invalid):
        a_policy(valid_from=date(2026, 11, 1))
    with pytest.raises(OutOfReach):
        a_policy(actor=an_actor(Can.SET_POLICY, area="441900/005/"))
    with pytest.raises(Invalid):
        a_policy(source=" ")


def test_the_rule_in_force_is_marked():
    a_town()
    a_policy()
    a_policy(valid_from=date(2026, 12, 1), automatic=False)

    rows = queries.policies(an_actor(Can.SET_POLICY, area=TOWN), on=TODAY)

    assert [(row.automatic, row.is_ruling) for row in rows] == [(True, True), (False, False)]


def test_the_page_lists_rules_and_sets_one(client):
    cast = a_town()
    client.force_login(cast.people["tan"], backend="django.contrib.auth.backends.ModelBackend")
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = client.post(
        "/setup/dispatch",
        {
            "area": TOWN,
            "automatic": "yes",
            "valid_from": tomorrow.isoformat(),
            "source": "南城〔2026〕3号",
        },
    )

    assert answer.status_code == 302
    assert "南城〔2026〕3号" in client.get("/setup/dispatch").content.decode()
