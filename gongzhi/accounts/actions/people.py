"""People who sign in: adding them, keeping their details, closing their accounts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.accounts.actions.passwords import one_time_password
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Session, User
from gongzhi.accounts.queries.people import visible_people
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused


@transaction.atomic
def add_person(
    *, username: str, name: str, phone: str = "", email: str = "", actor: Actor, at: datetime
) -> tuple[int, str]:
    """Open an account; return its id and the one-time password, which is shown once."""
    if not actor.can(Can.EMPLOY):
        raise OutOfReach
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        raise Invalid({"username": _("Another person has this user name.")})
    password = one_time_password()
    user = User(
        username=username,
        name=name,
        phone=phone,
        email=email,
        must_change_password=True,
        password_changed_at=at,
    )
    user.set_password(password)
    user.save()
    audit.record(actor=actor, verb="add_person", subject=f"user:{user.pk}", at=at)
    return user.pk, password


@transaction.atomic
def change_person(
    *, user_id: int, name: str, phone: str, email: str, actor: Actor, at: datetime
) -> None:
    """Correct details. An empty telephone leaves the old one: the form shows it masked."""
    user = visible_people(actor).select_for_update(of=("self",)).get(pk=user_id)
    changed = [
        field for field, new in (("name", name), ("email", email)) if getattr(user, field) != new
    ]
    user.name, user.email = name, email
    if phone:
        user.phone = phone
        changed.append("phone")
    user.save(update_fields=["name", "phone", "email"])
    # Which fields, not their content: the trail is no second register.
    audit.record(
        actor=actor,
        verb="change_person",
        subject=f"user:{user.pk}",
        at=at,
        detail={"fields": changed},
    )


@transaction.atomic
def close_account(*, user_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """Shut somebody out at once; what they did stays theirs."""
    user = visible_people(actor).select_for_update(of=("self",)).get(pk=user_id)
    if user.pk == actor.id:
        raise Refused(_("You cannot close your own account."))
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Say why the account is closed.")})
    user.is_active = False
    user.save(update_fields=["is_active"])
    Session.objects.filter(user=user).delete()
    audit.record(
        actor=actor,
        verb="close_account",
        subject=f"user:{user.pk}",
        at=at,
        reason=reason.strip(),
    )


@transaction.atomic
def reopen_account(*, user_id: int, actor: Actor, at: datetime) -> None:
    user = visible_people(actor).select_for_update(of=("self",)).get(pk=user_id)
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(actor=actor, verb="reopen_account", subject=f"user:{user.pk}", at=at)


def open_contact(*, user_id: int, reason: str, actor: Actor, at: datetime) -> tuple[str, str]:
    """Show a person's telephone and e-mail in full; who looked and why is kept."""
    user = visible_people(actor).get(pk=user_id)
    audit.record_view(actor=actor, subject=f"user:{user.pk}", reason=reason, at=at)
    return user.phone, user.email


def keep_language(*, language: str, actor: Actor) -> None:
    """Remember the language somebody reads, on every device they sign in from."""
    User.objects.filter(pk=actor.id).update(language=language)
