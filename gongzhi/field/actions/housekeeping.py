"""What is kept for a time and then removed."""

from datetime import datetime, timedelta

from django.conf import settings

from gongzhi.field.models import Operation, QuickMediation


def forget_old(*, at: datetime) -> int:
    """
    Remove contents that nobody decided on in time, and receipts no handset can ask for any more.

    A record older than the receipts are kept is refused (see `taking`), so nothing is ever done twice.
    """
    undecided = Operation.objects.filter(
        received_at__lt=at - timedelta(days=settings.FIELD_KEEP_DAYS)
    ).exclude(content="")
    count = undecided.update(content="")
    old = Operation.objects.filter(received_at__lt=at - timedelta(days=settings.FIELD_RECEIPT_DAYS))
    QuickMediation.objects.filter(operation__in=old).update(operation=None)
    removed, _by_model = old.delete()
    return count + removed
