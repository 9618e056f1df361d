"""Nightly housekeeping of disputes."""

from django.utils import timezone

from gongzhi.disputes import actions


def forget_old(**_ignored: object) -> None:
    actions.forget_old(at=timezone.now())


def mend_copies(**_ignored: object) -> None:
    actions.mend_copies()
