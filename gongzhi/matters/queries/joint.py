"""Units that help: who was asked, until when, and what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.clocks import queries as clocks
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import JointUnit, Matter


@dataclass(frozen=True)
class Helper:
    """A unit that was asked to help, as a matter's page shows it."""

    unit_id: int
    name: str
    task: str
    must_answer: bool
    asked_at: datetime
    asked_by: str
    due_at: datetime | None
    answered_at: datetime | None
    answer: str
    excused: str
    face: Any


def branches_of(actor: Actor) -> set[int]:
    """Return the units an actor may answer for: where they work, and all below."""
    return {
        unit_id
        for grant in actor.grants_for(Can.JOIN_IN)
        if grant.home is not None
        for unit_id in accounts.units_below(grant.home)
    }


def helpers(matter: Matter, *, at: datetime) -> list[Helper]:
    return [_helper(row, matter, at) for row in JointUnit.objects.filter(matter=matter).order_by("id")]  # fmt: skip


def _helper(row: JointUnit, matter: Matter, at: datetime) -> Helper:
    face = clocks.face(
        due_at=row.due_at, at=at, started_at=row.asked_at, stopped_at=row.answered_at,
        paused=matter.paused_for, paused_at=matter.paused_at,
        counting="continuous" if matter.is_urgent else "service",
    )  # fmt: skip
    return Helper(
        row.unit_id, accounts.unit(row.unit_id).name, row.task, row.must_answer, row.asked_at, row.asked_by_name,
        row.due_at, row.answered_at, row.answer, row.excused, face,
    )  # fmt: skip


def may_answer(helping: Sequence[Helper], actor: Actor) -> bool:
    """Tell whether a unit of the actor's branch was asked and has not answered."""
    waiting = {helper.unit_id for helper in helping if helper.answered_at is None}
    return bool(waiting) and bool(waiting & branches_of(actor))


def helpers_waiting(matter_id: int) -> list[str]:
    """Return the names of the units that must answer before the lead unit may hand in."""
    rows = JointUnit.objects.filter(
        matter_id=matter_id, must_answer=True, answered_at__isnull=True, excused=""
    )
    return [accounts.unit(unit).name for unit in rows.values_list("unit_id", flat=True)]
