"""Questions about like matters, their batches, and the suggestions raised from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.clocks import queries as clocks
from gongzhi.matters import queries as matters
from gongzhi.matters.queries import Filter
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.lifecycle import BatchState, Cause, SuggestionState
from gongzhi.oversight.models import Batch, Member, Record, Suggestion
from gongzhi.oversight.queries.content import norm
from gongzhi.oversight.queries.orders import lines_of
from gongzhi.places import queries as places

NEWEST = ("-id",)
FOUND_BY = (Cause.ITEM, Cause.PLACE, Cause.RESPONDENT)
# What may be done with each matter of a batch when it is answered; empty: the answer alone.
MOVES: dict[str, Any] = {
    "": _("Only write the answer into each file"),
    "accept": _("Accept each with the answer"),
    "hand_in": _("Hand each in with the answer"),
    "close": _("Close each with the answer"),
}


@dataclass(frozen=True)
class BatchRow:
    batch: Batch
    place: str
    count: int
    done: int
    failed: int


def visible_batches(actor: Actor) -> QuerySet[Batch]:
    return Batch.objects.within_reach_of(actor, Can.VIEW)


def batches_page(
    actor: Actor, *, state: str, after: str = "", before: str = ""
) -> tuple[Page[Batch], list[BatchRow]]:
    rows = visible_batches(actor)
    rows = rows.filter(state=state) if state in BatchState.values else rows
    page = page_of(rows, *NEWEST, after=after, before=before)
    return page, _rows(page.rows)


def _rows(batches: Sequence[Batch]) -> list[BatchRow]:
    rows = (
        Member.objects.filter(batch__in=batches, removed_at__isnull=True)
        .order_by().values_list("batch_id")
        .annotate(n=Count("id"), done=Count("id", filter=Q(done_at__isnull=False)), failed=Count("id", filter=~Q(problem="")))
    )  # fmt: skip
    counted = {batch_id: (n, done, failed) for batch_id, n, done, failed in rows}
    return [
        BatchRow(b, places.full_name(b.area_path) or _city_name(b), *counted.get(b.pk, (0, 0, 0)))
        for b in batches
    ]


def _city_name(batch: Batch) -> str:
    return places.area(batch.area_path).name if batch.area_path else ""


def batch_counts(actor: Actor) -> dict[str, int]:
    rows = visible_batches(actor).order_by().values_list("state").annotate(n=Count("id"))
    return dict(rows)


@dataclass(frozen=True)
class MemberRow:
    member: Member
    row: Any  # of the register; None out of reach


@dataclass(frozen=True)
class BatchDetail:
    row: BatchRow
    members: list[MemberRow]
    lines: list[Record]
    suggestions: list[Suggestion]
    can_work: bool
    least_to_suggest: int
    can_suggest: bool


def batch_detail(actor: Actor, batch_id: int, *, at: datetime) -> BatchDetail:
    batch = visible_batches(actor).filter(pk=batch_id).first()
    if batch is None:
        raise OutOfReach
    members = list(batch.members.filter(removed_at__isnull=True).order_by("id"))
    rows = {r.id: r for r in matters.rows_by_id([m.matter_id for m in members], actor, at=at)}
    least = norm("suggestion.least", on=timezone.localdate(at))
    works = Batch.objects.within_reach_of(actor, Can.BATCH).filter(pk=batch_id).exists()
    raises = Batch.objects.within_reach_of(actor, Can.SUGGEST).filter(pk=batch_id).exists()
    return BatchDetail(
        _rows([batch])[0], [MemberRow(m, rows.get(m.matter_id)) for m in members],
        lines_of(Record.Subject.BATCH, batch_id), list(batch.suggestions.order_by("-id")),
        can_work=works and batch.state == BatchState.OPEN, least_to_suggest=least,
        can_suggest=raises and batch.state != BatchState.DISSOLVED and len(members) >= least,
    )  # fmt: skip


def batch_of(matter_id: int) -> Batch | None:
    """Return the batch a matter is in, the newest first."""
    member = (
        Member.objects.filter(matter_id=matter_id, removed_at__isnull=True)
        .exclude(batch__state=BatchState.DISSOLVED).select_related("batch").order_by("-id").first()
    )  # fmt: skip
    return member.batch if member else None


def suggested_groups(
    actor: Actor, *, cause: str, area: str = "", at: datetime
) -> tuple[list[matters.LikeGroup], int, int]:
    """Return groups of like matters that are in no open batch, with the least number and the days looked back."""
    on = timezone.localdate(at)
    least, days = norm("batch.least", on=on), norm("batch.days", on=on)
    taken = Member.objects.filter(removed_at__isnull=True, done_at__isnull=True)
    found = matters.like_groups(
        actor, cause=cause, least=least, since=at - timedelta(days=days), by=Filter(area=area), at=at,
        but=set(taken.values_list("matter_id", flat=True)),
    )  # fmt: skip
    return found, least, days


@dataclass(frozen=True)
class SuggestionRow:
    suggestion: Suggestion
    unit: str
    place: str
    face: Any


def visible_suggestions(actor: Actor) -> QuerySet[Suggestion]:
    return Suggestion.objects.within_reach_of(actor, Can.VIEW)


def _suggestions(actor: Actor, state: str, at: datetime) -> QuerySet[Suggestion]:
    rows = visible_suggestions(actor)
    if state == "late":
        return rows.filter(state=SuggestionState.RAISED, due_at__lt=at)
    return rows.filter(state=state) if state in SuggestionState.values else rows


def suggestions_page(
    actor: Actor, *, state: str, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Suggestion], list[SuggestionRow]]:
    page = page_of(_suggestions(actor, state, at), *NEWEST, after=after, before=before)
    return page, [suggestion_row(row, at) for row in page.rows]


def suggestion_row(row: Suggestion, at: datetime) -> SuggestionRow:
    face = clocks.face(
        due_at=row.due_at,
        at=at,
        started_at=row.raised_at,
        stopped_at=row.answered_at,
        counting="working",
    )
    return SuggestionRow(
        row, accounts.unit_name(row.unit_id), places.full_name(row.area_path), face
    )


def suggestion_counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    counted = visible_suggestions(actor).order_by().aggregate(
        raised=Count("id", filter=Q(state=SuggestionState.RAISED)),
        late=Count("id", filter=Q(state=SuggestionState.RAISED, due_at__lt=at)),
        adopted=Count("id", filter=Q(state=SuggestionState.ADOPTED)),
        partly=Count("id", filter=Q(state=SuggestionState.PARTLY)),
        refused=Count("id", filter=Q(state=SuggestionState.REFUSED)),
    )  # fmt: skip
    return {name: int(count) for name, count in counted.items()}


@dataclass(frozen=True)
class SuggestionDetail:
    row: SuggestionRow
    batch: BatchRow
    lines: list[Record]
    can_answer: bool


def suggestion_detail(actor: Actor, suggestion_id: int, *, at: datetime) -> SuggestionDetail:
    found = visible_suggestions(actor).select_related("batch").filter(pk=suggestion_id).first()
    if found is None:
        raise OutOfReach
    answers = found.state == SuggestionState.RAISED and may_answer(found, actor)
    return SuggestionDetail(
        suggestion_row(found, at), _rows([found.batch])[0], lines_of(Record.Subject.SUGGESTION, suggestion_id), answers
    )  # fmt: skip


def may_answer(row: Suggestion, actor: Actor) -> bool:
    """Tell whether the actor answers for the department: works there, or in a unit above it."""
    return any(
        row.unit_id in accounts.units_below(grant.home)
        for grant in actor.grants_for(Can.ANSWER)
        if grant.home is not None
    )


def departments_for(area_path: str) -> list[tuple[int, str]]:
    """Return the departments a suggestion about a place can go to."""
    units = matters.handling_units(area_path)
    return [(u.id, u.name) for u in units if u.kind in {"department", "town_office"}]


def suggestions_table(actor: Actor, *, state: str, at: datetime) -> Iterator[Sequence[Any]]:
    rows = _suggestions(actor, state, at).select_related("batch").order_by(*NEWEST)
    for found in rows.iterator(chunk_size=500):
        row = suggestion_row(found, at)
        yield (
            found.title, row.unit, row.place, found.count, found.text, found.raised_by_name, found.raised_at,
            found.due_at, found.get_state_display(), found.answer, found.answered_by_name, found.answered_at,
        )  # fmt: skip


def batch_table(actor: Actor, batch_id: int, *, at: datetime) -> list[Sequence[Any]]:
    """Return the matters of a batch and what became of each."""
    seen = batch_detail(actor, batch_id, at=at)
    return [
        (
            one.row.number, one.row.title, one.row.item, one.row.place, one.row.state_label, one.row.reported_at,
            one.member.done_at, one.member.problem,
        )
        for one in seen.members
        if one.row is not None
    ]  # fmt: skip
