"""Postings: who is what, where, from when until when."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.accounts import rules
from gongzhi.accounts.actions.people import add_person
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Posting, Substitution, User
from gongzhi.accounts.queries.people import has_whole_city, visible_postings
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused


@transaction.atomic
def post(
    *,
    user_id: int,
    role: str,
    unit_id: int | None,
    area_path: str,
    starts_on: date,
    ends_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> int:
    """Give somebody a role in a unit and an area, inside the actor's own reach."""
    user = User.objects.select_for_update().get(pk=user_id)
    _check(user, role, unit_id, actor)
    if ends_on and ends_on < starts_on:
        raise Invalid({"ends_on": _("The last day is before the first.")})
    ensure_separate_offices(user.pk, role, starts_on, ends_on)
    try:
        with transaction.atomic():
            posting = Posting.objects.create(
                user=user,
                role=role,
                unit_id=unit_id,
                area_path=area_path,
                starts_on=starts_on,
                ends_on=ends_on,
            )
    except IntegrityError as clash:
        raise _offices_clash() from clash
    if not visible_postings(actor).filter(pk=posting.pk).exists():
        raise OutOfReach
    detail = {"role": role, "unit": unit_id, "area": area_path, "from": starts_on.isoformat()}
    audit.record(actor=actor, verb="post", subject=f"user:{user.pk}", at=at, detail=detail)
    return posting.pk


@transaction.atomic
def employ(
    *, person: dict[str, str], posting: dict[str, Any], actor: Actor, at: datetime
) -> tuple[int, str]:
    """Open an account with its first posting, so that nobody is outside everybody's reach."""
    user_id, password = add_person(actor=actor, at=at, **person)
    post(
        user_id=user_id,
        unit_id=posting["unit"],
        **{key: value for key, value in posting.items() if key != "unit"},
        actor=actor,
        at=at,
    )
    return user_id, password


def _check(user: User, role: str, unit_id: int | None, actor: Actor) -> None:
    if user.pk == actor.id:
        raise Refused(_("Nobody gives themself a role: ask another administrator."))
    if role not in rules.roles():
        raise Invalid({"role": _("There is no such role.")})
    if rules.is_bound_to_unit(role) and unit_id is None:
        raise Invalid({"unit": _("This role needs a unit.")})
    if role in rules.ADMINISTRATORS and not has_whole_city(actor, Can.EMPLOY):
        raise Refused(_("Only an administrator of the whole city appoints administrators."))


def ensure_separate_offices(user_id: int, role: str, starts_on: date, ends_on: date | None) -> None:
    """Refuse a second administrator's office, held oneself or through standing in for its holder."""
    if role not in rules.ADMINISTRATORS:
        return
    last = ends_on or date.max
    overlapping = Q(starts_on__lte=last) & (Q(ends_on=None) | Q(ends_on__gte=starts_on))
    stood_in_for = Substitution.objects.filter(overlapping, substitute=user_id).values("absent")
    held = set(
        Posting.objects.filter(overlapping, role__in=rules.ADMINISTRATORS)
        .filter(Q(user=user_id) | Q(user__in=stood_in_for))
        .values_list("role", flat=True)
    )
    if rules.clashing_offices(held | {role}):
        raise _offices_clash()


def _offices_clash() -> Refused:
    return Refused(
        _(
            "System, security and audit administration watch each other: one person holds only one of them."
        )
    )


@transaction.atomic
def end_posting(*, posting_id: int, on: date, actor: Actor, at: datetime) -> None:
    """Let a posting end with a day; one that has not begun yet is removed."""
    posting = visible_postings(actor).select_for_update(of=("self",)).get(pk=posting_id)
    if posting.user_id == actor.id:
        raise Refused(_("Nobody changes their own role: ask another administrator."))
    if posting.ends_on and posting.ends_on <= on:
        raise Refused(_("This posting has already ended."))
    if on < posting.starts_on:
        posting.delete()
    else:
        posting.ends_on = on
        posting.save(update_fields=["ends_on"])
    audit.record(
        actor=actor,
        verb="end_posting",
        subject=f"user:{posting.user_id}",
        at=at,
        detail={"role": posting.role, "unit": posting.unit_id, "on": on.isoformat()},
    )
