"""Campaigns: their parts, what was found, what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.centres.capabilities import Can
from gongzhi.centres.lifecycle import CampaignState
from gongzhi.centres.models import Campaign, Centre, Finding, Part
from gongzhi.centres.queries.content import names
from gongzhi.matters import queries as matters
from gongzhi.matters.queries import Standing


@dataclass(frozen=True)
class Effect:
    """What a campaign led to. `open` are disputes of it that are not over yet."""

    planned: int
    checked: int
    found: int
    settled_on_the_spot: int
    disputes: int
    disputes_over: int

    @property
    def open(self) -> int:
        return self.disputes - self.disputes_over

    @property
    def waiting(self) -> int:
        return self.found - self.settled_on_the_spot - self.disputes

    @property
    def percent(self) -> int:
        return round(100 * self.checked / self.planned) if self.planned else 0


@dataclass(frozen=True)
class CampaignRow:
    campaign: Campaign
    sector: str
    effect: Effect
    is_late: bool


def visible_campaigns(actor: Actor) -> QuerySet[Campaign]:
    """Return the campaigns of the actor's centres, and those in which the actor's unit has a part."""
    own = Campaign.objects.within_reach_of(actor, Can.VIEW)
    parts = Part.objects.within_reach_of(actor, Can.SWEEP).values("campaign_id")
    return own | Campaign.objects.filter(pk__in=parts).exclude(state=CampaignState.DRAFT)


def campaigns_page(
    actor: Actor, *, state: str, text: str, on: date, after: str = "", before: str = ""
) -> tuple[Page[Campaign], list[CampaignRow]]:
    page = page_of(campaigns(actor, state=state, text=text), "-id", after=after, before=before)
    effects = _effects([row.pk for row in page.rows])
    return page, [_campaign_row(row, effects[row.pk], on) for row in page.rows]


def campaigns(actor: Actor, *, state: str, text: str) -> QuerySet[Campaign]:
    rows = visible_campaigns(actor)
    if state:
        rows = rows.filter(state=state)
    return rows.filter(title__icontains=text) if text else rows


def _campaign_row(row: Campaign, effect: Effect, on: date) -> CampaignRow:
    is_late = (
        row.state == CampaignState.RUNNING and row.ends_on < on and effect.checked < effect.planned
    )
    return CampaignRow(row, names("sectors").get(row.sector, row.sector), effect, is_late)


def _effects(ids: list[int]) -> dict[int, Effect]:
    """Return the effects of campaigns; three statements however many they are."""
    done = {
        row["campaign_id"]: row
        for row in Part.objects.filter(campaign__in=ids).values("campaign_id").annotate(
            planned=Sum("planned"), checked=Sum("checked")
        ).order_by()
    }  # fmt: skip
    found = {
        row["part__campaign_id"]: row
        for row in Finding.objects.filter(part__campaign__in=ids).values("part__campaign_id").annotate(
            n=Count("id"), settled=Count("id", filter=Q(settled_on__isnull=False)),
            disputes=Count("matter_id"), over=Count("matter_id", filter=Q(matter__is_open=False)),
        ).order_by()
    }  # fmt: skip
    return {one: _effect(done.get(one, {}), found.get(one, {})) for one in ids}


def _effect(done: Mapping[str, Any], found: Mapping[str, Any]) -> Effect:
    return Effect(
        done.get("planned") or 0, done.get("checked") or 0, found.get("n", 0), found.get("settled", 0),
        found.get("disputes", 0), found.get("over", 0),
    )  # fmt: skip


@dataclass(frozen=True)
class PartRow:
    part: Part
    unit: str
    found: int
    percent: int
    is_own: bool


@dataclass(frozen=True)
class FindingRow:
    finding: Finding
    unit: str
    line: str
    standing: Standing | None
    is_own: bool


@dataclass(frozen=True)
class CampaignDetail:
    row: CampaignRow
    parts: list[PartRow]
    can_plan: bool
    own: list[PartRow]
    sees_all: bool  # the centre; a unit reads what it found itself


def campaign(actor: Actor, row_id: int, *, on: date) -> CampaignDetail:
    found = visible_campaigns(actor).select_related("centre").filter(pk=row_id).first()
    if found is None:
        raise OutOfReach
    mine = set(
        Part.objects.within_reach_of(actor, Can.SWEEP)
        .filter(campaign=found)
        .values_list("pk", flat=True)
    )
    parts = [
        PartRow(
            part, accounts.unit_name(part.unit_id), part.count,
            round(100 * part.checked / part.planned) if part.planned else 0, part.pk in mine,
        )
        for part in Part.objects.filter(campaign=found).annotate(count=Count("findings")).order_by("area_path", "id")
    ]  # fmt: skip
    can_plan = Campaign.objects.within_reach_of(actor, Can.PLAN_SWEEP).filter(pk=found.pk).exists()
    row = _campaign_row(found, _effects([found.pk])[found.pk], on)
    sees_all = Campaign.objects.within_reach_of(actor, Can.VIEW).filter(pk=found.pk).exists()
    return CampaignDetail(row, parts, can_plan, [part for part in parts if part.is_own], sees_all)


def findings(seen: CampaignDetail, *, text: str = "") -> QuerySet[Finding]:
    rows = Finding.objects.filter(part__campaign=seen.row.campaign).select_related("part")
    if not seen.sees_all:
        rows = rows.filter(part__in=[part.part.pk for part in seen.own])
    return rows.filter(Q(words__icontains=text) | Q(address__icontains=text)) if text else rows


def findings_page(
    seen: CampaignDetail, *, text: str, after: str = "", before: str = ""
) -> tuple[Page[Finding], list[FindingRow]]:
    page = page_of(findings(seen, text=text), "-id", after=after, before=before)
    standings = matters.standing_ids([row.matter_id for row in page.rows if row.matter_id])
    lines = {line["code"]: line["text"] for line in seen.row.campaign.check_list}
    own = {part.part.pk for part in seen.own}
    return page, [
        FindingRow(
            row, accounts.unit_name(row.part.unit_id), lines.get(row.line, row.line),
            standings.get(row.matter_id or 0), row.part_id in own,
        )
        for row in page.rows
    ]  # fmt: skip


def findings_table(seen: CampaignDetail) -> Iterator[tuple[Any, ...]]:
    lines = {line["code"]: line["text"] for line in seen.row.campaign.check_list}
    for row in findings(seen).select_related("matter").order_by("-id"):
        yield (
            accounts.unit_name(row.part.unit_id), row.address, lines.get(row.line, row.line), row.words, row.found_on,
            row.matter.number if row.matter else "", row.settled_on or "", row.settled_how,
        )  # fmt: skip


def finding(actor: Actor, finding_id: int) -> Finding:
    """Return a finding of a part that the actor's unit does; OutOfReach for any other."""
    reach = Finding.objects.within_reach_of(actor, Can.SWEEP).select_related(
        "part__campaign__centre"
    )
    found = reach.filter(pk=finding_id).first()
    if found is None:
        raise OutOfReach
    return found


def units_for(centre: Centre) -> list[tuple[int, str]]:
    """Return the units below a centre's own and the offices of its area: who may be given a part."""
    below = set(accounts.units_below(centre.unit_id))
    return [
        (row.id, row.name)
        for row in sorted(accounts.units_by_code().values(), key=lambda row: row.code)
        if row.is_open and (row.id in below or (row.area_path.startswith(centre.area_path) and row.kind == "town_office"))
    ]  # fmt: skip
