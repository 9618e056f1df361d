"""Questions about people and their postings."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Posting, Substitution, User
from gongzhi.accounts.rules import masked, prefixes, roles
from gongzhi.base.actor import Actor
from gongzhi.base.phones import plain_number
from gongzhi.places import queries as places


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


@dataclass(frozen=True)
class Worker:
    """Somebody who works in an area on a day; who is absent is replaced by the substitute."""

    user_id: int
    area_path: str
    stands_in_for: int | None = None


_WORKERS = """
    SELECT DISTINCT u.id, p.area_path, s.absent_id
    FROM accounts_posting p
    LEFT JOIN accounts_substitution s ON s.absent_id = p.user_id AND s.approved_at IS NOT NULL
        AND s.starts_on <= %(on)s AND s.ends_on >= %(on)s
    JOIN accounts_user u ON u.id = coalesce(s.substitute_id, p.user_id) AND u.is_active
    WHERE p.role = ANY(%(roles)s) AND p.starts_on <= %(on)s
      AND (p.ends_on IS NULL OR p.ends_on >= %(on)s)
      AND (p.area_path LIKE %(below)s OR p.area_path = ANY(%(around)s))
    ORDER BY p.area_path, u.id, s.absent_id
"""


def workers(*roles: str, on: date, area_path: str = "") -> list[Worker]:
    """Return who works with one of the roles in an area, above or below it, absent people replaced; one statement."""
    around = ["", *prefixes(area_path)]
    values: dict[str, Any] = {
        "roles": list(roles),
        "on": on,
        "below": f"{area_path}%",
        "around": around,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WORKERS, values)
        return [Worker(*row) for row in cursor.fetchall()]


def stands_in_for(user_id: int, *, on: date) -> Person | None:
    """Return whom somebody substitutes on the day."""
    row = Substitution.objects.filter(
        substitute=user_id, approved_at__isnull=False, starts_on__lte=on, ends_on__gte=on
    ).values_list("absent_id", "absent__name")
    return next((Person(*found) for found in row), None)


def substitute_of(user_id: int, *, on: date) -> Person | None:
    """Return who substitutes somebody on the day; None while they are there themselves."""
    row = Substitution.objects.filter(
        absent=user_id, approved_at__isnull=False, starts_on__lte=on, ends_on__gte=on
    ).values_list("substitute_id", "substitute__name")
    return next((Person(*found) for found in row), None)


def absences(
    user_ids: Collection[int], *, since: date, until: date
) -> list[tuple[int, date, date]]:
    """Return (person, first day, last day) of the approved absences that touch some days, in one statement."""
    rows = Substitution.objects.filter(
        absent__in=user_ids, approved_at__isnull=False, starts_on__lte=until, ends_on__gte=since
    )
    return list(rows.values_list("absent_id", "starts_on", "ends_on"))


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


def search_people(actor: Actor, text: str, *, role: str = "", on: date) -> QuerySet[User]:
    rows = visible_people(actor)
    if text:
        found = Q(name__contains=text) | Q(username__contains=text.lower())
        if text.isdecimal() and len(text) >= 4:
            found |= Q(phone__endswith=text)
        rows = rows.filter(found)
    if role:
        held = Posting.objects.filter(_in_force(on), user=OuterRef("pk"), role=role)
        rows = rows.filter(Exists(held))
    return rows


def _in_force(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))


def posted_in(unit_id: int, *, on: date) -> QuerySet[Posting]:
    return (
        Posting.objects.filter(_in_force(on), unit=unit_id)
        .select_related("user")
        .order_by("role", "user__name")
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


def current_postings(user_id: int, *, on: date) -> QuerySet[Posting]:
    return postings_of(user_id).filter(Q(ends_on=None) | Q(ends_on__gte=on))


@dataclass(frozen=True)
class PostingWords:
    """A posting as people read it."""

    id: int
    role: str
    unit: str
    area: str
    starts_on: date
    ends_on: date | None


def with_words(postings: Iterable[Posting]) -> list[PostingWords]:
    return [
        PostingWords(
            id=posting.pk,
            role=role_name(posting.role),
            unit=posting.unit.name if posting.unit else "",
            area=area_name(posting.area_path),
            starts_on=posting.starts_on,
            ends_on=posting.ends_on,
        )
        for posting in postings
    ]


def role_name(code: str) -> str:
    role = roles().get(code)
    return str(role.name) if role else code


def area_name(path: str) -> str:
    """Return the area's full name; the path itself when the area is not known here."""
    if not path:
        return _("the whole city")
    try:
        return places.full_name(path)
    except ObjectDoesNotExist:
        return path


def postings_by_user(user_ids: Collection[int], *, on: date) -> dict[int, list[PostingWords]]:
    """Return the present postings of a page of people, in one statement."""
    found: dict[int, list[PostingWords]] = {}
    rows = (
        Posting.objects.filter(_in_force(on), user__in=user_ids)
        .select_related("unit")
        .order_by("id")
    )
    for posting in rows:
        found.setdefault(posting.user_id, []).extend(with_words([posting]))
    return found


def people_table(actor: Actor) -> Iterator[tuple[object, ...]]:
    """Yield people in the actor's reach with their postings, under the headings the import reads."""
    rows = visible_postings(actor).select_related("user", "unit").order_by("user__username", "id")
    for row in rows.iterator(chunk_size=1000):
        yield (
            row.user.username,
            row.user.name,
            masked(row.user.phone),
            row.role,
            row.unit.code if row.unit else "",
            row.area_path,
            row.starts_on,
            row.ends_on or "",
        )


def works_here(phone: str) -> bool:
    """Tell whether a telephone is that of somebody who works here."""
    bare = plain_number(phone)
    return (
        bool(bare) and User.objects.filter(is_active=True, phone__in=[bare, f"+86{bare}"]).exists()
    )
