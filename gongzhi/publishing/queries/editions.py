"""How new the public pages are: one row, asked by everything that keeps an answer."""

from datetime import datetime

from gongzhi.publishing.models import Edition

ONLY = 1


def edition() -> int:
    """Return the number that rises with every change the public can see; one look at one row."""
    return Edition.objects.filter(pk=ONLY).values_list("number", flat=True).first() or 0


def changed_at() -> datetime | None:
    return Edition.objects.filter(pk=ONLY).values_list("changed_at", flat=True).first()
