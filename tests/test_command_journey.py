"""A matter goes the long way: handed to another town, objected to, handled jointly, supervised, owned, closed."""

from datetime import timedelta

import pytest

from gongzhi.incidents import actions as incidents
from gongzhi.incidents.models import Transfer
from gongzhi.matters import queries as register
from gongzhi.matters.models import Matter
from gongzhi.oversight import actions
from gongzhi.oversight.actions import OrderSaid
from tests.cast import MONDAY, a_photo, a_town
from tests.test_commanding import OTHER, with_a_neighbour
from tests.test_moves import brought_to, do

pytestmark = pytest.mark.django_db
EVIDENCE = "井盖已更换并加固，两次复查无松动，附更换前后照片和验收单。"


def test_a_matter_is_transferred_objected_jointly_handled_supervised_and_closed():
    cast = with_a_neighbour(a_town())
    matter, _code = brought_to(cast, "to_dispatch")

    do(cast, matter, "ask_transfer", who="lin", town=OTHER, reason="地点在东城一侧")
    incidents.answer_transfer(
        transfer_id=Transfer.objects.get().pk, move="refuse_transfer", values={"reason": "经核在南城一侧"},
        actor=cast.actor("wu"), at=MONDAY + timedelta(hours=1),
    )  # fmt: skip
    do(cast, matter, "dispatch", at=MONDAY + timedelta(hours=2))
    do(cast, matter, "object", who="bo", reason="不属我局职责", at=MONDAY + timedelta(hours=2))
    do(cast, matter, "reject_objection", who="duty", reason="清单已列明", at=MONDAY + timedelta(hours=3))  # fmt: skip
    do(cast, matter, "invite", who="bo", unit=cast.units["police"].id, note="请疏导交通")
    order = actions.issue(
        said=OrderSaid(matter.number, "leader", 2, "今日内完成并报告"), actor=cast.actor("sun"), at=MONDAY
    )  # fmt: skip
    owned = actions.name_owner(
        matter_number=matter.number, owner_id=cast.people["tan"].id, reason="多次反映", actor=cast.actor("sun"), at=MONDAY
    )  # fmt: skip
    do(cast, matter, "answer", who="pol", note="交警已到场")
    actions.reply(order_id=order.pk, text="已更换井盖", actor=cast.actor("bo"), at=MONDAY)
    do(cast, matter, "hand_in")
    do(cast, matter, "pass_check")
    actions.accept(order_id=order.pk, actor=cast.actor("sun"), at=MONDAY)
    actions.settle(
        owned_id=owned.pk, settlement="removed", evidence=EVIDENCE, files=[a_photo(cast.actor("tan"))],
        actor=cast.actor("tan"), at=MONDAY,
    )  # fmt: skip
    closed = do(cast, matter, "close")

    assert (closed.state, closed.supervised) == ("closed", 0)
    assert register.verify_file(closed.id) is None
    moves = [line.move for line in reversed(register.timeline(Matter.objects.get(pk=closed.pk)))]
    assert moves == [
        "report", "verify", "register", "ask_transfer", "refuse_transfer", "dispatch", "object", "reject_objection",
        "invite", "supervise", "answer", "hand_in", "pass_check", "end_supervision", "note", "close",
    ]  # fmt: skip
