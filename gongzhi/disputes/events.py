"""What disputes tell. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PartiesForgotten:
    """The time of keeping is over: names and words of the sides were erased; other modules erase theirs."""

    matter_id: int
    at: datetime
