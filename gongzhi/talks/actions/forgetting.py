"""The time of keeping is over: what was said is erased, what was done keeps its day."""

from datetime import datetime

from django.db import transaction

from gongzhi.files import actions as files
from gongzhi.talks.models import (
    Answer,
    Attempt,
    CaucusNote,
    Invitation,
    Invitee,
    Message,
    MessageFile,
    Minutes,
    Offer,
    PhoneCare,
    SafetyPlan,
    Sitting,
    UndisputedFact,
)


@transaction.atomic
def forget(*, matter_id: int, at: datetime) -> None:
    """Erase the words of a dispute whose parties were forgotten; safe to repeat."""
    of = {"dispute_id": matter_id}
    Attempt.objects.filter(**of).update(note="", made_by_name="")
    Answer.objects.filter(**of).update(words="", reply="")
    Invitation.objects.filter(party__dispute_id=matter_id, revoked_at=None).update(revoked_at=at)
    PhoneCare.objects.filter(party__dispute_id=matter_id).delete()
    hung = MessageFile.objects.filter(message__room__dispute_id=matter_id)
    ids = list(hung.values_list("file_id", flat=True))
    hung.delete()
    files.remove(ids=ids)
    Message.objects.filter(room__dispute_id=matter_id).update(text="")
    CaucusNote.objects.filter(**of).delete()
    Offer.objects.filter(**of).update(terms="[]", words="")
    Invitee.objects.filter(sitting__dispute_id=matter_id).update(name="—")
    Minutes.objects.filter(sitting__dispute_id=matter_id).update(present="—", facts="", course="", wording="")  # fmt: skip
    UndisputedFact.objects.filter(**of).update(text="—")
    Sitting.objects.filter(**of).update(ended_for="", link="")
    SafetyPlan.objects.filter(**of).update(note="", closed_for="")
