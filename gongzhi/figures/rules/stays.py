"""
The stages a matter went through, read from the lines of its file and the runs of its clocks.

A stage is what is owed, whatever the kind calls the state: a suspended matter is still being handled.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Protocol


class Stage(StrEnum):
    VERIFY = "verify"
    REGISTER = "register"
    CORRECT = "correct"
    DISPATCH = "dispatch"
    ACCEPT = "accept"
    HANDLE = "handle"
    CHECK = "check"
    CLOSE = "close"
    SETTLED = "settled"
    ENDED = "ended"  # refused, merged, void


class Line(Protocol):
    @property
    def at(self) -> datetime: ...
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...


class Spell(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def stopped_at(self) -> datetime | None: ...
    @property
    def outcome(self) -> str: ...


DueOf = Callable[[str, datetime], datetime | None]  # state, since → by when, where no clock is kept


@dataclass(frozen=True)
class Stay:
    """How long a matter stood in a stage, until when it was due, and where it went."""

    stage: Stage
    since: datetime
    until: datetime | None
    due_at: datetime | None
    kept: bool | None  # None: it stands there still, or nothing was due
    then: Stage | None  # the stage after it


def is_whole(lines: Sequence[Line], *, entry_count: int) -> bool:
    """Tell whether every line of the file is here: each begins in the state where the one before ended."""
    states = pairwise(lines)
    return len(lines) == entry_count and all(b.source == a.target for a, b in states)


def stays(
    lines: Sequence[Line], spells: Sequence[Spell], *, stages: Mapping[str, Stage], due_of: DueOf
) -> list[Stay]:
    """
    Return the stages in order. `stages` names the stage of every state.

    A stage begins with the line that leads into it, or with one that starts its clock anew (raised
    a level, dispatched to another unit). A kind whose states have no stages has none: rates of the
    stages are then not about it.
    """
    clocks = [spell for spell in spells if spell.name == "stage"]
    starts = {spell.started_at for spell in clocks}
    begun: list[tuple[Stage, str, datetime]] = []
    for line in lines:
        stage = stages.get(line.target)
        if stage is None:
            continue
        is_new = not begun or begun[-1][0] != stage
        if is_new or (line.at in starts and line.at != begun[-1][2]):
            begun.append((stage, line.target, line.at))
    ends = [*begun[1:], *([None] if begun else [])]
    return [_stay(row, after, clocks, due_of) for row, after in zip(begun, ends, strict=True)]


def _stay(
    row: tuple[Stage, str, datetime],
    after: tuple[Stage, str, datetime] | None,
    clocks: Sequence[Spell],
    due_of: DueOf,
) -> Stay:
    stage, state, since = row
    until = after[2] if after else None
    then = after[0] if after else None
    if stage in {Stage.SETTLED, Stage.ENDED}:
        return Stay(stage, since, until, None, None, then)
    clock = _clock(clocks, since, until)
    if clock is None:
        due = due_of(state, since)
        kept = None if until is None or due is None else until <= due
        return Stay(stage, since, until, due, kept, then)
    return Stay(stage, since, until, clock.due_at, _outcome(clock, until), then)


def _clock(clocks: Sequence[Spell], since: datetime, until: datetime | None) -> Spell | None:
    """Two moves in the same moment start two clocks: the right one ends with the stage too."""
    begun = [clock for clock in clocks if clock.started_at == since]
    return next(
        (clock for clock in begun if clock.stopped_at == until), begun[-1] if begun else None
    )


def _outcome(clock: Spell, until: datetime | None) -> bool | None:
    if until is None:
        return None
    return clock.outcome == "kept" if clock.outcome else until <= clock.due_at


def was_late(found: Sequence[Stay], at: datetime) -> bool:
    """Tell whether the stage that a line belongs to, or ends, was over its time at that moment."""
    for stay in found:
        if stay.since <= at and (stay.until is None or at <= stay.until) and at != stay.since:
            return stay.kept is False or (stay.due_at is not None and stay.due_at < at)
    return False
