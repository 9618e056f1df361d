"""Two keepers of one committee at the same moment, on real transactions."""

from threading import Thread

import pytest
from django.db import connection, transaction

from gongzhi.base.errors import Invalid
from gongzhi.mediators import actions
from gongzhi.mediators.actions import MediatorDraft
from gongzhi.mediators.models import Mediator
from gongzhi.mediators.tests.builders import KEEPER, NOON, TODAY, a_body, a_mediator, areas

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("seat", "others", "words"), [("chair", 0, "主任"), ("member", 8, "9")])
def test_of_two_who_take_the_last_seat_at_once_the_second_is_told_why_not(seat, others, words):
    areas()
    body = a_body()
    for _n in range(others):
        a_mediator(body, seat="member")
    first, second = a_mediator(body), a_mediator(body)
    draft = MediatorDraft(name="陈秀兰", employment="part", is_woman=True, appointed_on=TODAY, seat=seat)  # fmt: skip
    outcomes = []

    def sit_down():
        try:
            actions.change(mediator_id=second.pk, draft=draft, actor=KEEPER, at=NOON)
        except Invalid as refused:
            outcomes.append(refused.problems)
        finally:
            connection.close()

    other = Thread(target=sit_down)
    with transaction.atomic():
        actions.change(mediator_id=first.pk, draft=draft, actor=KEEPER, at=NOON)
        other.start()
        other.join(
            2
        )  # it waits for the body's row; without that it has looked before the first sits
    other.join(30)

    assert [list(told) for told in outcomes] == [["seat"]]
    assert words in outcomes[0]["seat"]
    assert Mediator.objects.filter(body=body, seat=seat).count() == others + 1
