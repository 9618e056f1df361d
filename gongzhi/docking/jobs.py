"""Background entry points of docking."""

from django.utils import timezone

from gongzhi.docking import actions


def send_waiting(**_ignored: object) -> None:
    """Every minute: messages whose first try failed, or whose news was lost."""
    actions.send_waiting(at=timezone.now(), now=timezone.now)
