"""Trend and season of a monthly series, by ratio to a centred moving average of twelve months."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Season:
    trend: tuple[
        float | None, ...
    ]  # of every month of the series; None within half a year of its ends
    shares: tuple[float | None, ...]  # of January … December: 1.1 is a tenth above an average month


def decomposed(values: Sequence[float], *, first_month: int) -> Season:
    """Take a series apart; `first_month` is 1 … 12. Shares need two years, trend one."""
    trend = [_centred(values, index) for index in range(len(values))]
    ratios: dict[int, list[float]] = {month: [] for month in range(12)}
    for index, level in enumerate(trend):
        if level:
            ratios[(first_month - 1 + index) % 12].append(values[index] / level)
    if len(values) < 24 or not all(ratios.values()):
        return Season(tuple(trend), (None,) * 12)
    raw = [median(ratios[month]) for month in range(12)]
    scale = 12 / sum(raw) if sum(raw) else 0.0
    return Season(tuple(trend), tuple(share * scale for share in raw))


def _centred(values: Sequence[float], index: int) -> float | None:
    if index < 6 or index + 6 >= len(values):
        return None
    inner = sum(values[index - 5 : index + 6])
    return (inner + (values[index - 6] + values[index + 6]) / 2) / 12
