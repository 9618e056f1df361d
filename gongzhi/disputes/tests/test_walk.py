"""A dispute from the counter to the archive, and what stands in its way."""

from datetime import timedelta

import pytest

from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.disputes.tests.builders import (
    a_body,
    a_dispute,
    all_agree,
    everybody,
    in_mediation,
    make_move,
)
from tests.cast import MONDAY, VILLAGE, a_town

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_neighbours_settle_on_the_spot_and_the_file_is_closed():
    body = a_body(a_town().units["station"])
    me = everybody(body)
    row = in_mediation(body=body, actor=me, at=MONDAY)

    make_move(row, "settle_orally", actor=me, at=MONDAY + HOUR, note="当场修好并赔偿 500 元。", is_done="yes")  # fmt: skip
    make_move(row, "performed", actor=me, at=MONDAY + 2 * HOUR)
    make_move(row, "visit", actor=me, at=MONDAY + 3 * HOUR, satisfied="3")
    make_move(row, "archive", actor=me, at=MONDAY + 4 * HOUR, note="身份证明当面核对，未留复印件。")

    assert (row.matter.state, row.outcome, row.satisfied) == ("archived", "oral", 3)
    assert row.effective_at == MONDAY + HOUR


def test_a_side_that_refuses_is_a_hard_stop():
    body = a_body(a_town().units["station"])
    me = everybody(body)
    row = a_dispute(actor=me, at=MONDAY, area_path=VILLAGE)
    make_move(row, "triage", actor=me, at=MONDAY, body=body.pk)
    all_agree(row, "mediation", actor=me, at=MONDAY, answer=False)

    with pytest.raises(Refused):
        make_move(row, "consent", actor=me, at=MONDAY)
    make_move(row, "stop_refused", actor=me, at=MONDAY, reason="对方不同意调解", routes=["suit"])

    assert (row.matter.state, row.outcome, row.routes_told) == ("to_archive", "refused", ["suit"])


def test_nobody_mediates_before_every_side_has_said_yes():
    body = a_body(a_town().units["station"])
    me = everybody(body)
    row = a_dispute(actor=me, at=MONDAY, area_path=VILLAGE)
    make_move(row, "triage", actor=me, at=MONDAY, body=body.pk)

    with pytest.raises(Refused):
        make_move(row, "consent", actor=me, at=MONDAY)


def test_what_is_not_for_mediation_is_told_its_lawful_route():
    body = a_body(a_town().units["station"])
    me = everybody(body)
    row = a_dispute(actor=me, at=MONDAY, area_path=VILLAGE)

    with pytest.raises(Invalid) as told:
        make_move(row, "triage", actor=me, at=MONDAY, body=body.pk, kind_code="status")

    assert "人民法院" in told.value.problems["kind_code"]


def test_the_time_of_an_appraisal_does_not_count():
    body = a_body(a_town().units["station"])
    me = everybody(body)
    row = in_mediation(body=body, actor=me, at=MONDAY)
    before = {
        clock.name: clock.due_at for clock in clocks.clocks_of(row.pk) if not clock.stopped_at
    }

    make_move(row, "begin_appraisal", actor=me, at=MONDAY + HOUR, reason="房屋鉴定")
    make_move(row, "end_appraisal", actor=me, at=MONDAY + timedelta(days=10, hours=1))

    after = {clock.name: clock.due_at for clock in clocks.clocks_of(row.pk) if not clock.stopped_at}
    # The first of the ten days is the one on which the period began: it was not counted anyway.
    assert after["period"] - before["period"] == timedelta(days=9)


def test_a_longer_period_needs_every_side():
    body = a_body(a_town().units["station"])
    me = everybody(body)
    row = in_mediation(body=body, actor=me, at=MONDAY)

    with pytest.raises(Refused):
        make_move(row, "agree_to_extend", actor=me, at=MONDAY + HOUR, reason="需要更多时间")
    all_agree(row, "extension", actor=me, at=MONDAY + HOUR)
    make_move(row, "agree_to_extend", actor=me, at=MONDAY + 2 * HOUR, reason="需要更多时间")

    assert row.matter.extension_count == 1
