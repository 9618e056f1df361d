"""
响应: whether somebody first looked at a matter within the limit of the first answer.

The clock of the first answer says so. Of a matter so old that its clocks are not kept, the first stage
that ended does, against the limit that was in force when it was reported.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongzhi.figures.rules.stays import Spell, Stay

CLOCK = "first_response"


@dataclass(frozen=True)
class Answer:
    """By when a first answer was owed and whether it came in time; None: none was owed, none came yet."""

    response_due_at: datetime | None = None
    responded_in_time: bool | None = None


def answer(
    found: Sequence[Stay],
    spells: Sequence[Spell],
    *,
    due_of: Callable[[datetime], datetime | None],
) -> Answer:
    """`due_of` tells by when something reported at a moment was to be answered, None where nothing says it."""
    clock = next((spell for spell in spells if spell.name == CLOCK), None)
    if clock is not None:
        return Answer(clock.due_at, clock.outcome == "kept" if clock.outcome else None)
    if not found or spells:  # a matter of a kind that owes no answer, or whose clocks say all
        return Answer()
    due_at, answered_at = due_of(found[0].since), found[0].until
    if due_at is None:
        return Answer()
    return Answer(due_at, answered_at <= due_at if answered_at else None)
