"""Who answers now: at a level, at the levels below, and above."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.paging import Page, page_of
from gongzhi.duty.capabilities import Can
from gongzhi.duty.lifecycle import Post
from gongzhi.duty.models import Contact, Desk, Stint
from gongzhi.duty.queries.units import LEVELS, around
from gongzhi.duty.rules import paths_around


@dataclass(frozen=True)
class OnDuty:
    """One person or partner unit that answers at a desk at a moment."""

    unit_id: int
    unit_name: str
    area_path: str
    post: str
    post_label: str
    person_id: int | None  # None: a partner unit
    name: str
    phone: str
    shift: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class DeskNow:
    desk: Desk
    unit_name: str
    area_path: str
    people: list[OnDuty]
    phone: str  # of the desk itself
    shift: str
    ends_at: datetime | None
    missing: bool  # somebody should be there and nobody is

    def of(self, post: str) -> list[OnDuty]:
        return [one for one in self.people if one.post == post]

    @property
    def leaders(self) -> list[OnDuty]:
        return self.of(Post.LEADER)

    @property
    def dispatchers(self) -> list[OnDuty]:
        return self.of(Post.DISPATCHER)

    @property
    def partners(self) -> list[OnDuty]:
        return self.of(Post.PARTNER)


def on_duty(area: str, at: datetime) -> list[OnDuty]:
    """
    Return who is on duty at the centre that answers for an area, leaders first; one statement.

    An area whose own level has no desk is answered for by the next one above.
    """
    paths = paths_around(area)
    found = _rows(Stint.objects.filter(desk__area_path__in=paths), at)
    by_path: dict[str, list[OnDuty]] = defaultdict(list)
    for one in found:
        if accounts.unit(one.unit_id).kind in LEVELS:
            by_path[one.area_path].append(one)
    return next((by_path[path] for path in reversed(paths) if by_path[path]), [])


def on_duty_below(area: str, at: datetime) -> list[OnDuty]:
    """Return who is on duty at every desk of an area and below it; one statement."""
    return _rows(Stint.objects.filter(desk__area_path__startswith=area), at)


def _rows(rows: QuerySet[Stint], at: datetime) -> list[OnDuty]:
    found = rows.filter(starts_at__lte=at, ends_at__gt=at).select_related("desk", "pattern")
    # A partner answers its own unit's telephone, everybody else the desk's.
    book = Contact.objects.filter(
        unit=Coalesce(OuterRef("partner"), OuterRef("desk__unit")), user=None
    )
    found = found.annotate(
        phone=Coalesce(Subquery(book.order_by("id").values("phone")[:1]), Value(""))
    )
    return [_one(row) for row in sorted(found, key=_first_leaders)]


def _first_leaders(row: Stint) -> tuple[str, int, int]:
    return row.desk.area_path, list(Post.values).index(row.post), row.pk


def _one(row: Any) -> OnDuty:
    return OnDuty(
        row.desk.unit_id, accounts.unit_name(row.desk.unit_id), row.desk.area_path, row.post,
        str(row.get_post_display()), row.user_id, row.name, row.phone, row.pattern.name, row.starts_at,
        row.ends_at,
    )  # fmt: skip


def desk_now(desk: Desk, at: datetime) -> DeskNow:
    return _now([desk], at)[0]


def desks_above(actor: Actor, *, without: int, at: datetime) -> list[DeskNow]:
    """Return the centres of the levels above, whom one turns to."""
    rows = (
        Desk.objects.filter(around(actor, Can.VIEW)).exclude(pk=without).order_by("area_path", "id")
    )
    return [one for one in _now(list(rows[:20]), at) if _is_centre(one.desk)]


def desks_below(
    actor: Actor,
    desk: Desk,
    *,
    at: datetime,
    kind: str = "",
    text: str = "",
    after: str = "",
    before: str = "",
) -> tuple[Page[Desk], list[DeskNow]]:
    """Return a page of the desks below one, with who is on duty there."""
    rows = Desk.objects.within_reach_of(actor, Can.VIEW).exclude(pk=desk.pk)
    rows = rows.filter(area_path__startswith=desk.area_path)
    if kind:
        rows = rows.filter(unit__kind=kind)
    if text:
        rows = rows.filter(unit__name__icontains=text)
    page = page_of(rows, "area_path", "pk", after=after, before=before, size=40)
    return page, _now(page.rows, at)


def _is_centre(desk: Desk) -> bool:
    return accounts.unit(desk.unit_id).kind in LEVELS


def _now(desks: list[Desk], at: datetime) -> list[DeskNow]:
    people: dict[int, list[OnDuty]] = defaultdict(list)
    for one in _rows(Stint.objects.filter(desk__in=desks), at):
        people[one.unit_id].append(one)
    phones = _phones([desk.unit_id for desk in desks])
    return [
        DeskNow(
            desk,
            accounts.unit_name(desk.unit_id),
            desk.area_path,
            people[desk.unit_id],
            phones.get(desk.unit_id, ""),
            next((one.shift for one in people[desk.unit_id] if one.post != Post.PARTNER), ""),
            min((one.ends_at for one in people[desk.unit_id]), default=None),
            not any(one.person_id for one in people[desk.unit_id]),
        )
        for desk in desks
    ]


def _phones(units: Iterable[int]) -> dict[int, str]:
    """Return each unit's first duty telephone."""
    rows = Contact.objects.filter(unit__in=list(units), user=None).order_by("-id")
    return dict(rows.values_list("unit_id", "phone"))


def shift_at(desk: Desk, at: datetime) -> Stint | None:
    """Return a place of the shift that runs at a moment, to know its hours."""
    rows = Stint.objects.filter(desk=desk, starts_at__lte=at, ends_at__gt=at)
    return (
        rows.exclude(post=Post.PARTNER).select_related("pattern").order_by("ends_at", "id").first()
    )


def last_shift(desk: Desk, at: datetime) -> Stint | None:
    """Return a place of the shift that ended last."""
    rows = Stint.objects.filter(desk=desk, ends_at__lte=at).exclude(post=Post.PARTNER)
    return rows.select_related("pattern").order_by("-ends_at", "id").first()


def crew(desk: Desk, starts_at: datetime, ends_at: datetime) -> list[tuple[str, str]]:
    """Return who was on duty during a shift, as (post, name)."""
    rows = Stint.objects.filter(desk=desk, starts_at__lt=ends_at, ends_at__gt=starts_at)
    ordered = sorted(rows, key=lambda row: (list(Post.values).index(row.post), row.pk))
    seen = {(str(row.get_post_display()), row.name): None for row in ordered}
    return list(seen)
