"""Facts other modules may react to. What they hold is what the public may read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MatterPublished:
    """A person approved what is shown of a matter; it is on the public pages now."""

    matter_id: int
    public_id: str
    item_id: int | None
    area_path: str  # no finer than the village; "" when no place is shown
    lon: float | None  # rounded as the rule of the item says
    lat: float | None
    state: str  # the stage in plain words: rules.stages.Stage
    at: datetime


@dataclass(frozen=True)
class PublicStateChanged:
    """A published matter moved on to another public stage."""

    matter_id: int
    public_id: str
    item_id: int | None
    area_path: str
    state: str
    at: datetime


@dataclass(frozen=True)
class PublicationEnded:
    """A publication was withdrawn: whoever keeps something of it forgets it."""

    matter_id: int
    public_id: str
    at: datetime


@dataclass(frozen=True)
class PhotosArrived:
    """Photos of a matter wait to be made unreadable where they show people or plates."""

    publication_id: int
    at: datetime
