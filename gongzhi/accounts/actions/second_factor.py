"""The second factor: enrolling a telephone, checking its codes, recovery codes, starting over."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongzhi.accounts.actions.passwords import LETTERS
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import RecoveryCode, Session, User
from gongzhi.accounts.queries.sign_in import actor_for, digest_of
from gongzhi.accounts.rules import needs_second_factor
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused

RECOVERY_CODES = 10


@dataclass(frozen=True)
class Enrolment:
    address: str  # otpauth:// for the QR code
    secret: str  # the same, for typing


@transaction.atomic
def begin_enrolment(*, actor: Actor) -> Enrolment:
    """Return the secret to be taken over by the telephone: the same one until it is confirmed."""
    user = User.objects.select_for_update().get(pk=actor.id)
    if user.second_factor_at:
        raise Refused(_("You already sign in with a second factor."))
    device, _is_new = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": settings.CITY}
    )
    secret = device.config_url.split("secret=")[1].split("&")[0]
    return Enrolment(address=device.config_url, secret=secret)


@transaction.atomic
def confirm_enrolment(*, code: str, session_key: str, actor: Actor, at: datetime) -> list[str]:
    """Switch the second factor on once a first code fits; return the recovery codes, shown once."""
    user = User.objects.select_for_update().get(pk=actor.id)
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    if user.second_factor_at or device is None:
        raise Refused(_("Begin the enrolment again."))
    if not _fits(device, code):
        raise Invalid({"code": _("This code does not fit. Check the clock of your telephone.")})
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    User.objects.filter(pk=user.pk).update(second_factor_at=at)
    Session.objects.filter(user=user).exclude(digest=digest_of(session_key)).delete()
    audit.record(actor=actor, verb="enrol_second_factor", subject=f"user:{user.pk}", at=at)
    return _new_recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(*, password: str, actor: Actor, at: datetime) -> list[str]:
    user = _with_password(actor, password)
    if not user.second_factor_at:
        raise Refused(_("You do not sign in with a second factor."))
    audit.record(actor=actor, verb="renew_recovery_codes", subject=f"user:{user.pk}", at=at)
    return _new_recovery_codes(user)


@transaction.atomic
def remove_second_factor(*, password: str, actor: Actor, at: datetime) -> None:
    """Go back to the password alone, where no role asks for more."""
    user = _with_password(actor, password)
    held = {grant.role for grant in actor_for(user.pk, at).grants}
    if needs_second_factor(held):
        raise Refused(_("Your role requires a second factor."))
    _remove(user)
    audit.record(actor=actor, verb="remove_second_factor", subject=f"user:{user.pk}", at=at)


@transaction.atomic
def reset_second_factor(*, user_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """Let somebody enrol anew who lost telephone and recovery codes. Passwords are another's office."""
    if not actor.can(Can.SECURE):
        raise OutOfReach
    if len(reason.strip()) < 2:
        raise Refused(_("Say why the second factor is reset; the reason is kept."))
    user = User.objects.select_for_update().get(pk=user_id)
    if user.pk == actor.id:
        raise Refused(_("Another security administrator must reset yours."))
    _remove(user)
    Session.objects.filter(user=user).delete()
    audit.record(
        actor=actor,
        verb="reset_second_factor",
        subject=f"user:{user.pk}",
        at=at,
        reason=reason.strip(),
    )


def check_second_factor(*, user_id: int, code: str, at: datetime) -> None:
    """Accept a code of the telephone, or a recovery code once; Invalid says when to try again."""
    problem = _problem_with(user_id, "".join(code.split()), at)
    if problem:
        # Raised outside the transaction: the failed attempt must stay counted.
        raise Invalid({"code": problem})


@transaction.atomic
def _problem_with(user_id: int, code: str, at: datetime) -> str:
    device = TOTPDevice.objects.select_for_update().filter(user=user_id, confirmed=True).first()
    if device is None:
        return _("The second factor was reset: sign in again.")
    is_allowed, why = device.verify_is_allowed()
    if not is_allowed:
        when = date_format(timezone.localtime(why["locked_until"]), "H:i:s")
        return _("Too many wrong codes. Try again at {time}.").format(time=when)
    if _fits(device, code) or _is_recovery_code(device, code, at):
        return ""
    return _("This code does not fit. Codes change every 30 seconds.")


def _fits(device: TOTPDevice, code: str) -> bool:
    code = "".join(code.split())
    return code.isascii() and code.isdecimal() and len(code) == 6 and device.verify_token(code)


def _is_recovery_code(device: TOTPDevice, code: str, at: datetime) -> bool:
    if code.isdecimal():
        return False
    unused = RecoveryCode.objects.filter(user=device.user_id, used_at=None)
    if unused.filter(digest=_digest(code)).update(used_at=at):
        device.throttle_reset()
        return True
    device.throttle_increment()
    return False


def _new_recovery_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [
        "-".join("".join(secrets.choice(LETTERS) for _i in range(5)) for _j in range(2))
        for _n in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_digest(code)) for code in codes
    )
    return codes


def _digest(code: str) -> str:
    plain = code.lower().replace("-", "")
    return salted_hmac("accounts.recovery", plain, algorithm="sha256").hexdigest()


def _with_password(actor: Actor, password: str) -> User:
    user = User.objects.select_for_update().get(pk=actor.id)
    if not user.check_password(password):
        raise Invalid({"password": _("This is not your present password.")})
    return user


def _remove(user: User) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(second_factor_at=None)
