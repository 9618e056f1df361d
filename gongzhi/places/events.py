"""What happened to places, for whoever wants to know."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ImportReceived:
    import_id: int
    at: datetime


@dataclass(frozen=True)
class ImportConfirmed:
    import_id: int
    at: datetime
