"""Nightly housekeeping of rewards."""

from django.utils import timezone

from gongzhi.rewards import actions


def lapse_and_forget(**_ignored: object) -> None:
    at = timezone.now()
    actions.lapse(at=at)
    actions.forget(at=at)
