"""What others may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PublicationAsked:
    """Somebody asked for the figures of a period to be frozen."""

    publication_id: int
    at: datetime


@dataclass(frozen=True)
class ResultsPublished:
    publication_id: int
    at: datetime


@dataclass(frozen=True)
class AppealDecided:
    appeal_id: int
    at: datetime
