"""What was visited, what is due, overdue, never visited: by area, as a list, as points; and what other rules would mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.paging import PAGE, Page, page_of
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Due
from gongzhi.patrol.queries.lists import GRADE_IDS, GRADES, KIND_IDS, KINDS, norm
from gongzhi.patrol.queries.plans import plan_rows, visible_plans
from gongzhi.patrol.queries.work import officers
from gongzhi.patrol.rules.forecast import Cell, Load, loads
from gongzhi.places import queries as places

STATES: Final = ("visited", "due", "overdue", "never")
SOON: Final = timedelta(days=2)  # due today and in the next two days


@dataclass(frozen=True)
class DueFilter:
    area_path: str = ""
    kind: str = ""
    klass: str = ""
    grade: str = ""
    state: str = ""  # visited | due | overdue | never
    text: str = ""


@dataclass(frozen=True)
class Coverage:
    """An area's premises under plans. The four numbers add up to `premises`."""

    area_path: str
    name: str
    premises: int
    visited: int  # within their period, nothing to do now
    due: int
    overdue: int
    never: int  # never visited, whether due or not

    @property
    def share(self) -> float:
        """Return the part visited within its period, 0 to 1."""
        return (self.visited + self.due) / self.premises if self.premises else 0.0


@dataclass(frozen=True)
class DueRow:
    id: int
    premises: str
    name: str
    address: str
    kind: str
    klass: str
    grade: str
    area_path: str
    area: str
    last_on: date | None
    due_on: date
    days: int
    state: str
    nobody_count: int


def visible_dues(actor: Actor) -> "QuerySet[Due]":
    capability = next(
        (c for c in (Can.VIEW, Can.PLAN, Can.SAMPLE, Can.VISIT) if actor.can(c)), None
    )
    return Due.objects.within_reach_of(actor, capability) if capability else Due.objects.none()


def in_state(state: str, on: date) -> Q:
    """Return the condition of a state; the four cover every row exactly once."""
    been = Q(last_on__isnull=False)
    return {
        "visited": been & Q(due_on__gt=on + SOON),
        "due": been & Q(due_on__gte=on, due_on__lte=on + SOON),
        "overdue": been & Q(due_on__lt=on),
        "never": Q(last_on__isnull=True),
    }[state]


def state_of(last_on: date | None, due_on: date, on: date) -> str:
    if last_on is None:
        return "never"
    if due_on < on:
        return "overdue"
    return "due" if due_on <= on + SOON else "visited"


def matching(rows: "QuerySet[Due]", by: DueFilter, on: date) -> "QuerySet[Due]":
    wanted: Mapping[str, Any] = {
        "area_path__startswith": by.area_path or None,
        "kind": KIND_IDS.get(by.kind),
        "klass": by.klass or None,
        "grade": GRADE_IDS.get(by.grade) or None,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if by.text:
        text = by.text.replace("\0", "")
        rows = rows.filter(Q(premises__name__contains=text) | Q(premises__code=text))
    return rows.filter(in_state(by.state, on)) if by.state in STATES else rows


def coverage(
    actor: Actor, *, on: date, by: DueFilter | None = None, depth: int | None = None
) -> list[Coverage]:
    """
    Return the coverage of the areas below the one filtered by, in the actor's reach; one statement.

    `depth` 1 is the city, 2 towns, 3 villages, 4 grids; without it, one level below the area.
    """
    chosen = by or DueFilter()
    level = depth or min(4, chosen.area_path.count("/") + 1 or 2)
    counted: Any = (
        matching(visible_dues(actor), chosen, on)
        .order_by()
        .values("area_path")
        .annotate(**{state: Count("pk", filter=in_state(state, on)) for state in STATES})
        .values_list("area_path", *STATES)
    )
    parts: dict[str, list[int]] = {}
    for path, *numbers in counted:  # a grid a row; cutting their paths here spares a million cuts
        part = cut(path, max(2, level))
        held = parts.setdefault(part, [0] * len(STATES))
        parts[part] = [before + more for before, more in zip(held, numbers, strict=True)]
    return [
        Coverage(part, places.full_name(part), sum(numbers), *numbers)
        for part, numbers in sorted(parts.items())
    ]


def cut(path: str, depth: int) -> str:
    """Return the path of the area so many levels down that holds another one."""
    return "/".join(path.rstrip("/").split("/")[:depth]) + "/"


def due_rows(
    actor: Actor,
    *,
    on: date,
    by: DueFilter,
    after: str = "",
    before: str = "",
    limit: int = PAGE,
    descending: bool = False,
) -> tuple[list[DueRow], Page[Due]]:
    """Return a page of premises under plans, the most overdue first, and its neighbours' tokens."""
    rows = matching(visible_dues(actor), by, on).select_related("premises")
    order = ("-due_on", "-pk") if descending else ("due_on", "pk")
    page = page_of(rows, *order, after=after, before=before, size=limit)
    return [_row(row, on) for row in page.rows], page


def count_dues(actor: Actor, *, on: date, by: DueFilter, most: int = 10_000) -> int:
    """Count the matches, but not beyond `most`: nobody reads the difference."""
    return matching(visible_dues(actor), by, on).order_by()[:most].count()


def dues_for_export(actor: Actor, *, on: date, by: DueFilter) -> Iterator[DueRow]:
    rows = matching(visible_dues(actor), by, on).select_related("premises").order_by("due_on", "pk")
    for row in rows.iterator(chunk_size=5000):
        yield _row(row, on)


def _row(row: Due, on: date) -> DueRow:
    return DueRow(
        row.pk, row.premises.code, row.premises.name, row.premises.address, KINDS[row.kind], row.klass,
        GRADES[row.grade], row.area_path, places.full_name(row.area_path), row.last_on, row.due_on,
        row.days, state_of(row.last_on, row.due_on, on), row.nobody_count,
    )  # fmt: skip


@dataclass(frozen=True)
class Workload:
    """A forecast with what it takes for granted."""

    loads: list[Load]
    now_total: float
    proposed_total: float
    assumptions: list[str]


def workload_counts(actor: Actor, *, kind: str, group: str = "", depth: int = 2) -> list[Cell]:
    """Return how many premises of each class and grade every town (or deeper area) in reach has; one statement."""
    rows = visible_dues(actor).filter(kind=KIND_IDS[kind])
    if group:
        rows = rows.filter(group=group)
    counted = rows.order_by().values_list("area_path", "klass", "grade").annotate(n=Count("*"))
    sums: dict[tuple[str, str, int], int] = {}
    for path, klass, grade, count in counted:
        key = (cut(path, depth), klass, grade)
        sums[key] = sums.get(key, 0) + count
    return [
        Cell(part, klass, GRADES[grade], count)
        for (part, klass, grade), count in sorted(sums.items())
    ]


def forecast(
    actor: Actor,
    *,
    plan_id: int,
    proposed: Mapping[tuple[str, str], int],
    on: date,
    now: Mapping[tuple[str, str], int] | None = None,
) -> Workload:
    """
    Return what other periods would mean for a plan's premises, beside `now` (else the plan's own).

    A plan of the city is looked at town by town, one of a town village by village.
    """
    [row] = plan_rows([visible_plans(actor).get(pk=plan_id)])
    if now is None:
        now = {(klass, grade): days for klass, grade, days in row.days}
    depth = max(2, row.area_path.count("/") + 1)
    cells = [
        cell for cell in workload_counts(actor, kind=row.kind, group=row.group, depth=depth)
        if cell.town.startswith(row.area_path)
    ]  # fmt: skip
    people: dict[str, set[int]] = {}
    for one in officers(on=on, area_path=row.area_path):
        people.setdefault(cut(one.area_path, depth), set()).add(one.user_id)
    capacity, workdays = norm("capacity", on=on), norm("workdays", on=on)
    found = loads(
        cells=cells, officers={town: len(ids) for town, ids in people.items()}, now=now,
        proposed=proposed, capacity=capacity, workdays=workdays,
    )  # fmt: skip
    named = [
        Load(places.area(o.town).name, o.premises, o.officers, o.now, o.proposed, o.capacity)
        for o in found
    ]
    return Workload(
        named,
        _total(found, "now"),
        _total(found, "proposed"),
        _assumptions(row.name, on, capacity, workdays),
    )


def _total(found: list[Load], which: str) -> float:
    total = sum(float(getattr(one, which)) * max(one.officers, 1) for one in found)
    return round(total, 1)


def _assumptions(name: str, on: date, capacity: int, workdays: int) -> list[str]:
    return [
        _("Premises and officers as on {day}; only the premises of “{plan}” are counted.").format(
            day=on.isoformat(), plan=name
        ),
        _("Every premises is visited once a period; failed tries and re-visits are not counted."),
        _(
            "An officer can make {capacity} visits a working day and works {workdays} of 30 days."
        ).format(capacity=capacity, workdays=workdays),
        _(
            "Within a town the work is spread evenly over all officers on duty that day, substitutes included."
        ),
    ]
