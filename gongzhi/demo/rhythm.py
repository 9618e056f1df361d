"""When things happen: hours, weekdays, seasons and rain, all from the seed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gongzhi.demo.seeds import dice, generator

# Chance of rain by month on the south coast, and how the seasons load the register.
RAIN = (0.16, 0.24, 0.32, 0.42, 0.5, 0.58, 0.52, 0.52, 0.38, 0.18, 0.14, 0.12)
SEASON = (0.82, 0.62, 1.02, 1.08, 1.12, 1.16, 1.08, 1.04, 1.02, 0.98, 1.04, 1.0)
WEEKDAY = (1.16, 1.12, 1.08, 1.06, 1.04, 0.62, 0.5)
# fmt: off
OFFICE = (.02, .01, .01, .01, .02, .05, .2, .7, 2.2, 3.1, 2.9, 2.0, .5, .5, 2.0, 2.6, 2.5, 1.7, .7, .5, .4, .3, .1, .05)
RESIDENT = (.12, .07, .05, .04, .06, .2, .7, 1.4, 1.9, 2.0, 1.9, 1.6, 1.4, 1.3, 1.4, 1.5, 1.6, 1.8, 2.0, 2.2, 2.1, 1.6, .9, .4)
MACHINE = (.9, .9, .9, .9, .9, .9, 1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1, 1, 1, .9, .9)
# fmt: on
SOURCES = {
    "patrol": (0.60, OFFICE),
    "portal": (0.215, RESIDENT),
    "12345": (0.09, RESIDENT),
    "inspection": (0.03, OFFICE),
    "sensor": (0.03, MACHINE),
    "counter": (0.02, OFFICE),
    "110": (0.015, RESIDENT),
}
SOURCE_NAMES = tuple(SOURCES)
EAST_EIGHT = timedelta(hours=8)


def days_for(count: int) -> int:
    """Return over how many days so many matters are spread: a busier register reaches further back."""
    return round(min(1095.0, 120 * float(max(1.0, count / 20_000) ** 0.46)))


@lru_cache(maxsize=4096)
def rain_on(seed: int, day: date) -> float:
    """Return how hard it rained: 0 dry, 1 a wet day, 3 a day of warnings."""
    chance = dice(seed, "rain", day.isoformat())
    spell = dice(seed, "spell", day.toordinal() // 4).uniform(0.55, 1.5)  # rain comes in spells
    if chance.random() > RAIN[day.month - 1] * spell:
        return 0.0
    return round(min(3.0, chance.expovariate(1.1) + 0.2), 2)


@dataclass(frozen=True)
class Moments:
    """Reports in the order of time: when, and by which door."""

    seconds: NDArray[np.int64]  # since the epoch
    source: NDArray[np.int64]  # index into SOURCE_NAMES


def moments(*, seed: int, count: int, until: datetime) -> Moments:
    """Draw the moments of `count` reports up to an instant."""
    rng = generator(seed, "moments", count, until.isoformat())
    last = (until + EAST_EIGHT).date()
    days = [last - timedelta(days=back) for back in range(days_for(count), -1, -1)]
    source = rng.choice(len(SOURCES), count, p=_shares())
    seconds = np.empty(count, dtype=np.int64)
    for index, (_share, hours) in enumerate(SOURCES.values()):
        mine = np.flatnonzero(source == index)
        seconds[mine] = _seconds(rng, days, hours, len(mine), seed=seed, until=until)
    order = np.argsort(seconds, kind="stable")
    return Moments(seconds[order], source[order])


def _shares() -> NDArray[np.float64]:
    shares = np.array([share for share, _hours in SOURCES.values()])
    total: NDArray[np.float64] = shares / shares.sum()
    return total


def _seconds(
    rng: np.random.Generator,
    days: list[date],
    hours: tuple[float, ...],
    count: int,
    *,
    seed: int,
    until: datetime,
) -> NDArray[np.int64]:
    calm = hours is MACHINE
    weight = [
        SEASON[day.month - 1]
        * (1.0 if calm else WEEKDAY[day.weekday()])
        * (1 + 0.16 * rain_on(seed, day))
        for day in days
    ]
    table = np.outer(weight, hours).ravel()
    midnight = int(datetime(days[0].year, days[0].month, days[0].day, tzinfo=UTC).timestamp())
    start = midnight - int(EAST_EIGHT.total_seconds())
    # Nothing is reported after the instant the city is loaded.
    full = (int(until.timestamp()) - start) // 3600
    table[full:] = 0
    slot = rng.choice(len(table), count, p=table / table.sum())
    return start + slot * 3600 + rng.integers(0, 3600, count)
