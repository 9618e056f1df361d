"""What of the history is still open: its running clocks and its suspensions, by the register's own arithmetic."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from gongzhi.clocks import queries as clocks
from gongzhi.demo.annals.columns import moment, number
from gongzhi.demo.annals.courses import NEVER
from gongzhi.demo.annals.ground import Ground
from gongzhi.demo.annals.lives import Lives
from gongzhi.demo.texts import NOTES

EAST = 8 * 3600


@dataclass
class Held:
    """The columns of the register about the clock that runs; empty for what is settled."""

    whole: Any
    started: Any
    warn: Any
    due: Any
    counting: Any
    paused: Any
    reason: Any
    supervised: Any

    def columns(self) -> list[Any]:
        return [
            *(moment(at, empty=at == NEVER) for at in (self.started, self.warn, self.due, self.whole)),
            self.counting, moment(self.paused, empty=self.paused == NEVER), self.reason, number(self.supervised),
        ]  # fmt: skip


def settle(ground: Ground, m: Lives) -> Held:
    """Start the clocks of what is open, keep them with the lives, and return the register's columns."""
    c, size = m.course, len(m.number)
    never = {name: np.full(size, NEVER, dtype=np.int64) for name in ("started", "warn", "due")}
    counting, reason = [""] * size, [""] * size
    for index in np.flatnonzero(c.is_open).tolist():
        stage = _stage(ground, m, index)
        whole = _whole(ground, m, index)
        if c.is_suspended[index]:
            reason[index] = _suspend(ground, m, index, (stage, whole))
        m.clocks += [stage, whole]
        counting[index] = _limit(ground, int(c.case[index]))[0].counting
        for name, column in (("started", "started_at"), ("warn", "warn_at"), ("due", "due_at")):
            never[name][index] = int(stage[column].timestamp())
        c.dues["handle"][index] = never["due"][index]
        c.dues["whole"][index] = int(whole["due_at"].timestamp())
    return Held(
        whole=c.dues["whole"], counting=pa.array(counting), reason=pa.array(reason), supervised=c.supervised.astype(np.int64),
        paused=np.where(c.is_suspended, c.suspended_at, NEVER), **never,
    )  # fmt: skip


def _limit(ground: Ground, case: int) -> tuple[Any, str]:
    item, at = ground.cases.item[case], ground.cases.standard[case]
    standard = next(one for one in ground.world.items[item].standards if one.id == at)
    rule = f"incident.handle{'.urgent' if standard.urgent else ''}"
    return (standard.limit, "item") if standard.limit else (ground.world.rule(rule), rule)


def _stage(ground: Ground, m: Lives, index: int) -> dict[str, Any]:
    limit, rule = _limit(ground, int(m.course.case[index]))
    unit = ground.offices.units[int(m.course.lead[index])]
    start = clocks.Start("stage", limit, party=unit.name, rule=rule)
    return _clock(ground, m, index, start, int(m.course.ends["accept"][index]))


def _whole(ground: Ground, m: Lives, index: int) -> dict[str, Any]:
    rule = f"incident.whole{'.urgent' if ground.cases.is_urgent[m.course.case[index]] else ''}"
    start = clocks.Start("whole", ground.world.rule(rule), party="", rule=rule)
    return _clock(ground, m, index, start, int(m.course.at[index]))


def _clock(ground: Ground, m: Lives, index: int, start: Any, began: int) -> dict[str, Any]:
    row = clocks.row_values(subject=int(m.number[index]), start=start, started_at=_when(began))
    if row["warn_at"].timestamp() <= ground.now:
        row["alert_at"] = (
            None  # told long ago; a city that is loaded does not begin with a storm of notices
        )
    return row


def _suspend(ground: Ground, m: Lives, index: int, rows: tuple[dict[str, Any], ...]) -> str:
    """Hold the clocks, add the request that was approved, and return its reason."""
    c = m.course
    at, until = _when(int(c.suspended_at[index])), _when(int(c.resumed_at[index]))
    reasons = NOTES["ask_suspension"]
    reason = reasons[int(m.number[index]) % len(reasons)]
    for row in rows:
        row |= {
            "paused_at": at, "paused_until": until, "pause_kind": "suspension", "pause_reason": reason, "alert_at": None,
        }  # fmt: skip
    offices = ground.offices
    asker = offices.workers[int(offices.handlers[c.lead[index], 0])]
    duty = offices.workers[int(m.last_by[index])]
    path = offices.paths.values[int(c.grid[index])].as_py()
    units = [
        *_branch(ground, int(offices.station[c.grid[index]])),
        *_branch(ground, int(c.lead[index])),
    ]
    day = _when(int(c.resumed_at[index]) + EAST).date()
    m.asks.append(
        (
            int(m.number[index]), "suspension", "approved", reason, day, at, asker.id, asker.name, duty.id, at, "同意",
            duty.id, at, "同意", path, units,
        )
    )  # fmt: skip
    return reason


def _branch(ground: Ground, unit: int) -> list[int]:
    return list(ground.offices.units[unit].ancestors)


def _when(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
