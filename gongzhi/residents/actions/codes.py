"""
Codes by text message and letter: sent, tried, used once.

Whether an account exists is told to nobody who does not hold the telephone: a first code makes the
account, a later one opens it, and the words are the same.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.phones import is_mobile, plain_number
from gongzhi.base.secrets import blind_index
from gongzhi.notices import actions as notices
from gongzhi.residents import rules
from gongzhi.residents.models import Resident, SignInCode

Purpose = SignInCode.Purpose
TEMPLATES = {Purpose.SIGN_IN: "sign_in_code", Purpose.EMAIL: "email_code"}


@dataclass(frozen=True)
class Sent:
    ticket: str  # the device keeps it; the code opens only together with it
    code: str  # shown by the demonstration, which has no telephone; never by a real city


@transaction.atomic
def send_code(*, address: str, language: str, at: datetime, is_email: bool = False) -> Sent:
    """Send a code to a telephone, or to a mailbox; Refused when that was too often."""
    purpose = Purpose.EMAIL if is_email else Purpose.SIGN_IN
    address = address.strip() if is_email else plain_number(address)
    if not is_email and not is_mobile(address):
        raise Invalid({"phone": _("Write a mobile number of 11 digits.")})
    index = blind_index(address, purpose="email" if is_email else "phone")
    _wait_if_too_often(index, at)
    code = "".join(secrets.choice("0123456789") for _digit in range(rules.DIGITS))
    ticket = secrets.token_urlsafe(24)
    SignInCode.objects.create(
        ticket=ticket, purpose=purpose, address=address, address_index=index, code_hash=_hash(ticket, code),
        made_at=at, expires_at=at + timedelta(minutes=settings.CODE_MINUTES),
    )  # fmt: skip
    way = {"email": address} if is_email else {"phone": address}
    notices.tell_contact(
        template=TEMPLATES[purpose], values={"code": code, "minutes": settings.CODE_MINUTES},
        at=at, urgent=True, language=language, **way,
    )  # fmt: skip
    return Sent(ticket, code)


def _wait_if_too_often(index: str, at: datetime) -> None:
    with connection.cursor() as cursor:  # two requests at once are counted one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [index])
    lately = SignInCode.objects.filter(address_index=index, made_at__gt=at - rules.DAY)
    wait = rules.seconds_to_wait(
        list(lately.values_list("made_at", flat=True)), at=at, most_a_day=settings.CODES_A_DAY
    )
    if wait > 90:
        raise Refused(_("Too many codes were asked for. Please try again tomorrow."))
    if wait:
        words = _("A code was sent a moment ago. You can ask for another in {n} seconds.")
        raise Refused(words.format(n=wait))


def confirm(*, ticket: str, code: str, purpose: str, at: datetime) -> str:
    """Return the address whose code came back; a wrong one counts as a try even though it is refused."""
    with transaction.atomic():
        waiting = SignInCode.objects.select_for_update().filter(purpose=purpose)
        sent = waiting.filter(ticket=ticket).first()
        trouble = _trouble(sent, at)
        if sent is None or trouble:
            raise Refused(trouble)
        fits = constant_time_compare(sent.code_hash, _hash(ticket, code.strip()))
        sent.tries += 1
        sent.used_at = at if fits else None
        sent.save(update_fields=["tries", "used_at"])
    if fits:
        return str(sent.address)
    left = settings.CODE_TRIES - sent.tries
    if left <= 0:
        raise Refused(_gone())
    raise Invalid({"code": _("This is not the code. {n} tries are left.").format(n=left)})


def _trouble(sent: SignInCode | None, at: datetime) -> str:
    is_over = sent is None or sent.used_at is not None or sent.expires_at <= at
    return _gone() if is_over or (sent and sent.tries >= settings.CODE_TRIES) else ""


def _gone() -> str:
    return _("This code is not good any more. Ask for a new one.")


def sign_in(*, ticket: str, code: str, language: str, actor: Actor, at: datetime) -> Resident:
    """Open the account of the telephone whose code came back; the first time, make it."""
    phone = confirm(ticket=ticket, code=code, purpose=Purpose.SIGN_IN, at=at)
    resident = account_of(phone=phone, language=language, actor=actor, at=at)
    Resident.objects.filter(pk=resident.pk).update(seen_at=at)
    audit.record(actor=actor, verb="residents.sign_in", subject=f"resident:{resident.pk}", at=at)
    return resident


def account_of(*, phone: str, language: str, actor: Actor, at: datetime) -> Resident:
    """Return the account of a telephone that its owner has shown to hold; the first time, make it."""
    index = blind_index(plain_number(phone), purpose="phone")
    known = Resident.objects.filter(phone_index=index).first()
    return known or _made(plain_number(phone), index, language, actor, at)


def _made(phone: str, index: str, language: str, actor: Actor, at: datetime) -> Resident:
    try:
        with transaction.atomic():
            made = Resident.objects.create(
                phone=phone, phone_index=index, language=language, made_at=at, seen_at=at
            )
            audit.record(
                actor=actor, verb="residents.make_account", subject=f"resident:{made.pk}", at=at
            )
            return made
    except IntegrityError:  # two devices at once
        return Resident.objects.get(phone_index=index)


def confirm_email(*, resident: Resident, ticket: str, code: str, at: datetime) -> None:
    resident.email = confirm(ticket=ticket, code=code, purpose=Purpose.EMAIL, at=at)
    resident.by_email = True
    resident.save(update_fields=["email", "by_email"])


def forget_email(*, resident: Resident) -> None:
    Resident.objects.filter(pk=resident.pk).update(email="", by_email=False)


def forget_codes(*, at: datetime) -> int:
    """Delete codes older than a day: the limit of a day needs no more."""
    return SignInCode.objects.filter(made_at__lt=at - rules.DAY).delete()[0]


def _hash(ticket: str, code: str) -> str:
    return salted_hmac(
        "gongzhi.residents.code", f"{ticket}\0{code}", algorithm="sha256"
    ).hexdigest()
