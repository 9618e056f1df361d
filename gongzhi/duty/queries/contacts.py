"""The contact book: duty telephones in reach and of the levels above, and rooms to meet in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.duty.capabilities import Can
from gongzhi.duty.models import Contact, Room
from gongzhi.duty.queries.units import around, homes
from gongzhi.places import queries as places

UNIT_KINDS: tuple[tuple[str, Any], ...] = (
    ("city_centre", _("City centre")), ("town_centre", _("Town centre")), ("village_station", _("Village station")),
    ("department", _("Department")), ("town_office", _("Town office of a department")),
)  # fmt: skip
Row = TypeVar("Row", Contact, Room)


@dataclass(frozen=True)
class ContactRow:
    contact: Contact
    unit_name: str
    place: str
    can_change: bool


@dataclass(frozen=True)
class RoomRow:
    room: Room
    unit_name: str
    can_change: bool


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    """Return contacts within reach, and those of the areas around: whom one turns to."""
    within = Contact.objects.within_reach_of(actor, Can.VIEW)
    return Contact.objects.filter(Q(pk__in=within.values("pk")) | around(actor, Can.VIEW))


def visible_rooms(actor: Actor) -> QuerySet[Room]:
    within = Room.objects.within_reach_of(actor, Can.VIEW)
    return Room.objects.filter(Q(pk__in=within.values("pk")) | around(actor, Can.VIEW))


def contacts(actor: Actor, *, text: str = "", area: str = "", kind: str = "") -> QuerySet[Contact]:
    rows = visible_contacts(actor).select_related("unit")
    if area:
        rows = rows.filter(area_path__startswith=area)
    if kind:
        rows = rows.filter(unit__kind=kind)
    if text:
        bare = "".join(c for c in text if c.isdigit())
        named = Q(unit__name__icontains=text) | Q(post__icontains=text) | Q(note__icontains=text)
        rows = rows.filter(named | Q(phone__contains=bare) if len(bare) >= 3 else named)
    return rows


def contacts_page(
    actor: Actor,
    *,
    text: str = "",
    area: str = "",
    kind: str = "",
    after: str = "",
    before: str = "",
) -> tuple[Page[Contact], list[ContactRow]]:
    rows = contacts(actor, text=text, area=area, kind=kind)
    page = page_of(rows, "area_path", "unit_id", "pk", after=after, before=before)
    kept = _kept(Contact.objects.within_reach_of(actor, Can.KEEP_CONTACTS), page.rows)
    return page, [
        ContactRow(
            row, row.unit.name, places.full_name(row.area_path),
            can_change=row.user_id == actor.id if row.user_id else row.pk in kept,
        )
        for row in page.rows
    ]  # fmt: skip


def rooms(actor: Actor, *, area: str = "", most: int = 60) -> list[RoomRow]:
    rows = list(
        visible_rooms(actor)
        .filter(area_path__startswith=area)
        .order_by("area_path", "unit_id", "id")[:most]
    )
    kept = _kept(Room.objects.within_reach_of(actor, Can.KEEP_CONTACTS), rows)
    return [RoomRow(row, accounts.unit_name(row.unit_id), row.pk in kept) for row in rows]


def _kept(rows: Any, shown: list[Row]) -> set[int]:
    return set(rows.filter(pk__in=[row.pk for row in shown]).values_list("pk", flat=True))


def rooms_of(unit_id: int) -> list[Room]:
    return list(Room.objects.filter(unit=unit_id).order_by("kind", "name"))


def contact(actor: Actor, contact_id: int) -> Contact:
    found = visible_contacts(actor).select_related("unit").filter(pk=contact_id).first()
    if found is None:
        raise OutOfReach
    return found


def own_numbers(actor: Actor) -> list[Contact]:
    return list(Contact.objects.filter(user=actor.id).select_related("unit"))


def own_units(actor: Actor) -> list[tuple[int, str]]:
    return [(unit, accounts.unit_name(unit)) for unit in homes(actor, Can.VIEW)]


def contacts_table(rows: QuerySet[Contact]) -> Iterator[tuple[Any, ...]]:
    for row in rows.order_by("area_path", "unit_id", "pk").iterator(chunk_size=500):
        yield (
            row.unit.name, places.full_name(row.area_path), row.post, row.phone, row.hours, row.note,
        )  # fmt: skip
