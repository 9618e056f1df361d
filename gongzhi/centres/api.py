"""Disputes that other systems hand over: 110, the hotline, courts and offices."""

from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import actor_of
from gongzhi.centres import actions
from gongzhi.centres.capabilities import Can
from gongzhi.disputes import actions as disputes
from gongzhi.places import queries as places

router = Router(tags=["centres"])


class SideIn(Schema):
    side: Literal["applicant", "respondent", "third"]
    name: str = Field(min_length=1, max_length=80)
    nature: Literal["person", "organisation"] = "person"
    phone: str = Field(default="", max_length=20)
    address: str = Field(default="", max_length=200)


class HandoverIn(Schema):
    system: str = Field(
        max_length=20, description="110, 12345, court, procuratorate, legal_aid, petition, office"
    )
    number: str = Field(
        min_length=1,
        max_length=60,
        description="under which the other system keeps it; once for ever",
    )
    is_police: bool = Field(description="a matter of the police")
    is_urgent: bool = Field(description="danger to life, limb or property now")
    area: str = Field(max_length=60, description="code of the village or town")
    address: str = Field(default="", max_length=200)
    kind: str = Field(
        default="",
        max_length=20,
        description="code of the kind table; empty: as the story suggests",
    )
    story: str = Field(min_length=1, max_length=5000)
    wish: str = Field(default="", max_length=2000)
    amount: Decimal | None = Field(default=None, ge=0, lt=Decimal(10) ** 12, description="yuan")
    people: int = Field(default=2, ge=1, le=100_000)
    sides: list[SideIn] = Field(min_length=2, max_length=24)


class HandoverOut(Schema):
    decision: str = Field(description="taken or refused")
    is_new: bool = Field(description="false when the same was sent before")
    number: str = Field(description="of the matter here; empty when refused")
    why: str = Field(description="the rule, and where it goes instead")


@router.post("/handover", response=HandoverOut, summary="Hand a dispute over")
def handover(request: HttpRequest, said: HandoverIn) -> dict[str, Any]:
    """
    Hand a dispute over, once: the same number with the same content gives the same answer.

    Only what is neither a matter of the police nor urgent is taken in; for the rest the answer names the lawful way.
    """
    actor = actor_of(request)
    if not actor.can(Can.HAND_OVER):
        raise OutOfReach
    handed = actions.Handed(
        system=said.system,
        number=said.number,
        is_police=said.is_police,
        is_urgent=said.is_urgent,
        said=_said(said),
    )
    row, is_new = actions.take_over(handed=handed, actor=actor, at=timezone.now())
    number = row.matter.number if row.matter else ""
    return {"decision": row.decision, "is_new": is_new, "number": number, "why": row.why}


def _said(said: HandoverIn) -> actions.Said:
    return actions.Said(
        door=said.system, sides=[disputes.Side(**one.dict()) for one in said.sides], story=said.story, wish=said.wish or "—",
        area_path=places.area_by_code(said.area).path, kind_code=said.kind, address=said.address, amount=said.amount,
        people_count=said.people, outside_number=said.number, answers={"people": said.people},
    )  # fmt: skip
