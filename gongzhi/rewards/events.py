"""What others may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AwardApproved:
    award_id: int
    at: datetime


@dataclass(frozen=True)
class PayoutFailed:
    """The payment did not arrive; the reporter is asked for another way."""

    award_id: int
    at: datetime
