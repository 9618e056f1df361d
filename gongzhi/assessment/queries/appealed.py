"""Appeals and findings as their lists and pages show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.lifecycle import OPEN_APPEALS, AppealState
from gongzhi.assessment.models import Appeal, Finding
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of

BOXES: dict[str, Any] = {
    "open": _("Under review"), "upheld": AppealState.UPHELD.label, "rejected": AppealState.REJECTED.label, "all": _("All"),
}  # fmt: skip


def visible_appeals(actor: Actor) -> QuerySet[Appeal]:
    """Return the appeals of one's own area or unit, and those one reviews."""
    seen = Appeal.objects.within_reach_of(actor, Can.APPEAL) | Appeal.objects.within_reach_of(actor, Can.REVIEW)  # fmt: skip
    return seen.select_related("publication__scheme", "finding", "applied")


def appeals(actor: Actor, *, box: str, text: str = "") -> QuerySet[Appeal]:
    rows = visible_appeals(actor)
    if box == "open":
        rows = rows.filter(state__in=OPEN_APPEALS)
    elif box in {AppealState.UPHELD, AppealState.REJECTED}:
        rows = rows.filter(state=box)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(number__startswith=text) | Q(publication__number__startswith=text))  # fmt: skip
    return rows


def appeals_page(
    actor: Actor, *, box: str, text: str = "", after: str = "", before: str = ""
) -> Page[Appeal]:
    return page_of(appeals(actor, box=box, text=text), "-id", after=after, before=before)


def appeal(actor: Actor, appeal_id: int) -> Appeal:
    found = visible_appeals(actor).filter(pk=appeal_id).first()
    if found is None:
        raise OutOfReach
    return found


@dataclass(frozen=True)
class Say:
    """What the reader may do about an appeal now."""

    can_review: bool
    can_withdraw: bool
    must_leave: bool  # filed it, or gave the first opinion
    is_late: bool


def say_of(actor: Actor, row: Appeal, *, at: datetime) -> Say:
    is_open = row.state in OPEN_APPEALS
    reviews = is_open and Appeal.objects.within_reach_of(actor, Can.REVIEW).filter(pk=row.pk).exists()  # fmt: skip
    mine = is_open and Appeal.objects.within_reach_of(actor, Can.APPEAL).filter(pk=row.pk).exists()
    leaves = actor.id in {row.filed_by, row.first_by}
    due_at = row.second_due_at or row.first_due_at
    return Say(reviews and not leaves, mine, reviews and leaves, is_open and due_at < at)


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    return Finding.objects.within_reach_of(actor, Can.VIEW) | Finding.objects.within_reach_of(actor, Can.KEEP)  # fmt: skip


def findings_page(
    actor: Actor, *, text: str = "", after: str = "", before: str = ""
) -> Page[Finding]:
    rows = visible_findings(actor)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(evidence__icontains=text) | Q(number__startswith=text))  # fmt: skip
    return page_of(rows, "-id", after=after, before=before)
