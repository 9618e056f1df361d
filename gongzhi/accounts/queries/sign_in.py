"""From a session key to an Actor, in one statement."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from gongzhi.accounts import rules
from gongzhi.base.actor import ANONYMOUS, Actor, Grant

# A person's own postings and those of the person they stand in for today. One array of
# people, because an OR would read every posting of the city.
_POSTINGS = """
    SELECT coalesce(json_agg(json_build_array(p.user_id, p.role, p.unit_id, p.area_path) ORDER BY p.id), '[]')
    FROM accounts_posting p
    WHERE p.starts_on <= %(on)s AND (p.ends_on IS NULL OR p.ends_on >= %(on)s)
      AND p.user_id = ANY(u.id || ARRAY(
          SELECT s.absent_id FROM accounts_substitution s JOIN accounts_user a ON a.id = s.absent_id
          WHERE s.substitute_id = u.id AND s.approved_at IS NOT NULL AND a.is_active
            AND s.starts_on <= %(on)s AND s.ends_on >= %(on)s))
"""
_PERSON = (
    "u.id, u.name, u.is_active, u.must_change_password, u.password_changed_at, u.second_factor_at"
)
_BY_SESSION = f"""
    SELECT {_PERSON}, ({_POSTINGS}), s.content, s.works_offline, s.seen_at, s.expires_at
    FROM accounts_session s LEFT JOIN accounts_user u ON u.id = s.user_id
    WHERE s.digest = %(digest)s
"""  # noqa: S608 - constants only
_BY_ID = f"SELECT {_PERSON}, ({_POSTINGS}) FROM accounts_user u WHERE u.id = %(user)s"  # noqa: S608


@dataclass(frozen=True)
class SignedIn:
    """A session that was found, the actor it makes, and what that person must do before anything else."""

    content: str
    seen_at: datetime
    actor: Actor
    obligation: str = ""  # password | second-factor
    ended: str = ""  # idle | expired: the session is over
    works_offline: bool = False  # it does not end of idleness


def digest_of(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


def signed_in(session_key: str, *, at: datetime, address: str = "") -> SignedIn | None:
    """Find the session with its person, postings and substitution; None when there is no such session."""
    row = _one(_BY_SESSION, digest=digest_of(session_key), on=_day(at))
    if row is None:
        return None
    content, works_offline, seen_at, expires_at = row[7:]
    if ended := _why_ended(expires_at if works_offline else seen_at, expires_at, at):
        return SignedIn("", seen_at, ANONYMOUS, ended=ended)
    actor = _actor(row, address)
    obligation = _obligation(row, actor, at)
    if obligation:
        actor = Actor(id=actor.id, name=actor.name, address=address)
    return SignedIn(content, seen_at, actor, obligation, works_offline=bool(works_offline))


def actor_for(user_id: int, at: datetime) -> Actor:
    """Make the Actor of a person as they stand at a moment; ANONYMOUS for unknown and closed accounts."""
    row = _one(_BY_ID, user=user_id, on=_day(at))
    return _actor(row, "") if row else ANONYMOUS


def _one(statement: str, **values: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _why_ended(seen_at: datetime, expires_at: datetime, at: datetime) -> str:
    if at >= expires_at:
        return "expired"
    if at >= seen_at + timedelta(seconds=settings.SESSION_IDLE_AGE):
        return "idle"
    return ""


def _actor(row: tuple[Any, ...], address: str) -> Actor:
    user_id, name, is_active, *_rest = row
    if user_id is None or not is_active:
        return ANONYMOUS
    postings = _postings(row)
    absent = {owner for owner, *_posting in postings} - {user_id}
    return Actor(
        id=user_id,
        name=name,
        grants=tuple(_grant(*posting) for posting in postings),
        on_behalf_of=min(absent, default=None),
        address=address,
    )


def _postings(row: tuple[Any, ...]) -> list[tuple[int, str, int | None, str]]:
    found = row[6]
    # Django reads JSON columns as text, to decode them itself.
    postings: list[tuple[int, str, int | None, str]]
    postings = json.loads(found) if isinstance(found, str) else found
    return postings


def _grant(_owner: int, role: str, unit_id: int | None, area_path: str) -> Grant:
    return Grant(
        capabilities=rules.capabilities_of(role),
        area=area_path,
        unit=unit_id if rules.is_bound_to_unit(role) else None,
        role=role,
        home=unit_id,
    )


def _obligation(row: tuple[Any, ...], actor: Actor, at: datetime) -> str:
    if not actor.id:
        return ""
    _id, _name, _active, must_change, changed_at, second_factor_at, *_rest = row
    if must_change or rules.is_outdated(
        changed_at=changed_at, at=at, days=settings.PASSWORD_MAX_AGE_DAYS
    ):
        return "password"
    needed = rules.needs_second_factor({grant.role for grant in actor.grants})
    return "second-factor" if needed and second_factor_at is None else ""
