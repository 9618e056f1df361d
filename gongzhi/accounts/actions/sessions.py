"""Sign-ins that the trail must know of, and ending sessions."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Session, User
from gongzhi.accounts.queries.sign_in import digest_of
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused


def account_of(user_id: int) -> User:
    """Return the account behind a sign-in that has passed its password."""
    return User.objects.get(pk=user_id, is_active=True)


def note_sign_in(*, user_id: int, address: str, device: str, at: datetime) -> User:
    """Record that somebody came in; return them for the settings their device should take over."""
    user = User.objects.get(pk=user_id)
    _record(user, "sign_in", address, at, device)
    return user


def note_failed_sign_in(*, username: str, address: str, at: datetime) -> None:
    """Record a refused sign-in of somebody we know; what strangers typed is not kept."""
    if user := User.objects.filter(username=username.strip().lower()).first():
        _record(user, "sign_in_refused", address, at, "")


def _record(user: User, verb: str, address: str, at: datetime, device: str) -> None:
    actor = Actor(id=user.pk, name=user.name, address=address)
    detail = {"device": device[:300]} if device else None
    audit.record(actor=actor, verb=verb, subject=f"user:{user.pk}", at=at, detail=detail)


def note_sign_out(*, actor: Actor, at: datetime) -> None:
    audit.record(actor=actor, verb="sign_out", subject=f"user:{actor.id}", at=at)


@transaction.atomic
def end_session(*, digest: str, actor: Actor, at: datetime) -> None:
    """End one session of one's own; with the security office's capability, anybody's."""
    session = Session.objects.filter(digest=digest, user__isnull=False).first()
    if session is None or (session.user_id != actor.id and not actor.can(Can.SECURE)):
        raise OutOfReach
    session.delete()
    audit.record(actor=actor, verb="end_session", subject=f"user:{session.user_id}", at=at)


@transaction.atomic
def end_other_sessions(*, session_key: str, actor: Actor, at: datetime) -> int:
    others = Session.objects.filter(user=actor.id).exclude(digest=digest_of(session_key))
    count, _by_table = others.delete()
    audit.record(
        actor=actor,
        verb="end_other_sessions",
        subject=f"user:{actor.id}",
        at=at,
        detail={"count": count},
    )
    return count


def let_work_offline(*, session_key: str, actor: Actor) -> None:
    """
    Let the actor's session on a handset outlive hours without a network.

    It still ends so long after sign-in as every session does: that is a shift.
    """
    Session.objects.filter(digest=digest_of(session_key), user=actor.id).update(works_offline=True)


def clear_sessions(*, at: datetime) -> int:
    """Remove sessions nobody can use any more."""
    idle_since = at - timedelta(seconds=settings.SESSION_IDLE_AGE)
    count, _by_table = Session.objects.filter(
        Q(expires_at__lte=at) | Q(seen_at__lte=idle_since, works_offline=False)
    ).delete()
    return count


@transaction.atomic
def unlock(*, username: str, actor: Actor, at: datetime, reason: str) -> None:
    """Let somebody try again who was locked out after wrong passwords."""
    if not actor.can(Can.SECURE):
        raise OutOfReach
    if len(reason.strip()) < 2:
        raise Refused(_("Say why the lock is lifted; the reason is kept."))
    count, _by_table = AccessAttempt.objects.filter(username=username).delete()
    if not count:
        raise Refused(_("“{name}” is not locked out any more.").format(name=username))
    user = User.objects.filter(username=username).first()
    audit.record(
        actor=actor,
        verb="unlock",
        subject=f"user:{user.pk if user else 0}",
        at=at,
        reason=reason.strip(),
        detail={"username": username},
    )
