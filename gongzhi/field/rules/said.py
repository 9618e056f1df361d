"""An operation as a handset sends it, read without trust."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

MOST_PHOTOS = 9


class Unreadable(ValueError):
    """A field of the operation cannot be read; the message is its name."""


@dataclass(frozen=True)
class Place:
    """Where the officer stood when the record was made."""

    lon: float
    lat: float
    accuracy_m: float | None = None


@dataclass(frozen=True)
class Said:
    id: UUID
    kind: str
    made_at: datetime
    body: dict[str, Any]
    place: Place | None = None
    photos: tuple[UUID, ...] = ()
    after_photos: tuple[UUID, ...] = ()
    after: tuple[UUID, ...] = field(default=())  # operations that must be known first

    def with_body(self, body: dict[str, Any]) -> "Said":
        return replace(self, body=body)

    def as_content(self) -> dict[str, Any]:
        """Return what is kept of it while somebody still has to decide."""
        return {
            "id": str(self.id), "kind": self.kind, "made_at": self.made_at.isoformat(), "body": self.body,
            "place": vars(self.place) if self.place else None,
            "photos": [str(p) for p in self.photos], "after_photos": [str(p) for p in self.after_photos],
        }  # fmt: skip


def read(given: Mapping[str, Any]) -> Said:
    """Return the operation; Unreadable names the field that is wrong."""
    return Said(
        id=_uuid(given.get("id"), "id"),
        kind=str(given.get("kind", ""))[:20],
        made_at=_moment(given.get("made_at")),
        body=_plain(given.get("body")),
        place=_place(given.get("place")),
        photos=_uuids(given.get("photos"), "photos"),
        after_photos=_uuids(given.get("after_photos"), "after_photos"),
        after=_uuids(given.get("after"), "after"),
    )


def _uuid(value: Any, name: str) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise Unreadable(name) from None


def _uuids(value: Any, name: str) -> tuple[UUID, ...]:
    many = value if isinstance(value, list) else [] if value in (None, "") else [value]
    if len(many) > MOST_PHOTOS:
        raise Unreadable(name)
    return tuple(dict.fromkeys(_uuid(one, name) for one in many))


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Unreadable("made_at") from None
    if moment.tzinfo is None or not 1970 <= moment.year < 2100:  # a dead battery says 1970
        raise Unreadable("made_at")
    return moment


def _plain(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable("body")
    return value


def _place(value: Any) -> Place | None:
    if not isinstance(value, dict) or value.get("lon") is None or value.get("lat") is None:
        return None
    try:
        lon, lat = float(value["lon"]), float(value["lat"])
        accuracy = value.get("accuracy_m")
        accuracy_m = None if accuracy is None else round(float(accuracy), 1)
    except (TypeError, ValueError):
        raise Unreadable("place") from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Unreadable("place")
    return Place(lon, lat, accuracy_m if accuracy_m is None or accuracy_m >= 0 else None)
