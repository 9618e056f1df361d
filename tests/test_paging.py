"""Tokens of pages, as they come back from browsers and from people who play with addresses."""

import base64
import json

import pytest

from gongzhi.accounts.models import User
from gongzhi.accounts.tests.builders import a_user
from gongzhi.base.paging import page_of

pytestmark = pytest.mark.django_db


def token(values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "broken",
    [
        "§", "%%%", "e30", token({"a": 1}), token(["abc"]), token([None]), token([[1]]), token([1, 2, 3]),
        token([10**30]), token([1e400]), token(["\ud800"]), token(["a\0b"]), token([True]), "W1tb" * 2000,
    ],
)  # fmt: skip
def test_a_broken_token_gives_the_first_page(broken):
    first = a_user()

    for way in ({"after": broken}, {"before": broken}):
        assert page_of(User.objects.all(), "-password_changed_at", "-pk", size=1, **way).rows == [
            first
        ]
        assert page_of(User.objects.all(), "username", "pk", size=1, **way).rows == [first]
