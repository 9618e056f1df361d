"""What other modules may hear of the centre."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PartnerSummoned:
    """A partner was called in, or has not answered in time; `is_late` tells which."""

    summons_id: int
    unit_id: int | None  # of the partner; None when it has none in this system
    centre_unit_id: int
    partner: str
    reason: str
    due_at: datetime
    at: datetime
    is_late: bool
