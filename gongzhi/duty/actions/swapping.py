"""Changing a shift with a colleague, or being replaced: asked, agreed to, approved by a third person."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.duty.capabilities import Can
from gongzhi.duty.events import SwapMoved
from gongzhi.duty.lifecycle import SwapState
from gongzhi.duty.models import Stint, Swap
from gongzhi.duty.queries.desks import candidates
from gongzhi.duty.queries.swaps import OPEN


@transaction.atomic
def ask_swap(
    *, stint_id: int, taker_id: int, other_id: int | None, reason: str, actor: Actor, at: datetime
) -> Swap:
    """Ask a colleague to take one's shift; with `other_id`, to give theirs in return."""
    stint = (
        Stint.objects.select_related("desk", "pattern").filter(pk=stint_id, user=actor.id).first()
    )
    if stint is None:
        raise OutOfReach
    other = _in_return(stint, other_id)
    taker = other.user_id if other else taker_id
    _check(stint, taker or 0, reason, actor, at)
    if Swap.objects.filter(stint=stint, state__in=OPEN).exists():
        raise Refused(_("A change of this shift is asked for already."))
    row = Swap.objects.create(
        desk=stint.desk, stint=stint, other=other, asker_id=actor.id, taker_id=taker or 0, words=_words(stint, other)[:200],
        reason=reason.strip()[:200], asked_at=at,
    )  # fmt: skip
    _note("ask_swap", row, actor, at, reason=row.reason)
    return row


def _in_return(stint: Stint, other_id: int | None) -> Stint | None:
    if other_id is None:
        return None
    found = Stint.objects.select_related("pattern").filter(
        pk=other_id, desk=stint.desk, user__isnull=False
    )
    row = found.first()
    if row is None:
        raise Invalid({"other": _("Choose a shift of this desk.")})
    if row.post != stint.post:
        raise Invalid({"other": _("Only shifts of the same post can be changed for each other.")})
    return row


def _check(stint: Stint, taker: int, reason: str, actor: Actor, at: datetime) -> None:
    if stint.starts_at <= at:
        raise Refused(_("This shift has begun; ask the one who keeps the roster."))
    if taker == actor.id:
        raise Invalid({"taker": _("Choose somebody else.")})
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Give the reason.")})
    if taker not in {one.id for one in candidates(stint.desk, stint.post, on=stint.on)}:
        raise Invalid({"taker": _("They cannot be on duty as this here.")})


def _words(stint: Stint, other: Stint | None) -> str:
    words = f"{stint.on} {stint.pattern.name} · {stint.name}"
    return f"{words} ⇄ {other.on} {other.pattern.name} · {other.name}" if other else words


@transaction.atomic
def agree(*, swap_id: int, actor: Actor, at: datetime) -> Swap:
    """Say yes to a colleague; now whoever keeps the roster decides."""
    row = _locked(swap_id)
    if row.taker_id != actor.id:
        raise OutOfReach
    _must_be(row, SwapState.ASKED)
    row.state, row.agreed_at = SwapState.AGREED, at
    row.save(update_fields=["state", "agreed_at"])
    _note("agree_swap", row, actor, at)
    return row


@transaction.atomic
def decline(*, swap_id: int, answer: str, actor: Actor, at: datetime) -> Swap:
    """Say no: the colleague who was asked, or whoever keeps the roster; with a reason."""
    row = _locked(swap_id)
    if row.taker_id != actor.id and not _keeps(row, actor):
        raise OutOfReach
    if row.state not in OPEN:
        _must_be(row, SwapState.AGREED)
    if len(answer.strip()) < 2:
        raise Invalid({"answer": _("Give the reason.")})
    return _decided(row, SwapState.REFUSED, answer, actor, at)


@transaction.atomic
def withdraw_swap(*, swap_id: int, actor: Actor, at: datetime) -> Swap:
    row = _locked(swap_id)
    if row.asker_id != actor.id:
        raise OutOfReach
    if row.state not in OPEN:
        raise Refused(_("This was decided meanwhile."))
    return _decided(row, SwapState.WITHDRAWN, "", actor, at)


@transaction.atomic
def approve_swap(*, swap_id: int, actor: Actor, at: datetime) -> Swap:
    """Change the roster as the two agreed; the one who approves is neither of them."""
    row = _locked(swap_id)
    if not _keeps(row, actor):
        raise OutOfReach
    if actor.id in {row.asker_id, row.taker_id}:
        raise Refused(_("Somebody who is neither of the two must approve it."))
    _must_be(row, SwapState.AGREED)
    _exchange(row, at)
    return _decided(row, SwapState.APPROVED, "", actor, at)


def _exchange(row: Swap, at: datetime) -> None:
    stints = list(
        Stint.objects.select_for_update(of=("self",)).filter(
            pk__in=[row.stint_id, row.other_id or 0]
        )
    )
    by_id = {stint.pk: stint for stint in stints}
    stint, other = by_id[row.stint_id], by_id.get(row.other_id or 0)
    if stint.user_id != row.asker_id or (other and other.user_id != row.taker_id):
        raise Refused(_("The roster was changed meanwhile; ask anew."))
    if any(one.starts_at <= at for one in stints):
        raise Refused(_("One of the shifts has begun meanwhile."))
    if other:
        stint.user_id, other.user_id = other.user_id, stint.user_id
        stint.name, other.name = other.name, stint.name
    else:
        stint.user_id, stint.name = row.taker_id, row.taker.name
    try:
        with transaction.atomic():
            Stint.objects.bulk_update(stints, ["user_id", "name"])
    except IntegrityError as clash:
        raise Refused(_("One of the two would be on duty twice at a time.")) from clash


def _decided(row: Swap, state: SwapState, answer: str, actor: Actor, at: datetime) -> Swap:
    row.state, row.decided_at, row.decided_by = state, at, actor.id
    row.decided_by_name, row.answer = actor.name[:150], answer.strip()[:200]
    row.save(update_fields=["state", "decided_at", "decided_by", "decided_by_name", "answer"])
    _note(f"{state}_swap", row, actor, at, reason=row.answer)
    return row


def _locked(swap_id: int) -> Swap:
    rows = Swap.objects.select_for_update(of=("self",)).select_related("desk", "taker")
    row = rows.filter(pk=swap_id).first()
    if row is None:
        raise OutOfReach
    return row


def _keeps(row: Swap, actor: Actor) -> bool:
    return Swap.objects.within_reach_of(actor, Can.ROSTER).filter(pk=row.pk).exists()


def _must_be(row: Swap, state: SwapState) -> None:
    if row.state != state:
        raise Refused(_("This is “{state}” meanwhile.").format(state=row.get_state_display()))


def _note(verb: str, row: Swap, actor: Actor, at: datetime, reason: str = "") -> None:
    audit.record(
        actor=actor, verb=f"duty.{verb}", subject=f"swap:{row.pk}", at=at, reason=reason, detail={"words": row.words}
    )  # fmt: skip
    bus.publish(SwapMoved(row.pk, at))
