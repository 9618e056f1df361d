"""A dispute from the counter to the archive, and what stands in its way."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.disputes.models import Appointment, Consent
from gongzhi.disputes.tests.builders import (
    a_body,
    a_dispute,
    a_mediator,
    all_agree,
    everybody,
    in_mediation,
    make_move,
)
from tests.cast import MONDAY, VILLAGE, a_town, local

Matter = apps.get_model("matters", "Matter")

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IN_SPRING = local(
    "2026-03-02 09:00"
)  # a Monday; Qingming's three days lie in the thirty that follow


def a_table(*, at=MONDAY, **said):
    """Return a body, somebody who may do everything, and a dispute in mediation since Monday."""
    body = a_body(a_town().units["station"])
    me = everybody(body)
    return body, me, in_mediation(body=body, actor=me, at=at, **said)


def running(row):
    return {clock.name: clock.due_at for clock in clocks.clocks_of(row.pk) if not clock.stopped_at}


def test_neighbours_settle_on_the_spot_and_the_file_is_closed():
    _body, me, row = a_table()

    make_move(row, "settle_orally", actor=me, at=MONDAY + HOUR, note="当场修好并赔偿 500 元。", is_done="yes")  # fmt: skip
    make_move(row, "performed", actor=me, at=MONDAY + 2 * HOUR)
    make_move(row, "visit", actor=me, at=MONDAY + 3 * HOUR, satisfied="3")
    make_move(row, "archive", actor=me, at=MONDAY + 4 * HOUR, note="身份证明当面核对，未留复印件。")

    assert (row.matter.state, row.outcome, row.satisfied) == ("archived", "oral", 3)
    assert (row.effective_at, row.retention) == (MONDAY + HOUR, "five_years")


def test_a_major_dispute_or_one_not_performed_at_once_is_settled_in_writing():
    _body, me, row = a_table()

    with pytest.raises(Invalid):
        make_move(row, "settle_orally", actor=me, at=MONDAY, note="月底付清。", is_done="no")
    with pytest.raises(Invalid):
        make_move(row, "settle_orally", actor=me, at=MONDAY, note="付清。", is_done="yes", wants_paper="yes")  # fmt: skip
    row.grade = "major"
    row.save()
    with pytest.raises(Invalid):
        make_move(row, "settle_orally", actor=me, at=MONDAY, note="付清。", is_done="yes")


def test_a_side_that_refuses_is_a_hard_stop_and_a_suit_is_told_whatever_is_ticked():
    body = a_body(a_town().units["station"])
    me = everybody(body)
    row = a_dispute(actor=me, at=MONDAY, area_path=VILLAGE)
    make_move(row, "triage", actor=me, at=MONDAY, body=body.pk)
    with pytest.raises(Invalid):
        make_move(row, "stop_refused", actor=me, at=MONDAY, reason="没有人拒绝")
    all_agree(row, "mediation", actor=me, at=MONDAY, answer=False)

    with pytest.raises(Refused):
        make_move(row, "consent", actor=me, at=MONDAY)
    make_move(row, "stop_refused", actor=me, at=MONDAY, reason="对方不同意调解", routes=["legal_aid"])  # fmt: skip

    assert (row.matter.state, row.outcome, row.routes_told) == ("to_archive", "refused", ["suit", "legal_aid"])  # fmt: skip


def test_nobody_mediates_before_every_side_has_said_yes_and_signed():
    body = a_body(a_town().units["station"])
    me, person = everybody(body), a_mediator(body)
    row = a_dispute(actor=me, at=MONDAY, area_path=VILLAGE)
    make_move(row, "triage", actor=me, at=MONDAY, body=body.pk)

    with pytest.raises(Refused):
        make_move(row, "consent", actor=me, at=MONDAY)
    all_agree(row, "mediation", actor=me, at=MONDAY)
    make_move(row, "consent", actor=me, at=MONDAY)
    with pytest.raises(Refused):
        make_move(row, "appoint", actor=me, at=MONDAY, mediators=[person.pk])


def test_what_is_not_for_mediation_is_told_its_lawful_route():
    body = a_body(a_town().units["station"])
    me = everybody(body)
    row = a_dispute(actor=me, at=MONDAY, area_path=VILLAGE)

    with pytest.raises(Invalid) as told:
        make_move(row, "triage", actor=me, at=MONDAY, body=body.pk, kind_code="status")

    assert "人民法院" in told.value.problems["kind_code"]


def test_triage_can_come_to_another_result_and_the_body_before_reads_no_more():
    first = a_body(a_town().units["station"])
    me = everybody(first)
    second = a_body(first.unit, name="劳动争议调解中心", kind="arbitration")
    row = a_dispute(actor=me, at=MONDAY, area_path=VILLAGE)

    make_move(row, "triage", actor=me, at=MONDAY, body=first.pk)
    make_move(row, "return", actor=me, at=MONDAY + HOUR, reason="属劳动争议")
    assert (row.matter.state, row.body) == ("to_triage", None)
    make_move(row, "triage", actor=me, at=MONDAY + 2 * HOUR, body=second.pk, kind_code="labour.wages", routes=["payment_order"])  # fmt: skip

    assert (row.body, row.kind_code) == (second, "labour.wages")


@pytest.mark.parametrize(
    ("kind", "last_day"),
    [("neighbour", "2026-04-01"), ("labour.wages", "2026-03-17"), ("medical.fees", "2026-04-14")],
)
def test_each_kind_has_its_own_period(kind, last_day):
    _body, _me, row = a_table(kind_code=kind, at=IN_SPRING)

    assert timezone.localtime(running(row)["period"]).date().isoformat() == last_day


def test_the_time_of_an_appraisal_does_not_count_and_nothing_is_settled_meanwhile():
    _body, me, row = a_table()
    before = running(row)

    make_move(row, "begin_appraisal", actor=me, at=MONDAY + HOUR, reason="房屋鉴定")
    with pytest.raises(Refused):
        make_move(row, "begin_appraisal", actor=me, at=MONDAY + HOUR, reason="再鉴定")
    with pytest.raises(Refused):
        make_move(row, "settle", actor=me, at=MONDAY + DAY)
    make_move(row, "end_appraisal", actor=me, at=MONDAY + timedelta(days=10, hours=1))

    # The first of the ten days is the one on which the period began: it was not counted anyway.
    assert running(row)["period"] - before["period"] == timedelta(days=9)


def test_an_appraisal_keeps_nobody_from_ending_it():
    _body, me, row = a_table()
    make_move(row, "begin_appraisal", actor=me, at=MONDAY + HOUR, reason="伤情鉴定")

    make_move(row, "withdraw", actor=me, at=MONDAY + DAY, reason="双方自行和解", ground="self_settled")  # fmt: skip

    assert (row.matter.state, row.outcome, row.appraisal_since) == ("to_archive", "withdrawn", None)
    assert "period" not in running(row)


def test_a_longer_period_needs_every_side_each_time_and_ends_where_the_stage_does():
    _body, me, row = a_table(kind_code="medical.treatment", at=IN_SPRING)

    with pytest.raises(Refused):
        make_move(row, "agree_to_extend", actor=me, at=IN_SPRING + HOUR, reason="需要更多时间")
    all_agree(row, "extension", actor=me, at=IN_SPRING + HOUR)
    make_move(row, "agree_to_extend", actor=me, at=IN_SPRING + 2 * HOUR, reason="等待病历", days=10)
    with pytest.raises(Refused):
        make_move(row, "agree_to_extend", actor=me, at=IN_SPRING + 3 * HOUR, reason="又一次")

    due = running(row)
    assert (row.matter.extension_count, row.matter.due_at) == (1, due["period"])
    assert timezone.localtime(due["period"]).date().isoformat() == "2026-04-28"  # 40 working days


def test_back_at_the_table_the_period_runs_on_and_a_new_mediator_brings_no_new_one():
    body, me, row = a_table()
    ends = running(row)["period"]

    make_move(row, "settle", actor=me, at=MONDAY + 5 * DAY)
    make_move(row, "talk_again", actor=me, at=MONDAY + 6 * DAY, reason="条款有分歧")
    assert (row.outcome, row.matter.due_at, running(row)["period"]) == ("", ends, ends)
    old = Appointment.objects.get(dispute=row).mediator
    make_move(row, "recuse", actor=me, at=MONDAY + 7 * DAY, reason="与申请人系亲属", mediators=[old.pk])  # fmt: skip

    with pytest.raises(Invalid):
        make_move(row, "appoint", actor=me, at=MONDAY + 8 * DAY, mediators=[old.pk])
    make_move(row, "appoint", actor=me, at=MONDAY + 8 * DAY, mediators=[a_mediator(body).pk])
    assert (row.matter.due_at, running(row)["period"]) == (ends, ends)


def test_what_a_mediator_discloses_is_agreed_to_by_each_side():
    body, me, row = a_table()
    make_move(row, "recuse", actor=me, at=MONDAY + HOUR, reason="一方申请回避")
    other = a_mediator(body)

    with pytest.raises(Refused):
        make_move(row, "appoint", actor=me, at=MONDAY + DAY, mediators=[other.pk], disclosed="与被申请人同村")  # fmt: skip
    all_agree(row, "mediator", actor=me, at=MONDAY + 2 * HOUR)
    make_move(row, "appoint", actor=me, at=MONDAY + DAY, mediators=[other.pk], disclosed="与被申请人同村")  # fmt: skip

    assert Appointment.objects.get(dispute=row, ended_at=None).disclosed == "与被申请人同村"


def test_only_its_own_mediators_lead_a_mediation():
    body, _me, row = a_table()
    user = a_user(username="qian", name="Qian")
    a_posting(user=user, role="mediator", unit=body.unit, area_path=VILLAGE)
    accounts.forget()

    with pytest.raises(Refused):
        make_move(row, "settle", actor=accounts.actor_for(user.pk, MONDAY), at=MONDAY + HOUR)


def test_expiry_is_no_ground_before_the_period_is_over():
    _body, me, row = a_table()

    with pytest.raises(Refused):
        make_move(row, "terminate", actor=me, at=MONDAY + DAY, ground="expired", reason="期满")
    with pytest.raises(Invalid):
        make_move(row, "terminate", actor=me, at=MONDAY + DAY, ground="agreed", reason="期满")
    make_move(row, "terminate", actor=me, at=MONDAY + 31 * DAY, ground="expired", reason="期满")

    assert (row.outcome, row.outcome_reason, row.routes_told) == ("none", "expired", ["suit"])


def test_a_part_is_settled_and_the_rest_is_told_its_way():
    _body, me, row = a_table(kind_code="labour.wages", people_count=23)

    make_move(row, "settle", actor=me, at=MONDAY + DAY, outcome="partial", note="先付两个月工资")

    assert row.outcome == "partial"
    assert row.routes_told == ["suit", "labour_arbitration", "payment_order"]


def test_performance_lies_between_the_agreement_and_today():
    _body, me, row = a_table()
    make_move(row, "settle_orally", actor=me, at=MONDAY + DAY, note="当场付清。", is_done="yes")

    for wrong in (MONDAY, MONDAY + 5 * DAY):
        with pytest.raises(Invalid):
            make_move(row, "performed", actor=me, at=MONDAY + 2 * DAY, on=timezone.localdate(wrong))


def test_taken_up_again_everybody_is_asked_anew():
    _body, me, row = a_table()
    make_move(row, "withdraw", actor=me, at=MONDAY + DAY, reason="撤回", ground="asked_to_end")
    with pytest.raises(Refused):  # something is not in the file, and nobody says why
        make_move(row, "archive", actor=me, at=MONDAY + DAY)
    make_move(row, "archive", actor=me, at=MONDAY + DAY, note="申请人撤回，未留身份证明。")
    make_move(row, "reopen", actor=me, at=MONDAY + 9 * DAY, reason="又起争执")

    assert (row.matter.state, row.outcome) == ("to_consent", "")
    with pytest.raises(Refused):
        make_move(row, "consent", actor=me, at=MONDAY + 9 * DAY)
    all_agree(row, "mediation", actor=me, at=MONDAY + 10 * DAY)
    make_move(row, "consent", actor=me, at=MONDAY + 10 * DAY)


def test_withdrawn_before_a_body_was_chosen_the_centre_closes_the_file():
    body = a_body(a_town().units["station"])
    me = everybody(body)
    row = a_dispute(actor=me, at=MONDAY, area_path=VILLAGE)

    make_move(row, "withdraw", actor=me, at=MONDAY + HOUR, reason="申请人撤回")

    assert Matter.objects.get(pk=row.pk).owing_unit_id is not None


def test_a_side_that_refuses_in_the_middle_is_put_on_record_with_the_move():
    _body, me, row = a_table()
    party = Consent.objects.filter(party__dispute=row).latest("id").party

    make_move(row, "stop_refused", actor=me, at=MONDAY + DAY, reason="中途离席，明确拒绝", party=party.pk, how="counter")  # fmt: skip

    assert Consent.objects.filter(party=party).latest("id").answer is False
    assert row.outcome == "refused"


def test_no_office_lengthens_what_the_sides_agree_on():
    _body, me, row = a_table()

    with pytest.raises(Matter.DoesNotExist):
        make_move(row, "ask_extension", actor=me, at=MONDAY, reason="忙")
