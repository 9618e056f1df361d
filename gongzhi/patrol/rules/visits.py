"""What follows from a visit: when the next one is, which lines are looked at again, whether the station is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

VERDICTS = ("pass", "fail", "na")
OUTCOMES = ("visited", "nobody", "no_entry", "gone")


class Checked(Protocol):
    @property
    def n(self) -> int: ...
    @property
    def revisit_days(self) -> int: ...


@dataclass(frozen=True)
class Result:
    """What an officer says about one line; `fixed` on the spot needs no second look."""

    n: int
    verdict: str
    note: str = ""
    matter_key: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class Next:
    due_on: date | None  # of the ordinary round
    revisit_on: date | None
    nobody_count: int
    tells_station: bool

    @property
    def next_on(self) -> date | None:
        days = [day for day in (self.due_on, self.revisit_on) if day is not None]
        return min(days, default=None)


def missing_lines(lines: Iterable[Checked], results: Sequence[Result]) -> list[int]:
    """Return the lines of a visit that were left without an answer."""
    answered = {result.n for result in results}
    return [line.n for line in lines if line.n not in answered]


def revisit_day(line: Checked, *, on: date) -> date:
    """Return when a line that failed is looked at again; never on the same day."""
    return on + timedelta(days=max(1, line.revisit_days))


def earliest_revisit(
    lines: Mapping[int, Checked], results: Iterable[Result], *, on: date
) -> date | None:
    days = [
        revisit_day(lines[result.n], on=on)
        for result in results
        if result.verdict == "fail" and not result.fixed
    ]
    return min(days, default=None)


def what_follows(
    *,
    outcome: str,
    on: date,
    days: int | None,
    revisit_on: date | None,
    nobody_before: int,
    retry_days: int,
    nobody_times: int,
) -> Next:
    """
    Return what a visit leads to.

    A visit that took place begins a new period. Where nobody was there or entry was refused, the
    premises stay due and are tried again soon; from the `nobody_times`-th time in a row the station
    is told each time. Premises that are gone are due no more.
    """
    if outcome == "gone":
        return Next(None, None, 0, tells_station=True)
    if outcome == "visited":
        due = on + timedelta(days=days) if days else None
        return Next(due, revisit_on, 0, tells_station=False)
    count = nobody_before + 1
    again = on + timedelta(days=retry_days)
    return Next(again, None, count, tells_station=count >= nobody_times)
