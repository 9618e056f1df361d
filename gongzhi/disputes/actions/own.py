"""A party takes what is kept about it, and a file whose time is over forgets its people."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import ANONYMOUS, Actor, system
from gongzhi.disputes import queries
from gongzhi.disputes.events import PartiesForgotten
from gongzhi.disputes.models import Consent, Dispute, FileAccess, Party

A_NIGHT = 2000  # files forgotten in one run: the next night takes the rest


@transaction.atomic
def take_own_data(*, number: str, code: str, at: datetime) -> dict[str, object]:
    """Return everything kept about the party whose code this is; that it was taken is in the trail."""
    party = queries.party_of_code(number, code)
    subject = f"matter:{party.dispute_id}"
    audit.record(actor=ANONYMOUS, verb="disputes.take_own", subject=subject, at=at, detail={"party": party.seq})  # fmt: skip
    return queries.own_data(party)


def forget_old(*, at: datetime) -> int:
    """
    Erase names and words of files that were kept as long as their class says; return how many.

    What the register and the figures need stays: kind, place, days, outcome. Nobody is left in it.
    """
    due = queries.kept_long_enough(on=timezone.localdate(at))[:A_NIGHT]
    actor = system("retention")
    for matter_id in due:
        _forget(matter_id, actor, at)
    return len(due)


@transaction.atomic
def _forget(matter_id: int, actor: Actor, at: datetime) -> None:
    nobody = dict.fromkeys(("id_number", "phone", "email", "address", "legal_person"), "")
    Party.objects.filter(dispute_id=matter_id).update(
        **nobody, name="—", id_index="", sex="", birth_year=None, occupation="", needs=[]
    )
    Consent.objects.filter(party__dispute_id=matter_id).update(words="", about="")
    FileAccess.objects.filter(dispute_id=matter_id).update(reason="")
    Dispute.objects.filter(pk=matter_id).update(
        story="", wish="", answers={}, forgotten_on=timezone.localdate(at)
    )
    audit.record(actor=actor, verb="disputes.forget", subject=f"matter:{matter_id}", at=at)
    bus.publish(PartiesForgotten(matter_id, at))
