"""Three levels of command: taking over, hand-overs between towns, objections, joint operations."""

from datetime import timedelta

import pytest
from shapely.geometry import box

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_unit, a_user
from gongzhi.base.actor import system
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.clocks import actions as clocks
from gongzhi.clocks.models import RunningClock
from gongzhi.incidents import actions, queries
from gongzhi.incidents.models import Objection, Transfer
from gongzhi.matters import actions as matters
from gongzhi.matters import queries as register
from gongzhi.matters.models import JointUnit, Matter
from gongzhi.matters.queries import Box, Filter
from gongzhi.notices.models import Notice
from gongzhi.places import actions as places
from gongzhi.places.actions.areas import AreaInput
from gongzhi.places.capabilities import Can as Places
from tests.cast import MONDAY, a_town
from tests.test_moves import brought_to, do

pytestmark = pytest.mark.django_db
OTHER, OTHER_VILLAGE = "441900/003/", "441900/003/001/"


def with_a_neighbour(cast):
    """Add a second town with a centre, and Wu who dispatches there."""
    rows = [
        AreaInput("441900003", "东城街道", "441900", box(113.80, 22.98, 113.90, 23.06)),
        AreaInput("441900003001", "岗贝社区", "441900003", box(113.80, 22.98, 113.90, 23.06)),
    ]
    places.load_areas(
        rows=rows, valid_from=MONDAY.date(), actor=system("test", Places.MANAGE), at=MONDAY
    )
    centre = a_unit(
        code="dongcheng", name="东城街道指挥中心", kind="town_centre", parent=cast.units["city"], area_path=OTHER
    )  # fmt: skip
    wu = a_user(username="wu", name="Wu")
    a_posting(user=wu, role="dispatcher", unit=centre, area_path=OTHER)
    accounts.forget()
    cast.people["wu"], cast.units["neighbour"] = wu, centre
    return cast


def asked_to_take(cast):
    matter, _code = brought_to(cast, "to_dispatch")
    do(cast, matter, "ask_transfer", who="lin", town=OTHER, reason="地点在东城一侧")
    return matter, Transfer.objects.get()


def told(cast, name):
    return set(
        Notice.objects.filter(person=cast.people[name]).values_list("template__code", flat=True)
    )


def test_a_centre_above_takes_the_dispatch_over_and_the_one_below_is_told():
    cast = a_town()
    matter, _code = brought_to(cast, "to_dispatch")

    taken = do(cast, matter, "take_over", who="disp", reason="全市统一处置")
    actions.tell_of_command(matter_id=matter.id, move="take_over", note="全市统一处置", at=MONDAY)

    assert (taken.level, taken.state, taken.owing_unit_id) == (0, "to_dispatch", cast.units["city"].id)  # fmt: skip
    assert "taken_over" in told(cast, "lin")
    with pytest.raises(Refused):
        do(cast, matter, "dispatch", who="lin")


def test_a_centre_takes_nothing_over_from_its_own_level():
    cast = a_town()
    matter, _code = brought_to(cast, "to_dispatch")

    with pytest.raises(Refused):
        do(cast, matter, "take_over", who="lin", reason="x")
    offered = register.detail(matter.number, cast.actor("lin"), at=MONDAY).moves
    assert "take_over" not in {move.name for move in offered}


def test_what_was_dispatched_already_can_be_taken_over_until_the_unit_accepts():
    cast = a_town()
    matter, _code = brought_to(cast, "to_accept")

    taken = do(cast, matter, "take_over", who="disp", reason="市级统筹")
    actions.tell_of_command(matter_id=matter.id, move="take_over", note="", at=MONDAY)

    assert taken.owing_role == "dispatcher"
    assert "taken_over" in told(cast, "bo")


def test_until_the_other_town_takes_it_the_sender_owes_and_its_clock_runs_on():
    cast = with_a_neighbour(a_town())
    matter, _code = brought_to(cast, "to_dispatch")
    due = matter.due_at

    waiting = do(cast, matter, "ask_transfer", who="lin", town=OTHER, reason="地点在东城一侧")

    assert (waiting.state, waiting.owing_unit_id, waiting.due_at) == ("in_transfer", cast.units["town"].id, due)  # fmt: skip
    asked = Transfer.objects.get()
    running = RunningClock.objects.get(subject=matter.id, name="transfer")
    assert (asked.due_at, running.party) == (running.due_at, "东城街道指挥中心")
    actions.tell_of_command(matter_id=matter.id, move="ask_transfer", note="x", at=MONDAY)
    assert told(cast, "wu") == {"transfer_asked"}


def test_the_town_that_takes_it_commands_it_from_then_on():
    cast = with_a_neighbour(a_town())
    matter, asked = asked_to_take(cast)
    wu = cast.actor("wu")
    assert [row.number for row in queries.desk_of(wu, at=MONDAY).incoming] == [matter.number]

    actions.answer_transfer(
        transfer_id=asked.pk, move="accept_transfer", values={"area": OTHER_VILLAGE}, actor=wu, at=MONDAY
    )  # fmt: skip

    matter = Matter.objects.get(pk=matter.pk)
    assert (matter.area_path, matter.district, matter.state) == (OTHER_VILLAGE, OTHER, "to_dispatch")  # fmt: skip
    assert matter.owing_unit_id == cast.units["neighbour"].id
    assert register.verify_file(matter.id) is None
    assert not RunningClock.objects.filter(subject=matter.id, name="transfer", stopped_at=None)
    assert matter.number in {r.number for r in register.matters_in(Box.TODO, wu, by=Filter(), at=MONDAY).rows}  # fmt: skip
    with pytest.raises(Matter.DoesNotExist):
        register.detail(matter.number, cast.actor("lin"), at=MONDAY)


def test_a_town_that_does_not_take_it_says_why_and_the_sender_dispatches():
    cast = with_a_neighbour(a_town())
    matter, asked = asked_to_take(cast)
    wu = cast.actor("wu")

    with pytest.raises(Invalid):
        actions.answer_transfer(
            transfer_id=asked.pk, move="refuse_transfer", values={}, actor=wu, at=MONDAY
        )
    actions.answer_transfer(
        transfer_id=asked.pk, move="refuse_transfer", values={"reason": "在南城一侧"}, actor=wu, at=MONDAY
    )  # fmt: skip
    actions.tell_of_command(matter_id=matter.id, move="refuse_transfer", note="x", at=MONDAY)

    assert "transfer_answered" in told(cast, "lin")
    with pytest.raises(Refused):
        actions.answer_transfer(
            transfer_id=asked.pk, move="accept_transfer", values={}, actor=wu, at=MONDAY
        )
    assert do(cast, matter, "dispatch", who="lin").state == "to_accept"


def test_only_the_town_that_was_asked_answers_and_the_sender_may_take_it_back():
    cast = with_a_neighbour(a_town())
    matter, asked = asked_to_take(cast)

    with pytest.raises(Refused):
        do(cast, matter, "accept_transfer", who="lin")
    with pytest.raises(OutOfReach):
        actions.answer_transfer(
            transfer_id=asked.pk, move="accept_transfer", values={}, actor=cast.actor("lin"), at=MONDAY
        )  # fmt: skip
    back = do(cast, matter, "withdraw_transfer", who="lin")
    assert (back.state, Transfer.objects.get().state) == ("to_dispatch", "withdrawn")


def test_a_hand_over_of_a_matter_that_ends_waits_for_nobody():
    cast = with_a_neighbour(a_town())
    matter, _asked = asked_to_take(cast)
    do(cast, matter, "void", who="mei", reason="误报")

    assert actions.lapse(matter_id=matter.id, at=MONDAY) == 1
    assert actions.lapse(matter_id=matter.id, at=MONDAY) == 0
    assert not RunningClock.objects.filter(subject=matter.id, stopped_at=None).exists()


def test_an_objection_is_settled_by_the_level_above_within_its_own_clock():
    cast = a_town()
    matter, _code = brought_to(cast, "to_accept")

    objected = do(cast, matter, "object", who="bo", reason="不属我局职责")
    actions.tell_of_command(matter_id=matter.id, move="object", note="x", at=MONDAY)

    assert (objected.owing_role, objected.owing_unit_id) == ("settler", cast.units["city"].id)
    assert objected.due_at > MONDAY
    assert "objection_made" in told(cast, "duty")
    with pytest.raises(Refused):
        do(cast, matter, "uphold_objection", who="tan", reason="同级不能裁定自己的派遣")


def test_upheld_it_goes_back_to_the_dispatcher_who_names_another_unit():
    cast = a_town()
    matter, _code = brought_to(cast, "to_accept")
    do(cast, matter, "object", who="bo", reason="不属我局职责")

    back = do(cast, matter, "uphold_objection", who="duty", reason="属公安职责")

    assert (back.state, back.owing_role, Objection.objects.get().state) == ("returned", "dispatcher", "upheld")  # fmt: skip
    with pytest.raises(Invalid):
        do(cast, matter, "dispatch", who="lin", unit=cast.units["office"].id)
    assert do(cast, matter, "dispatch", who="lin", unit=cast.units["police"].id).state == "to_accept"  # fmt: skip


def test_rejected_the_unit_must_handle_it_and_cannot_give_it_away():
    cast = a_town()
    matter, _code = brought_to(cast, "to_accept")
    do(cast, matter, "object", who="bo", reason="不属我局职责")

    bound = do(cast, matter, "reject_objection", who="duty", reason="权责清单写明")

    assert (bound.state, bound.owing_unit_id) == ("handling", cast.units["office"].id)
    with pytest.raises(Refused):
        do(cast, matter, "send_back", who="bo", reason="还是不归我们")
    offered = register.detail(matter.number, cast.actor("bo"), at=MONDAY).moves
    assert "send_back" not in {move.name for move in offered}
    assert do(cast, matter, "hand_in").state == "to_check"


def test_each_unit_that_helps_has_its_own_clock_and_the_lead_waits_for_its_answer():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    do(cast, matter, "invite", who="bo", unit=cast.units["police"].id, note="请疏导交通")
    asked = JointUnit.objects.get()
    running = RunningClock.objects.get(subject=matter.id, name=f"joint:{cast.units['police'].id}")
    assert (asked.due_at, running.party) == (running.due_at, "公安局")

    with pytest.raises(Invalid) as held:
        do(cast, matter, "hand_in")
    assert "without" in held.value.problems
    pol = cast.actor("pol")
    assert [r.number for r in register.matters_in(Box.HELPING, pol, by=Filter(), at=MONDAY).rows] == [matter.number]  # fmt: skip
    do(cast, matter, "answer", who="pol", note="已派交警到场")

    running.refresh_from_db()
    assert running.outcome == "kept"
    assert not register.matters_in(Box.HELPING, pol, by=Filter(), at=MONDAY).rows
    assert do(cast, matter, "hand_in").state == "to_check"


def test_the_lead_goes_on_without_a_unit_if_it_says_why():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    do(cast, matter, "invite", who="bo", unit=cast.units["police"].id, note="请疏导交通")

    done = do(cast, matter, "hand_in", without="现场已无需疏导")

    assert done.state == "to_check"
    assert JointUnit.objects.get().excused == "现场已无需疏导"
    assert "公安局" in register.last_facts(matter.id, "hand_in")["without"]


def test_a_unit_that_may_answer_but_need_not_holds_nobody_up():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    do(cast, matter, "invite", who="bo", unit=cast.units["police"].id, must_answer=False)

    assert do(cast, matter, "hand_in").state == "to_check"


def test_a_late_answer_is_told_to_the_unit_then_to_the_lead():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    do(cast, matter, "invite", who="bo", unit=cast.units["police"].id, note="请疏导交通")
    due, unit = JointUnit.objects.get().due_at, cast.units["police"].id
    late = due + timedelta(hours=1)
    said = {"matter_id": matter.id, "unit_id": unit, "due_at": due, "at": late}

    matters.tell_joint_clock(template="overdue", level=0, **said)
    matters.tell_joint_clock(template="escalated", level=1, **said)

    assert "overdue" in told(cast, "pol")
    assert "escalated" in told(cast, "bo")


def test_clocks_of_helpers_pause_with_the_matter_and_end_with_it():
    cast = a_town()
    matter, _code = brought_to(cast, "handling")
    do(cast, matter, "invite", who="bo", unit=cast.units["police"].id, note="请疏导交通")
    do(cast, matter, "void", who="mei", reason="误报")

    assert not RunningClock.objects.filter(subject=matter.id, stopped_at=None).exists()
    assert clocks.EVERY == "*"
