"""Facts about agreements that others may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class AgreementSealed:
    """In force: signed by all sides and the mediator, and sealed."""

    matter_id: int
    number: str
    is_partial: bool
    at: datetime


@dataclass(frozen=True)
class DueNoted:
    """Something was performed, or the other side released it."""

    matter_id: int
    clause: int
    part: int
    done_on: date
    open_dues: int
    at: datetime
