"""Substitution during absence: asked by the absent person, approved by their lead."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongzhi.accounts import rules
from gongzhi.accounts.actions.postings import ensure_separate_offices
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Posting, Substitution, User
from gongzhi.accounts.queries.people import substitutions_to_decide
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused


@transaction.atomic
def ask_for_substitute(
    *,
    absent_id: int,
    substitute_id: int,
    starts_on: date,
    ends_on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Name a substitute for oneself, or, as lead or administrator, for somebody in one's reach."""
    is_lead = _may_decide_for(absent_id, actor)
    if actor.id != absent_id and not is_lead:
        raise OutOfReach
    _check(absent_id, substitute_id, starts_on, ends_on, reason)
    try:
        with transaction.atomic():
            row = Substitution.objects.create(
                absent_id=absent_id,
                substitute_id=substitute_id,
                starts_on=starts_on,
                ends_on=ends_on,
                reason=reason.strip(),
                asked_by=actor.id,
                asked_at=at,
            )
    except IntegrityError as clash:
        raise Refused(
            _("In these days one of the two already stands in for somebody or has a substitute.")
        ) from clash
    _record("ask_for_substitute", row, actor, at)
    if is_lead and actor.id not in {absent_id, substitute_id}:
        _approve(row, actor, at)
    return row.pk


def _check(absent_id: int, substitute_id: int, starts_on: date, ends_on: date, reason: str) -> None:
    if absent_id == substitute_id:
        raise Invalid({"substitute": _("Choose somebody else.")})
    if ends_on < starts_on:
        raise Invalid({"ends_on": _("The last day is before the first.")})
    if (ends_on - starts_on).days > 366:
        raise Invalid({"ends_on": _("At most a year: for longer, change the posting.")})
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Give the reason.")})
    if not User.objects.filter(pk=substitute_id, is_active=True).exists():
        raise Invalid({"substitute": _("There is no such person.")})
    offices = Posting.objects.filter(user=absent_id, role__in=rules.ADMINISTRATORS)
    for office in offices.values_list("role", flat=True):
        ensure_separate_offices(substitute_id, office, starts_on, ends_on)


@transaction.atomic
def approve_substitute(*, substitution_id: int, actor: Actor, at: datetime) -> None:
    row = substitutions_to_decide(actor).select_for_update(of=("self",)).get(pk=substitution_id)
    if row.approved_at:
        raise Refused(_("This substitution is already approved."))
    if actor.id in {row.absent_id, row.substitute_id}:
        raise Refused(_("Somebody who is neither absent nor substitute must approve it."))
    _check(row.absent_id, row.substitute_id, row.starts_on, row.ends_on, row.reason)
    _approve(row, actor, at)


@transaction.atomic
def end_substitution(*, substitution_id: int, on: date, actor: Actor, at: datetime) -> None:
    """Withdraw what has not begun; let what is under way end with a day."""
    row = (
        Substitution.objects.select_for_update(of=("self",))
        .filter(pk=substitution_id)
        .select_related("absent", "substitute")
        .get()
    )
    if row.absent_id != actor.id and not _may_decide_for(row.absent_id, actor):
        raise OutOfReach
    if row.ends_on < on:
        raise Refused(_("This substitution has already ended."))
    if row.approved_at is None or on < row.starts_on:
        _record("withdraw_substitute", row, actor, at)
        row.delete()
        return
    row.ends_on = on
    row.save(update_fields=["ends_on"])
    _record("end_substitution", row, actor, at)


def _may_decide_for(absent_id: int, actor: Actor) -> bool:
    postings = Posting.objects.within_reach_of(actor, Can.APPROVE_SUBSTITUTION)
    return postings.filter(user=absent_id).exists()


def _approve(row: Substitution, actor: Actor, at: datetime) -> None:
    Substitution.objects.filter(pk=row.pk).update(approved_by=actor.id, approved_at=at)
    _record("approve_substitute", row, actor, at)


def _record(verb: str, row: Substitution, actor: Actor, at: datetime) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject=f"user:{row.absent_id}",
        at=at,
        reason=row.reason,
        detail={
            "substitute": row.substitute_id,
            "from": row.starts_on.isoformat(),
            "to": row.ends_on.isoformat(),
        },
    )
