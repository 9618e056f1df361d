"""The device's clock beside ours."""

from datetime import datetime, timedelta


def skew_of(*, sent_at: datetime, received_at: datetime, round_trip_s: float = 0) -> int:
    """Return by how many seconds the device's clock is behind ours; negative when it is ahead."""
    travelled = max(0.0, min(round_trip_s, 60.0)) / 2
    behind = (received_at - sent_at).total_seconds() - travelled
    # A clock may stand at 1970: the number must still fit its column.
    return round(max(-2_000_000_000.0, min(behind, 2_000_000_000.0)))


def corrected(
    made_at: datetime, *, skew_s: int, tolerance_s: int, received_at: datetime, oldest_days: int
) -> datetime:
    """
    Return when it was done by our clock.

    A skew within the tolerance is the network's delay, not the clock's. Never later than it was received,
    nor before the oldest day that is believed.
    """
    shift = timedelta(seconds=skew_s if abs(skew_s) > tolerance_s else 0)
    earliest = received_at - timedelta(days=oldest_days)
    try:
        by_ours = made_at + shift
    except OverflowError:
        return earliest
    return max(earliest, min(by_ours, received_at))
