"""The boxes of the desk, one allowance with its ledger, batches, what is one's own, what is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.allowances import rules
from gongzhi.allowances.lifecycle import State
from gongzhi.allowances.models import Account, Allowance, Batch, LedgerEntry, Objection, Share
from gongzhi.allowances.queries.ruling import DESK, FORM_WORDS, GRADE_WORDS, line_words
from gongzhi.base.actor import Actor
from gongzhi.base.counting import counts_of
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.base.payouts import per_town
from gongzhi.base.secrets import masked
from gongzhi.disputes import queries as disputes
from gongzhi.matters import queries as matters
from gongzhi.mediators import queries as mediators
from gongzhi.places import queries as places

ORDER = ("-id",)
BOXES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "review": (_("To review"), (State.PROPOSED,)),
    "approve": (_("To decide"), (State.REVIEWED,)),
    "published": (pgettext_lazy("allowance", "Published"), (State.PUBLISHED,)),
    "objections": (_("Objections"), ()),
    "payable": (_("To be paid"), (State.PAYABLE, State.BATCHED)),
    "returned": (_("Payment returned"), (State.RETURNED,)),
    "paid": (_("Paid"), (State.PAID,)),
    "none": (_("Without allowance"), (State.BARRED, State.REFUSED, State.WITHDRAWN)),
}
# What a tab counts: of "to be paid", what no payment holds yet.
WAITING = {
    "review": State.PROPOSED, "approve": State.REVIEWED, "published": State.PUBLISHED, "payable": State.PAYABLE,
    "returned": State.RETURNED,
}  # fmt: skip
SORTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "newest": (_("Newest first"), ("-id",)),
    "oldest": (_("Oldest first"), ("id",)),
    "amount": (_("Largest first"), ("-amount", "-id")),
}


@dataclass(frozen=True)
class AllowanceRow:
    allowance: Allowance
    place: str
    grade: str
    form: str
    says: str  # the line, or why there is none
    body: str


def visible_allowances(actor: Actor) -> QuerySet[Allowance]:
    return Allowance.objects.within_reach_of(actor, *DESK)


def allowances(actor: Actor, *, box: str = "review", text: str = "") -> QuerySet[Allowance]:
    """Return the allowances of a box within reach."""
    rows = visible_allowances(actor).select_related("line", "body")
    if box == "objections":
        rows = rows.filter(pk__in=Objection.objects.filter(answered_at=None).values("allowance_id"))
    else:
        rows = rows.filter(state__in=BOXES[box][1])
    if text:
        number = matters.whole_number(text) or text
        named = Q(kind_name__in=disputes.kinds_named(text)) | Q(
            body__in=mediators.bodies_named(text)
        )
        rows = rows.filter(Q(number__startswith=number) | named)
    return rows


def allowances_page(
    actor: Actor,
    *,
    box: str,
    text: str = "",
    sort: str = "newest",
    after: str = "",
    before: str = "",
) -> tuple[Page[Allowance], list[AllowanceRow]]:
    rows = allowances(actor, box=box, text=text)
    page = page_of(rows, *SORTS[sort][1], after=after, before=before)
    return page, [_row(row) for row in page.rows]


def _row(row: Allowance) -> AllowanceRow:
    says = line_words(row.line) if row.line else ""
    if row.state == State.BARRED:
        says = str(row.get_bar_display())
    elif row.state == State.REFUSED:
        says = row.reason
    return AllowanceRow(
        row, places.full_name(row.area_path), str(GRADE_WORDS.get(row.grade, row.grade)),
        str(FORM_WORDS.get(row.form, row.form)), says, row.body.name if row.body else "",
    )  # fmt: skip


def box_counts(actor: Actor) -> dict[str, int]:
    """Return how many wait in the boxes somebody works on, up to a thousand: one statement."""
    rows = visible_allowances(actor)
    lists = {box: rows.filter(state=state) for box, state in WAITING.items()}
    return counts_of(lists | {"objections": allowances(actor, box="objections")})


@dataclass(frozen=True)
class AllowanceDetail:
    row: AllowanceRow
    shares: list[Share]
    entries: list[LedgerEntry]
    objections: list[Objection]


def allowance_detail(actor: Actor, allowance_id: int) -> AllowanceDetail:
    found = visible_allowances(actor).select_related("line", "line__rules", "body", "batch")
    row = found.filter(pk=allowance_id).first()
    if row is None:
        raise OutOfReach
    return AllowanceDetail(
        _row(row), list(row.shares.select_related("mediator").order_by("id")), list(row.entries.order_by("-id")),
        list(row.objections.order_by("-id")),
    )  # fmt: skip


def allowances_table(rows: QuerySet[Allowance]) -> Iterator[tuple[Any, ...]]:
    """Write allowances without a word about the parties."""
    for row in rows.iterator(chunk_size=500):
        shown = _row(row)
        yield (
            row.number, row.kind_name, shown.place, shown.body, shown.grade, shown.form,
            float(row.score) if row.score is not None else None, row.get_state_display(), row.amount, shown.says,
            row.archived_at, row.published_at, row.paid_at,
        )  # fmt: skip


def visible_batches(actor: Actor) -> QuerySet[Batch]:
    return Batch.objects.within_reach_of(actor, *DESK)


def batches_page(actor: Actor, *, after: str = "", before: str = "") -> Page[Batch]:
    return page_of(visible_batches(actor), "-made_at", "-id", after=after, before=before)


def batch(actor: Actor, batch_id: int) -> Batch:
    found = visible_batches(actor).filter(pk=batch_id).first()
    if found is None:
        raise OutOfReach
    return found


def batch_shares(row: Batch) -> QuerySet[Share]:
    """Return what the batch pays; a share paid by an earlier batch is not among it."""
    rows = Share.objects.filter(allowance__batch=row).select_related("allowance", "mediator", "mediator__body")  # fmt: skip
    if row.state != Batch.State.DONE:
        rows = rows.filter(paid_at=None)
    return rows.order_by("allowance__number", "id")


def batch_table(row: Batch) -> Iterator[tuple[Any, ...]]:
    """Write what the finance office needs to pay a batch."""
    shares = list(batch_shares(row))
    ways = {one.mediator_id: one for one in Account.objects.filter(mediator__in=[share.mediator_id for share in shares])}  # fmt: skip
    for serial, share in enumerate(shares, start=1):
        way = ways.get(share.mediator_id)
        yield (
            serial, share.allowance.number, share.mediator.name, share.mediator.body.name, share.amount,
            way.payee if way else "", way.bank if way else "", way.number if way else "",
        )  # fmt: skip


def areas_to_pay(actor: Actor, capability: str) -> list[tuple[str, str, int]]:
    """Return the towns with something to be paid within reach, and how much of it."""
    rows = Allowance.objects.within_reach_of(actor, capability)
    rows = rows.filter(state__in=[State.PAYABLE, State.RETURNED])
    paths = rows.values_list("area_path", flat=True)
    return per_town(paths, lambda path: places.area(path).name)


@dataclass(frozen=True)
class OwnShare:
    share: Share
    number: str
    kind_name: str
    state: str
    says: str


@dataclass(frozen=True)
class OwnMoney:
    """What one gets by one office, and where it is paid to."""

    mediator: Any
    shares: list[OwnShare]
    account: str  # masked
    payee: str
    bank: str
    is_returned: bool


def own_money(actor: Actor) -> list[OwnMoney]:
    """Return what is one's own, the newest first; nobody else sees it together."""
    return [_own(one) for one in mediators.mediators_of_user(actor.id)]


def _own(mediator: Any) -> OwnMoney:
    rows = Share.objects.filter(mediator=mediator).select_related("allowance", "allowance__line")
    shares = [
        OwnShare(one, one.allowance.number, one.allowance.kind_name, str(one.allowance.get_state_display()), _row_says(one.allowance))
        for one in rows.order_by("-allowance_id")[:100]
    ]  # fmt: skip
    way = Account.objects.filter(mediator=mediator).first()
    return OwnMoney(
        mediator, shares, masked(way.number) if way else "", way.payee if way else "", way.bank if way else "",
        any(one.share.returned_for for one in shares),
    )  # fmt: skip


def _row_says(row: Allowance) -> str:
    if row.state == State.REFUSED:
        return row.reason
    return line_words(row.line) if row.line else ""


@dataclass(frozen=True)
class PublicRow:
    """One line of the publicity: no party, the number and the mediators masked."""

    id: int
    number: str
    kind_name: str
    place: str
    body: str
    mediators: str
    grade: str
    form: str
    amount: int
    object_until: datetime | None


def published(*, at: datetime, area: str = "", after: str = "", before: str = "") -> tuple[Page[Allowance], list[PublicRow]]:  # fmt: skip
    """Return what stands in publicity now, by place."""
    rows = Allowance.objects.filter(state=State.PUBLISHED, object_until__gte=at)
    rows = rows.select_related("body").prefetch_related("shares__mediator")
    if area:
        rows = rows.filter(area_path__startswith=area)
    page = page_of(rows, "-published_at", "-id", after=after, before=before)
    return page, [_public(row) for row in page.rows]


def _public(row: Allowance) -> PublicRow:
    names = "、".join(rules.masked_person(one.mediator.name) for one in row.shares.all())
    parts = "/".join(row.area_path.split("/")[:3]).rstrip("/") + "/"
    return PublicRow(
        row.pk, rules.masked_number(row.number), row.kind_name, places.full_name(parts), row.body.name if row.body else "",
        names, str(GRADE_WORDS.get(row.grade, row.grade)), str(FORM_WORDS.get(row.form, row.form)), row.amount,
        row.object_until,
    )  # fmt: skip


def published_one(allowance_id: int, *, at: datetime) -> PublicRow:
    rows = Allowance.objects.filter(state=State.PUBLISHED, object_until__gte=at)
    row = rows.select_related("body").prefetch_related("shares__mediator").filter(pk=allowance_id).first()  # fmt: skip
    if row is None:
        raise OutOfReach
    return _public(row)
