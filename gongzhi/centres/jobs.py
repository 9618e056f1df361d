"""Looks every minute whether a partner that was called in has not answered in time."""

from django.utils import timezone

from gongzhi.centres import actions


def note_late(**_ignored: object) -> None:
    actions.note_late(at=timezone.now())
