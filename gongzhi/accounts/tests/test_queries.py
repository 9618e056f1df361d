from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from gongzhi.accounts import queries
from gongzhi.accounts.models import Posting, Unit
from gongzhi.accounts.tests.builders import (
    ARole,
    a_posting,
    a_substitution,
    a_unit,
    a_user,
    only_roles,
)
from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.errors import OutOfReach, Refused

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)
MONDAY = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def _roles_of_a_small_city():
    with only_roles(
        {
            "dispatcher": ARole("派遣员", frozenset({"t.dispatch", "t.read"})),
            "reader": ARole("查看员", frozenset({"t.read"})),
            "handler": ARole("处置员", frozenset({"t.handle"}), bound_to_unit=True),
            "grid_officer": ARole("网格员", frozenset({"t.verify"})),
        }
    ):
        yield


def test_capability_and_place_travel_together():
    user = a_user()
    a_posting(user=user, role="dispatcher", area_path="441900/003/")
    a_posting(user=user, role="reader", area_path="441900/007/")
    for path in ("441900/003/001/", "441900/007/001/"):
        a_posting(area_path=path)

    actor = queries.actor_for(user.pk, NOON)

    def reach(capability):
        return set(
            Posting.objects.within_reach_of(actor, capability).values_list("area_path", flat=True)
        )

    assert reach("t.dispatch") == {"441900/003/", "441900/003/001/"}
    assert reach("t.read") == {
        "441900/003/", "441900/003/001/", "441900/007/", "441900/007/001/",
    }  # fmt: skip
    assert reach("t.handle") == set()


def test_a_role_bound_to_its_unit_is_limited_to_it():
    unit = a_unit()
    user = a_posting(role="handler", unit=unit).user

    (grant,) = queries.actor_for(user.pk, NOON).grants

    assert (grant.unit, grant.home, grant.role) == (unit.pk, unit.pk, "handler")


def test_a_posting_counts_from_its_first_to_its_last_day():
    user = a_user()
    a_posting(user=user, starts_on=date(2026, 3, 9), ends_on=date(2026, 3, 9))

    def grants_at(moment):
        return len(queries.actor_for(user.pk, moment).grants)

    assert grants_at(datetime(2026, 3, 8, 15, 59, tzinfo=UTC)) == 0  # 23:59 in the city
    assert grants_at(datetime(2026, 3, 8, 16, 0, tzinfo=UTC)) == 1
    assert grants_at(datetime(2026, 3, 9, 16, 0, tzinfo=UTC)) == 0


def test_a_closed_account_and_an_unknown_one_are_nobody():
    user = a_user(is_active=False)
    a_posting(user=user)

    assert queries.actor_for(user.pk, NOON) == ANONYMOUS
    assert queries.actor_for(0, NOON) == ANONYMOUS


def test_a_substitute_acts_for_the_absent_person_during_the_absence_only():
    absent, substitute = a_user(), a_user()
    a_posting(user=absent, role="dispatcher", area_path="441900/003/")
    a_substitution(absent=absent, substitute=substitute, on=MONDAY)

    during = queries.actor_for(substitute.pk, NOON)
    after = queries.actor_for(substitute.pk, datetime(2026, 3, 13, 4, tzinfo=UTC))

    assert during.can("t.dispatch")
    assert during.on_behalf_of == absent.pk
    assert not after.grants
    assert after.on_behalf_of is None


def test_a_substitution_that_nobody_approved_gives_nothing():
    absent, substitute = a_user(), a_user()
    a_posting(user=absent)
    a_substitution(absent=absent, substitute=substitute, on=MONDAY, is_approved=False)

    assert not queries.actor_for(substitute.pk, NOON).grants


def test_the_database_keeps_the_three_administrators_apart():
    user = a_user()
    a_posting(user=user, role="system_admin", ends_on=date(2026, 6, 30))

    with pytest.raises(IntegrityError), transaction.atomic():
        a_posting(user=user, role="auditor", starts_on=MONDAY)
    a_posting(user=user, role="auditor", starts_on=date(2026, 7, 1))


def test_people_for_a_place_come_nearest_first():
    on_site = a_posting(role="grid_officer", area_path="441900/003/001/02/").user
    of_village = a_posting(role="grid_officer", area_path="441900/003/001/").user
    a_posting(role="grid_officer", area_path="441900/003/012/")
    a_posting(role="grid_officer", area_path="441900/003/001/02/", ends_on=date(2025, 1, 1))

    found = queries.people_with("grid_officer", area_path="441900/003/001/02/", on=MONDAY)

    assert [person.id for person in found] == [on_site.pk, of_village.pk]


def test_people_in_a_unit_include_their_substitutes():
    unit = a_unit()
    absent = a_posting(role="handler", unit=unit).user
    substitute = a_user()
    a_substitution(absent=absent, substitute=substitute, on=MONDAY)

    found = queries.people_with("handler", unit_id=unit.pk, on=MONDAY)

    assert {person.id for person in found} == {absent.pk, substitute.pk}


def test_the_tree_answers_from_memory(django_assert_num_queries):
    root = a_unit(code="cg", kind=Unit.Kind.DEPARTMENT)
    office = a_unit(code="cg-004", kind=Unit.Kind.TOWN_OFFICE, parent=root)
    queries.unit(root.pk)

    with django_assert_num_queries(0):
        assert queries.unit_by_code("cg-004").ancestors == (root.pk, office.pk)
        assert set(queries.units_below(root.pk)) == {root.pk, office.pk}


def test_the_tree_notices_a_unit_it_does_not_know():
    queries.forget()
    a_unit(code="old")
    queries.unit_by_code("old")
    Unit.objects.create(code="new", name="新", kind=Unit.Kind.DEPARTMENT)

    assert queries.unit_by_code("new").name == "新"
    with pytest.raises(OutOfReach):
        queries.unit_by_code("none")


def test_moving_a_unit_takes_its_branch_along():
    first, second = a_unit(), a_unit()
    middle = a_unit(parent=first)
    leaf = a_unit(parent=middle)

    middle.parent = second
    middle.save()
    leaf.refresh_from_db()

    assert leaf.ancestors == [second.pk, middle.pk, leaf.pk]
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=second.pk).update(parent=leaf)


def test_a_place_is_answered_for_by_its_centre_or_the_next_above():
    city = a_unit(kind=Unit.Kind.CITY_CENTRE, area_path="441900/")
    town = a_unit(kind=Unit.Kind.TOWN_CENTRE, area_path="441900/004/")
    village = a_unit(kind=Unit.Kind.VILLAGE_STATION, area_path="441900/004/012/")
    path = "441900/004/012/03/"

    assert queries.centre_for(path, 2).id == village.pk
    assert queries.centre_for(path, 1).id == town.pk
    assert queries.centre_for("441900/004/013/01/", 2).id == town.pk
    assert queries.centre_for(path, 0).id == city.pk
    with pytest.raises(Refused):
        queries.centre_for("440100/", 0)
