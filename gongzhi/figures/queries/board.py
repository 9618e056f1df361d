"""What stands on the board now: sums by area, read in a few statements for the whole city at once."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count as Tally
from django.db.models import Q, Sum
from django.db.models.functions import ExtractHour
from django.utils import timezone

from gongzhi.figures import rules
from gongzhi.figures.models import Closing, Count, Fact, OnShift, OpenMatter

WEEK, MONTH = 7, 30
RATES = ("handled", "handled_in_time", "rated", "solved", "half_solved", "not_solved")
DAY = timedelta(days=1)


@dataclass
class Sums:
    """The sums of one area."""

    now: Counter[str] = field(default_factory=Counter)
    open_by_state: Counter[str] = field(default_factory=Counter)
    late_by_state: Counter[str] = field(default_factory=Counter)
    by_source: Counter[str] = field(default_factory=Counter)
    by_item: Counter[int] = field(default_factory=Counter)
    by_hour: Counter[int] = field(default_factory=Counter)
    by_hour_before: Counter[int] = field(default_factory=Counter)
    worked_at: datetime | None = None


@dataclass(frozen=True)
class Moment:
    """A moment and the days around it, in the city's time."""

    at: datetime
    today: date
    midnight: datetime  # the coming one

    @classmethod
    def of(cls, at: datetime) -> "Moment":
        today = timezone.localtime(at).date()
        return cls(at, today, timezone.make_aware(datetime.combine(today + DAY, time.min)))

    def since(self, days: int) -> date:
        """Return the first of the last so many days, today included."""
        return self.today - timedelta(days=days - 1)


class Board:
    """Sums of areas by path. Of villages, only those asked for are kept; None keeps all."""

    def __init__(self, city: str, wanted: frozenset[str] | None) -> None:
        self.city, self.wanted = city, wanted
        self.sums: defaultdict[str, Sums] = defaultdict(Sums)

    def around(self, town: str, village: str) -> Iterator[Sums]:
        """Yield the sums a row counts in: of the city, its town, its village."""
        yield self.sums[self.city]
        for path in (town, village):
            if path and (self.wanted is None or path in self.wanted):
                yield self.sums[path]


def board(*, city: str, at: datetime, wanted: frozenset[str] | None = None) -> Board:
    found, moment = Board(city, wanted), Moment.of(at)
    _read_open(found, moment)
    _read_days(found, moment)
    _read_rates(found, moment)
    _read_closings(found, moment)
    _read_items(found, moment)
    _read_shifts(found)
    return found


def late(at: datetime) -> Q:
    """Return the condition for open matters past the limit of their stage; what is suspended is not late."""
    return Q(due_at__lt=at, is_paused=False)


def due_today(moment: Moment) -> Q:
    return Q(due_at__gte=moment.at, due_at__lt=moment.midnight, is_paused=False)


def _read_open(found: Board, moment: Moment) -> None:
    is_late = late(moment.at)
    waits_late = Q(handle_due_at__lt=moment.at, is_paused=False)
    sums = {
        "open": Tally("pk"),
        "overdue": Tally("pk", filter=is_late),
        "due_today": Tally("pk", filter=due_today(moment)),
        "urgent": Tally("pk", filter=Q(is_urgent=True)),
        "urgent_late": Tally("pk", filter=is_late & Q(is_urgent=True)),
        "supervised": Tally("pk", filter=Q(is_supervised=True)),
        "late_7": Tally("pk", filter=waits_late & Q(reported_on__gte=moment.since(WEEK))),
        "late_30": Tally("pk", filter=waits_late & Q(reported_on__gte=moment.since(MONTH))),
    }
    rows = OpenMatter.objects.order_by().values("town", "village", "state").annotate(**sums)
    for town, village, state, *values in rows.values_list("town", "village", "state", *sums):
        counts = dict(zip(sums, values, strict=True))
        for area in found.around(town, village):
            area.now.update(counts)
            area.open_by_state[state] += counts["open"]
            area.late_by_state[state] += counts["overdue"]


def _read_days(found: Board, moment: Moment) -> None:
    """Read today by hour and source, and the same weekday a week ago."""
    before = moment.today - timedelta(days=7)
    columns = ("town", "village", "reported_on", "hour", "source")
    rows = (
        Fact.objects.filter(reported_on__in=(moment.today, before))
        .order_by()
        .annotate(hour=ExtractHour("reported_at"))
        .values(*columns)
        .annotate(n=Tally("pk"), so_far=Tally("pk", filter=Q(reported_at__lte=moment.at - 7 * DAY)))
    )
    for town, village, day, hour, source, n, so_far in rows.values_list(*columns, "n", "so_far"):
        for area in found.around(town, village):
            if day == before:
                area.by_hour_before[hour] += n
                area.now["reported_before"] += so_far
                continue
            area.by_hour[hour] += n
            area.by_source[source] += n
            area.now["reported_today"] += n


def _read_rates(found: Board, moment: Moment) -> None:
    week = {
        f"{name}_7": Sum(name, filter=Q(day__gte=moment.since(WEEK)), default=0) for name in RATES
    }
    month = {f"{name}_30": Sum(name, default=0) for name in RATES}
    rows = Count.objects.filter(day__gte=moment.since(MONTH), day__lte=moment.today)
    for dimension in ("city", "town", "village"):
        of_kind = (
            rows.filter(dimension=dimension).order_by().values("key").annotate(**week, **month)
        )
        for key, *values in of_kind.values_list("key", *week, *month):
            path = key or found.city
            if path == found.city or found.wanted is None or path in found.wanted:
                found.sums[path].now.update(dict(zip((*week, *month), values, strict=True)))


def _read_closings(found: Board, moment: Moment) -> None:
    rows = Closing.objects.filter(day=moment.today).values_list("town", "village", "closed")
    for town, village, closed in rows:
        for area in found.around(town, village):
            area.now["closed_today"] += closed


def _read_items(found: Board, moment: Moment) -> None:
    since = moment.at - DAY
    rows = (
        Fact.objects.filter(
            reported_on__gte=moment.today - DAY, reported_at__gt=since, item_id__isnull=False
        )
        .order_by()
        .values("town", "village", "item_id")
        .annotate(n=Tally("pk"))
    )
    for town, village, item_id, n in rows.values_list("town", "village", "item_id", "n"):
        for area in found.around(town, village):
            area.by_item[item_id or 0] += n


def _read_shifts(found: Board) -> None:
    for path, officers, worked_at in OnShift.objects.values_list(
        "area_path", "officers", "worked_at"
    ):
        for area in found.around(rules.town_of(path), rules.village_of(path)):
            area.now["on_shift"] += officers
            area.worked_at = max(filter(None, (area.worked_at, worked_at)), default=None)
