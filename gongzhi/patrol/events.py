"""Facts other modules may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class VisitRecorded:
    visit_id: int
    premises_code: str
    area_path: str
    user_id: int
    outcome: str
    fail_count: int
    next_on: date | None
    at: datetime


@dataclass(frozen=True)
class CallSent:
    call_id: int
    kind: str
    user_id: int
    matter_id: int | None
    at: datetime


@dataclass(frozen=True)
class CallRefused:
    call_id: int
    kind: str
    user_id: int
    reason: str
    passed_to: int | None  # nobody: it is with the station
    area_path: str
    at: datetime


@dataclass(frozen=True)
class ShiftStarted:
    user_id: int
    at: datetime


@dataclass(frozen=True)
class ShiftEnded:
    user_id: int
    at: datetime


@dataclass(frozen=True)
class PlanReleased:
    """A plan rules from today on: the day's tasks are to be shared anew."""

    plan_id: int
    area_path: str
    at: datetime
