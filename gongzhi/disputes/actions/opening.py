"""A dispute enters the register: the matter, its own row and its sides, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.disputes import queries
from gongzhi.disputes.actions.parties import Side, checked_sides, write_sides
from gongzhi.disputes.models import Dispute, DisputeKind
from gongzhi.matters import actions as matters


@dataclass(frozen=True)
class Intake:
    """The one set of answers from which every later paper is filled."""

    kind_code: str
    sides: Sequence[Side]
    story: str
    wish: str
    area_path: str
    source: str
    basis: str = "application"
    referred_by: str = ""
    outside_number: str = ""
    address: str = ""
    amount: Decimal | None = None
    people_count: int = 2
    level: int = 1  # of the centre that triages: 0 city, 1 town, 2 village
    safe_channel: bool = False
    is_open: bool = False  # the sides ask for open sessions
    answers: dict[str, Any] = field(default_factory=dict)
    files: Sequence[str] = ()


@transaction.atomic
def open_dispute(*, intake: Intake, actor: Actor, at: datetime, key: str | None = None) -> Dispute:
    """
    Enter a dispute with its sides.

    Raises Invalid when a side is missing, the same person stands on both, a minor has no guardian or
    the day is before the law. A key used before breaks with IntegrityError, as `matters.open_matter` does.
    """
    on = timezone.localdate(at)
    kind = _kind(intake.kind_code, on)
    sides = checked_sides(intake.sides, on=on)
    is_sealed = kind.is_sealed or any(side.is_minor for side in sides)
    # Whoever knows the door knows the people behind it: of a sealed file a list shows the area only.
    address = "" if is_sealed else intake.address
    opening = matters.Opening(
        kind="dispute", title=_title(kind.name, address), text="", source=intake.source,
        area_path=intake.area_path, placed_on=on, address=address, level=intake.level,
        outside_number="".join(intake.outside_number.split()), rules={"dispute_kind": kind.code, "version": kind.version},
        files=intake.files,
    )  # fmt: skip
    opened = matters.open_matter(opening=opening, actor=actor, at=at, key=key)
    row = Dispute.objects.create(
        matter=opened.matter, kind_code=kind.code, kind_version=kind.version, basis=intake.basis,
        referred_by=intake.referred_by, story=intake.story, wish=intake.wish, answers=intake.answers,
        amount=intake.amount, people_count=max(intake.people_count, sum(side.represents is None for side in sides)),
        safe_channel=intake.safe_channel, is_sealed=is_sealed, is_open=intake.is_open,
        area_path=intake.area_path, district=matters.district_of(intake.area_path), opened_at=at,
    )  # fmt: skip
    write_sides(row, sides)
    return row


def _kind(code: str, on: date) -> DisputeKind:
    if on < queries.law_since():
        raise Invalid({"at": _("Before the law: {source}.").format(source=queries.law_source())})
    kind = queries.kind_in_force(code, on=on)
    if kind is None:
        raise Invalid({"kind_code": _("Choose one of the kinds that are in force.")})
    return kind


def _title(kind: str, address: str) -> str:
    """Name the kind and the place: a list never names a person."""
    return f"{kind}（{address}）"[:120] if address else kind
