"""Who is next: a rotation laid over the shifts of some days, and what a roster still lacks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

Times = tuple[datetime, datetime]


@dataclass(frozen=True)
class Need:
    """A kind of shift: its hours, and how many of a post it needs."""

    pattern: int
    starts: time
    ends: time
    count: int
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Slot:
    """One shift of one day that needs so many people."""

    pattern: int
    on: date
    starts_at: datetime
    ends_at: datetime
    count: int


@dataclass(frozen=True)
class Planned:
    """Who takes one place of a slot; nobody when all members are away or on duty elsewhere."""

    slot: Slot
    member: int | None
    passed_over: tuple[int, ...] = ()  # whose turn it was, but who could not


@dataclass(frozen=True)
class Gap:
    pattern: int
    on: date
    post: str
    missing: int


def moments(on: date, starts: time, ends: time, zone: tzinfo) -> Times:
    """Return when a shift of a day begins and ends; one that ends no later than it begins ends on the next day."""
    first = datetime.combine(on, starts, zone)
    last = datetime.combine(on if ends > starts else on + timedelta(days=1), ends, zone)
    return first, last


def slots_of(
    needs: Iterable[Need],
    days: Iterable[date],
    *,
    zone: tzinfo,
    taken: Mapping[tuple[int, date], int],
) -> list[Slot]:
    """Return the shifts of the days that still need somebody, in the order of time."""
    needs = list(needs)
    found = []
    for on in days:
        for need in needs:
            left = need.count - taken.get((need.pattern, on), 0)
            if left > 0 and need.holds_on(on):
                found.append(
                    Slot(need.pattern, on, *moments(on, need.starts, need.ends, zone), left)
                )
    return sorted(found, key=lambda slot: (slot.starts_at, slot.pattern))


def overlap(one: Times, other: Times) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def turns(
    slots: Sequence[Slot],
    members: Sequence[int],
    *,
    every: str,
    busy: Mapping[int, Sequence[Times]],
    away: Mapping[int, Collection[date]],
    first: int = 0,
) -> list[Planned]:
    """
    Fill the slots with the members in their order; `first` is the place in the order that begins.

    `every` says when the next ones come: with each "shift", "day" or "week". Who is away or on duty
    at the time is passed over for the next who can; the order of the others stays as it was.
    """
    own = {member: list(busy.get(member, ())) for member in members}
    planned: list[Planned] = []
    place, held = first, None
    for slot in slots:
        mark = _mark(slot, every)
        if held is not None and mark != held[0]:
            place += held[1]
        held = (mark, slot.count)
        for seat in range(slot.count):
            one = _next(slot, members, place + seat, own, away)
            if one.member is not None:
                own[one.member].append((slot.starts_at, slot.ends_at))
            planned.append(one)
    return planned


def _mark(slot: Slot, every: str) -> object:
    if every == "week":
        return slot.on.isocalendar()[:2]
    return slot.on if every == "day" else (slot.on, slot.pattern)


def _next(
    slot: Slot,
    members: Sequence[int],
    place: int,
    own: Mapping[int, list[Times]],
    away: Mapping[int, Collection[date]],
) -> Planned:
    passed: list[int] = []
    span = (slot.starts_at, slot.ends_at)
    for step in range(len(members)):
        member = members[(place + step) % len(members)]
        is_free = slot.on not in away.get(member, ()) and not any(
            overlap(span, taken) for taken in own[member]
        )
        if is_free:
            return Planned(slot, member, tuple(passed))
        passed.append(member)
    return Planned(slot, None, tuple(passed))


def gaps(
    needs: Mapping[str, Iterable[Need]],
    days: Sequence[date],
    filled: Mapping[tuple[int, date, str], int],
) -> list[Gap]:
    """Return the places of each post that nobody holds, day by day."""
    found = []
    for post, of_post in needs.items():
        for need in of_post:
            for on in days:
                missing = need.count - filled.get((need.pattern, on, post), 0)
                if missing > 0 and need.holds_on(on):
                    found.append(Gap(need.pattern, on, post, missing))
    return sorted(found, key=lambda gap: (gap.on, gap.pattern, gap.post))


def short_rests(
    shifts: Mapping[int, Sequence[Times]], *, rest: timedelta
) -> set[tuple[int, datetime]]:
    """Return (person, start) of the shifts that begin sooner after the person's last one than they should."""
    found = set()
    for person, times in shifts.items():
        ordered = sorted(times)
        for before, after in pairwise(ordered):
            if after[0] - before[1] < rest:
                found.add((person, after[0]))
    return found
