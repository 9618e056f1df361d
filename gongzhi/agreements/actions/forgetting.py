"""When the time of keeping is over: words and hands of the sides go, sums, days and hashes stay for the figures."""

from django.db import transaction

from gongzhi.agreements.models import Agreement, Due, Signature, SigningStep, Version


@transaction.atomic
def forget(*, matter_id: int) -> None:
    """Erase what names or quotes a side in the agreement of a dispute. Safe to repeat."""
    SigningStep.objects.filter(agreement_id=matter_id).delete()
    Version.objects.filter(agreement_id=matter_id).update(terms="{}")
    Signature.objects.filter(agreement_id=matter_id).update(drawing="", declaration="")
    Due.objects.filter(agreement_id=matter_id).update(note="")
    Agreement.objects.filter(pk=matter_id).update(text="")
