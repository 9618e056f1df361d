"""Questions about awards: the boxes of the review page, one award with its ledger, payout batches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.base.payouts import per_town
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places
from gongzhi.rewards.lifecycle import State
from gongzhi.rewards.models import Award, Claim, LedgerEntry, Objection, PayoutBatch, RewardRule
from gongzhi.rewards.queries.ruling import DESK, payment_way, rules_in_force

ORDER = ("-id",)
BOXES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "review": (_("To review"), (State.PROPOSED,)),
    "approve": (_("To approve"), (State.REVIEWED,)),
    "objections": (_("Objections"), ()),
    "approved": (_("To be claimed"), (State.APPROVED,)),
    "claimed": (_("To be paid"), (State.CLAIMED, State.BATCHED)),
    "paid": (_("Paid"), (State.PAID,)),
    "none": (_("Without reward"), (State.BARRED, State.REFUSED, State.LAPSED, State.WITHDRAWN)),
}


@dataclass(frozen=True)
class AwardRow:
    award: Award
    place: str
    says: str  # the rule, or why there is none


def visible_awards(actor: Actor) -> QuerySet[Award]:
    return Award.objects.within_reach_of(actor, *DESK)


def awards(actor: Actor, *, box: str = "review", text: str = "") -> QuerySet[Award]:
    """Return the awards of a box within reach, newest first."""
    rows = visible_awards(actor).select_related("rule").order_by(*ORDER)
    if box == "objections":
        rows = rows.filter(pk__in=Objection.objects.filter(answered_at=None).values("award_id"))
    else:
        rows = rows.filter(state__in=BOXES[box][1])
    if text:
        number = matters.whole_number(text) or text
        rows = rows.filter(Q(number__startswith=number) | Q(title__icontains=text))
    return rows


def awards_page(
    actor: Actor, *, box: str, text: str = "", after: str = "", before: str = ""
) -> tuple[Page[Award], list[AwardRow]]:
    page = page_of(awards(actor, box=box, text=text), *ORDER, after=after, before=before)
    return page, [_row(award) for award in page.rows]


def _row(award: Award) -> AwardRow:
    says = award.rule.name if award.rule else ""
    if award.state == State.BARRED:
        says = award.get_bar_display()
    elif award.state == State.REFUSED:
        says = award.reason
    return AwardRow(award, places.full_name(award.area_path), says)


def box_counts(actor: Actor) -> dict[str, int]:
    """Return how many wait in the boxes somebody works on."""
    by_state = dict(
        visible_awards(actor).filter(state__in=[State.PROPOSED, State.REVIEWED, State.CLAIMED])
        .order_by().values_list("state").annotate(n=Count("id"))
    )  # fmt: skip
    return {
        "review": by_state.get(State.PROPOSED, 0),
        "approve": by_state.get(State.REVIEWED, 0),
        "claimed": by_state.get(State.CLAIMED, 0),
        "objections": awards(actor, box="objections").count(),
    }


@dataclass(frozen=True)
class AwardDetail:
    row: AwardRow
    entries: list[LedgerEntry]
    objections: list[Objection]
    claim: Claim | None
    way: str
    rules: list[RewardRule]


def award_detail(actor: Actor, award_id: int, *, on: date) -> AwardDetail:
    """Return one award with its ledger; how somebody is paid stands only in the batch's file."""
    award = visible_awards(actor).select_related("rule").filter(pk=award_id).first()
    if award is None:
        raise OutOfReach
    claim = Claim.objects.filter(award=award).first()
    way = payment_way(claim.way) if claim else None
    return AwardDetail(
        _row(award), list(award.entries.order_by("-id")), list(award.objections.order_by("-id")), claim,
        way.name if way else "", rules_in_force(on=on),
    )  # fmt: skip


def awards_table(rows: QuerySet[Award]) -> Iterator[tuple[Any, ...]]:
    """Write awards without anything about the person."""
    for award in rows.iterator(chunk_size=500):
        row = _row(award)
        yield (
            award.number, award.title, row.place, award.get_state_display(), award.amount, row.says, award.reported_at,
            award.closed_at, award.decided_at, award.paid_at,
        )  # fmt: skip


def visible_batches(actor: Actor) -> QuerySet[PayoutBatch]:
    return PayoutBatch.objects.within_reach_of(actor, *DESK)


def batches_page(actor: Actor, *, after: str = "", before: str = "") -> Page[PayoutBatch]:
    return page_of(visible_batches(actor), "-made_at", "-id", after=after, before=before)


def batch(actor: Actor, batch_id: int) -> PayoutBatch:
    found = visible_batches(actor).filter(pk=batch_id).first()
    if found is None:
        raise OutOfReach
    return found


@dataclass(frozen=True)
class BatchLine:
    award: Award
    way: str
    result: str


def batch_lines(row: PayoutBatch) -> list[BatchLine]:
    """Return the lines of a batch as its page shows them: the way of payment, no account."""
    return [
        BatchLine(award, claim[0], award.get_state_display())
        for award in row.awards.select_related("claim").order_by("number")
        if (claim := _claim_words(award))
    ]


def _claim_words(award: Award) -> tuple[str, str, str, str]:
    claim = award.claim
    way = payment_way(claim.way)
    return (way.name if way else claim.way, claim.payee, claim.account, claim.extra)


def batch_table(row: PayoutBatch) -> Iterator[tuple[Any, ...]]:
    """Write what the finance office needs to pay a batch."""
    for serial, award in enumerate(row.awards.select_related("claim").order_by("number"), start=1):
        way, payee, account, extra = _claim_words(award)
        yield (serial, award.number, award.amount, way, payee, account, extra)


def areas_to_pay(actor: Actor, capability: str) -> list[tuple[str, str, int]]:
    """Return the towns with claimed awards within reach, and how many."""
    rows = Award.objects.within_reach_of(actor, capability).filter(state=State.CLAIMED)
    paths = rows.values_list("area_path", flat=True)
    return per_town(paths, lambda path: places.area(path).name)
