"""Takes in what was settled orally in the street before anybody came to a counter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.disputes import queries
from gongzhi.disputes.actions.parties import Side, checked_sides, write_sides
from gongzhi.disputes.lifecycle import Outcome, State
from gongzhi.disputes.models import Dispute, DisputeKind
from gongzhi.matters import actions as matters
from gongzhi.mediators import queries as mediators

KIND = "other"  # an officer in the street writes down what was agreed, and chooses no kind
SOURCE = "patrol"


@dataclass(frozen=True)
class QuickRecord:
    """An oral agreement as an officer wrote it down; `key` makes sure it is taken in once."""

    key: str
    number: str  # of the officer's record
    sides: Sequence[tuple[str, str]]  # name and telephone; the first is taken as the applicant
    about: str
    agreement: str
    area_path: str
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    done_by: date | None = None  # None: kept on the spot


@transaction.atomic
def from_quick_record(*, record: QuickRecord, actor: Actor, at: datetime) -> str:
    """
    Enter an oral agreement made on the spot as a dispute at its end, with the body that covers the place.

    It is in force when agreed and the officer recorded its content (人民调解法 arts 28, 30): what is still to be
    kept is followed (art. 31), what was kept on the spot is followed up. Return the dispute's number; "" where no
    body covers the place: the officer's record then stands alone. Safe to repeat.
    """
    if known := matters.known_opening(record.key):
        return known.matter.number
    on = timezone.localdate(at)
    bodies, kind = mediators.bodies_for(KIND, record.area_path), queries.kind_in_force(KIND, on=on)
    if not bodies or kind is None:
        return ""
    is_kept = record.done_by is None or record.done_by <= on
    opening = matters.Opening(
        kind="dispute", title=f"{kind.name}（{record.address}）"[:120] if record.address else kind.name, text="", source=SOURCE,
        area_path=record.area_path, placed_on=on, state=State.TO_VISIT if is_kept else State.PERFORMING, address=record.address,
        lon=record.lon, lat=record.lat, level=2, lead_unit=bodies[0].unit_id,
        rules={"dispute_kind": kind.code, "version": kind.version}, facts={"quick_record": record.number},
    )  # fmt: skip
    opened = matters.open_matter(opening=opening, actor=actor, at=at, key=record.key)
    _write(opened.matter.id, record, kind, body_id=bodies[0].id, at=at, kept_on=on if is_kept else None)  # fmt: skip
    return opened.matter.number


def _write(
    matter_id: int,
    record: QuickRecord,
    kind: DisputeKind,
    *,
    body_id: int,
    at: datetime,
    kept_on: date | None,
) -> None:
    row = Dispute.objects.create(
        matter_id=matter_id, kind_code=kind.code, kind_version=kind.version, basis=Dispute.Basis.INITIATIVE, story=record.about,
        # The words name people: they stand encrypted, as the agreement of an officer's record does.
        wish=record.agreement, people_count=len(record.sides), body_id=body_id, settle_level=Dispute.Level.VILLAGE,
        outcome=Outcome.ORAL, agreed_at=at, effective_at=at, performed_on=kept_on, area_path=record.area_path,
        district=matters.district_of(record.area_path), opened_at=at,
    )  # fmt: skip
    sides = [
        Side(side="respondent" if place else "applicant", name=name, phone=phone)
        for place, (name, phone) in enumerate(record.sides)
    ]
    write_sides(row, checked_sides(sides, on=timezone.localdate(at)))
