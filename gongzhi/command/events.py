"""Facts other modules may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AlarmAcknowledged:
    """Somebody at a duty desk said that they know of an urgent matter."""

    matter_id: int
    desk_path: str
    actor_id: int
    at: datetime
