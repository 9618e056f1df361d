"""Campaigns: plan, begin, report what was looked at, note what was found, make it a dispute, end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.centres import queries
from gongzhi.centres.actions.intake import Said, register
from gongzhi.centres.actions.reaching import locked
from gongzhi.centres.capabilities import Can
from gongzhi.centres.lifecycle import CampaignState
from gongzhi.centres.models import Campaign, Centre, Finding, Part, Registration
from gongzhi.disputes import actions as disputes

MOST_UNITS = 700
MOST_PLANNED = 100_000


@dataclass(frozen=True)
class CampaignDraft:
    title: str
    sector: str
    text: str
    starts_on: date
    ends_on: date
    unit_ids: Sequence[int]
    planned: int  # places for each unit to look at


@transaction.atomic
def make_campaign(*, centre: Centre, draft: CampaignDraft, actor: Actor, at: datetime) -> Campaign:
    """Plan a campaign with a part for each unit; it reaches the units when it begins."""
    _check(draft)
    house = locked(Centre, centre.pk, actor, Can.PLAN_SWEEP)
    row = Campaign.objects.create(
        centre=house, title=draft.title.strip()[:80], sector=draft.sector, text=draft.text.strip(),
        check_list=queries.check_list(draft.sector), starts_on=draft.starts_on, ends_on=draft.ends_on, made_at=at,
        made_by_name=actor.name,
    )  # fmt: skip
    units = [accounts.unit(one) for one in dict.fromkeys(draft.unit_ids)]
    Part.objects.bulk_create(
        Part(
            campaign=row, unit_id=unit.id, unit_ids=sorted({*unit.ancestors, *house.unit_ids}), area_path=unit.area_path,
            planned=draft.planned,
        )
        for unit in units
    )  # fmt: skip
    audit.record(actor=actor, verb="centres.campaign", subject=f"campaign:{row.pk}", at=at)
    return row


def _check(draft: CampaignDraft) -> None:
    if draft.sector not in queries.names("sectors"):
        raise Invalid({"sector": _("Choose the sector.")})
    if draft.ends_on < draft.starts_on:
        raise Invalid({"ends_on": _("The end lies before the beginning.")})
    if not draft.unit_ids or len(draft.unit_ids) > MOST_UNITS:
        raise Invalid({"unit_ids": _("Choose at least one unit.")})
    if not 1 <= draft.planned <= MOST_PLANNED:
        raise Invalid({"planned": _("Say how many places each unit looks at.")})


@transaction.atomic
def begin(*, campaign_id: int, actor: Actor, at: datetime) -> Campaign:
    row = locked(Campaign, campaign_id, actor, Can.PLAN_SWEEP)
    if row.state != CampaignState.DRAFT:
        raise Refused(_("This campaign has begun already."))
    row.state = CampaignState.RUNNING
    row.save(update_fields=["state"])
    audit.record(actor=actor, verb="centres.begin_campaign", subject=f"campaign:{row.pk}", at=at)
    return row


@transaction.atomic
def end_campaign(*, campaign_id: int, result: str, actor: Actor, at: datetime) -> Campaign:
    """End a campaign with what it led to; every finding must be a dispute or settled first."""
    row = locked(Campaign, campaign_id, actor, Can.PLAN_SWEEP)
    if row.state != CampaignState.RUNNING:
        raise Refused(_("Only a campaign under way can be ended."))
    if len(result.strip()) < 5:
        raise Invalid({"result": _("Say what the campaign led to.")})
    left = Finding.objects.filter(
        part__campaign=row, matter__isnull=True, settled_on__isnull=True
    ).count()
    if left:
        raise Refused(_("{n} findings are neither settled nor made a dispute.").format(n=left))
    row.state, row.result = CampaignState.ENDED, result.strip()[:1000]
    row.save(update_fields=["state", "result"])
    audit.record(actor=actor, verb="centres.end_campaign", subject=f"campaign:{row.pk}", at=at)
    return row


def _running(part_id: int, actor: Actor) -> Part:
    row = locked(Part, part_id, actor, Can.SWEEP)
    if row.campaign.state != CampaignState.RUNNING:
        raise Refused(_("This campaign is not under way."))
    return row


@transaction.atomic
def report_part(*, part_id: int, checked: int, note: str, actor: Actor, at: datetime) -> Part:
    """Say how many places the unit has looked at so far; the number never falls."""
    row = _running(part_id, actor)
    if checked < row.checked:
        raise Invalid(
            {"checked": _("It was {n} already; the number does not fall.").format(n=row.checked)}
        )
    if checked > MOST_PLANNED:
        raise Invalid({"checked": _("That is more than there are.")})
    row.checked, row.note, row.reported_at, row.reported_by_name = (
        checked,
        note.strip()[:500],
        at,
        actor.name,
    )
    row.save(update_fields=["checked", "note", "reported_at", "reported_by_name"])
    return row


@transaction.atomic
def note_finding(
    *, part_id: int, line: str, address: str, words: str, actor: Actor, at: datetime
) -> Finding:
    """Note a sign of trouble at a place: the place and the trouble, no person."""
    part = _running(part_id, actor)
    if line not in {one["code"] for one in part.campaign.check_list}:
        raise Invalid({"line": _("Choose the line of the check-list.")})
    if not address.strip() or len(words.strip()) < 2:
        raise Invalid({"words": _("Say where it is and what the trouble is.")})
    return Finding.objects.create(
        part=part, line=line, address=address.strip()[:200], words=words.strip()[:500],
        found_on=timezone.localdate(at), found_by_name=actor.name,
    )  # fmt: skip


def _waiting(finding_id: int, actor: Actor) -> Finding:
    row = locked(Finding, finding_id, actor, Can.SWEEP)
    if row.matter_id or row.settled_on:
        raise Refused(_("This finding is dealt with already."))
    return row


@transaction.atomic
def settle_finding(*, finding_id: int, how: str, actor: Actor, at: datetime) -> Finding:
    """Note that the trouble is gone without a dispute, and how."""
    row = _waiting(finding_id, actor)
    if len(how.strip()) < 2:
        raise Invalid({"how": _("Say how it was settled.")})
    row.settled_on, row.settled_how = timezone.localdate(at), how.strip()[:300]
    row.save(update_fields=["settled_on", "settled_how"])
    return row


@transaction.atomic
def make_dispute(
    *, finding_id: int, sides: Sequence[disputes.Side], wish: str, actor: Actor, at: datetime
) -> Registration:
    """Take a finding in as a dispute on the body's own initiative: 人民调解法 art. 17."""
    row = _waiting(finding_id, actor)
    campaign = row.part.campaign
    kind = queries.by_code("sectors")[campaign.sector]["kind"]
    said = Said(
        door="sweep", sides=sides, story=row.words, wish=wish, area_path=row.part.area_path, kind_code=kind,
        address=row.address,
    )  # fmt: skip
    if queries.centre_for(row.part.area_path) is None:
        raise OutOfReach
    made = register(said=said, actor=actor, at=at, key=f"sweep:{row.pk}")
    row.matter_id = made.matter_id
    row.save(update_fields=["matter"])
    return made
