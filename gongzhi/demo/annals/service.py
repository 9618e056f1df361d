"""The city's service hours for whole columns of instants; the same answers as the calendar gives for one."""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class ServiceTime:
    """Service seconds as a line, from the first to the last day that is asked about."""

    def __init__(self, calendar: Any, *, first: date, last: date) -> None:
        spans = []
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            midnight = calendar.midnight(ordinal)
            for opens, closes in calendar.hours_on(date.fromordinal(ordinal)):
                spans.append((midnight + opens, midnight + closes))
        self._starts: Ints = np.array([start for start, _end in spans], dtype=np.int64)
        self._length: Ints = np.array([end - start for start, end in spans], dtype=np.int64)
        self._through: Ints = self._length.cumsum()
        self._before: Ints = self._through - self._length

    def position(self, at: Ints) -> Ints:
        """Return the service seconds from the first day to each instant."""
        index = np.searchsorted(self._starts, at, "right") - 1
        held = np.maximum(index, 0)
        reached = self._before[held] + np.minimum(at - self._starts[held], self._length[held])
        return np.where(index < 0, 0, reached)

    def instant(self, position: Ints) -> Ints:
        """Return the first instant by which so many service seconds have passed."""
        index = np.searchsorted(self._through, position, "left")
        return self._starts[index] + position - self._before[index]

    def later(self, at: Ints, seconds: Ints, is_service: NDArray[np.bool_]) -> Ints:
        """Return the instants after so many seconds: of service, or of the clock on the wall."""
        ahead = np.maximum(seconds, 1)
        return np.where(is_service, self.instant(self.position(at) + ahead), at + ahead)
