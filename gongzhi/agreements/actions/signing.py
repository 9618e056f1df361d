"""Signing: the offer fixes the text, each side signs it in person, on paper or on its own screen."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.agreements import queries, rules
from gongzhi.agreements.actions.drafting import give_number
from gongzhi.agreements.actions.reaching import locked, must_be, reach
from gongzhi.agreements.capabilities import Can
from gongzhi.agreements.models import Agreement, Signature, SigningStep
from gongzhi.audit import actions as audit
from gongzhi.base.actor import ANONYMOUS, Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.disputes import queries as disputes
from gongzhi.matters import actions as matters

State, Role, How = Agreement.State, Signature.Role, Signature.How


@transaction.atomic
def offer(*, matter_id: int, version: int, actor: Actor, at: datetime) -> Agreement:
    """
    Fix the text for signing and give it its number; the dispute goes to signing with it.

    Refused when a check stands against it or the version on the screen is no longer the newest.
    """
    standing = reach(matter_id, actor, Can.DRAFT, at=at)
    if not queries.may_offer(actor, standing.state):
        raise Refused(_("The mediator offers the text for signing."))
    row, on = locked(matter_id), timezone.localdate(at)
    must_be(row, State.DRAFT)
    if row.version != version:
        raise Refused(_("There is a newer version than the one you looked at. Read it first."))
    terms = queries.terms_of(queries.version_of(row, version))
    stops = [one for one in queries.problems_of(matter_id, terms, on=on) if one.level == "stop"]
    if stops:
        raise Refused(_("It cannot be signed yet: {sentences}").format(sentences=" ".join(f"{one.sentence}（{one.source}）" for one in stops)))  # fmt: skip
    give_number(row, at)
    row.text = queries.draft_text(matter_id, terms, number=row.number, on=on)
    row.digest, row.state, row.offered_at = rules.digest(row.text), State.SIGNING, at
    row.save()
    if standing.state == "mediating":
        values = {"outcome": "partial" if terms.is_partial else "written"}
        matters.move(matter_id=matter_id, move="settle", values=values, actor=actor, at=at)
    audit.record(actor=actor, verb="agreements.offer", subject=f"matter:{matter_id}", at=at, detail={"digest": row.digest})  # fmt: skip
    return row


@transaction.atomic
def take_back(*, matter_id: int, reason: str, actor: Actor, at: datetime) -> Agreement:
    """Make the text a draft again; signatures given so far are void and stay in the file."""
    reach(matter_id, actor, Can.DRAFT, at=at)
    row = locked(matter_id)
    must_be(row, State.SIGNING)
    if not reason.strip():
        raise Invalid({"reason": _("Say why: signatures given so far become void.")})
    row.signatures.filter(is_void=False).update(is_void=True)
    row.state, row.digest, row.text = State.DRAFT, "", ""
    row.save(update_fields=["state", "digest", "text"])
    audit.record(actor=actor, verb="agreements.take_back", subject=f"matter:{matter_id}", at=at, detail={"reason": reason[:300]})  # fmt: skip
    return row


@transaction.atomic
def note_read(*, matter_id: int, seq: int, at: datetime) -> SigningStep:
    """A side has read the whole text on its own page."""
    row = locked(matter_id)
    must_be(row, State.SIGNING)
    queries.side_of(matter_id, seq)
    step, _is_new = SigningStep.objects.update_or_create(
        agreement=row, seq=seq,
        defaults={"digest": row.digest, "read_at": at, "declared_at": None, "declaration": ""},
    )  # fmt: skip
    return step


@transaction.atomic
def declare(*, matter_id: int, seq: int, words: str, at: datetime) -> SigningStep:
    """Keep the declaration as typed; Invalid unless it is the sentence asked for."""
    row = locked(matter_id)
    must_be(row, State.SIGNING)
    step = _step(row, seq)
    asked = queries.text("declaration", timezone.localdate(at))
    if _plain(words) != _plain(asked):
        raise Invalid({"words": _("Please type the sentence as it stands above.")})
    step.declaration, step.declared_at = words.strip()[:100], at
    step.save(update_fields=["declaration", "declared_at"])
    return step


def _plain(words: str) -> str:
    return "".join(sign for sign in words if sign.isalnum())


def _step(row: Agreement, seq: int) -> SigningStep:
    step = SigningStep.objects.select_for_update().filter(agreement=row, seq=seq).first()
    if step is None or step.digest != row.digest:
        raise Refused(_("The text was changed since you read it. Please read it again."))
    return step


@transaction.atomic
def sign_drawn(*, matter_id: int, seq: int, drawing: str, at: datetime) -> Signature:
    """A side signs on its own screen; sending the same again, after a dead link, returns the same receipt."""
    row = locked(matter_id)
    known = row.signatures.filter(role=Role.PARTY, seq=seq, is_void=False).first()
    if known is not None:
        return known
    must_be(row, State.SIGNING)
    step = _step(row, seq)
    if step.declared_at is None:
        raise Refused(_("First type the declaration."))
    if not rules.is_drawing(drawing):
        raise Invalid({"drawing": _("Please draw your signature in the field.")})
    _must_sign(row, seq)
    return _sign(row, Role.PARTY, How.DRAWN, seq=seq, drawing=drawing, declaration=step.declaration, actor=ANONYMOUS, at=at)  # fmt: skip


@transaction.atomic
def sign_on_paper(
    *, matter_id: int, seq: int, uploads: list[str], actor: Actor, at: datetime
) -> Signature:
    """Record that a side signed the printed text in person; the scan is the proof."""
    reach(matter_id, actor, Can.DRAFT, at=at)
    row = locked(matter_id)
    must_be(row, State.SIGNING)
    _must_sign(row, seq)
    if not uploads:
        raise Invalid({"uploads": _("Add the scan or a photo of the signed page.")})
    matters.attach(
        disputes.dispute(matter_id).matter, uploads[:1], stage="agreement", actor=actor, at=at
    )  # fmt: skip
    return _sign(row, Role.PARTY, How.PAPER, seq=seq, file_token=uploads[0], actor=actor, at=at)


@transaction.atomic
def sign_as_mediator(*, matter_id: int, drawing: str, actor: Actor, at: datetime) -> Signature:
    """The mediator of the dispute signs the text as offered, with their own sign-in and hand."""
    reach(matter_id, actor, Can.SIGN, at=at)
    row = locked(matter_id)
    must_be(row, State.SIGNING)
    if not disputes.may_mediate(actor, matter_id):
        raise Refused(_("Only a mediator of this dispute signs it as mediator."))
    if row.signatures.filter(role=Role.MEDIATOR, person=actor.id, is_void=False).exists():
        raise Refused(_("You have signed it already."))
    if not rules.is_drawing(drawing):
        raise Invalid({"drawing": _("Please draw your signature in the field.")})
    return _sign(row, Role.MEDIATOR, How.DRAWN, drawing=drawing, actor=actor, at=at)


def _must_sign(row: Agreement, seq: int) -> None:
    who = next((one for one in queries.sides_of(row.pk) if one.seq == seq), None)
    if who is None:
        raise Refused(_("This side does not belong to the dispute."))
    if who.is_minor and who.represents is None:
        raise Refused(_("A minor does not sign alone: the guardian signs (Civil Code, articles 19, 20 and 23)."))  # fmt: skip
    if row.signatures.filter(role=Role.PARTY, seq=seq, is_void=False).exists():
        raise Refused(_("This side has signed already."))


def _sign(
    row: Agreement,
    role: str,
    how: str,
    *,
    actor: Actor,
    at: datetime,
    seq: int | None = None,
    drawing: str = "",
    declaration: str = "",
    file_token: str = "",
) -> Signature:
    signer = f"{role}:{seq if seq is not None else actor.id}"
    proof, receipt = rules.receipt_of(
        digest=row.digest, signer=signer, how=f"{how}:{drawing or file_token}:{declaration}", moment=at.isoformat(),
        secret=settings.SECRET_KEY,
    )  # fmt: skip
    kept = Signature.objects.create(
        agreement=row, role=role, how=how, seq=seq, person=actor.id if role == Role.MEDIATOR else 0, drawing=drawing,
        declaration=declaration, file_token=file_token, digest=row.digest, proof=proof, receipt=receipt, at=at,
    )  # fmt: skip
    audit.record(actor=actor, verb="agreements.sign", subject=f"matter:{row.pk}", at=at, detail={"signer": signer, "receipt": receipt})  # fmt: skip
    return kept
