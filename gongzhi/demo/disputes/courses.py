"""How a dispute runs: which moves, after how many days, until now or for good."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from gongzhi.matters.kind import kind_of

DAY = timedelta(days=1)
STUCK = 0.012  # of the steps: nobody has taken it yet, whatever the clock says


class Step(NamedTuple):
    move: str
    who: str  # counter, clerk, mediator
    least: float  # days since the step before
    most: float


@dataclass(slots=True)
class Done:
    move: str
    source: str
    target: str
    who: str
    at: datetime
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


TRIAGE = Step("triage", "counter", 0.02, 1.1)
CONSENT = Step("consent", "clerk", 0.2, 3.6)
APPOINT = Step("appoint", "clerk", 0.05, 2.6)
PERFORMED, ARCHIVE = Step("performed", "clerk", 1, 29), Step("archive", "clerk", 0.4, 9)
VISIT = Step("visit", "clerk", 1, 8)
TO_TABLE = (TRIAGE, CONSENT, APPOINT)
SIGNED = (Step("settle", "mediator", 1, 26), Step("take_effect", "mediator", 0.1, 3))
AFTER = (VISIT, ARCHIVE)
COURSES: Mapping[str, tuple[Step, ...]] = {
    "written": (*TO_TABLE, *SIGNED, PERFORMED, *AFTER),
    "broken": (*TO_TABLE, *SIGNED, Step("not_performed", "clerk", 20, 31), *AFTER),
    "oral": (*TO_TABLE, Step("settle_orally", "mediator", 0.05, 6), Step("performed", "clerk", 0.02, 3), *AFTER),
    "partial": (*TO_TABLE, *SIGNED, PERFORMED, *AFTER),
    "none": (*TO_TABLE, Step("terminate", "mediator", 8, 30), ARCHIVE),
    "refused": (TRIAGE, Step("stop_refused", "clerk", 0.5, 3), ARCHIVE),
    "withdrawn": (TRIAGE, CONSENT, Step("withdraw", "clerk", 0.5, 6), ARCHIVE),
    "declined": (Step("decline", "counter", 0.05, 1),),
}  # fmt: skip
SHARES = {"written": 40, "broken": 4, "oral": 25, "partial": 5, "none": 10, "refused": 8, "withdrawn": 5, "declined": 3}  # fmt: skip
NOTES: Mapping[str, tuple[str, ...]] = {
    "triage": ("已登记，分流至调解组织。", "材料齐全，转调解组织办理。"),
    "consent": ("已逐一征求意愿，各方同意调解。",),
    "appoint": ("各方共同选定调解员，未提出回避。", "由调解组织指定，各方无异议。"),
    "settle": ("各方就金额和履行日期达成一致，拟定协议。", "经三次调解，各方达成一致。"),
    "settle_orally": ("各方当面达成一致并即时履行，登记口头协议。",),
    "take_effect": ("各方签字捺印，调解员签字并加盖印章。",),
    "performed": ("已按协议履行，凭证入卷。",),
    "not_performed": ("经催告仍未履行，已告知可申请强制执行或者起诉。",),
    "visit": ("电话回访，各方表示已了结。", "上门回访，关系缓和。"),
    "archive": ("卷宗齐全，立卷归档。",),
    "terminate": ("各方分歧较大，终止调解，已告知其他途径。",),
    "stop_refused": ("一方明确不同意调解，已告知其他途径。",),
    "withdraw": ("双方自行和解，撤回申请。",),
    "decline": ("不属于调解范围，已告知合法途径。",),
}
GROUNDS = {"terminate": "divergence", "stop_refused": "refused", "withdraw": "self_settled"}


def run(chance: random.Random, *, outcome: str, at: datetime, until: datetime) -> list[Done]:
    """Live through a course from the counter on; what has not happened by now is left open."""
    table, state = kind_of("dispute").lifecycle, kind_of("dispute").first
    lines = [Done("report", "", state, "counter", at)]
    for step in COURSES[outcome]:
        at = _in_the_day(at + DAY * chance.uniform(step.least, step.most), chance)
        if at >= until or chance.random() < STUCK:
            break
        target = table.target(step.move, source=state)
        facts = _facts(chance, step.move, outcome)
        lines.append(Done(step.move, state, target, step.who, at, chance.choice(NOTES[step.move]), facts))  # fmt: skip
        state = target
    return lines


def _in_the_day(at: datetime, chance: random.Random) -> datetime:
    """Move what falls into the night or a Sunday to the next morning; seconds are whole."""
    local = at.astimezone()
    if local.hour >= 18 or local.weekday() == 6:
        local = (local + DAY).replace(hour=9, minute=chance.randrange(60))
    elif local.hour < 9:
        local = local.replace(hour=9, minute=chance.randrange(60))
    return local.replace(microsecond=0).astimezone(at.tzinfo)


def _facts(chance: random.Random, move: str, outcome: str) -> dict[str, Any]:
    facts: dict[str, Callable[[], dict[str, Any]]] = {
        "settle": lambda: {"outcome": "partial" if outcome == "partial" else "written"},
        "visit": lambda: {"satisfied": str(chance.choices((3, 2, 1), (80, 15, 5))[0])},
    }
    if move in GROUNDS:
        return {"ground": GROUNDS[move], "routes": ["suit"]}
    return facts[move]() if move in facts else {}
