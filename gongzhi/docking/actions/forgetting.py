"""When the time of keeping is over: what names or quotes a side goes, numbers, steps and days stay."""

from django.db import transaction

from gongzhi.docking.models import Complaint, Docket, Message, Stage


@transaction.atomic
def forget(*, matter_id: int) -> None:
    """Erase what messages, results and complaints of a dispute say. Safe to repeat."""
    dockets = Docket.objects.filter(matter_id=matter_id)
    ids = list(dockets.values_list("pk", flat=True))
    Message.objects.filter(docket__in=ids).update(body="{}")
    Stage.objects.filter(docket__in=ids).update(note="")
    Complaint.objects.filter(docket__in=ids).update(text="")
    dockets.update(result="", facts="")
