"""Facts other modules may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class TrainingAsked:
    """Somebody asked for the models to be trained anew."""

    by: int
    at: datetime
