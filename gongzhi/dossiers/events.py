"""Facts about files that others may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class FileReviewed:
    """A second person has scored the file; out of seven points."""

    matter_id: int
    score: Decimal
    at: datetime
