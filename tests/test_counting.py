"""Counts of several lists, none of them read to its end."""

import pytest
from django.apps import apps

from gongzhi.accounts.tests.builders import a_user
from gongzhi.base.counting import counts_of, told

User = apps.get_model("accounts", "User")

pytestmark = pytest.mark.django_db


def test_all_lists_are_counted_in_one_statement_up_to_the_most(django_assert_num_queries):
    for _n in range(4):
        a_user()
    everybody = User.objects.order_by("username")

    with django_assert_num_queries(1):
        found = counts_of(
            {"all": everybody, "most": everybody, "none": User.objects.none()}, most=3
        )

    assert found == {"all": 3, "most": 3, "none": 0}
    assert counts_of({}) == {}


def test_a_count_that_ended_early_is_told_as_such():
    assert [told(count) for count in (0, 7, 999, 1000)] == ["", "7", "999", "999+"]
