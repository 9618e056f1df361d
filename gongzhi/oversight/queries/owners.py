"""Questions about named owners of long-pending matters, and about how old open matters are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.matters import queries as matters
from gongzhi.matters.queries import Box, Filter
from gongzhi.oversight import rules
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.lifecycle import OwnerState
from gongzhi.oversight.models import Ownership, Record
from gongzhi.oversight.queries.content import Band, bands, settlement_name, stage_name
from gongzhi.oversight.queries.orders import lines_of
from gongzhi.places import queries as places

STATES = {
    "active": Q(state=OwnerState.ACTIVE),
    "due": Q(state=OwnerState.ACTIVE),
    "settled": Q(state=OwnerState.SETTLED),
    "released": Q(state=OwnerState.RELEASED),
}


@dataclass(frozen=True)
class OwnerRow:
    owned: Ownership
    stage: str
    settlement: str
    place: str
    days: int  # since the matter was reported
    is_due: bool


def visible_owned(actor: Actor) -> QuerySet[Ownership]:
    return Ownership.objects.within_reach_of(actor, Can.VIEW)


def _owned(actor: Actor, state: str, text: str, on: date) -> QuerySet[Ownership]:
    rows = visible_owned(actor).filter(STATES[state])
    if state == "due":
        rows = rows.filter(next_on__lte=on)
    if text:
        number = matters.whole_number(text) or text
        rows = rows.filter(
            Q(matter_number__startswith=number) | Q(title__icontains=text) | Q(owner_name__icontains=text)
        )  # fmt: skip
    return rows


def owners_page(
    actor: Actor, *, state: str, text: str = "", at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Ownership], list[OwnerRow]]:
    on = timezone.localdate(at)
    order = ("next_on", "id") if state in {"active", "due"} else ("-id",)
    page = page_of(_owned(actor, state, text, on), *order, after=after, before=before)
    return page, [owner_row(row, on) for row in page.rows]


def owner_row(row: Ownership, on: date) -> OwnerRow:
    ended = timezone.localdate(row.ended_at) if row.ended_at else on
    return OwnerRow(
        row, stage_name(row.stage), settlement_name(row.settlement) if row.settlement else "",
        places.full_name(row.area_path), (ended - timezone.localdate(row.reported_at)).days,
        row.state == OwnerState.ACTIVE and row.next_on <= on,
    )  # fmt: skip


def owner_counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    on = timezone.localdate(at)
    counted = visible_owned(actor).order_by().aggregate(
        active=Count("id", filter=Q(state=OwnerState.ACTIVE)),
        due=Count("id", filter=Q(state=OwnerState.ACTIVE, next_on__lte=on)),
        settled=Count("id", filter=Q(state=OwnerState.SETTLED)),
        released=Count("id", filter=Q(state=OwnerState.RELEASED)),
    )  # fmt: skip
    return {name: int(count) for name, count in counted.items()}


@dataclass(frozen=True)
class OwnerDetail:
    row: OwnerRow
    lines: list[Record]
    matter: Any
    is_own: bool
    can_name: bool


def owner_detail(actor: Actor, owned_id: int, *, at: datetime) -> OwnerDetail:
    owned = visible_owned(actor).filter(pk=owned_id).first()
    if owned is None:
        raise OutOfReach
    names = Ownership.objects.within_reach_of(actor, Can.NAME_OWNER).filter(pk=owned_id).exists()
    return OwnerDetail(
        owner_row(owned, timezone.localdate(at)), lines_of(Record.Subject.OWNER, owned_id),
        matters.standing(owned.matter_id), is_own=owned.owner_id == actor.id, can_name=names,
    )  # fmt: skip


def owner_of(matter_id: int) -> Ownership | None:
    return Ownership.objects.filter(matter_id=matter_id, state=OwnerState.ACTIVE).first()


def owners_of(matter_ids: Sequence[int]) -> dict[int, Ownership]:
    rows = Ownership.objects.filter(matter_id__in=list(matter_ids), state=OwnerState.ACTIVE)
    return {row.matter_id: row for row in rows}


def may_be_named(area_path: str, *, on: date) -> list[tuple[int, str]]:
    """Return who may be named for a place, with what they are, the nearest posting first."""
    codes = [code for code, role in accounts.roles().items() if Can.OWN in role.capabilities]
    people = accounts.people_with(*codes, on=on, area_path=area_path)[:200]
    words = accounts.postings_by_user([person.id for person in people], on=on)
    return [
        (person.id, f"{person.name}（{posting_words(words.get(person.id, ()))}）") for person in people
    ]  # fmt: skip


def posting_words(postings: Sequence[Any]) -> str:
    return "；".join(f"{one.unit} {one.role}" for one in postings[:2])


def owners_table(actor: Actor, *, state: str, text: str, at: datetime) -> Iterator[Sequence[Any]]:
    on = timezone.localdate(at)
    for owned in _owned(actor, state, text, on).order_by("-id").iterator(chunk_size=500):
        row = owner_row(owned, on)
        yield (
            owned.matter_number, owned.title, row.place, row.days, owned.owner_name, owned.owner_role, row.stage,
            owned.get_state_display(), owned.next_on, owned.named_at, row.settlement, owned.evidence, owned.ended_at,
        )  # fmt: skip


@dataclass(frozen=True)
class BandRow:
    band: Band
    label: str
    count: int
    url: str
    by: Filter


def ageing(actor: Actor, *, area: str = "", at: datetime) -> list[BandRow]:
    """Count open matters within reach by how long ago they were reported; one statement."""
    on = timezone.localdate(at)
    asked = [(band, _filter_of(band, area, on)) for band in bands(on=on)]
    counts = matters.counts_of(Box.DOING, actor, [by for _band, by in asked], at=at)
    return [
        BandRow(band, band_label(band), count, _url(by), by)
        for (band, by), count in zip(asked, counts, strict=True)
    ]


def _filter_of(band: Band, area: str, on: date) -> Filter:
    since, until = rules.days_of_band(on, least=band.least, below=band.below)
    return Filter(area=area, since=since, until=until)


def _url(by: Filter) -> str:
    parts = [f"until={by.until}"] + ([f"since={by.since}"] if by.since else [])
    return "/desk/doing?" + "&".join(parts + ([f"area={by.area}"] if by.area else []))


def band_label(band: Band) -> str:
    if band.below is None:
        return _("{n} days and more").format(n=band.least)
    return _("{n} to {m} days").format(n=band.least, m=band.below - 1)


def band_filter(code: str, *, area: str, on: date) -> Filter:
    """Return the filter of a band; of everything older than the first band for an unknown code."""
    known = bands(on=on)
    for band in known:
        if band.code == code:
            return _filter_of(band, area, on)
    least = known[0].least if known else 0
    return Filter(area=area, until=on - timedelta(days=least))
