"""What an officer carries along: premises of the own grids, today's tasks, the own shift."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.matters import queries as matters
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Due, Finding, Shift, Task, Visit
from gongzhi.patrol.queries.lists import GRADES, KINDS
from gongzhi.places import queries as places

PREMISES_COLUMNS: Final = (
    "code", "kind", "status", "grade", "klass", "name", "address", "lon", "lat", "area",
    "changed_at", "last_on", "due_on",
)  # fmt: skip
FACILITIES: Final = 400  # a handset's map shows the nearest ones; more would be a carpet
STATUSES: Final = {1: "in_use", 2: "vacant", 3: "closed"}
_FROM_PREMISES: Final = (
    "code", "kind", "status", "grade", "details__class", "name", "address", "lon", "lat",
    "area_path", "changed_at",
)  # fmt: skip


@dataclass(frozen=True)
class TaskRow:
    id: int
    kind: str
    premises: str
    name: str
    address: str
    lon: float | None
    lat: float | None
    list: str
    due_on: date
    planned_on: date
    urgent: bool
    why: str
    area_path: str
    user_id: int | None


@dataclass(frozen=True)
class ShiftRow:
    state: str  # on | off
    started_at: datetime | None
    ended_at: datetime | None


def within(paths: Sequence[str]) -> Q:
    """Return the condition for rows of some areas and all below them; none without areas."""
    found = Q(pk__in=[])
    for path in paths:
        found = Q() if not path else found | Q(area_path__startswith=path)
        if not path:
            return found
    return found


def grids_of(user_id: int, *, on: date) -> list[str]:
    """Return the areas somebody patrols on the day, their own and those of the person they stand in for."""
    return sorted({one.area_path for one in officers(on=on) if one.user_id == user_id})


def officers(*, on: date, area_path: str = "") -> list[accounts.Worker]:
    """Return who patrols where on the day; an absent officer is replaced by the substitute."""
    return accounts.workers(*patrol_roles(), on=on, area_path=area_path)


def patrol_roles() -> list[str]:
    return [code for code, role in accounts.roles().items() if Can.VISIT in role.capabilities]


def premises_of(*, area_paths: Sequence[str], on: date) -> list[tuple[Any, ...]]:
    """
    Return premises under a plan in some areas, and their facilities, in PREMISES_COLUMNS; two statements.

    `last_on` None is never visited; `due_on` None is under no plan.
    """
    names = [f"premises__{name}" for name in _FROM_PREMISES]
    dues = Due.objects.filter(within(area_paths)).order_by("premises_id")
    rows = [_premises(row) for row in dues.values_list(*names, "last_on", "due_on")]
    paths = [path for path in area_paths if path]
    facilities = places.facilities_in(paths, limit=FACILITIES) if paths else []
    return rows + [
        _premises(
            (
                one.code, one.kind, one.status, one.grade, "", one.name, one.address, one.lon,
                one.lat, one.area_path, one.changed_at, None, None,
            )
        )
        for one in facilities
    ]  # fmt: skip


def _premises(row: tuple[Any, ...]) -> tuple[Any, ...]:
    code, kind, status, grade, klass, *rest = row
    return code, KINDS[kind], STATUSES[status], GRADES[grade], klass or "", *rest


def tasks_of(*, user_id: int, on: date) -> list[TaskRow]:
    """Return somebody's open tasks of the day and of days before, with those of the person they stand in for."""
    absent = accounts.stands_in_for(user_id, on=on)
    people = [user_id, *([absent.id] if absent else [])]
    rows = Task.objects.filter(state=Task.State.OPEN, user__in=people, planned_on__lte=on)
    return _tasks(rows.order_by("-is_urgent", "due_on", "id"), on)


def open_tasks(actor: Actor, *, on: date, area_path: str = "", limit: int = 500) -> list[TaskRow]:
    """Return open tasks in an area, the most overdue first."""
    rows = Task.objects.within_reach_of(actor, Can.VIEW).filter(
        state=Task.State.OPEN, area_path__startswith=area_path
    )
    return _tasks(rows.order_by("-is_urgent", "due_on", "id")[:limit], on)


def _tasks(rows: Any, on: date) -> list[TaskRow]:
    held = [
        TaskRow(*row)
        for row in rows.values_list(
            "id", "kind", "premises__code", "premises__name", "premises__address", "premises__lon",
            "premises__lat", "list_code", "due_on", "planned_on", "is_urgent", "why", "area_path",
            "user_id",
        )
    ]  # fmt: skip
    return [replace(row, why=why(row.why, due_on=row.due_on, on=on)) for row in held]


def why(kept: str, *, due_on: date, on: date) -> str:
    """Say why a task is on somebody's list; the table keeps a mark, so that everybody reads their own language."""
    mark, *facts = kept.split(" ", 2)
    if mark == "failed":
        return _("{count} lines failed on {day}").format(count=facts[0], day=facts[1])
    if mark == "sample":
        return _("Sample re-check: {name}").format(name=" ".join(facts))
    late = (on - due_on).days
    words = _("Never visited") if mark == "never" else _("Next round")
    return _("{words}, {days} days overdue").format(words=words, days=late) if late > 0 else words


def shift_of(*, user_id: int, at: datetime) -> ShiftRow | None:
    """Return somebody's own shift: the open one, else the last of the day; None when there was none."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    row = (
        Shift.objects.filter(user=user_id)
        .filter(Q(ended_at__isnull=True) | Q(started_at__gte=midnight))
        .order_by("-started_at")
        .first()
    )
    if row is None:
        return None
    return ShiftRow("off" if row.ended_at else "on", row.started_at, row.ended_at)


def on_shift(user_ids: Sequence[int]) -> set[int]:
    """Return who of some people is on shift; for choosing whom to call, never for a list of names."""
    open_shifts = Shift.objects.filter(user__in=user_ids, ended_at__isnull=True)
    return set(open_shifts.values_list("user_id", flat=True))


@dataclass(frozen=True)
class Presence:
    """How many officers of a grid are on shift; who they are and where is nobody's business."""

    area_path: str
    name: str
    officers: int
    on_shift: int


def presence(actor: Actor, *, on: date) -> list[Presence]:
    """Return the number of officers and of those on shift, a grid a row, in the actor's reach; two statements."""
    reach = places.reach_of(actor, Can.VIEW)
    if not reach:
        return []
    held = [one for one in officers(on=on) if one.area_path.startswith(tuple(reach))]
    here = on_shift(sorted({one.user_id for one in held}))
    by_grid: dict[str, set[int]] = {}
    for one in held:
        by_grid.setdefault(one.area_path, set()).add(one.user_id)
    return [
        Presence(path, places.full_name(path), len(people), len(people & here))
        for path, people in sorted(by_grid.items())
    ]


def last_work(actor: Actor, *, on: date) -> dict[str, datetime]:
    """Return when work was last recorded in each grid on the day; whose work it was stays out."""
    rows = (
        Visit.objects.within_reach_of(actor, Can.VIEW)
        .filter(on=on)
        .order_by()
        .values("area_path")
        .annotate(last=Max("at"))
    )
    return dict(rows.values_list("area_path", "last"))


@dataclass(frozen=True)
class VisitLine:
    n: int
    verdict: str
    note: str
    matter_key: str
    revisit_on: date | None
    number: str = ""  # of the matter it became, once that has arrived


@dataclass(frozen=True)
class VisitRow:
    id: int
    premises: str
    premises_name: str
    on: date
    at: datetime
    outcome: str
    outcome_label: str
    kind: str
    user_id: int
    user_name: str
    list_code: str
    list_version: int
    line_count: int
    fail_count: int
    note: str
    next_on: date | None
    lines: tuple[VisitLine, ...] = ()


def visits_of(actor: Actor, *, code: str, limit: int = 20) -> list[VisitRow]:
    """Return the visits to premises, the newest first, with what was found and the matters it became; four statements."""
    rows = _visible_visits(actor).filter(premises__code=code).order_by("-at")[:limit]
    return visit_rows(rows)


def _visible_visits(actor: Actor) -> Any:
    capability = Can.VIEW if actor.can(Can.VIEW) else Can.VISIT
    return Visit.objects.within_reach_of(actor, capability)


def visit_rows(rows: Any) -> list[VisitRow]:
    held = list(rows.select_related("premises", "list", "user"))
    found: dict[int, dict[int, Finding]] = {}
    for one in Finding.objects.filter(visit__in=[row.pk for row in held]):
        found.setdefault(one.visit_id, {})[one.n] = one
    keys = {one.matter_key for lines in found.values() for one in lines.values() if one.matter_key}
    numbers = {key: about.number for key, about in matters.standings(keys).items()} if keys else {}
    return [
        VisitRow(
            row.pk, row.premises.code, row.premises.name, row.on, row.at, row.outcome,
            row.get_outcome_display(), row.kind, row.user_id, row.user.name, row.list.code,
            row.list.version, row.line_count, row.fail_count, row.note, row.next_on,
            tuple(_lines(row, found.get(row.pk, {}), numbers)),
        )
        for row in held
    ]  # fmt: skip


def _lines(row: Visit, found: dict[int, Finding], numbers: dict[str, str]) -> list[VisitLine]:
    ordered = sorted((int(n), verdict) for n, verdict in row.verdicts.items())
    return [_line(n, verdict, found.get(n), numbers) for n, verdict in ordered]


def _line(n: int, verdict: str, found: Finding | None, numbers: dict[str, str]) -> VisitLine:
    if found is None:
        return VisitLine(n, verdict, "", "", None)
    number = numbers.get(found.matter_key, "")
    return VisitLine(n, verdict, found.note, found.matter_key, found.revisit_on, number)
