"""What somebody sees without an account: the text to sign, by number and code, and what a receipt proves."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongzhi.agreements.models import Agreement, Signature, SigningStep
from gongzhi.agreements.queries import content
from gongzhi.base.errors import OutOfReach
from gongzhi.disputes import queries as disputes


@dataclass(frozen=True)
class ToSign:
    row: Agreement
    seq: int
    words: str  # applicant (no. 1)
    lines: list[str]
    step: str  # read, declare, draw, signed
    declaration: str
    was_changed: bool  # another text than the one read before
    signature: Signature | None


def to_sign(matter_id: int, seq: int, *, at: datetime) -> ToSign:
    """Return where a side stands in signing; OutOfReach when nothing is offered to it."""
    row = Agreement.objects.filter(pk=matter_id).exclude(state=Agreement.State.DRAFT).first()
    party = next((one for one in disputes.parties(matter_id) if one.seq == seq), None)
    if row is None or party is None:
        raise OutOfReach
    signed = row.signatures.filter(seq=seq, role=Signature.Role.PARTY, is_void=False).first()
    begun = SigningStep.objects.filter(agreement=row, seq=seq).first()
    return ToSign(
        row, seq, disputes.side_words(party.side, party.seq), row.text.split("\n"), _step(row, signed, begun),
        content.text("declaration", timezone.localdate(at)),
        was_changed=begun is not None and begun.digest != row.digest and signed is None, signature=signed,
    )  # fmt: skip


def _step(row: Agreement, signed: Signature | None, begun: SigningStep | None) -> str:
    if signed is not None:
        return "signed"
    if begun is None or begun.digest != row.digest:
        return "read"
    return "draw" if begun.declared_at else "declare"


@dataclass(frozen=True)
class Receipt:
    """What a receipt proves, without a name."""

    number: str
    body: str
    digest: str
    at: datetime
    role: str
    how: str
    is_void: bool
    state: str
    effective_at: datetime | None
    signature_count: int


def receipt(code: str) -> Receipt | None:
    """Return what stands behind a receipt of a signature or of the sealed agreement; None when nothing does."""
    signed = Signature.objects.filter(receipt=code).select_related("agreement").first()
    if signed is not None:
        return _receipt(signed.agreement, signed.at, str(signed.get_role_display()), str(signed.get_how_display()), digest=signed.digest, is_void=signed.is_void)  # fmt: skip
    row = Agreement.objects.filter(receipt=code).exclude(receipt="").first()
    if row is None or row.sealed_at is None:
        return None
    return _receipt(row, row.sealed_at, "", "", digest=row.digest)


def _receipt(
    row: Agreement, at: datetime, role: str, how: str, *, digest: str, is_void: bool = False
) -> Receipt:
    body = disputes.dispute(row.pk).body
    return Receipt(
        row.number, body.name if body else "", digest, at, role, how, is_void, str(row.get_state_display()), row.effective_at,
        row.signatures.filter(is_void=False).count(),
    )  # fmt: skip
