"""The demonstration's resident finds a corner in use."""

from datetime import UTC, datetime

import pytest

from gongzhi.base.actor import ANONYMOUS
from gongzhi.demo import residents
from gongzhi.residents import actions, queries
from tests.cast import a_town
from tests.visits import reported

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_the_telephone_of_the_demonstration_has_reports_and_a_street():
    cast = a_town()
    matter, _code = reported(cast)

    assert residents.settle(at=NOW) == 1
    assert residents.settle(at=NOW) == 1, "safe to repeat"

    resident = actions.account_of(phone=residents.PHONE, language="", actor=ANONYMOUS, at=NOW)
    rows, _page = queries.own_page(resident, by=queries.OwnFilter(), at=NOW)
    assert [row.row.number for row in rows] == [matter.number]
    assert queries.alerts_of(resident)
