"""Facts other modules may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MatterOpened:
    matter_id: int
    number: str
    kind: str
    state: str
    title: str
    owing_role: str
    owing_unit: int | None
    due_at: datetime | None
    is_urgent: bool
    at: datetime


@dataclass(frozen=True)
class MatterMoved:
    matter_id: int
    number: str
    kind: str
    title: str
    move: str
    source: str
    target: str
    note: str
    owing_role: str
    owing_unit: int | None
    owing_person: int | None
    lead_unit: int | None
    due_at: datetime | None
    is_urgent: bool
    actor_id: int
    at: datetime


@dataclass(frozen=True)
class ReportJoined:
    """Somebody else reported a matter that was already there."""

    matter_id: int
    number: str
    reporter_id: int
    at: datetime
