"""The day's tasks as the desk sees them: counts, shares of officers, one by one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.paging import PAGE, Page, page_of
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Task

SORTS: Final = {"due": ("due_on", "pk"), "-due": ("-due_on", "-pk")}
NOBODY: Final = 0  # stands for "no officer" where one is chosen


@dataclass(frozen=True)
class TaskFilter:
    on: date
    area_path: str = ""
    user_id: int | None = None  # NOBODY: those without an officer
    state: str = ""
    kind: str = ""
    urgent: bool = False
    carried: bool = False


@dataclass(frozen=True)
class DayCounts:
    total: int = 0
    done: int = 0
    open: int = 0
    urgent: int = 0
    carried: int = 0  # drawn for an earlier day
    nobody: int = 0
    officers: int = 0

    @property
    def done_percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


@dataclass
class Share:
    """What one officer has on the day."""

    user_id: int
    name: str
    total: int = 0
    done: int = 0
    urgent: int = 0
    grids: set[str] = field(default_factory=set)

    @property
    def open(self) -> int:
        return self.total - self.done


@dataclass(frozen=True)
class Balance:
    shares: list[Share]  # the largest first; the one without an officer before all
    mean: float
    largest: int
    smallest: int

    @property
    def spread(self) -> int:
        return self.largest - self.smallest


def _of_day(actor: Actor, on: date) -> "QuerySet[Task]":
    rows = Task.objects.within_reach_of(actor, Can.VIEW).filter(planned_on=on)
    return rows.exclude(state=Task.State.DROPPED)


def day_counts(actor: Actor, *, on: date, area_path: str = "") -> DayCounts:
    rows = _of_day(actor, on).filter(area_path__startswith=area_path)
    is_open = Q(state=Task.State.OPEN)
    found = rows.aggregate(
        total=Count("*"),
        done=Count("pk", filter=Q(state=Task.State.DONE)),
        open=Count("pk", filter=is_open),
        urgent=Count("pk", filter=is_open & Q(is_urgent=True)),
        carried=Count("pk", filter=is_open & Q(first_on__lt=F("planned_on"))),
        nobody=Count("pk", filter=is_open & Q(user=None)),
        officers=Count("user", distinct=True),
    )
    return DayCounts(**found)


def balance(actor: Actor, *, on: date, area_path: str) -> Balance:
    """Say how the day's tasks are shared among the officers, in two statements."""
    rows = (
        _of_day(actor, on)
        .filter(area_path__startswith=area_path)
        .order_by()
        .values_list("user_id", "area_path")
        .annotate(
            total=Count("*"),
            done=Count("pk", filter=Q(state=Task.State.DONE)),
            urgent=Count("pk", filter=Q(is_urgent=True)),
        )
    )
    shares: dict[int, Share] = defaultdict(lambda: Share(NOBODY, ""))
    for user_id, path, total, done, urgent in rows:
        share = shares[user_id or NOBODY]
        share.user_id = user_id or NOBODY
        share.total, share.done, share.urgent = (
            share.total + total, share.done + done, share.urgent + urgent,
        )  # fmt: skip
        share.grids.add(path)
    names = accounts.names([user for user in shares if user != NOBODY])
    for user_id, share in shares.items():
        share.name = names.get(user_id, "")
    ordered = sorted(shares.values(), key=lambda s: (s.user_id != NOBODY, -s.total, s.name))
    held = [share.total for share in ordered if share.user_id != NOBODY]
    mean = sum(held) / len(held) if held else 0.0
    return Balance(ordered, mean, max(held, default=0), min(held, default=0))


def tasks(
    actor: Actor, *, by: TaskFilter, sort: str = "due", after: str = "", before: str = ""
) -> Page[Task]:
    rows = _narrowed(actor, by).select_related("premises", "user")
    return page_of(rows, *SORTS.get(sort, SORTS["due"]), after=after, before=before, size=PAGE)


def count_tasks(actor: Actor, *, by: TaskFilter, most: int = 10_000) -> int:
    return _narrowed(actor, by).order_by()[:most].count()


def task_rows(actor: Actor, *, by: TaskFilter) -> Iterator[Task]:
    rows = _narrowed(actor, by).select_related("premises", "user")
    return rows.order_by("due_on", "pk").iterator(chunk_size=2000)


def _narrowed(actor: Actor, by: TaskFilter) -> "QuerySet[Task]":
    wanted: dict[str, Any] = {
        "area_path__startswith": by.area_path or None,
        "state": by.state or None,
        "kind": by.kind or None,
        "is_urgent": by.urgent or None,
    }
    rows = _of_day(actor, by.on)
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if by.user_id is not None:
        rows = rows.filter(user=by.user_id) if by.user_id != NOBODY else rows.filter(user=None)
    return rows.filter(first_on__lt=F("planned_on")) if by.carried else rows
