"""A dispute enters the register: the matter, its own row and its sides, or nothing."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.base.secrets import blind_index
from gongzhi.disputes import queries
from gongzhi.disputes.models import Dispute, Party
from gongzhi.matters import actions as matters

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: read aloud without doubt


@dataclass(frozen=True)
class Side:
    """One party as it was told at the counter."""

    side: str  # applicant, respondent, third
    name: str
    nature: str = "person"
    id_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    sex: str = ""
    birth_year: int | None = None
    occupation: str = ""
    legal_person: str = ""
    is_minor: bool = False
    capacity: str = ""
    represents: int | None = None  # place of the represented side in the list, from 0
    needs: Sequence[str] = ()


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
    answers: dict[str, Any] = field(default_factory=dict)
    files: Sequence[str] = ()


@transaction.atomic
def open_dispute(*, intake: Intake, actor: Actor, at: datetime, key: str | None = None) -> Dispute:
    """
    Enter a dispute with its sides.

    Raises Invalid when a side is missing or the same person stands on both. A key used before breaks
    with IntegrityError, as `matters.open_matter` does.
    """
    on = timezone.localdate(at)
    kind = queries.kind_at(intake.kind_code, on=on)
    _check_sides(intake.sides)
    opening = matters.Opening(
        kind="dispute", title=_title(kind.name, intake.address), text="", source=intake.source,
        area_path=intake.area_path, placed_on=on, address=intake.address, level=intake.level,
        outside_number=intake.outside_number, rules={"dispute_kind": kind.code, "version": kind.version},
        files=intake.files,
    )  # fmt: skip
    opened = matters.open_matter(opening=opening, actor=actor, at=at, key=key)
    row = Dispute.objects.create(
        matter=opened.matter, kind_code=kind.code, kind_version=kind.version, basis=intake.basis,
        referred_by=intake.referred_by, story=intake.story, wish=intake.wish, answers=intake.answers,
        amount=intake.amount, people_count=max(intake.people_count, len(intake.sides)),
        safe_channel=intake.safe_channel, is_sealed=any(side.is_minor for side in intake.sides),
    )  # fmt: skip
    _write_sides(row, intake.sides)
    return row


def _title(kind: str, address: str) -> str:
    """Name the kind and the place: a list never names a person."""
    return f"{kind}（{address}）"[:120] if address else kind


def _check_sides(sides: Sequence[Side]) -> None:
    if {"applicant", "respondent"} - {side.side for side in sides}:
        raise Invalid({"sides": _("Name at least one applicant and one respondent.")})
    known: dict[str, str] = {}
    for side in sides:
        mark = blind_index(side.id_number, purpose="party") if side.id_number else ""
        if mark and known.setdefault(mark, side.side) != side.side:
            raise Invalid(
                {"sides": _("The same person stands on both sides; check the identity numbers.")}
            )


def _write_sides(row: Dispute, sides: Sequence[Side]) -> None:
    written: list[Party] = []
    for seq, side in enumerate(sides):
        represents = written[side.represents] if side.represents is not None else None
        written.append(
            Party.objects.create(
                dispute=row, seq=seq, side=side.side, nature=side.nature, name=side.name,
                id_number=side.id_number, id_index=blind_index(side.id_number, purpose="party"),
                phone=side.phone, email=side.email, address=side.address, sex=side.sex,
                birth_year=side.birth_year, occupation=side.occupation, legal_person=side.legal_person,
                is_minor=side.is_minor, represents=represents, capacity=side.capacity, code=_code(),
                needs=list(side.needs),
            )
        )  # fmt: skip


def _code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(10))
