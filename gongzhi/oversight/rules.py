"""Decisions about orders, owners and batches. Plain values in, plain values out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LONGEST_LOOK_BACK = timedelta(days=800)


@dataclass(frozen=True)
class Measured:
    """A matter as the rules for automatic orders see it; counts are how often, days none."""

    matter_id: int
    due_at: datetime | None
    count: int = 0


@dataclass(frozen=True)
class Told:
    """That a rule has spoken about a matter before, and how high the count was then."""

    at: datetime
    count: int


def cutoff(*, at: datetime, deadline: Callable[[datetime], datetime]) -> datetime:
    """
    Return the latest due moment that lies a limit or more back at `at`, to the minute.

    `deadline` adds the limit in the way it is counted (service time, working days), so this cannot be
    subtracted: it is searched by halving.
    """
    low, high = at - LONGEST_LOOK_BACK, at
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if deadline(middle) <= at else (low, middle)
    return low


def speaks_again(measured: Measured, told: Sequence[Told]) -> bool:
    """
    Tell whether a rule applies to a matter it may have spoken about before.

    An overdue rule speaks once for each deadline that was missed, a counting rule once for each count.
    """
    if measured.due_at is not None:
        return not any(one.at > measured.due_at for one in told)
    return all(measured.count > one.count for one in told)


def band_of(days: int, bands: Sequence[tuple[int, int | None]]) -> int:
    """Return the place of the age band a number of days falls into; -1 below the first."""
    for place, (least, below) in enumerate(bands):
        if days >= least and (below is None or days < below):
            return place
    return -1


def days_of_band(on: date, *, least: int, below: int | None) -> tuple[date | None, date]:
    """Return the first and last day on which what is now in an age band was reported; None: no first day."""
    since = on - timedelta(days=below - 1) if below is not None else None
    return since, on - timedelta(days=least)


def common_path(paths: Collection[str]) -> str:
    """Return the smallest area that holds all paths: "441900/004/" for two villages of one town."""
    if not paths:
        return ""
    split = [path.rstrip("/").split("/") for path in paths]
    common: list[str] = []
    for parts in zip(*split, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return "/".join(common) + "/" if common else ""


def evidence_problem(text: str, *, file_count: int, least: int) -> str:
    """Return why evidence of a settlement is not enough: "text", "files" or "" when it is."""
    if len(text.strip()) < least:
        return "text"
    return "" if file_count else "files"


def in_force(rows: Sequence[Mapping[str, str]], on: date) -> list[Mapping[str, str]]:
    """Return the rows of a versioned table that hold on a day."""
    day = on.isoformat()
    return [row for row in rows if row["valid_from"] <= day < (row["valid_to"] or "9999")]
