from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.catalogue import actions, queries
from gongzhi.catalogue.models import Item
from gongzhi.catalogue.tests.builders import MANAGER, MONDAY, TODAY, VIEWER, a_draft, an_item

pytestmark = pytest.mark.django_db


def revise(draft, *, based_on=1, valid_from=TODAY, actor=MANAGER):
    return actions.revise(
        draft=draft, based_on=based_on, valid_from=valid_from, actor=actor, at=MONDAY
    )


def test_an_old_matter_keeps_the_rules_it_was_opened_under():
    old = an_item()

    new = revise(a_draft(name="雨污水井盖", standards=a_draft().standards[:1]))

    assert queries.item(old.id).name == "排水井盖"
    assert len(queries.standards(old.id)) == 2
    assert queries.item_by_code("P0101", date(2026, 11, 15)).id == old.id
    assert queries.item_by_code("P0101", TODAY).id == new.id
    assert [row.version for row in queries.versions("P0101")] == [1, 2]


def test_a_second_revision_on_the_same_day_follows_the_first():
    an_item()
    revise(a_draft(name="甲"))

    third = revise(a_draft(name="乙"), based_on=2)

    assert queries.item_by_code("P0101", TODAY).id == third.id
    assert len(queries.versions("P0101")) == 3


def test_two_people_revising_at_once_one_wins():
    an_item()
    revise(a_draft(name="甲"))

    with pytest.raises(Refused):
        revise(a_draft(name="乙"), based_on=1)


def test_a_revision_that_changes_nothing_is_refused():
    an_item()

    with pytest.raises(Refused):
        revise(a_draft())


def test_a_version_cannot_begin_before_the_one_before_it():
    an_item()

    with pytest.raises(Invalid):
        revise(a_draft(name="甲"), valid_from=date(2019, 12, 31))


def test_an_item_without_a_standard_is_refused_in_a_sentence():
    with pytest.raises(Invalid) as refusal:
        an_item(standards=())

    assert "standards" in refusal.value.problems


def test_whoever_may_only_look_cannot_revise():
    an_item()

    with pytest.raises(OutOfReach):
        revise(a_draft(name="甲"), actor=VIEWER)


def test_a_retired_item_can_no_longer_be_reported_and_comes_back_as_a_new_version():
    old = an_item()
    actions.retire(code="P0101", on=TODAY, actor=MANAGER, at=MONDAY)

    with pytest.raises(ObjectDoesNotExist):
        queries.item_by_code("P0101", TODAY)
    assert queries.item(old.id).valid_to == TODAY

    revise(a_draft(name="甲"), valid_from=date(2027, 1, 1))
    assert queries.item_by_code("P0101", date(2027, 1, 2)).name == "甲"


def test_the_database_keeps_versions_from_overlapping():
    row = an_item()

    values = {k: v for k, v in Item.objects.filter(pk=row.id).values()[0].items() if k != "id"}

    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.create(**(values | {"version": 2}))


def test_a_code_is_given_once():
    an_item()

    with pytest.raises(Invalid):
        an_item(name="甲")


def test_a_warm_catalogue_asks_no_database():
    row = an_item()
    queries.item(row.id)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.item_by_code("P0101", TODAY)
        queries.search("井盖", on=TODAY)
        queries.suggest("门口下水道盖子不见了", on=TODAY)
        queries.tree(TODAY)

    assert len(asked) == 0


def test_a_standard_without_usable_limit_has_none():
    row = an_item(standards=(replace(a_draft().standards[0], amount=None, unit="", counting=""),))

    assert row.standards[0].limit_words == ""
