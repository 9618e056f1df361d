"""The seal: with it the agreement is in force, and its performance is followed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.agreements import clients, queries, rules
from gongzhi.agreements.actions.drafting import give_number, writable, write
from gongzhi.agreements.actions.reaching import locked, must_be, reach
from gongzhi.agreements.capabilities import Can
from gongzhi.agreements.events import AgreementSealed
from gongzhi.agreements.models import Agreement, Due, Signature
from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Refused
from gongzhi.disputes import queries as disputes
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.matters import actions as matters
from gongzhi.matters.capabilities import Can as Matters

State = Agreement.State


@transaction.atomic
def seal(*, matter_id: int, uploads: list[str], actor: Actor, at: datetime) -> Agreement:
    """
    Set the seal of the body: the agreement is in force from this moment.

    人民调解法 art. 29: signatures of all sides, the mediator's signature, the seal. Refused while one is missing.
    """
    standing = reach(matter_id, actor, Can.SEAL, at=at)
    row = locked(matter_id)
    must_be(row, State.SIGNING)
    _check(row)
    if uploads:
        matters.attach(
            disputes.dispute(matter_id).matter, uploads[:1], stage="agreement", actor=actor, at=at
        )  # fmt: skip
        row.seal_file = uploads[0]
    row.sealed_at, row.sealed_by, row.effective_at, row.state = at, actor.id, at, State.EFFECTIVE
    _proof, row.receipt = rules.receipt_of(
        digest=row.digest, signer=f"seal:{row.body_id}", how="seal", moment=at.isoformat(), secret=settings.SECRET_KEY
    )  # fmt: skip
    _plan(row)
    row.save()
    if standing.state == "to_sign":
        mover = actor if actor.can(Disputes.MEDIATE) else system(actor.name, Disputes.MEDIATE, Matters.VIEW)  # fmt: skip
        matters.move(
            matter_id=matter_id, move="take_effect", values={}, actor=mover, at=at,
            facts={"agreement": row.number, "receipt": row.receipt},
        )  # fmt: skip
    audit.record(actor=actor, verb="agreements.seal", subject=f"matter:{matter_id}", at=at, detail={"receipt": row.receipt})  # fmt: skip
    bus.publish(AgreementSealed(matter_id, row.number, row.is_partial, at))
    return row


def certify(*, matter_id: int) -> bool:
    """
    Ask the city's certificate service for its word on a sealed text; return whether one was kept.

    Outside any transaction, from the queue: a service that is slow or away holds no seal up, and the receipt is
    valid meanwhile. Safe to repeat.
    """
    service = clients.certificate_service()
    row = Agreement.objects.filter(pk=matter_id, sealed_at__isnull=False, certificate={}).first()
    if service is None or row is None or row.sealed_at is None:
        return False
    given = service.certify(digest=row.digest, at=row.sealed_at)
    kept = Agreement.objects.filter(pk=matter_id, digest=row.digest, certificate={})
    return bool(kept.update(certificate=given))


def _check(row: Agreement) -> None:
    signed = list(row.signatures.filter(is_void=False))
    sides = queries.sides_of(row.pk)
    missing = rules.missing_sides(sides, [rules.Signed(one.seq) for one in signed if one.seq is not None])  # fmt: skip
    if missing:
        names = "、".join(f"{rules.named([who.seq], sides)}" for who in missing)
        raise Refused(_("Not signed yet: {names}. The agreement is in force only when all sides have signed (People's Mediation Law, article 29).").format(names=names))  # fmt: skip
    if not any(one.role == Signature.Role.MEDIATOR for one in signed):
        raise Refused(_("The mediator has not signed yet (People's Mediation Law, article 29)."))


def _plan(row: Agreement) -> None:
    terms = queries.terms_of(queries.version_of(row, row.version))
    planned = rules.dues_of(terms)
    Due.objects.bulk_create(
        Due(agreement=row, clause=one.clause, part=one.part, amount=one.amount, due_on=one.due_on)
        for one in planned
    )
    days = [one.due_on for one in planned if one.due_on]
    row.open_dues, row.next_due_on = len(planned), min(days, default=None)


def follow(row: Agreement) -> None:
    """Bring the agreement's own columns up to its dues."""
    left = row.dues.filter(state=Due.State.OPEN)
    row.open_dues = left.count()
    row.next_due_on = left.filter(due_on__isnull=False).order_by("due_on").values_list("due_on", flat=True).first()  # fmt: skip
    row.save(update_fields=["open_dues", "next_due_on"])


@transaction.atomic
def take_in(
    *,
    matter_id: int,
    terms: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    uploads: Sequence[str] = (),
) -> Agreement:
    """
    Enter the terms of an agreement that was signed and sealed on paper, so that its performance is followed.

    For a dispute that is in force already without terms here. Nothing is signed by this: the paper is the proof.
    """
    reach(matter_id, actor, Can.DRAFT, at=at)
    row = writable(matter_id, at=at)  # locked before the look: who comes second finds it entered
    if not queries.may_take_in(matter_id):
        raise Refused(_("Only an agreement in force whose terms are not here yet is entered afterwards."))  # fmt: skip
    effective_at = disputes.dispute(matter_id).effective_at
    assert effective_at is not None
    write(row, rules.Terms.of(terms), base=row.version, actor=actor, at=at)
    give_number(row, effective_at)
    if uploads:
        matters.attach(
            disputes.dispute(matter_id).matter,
            list(uploads)[:1],
            stage="agreement",
            actor=actor,
            at=at,
        )
        row.seal_file = uploads[0]
    row.text = queries.draft_text(
        matter_id, rules.Terms.of(terms), number=row.number, on=timezone.localdate(effective_at)
    )
    row.digest, row.state = rules.digest(row.text), State.EFFECTIVE
    row.offered_at = row.sealed_at = row.effective_at = effective_at
    _plan(row)
    row.save()
    audit.record(actor=actor, verb="agreements.take_in", subject=f"matter:{matter_id}", at=at)
    return row
