"""Nightly housekeeping of allowances."""

from django.utils import timezone

from gongzhi.allowances import actions


def end_publicity(**_ignored: object) -> None:
    actions.end_publicity(at=timezone.now())
