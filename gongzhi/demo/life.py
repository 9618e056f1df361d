"""The records a matter's life is made of, before they become rows."""

from dataclasses import dataclass, field
from typing import Any

from gongzhi.demo.subjects import Subject

OWING = {
    "to_verify": "verifier",
    "to_register": "registrar",
    "to_correct": "registrar",
    "to_dispatch": "dispatcher",
    "returned": "dispatcher",
    "to_accept": "handler",
    "handling": "handler",
    "suspended": "handler",
    "to_check": "checker",
    "to_close": "closer",
}
STAGE_OF = {
    "to_verify": "verify",
    "to_register": "register",
    "to_correct": "register",
    "to_dispatch": "dispatch",
    "returned": "dispatch",
    "to_accept": "accept",
    "handling": "handle",
    "to_check": "check",
    "to_close": "close",
}
DAY = 86400


@dataclass(frozen=True, slots=True)
class Worker:
    """Who made a move, as the timeline names them."""

    id: int
    name: str
    role: str
    unit: int | None


NOBODY = Worker(0, "", "", None)


@dataclass(slots=True)
class Line:
    at: int
    who: Worker
    move: str
    source: str
    target: str
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Clock:
    name: str
    limit: Any
    start: int
    party: str
    rule: str
    stop: int | None = None
    extra: Any = None  # a second limit that an extension added
    paused_at: int | None = None
    paused_until: int | None = None
    pauses: list[tuple[int, int]] = field(default_factory=list)
    reason: str = ""

    @property
    def is_handling(self) -> bool:
        return self.rule == "item" or self.rule.startswith("incident.handle")


@dataclass(slots=True)
class Ask:
    nature: str
    state: str
    reason: str
    at: int
    by: Worker
    until: int | None = None
    first: tuple[int, Worker, str] | None = None
    last: tuple[int, Worker, str] | None = None


@dataclass(slots=True)
class Rating:
    at: int
    rating: int
    text: str


@dataclass(slots=True)
class Matter:
    """A matter as it grows; what the tables need is read from it at the end."""

    id: int
    at: int  # of the newest move
    source: str
    item: Any
    subject: Subject
    grid: int
    path: str
    state: str = ""
    level: int = 1
    standard: Any = None
    is_urgent: bool = False
    lead: Any = None
    units: list[int] = field(default_factory=list)
    owing_unit: Any = None
    lines: list[Line] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    stage: Clock | None = None  # the clock of the stage the matter is in
    asks: list[Ask] = field(default_factory=list)
    joint: list[tuple[int, int, int | None, str]] = field(default_factory=list)
    proposed: Any = None
    overridden: str = ""
    is_true: bool | None = None
    self_handled: bool = False
    paused_for: str = ""
    supervised: int = 0
    reworks: int = 0
    reopens: int = 0
    extensions: int = 0
    urges: int = 0
    reports: int = 1
    closed_at: int | None = None
    rating: Rating | None = None
    exempt: bool = False
    sent_back: bool = False
    echo: "Matter | None" = None  # an earlier report of the same thing
    merged: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in OWING


def is_open_at(m: Matter, at: int) -> bool:
    """Tell whether the register held the matter as open at an instant."""
    return m.lines[0].at <= at and (m.is_open or (m.closed_at or 0) > at) and not m.merged
