"""What is known of sittings: when, who comes, what was written down, who signed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from gongzhi.base.errors import OutOfReach
from gongzhi.disputes import queries as disputes
from gongzhi.mediators import queries as mediators
from gongzhi.talks.models import (
    Invitee,
    InviteeWill,
    MeetingLink,
    Minutes,
    Signature,
    Sitting,
    UndisputedFact,
)
from gongzhi.talks.queries.seats import Side, sides


@dataclass(frozen=True)
class InviteeRow:
    row: Invitee
    yes: list[int]
    no: list[int]
    open: list[Side]  # sides that have not said yet

    @property
    def is_admitted(self) -> bool:
        return not self.no and not self.open

    @property
    def is_refused(self) -> bool:
        return bool(self.no)


@dataclass(frozen=True)
class Signed:
    """Who signed the words as they stand now, and who is still to sign."""

    by: list[Signature]
    open: list[Side]
    has_mediator: bool

    @property
    def is_whole(self) -> bool:
        return self.has_mediator and not self.open

    def has(self, party_id: int) -> bool:
        return any(one.party_id == party_id for one in self.by)


@dataclass(frozen=True)
class SittingView:
    row: Sitting
    invitees: list[InviteeRow]
    minutes: Minutes | None
    signed: Signed | None

    @property
    def is_to_come(self) -> bool:
        return self.row.state in {Sitting.State.PLANNED, Sitting.State.UNDER_WAY}


def sittings(matter_id: int) -> list[SittingView]:
    """Return the sittings of a dispute, the newest first; seven statements, however many there are."""
    people = sides(matter_id)
    return [_view(row, people) for row in _rows(matter_id).order_by("-seq")]


def sitting(matter_id: int, sitting_id: int) -> SittingView:
    found = _rows(matter_id).filter(pk=sitting_id).first()
    if found is None:
        raise OutOfReach
    return _view(found, sides(matter_id))


def _rows(matter_id: int) -> "QuerySet[Sitting]":
    return (
        Sitting.objects.filter(dispute_id=matter_id)
        .select_related("minutes")
        .prefetch_related(
            Prefetch("invitees", Invitee.objects.order_by("id")), "invitees__wills",
            Prefetch("minutes__signatures", Signature.objects.order_by("at", "id")),
        )
    )  # fmt: skip


def _view(row: Sitting, people: list[Side]) -> SittingView:
    minutes = getattr(row, "minutes", None)
    invitees = [invitee_row(one, one.wills.all(), people) for one in row.invitees.all()]
    signed = signed_by(minutes.signatures.all(), minutes.digest, people) if minutes else None
    return SittingView(row, invitees, minutes, signed)


def invitee_row(row: Invitee, wills: Iterable[InviteeWill], people: list[Side]) -> InviteeRow:
    said = {will.party_id: will.answer for will in wills}
    return InviteeRow(
        row, [p for p, yes in said.items() if yes], [p for p, yes in said.items() if not yes],
        [side for side in people if side.id not in said],
    )  # fmt: skip


def signed_by(signatures: Iterable[Signature], digest: str, people: list[Side]) -> Signed:
    valid = [one for one in signatures if one.digest == digest]
    parties = {one.party_id for one in valid}
    return Signed(
        valid, [side for side in people if side.id not in parties], has_mediator=any(one.user_id for one in valid)
    )  # fmt: skip


@dataclass(frozen=True)
class FactView:
    row: UndisputedFact
    signed: Signed


def facts(matter_id: int) -> list[FactView]:
    """Return the undisputed facts that were not struck out."""
    rows = UndisputedFact.objects.filter(dispute_id=matter_id).exclude(
        state=UndisputedFact.State.STRUCK
    )
    people = sides(matter_id)
    return [
        FactView(row, signed_by(row.signatures.all(), row.digest, people))
        for row in rows.prefetch_related("signatures").order_by("seq")
    ]


def meeting_link(matter_id: int) -> str:
    """Return where the body of this dispute meets by video, if it has said so."""
    body_id, _unit, _name = disputes.body_of(matter_id)
    if body_id is None:
        return ""
    found = MeetingLink.objects.filter(body_id=body_id).values_list("address", flat=True).first()
    return found or ""


def meeting_links(body_ids: Collection[int]) -> dict[int, str]:
    rows = MeetingLink.objects.filter(body_id__in=body_ids)
    return dict(rows.values_list("body_id", "address"))


def next_sitting(matter_id: int, *, at: datetime) -> Sitting | None:
    coming = Sitting.objects.filter(dispute_id=matter_id, ends_at__gte=at)
    return coming.filter(state__in=["planned", "under_way"]).order_by("starts_at").first()


def own_bodies(homes: Collection[int | None]) -> dict[int, str]:
    """Return the bodies of somebody's own units, by id."""
    return mediators.bodies_of_units([home for home in homes if home is not None])
