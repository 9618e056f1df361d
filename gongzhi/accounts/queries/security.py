"""What the security office and a person on their own page see: sessions, lock-outs, second factors."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.db.models import Max, QuerySet, Sum

from gongzhi.accounts import rules
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import RecoveryCode, Session, User
from gongzhi.accounts.queries.sign_in import digest_of
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach


@dataclass(frozen=True)
class LockOut:
    username: str
    address: str
    failures: int
    until: datetime


@dataclass(frozen=True)
class RoleRow:
    code: str
    name: Any
    capability_count: int
    second_factor: bool
    holders: int
    enrolled: int


def me(actor: Actor) -> User:
    return User.objects.get(pk=actor.id)


def unused_recovery_codes(actor: Actor) -> int:
    return RecoveryCode.objects.filter(user=actor.id, used_at=None).count()


def live_sessions(at: datetime) -> QuerySet[Session]:
    idle_since = at - timedelta(seconds=settings.SESSION_IDLE_AGE)
    return Session.objects.filter(
        user__isnull=False, expires_at__gt=at, seen_at__gt=idle_since
    ).select_related("user")


def own_sessions(actor: Actor, *, at: datetime) -> list[Session]:
    return list(live_sessions(at).filter(user=actor.id).order_by("-seen_at"))


def sessions(actor: Actor, *, text: str, at: datetime) -> QuerySet[Session]:
    """Return everybody's live sessions, for the security office."""
    if not actor.can(Can.SECURE):
        raise OutOfReach
    rows = live_sessions(at)
    return rows.filter(user__name__contains=text) if text else rows


def is_this_session(session: Session, session_key: str | None) -> bool:
    return session.digest == digest_of(session_key or "")


def lock_outs(actor: Actor, *, at: datetime) -> list[LockOut]:
    if not actor.can(Can.SECURE):
        raise OutOfReach
    return [
        row for row in _attempts() if row.failures >= settings.AXES_FAILURE_LIMIT and row.until > at
    ]


def _attempts(**narrow: object) -> list[LockOut]:
    cool_off = get_cool_off() or timedelta()
    rows = (
        AccessAttempt.objects.filter(**narrow)
        .order_by("username", "ip_address")
        .values_list("username", "ip_address")
        .annotate(Sum("failures_since_start"), Max("attempt_time"))
    )
    return [
        LockOut(username or "", address or "", failures, last + cool_off)
        for username, address, failures, last in rows
    ]


def locked_until(*, username: str, address: str) -> datetime | None:
    """Return when somebody who was locked out may try again."""
    return max((r.until for r in _attempts(username=username, ip_address=address)), default=None)


_BY_ROLE = """
    SELECT p.role, count(DISTINCT u.id), count(DISTINCT u.id) FILTER (WHERE u.second_factor_at IS NOT NULL)
    FROM accounts_posting p JOIN accounts_user u ON u.id = p.user_id AND u.is_active
    WHERE p.starts_on <= %(on)s AND (p.ends_on IS NULL OR p.ends_on >= %(on)s) GROUP BY p.role
"""


def role_table(actor: Actor, *, on: date) -> list[RoleRow]:
    """Return every role with what it demands and how many of its holders have a second factor."""
    if not actor.can(Can.SECURE):
        raise OutOfReach
    with connection.cursor() as cursor:
        cursor.execute(_BY_ROLE, {"on": on})
        counts = {role: (holders, enrolled) for role, holders, enrolled in cursor.fetchall()}
    return [
        RoleRow(
            code, role.name, len(role.capabilities), role.second_factor, *counts.get(code, (0, 0))
        )
        for code, role in rules.roles().items()
    ]


def people_with_second_factor(actor: Actor, *, text: str) -> QuerySet[User]:
    if not actor.can(Can.SECURE):
        raise OutOfReach
    rows = User.objects.filter(second_factor_at__isnull=False).order_by("username")
    return rows.filter(name__contains=text) if text else rows
