"""Questions about people and their postings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Posting, Substitution, User
from gongzhi.accounts.rules import prefixes
from gongzhi.base.actor import Actor


@dataclass(frozen=True)
class Person:
    id: int
    name: str


_WITH_ROLE = """
    WITH postings AS (
        SELECT p.user_id, length(p.area_path) AS nearness FROM accounts_posting p
        WHERE p.role = ANY(%(roles)s) AND p.starts_on <= %(on)s
          AND (p.ends_on IS NULL OR p.ends_on >= %(on)s) AND {place}
    ), holders AS (
        SELECT user_id, nearness FROM postings
        UNION ALL
        SELECT s.substitute_id, h.nearness FROM postings h
        JOIN accounts_substitution s ON s.absent_id = h.user_id AND s.approved_at IS NOT NULL
            AND s.starts_on <= %(on)s AND s.ends_on >= %(on)s
    )
    SELECT u.id, u.name FROM holders JOIN accounts_user u ON u.id = holders.user_id AND u.is_active
    GROUP BY u.id, u.name ORDER BY max(nearness) DESC, u.id
"""
_IN_UNIT = _WITH_ROLE.format(place="p.unit_id = ANY(%(units)s)")
_FOR_AREA = _WITH_ROLE.format(place="p.area_path = ANY(%(around)s)")


def people_with(
    *roles: str, on: date, unit_id: int | None = None, area_path: str | None = None
) -> list[Person]:
    """
    Return who holds one of the roles, with substitutes: in a unit, or for a place.

    For a place: everybody whose posting covers it, the nearest posting first.
    """
    if unit_id is not None:
        return _people(_IN_UNIT, roles, on, units=[unit_id])
    return _people(_FOR_AREA, roles, on, around=["", *prefixes(area_path or "")])


def people_in_units(*roles: str, unit_ids: Sequence[int], on: date) -> list[Person]:
    """Return who holds one of the roles in any of the units, with substitutes."""
    return _people(_IN_UNIT, roles, on, units=list(unit_ids))


def _people(statement: str, roles: Collection[str], on: date, **place: Any) -> list[Person]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"roles": list(roles), "on": on, **place})
        return [Person(*row) for row in cursor.fetchall()]


def names(user_ids: Collection[int]) -> dict[int, str]:
    """Return the names of people by id, in one statement: for lists and timelines."""
    return dict(User.objects.filter(pk__in=user_ids).values_list("pk", "name"))


def person_by_username(username: str) -> Person | None:
    row = User.objects.filter(username=username.strip().lower()).values_list("pk", "name").first()
    return Person(*row) if row else None


def visible_people(actor: Actor) -> QuerySet[User]:
    """Return people with a posting in the actor's reach, and the unposted for whom all are in reach."""
    postings = Posting.objects.within_reach_of(actor, Can.EMPLOY)
    if not actor.can(Can.EMPLOY):
        return User.objects.none()
    if has_whole_city(actor, Can.EMPLOY):
        return User.objects.all()
    return User.objects.filter(Exists(postings.filter(user=OuterRef("pk"))))


def has_whole_city(actor: Actor, capability: str) -> bool:
    return any(not g.area and g.unit is None for g in actor.grants_for(capability))


def search_people(actor: Actor, text: str) -> QuerySet[User]:
    rows = visible_people(actor)
    text = text.strip()
    if not text:
        return rows
    return rows.filter(
        Q(name__contains=text) | Q(username__contains=text.lower()) | Q(phone__endswith=text)
        if text.isdecimal() and len(text) >= 4
        else Q(name__contains=text) | Q(username__contains=text.lower())
    )


def postings_of(user_id: int) -> QuerySet[Posting]:
    return Posting.objects.filter(user=user_id).select_related("unit").order_by("-starts_on", "-id")


def visible_postings(actor: Actor) -> QuerySet[Posting]:
    return Posting.objects.within_reach_of(actor, Can.EMPLOY)


def substitutions_of(user_id: int) -> QuerySet[Substitution]:
    return (
        Substitution.objects.filter(Q(absent=user_id) | Q(substitute=user_id))
        .select_related("absent", "substitute")
        .order_by("-starts_on")
    )


def substitutions_to_decide(actor: Actor) -> QuerySet[Substitution]:
    """Return the asked substitutions of people posted in the actor's reach."""
    postings = Posting.objects.within_reach_of(actor, Can.APPROVE_SUBSTITUTION)
    return (
        Substitution.objects.filter(Exists(postings.filter(user=OuterRef("absent"))))
        .select_related("absent", "substitute")
        .order_by("-starts_on")
    )
