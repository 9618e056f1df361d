"""Background entry points of agreements."""

from django.utils import timezone

from gongzhi.agreements import actions


def remind(**_ignored: object) -> None:
    """Every morning: what is due soon, and what was not performed in time."""
    actions.remind(at=timezone.now())
