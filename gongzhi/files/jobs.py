"""Nightly and hourly housekeeping of files."""

from django.utils import timezone

from gongzhi.files import actions


def remove_unclaimed(**_ignored: object) -> None:
    actions.remove_unclaimed(at=timezone.now())


def forget_parts(**_ignored: object) -> None:
    actions.forget_parts(at=timezone.now())
