"""A dispute as a page may show it to everybody on the matter: names masked, nothing of the story."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.models import Appointment, Dispute
from gongzhi.disputes.queries.one import kind_of
from gongzhi.disputes.queries.sides import SideFace, faces, has_access, is_assigned, may_mediate
from gongzhi.matters.capabilities import Can as Matters

ANY = tuple(str(can) for can in Can)


@dataclass(frozen=True)
class MediatorFace:
    """A mediator by their office, as the public directory names them."""

    id: int
    name: str
    is_lead: bool
    chosen_by: str
    disclosed: str
    appointed_at: datetime
    ended_at: datetime | None
    ended_for: str


@dataclass(frozen=True)
class Face:
    """What modules above and pages may know of a dispute without opening its file."""

    matter_id: int
    number: str
    state: str
    kind_code: str
    kind_name: str
    basis: str
    referred_by: str
    body_id: int | None
    body_name: str
    body_unit_id: int | None
    settle_level: str
    grade: str
    amount: Decimal | None  # yuan
    people_count: int
    area_path: str
    is_open: bool
    is_sealed: bool
    safe_channel: bool
    outcome: str
    ground: str
    routes_told: tuple[str, ...]
    opened_at: datetime
    agreed_at: datetime | None
    effective_at: datetime | None
    performed_on: date | None
    appraisal_since: datetime | None
    sides: tuple[SideFace, ...]
    mediators: tuple[MediatorFace, ...]
    is_assigned: bool  # the asking actor may read it without a reason
    may_mediate: bool
    may_open: bool  # may give a reason and read it

    @property
    def opened_on(self) -> date:
        return timezone.localdate(self.opened_at)


def dispute_within_reach(matter_id: int, actor: Actor) -> Dispute:
    """Return the dispute if the actor may see its matter; OutOfReach otherwise."""
    reachable = Dispute.objects.within_reach_of(actor, Matters.VIEW)
    row = reachable.select_related("matter", "body").filter(pk=matter_id).first()
    if row is None:
        raise OutOfReach
    return row


def face(matter_id: int, actor: Actor) -> Face:
    """Return the dispute with its sides' masked names; OutOfReach for whoever may not see the matter."""
    return face_of(dispute_within_reach(matter_id, actor), actor)


def face_of(row: Dispute, actor: Actor) -> Face:
    body, matter = row.body, row.matter
    return Face(
        row.pk, matter.number, matter.state, row.kind_code, kind_of(row).name, row.basis, row.referred_by,
        body.id if body else None, body.name if body else "", body.unit_id if body else None, row.settle_level,
        row.grade, row.amount, row.people_count, row.area_path, row.is_open, row.is_sealed, row.safe_channel,
        row.outcome, row.outcome_reason, tuple(row.routes_told), matter.reported_at, row.agreed_at, row.effective_at,
        row.performed_on, row.appraisal_since, tuple(faces(row.pk)), tuple(mediator_faces(row.pk)),
        is_assigned=is_assigned(actor, row.pk), may_mediate=may_mediate(actor, row.pk), may_open=may_open(actor, row),
    )  # fmt: skip


def mediator_faces(matter_id: int) -> list[MediatorFace]:
    """Return everybody who mediated or mediates this dispute, in the order of appointment."""
    rows = Appointment.objects.filter(dispute_id=matter_id).select_related("mediator")
    return [
        MediatorFace(
            row.mediator_id, row.mediator.name, row.is_lead, row.chosen_by, row.disclosed, row.appointed_at,
            row.ended_at, row.ended_for,
        )
        for row in rows.order_by("appointed_at", "id")
    ]  # fmt: skip


def may_open(actor: Actor, row: Dispute) -> bool:
    """Whether the actor may read the file when they say why: by office, or as a clerk of a sealed file's body."""
    if Dispute.objects.within_reach_of(actor, Can.OPEN_FILE).filter(pk=row.pk).exists():
        return True
    return Dispute.objects.within_reach_of(actor, Can.ARRANGE).filter(pk=row.pk).exists()


def may_read(actor: Actor, matter_id: int, at: datetime) -> bool:
    """Whether the file is open to the actor now: by assignment, or by an access with a reason."""
    return is_assigned(actor, matter_id) or has_access(actor, matter_id, at)
