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
from gongzhi.matters import actions as matters
from gongzhi.matters import queries as standing

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
def forget_scans(*, matter_id: int, at: datetime) -> None:
    """Delete or seal the files of a dispute whose people were forgotten, as its class of keeping says. Safe to repeat."""
    if queries.deletes_scans(queries.dispute(matter_id).retention):
        _delete(matter_id, at)
    elif count := matters.seal_files(matter_id=matter_id, at=at):
        audit.record(actor=system("retention"), verb="disputes.seal_scans", subject=f"matter:{matter_id}", at=at, detail={"files": count})  # fmt: skip


def _delete(matter_id: int, at: datetime) -> None:
    """Delete the files; the trail keeps their hashes: the list of what was destroyed, from which nobody reads a file."""
    if hashes := matters.forget_files(matter_id=matter_id):
        audit.record(actor=system("retention"), verb="disputes.delete_scans", subject=f"matter:{matter_id}", at=at, detail={"sha256": hashes})  # fmt: skip


def destroy_sealed(*, at: datetime) -> int:
    """
    Delete what was sealed once its class says so; return how many disputes it was of.

    The archive has looked at a class and decided: the decision is a word in the table of classes.
    """
    sealed = standing.sealed_matters(most=A_NIGHT)
    rows = Dispute.objects.filter(pk__in=sealed, forgotten_on__isnull=False)
    due = [pk for pk, code in rows.values_list("pk", "retention") if queries.deletes_scans(code)]
    for matter_id in due:
        with transaction.atomic():
            _delete(matter_id, at)
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
