"""Background entry points of oversight."""

from django.utils import timezone

from gongzhi.oversight import actions


def watch(**_ignored: object) -> None:
    """Every ten minutes: orders from rules, replies, next steps and answers that are overdue."""
    actions.watch(at=timezone.now())
