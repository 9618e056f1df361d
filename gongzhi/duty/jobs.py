"""Looks every minute whether an instruction has become overdue somewhere."""

from django.utils import timezone

from gongzhi.duty import actions


def note_delays(**_ignored: object) -> None:
    actions.note_late(at=timezone.now())
