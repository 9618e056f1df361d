"""What the worker does for the doors."""

from django.utils import timezone

from gongzhi.guard import actions


def forget(**_ignored: object) -> None:
    actions.forget(at=timezone.now())
