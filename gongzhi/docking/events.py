"""Facts other modules may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MessageQueued:
    """A message waits to be sent to a partner."""

    message_id: int
    at: datetime


@dataclass(frozen=True)
class DocketMoved:
    """Something happened in a case between us and a court: opened, a step, the end."""

    docket_id: int
    matter_id: int
    kind: str
    step: str
    state: str
    at: datetime
