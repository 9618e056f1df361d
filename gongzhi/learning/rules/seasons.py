"""What the calendar does to a city's days: the season of the year, holidays and make-up workdays."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.float64]
YEAR = 365
SMOOTH = 29  # days around a day of the year whose mean is its season
LEAST_SPECIAL = 6  # special days of one sort in the training, before anything is made of them
BOUNDS = (0.25, 4.0)  # a factor outside says that the history is broken, not the season
ORDINARY, HOLIDAY, MADE_UP = 0, 1, 2


def sorts(days: Sequence[date], workdays: Sequence[bool]) -> NDArray[np.int64]:
    """Tell ordinary days from holidays on weekdays and workdays on weekends (调休)."""
    found = [
        HOLIDAY if day.weekday() < 5 and not works else MADE_UP if day.weekday() >= 5 and works else ORDINARY
        for day, works in zip(days, workdays, strict=True)
    ]  # fmt: skip
    return np.array(found, dtype=np.int64)


def factors(total: Days, days: Sequence[date], kinds: NDArray[np.int64]) -> Days:
    """
    Return by how much each day differs from an ordinary one, for the days of the total and those after.

    `days` and `kinds` go on after the total's end: the calendar is known beforehand. The season is
    learned where two whole years are there, else it is one throughout.
    """
    season = _season(total, days)
    return season * _special(total / season[: len(total)], kinds)


def _season(total: Days, days: Sequence[date]) -> Days:
    years = len(total) // YEAR
    if years < 2:
        return np.ones(len(days))
    newest = total[-years * YEAR :].reshape(years, YEAR)
    means = np.maximum(newest.mean(axis=1, keepdims=True), 1e-9)
    shape = (newest / means).mean(axis=0)
    half = SMOOTH // 2
    smooth = np.convolve(
        np.concatenate([shape[-half:], shape, shape[:half]]), np.ones(SMOOTH) / SMOOTH, "valid"
    )
    place = (np.arange(len(days)) - (len(total) - years * YEAR)) % YEAR
    return np.clip(smooth, *BOUNDS)[place]


def _special(total: Days, kinds: NDArray[np.int64]) -> Days:
    """Return the factor of holidays and make-up workdays against the same weekday around them."""
    found = np.ones(len(kinds))
    for kind in (HOLIDAY, MADE_UP):
        here = np.flatnonzero(kinds[: len(total)] == kind)
        ratios = [
            ratio for day in here.tolist() if (ratio := _ratio(total, kinds, day)) is not None
        ]
        if len(ratios) >= LEAST_SPECIAL:
            found[kinds == kind] = float(np.clip(np.median(ratios), *BOUNDS))
    return found


def _ratio(total: Days, kinds: NDArray[np.int64], day: int) -> float | None:
    around = [
        total[other]
        for other in (day - 14, day - 7, day + 7, day + 14)
        if 0 <= other < len(total) and kinds[other] == ORDINARY
    ]
    usual = float(np.mean(around)) if around else 0.0
    return float(total[day]) / usual if usual else None
