"""Passwords: changing one's own, and giving a one-time password to somebody who has none."""

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.accounts.models import OldPassword, Session, User
from gongzhi.accounts.queries.people import visible_people
from gongzhi.accounts.queries.sign_in import digest_of
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another


def one_time_password() -> str:
    """Return a random password that can be read out on the telephone: 60 bits in three groups."""
    return "-".join("".join(secrets.choice(LETTERS) for _i in range(4)) for _j in range(3))


@transaction.atomic
def change_password(
    *, current: str, new: str, session_key: str, actor: Actor, at: datetime
) -> None:
    """Take a new password and end the person's other sessions."""
    user = User.objects.select_for_update().get(pk=actor.id)
    if not user.check_password(current):
        raise Invalid({"current": _("This is not your present password.")})
    _check(user, new)
    _keep_old(user, at)
    user.set_password(new)
    user.must_change_password = False
    user.password_changed_at = at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    Session.objects.filter(user=user).exclude(digest=digest_of(session_key)).delete()
    audit.record(actor=actor, verb="change_password", subject=f"user:{user.pk}", at=at)


def _check(user: User, new: str) -> None:
    try:
        validate_password(new, user)
    except ValidationError as found:
        raise Invalid({"new": " ".join(found.messages)}) from found
    earlier = OldPassword.objects.filter(user=user).order_by("-at", "-id")
    recent = earlier.values_list("password", flat=True)[: settings.PASSWORD_HISTORY]
    if any(check_password(new, old) for old in [user.password, *recent]):
        raise Invalid(
            {
                "new": _(
                    "You have used this password before; the last {count} may not come back."
                ).format(count=settings.PASSWORD_HISTORY)
            }
        )


def _keep_old(user: User, at: datetime) -> None:
    if not user.has_usable_password():
        return
    OldPassword.objects.create(user=user, password=user.password, at=at)
    earlier = OldPassword.objects.filter(user=user).order_by("-at", "-id")
    kept = earlier.values("pk")[: settings.PASSWORD_HISTORY]
    OldPassword.objects.filter(user=user).exclude(
        pk__in=list(kept.values_list("pk", flat=True))
    ).delete()


@transaction.atomic
def reset_password(*, user_id: int, actor: Actor, at: datetime) -> str:
    """Give somebody a one-time password, returned once; all their sessions end."""
    user = visible_people(actor).select_for_update(of=("self",)).get(pk=user_id)
    if user.pk == actor.id:
        raise Refused(_("Change your own password on your own page."))
    _keep_old(user, at)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.password_changed_at = at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    Session.objects.filter(user=user).delete()
    audit.record(actor=actor, verb="reset_password", subject=f"user:{user.pk}", at=at)
    return password
