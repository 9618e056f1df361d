"""
Which promises were kept for a matter, from the stages it went through.

Meanings follow the GB/T 30428 rates (docs/decisions/0022): 核实 on site before 立案, 核查 after 处置.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongzhi.figures.rules.stays import Stage, Stay

AT_THE_UNIT = frozenset({Stage.ACCEPT, Stage.HANDLE})
DISPATCHED = AT_THE_UNIT | {Stage.CHECK}
REGISTERED = DISPATCHED | {Stage.DISPATCH, Stage.CLOSE}


@dataclass(frozen=True)
class Promises:
    """What was owed and whether it was kept in time; None where it was never owed or is still open."""

    verified_in_time: bool | None = None
    registered_at: datetime | None = None
    registered_in_time: bool | None = None
    registered_right: bool | None = None
    dispatched_at: datetime | None = None
    dispatched_in_time: bool | None = None
    dispatched_right: bool | None = None
    handle_due_at: datetime | None = None
    handled_at: datetime | None = None
    handled_in_time: bool | None = None
    checked_in_time: bool | None = None
    return_count: int = 0


def promises(found: Sequence[Stay]) -> Promises:
    registered = _first(found, REGISTERED)
    dispatched = _first(found, DISPATCHED)
    handled = next((s for s in found if s.stage == Stage.HANDLE and s.then in _HANDED_IN), None)
    return Promises(
        verified_in_time=_kept(found, Stage.VERIFY),
        registered_at=registered.since if registered else None,
        registered_in_time=_kept(_before(found, registered), Stage.REGISTER)
        if registered
        else None,
        registered_right=all(s.stage != Stage.CORRECT for s in found) if registered else None,
        dispatched_at=dispatched.since if dispatched else None,
        dispatched_in_time=_kept(_before(found, dispatched), Stage.DISPATCH)
        if dispatched
        else None,
        dispatched_right=not _is_sent_back(found, dispatched) if dispatched else None,
        handle_due_at=_handle_due(found, handled),
        handled_at=handled.until if handled else None,
        handled_in_time=handled.kept if handled else None,
        checked_in_time=_kept(found, Stage.CHECK),
        return_count=sum(s.stage in AT_THE_UNIT and s.then == Stage.DISPATCH for s in found),
    )


_HANDED_IN = frozenset({Stage.CHECK, Stage.CLOSE, Stage.SETTLED})


def _first(found: Sequence[Stay], stages: frozenset[Stage]) -> Stay | None:
    return next((stay for stay in found if stay.stage in stages), None)


def _before(found: Sequence[Stay], mark: Stay | None) -> list[Stay]:
    return list(found[: found.index(mark)]) if mark else list(found)


def _kept(found: Sequence[Stay], stage: Stage) -> bool | None:
    """All of the stage's stays in time; what ended because the matter fell away was not owed any more."""
    owed = [
        stay.kept
        for stay in found
        if stay.stage == stage and stay.kept is not None and stay.then != Stage.ENDED
    ]
    return all(owed) if owed else None


def _is_sent_back(found: Sequence[Stay], dispatched: Stay | None) -> bool:
    """Tell whether the units first named gave it back before anything was handed in."""
    if dispatched is None:
        return False
    for stay in found[found.index(dispatched) :]:
        if stay.then not in AT_THE_UNIT:
            return stay.stage in AT_THE_UNIT and stay.then == Stage.DISPATCH
    return False


def _handle_due(found: Sequence[Stay], handled: Stay | None) -> datetime | None:
    """By when the unit must hand in; before it accepted, by when it must accept."""
    if handled:
        return handled.due_at
    last = found[-1] if found else None
    return last.due_at if last and last.stage in AT_THE_UNIT else None
