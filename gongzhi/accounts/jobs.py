"""Background work of this module."""

from django.utils import timezone

from gongzhi.accounts import actions


def clear_sessions(**_ignored: object) -> None:
    """Remove sessions that are over."""
    actions.clear_sessions(at=timezone.now())
