"""Partners, the days they are at the centre, and what became of calls to them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.centres import rules
from gongzhi.centres.capabilities import Can
from gongzhi.centres.lifecycle import Presence
from gongzhi.centres.models import Centre, Partner, Summons, Turn
from gongzhi.centres.queries.content import by_code, names
from gongzhi.clocks import queries as clocks

DAYS = 7
RULES = {Presence.ON_CALL: "centre.summons.on_call", Presence.CLOUD: "centre.summons.cloud"}
OTHER_RULE = "centre.summons.others"


@dataclass(frozen=True)
class PartnerRow:
    partner: Partner
    kind: str
    days: tuple[tuple[date, bool, bool], ...]  # day, is there, is said of this day alone


def visible_partners(actor: Actor, centre: Centre, capability: str = Can.VIEW) -> QuerySet[Partner]:
    return Partner.objects.within_reach_of(actor, capability).filter(centre=centre)


def partner(actor: Actor, partner_id: int, capability: str = Can.VIEW) -> Partner:
    reach = Partner.objects.within_reach_of(actor, capability).select_related(
        "centre", "counter", "room"
    )
    found = reach.filter(pk=partner_id).first()
    if found is None:
        raise OutOfReach
    return found


def partners_week(
    actor: Actor, centre: Centre, monday: date, *, presence: str = "", text: str = ""
) -> list[PartnerRow]:
    """Return the partners and on which of seven days they are there; two statements."""
    found = visible_partners(actor, centre).filter(is_active=True)
    if presence:
        found = found.filter(presence=presence)
    if text:
        found = found.filter(name__icontains=text)
    people = list(found.select_related("counter", "room"))
    turns: dict[int, dict[date, bool]] = defaultdict(dict)
    week = Turn.objects.filter(
        partner__in=people, on__gte=monday, on__lt=monday + timedelta(days=DAYS)
    )
    for partner_id, on, is_there in week.values_list("partner_id", "on", "is_there"):
        turns[partner_id][on] = is_there
    order = list(by_code("partners"))
    people.sort(key=lambda row: (order.index(row.kind), row.name))
    return [_row(row, monday, turns[row.pk]) for row in people]


def _row(row: Partner, monday: date, turns: dict[date, bool]) -> PartnerRow:
    days = (monday + timedelta(days=n) for n in range(DAYS))
    return PartnerRow(
        row, names("partners").get(row.kind, row.kind),
        tuple((day, rules.is_there(day, weekdays=row.weekdays, turns=turns), day in turns) for day in days),
    )  # fmt: skip


def there_on(centre: Centre, on: date) -> list[Partner]:
    """Return the partners who are at the centre on a day."""
    people = list(Partner.objects.filter(centre=centre, is_active=True).select_related("counter"))
    turns = dict(
        Turn.objects.filter(partner__in=people, on=on).values_list("partner_id", "is_there")
    )
    return [row for row in people if turns.get(row.pk, on.isoweekday() in row.weekdays)]


def summons_rule(presence: str) -> str:
    """Return the code of the time rule that says how soon such a partner answers."""
    return RULES.get(Presence(presence), OTHER_RULE)


@dataclass(frozen=True)
class SummonsRow:
    summons: Summons
    number: str
    clock: Any
    can_answer: bool


def visible_summonses(actor: Actor) -> QuerySet[Summons]:
    """Return what the actor's centre asked, and what the actor's unit is asked."""
    asked = Summons.objects.within_reach_of(actor, Can.VIEW)
    return (asked | Summons.objects.within_reach_of(actor, Can.ANSWER)).select_related(
        "partner__centre", "matter"
    )


def summonses(actor: Actor, *, state: str, text: str = "") -> QuerySet[Summons]:
    rows = visible_summonses(actor)
    if state == "open":
        rows = rows.filter(replied_at__isnull=True)
    elif state == "late":
        rows = rows.filter(Q(late_at__isnull=False) | Q(replied_at__gt=F("due_at")))
    return (
        rows.filter(Q(reason__icontains=text) | Q(partner__name__icontains=text)) if text else rows
    )


def summonses_page(
    actor: Actor, *, state: str, text: str, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Summons], list[SummonsRow]]:
    page = page_of(summonses(actor, state=state, text=text), "-id", after=after, before=before)
    ids = [row.pk for row in page.rows]
    mine = set(
        Summons.objects.within_reach_of(actor, Can.ANSWER)
        .filter(pk__in=ids)
        .values_list("pk", flat=True)
    )
    return page, [_summons_row(row, at, row.pk in mine) for row in page.rows]


def _summons_row(row: Summons, at: datetime, is_mine: bool) -> SummonsRow:  # noqa: FBT001 - one fact of a row
    clock = clocks.face(
        due_at=row.due_at, at=at, started_at=row.asked_at, stopped_at=row.replied_at, party=row.partner.name,
        counting="continuous",
    )  # fmt: skip
    return SummonsRow(
        row, row.matter.number if row.matter else "", clock, is_mine and row.replied_at is None
    )


def answered_in_time(centre: Centre, *, since: datetime) -> tuple[int, int]:
    """Return how many calls of a centre were answered in time, of how many whose time is over or that are answered."""
    rows = Summons.objects.filter(partner__centre=centre, asked_at__gte=since)
    over = rows.filter(Q(replied_at__isnull=False) | Q(late_at__isnull=False))
    return over.filter(replied_at__lte=F("due_at")).count(), over.count()


def summonses_table(rows: QuerySet[Summons]) -> Iterator[tuple[Any, ...]]:
    for row in rows.order_by("-id").iterator():
        yield (
            row.partner.name, row.reason, timezone.localtime(row.asked_at), timezone.localtime(row.due_at),
            timezone.localtime(row.replied_at) if row.replied_at else "", str(row.get_reply_display()), row.words,
        )  # fmt: skip
