"""Questions about blocks, senders seen with a report, and appeals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.guard.capabilities import Can
from gongzhi.guard.models import Appeal, Block, Sending
from gongzhi.guard.queries.senders import Sender

ORDER = ("-made_at", "-id")
LATELY = timedelta(days=7)
STATES = {
    "": _("In force"),
    "appeals": _("Appeals to answer"),
    "ended": _("Ended"),
    "all": _("All"),
}


@dataclass(frozen=True)
class Seen:
    """One sender of a report, as somebody who makes a block sees it: a label, never an address."""

    subject: str
    key: str
    label: str
    reports: int  # of the last days
    at: datetime
    is_blocked: bool


def label_of(key: str) -> str:
    return key[:6].upper()


def blocks(actor: Actor, *, state: str = "", text: str = "", at: datetime) -> QuerySet[Block]:
    """Return blocks whose state and words fit, newest first."""
    _must_manage(actor)
    rows = Block.objects.order_by(*ORDER)
    in_force = Q(lifted_at=None, until__gt=at)
    if state == "appeals":
        rows = rows.filter(pk__in=Appeal.objects.filter(answered_at=None).values("block_id"))
    elif state == "ended":
        rows = rows.exclude(in_force)
    elif state != "all":
        rows = rows.filter(in_force)
    if text:
        rows = rows.filter(
            Q(reference__iexact=text) | Q(number__startswith=text) | Q(label__iexact=text) | Q(reason__icontains=text)
        )  # fmt: skip
    return rows


def blocks_page(
    actor: Actor,
    *,
    at: datetime,
    state: str = "",
    text: str = "",
    after: str = "",
    before: str = "",
) -> Page[Block]:
    return page_of(blocks(actor, state=state, text=text, at=at), *ORDER, after=after, before=before)


def block(actor: Actor, reference: str) -> Block:
    _must_manage(actor)
    found = Block.objects.filter(reference=reference).prefetch_related("appeals").first()
    if found is None:
        raise OutOfReach
    return found


def seen_with(actor: Actor, number: str, *, at: datetime) -> list[Seen]:
    """Return the devices and addresses a report came from, while they are still remembered."""
    _must_manage(actor)
    found: dict[str, Seen] = {}
    for row in Sending.objects.filter(number=number).order_by("at"):
        for subject, key in (("device", row.device), ("address", row.address)):
            if key and key not in found:
                found[key] = _seen(subject, key, row.at, at)
    return list(found.values())


def _seen(subject: str, key: str, sent_at: datetime, at: datetime) -> Seen:
    reports = Sending.objects.filter(**{subject: key}, at__gt=at - LATELY).count()
    return Seen(subject, key, label_of(key), reports, sent_at, block_on(key, at=at) is not None)


def block_on(key: str, *, at: datetime) -> Block | None:
    return Block.objects.filter(key=key, lifted_at=None, until__gt=at).order_by("-until").first()


def blocks_of(sender: Sender, *, at: datetime) -> list[Block]:
    """Return what a visitor is blocked by now, and what was answered to their appeals."""
    keys = [key for key in (sender.device, sender.address) if key]
    return list(
        Block.objects.filter(key__in=keys, lifted_at=None, until__gt=at)
        .order_by("-until")
        .prefetch_related("appeals")
    )


def appeals_waiting() -> int:
    return Appeal.objects.filter(answered_at=None).count()


def blocks_table(rows: QuerySet[Block]) -> Iterator[tuple[object, ...]]:
    for row in rows.annotate(appeal_count=Count("appeals")).iterator():
        yield (
            row.reference, row.get_subject_display(), row.label, row.number, row.reason, row.note, row.made_by_name,
            row.made_at, row.until, row.lifted_at, row.lifted_by_name, row.lifted_why, row.appeal_count, row.source,
        )  # fmt: skip


def _must_manage(actor: Actor) -> None:
    if not actor.can(Can.MANAGE):
        raise OutOfReach
