"""Background entry points of clocks."""

from django.utils import timezone

from gongzhi.clocks import actions


def tick(**_ignored: object) -> None:
    actions.tick(at=timezone.now())
