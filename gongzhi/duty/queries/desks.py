"""Desks: which there are, and which one a page is about."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.clocks import queries as clocks
from gongzhi.duty.capabilities import Can
from gongzhi.duty.lifecycle import Post
from gongzhi.duty.models import Desk, Pattern
from gongzhi.duty.queries.content import roles_for
from gongzhi.duty.queries.units import around, homes, offered
from gongzhi.duty.rules import Need


def visible_desks(actor: Actor) -> QuerySet[Desk]:
    return Desk.objects.within_reach_of(actor, Can.VIEW)


def desks_seen(actor: Actor) -> QuerySet[Desk]:
    """Return the desks within reach and those of the areas around: whom one turns to."""
    within = visible_desks(actor)
    return Desk.objects.filter(Q(pk__in=within.values("pk")) | around(actor, Can.VIEW))


def desk(actor: Actor, unit_id: int, capability: str = Can.VIEW) -> Desk:
    """Return a unit's desk on which the actor holds the capability."""
    found = Desk.objects.within_reach_of(actor, capability).filter(unit=unit_id).first()
    if found is None:
        raise OutOfReach
    return found


def own_desk(actor: Actor) -> Desk | None:
    """Return the desk of a unit the actor works in; the first that is open, else the first in reach."""
    mine = homes(actor, Can.VIEW)
    rows = {row.unit_id: row for row in visible_desks(actor).filter(unit__in=mine)}
    found = next((rows[unit] for unit in mine if unit in rows), None)
    return found or visible_desks(actor).order_by("area_path", "id").first()


def desks_to_choose(actor: Actor, *, most: int = 60) -> list[tuple[int, str]]:
    """Return (unit, name) of desks in reach, the higher levels first."""
    rows = visible_desks(actor).order_by("area_path", "id").values_list("unit_id", flat=True)
    units = sorted(
        (accounts.unit(unit) for unit in rows[:2000]),
        key=lambda row: (row.area_path.count("/"), row.kind != "town_centre", row.code),
    )
    return [(row.id, row.name) for row in units[:most]]


def units_without_desk(actor: Actor) -> list[tuple[int, str]]:
    """Return units for which the actor may open a desk."""
    known = set(Desk.objects.within_reach_of(actor, Can.ROSTER).values_list("unit_id", flat=True))
    return [(row.id, row.name) for row in offered(actor, Can.ROSTER) if row.id not in known]


def patterns(desk: Desk, *, on: date | None = None) -> list[Pattern]:
    """Return the shifts of a desk, those of one day where it is said."""
    rows = Pattern.objects.filter(desk=desk).order_by("valid_from", "starts", "id")
    if on is not None:
        rows = rows.filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gt=on))
    return sorted(rows, key=lambda row: (row.starts, row.pk))


def count_for(pattern: Pattern, post: str) -> int:
    return {
        Post.LEADER: pattern.leaders,
        Post.DISPATCHER: pattern.dispatchers,
        Post.PARTNER: pattern.partners,
    }[Post(post)]


def need(pattern: Pattern, post: str) -> Need:
    return Need(
        pattern.pk,
        pattern.starts,
        pattern.ends,
        count_for(pattern, post),
        pattern.valid_from,
        pattern.valid_to,
    )


@dataclass(frozen=True)
class Candidate:
    id: int
    name: str


def candidates(desk: Desk, post: str, *, on: date) -> list[Candidate]:
    """Return who may be on duty as this: people of the unit by their roles, or units of the same place."""
    if post == Post.PARTNER:
        return [
            Candidate(row.id, row.name)
            for row in sorted(accounts.units_by_code().values(), key=lambda row: row.code)
            if row.is_open and row.id != desk.unit_id and _is_partner(row, desk)
        ]
    people = accounts.people_in_units(*roles_for(post), unit_ids=[desk.unit_id], on=on)
    return [Candidate(person.id, person.name) for person in people]


def _is_partner(row: accounts.UnitRow, desk: Desk) -> bool:
    kinds = {"department", "town_office", "organisation"}
    return row.kind in kinds and row.area_path == desk.area_path


def is_day_off(desk: Desk, day: date) -> bool:
    return not clocks.calendar(calendar_of(desk)).hours_on(day)


def calendar_of(desk: Desk) -> str:
    """Return the code of the service calendar of the unit, or of the nearest one above."""
    return clocks.calendar_of_units(list(reversed(desk.unit_ids)))


def days_between(first: date, last: date) -> list[date]:
    """Return the days from one to another, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
