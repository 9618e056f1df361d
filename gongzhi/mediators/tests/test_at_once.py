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


def test_of_two_who_are_made_chair_at_once_the_second_is_refused():
    areas()
    body = a_body()
    first, second = a_mediator(body, seat="member"), a_mediator(body, seat="member")
    draft = MediatorDraft(name="陈秀兰", employment="part", is_woman=True, appointed_on=TODAY, seat="chair")  # fmt: skip
    outcomes = []

    def make_chair():
        try:
            outcomes.append(actions.change(mediator_id=second.pk, draft=draft, actor=KEEPER, at=NOON))  # fmt: skip
        except Invalid as refused:
            outcomes.append(refused)
        finally:
            connection.close()

    other = Thread(target=make_chair)
    with transaction.atomic():
        actions.change(mediator_id=first.pk, draft=draft, actor=KEEPER, at=NOON)
        other.start()
        other.join(2)  # waits for the body's row; without that it would be chair by now
    other.join(30)

    assert [type(one) for one in outcomes] == [Invalid]
    assert list(Mediator.objects.filter(body=body, seat="chair")) == [first]
