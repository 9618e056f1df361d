"""
How wrong a forecast was, against the plainest one: "as on the same weekday a week ago".

WAPE: absolute errors over what came (0.2: a fifth). MASE: absolute error over the error of the plain
forecast within the training (below 1: better). Hyndman & Koehler 2006, "Another look at measures of
forecast accuracy", International Journal of Forecasting 22(4).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WEEK = 7
Days = NDArray[np.float64]


@dataclass(frozen=True)
class Errors:
    """Errors over the held-out days; None where nothing came, so that nothing can be divided by."""

    wape: float | None
    naive_wape: float | None
    mase: float | None
    days: int

    @property
    def better_percent(self) -> int | None:
        """Return how much smaller the error is than the plain forecast's, in percent; negative: larger."""
        if not self.naive_wape or self.wape is None:
            return None
        return round(100 * (1 - self.wape / self.naive_wape))


def errors(*, came: Days, told: Days, plain: Days, before: Days) -> Errors:
    """Weigh a forecast against the plain one; `before` are the days of training."""
    total = float(came.sum())
    scale = float(np.abs(before[WEEK:] - before[:-WEEK]).mean()) if len(before) > WEEK else 0.0
    mean = float(np.abs(came - told).mean()) if len(came) else 0.0
    return Errors(
        wape=float(np.abs(came - told).sum()) / total if total else None,
        naive_wape=float(np.abs(came - plain).sum()) / total if total else None,
        mase=mean / scale if scale else None,
        days=len(came),
    )


def interval(residuals: Days, *, percent: float) -> tuple[float, float]:
    """Return how far below and above the forecast `percent` of the held-out days lay."""
    if not len(residuals):
        return 0.0, 0.0
    tail = (100 - percent) / 2
    low, high = np.percentile(residuals, [tail, 100 - tail])
    return min(0.0, float(low)), max(0.0, float(high))


def covered_share(*, came: Days, told: Days, since: int, percent: float) -> float | None:
    """
    Return the share of days from `since` on that lay within the interval known at the time.

    Each week is held against the interval of all held-out days before it, as it would have been then.
    """
    inside: list[NDArray[np.bool_]] = []
    for week in range(since, len(came), WEEK):
        here = slice(week, week + WEEK)
        low, high = interval(came[:week] - told[:week], percent=percent)
        at_least, at_most = np.maximum(told[here] + low, 0), told[here] + high
        inside.append((came[here] >= at_least - 1e-9) & (came[here] <= at_most + 1e-9))
    return float(np.concatenate(inside).mean()) if inside else None
