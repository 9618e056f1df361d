"""Forgets: what the doors remember is of use for days, not for years."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from gongzhi.guard.models import Appeal, Block, Measure, Sending, UsedProof


def forget(*, at: datetime) -> int:
    """Remove what is too old to be of use; of blocks that ended, the key. Return how much was removed."""
    long_ago = at - timedelta(days=settings.GUARD_KEEP_DAYS)
    removed = 0
    for old in (
        Measure.objects.filter(at__lt=at - timedelta(days=1)),
        Sending.objects.filter(at__lt=long_ago),
        UsedProof.objects.filter(at__lt=at - timedelta(days=1)),
    ):
        removed += old.delete()[0]
    Appeal.objects.filter(answered_at__lt=long_ago).exclude(contact="").update(contact="")
    ended = Block.objects.exclude(key="").filter(Q(until__lt=long_ago) | Q(lifted_at__lt=long_ago))
    return removed + ended.update(key="")
