"""A working calendar, compiled so that time can be added and measured in O(log n)."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from gongzhi.clocks.rules.spans import EPOCH_DAY, seconds_of

DAY = 86400
Hours: TypeAlias = tuple[tuple[int, int], ...]  # local seconds of the day, half open, in order
DayKind = Literal["working", "weekend", "holiday", "makeup"]


class OutsideCalendar(Exception):
    """A time lies before or after the years the calendar was compiled for."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(f"{first}-{last}")
        self.first, self.last = first, last


@dataclass(frozen=True)
class Schedule:
    """Service hours from a date on: one entry a weekday, Monday first."""

    version: int
    valid_from: date
    weekdays: tuple[Hours, ...]
    makeup: Hours = ()  # hours of a make-up workday; empty: those of an ordinary day

    @property
    def ordinary(self) -> Hours:
        """The hours most weekdays have (the longer ones where two are equally frequent)."""
        open_days = [hours for hours in self.weekdays if hours]
        counts = Counter(open_days)
        return max(open_days, key=lambda hours: (counts[hours], length(hours)), default=())

    @property
    def day_seconds(self) -> int:
        return length(self.ordinary)

    def hours_on(self, day: date, kind: DayKind) -> Hours:
        if kind == "holiday":
            return ()
        hours = self.weekdays[day.weekday()]
        return (self.makeup or hours or self.ordinary) if kind == "makeup" else hours


@dataclass(frozen=True)
class Holidays:
    """Days off and make-up workdays with their names, and the years these are known for."""

    off: Mapping[date, str] = field(default_factory=dict)
    makeup: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] | None = (
        None  # None: this calendar keeps no holidays, every year is known
    )


def length(hours: Hours) -> int:
    return sum(end - start for start, end in hours)


class Calendar:
    """Answers where service time and working days lie; immutable once compiled."""

    def __init__(
        self,
        *,
        code: str,
        zone: ZoneInfo,
        schedules: Sequence[Schedule],
        holidays: Holidays,
        first_year: int = 2000,
        last_year: int = 2060,
        name: str = "",
    ) -> None:
        self.code, self.zone, self.name, self.holidays = code, zone, name, holidays
        self.first_year, self.last_year = first_year, last_year
        self.schedules = tuple(sorted(schedules, key=lambda schedule: schedule.valid_from))
        self._day_seconds = self.schedules[0].day_seconds
        self._valid_from = [schedule.valid_from for schedule in self.schedules]
        self._first = date(first_year, 1, 1).toordinal()
        self._last = date(last_year, 12, 31).toordinal()
        self._midnights = [
            seconds_of(datetime(day.year, day.month, day.day, tzinfo=zone))
            for day in map(date.fromordinal, range(self._first, self._last + 2))
        ]
        self._known = self._known_stretch()
        self._compile()

    def _known_stretch(self) -> tuple[int, int]:
        """Return the longest run of known years as instants: most deadlines lie inside it."""
        years = self.holidays.years
        if years is None:
            return self._midnights[0], self._midnights[-1]
        best = run = range(0)
        for year in range(self.first_year, self.last_year + 1):
            run = range(run.start or year, year + 1) if year in years else range(0)
            best = max(best, run, key=len)
        if not best:
            return 0, 0
        return (
            self.midnight(date(best.start, 1, 1).toordinal()),
            self.midnight(date(best.stop, 1, 1).toordinal()),
        )

    def _compile(self) -> None:
        hours = [self._hours(day) for day in map(date.fromordinal, self._days())]
        self._starts, self._before, self._through = [], [0], []
        for start, end in self._service_spans(hours):
            self._starts.append(start)
            self._through.append(self._before[-1] + end - start)
            self._before.append(self._through[-1])
        self._working_days = [
            day for day, open_at in zip(self._days(), hours, strict=True) if open_at
        ]
        self._working_before = [0]
        for open_at in hours:
            self._working_before.append(self._working_before[-1] + bool(open_at))

    def _days(self) -> range:
        return range(self._first, self._last + 1)

    def _service_spans(self, hours: Sequence[Hours]) -> Iterator[tuple[int, int]]:
        """Yield service time in absolute seconds: an instant counts if its local time is in service."""
        for begin, finish, offset in _constant_offsets(
            self._midnights[0], self._midnights[-1], self.zone
        ):
            for day in range((begin + offset) // DAY, (finish + offset - 1) // DAY + 1):
                index = day + EPOCH_DAY - self._first
                if 0 <= index < len(hours):
                    base = day * DAY - offset
                    for opens, closes in hours[index]:
                        start, end = max(begin, base + opens), min(finish, base + closes)
                        if start < end:
                            yield start, end

    def _hours(self, day: date) -> Hours:
        return self.schedule_on(day).hours_on(day, self.kind_of(day))

    # What a day is

    def schedule_on(self, day: date) -> Schedule:
        return self.schedules[max(bisect_right(self._valid_from, day) - 1, 0)]

    def day_seconds_at(self, moment: int) -> int:
        """Return how long one ordinary service day is at that time."""
        if len(self.schedules) == 1:
            return self._day_seconds
        return self.schedule_on(self.day_at(moment)).day_seconds

    def kind_of(self, day: date) -> DayKind:
        if day in self.holidays.off:
            return "holiday"
        if day in self.holidays.makeup:
            return "makeup"
        return "working" if self.schedule_on(day).weekdays[day.weekday()] else "weekend"

    def name_of(self, day: date) -> str:
        return self.holidays.off.get(day) or self.holidays.makeup.get(day, "")

    def hours_on(self, day: date) -> Hours:
        return self._hours(day)

    def uncovered(self, first: int, last: int) -> tuple[int, ...]:
        """Return the years between two instants whose holidays nobody has entered."""
        years = self.holidays.years
        if years is None or (self._known[0] <= first and last < self._known[1]):
            return ()
        spanned = range(self.day_at(first).year, self.day_at(last).year + 1)
        return tuple(year for year in spanned if year not in years)

    # Instants (seconds since the epoch) and days

    def checked(self, moment: int) -> int:
        if self._midnights[0] <= moment < self._midnights[-1]:
            return moment
        raise OutsideCalendar(self.first_year, self.last_year)

    def local(self, moment: int) -> datetime:
        return datetime.fromtimestamp(moment, self.zone)

    def ordinal_at(self, moment: int) -> int:
        """Return the local day an instant belongs to, as a proleptic ordinal."""
        return self._first + bisect_right(self._midnights, self.checked(moment)) - 1

    def day_at(self, moment: int) -> date:
        return date.fromordinal(self.ordinal_at(moment))

    def midnight(self, ordinal: int) -> int:
        """Return the first instant of a day."""
        if self._first <= ordinal <= self._last + 1:
            return self._midnights[ordinal - self._first]
        raise OutsideCalendar(self.first_year, self.last_year)

    def last_second(self, ordinal: int) -> int:
        return self.midnight(ordinal + 1) - 1

    def end_of_service(self, ordinal: int) -> int:
        """Return when service ends on a day; a day without service ends with its last second."""
        start, next_day = self.midnight(ordinal), self.midnight(ordinal + 1)
        at_end = self.position(next_day - 1)
        if at_end == self.position(start):
            return next_day - 1
        return self.instant(at_end)

    # Service seconds on a line

    def position(self, moment: int) -> int:
        """Return the service seconds from the calendar's beginning to an instant."""
        index = bisect_right(self._starts, self.checked(moment)) - 1
        if index < 0:
            return 0
        reached = self._before[index] + moment - self._starts[index]
        through = self._through[index]
        return reached if reached < through else through

    def instant(self, position: int) -> int:
        """Return the first instant by which so many service seconds have passed."""
        index = bisect_left(self._through, position)
        if index == len(self._through):
            raise OutsideCalendar(self.first_year, self.last_year)
        return self._starts[index] + position - self._before[index]

    def is_in_service(self, moment: int) -> bool:
        index = bisect_right(self._starts, self.checked(moment)) - 1
        return (
            index >= 0 and moment - self._starts[index] < self._through[index] - self._before[index]
        )

    def next_service(self, moment: int) -> int:
        """Return the instant itself if it is in service, else when service opens next."""
        if self.is_in_service(moment):
            return moment
        index = bisect_right(self._starts, moment)
        if index == len(self._starts):
            raise OutsideCalendar(self.first_year, self.last_year)
        return self._starts[index]

    # Working days on a line

    def working_position(self, ordinal: int) -> int:
        """Return the number of working days before a day."""
        if self._first <= ordinal <= self._last + 1:
            return self._working_before[ordinal - self._first]
        raise OutsideCalendar(self.first_year, self.last_year)

    def working_day(self, position: int) -> int:
        """Return the working day that has so many working days before it."""
        if position >= len(self._working_days):
            raise OutsideCalendar(self.first_year, self.last_year)
        return self._working_days[position]

    def is_working_day(self, ordinal: int) -> bool:
        return self.working_position(ordinal + 1) > self.working_position(ordinal)


def _constant_offsets(first: int, last: int, zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """Yield (from, to, UTC offset) for every stretch between two changes of the zone's offset."""
    begin, offset = first, _offset(first, zone)
    for day in range(first, last, DAY):
        until = min(day + DAY, last)
        if _offset(until, zone) != offset:
            change = day + bisect_left(range(day, until), x=True, key=_differs(offset, zone))
            yield begin, change, offset
            begin, offset = change, _offset(change, zone)
    yield begin, last, offset


def _differs(offset: int, zone: ZoneInfo) -> Callable[[int], bool]:
    return lambda moment: _offset(moment, zone) != offset


def _offset(moment: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(moment, zone).utcoffset() or timedelta()
    return int(offset.total_seconds())
