"""Senders, reports they sent, and blocks."""

from datetime import UTC, datetime

from gongzhi.base.actor import Actor, Grant
from gongzhi.guard import actions
from gongzhi.guard.capabilities import Can
from gongzhi.guard.queries import Sender, address_key

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
NUMBER = "26-0001-8427-7"
SENDER = Sender(device="d" * 64, address=address_key("10.1.2.3"))
SEC = Actor(7, "Sun", (Grant(frozenset({Can.MANAGE})),))
OTHER = Actor(8, "Wen", (Grant(frozenset({Can.MANAGE})),))
NOBODY = Actor(9, "Li")


def a_report_sent(sender=SENDER, *, number=NUMBER, at=NOON):
    actions.note_sent(number=number, device=sender.device, address=sender.address, at=at)


def a_block(key=SENDER.device, *, days=5, reason="flood", actor=SEC, at=NOON):
    a_report_sent(at=at)
    return actions.block(
        number=NUMBER, key=key, reason_code=reason, days=days, note="同一内容连发三十次", actor=actor, at=at
    )  # fmt: skip
