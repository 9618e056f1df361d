"""Makes, shortens and lifts blocks, and answers who appeals against one."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.guard.capabilities import Can
from gongzhi.guard.models import Appeal, Block, BlockReason
from gongzhi.guard.queries import (
    Sender,
    block_on,
    blocks_of,
    label_of,
    reason,
    reason_versions,
    seen_with,
)

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
DEEDS = (
    pgettext_lazy("deed", "guard.block"),
    pgettext_lazy("deed", "guard.lift"),
    pgettext_lazy("deed", "guard.appeal"),
    pgettext_lazy("deed", "guard.answer"),
    pgettext_lazy("deed", "guard.set_reason"),
    pgettext_lazy("deed", "guard.export"),
)


def block(
    *, number: str, key: str, reason_code: str, days: int, note: str, actor: Actor, at: datetime
) -> Block:
    """
    Block one device or address that was seen with a report, for some days and for a reason of the table.

    Refused when it is blocked already; Invalid when it was not seen, or is to last longer than the reason allows.
    """
    seen = next((one for one in seen_with(actor, number, at=at) if one.key == key), None)
    why = reason(reason_code, on=timezone.localtime(at).date())
    if seen is None:
        raise Invalid({"key": _("Choose a device or an address that was seen with the report.")})
    if why is None:
        raise Invalid({"reason_code": _("Choose a reason from the table.")})
    if not 1 <= days <= why.longest(seen.subject):
        words = _("For this reason a block of this kind lasts at most {days} days.")
        raise Invalid({"days": words.format(days=why.longest(seen.subject))})
    if block_on(key, at=at):
        raise Refused(_("This is blocked already. Lift the block first, or let it end."))
    with transaction.atomic():
        made = Block.objects.create(
            reference=_reference(), subject=seen.subject, key=key, label=label_of(key), number=number,
            reason_code=why.code, reason=why.name, explanation=why.explanation, appeal_days=why.appeal_days,
            source=why.source, note=note, made_by=actor.id, made_by_name=actor.name, made_at=at,
            until=at + timedelta(days=days),
        )  # fmt: skip
        _recorded("guard.block", made, actor, at, note, days=days, subject=seen.subject)
    return made


def _reference() -> str:
    return "F" + "".join(secrets.choice(LETTERS) for _n in range(7))


def lift(*, reference: str, why: str, actor: Actor, at: datetime) -> Block:
    """End a block before its time; why stays on record."""
    with transaction.atomic():
        row = _locked(actor, reference)
        _must_be_in_force(row, at)
        _lift(row, why, actor, at)
        open_appeals = Appeal.objects.filter(block=row, answered_at=None)
        open_appeals.update(
            answered_at=at, answered_by_name=actor.name, decision=Appeal.Decision.LIFTED, answer=why
        )
    return row


def _lift(row: Block, why: str, actor: Actor, at: datetime) -> None:
    row.lifted_at, row.lifted_by_name, row.lifted_why = at, actor.name[:150], why
    row.save(update_fields=["lifted_at", "lifted_by_name", "lifted_why"])
    _recorded("guard.lift", row, actor, at, why)


def appeal(*, reference: str, text: str, contact: str, sender: Sender, at: datetime) -> Appeal:
    """Let a visitor who is blocked say why the block is wrong; only from the device or address it is on."""
    with transaction.atomic():
        row = next((b for b in blocks_of(sender, at=at) if b.reference == reference), None)
        if row is None:
            raise OutOfReach
        Block.objects.select_for_update().get(pk=row.pk)
        if Appeal.objects.filter(block=row, answered_at=None).exists():
            raise Refused(_("Your appeal is with the office already; the answer will stand here."))
        made = Appeal.objects.create(
            block=row,
            text=text,
            contact=contact,
            made_at=at,
            due_at=at + timedelta(days=row.appeal_days),
        )
        _recorded("guard.appeal", row, Actor(0, ""), at, "")
    return made


@dataclass(frozen=True)
class Answer:
    decision: str
    words: str
    until: date | None = None  # the new last day, of a block that is shortened


def answer(*, appeal_id: int, said: Answer, actor: Actor, at: datetime) -> Appeal:
    """Answer an appeal with a reason; somebody else than the one who made the block decides."""
    with transaction.atomic():
        waiting = Appeal.objects.select_related("block").filter(pk=appeal_id).first()
        if waiting is None:
            raise OutOfReach
        row = _locked(actor, waiting.block.reference)
        asked = Appeal.objects.select_for_update().get(pk=appeal_id)
        if asked.answered_at:
            raise Refused(_("This appeal has been answered already."))
        if row.made_by == actor.id:
            raise Refused(_("Somebody else than the one who made the block answers the appeal."))
        if said.decision == Appeal.Decision.LIFTED and row.lifted_at is None:
            _lift(row, said.words, actor, at)
        elif said.decision == Appeal.Decision.SHORTENED:
            _shorten(row, said, at)
        asked.decision, asked.answer = said.decision, said.words
        asked.answered_at, asked.answered_by_name = at, actor.name[:150]
        asked.save()
        _recorded("guard.answer", row, actor, at, said.words, decision=said.decision)
    return asked


def _shorten(row: Block, said: Answer, at: datetime) -> None:
    if said.until is None:
        raise Invalid({"until": _("Say the new last day.")})
    end = timezone.make_aware(datetime.combine(said.until + timedelta(days=1), datetime.min.time()))
    if not at < end < row.until:
        raise Invalid({"until": _("The new last day lies between today and the present one.")})
    row.until = end
    row.save(update_fields=["until"])


@dataclass(frozen=True)
class ReasonDraft:
    code: str
    name: str
    explanation: str
    device_days: int
    address_days: int
    appeal_days: int
    valid_from: date
    source: str


def set_reason(*, draft: ReasonDraft, actor: Actor, at: datetime) -> None:
    """Put the next version of a reason into force, from a day on."""
    if not actor.can(Can.MANAGE):
        raise OutOfReach
    last = max((row.version for row in reason_versions() if row.code == draft.code), default=0)
    with transaction.atomic():
        BlockReason.objects.create(version=last + 1, **vars(draft))
        audit.record(
            actor=actor, verb="guard.set_reason", subject=f"block_reason:{draft.code}", at=at,
            detail={"version": last + 1}, reason=draft.source,
        )  # fmt: skip


def note_export(*, actor: Actor, form: str, at: datetime) -> None:
    audit.record(
        actor=actor, verb="guard.export", subject="block:all", at=at, detail={"form": form}
    )


def _locked(actor: Actor, reference: str) -> Block:
    row = Block.objects.select_for_update().filter(reference=reference).first()
    if row is None or not actor.can(Can.MANAGE):
        raise OutOfReach
    return row


def _must_be_in_force(row: Block, at: datetime) -> None:
    if row.lifted_at or row.until <= at:
        raise Refused(_("This block has ended already."))


def _recorded(
    verb: str, row: Block, actor: Actor, at: datetime, why: str, **detail: object
) -> None:
    audit.record(
        actor=actor, verb=verb, subject=f"block:{row.reference}", at=at, reason=why, detail=detail
    )
