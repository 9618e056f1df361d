"""What disputes tell. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PartyJoined:
    """Somebody became a party after the intake: it is to be reached and asked like the others."""

    matter_id: int
    party_id: int
    at: datetime


@dataclass(frozen=True)
class PartyLeft:
    """A party is none any more: what waits for it waits in vain."""

    matter_id: int
    party_id: int
    at: datetime


@dataclass(frozen=True)
class PartiesForgotten:
    """The time of keeping is over: names and words of the sides were erased; other modules erase theirs."""

    matter_id: int
    at: datetime
