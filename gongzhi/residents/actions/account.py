"""The account itself: settings, the end of all sign-ins, deletion."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Invalid
from gongzhi.matters import actions as matters
from gongzhi.residents.models import OwnReport, Resident


def save_settings(
    *,
    resident: Resident,
    language: str,
    large_type: bool,
    by_sms: bool,
    by_email: bool,
    digest: bool,
    quiet_from: time,
    quiet_to: time,
    paused_until: date | None,
) -> None:
    if by_email and not resident.email:
        raise Invalid({"by_email": _("Confirm a mailbox first.")})
    values: dict[str, Any] = {
        "language": language, "large_type": large_type, "by_sms": by_sms, "by_email": by_email, "digest": digest,
        "quiet_from": quiet_from, "quiet_to": quiet_to, "paused_until": paused_until,
    }  # fmt: skip
    Resident.objects.filter(pk=resident.pk).update(**values)


def end_everywhere(*, resident: Resident, actor: Actor, at: datetime) -> None:
    """End every sign-in of the account, on every device."""
    Resident.objects.filter(pk=resident.pk).update(mark=F("mark") + 1)
    audit.record(
        actor=actor, verb="residents.end_everywhere", subject=f"resident:{resident.pk}", at=at
    )


def note_taken(*, resident: Resident, actor: Actor, at: datetime) -> None:
    """Write down that somebody took the account's data away."""
    audit.record(actor=actor, verb="residents.take_data", subject=f"resident:{resident.pk}", at=at)


@transaction.atomic
def delete_account(*, resident: Resident, forget_contact: bool, actor: Actor, at: datetime) -> int:
    """
    Delete the account with all that hangs on it; return how many reports lost its owner's contact.

    The files of the matters stay: what an office was asked and did is kept by law. Telephone and
    mailbox are taken out of them where the owner says so.
    """
    kept = OwnReport.objects.filter(resident=resident)
    count, forgotten = kept.count(), 0
    if forget_contact:
        # A report claimed by its code may carry somebody else's telephone: that one stays.
        ids = [
            one.reporter_id
            for one in kept.select_related("reporter")
            if one.how == OwnReport.How.SIGNED_IN or one.reporter.phone == resident.phone
        ]
        forgotten = matters.forget_contacts(reporters=ids, actor=actor, at=at)
    subject = f"resident:{resident.pk}"
    Resident.objects.filter(pk=resident.pk).delete()
    audit.record(
        actor=actor, verb="residents.delete_account", subject=subject, at=at,
        detail={"reports": count, "contacts": forgotten},
    )  # fmt: skip
    return forgotten


def delete_idle(*, at: datetime) -> int:
    """Delete accounts nobody has used for long; their reports keep the contact they were made with."""
    before = at - timedelta(days=settings.RESIDENT_IDLE_DAYS)
    idle = list(Resident.objects.filter(seen_at__lt=before).order_by("pk")[:500])
    clock = system("retention")
    for resident in idle:
        delete_account(resident=resident, forget_contact=False, actor=clock, at=at)
    return len(idle)
