"""The tasks of a day: drawn from what is due, balanced over those who are there. Nothing open is ever lost."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
from django.db import connection, transaction

from gongzhi.patrol.actions.due import refresh_due
from gongzhi.patrol.models import Due, Task
from gongzhi.patrol.queries.lists import norms
from gongzhi.patrol.queries.work import officers
from gongzhi.patrol.rules import balance

LOCK: Final = 7_410_003  # advisory: two draws never hand out the same premises

_CARRIED: Final = """
    SELECT id, user_id, area_path, kind, planned_on < %(on)s
    FROM patrol_task WHERE state = 'open' AND planned_on <= %(on)s AND area_path LIKE %(below)s
    ORDER BY area_path, due_on, id
"""
_LOAD: Final = """
    SELECT user_id, count(*) FROM patrol_task
    WHERE planned_on = %(on)s AND state <> 'open' AND user_id IS NOT NULL GROUP BY user_id
    UNION ALL
    SELECT user_id, count(*) FROM patrol_task
    WHERE planned_on <= %(on)s AND state = 'open' AND user_id IS NOT NULL
      AND NOT area_path LIKE %(below)s GROUP BY user_id
"""
_DUE: Final = """
    SELECT d.area_path, count(*) FROM patrol_due d
    WHERE d.due_on <= %(on)s AND d.area_path LIKE %(below)s AND NOT EXISTS (
        SELECT 1 FROM patrol_task t WHERE t.state = 'open' AND t.kind = 'patrol'
          AND t.premises_id = d.premises_id AND t."group" = d."group")
    GROUP BY d.area_path
"""
_CANDIDATES: Final = """
    WITH room AS (SELECT * FROM unnest(%(areas)s::text[], %(rooms)s::int[]) AS r(area_path, n)),
    ranked AS (
        SELECT d.id, d.premises_id, d.area_path, r.n, row_number() OVER (
                   PARTITION BY d.area_path ORDER BY d.due_on, d.premises_id) AS rank
        FROM patrol_due d JOIN room r ON r.area_path = d.area_path
        WHERE d.due_on <= %(on)s AND NOT EXISTS (
            SELECT 1 FROM patrol_task t WHERE t.state = 'open' AND t.kind = 'patrol'
              AND t.premises_id = d.premises_id AND t."group" = d."group")
    )
    SELECT c.id, c.area_path, c.rank, coalesce(p.lon, 0), coalesce(p.lat, 0)
    FROM ranked c JOIN {premises} p ON p.id = c.premises_id
    WHERE c.rank <= c.n
"""
_INSERT: Final = """
    INSERT INTO patrol_task (premises_id, user_id, due_on, planned_on, first_on, is_urgent, kind,
                             state, "group", list_code, area_path, why)
    SELECT d.premises_id, nullif(n.user_id, 0), d.due_on, %(on)s, %(on)s, %(on)s - d.due_on > d.days,
           'patrol', 'open', d."group", d.list_code, d.area_path,
           CASE WHEN d.last_on IS NULL THEN 'never' ELSE 'round' END
    FROM unnest(%(dues)s::bigint[], %(users)s::bigint[]) AS n(due_id, user_id)
    JOIN patrol_due d ON d.id = n.due_id
    ON CONFLICT DO NOTHING
"""
_CARRY: Final = """
    UPDATE patrol_task t SET planned_on = %(on)s, user_id = nullif(n.user_id, 0)
    FROM unnest(%(ids)s::bigint[], %(users)s::bigint[]) AS n(id, user_id)
    WHERE t.id = n.id AND t.state = 'open'
"""


@dataclass(frozen=True)
class DayDrawn:
    """What a draw did, for the log and the page."""

    on: date
    changed_dues: int
    new: int
    carried: int  # from earlier days
    reassigned: int  # because who had them is not there
    without_officer: int
    left_over: int  # due, beyond what everybody can do today: first tomorrow


@transaction.atomic
def draw_day(*, on: date, area_path: str, at: datetime) -> DayDrawn:
    """
    Draw the day's tasks of an area ("" is the city) from the plans; safe to repeat on the same day.

    Open tasks are carried to the day first and stay with their officer; who is absent is replaced by
    the substitute, else by whoever of the grid has the least. New visits fill the room that is left.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    changed = refresh_due(on=on, area_path=area_path, at=at)
    values = {"on": on, "below": f"{area_path}%"}
    staff = _Staff(on, area_path)
    load: dict[int, int] = defaultdict(int)
    for user_id, count in _rows(_LOAD, values):
        load[user_id] += count
    carried, reassigned = _carry(values, staff, load)
    demand = dict(_rows(_DUE, values))
    taken = balance.shares(
        demand=demand, officers={area: staff.of(area) for area in demand},
        capacity=staff.capacity, load=load,
    )  # fmt: skip
    new = _hand_out(values, taken)
    without = Task.objects.filter(
        state=Task.State.OPEN,
        planned_on__lte=on,
        user__isnull=True,
        area_path__startswith=area_path,
    ).count()
    return DayDrawn(on, changed, new, carried, reassigned, without, sum(demand.values()) - new)


class _Staff:
    """Who works where on the day, and how much each can do."""

    def __init__(self, on: date, area_path: str) -> None:
        held = officers(on=on, area_path=area_path)
        self.by_path: dict[str, list[int]] = defaultdict(list)
        self.substitutes: dict[int, int] = {}
        for one in held:
            self.by_path[one.area_path].append(one.user_id)
            if one.stands_in_for:
                self.substitutes[one.stands_in_for] = one.user_id
        self.everybody = {one.user_id for one in held}
        limits = norms("capacity", on=on)
        self.capacity: dict[int, int] = {}
        for one in held:
            nearest = max((p for p in limits if one.area_path.startswith(p)), key=len)
            known = self.capacity.get(one.user_id, 0)
            self.capacity[one.user_id] = max(known, limits[nearest])
        self._found: dict[str, list[int]] = {}

    def of(self, area: str) -> list[int]:
        """Return the officers of a grid: those posted to it, else those of the nearest area around it, else below it."""
        if area not in self._found:
            self._found[area] = self._look_up(area)
        return self._found[area]

    def _look_up(self, area: str) -> list[int]:
        around = [path for path in self.by_path if area.startswith(path)]
        if around:
            return self.by_path[max(around, key=len)]
        return sorted(
            {
                one
                for path, people in self.by_path.items()
                if path.startswith(area)
                for one in people
            }
        )


def _carry(values: dict[str, Any], staff: _Staff, load: dict[int, int]) -> tuple[int, int]:
    """Move open tasks to the day; return how many came from earlier days, how many changed hands."""
    ids: list[int] = []
    users: list[int] = []
    late = changed = 0
    for pk, user_id, area, kind, is_late in _rows(_CARRIED, values):
        heir = _heir(user_id, area, kind, staff, load)
        if heir:
            load[heir] += 1
        late += is_late
        changed += heir != (user_id or 0)
        if is_late or heir != (user_id or 0):
            ids.append(pk)
            users.append(heir)
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_CARRY, {**values, "ids": ids, "users": users})
    return late, changed


def _heir(user_id: int | None, area: str, kind: str, staff: _Staff, load: dict[int, int]) -> int:
    """Return who has an open task from today on; 0 when nobody works there."""
    if user_id in staff.substitutes:
        return staff.substitutes[user_id]
    people = staff.of(area)
    if user_id and (user_id in people or (kind == Task.Kind.SAMPLE and user_id in staff.everybody)):
        return user_id
    if kind == Task.Kind.SAMPLE:
        return user_id or 0  # drawn by lot: nobody is put in the place of whom the lot named
    return min(people, key=lambda one: (load[one], one), default=0)


def _hand_out(values: dict[str, Any], taken: balance.Shares) -> int:
    rooms = {area: sum(count for _who, count in pieces) for area, pieces in taken.items() if pieces}
    if not rooms:
        return 0
    premises = Due._meta.get_field("premises").related_model._meta.db_table
    found = _rows(
        _CANDIDATES.format(premises=f'"{premises}"'),
        {**values, "areas": list(rooms), "rooms": list(rooms.values())},
    )
    if not found:
        return 0
    dues, areas, ranks, lons, lats = (np.array(column) for column in zip(*found, strict=True))
    users = balance.cut(areas=areas, urgency=ranks, lons=lons, lats=lats, taken=taken)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, {**values, "dues": dues.tolist(), "users": users.tolist()})
        return int(cursor.rowcount)


def _rows(statement: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
