"""What clocks tell: facts about one running clock, with ids and values only."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class ClockFact:
    clock_id: int
    subject: int
    name: str
    party: str
    due_at: datetime
    at: datetime


@dataclass(frozen=True)
class ClockWarned(ClockFact):
    """The last part of the limit has begun."""


@dataclass(frozen=True)
class ClockOverdue(ClockFact):
    """The limit has ended unanswered: the one who owes is urged."""


@dataclass(frozen=True)
class ClockEscalated(ClockFact):
    """Still unanswered; the next level up is told. Each level is told once."""

    level: int


@dataclass(frozen=True)
class ClockResumed(ClockFact):
    """A pause ended by itself on its day."""

    warn_at: datetime
    reason: str


@dataclass(frozen=True)
class ClockMoved(ClockFact):
    """New holiday data changed when a running clock ends."""

    warn_at: datetime


@dataclass(frozen=True)
class CalendarChanged:
    """Days between two dates count otherwise than before: what runs there is worked out again."""

    calendar: str
    first: date
    last: date
    at: datetime
