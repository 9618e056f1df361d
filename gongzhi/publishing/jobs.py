"""Nightly work of publishing."""

from django.utils import timezone

from gongzhi.publishing import actions


def count_figures(**_ignored: object) -> None:
    actions.count_figures(at=timezone.now())
