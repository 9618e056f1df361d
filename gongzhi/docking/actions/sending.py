"""Messages to partners: written with the deed they tell of, sent afterwards, tried again until they arrive."""

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.docking import clients, queries, rules
from gongzhi.docking.capabilities import Can
from gongzhi.docking.events import MessageQueued
from gongzhi.docking.models import Docket, Message, Partner

SCHEMA = "gongzhi.docking/1"
MOST_AT_ONCE = 100
Post = Callable[..., clients.Answer]


def queue(docket: Docket, kind: str, values: Mapping[str, Any], *, at: datetime) -> Message | None:
    """Write a message in the same transaction as the deed; nothing for a partner that is reached on paper."""
    partner = Partner.objects.get(pk=docket.partner_id)
    if not partner.url or not partner.is_active:
        return None
    number = uuid.uuid4().hex
    body = {
        "schema": SCHEMA, "id": number, "kind": kind, "sent_at": at.isoformat(), "docket": f"D{docket.pk}",
        "case_number": docket.case_number, "data": dict(values),
    }  # fmt: skip
    message = Message.objects.create(
        partner=partner, docket=docket, is_incoming=False, message_id=number, kind=kind,
        body=json.dumps(body, ensure_ascii=False), state=Message.State.WAITING, at=at, try_at=at,
    )  # fmt: skip
    bus.publish(MessageQueued(message.pk, at))
    return message


def send_waiting(
    *, at: datetime, post: Post = clients.post, now: Callable[[], datetime] | None = None
) -> int:
    """
    Send what is due; return how many arrived.

    `now` tells the moment each is signed with: partners who do not answer make those behind them wait longer
    than a signature holds.
    """
    due = Message.objects.filter(state=Message.State.WAITING, try_at__lte=at).order_by("id")
    ids = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(send(message_id=number, at=now() if now else at, post=post) for number in ids)


def send(*, message_id: int, at: datetime, post: Post = clients.post) -> bool:
    """
    Send one message that waits. The next try is written down before this one: a process that dies sends again.

    The partner knows the id of a message, so a second arrival changes nothing there.
    """
    message = _claimed(message_id, at)
    if message is None:
        return False
    body = message.body.encode()
    signed = rules.header(message.partner.key, moment=int(at.timestamp()), body=body)
    answer = post(url=message.partner.url, body=body, signature=signed)
    if answer.is_taken:
        message.state, message.done_at, message.try_at = Message.State.SENT, at, None
    elif answer.is_final or message.try_at is None:
        message.state, message.try_at = Message.State.FAILED, None
    message.answer = answer.sentence[:300]
    message.save(update_fields=["state", "done_at", "try_at", "answer"])
    return answer.is_taken


@transaction.atomic
def _claimed(message_id: int, at: datetime) -> Message | None:
    waiting = Message.objects.select_related("partner").filter(
        pk=message_id, state=Message.State.WAITING, try_at__lte=at
    )
    message = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if message is not None:
        message.tries += 1
        message.try_at = rules.next_try(message.tries, at=at)
        message.save(update_fields=["tries", "try_at"])
    return message


@transaction.atomic
def send_again(*, message_id: int, actor: Actor, at: datetime) -> Message:
    """Let a message that could not be delivered wait once more."""
    message = queries.visible_messages(actor, Can.RECORD).filter(pk=message_id).first()
    if message is None:
        raise OutOfReach
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != Message.State.FAILED:
        raise Refused(_("Only a message that was not delivered can be sent again."))
    message.state, message.tries, message.try_at = Message.State.WAITING, 0, at
    message.save(update_fields=["state", "tries", "try_at"])
    audit.record(actor=actor, verb="docking.send_again", subject=f"message:{message_id}", at=at)
    bus.publish(MessageQueued(message.pk, at))
    return message
