"""What others may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AllowancePaid:
    """The finance office paid it."""

    allowance_id: int
    at: datetime


@dataclass(frozen=True)
class PaymentReturned:
    """A payment did not arrive; the mediator sets the account right."""

    allowance_id: int
    user_id: int
    reason: str
    at: datetime
