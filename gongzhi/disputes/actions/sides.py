"""What the sides say and sign: their will, the notice of rights, changes of their own data."""

from datetime import datetime

from django.db import transaction

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.disputes import queries
from gongzhi.disputes.models import Consent, Party, RightsNotice


@transaction.atomic
def record_consent(
    *,
    party_id: int,
    subject: str,
    answer: bool,
    how: str,
    actor: Actor,
    at: datetime,
    about: str = "",
    words: str = "",
    file_token: str = "",
) -> Consent:
    """Keep what a side agreed to or refused; the newest answer to a subject counts."""
    party = Party.objects.get(pk=party_id)
    row = Consent.objects.create(
        party=party, subject=subject, about=about, answer=answer, how=how, at=at, by=actor.id,
        words=words[:300], file_token=file_token,
    )  # fmt: skip
    audit.record(actor=actor, verb="disputes.consent", subject=f"matter:{party.dispute_id}", at=at)
    return row


@transaction.atomic
def sign_notice(
    *, party_id: int, version: str, how: str, actor: Actor, at: datetime, file_token: str = ""
) -> RightsNotice:
    """The notice of rights and duties was read and signed; signing twice changes nothing."""
    party = Party.objects.get(pk=party_id)
    row, _is_new = RightsNotice.objects.get_or_create(
        party=party, version=version, defaults={"shown_at": at}
    )
    if row.signed_at is None:
        row.signed_at, row.how, row.file_token = at, how, file_token
        row.save(update_fields=["signed_at", "how", "file_token"])
        audit.record(actor=actor, verb="disputes.notice", subject=f"matter:{party.dispute_id}", at=at)  # fmt: skip
    return row


def open_file(*, matter_id: int, actor: Actor, at: datetime, reason: str = "") -> list[Party]:
    """
    Return the sides with their full names; the opening is in the trail.

    Somebody who is not assigned needs an access with a reason, given before (FileAccess).
    """
    is_assigned = queries.is_assigned(actor, matter_id)
    if not (is_assigned or queries.has_access(actor, matter_id, at)):
        raise OutOfReach
    audit.record_view(
        actor=actor, subject=f"matter:{matter_id}", reason=reason or "assigned", at=at
    )
    return queries.parties(matter_id)
