"""Whose move it is, and until when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import actions as clocks
from gongzhi.clocks import queries as clock_queries
from gongzhi.matters.kind import Kind
from gongzhi.matters.models import JointUnit, Matter

STAGE = "stage"
JOINT = "joint:"  # before a unit's id: the clock of a unit that helps


def settle_owing(matter: Matter, kind: Kind, *, at: datetime) -> list[clocks.Start]:
    """Set who owes the next move in the matter's state; return the clock to start for it, if any."""
    matter.is_open = matter.state in kind.open_states
    matter.owing_person_id = None
    matter.started_at = matter.warn_at = matter.due_at = None
    matter.counting = ""
    matter.paused_for, matter.paused_at = "", None
    owes = kind.owes.get(matter.state)
    if owes is None:
        matter.owing_role, matter.owing_unit_id = "", None
        matter.closed_at = None if matter.is_open else at
        return []
    matter.closed_at = None
    matter.owing_role = owes.role
    matter.owing_unit_id = owes.unit(matter)
    take_part(matter, matter.owing_unit_id)
    unit = accounts.unit(matter.owing_unit_id) if matter.owing_unit_id else None
    term = owes.term(matter)
    matter.counting = str(term.limit.counting)
    return [clocks.Start(STAGE, term.limit, party=unit.name if unit else "", rule=term.rule)]


def take_part(matter: Matter, unit_id: int | None) -> None:
    """Let a unit, and all above it, see the matter from now on."""
    if unit_id is not None:
        known = set(matter.unit_ids)
        matter.unit_ids = [
            *matter.unit_ids,
            *(u for u in accounts.unit(unit_id).ancestors if u not in known),
        ]


def keep_clocks(matter: Matter, rows: Sequence[Any]) -> None:
    """Copy what every list shows of the running clocks to the matter's row."""
    for row in rows:
        if row.name == STAGE:
            matter.started_at, matter.warn_at, matter.due_at = (
                row.started_at,
                row.warn_at,
                row.due_at,
            )
        elif row.name == "whole":
            matter.whole_due_at = row.due_at


def keep_joint_clocks(matter: Matter, rows: Sequence[Any]) -> None:
    """Copy when the units that help must have answered, after a pause or new holidays moved it."""
    for row in rows:
        if row.name.startswith(JOINT):
            JointUnit.objects.filter(matter=matter, unit_id=int(row.name[len(JOINT) :])).update(
                due_at=row.due_at
            )


@transaction.atomic
def follow_clocks(*, matter_id: int) -> None:
    """Copy what the running clocks say now to the matter, after they changed without a move."""
    matter = Matter.objects.select_for_update().defer("words").get(pk=matter_id)
    rows = clock_queries.clocks_of(matter_id)
    running = [row for row in rows if row.stopped_at is None]
    keep_clocks(matter, running)
    keep_joint_clocks(matter, running)
    matter.save(update_fields=["started_at", "warn_at", "due_at", "whole_due_at"])
