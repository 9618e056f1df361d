"""What the sides say and sign: their will, the notice of rights; and who opens the file with their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.disputes import queries
from gongzhi.disputes.models import Consent, FileAccess, Party, RightsNotice

LONGEST_WORDS = 300


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
    party = _party(party_id)
    if subject not in Consent.Subject.values:
        raise Invalid({"subject": _("Choose what the answer is about.")})
    row = Consent.objects.create(
        party=party, subject=subject, about=about[:200], answer=answer, how=how[:20], at=at, by=actor.id,
        words=words[:LONGEST_WORDS], file_token=file_token,
    )  # fmt: skip
    audit.record(actor=actor, verb="disputes.consent", subject=f"matter:{party.dispute_id}", at=at)
    return row


@transaction.atomic
def sign_notice(
    *, party_id: int, version: str, how: str, actor: Actor, at: datetime, file_token: str = ""
) -> RightsNotice:
    """The notice of rights and duties was read and signed; signing twice changes nothing."""
    party = _party(party_id)
    row, _is_new = RightsNotice.objects.get_or_create(
        party=party, version=version, defaults={"shown_at": at}
    )
    if row.signed_at is None:
        row.signed_at, row.how, row.file_token = at, how, file_token
        row.save(update_fields=["signed_at", "how", "file_token"])
        audit.record(actor=actor, verb="disputes.notice", subject=f"matter:{party.dispute_id}", at=at)  # fmt: skip
    return row


def _party(party_id: int) -> Party:
    party = Party.objects.filter(pk=party_id).select_related("dispute__matter").first()
    if party is None:
        raise Invalid({"party": _("This is no party of the dispute.")})
    return party


@dataclass(frozen=True)
class Said:
    """What one side answered, and whether it signed the notice of rights; None: nothing new."""

    party_id: int
    answer: bool | None = None
    has_signed: bool = False


@transaction.atomic
def record_answers(
    *,
    matter_id: int,
    said: Sequence[Said],
    subject: str,
    how: str,
    actor: Actor,
    at: datetime,
    words: str = "",
) -> int:
    """
    Keep what several sides said at one table, all or nothing; return how many answers and signatures.

    Raises Invalid when nothing was said; OutOfReach for whoever may not read the file, or only read it.
    """
    queries.dispute_within_reach(matter_id, actor)
    if not (queries.may_read(actor, matter_id, at) and queries.may_write(actor, matter_id)):
        raise OutOfReach
    version = queries.rights_notice(on=timezone.localdate(at)).version
    sides = {party.pk for party in queries.parties(matter_id)}
    kept = 0
    for one in said:
        if one.party_id not in sides:
            raise Invalid({"party": _("This is no party of the dispute.")})
        if one.answer is not None:
            record_consent(party_id=one.party_id, subject=subject, answer=one.answer, how=how, actor=actor, at=at, words=words)  # fmt: skip
            kept += 1
        if one.has_signed:
            sign_notice(party_id=one.party_id, version=version, how=how, actor=actor, at=at)
            kept += 1
    if not kept:
        raise Invalid({"": _("Say what at least one side answered or signed.")})
    return kept


@transaction.atomic
def open_file(*, matter_id: int, actor: Actor, at: datetime, reason: str = "") -> list[Party]:
    """
    Return the sides with their full names; every opening is in the trail.

    Whoever the file is not assigned to says why, if their office lets them at all; then it stays open to
    them for the hours the rules give. Raises OutOfReach without a reason, and where none would do.
    """
    if queries.is_assigned(actor, matter_id):
        audit.record_view(actor=actor, subject=f"matter:{matter_id}", reason=reason or "assigned", at=at)  # fmt: skip
        return queries.parties(matter_id)
    row = queries.dispute_within_reach(matter_id, actor)
    if not reason and (given := queries.access_reason(actor, matter_id, at)):
        audit.record_view(actor=actor, subject=f"matter:{matter_id}", reason=given, at=at)
        return queries.parties(matter_id)
    if not (reason.strip() and queries.may_open(actor, row)):
        raise OutOfReach
    audit.record_view(actor=actor, subject=f"matter:{matter_id}", reason=reason, at=at)
    hours = queries.norm("access.hours", on=timezone.localdate(at))
    FileAccess.objects.create(
        dispute=row, user_id=actor.id, reason=reason[:LONGEST_WORDS], opened_at=at, until=at + timedelta(hours=hours)
    )  # fmt: skip
    return queries.parties(matter_id)
