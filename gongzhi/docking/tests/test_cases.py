"""A case's way: accepted, mediated, ended and returned; confirmed by the court; on to arbitration."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tests.builders import an_actor, local
from gongzhi.disputes.tests.builders import a_body, a_dispute, everybody, in_mediation, make_move
from gongzhi.docking import actions, queries
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Chance, Docket, Message
from gongzhi.docking.tests.builders import (
    NUMBER,
    a_case,
    a_commission,
    a_court,
    a_message,
    desk,
    sent,
)
from gongzhi.matters import queries as matters
from tests.cast import MONDAY, TOWN, VILLAGE, Cast, a_town

Dispute = apps.get_model("disputes", "Dispute")

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MUST = ["application", "agreement", "proof", "identity", "contact"]


@pytest.fixture
def town() -> Cast:
    from gongzhi.disputes.actions import load_kinds  # noqa: PLC0415

    cast = a_town()
    load_kinds()
    return cast


def an_agreement(town: Cast, **said: Any) -> tuple[Dispute, Actor]:
    """Return a dispute whose written agreement took effect on Monday; its chance is open."""
    body = a_body(town.units["station"])
    me = everybody(body)
    row = in_mediation(body=body, actor=me, at=MONDAY, **said)
    make_move(row, "settle", actor=me, at=MONDAY, outcome="written")
    Dispute.objects.filter(pk=row.pk).update(effective_at=MONDAY)
    actions.follow(matter_id=row.pk, move="take_effect", note="", lead_unit=body.unit_id, at=MONDAY)
    return row, me


def apply_for(row: Dispute, kind: str, partner: Any, *, at: Any, **said: Any) -> Docket:
    number = matters.standing(row.pk).number
    return actions.open_application(
        said=actions.Application(kind=kind, partner_id=partner.pk, matter_number=number, **said), actor=desk(), at=at
    )  # fmt: skip


def do(docket: Docket, step: str, at: Any, **said: Any) -> Docket:
    return actions.finish(docket_id=docket.pk, step=step, actor=desk(), at=at, **said)


def due(docket: Docket, code: str) -> str:
    return f"{docket.stages.get(code=code).due_at.astimezone(MONDAY.tzinfo):%m-%d}"


def test_the_thirty_days_begin_with_acceptance_and_leave_the_appraisal_out(town: Cast):
    a_court()
    docket = do(a_case(at=MONDAY), "accept", MONDAY + DAY)

    assert (due(docket, "contact"), due(docket, "mediate")) == ("11-27", "12-24")
    actions.follow(matter_id=docket.matter_id, move="begin_appraisal", note="房屋渗漏鉴定", lead_unit=None, at=MONDAY + 2 * DAY)  # fmt: skip
    assert docket.stages.get(code="mediate").due_at is None
    actions.follow(matter_id=docket.matter_id, move="end_appraisal", note="", lead_unit=None, at=MONDAY + 9 * DAY)  # fmt: skip
    assert due(docket, "mediate") == "12-31"  # seven days later


def test_an_agreement_to_more_time_lengthens_once_however_often_it_is_told(town: Cast):
    a_court()
    docket = do(a_case(at=MONDAY, data={"form": "commission_summary"}), "accept", MONDAY)
    for _ in range(2):
        actions.follow(matter_id=docket.matter_id, move="agree_to_extend", note="双方同意", lead_unit=None, at=MONDAY + DAY)  # fmt: skip

    assert due(docket, "mediate") == "12-07"  # 7 + 7 days


def test_what_the_mediator_does_on_the_matter_is_not_typed_again_for_the_court(town: Cast):
    a_court()
    body = a_body(town.units["station"])
    docket = a_case(at=MONDAY)
    actions.follow(matter_id=docket.matter_id, move="triage", note="", lead_unit=body.unit_id, at=MONDAY)  # fmt: skip
    actions.follow(matter_id=docket.matter_id, move="appoint", note="", lead_unit=body.unit_id, at=MONDAY + DAY)  # fmt: skip
    Dispute.objects.filter(pk=docket.matter_id).update(outcome_reason="divergence")
    actions.follow(matter_id=docket.matter_id, move="terminate", note="差距过大", lead_unit=None, at=MONDAY + 3 * DAY)  # fmt: skip

    docket.refresh_from_db()
    assert (docket.state, docket.ending, docket.result) == ("ended", "divergence", "差距过大")
    assert due(docket, "docket") == "12-03"  # the court must docket within seven days
    assert list(Message.objects.filter(is_incoming=False).order_by("id").values_list("kind", flat=True)) == ["case.accepted", "case.result"]  # fmt: skip
    assert body.unit_id in docket.unit_ids


def test_a_refusal_needs_its_reason_and_an_end_its_ground(town: Cast):
    a_court()
    docket = a_case(at=MONDAY)

    with pytest.raises(Invalid):
        actions.refuse(docket_id=docket.pk, reason=" ", actor=desk(), at=MONDAY)
    do(docket, "accept", MONDAY)
    with pytest.raises(Refused):
        actions.refuse(docket_id=docket.pk, reason="太忙", actor=desk(), at=MONDAY)
    with pytest.raises(Invalid):
        actions.end(docket_id=docket.pk, ending="tired", result="无", actor=desk(), at=MONDAY)


def test_a_step_is_not_done_tomorrow_nor_before_it_began(town: Cast):
    a_court()
    docket = a_case(at=MONDAY)

    for wrong in (MONDAY + 2 * DAY, MONDAY - 2 * DAY):
        with pytest.raises(Invalid):
            do(docket, "accept", MONDAY, on=wrong)


def test_a_case_out_of_reach_is_as_good_as_absent(town: Cast):
    a_court()
    docket = a_case(at=MONDAY)
    stranger = an_actor(*Can, area="441900/099/")

    for deed in (
        lambda: actions.finish(docket_id=docket.pk, step="accept", actor=stranger, at=MONDAY),
        lambda: actions.refuse(docket_id=docket.pk, reason="不", actor=stranger, at=MONDAY),
        lambda: queries.detail(stranger, docket.pk, at=MONDAY),
    ):
        with pytest.raises(OutOfReach):
            deed()


def test_a_confirmation_is_asked_for_together_with_every_paper_within_thirty_days(town: Cast):
    court = a_court()
    row, _me = an_agreement(town)
    docket = apply_for(row, "confirmation", court, at=MONDAY + DAY)
    assert due(docket, "apply") == "12-23"
    assert Chance.objects.get(matter_id=row.pk).docket_id == docket.pk

    with pytest.raises(Refused, match="司法确认申请书"):
        do(docket, "apply", MONDAY + DAY)
    actions.prepare(docket_id=docket.pk, materials=MUST, bars=[], venue="", actor=desk(), at=MONDAY)
    with pytest.raises(Refused, match="第二百零五条"):
        do(docket, "apply", MONDAY + DAY)
    actions.prepare(docket_id=docket.pk, materials=MUST, bars=["real_right"], venue="organisation", actor=desk(), at=MONDAY)  # fmt: skip
    with pytest.raises(Refused, match="第三百五十五条第五项"):
        do(docket, "apply", MONDAY + DAY)
    actions.prepare(docket_id=docket.pk, materials=MUST, bars=[], venue="organisation", actor=desk(), at=MONDAY)  # fmt: skip
    docket = do(docket, "apply", MONDAY + DAY)
    assert (docket.next_step, due(docket, "accept")) == ("accept", "11-27")


def test_after_thirty_days_the_application_is_held_back_with_its_article_and_the_other_routes(town: Cast):  # fmt: skip
    row, _me = an_agreement(town)
    docket = apply_for(row, "confirmation", a_court(), at=MONDAY + DAY)
    actions.prepare(docket_id=docket.pk, materials=MUST, bars=[], venue="domicile", actor=desk(), at=MONDAY)  # fmt: skip

    with pytest.raises(Refused, match="第三十三条"):
        do(docket, "apply", MONDAY + 31 * DAY)
    assert (
        do(docket, "apply", MONDAY + 31 * DAY, on=local("2026-12-23 12:00")).next_step == "accept"
    )


def test_the_court_confirms_by_message_asks_for_papers_and_its_ruling_stays(town: Cast):
    row, _me = an_agreement(town)
    docket = apply_for(row, "confirmation", a_court(), at=MONDAY)
    actions.prepare(docket_id=docket.pk, materials=MUST, bars=[], venue="inviting", actor=desk(), at=MONDAY)  # fmt: skip
    do(docket, "apply", MONDAY)
    told = {"docket": f"D{docket.pk}"}
    steps = [
        a_message("step.done", id="confirm-01", data={"step": "accept", "number": "（2026）粤1971诉前调确9号"}, **told),
        a_message("correction.ask", id="confirm-02", data={"text": "补充房产证复印件", "due_on": "2026-11-30"}, **told),
    ]  # fmt: skip
    assert [sent(one, at=MONDAY + DAY).status for one in steps] == [200, 200]
    docket.refresh_from_db()
    assert (docket.case_number, docket.next_step, due(docket, "decide")) == ("（2026）粤1971诉前调确9号", "correct", "12-09")  # fmt: skip
    do(docket, "correct", MONDAY + 2 * DAY, note="已补交")

    ruling = a_message("step.done", id="confirm-03", data={"step": "decide", "decision": "granted", "number": "（2026）粤1971民特9号"}, **told)  # fmt: skip
    assert sent(ruling, at=MONDAY + 3 * DAY).status == 200
    docket.refresh_from_db()
    assert (docket.state, docket.decision, docket.decision_number) == ("ended", "granted", "（2026）粤1971民特9号")  # fmt: skip
    assert docket.stages.get(code="execute").due_at.year == 2028


def test_the_court_may_take_ten_days_more_once_and_no_more(town: Cast):
    row, _me = an_agreement(town)
    docket = apply_for(row, "confirmation", a_court(), at=MONDAY)
    actions.prepare(docket_id=docket.pk, materials=MUST, bars=[], venue="inviting", actor=desk(), at=MONDAY)  # fmt: skip
    do(docket, "apply", MONDAY)
    do(docket, "accept", MONDAY)
    told = {"docket": f"D{docket.pk}"}
    longer = {"step": "decide", "days": 10, "note": "院长批准"}

    assert sent(a_message("step.extended", id="longer-01", data=longer | {"days": 11}, **told), at=MONDAY).status == 422  # fmt: skip
    assert sent(a_message("step.extended", id="longer-02", data=longer, **told), at=MONDAY).status == 200  # fmt: skip
    assert due(docket, "decide") == "12-18"
    with pytest.raises(Refused):
        actions.lengthen(docket_id=docket.pk, days=5, why="再延长", actor=desk(), at=MONDAY)


def test_before_the_agreement_is_in_force_nothing_can_be_confirmed(town: Cast):
    body = a_body(town.units["station"])
    row = in_mediation(body=body, actor=everybody(body), at=MONDAY)

    with pytest.raises(Refused, match="第三十三条"):
        apply_for(row, "confirmation", a_court(), at=MONDAY)


def test_status_matters_are_marked_as_not_confirmable_by_the_kind_alone(town: Cast):
    row, _me = an_agreement(town)
    Dispute.objects.filter(pk=row.pk).update(kind_code="status")

    assert apply_for(row, "confirmation", a_court(), at=MONDAY).bars == {"status": True}


def test_unpaid_wages_go_on_from_mediation_to_arbitration_to_suit_on_one_file(town: Cast):
    commission, court = a_commission(), a_court()
    row = a_dispute(actor=desk(), at=MONDAY, area_path=VILLAGE, kind_code="labour.wages")
    docket = apply_for(row, "arbitration", commission, at=MONDAY, since=local("2026-03-02 12:00"))
    assert docket.stages.get(code="apply").due_at == local("2027-03-02 23:59:59")
    actions.prepare(docket_id=docket.pk, materials=["application", "identity", "evidence"], bars=[], venue="", actor=desk(), at=MONDAY)  # fmt: skip

    do(docket, "apply", MONDAY)
    do(docket, "accept", MONDAY + DAY, number="东劳人仲（2026）7号")
    assert (due(docket, "serve"), due(docket, "award")) == ("12-01", "01-08")
    docket = do(
        docket, "award", MONDAY + 20 * DAY, decision="partly", number="东劳人仲裁字（2026）7号"
    )
    assert (docket.state, due(docket, "sue"), due(docket, "annul")) == ("ended", "12-28", "01-12")
    suit = apply_for(row, "suit", court, at=MONDAY + 21 * DAY)
    assert suit.matter_id == docket.matter_id


def test_the_wrong_office_or_a_second_application_is_refused(town: Cast):
    court = a_court()
    row = a_dispute(actor=desk(), at=MONDAY, area_path=VILLAGE)

    with pytest.raises(Invalid):
        apply_for(row, "arbitration", court, at=MONDAY)
    apply_for(row, "suit", court, at=MONDAY)
    with pytest.raises(Refused):
        apply_for(row, "suit", court, at=MONDAY)


def test_a_case_on_paper_is_entered_once(town: Cast):
    court = a_court(url="")
    case = actions.Case(
        kind="delegation", case_number=NUMBER, cause="相邻关系纠纷", area_path=TOWN, story="漏水", wish="修好",
        sides=a_message()["data"]["sides"], channel="hall",
    )  # fmt: skip
    docket = actions.enter_case(partner_id=court.pk, case=case, actor=desk(), at=MONDAY)

    assert (docket.channel, docket.next_step) == ("hall", "choose")
    assert (due(docket, "choose"), due(docket, "appoint")) == ("11-25", "11-26")
    with pytest.raises(Refused):
        actions.enter_case(partner_id=court.pk, case=case, actor=desk(), at=MONDAY)
    assert not Message.objects.exists()


def test_a_dispute_entered_by_hand_is_tied_to_the_courts_case_and_what_was_done_is_carried_in(town: Cast):  # fmt: skip
    a_court()
    body = a_body(town.units["station"])
    me = everybody(body)
    number = NUMBER.replace("（", "(").replace("）", ") ")  # as somebody typed it
    row = in_mediation(body=body, actor=me, at=MONDAY, source="court", basis="referral", outside_number=number)  # fmt: skip
    make_move(
        row, "settle_orally", actor=me, at=MONDAY + DAY, note="当场修好并赔偿。", is_done="yes"
    )

    taken = sent(a_message(), at=MONDAY + 2 * DAY)

    docket = Docket.objects.get()
    assert (docket.matter_id, docket.case_number, Dispute.objects.count()) == (row.pk, NUMBER, 1)
    assert (taken.matter, taken.docket) == (matters.standing(row.pk).number, f"D{docket.pk}")
    assert (docket.opened_at, docket.unit_ids) == (MONDAY, row.matter.unit_ids)
    assert docket.stages.get(code="accept").done_at == MONDAY
    assert (docket.state, docket.ending, docket.ended_at) == ("ended", "agreed", MONDAY + DAY)
    assert list(Message.objects.filter(is_incoming=False).order_by("id").values_list("kind", flat=True)) == ["case.accepted", "case.result"]  # fmt: skip


def test_a_dispute_of_another_door_keeps_its_number_to_itself(town: Cast):
    a_court()
    a_dispute(actor=everybody(a_body(town.units["station"])), at=MONDAY, area_path=VILLAGE, source="12345", outside_number=NUMBER)  # fmt: skip

    sent(a_message(), at=MONDAY)

    assert Dispute.objects.count() == 2


def test_a_complaint_goes_to_the_court_that_invited(town: Cast):
    a_court()
    docket = a_case(at=MONDAY)
    actions.complain(docket_id=docket.pk, ground="forced", text="调解员要求当天签字。", actor=desk(), at=MONDAY)  # fmt: skip

    assert Message.objects.get(is_incoming=False).kind == "complaint.filed"


def test_the_lists_cost_the_same_however_many_cases(town: Cast, django_assert_num_queries: Any):
    a_court()
    for place in range(3):
        a_case(
            at=MONDAY, id=f"court-message-1{place}", case_number=f"（2026）粤1971诉前调{place}9号"
        )
    by = queries.CaseFilter()

    with django_assert_num_queries(2):
        _page, rows = queries.cases_page(desk(), is_incoming=True, by=by, at=MONDAY)
    assert [row.step for row in rows] == ["确认接受委派"] * 3
    assert queries.case_counts(desk(), is_incoming=True, at=MONDAY + 9 * DAY)["late"] == 3
