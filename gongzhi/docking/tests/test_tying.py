"""A court's case and a dispute that stood here already; a hearing; what a court said of an agreement."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from gongzhi.base.actor import Actor, Grant
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tests.builders import local
from gongzhi.disputes import actions as disputing
from gongzhi.disputes import queries as disputes
from gongzhi.disputes.tests.builders import (
    a_body,
    a_dispute,
    everybody,
    in_mediation,
    make_move,
)
from gongzhi.docking import actions, queries
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Docket
from gongzhi.docking.tests.builders import a_case, a_court, a_message, sent
from gongzhi.docking.tests.test_cases import an_agreement, apply_for, do, due
from gongzhi.matters import queries as matters
from tests.cast import MONDAY, VILLAGE, Cast, a_town

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Dispute = apps.get_model("disputes", "Dispute")


@pytest.fixture
def town() -> Cast:
    cast = a_town()
    disputing.load_kinds()
    return cast


def desk() -> Actor:
    every = frozenset({*map(str, Can), "matters.view", "matters.merge"})
    return Actor(id=9, name="钟", grants=(Grant(every),))


def a_pair(town: Cast, *, first: str = "hand") -> tuple[Any, Docket]:
    """Return a dispute entered at the counter without a number, and the case of a court about the same people."""
    a_court()
    body = a_body(town.units["station"])
    docket = a_case(at=MONDAY) if first == "court" else None
    row = a_dispute(actor=everybody(body), at=MONDAY, area_path=VILLAGE)
    return row, docket or a_case(at=MONDAY + DAY)


def test_a_case_that_may_be_another_dispute_is_said_and_a_person_decides(town: Cast):
    row, docket = a_pair(town)

    seen = queries.detail(desk(), docket.pk, at=MONDAY + DAY)

    number = matters.standing(row.pk).number
    assert [(one.number, len(one.why)) for one in seen.alike] == [(number, 1)]
    assert "陈" not in "".join(seen.alike[0].why)
    assert docket.matter_id != row.pk


@pytest.mark.parametrize("first", ["hand", "court"])
def test_tied_the_case_goes_on_with_the_other_dispute_and_nobody_is_asked_twice(
    town: Cast, first: str
):
    row, docket = a_pair(town, first=first)
    ours = docket.matter_id

    docket = actions.tie(docket_id=docket.pk, into=matters.standing(row.pk).number, actor=desk(), at=MONDAY + DAY)  # fmt: skip

    assert docket.matter_id == row.pk
    assert matters.standing(ours).state == "merged"
    assert all(will.answer for will in disputes.wills(row.pk, "mediation"))
    again = sent(a_message(id="court-message-0002"), at=MONDAY + DAY)
    assert again.docket == f"D{docket.pk}"  # the court's second message finds it there
    assert not queries.detail(desk(), docket.pk, at=MONDAY + DAY).alike


def test_what_was_done_before_the_tie_is_told_to_the_court(town: Cast):
    body = a_body(town.units["station"])
    me = everybody(body)
    a_court()
    row = in_mediation(body=body, actor=me, at=MONDAY)
    docket = a_case(at=MONDAY + DAY)

    tied = actions.tie(docket_id=docket.pk, into=matters.standing(row.pk).number, actor=desk(), at=MONDAY + DAY)  # fmt: skip

    done = dict(tied.stages.filter(done_at__isnull=False).values_list("code", "done_at"))
    assert done["accept"] == MONDAY + DAY  # not before the court sent it
    assert tied.next_step == "mediate"
    assert body.unit_id in tied.unit_ids


def test_nobody_ties_beyond_their_reach_nor_once_it_is_mediated(town: Cast):
    row, docket = a_pair(town)
    number = matters.standing(row.pk).number

    with pytest.raises(Invalid):
        actions.tie(docket_id=docket.pk, into="G-2026-00000000", actor=desk(), at=MONDAY + DAY)
    with pytest.raises(OutOfReach):
        actions.tie(docket_id=docket.pk, into=number, actor=Actor(id=3, name="无"), at=MONDAY + DAY)
    ours = Dispute.objects.get(pk=docket.matter_id)
    body = a_body(town.units["station"])
    me = everybody(body)
    make_move(ours, "triage", actor=me, at=MONDAY + DAY, body=body.pk)
    make_move(ours, "consent", actor=me, at=MONDAY + DAY)
    with pytest.raises(Refused):
        actions.tie(docket_id=docket.pk, into=number, actor=desk(), at=MONDAY + DAY)


def test_a_merge_on_the_matters_page_takes_the_courts_case_along(town: Cast):
    row, docket = a_pair(town)
    ours = docket.matter
    make_move(Dispute.objects.get(pk=ours.pk), "merge", actor=desk(), at=MONDAY + DAY, into=matters.standing(row.pk).number)  # fmt: skip

    for _twice in range(2):
        actions.follow(matter_id=ours.pk, move="merge", note="", lead_unit=None, at=MONDAY + DAY)

    docket.refresh_from_db()
    assert docket.matter_id == row.pk


def test_a_hearing_has_terms_that_count_back_and_move_with_it(town: Cast):
    row, _me = an_agreement(town)
    arb = a_court(code="arb-1", name="东莞市劳动人事争议仲裁院", kind="arbitration")
    docket = apply_for(row, "arbitration", arb, at=MONDAY)
    with pytest.raises(Refused):
        actions.set_hearing(docket_id=docket.pk, on=local("2026-12-21 09:30"), place="", actor=desk(), at=MONDAY)  # fmt: skip
    apps.get_model("docking", "Docket").objects.filter(pk=docket.pk).update(materials=[m.code for m in queries.materials("arbitration")])  # fmt: skip
    do(docket, "apply", MONDAY)
    do(docket, "accept", MONDAY + DAY)
    at = MONDAY + 2 * DAY

    actions.set_hearing(docket_id=docket.pk, on=local("2026-12-21 09:30"), place="第三庭", actor=desk(), at=at)  # fmt: skip
    assert (due(docket, "notice"), due(docket, "postpone")) == ("12-11", "12-15")
    actions.set_hearing(docket_id=docket.pk, on=local("2026-12-28 09:30"), place="第三庭", actor=desk(), at=at)  # fmt: skip
    assert (due(docket, "notice"), due(docket, "postpone")) == ("12-18", "12-22")
    assert "第三庭" in docket.stages.get(code="notice").note
    with pytest.raises(Invalid):
        actions.set_hearing(docket_id=docket.pk, on=MONDAY, place="", actor=desk(), at=at)


def test_what_a_court_says_of_an_agreement_goes_into_the_ministrys_form(town: Cast):
    court = a_court()
    row, _me = an_agreement(town)
    suit = apply_for(row, "suit", court, at=MONDAY)
    assert Dispute.objects.get(pk=row.pk).suit == "open"
    materials = [m.code for m in queries.materials("suit")]
    Docket.objects.filter(pk=suit.pk).update(materials=materials)
    do(suit, "apply", MONDAY)
    do(suit, "accept", MONDAY + DAY)
    do(suit, "judge", MONDAY + 9 * DAY, decision="changed")

    row.refresh_from_db()
    assert (row.suit, row.confirmation) == ("changed", "")


def test_a_suit_without_an_agreement_is_none_about_one(town: Cast):
    court = a_court()
    body = a_body(town.units["station"])
    row = a_dispute(actor=everybody(body), at=MONDAY, area_path=VILLAGE)
    suit = apply_for(row, "suit", court, at=MONDAY)
    Docket.objects.filter(pk=suit.pk).update(materials=[m.code for m in queries.materials("suit")])
    do(suit, "apply", MONDAY)
    do(suit, "accept", MONDAY + DAY)
    with pytest.raises(Invalid):
        do(suit, "judge", MONDAY + 9 * DAY, decision="upheld")

    assert Dispute.objects.get(pk=row.pk).suit == ""


def test_a_confirmation_is_counted_when_asked_and_when_given(town: Cast):
    row, _me = an_agreement(town)

    disputing.keep_court_word(matter_id=row.pk, confirmation="asked")
    disputing.keep_court_word(matter_id=row.pk)
    assert Dispute.objects.get(pk=row.pk).confirmation == "asked"
