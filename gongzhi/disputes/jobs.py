"""Nightly housekeeping of disputes."""

from django.utils import timezone

from gongzhi.disputes import actions


def forget_old(**_ignored: object) -> None:
    at = timezone.now()
    actions.forget_old(at=at)
    actions.destroy_sealed(at=at)


def mend_copies(**_ignored: object) -> None:
    actions.mend_copies()
