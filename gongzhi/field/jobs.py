"""Housekeeping of what handsets sent."""

from django.utils import timezone

from gongzhi.field import actions


def forget_old(**_ignored: object) -> None:
    actions.forget_old(at=timezone.now())
