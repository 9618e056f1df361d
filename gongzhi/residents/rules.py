"""Decisions about residents' accounts. Plain values in, plain values out."""

import math
from datetime import datetime, time, timedelta, tzinfo

DIGITS = 6
A_CODE_EVERY = timedelta(seconds=60)  # to one address
DAY = timedelta(days=1)


def is_code(text: str) -> bool:
    return len(text) == DIGITS and text.isascii() and text.isdigit()


def seconds_to_wait(sent_at: list[datetime], *, at: datetime, most_a_day: int) -> int:
    """Return how long an address must wait for its next code; 0 when it may have one now."""
    lately = sorted(moment for moment in sent_at if at - moment < DAY)
    if len(lately) >= most_a_day:
        return _seconds(lately[-most_a_day] + DAY - at)
    if lately and at - lately[-1] < A_CODE_EVERY:
        return _seconds(lately[-1] + A_CODE_EVERY - at)
    return 0


def _seconds(left: timedelta) -> int:
    return max(1, round(left.total_seconds()))


def tell_at(
    at: datetime, *, quiet: tuple[time, time] | None, digest_at: time | None, zone: tzinfo
) -> datetime:
    """
    Return when somebody may be told what happened at a moment.

    With a digest, at its hour of the same day or the next; else at once, but not in their quiet hours.
    """
    if digest_at is not None:
        return _next(at, digest_at, zone)
    if quiet is None or quiet[0] == quiet[1]:
        return at
    starts, ends = quiet
    clock = at.astimezone(zone).time()
    is_quiet = starts <= clock < ends if starts < ends else clock >= starts or clock < ends
    return _next(at, ends, zone) if is_quiet else at


ROUNDED = 3  # digits of a degree: about a hundred metres
LAT_METRES = 111_320


def prefixes(area_path: str) -> list[str]:
    """Return a path with all above it: "1/2/3/" gives "1/", "1/2/", "1/2/3/"."""
    parts = area_path.strip("/").split("/") if area_path else []
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance of two points of a city, near enough."""
    east = (lon - other_lon) * LAT_METRES * math.cos(math.radians(lat))
    return math.hypot(east, (lat - other_lat) * LAT_METRES)


def _next(at: datetime, hour: time, zone: tzinfo) -> datetime:
    local = at.astimezone(zone)
    moment = local.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    return moment if moment > local else moment + DAY
