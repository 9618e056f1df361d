"""Facts other modules may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OrderIssued:
    """A unit has been put under supervision."""

    order_id: int
    matter_id: int
    level: int  # 1 yellow, 2 red
    unit_id: int
    at: datetime


@dataclass(frozen=True)
class SuggestionAnswered:
    suggestion_id: int
    unit_id: int
    decision: str
    at: datetime
