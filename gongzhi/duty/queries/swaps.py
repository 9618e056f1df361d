"""Changes of shifts that are asked for: mine, and those to decide."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.duty.capabilities import Can
from gongzhi.duty.lifecycle import SwapState
from gongzhi.duty.models import Swap

BOXES = {"open": pgettext_lazy("swap", "Open"), "all": _("All")}
OPEN = (SwapState.ASKED, SwapState.AGREED)


@dataclass(frozen=True)
class SwapRow:
    swap: Swap
    can_agree: bool
    can_decide: bool
    can_withdraw: bool


def visible_swaps(actor: Actor) -> QuerySet[Swap]:
    """Return one's own requests and those of desks whose roster the actor keeps or works at."""
    within = Swap.objects.within_reach_of(actor, Can.ROSTER)
    return within | Swap.objects.filter(Q(asker=actor.id) | Q(taker=actor.id))


def swap(actor: Actor, swap_id: int) -> Swap:
    found = visible_swaps(actor).filter(pk=swap_id).first()
    if found is None:
        raise OutOfReach
    return found


def swaps_page(
    actor: Actor, *, box: str = "open", after: str = "", before: str = ""
) -> tuple[Page[Swap], list[SwapRow]]:
    rows = visible_swaps(actor).select_related("asker", "taker", "desk", "stint", "other")
    if box == "open":
        rows = rows.filter(state__in=OPEN)
    page = page_of(rows, "-id", after=after, before=before)
    kept = set(
        Swap.objects.within_reach_of(actor, Can.ROSTER)
        .filter(pk__in=[row.pk for row in page.rows])
        .values_list("pk", flat=True)
    )
    return page, [_row(row, actor, kept) for row in page.rows]


def _row(row: Swap, actor: Actor, kept: set[int]) -> SwapRow:
    is_party = actor.id in {row.asker_id, row.taker_id}
    return SwapRow(
        row,
        can_agree=row.state == SwapState.ASKED and actor.id == row.taker_id,
        can_decide=row.state == SwapState.AGREED and row.pk in kept and not is_party,
        can_withdraw=row.state in OPEN and actor.id == row.asker_id,
    )


def open_count(actor: Actor) -> int:
    """Return how many wait for this actor: to agree, or to decide."""
    mine = Q(state=SwapState.ASKED, taker=actor.id)
    decide = Swap.objects.within_reach_of(actor, Can.ROSTER).filter(state=SwapState.AGREED)
    return (Swap.objects.filter(mine) | decide).distinct().count()
