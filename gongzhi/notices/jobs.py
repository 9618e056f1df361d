"""Background work of notices."""

from datetime import timedelta

from django.utils import timezone

from gongzhi.notices import actions

FORGOTTEN = timedelta(minutes=30)


def deliver(delivery_id: int, **_ignored: object) -> None:
    actions.deliver(delivery_id=delivery_id, at=timezone.now())


def pick_up_forgotten(**_ignored: object) -> None:
    now = timezone.now()
    actions.pick_up_forgotten(at=now, older_than=now - FORGOTTEN)
