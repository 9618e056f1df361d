"""
Rounds of patrols in the demonstration city: visits behind it, the day's tasks, calls, a sample.

What is many is copied; what the walk-through shows is done through the patrol's own actions.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import system
from gongzhi.base.copying import copy_into
from gongzhi.demo import patrol_story, tables
from gongzhi.demo.seeds import dice
from gongzhi.patrol import actions as patrol
from gongzhi.patrol import queries as patrols
from gongzhi.patrol.capabilities import Can

TABLES = ("patrol_due", "patrol_task", "patrol_visit", "patrol_finding", "patrol_shift")
LOADER = system("演示城市", Can.PLAN)
NEVER = 0.025  # of all premises nobody was at yet
LATE = 1.06  # how far behind the last visit may lie, in periods: a few are overdue
FAILS = 0.05
DONE = 0.45  # of the day's tasks, by now
RECENT = timedelta(days=21)

_VISIT = (
    "key", "premises_id", "user_id", "list_id", "at", "on", "lon", "lat", "accuracy_m", "outcome", "kind",
    "premises_kind", "line_count", "fail_count", "verdicts", "note", "next_on", "area_path",
)  # fmt: skip
_PLANNED = """
    SELECT p.id, p.kind, p.grade, coalesce(p.details->>'class', ''), p.area_path, p.lon, p.lat
    FROM places_premises p WHERE p.kind = ANY(%s) AND p.status <> 3 ORDER BY p.id
"""
_GIVEN_UP = """
    UPDATE accounts_posting SET ends_on = %s WHERE role = 'grid_officer' AND area_path IN (
        SELECT area_path FROM places_premises WHERE area_path LIKE %s AND area_path <> %s
          AND kind IN (3, 4, 5) GROUP BY area_path ORDER BY count(*) DESC, area_path LIMIT 2)
"""
_CARRIED = "UPDATE patrol_task SET first_on = planned_on - (id %% 3)::int WHERE state = 'open' AND due_on < planned_on - 1 AND id %% 2 = 0"
_DONE = """
    WITH done AS (
        UPDATE patrol_task SET state = 'done', done_at = %(at)s - (id %% 180) * interval '1 minute'
        WHERE state = 'open' AND planned_on = %(on)s AND user_id IS NOT NULL AND user_id <> %(grid)s
          AND id * 7919 %% 1000 < %(share)s
        RETURNING *
    ), seen AS (
        INSERT INTO patrol_visit (key, premises_id, user_id, task_id, list_id, at, "on", lon, lat, accuracy_m, outcome,
                                  kind, premises_kind, line_count, fail_count, verdicts, note, next_on, area_path)
        SELECT 'demo-task-' || t.id, t.premises_id, t.user_id, t.id, r.list_id, t.done_at, %(on)s, p.lon, p.lat, 8,
               'visited', t.kind, p.kind, r.line_count, 0, r.verdicts, '', %(on)s + d.days, t.area_path
        FROM done t JOIN patrol_due d ON d.premises_id = t.premises_id AND d."group" = t."group"
        JOIN places_premises p ON p.id = t.premises_id
        JOIN jsonb_to_recordset(%(lists)s) AS r(code text, list_id bigint, line_count int, verdicts jsonb) ON r.code = t.list_code
        RETURNING premises_id
    )
    UPDATE patrol_due SET last_on = %(on)s, due_on = %(on)s + days
    WHERE premises_id IN (SELECT premises_id FROM seen)
"""
_SHIFTS = """
    INSERT INTO patrol_shift (user_id, started_at, ended_at, ended_by_itself, note)
    SELECT DISTINCT p.user_id, %(at)s - (30 + p.user_id * 37 %% 150) * interval '1 minute', NULL::timestamptz, false, ''
    FROM accounts_posting p WHERE p.role = 'grid_officer' AND (p.ends_on IS NULL OR p.ends_on >= %(on)s)
      AND (p.user_id * 7919 %% 100 < 64 OR p.user_id = %(grid)s)
    UNION ALL
    SELECT DISTINCT p.user_id, %(midnight)s - d * interval '1 day' + interval '8 hours 25 minutes' + p.user_id %% 20 * interval '1 minute',
           %(midnight)s - d * interval '1 day' + interval '17 hours 20 minutes' + p.user_id %% 50 * interval '1 minute', false, ''
    FROM accounts_posting p CROSS JOIN generate_series(1, 14) AS d
    WHERE p.role = 'grid_officer' AND p.area_path LIKE %(town)s AND extract(isodow FROM %(on)s - d) < 6
"""


@dataclass(frozen=True)
class Rule:
    """What the plans ask of premises of one kind, class and grade."""

    days: int
    list_id: int
    lines: int
    verdicts: str


@transaction.atomic
def load(*, seed: int, at: datetime, story: bool) -> None:
    """Give the city three months of rounds and today's tasks; with `story` the walk-through's own part."""
    tables.run("SET LOCAL synchronous_commit = off")
    on = timezone.localdate(at)
    patrol.load_content(actor=LOADER, at=at)
    grid = accounts.person_by_username("grid")
    village = accounts.actor_for(grid.id, at).grants[0].area if grid else ""
    grids = _given_to(village, on) if village else []
    # Made before the copy begins: it needs questions that the connection cannot answer meanwhile.
    copy_into("patrol_visit", _VISIT, list(_rounds(seed, on, grids)))
    tables.run("ANALYZE patrol_visit")
    patrol.draw_day(on=on, area_path="", at=at)
    tables.run(_CARRIED)
    values = {
        "at": at, "on": on, "grid": grid.id if grid else 0, "share": int(1000 * DONE),
        "lists": json.dumps(_lists(on)), "town": f"{'/'.join(village.split('/')[:2])}/%",
        "midnight": timezone.make_aware(datetime.combine(on, time())),
    }  # fmt: skip
    tables.run(_DONE, values)
    tables.run(_SHIFTS, values)
    if story and grid:
        patrol_story.stage(village=village, grids=grids, at=at)
    tables.analyze(TABLES)


def _given_to(village: str, on: date) -> list[str]:
    """Leave the two liveliest grids of the story's village to its own officer, who is posted to all of it."""
    tables.run(_GIVEN_UP, [on - timedelta(days=1), f"{village}%", village])
    ended = tables.run(
        "SELECT area_path FROM accounts_posting WHERE ends_on = %s AND area_path LIKE %s",
        [on - timedelta(days=1), f"{village}%"],
    )
    return sorted(path for (path,) in ended)


def _lists(on: date) -> list[dict[str, Any]]:
    return [
        {
            "code": row.code, "list_id": row.id, "line_count": len(row.lines),
            "verdicts": {str(line.n): "pass" for line in row.lines},
        }
        for row in patrols.check_lists(on=on)
    ]  # fmt: skip


def _rules(on: date) -> dict[tuple[int, int, str], Rule]:
    """Return the narrowest period and list for each kind, grade and class."""
    plans = {
        row.kind: {(k, g): days for k, g, days in row.days} for row in patrols.plans_in_force(on=on)
    }
    lists = {row.code: row for row in patrols.check_lists(on=on)}
    found: dict[tuple[int, int, str], Rule] = {}
    for kind, code in patrols.KINDS.items():
        classes = ["", *(one.code for one in patrols.classes(on=on) if one.kind == kind)]
        for klass in classes if code in plans else ():
            for grade, letter in patrols.GRADES.items():
                row = patrols.fitting(lists.values(), kind=kind, klass=klass, grade=grade)
                days = patrols.days_for(plans[code], klass, letter)
                if row and days:
                    passed = json.dumps({str(line.n): "pass" for line in row.lines})
                    found[kind, grade, klass] = Rule(days, row.id, len(row.lines), passed)
    return found


def _rounds(seed: int, on: date, due_grids: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the visits behind each premises: the last one, and those of the last weeks where rounds are short."""
    rules, chance = _rules(on), dice(seed, "patrols")
    staff: dict[str, int] = {
        one.area_path: one.user_id for one in patrols.officers(on=on) if one.area_path
    }
    kinds = sorted({kind for kind, _grade, _klass in rules})
    zone = timezone.get_current_timezone()
    for row in tables.run(_PLANNED, [kinds]):
        rule, officer = rules.get(row[1:4]), staff.get(row[4]) or staff.get(_above(row[4]))
        if rule is None or officer is None:
            continue
        is_story = row[4] in due_grids
        for number, back in enumerate(_days_back(chance, rule.days, is_story)):
            day = on - timedelta(days=back)
            moment = datetime.combine(day, time(9), zone) + timedelta(minutes=chance.randrange(480))
            yield _visit(chance, row, rule, officer, moment, number, on - day <= RECENT)


def _days_back(chance: random.Random, period: int, is_due: bool) -> list[int]:  # noqa: FBT001 - private
    if is_due:
        return [period + chance.choice((0, 0, 0, 1, 2, 4, 9))] if chance.random() > NEVER else []
    if chance.random() < NEVER:
        return []
    last = max(1, int(chance.random() * period * LATE))
    return [last, *(last + period * n for n in (1, 2) if last + period * n <= RECENT.days)]


def _visit(
    chance: random.Random, row: tuple[Any, ...], rule: Rule, officer: int, moment: datetime, number: int,
    recent: bool,  # noqa: FBT001 - private
) -> tuple[Any, ...]:  # fmt: skip
    premises, kind, _grade, _klass, path, lon, lat = row
    verdicts, failed = rule.verdicts, 0
    outcome = "visited"
    if number and chance.random() < 0.08:
        outcome, verdicts = "nobody", "{}"
    elif recent and chance.random() < FAILS:
        failed = 1
        line = chance.randint(1, rule.lines)
        verdicts = verdicts.replace(f'"{line}": "pass"', f'"{line}": "fail"', 1)
    day = timezone.localdate(moment)
    return (
        f"demo-{premises}-{number}", premises, officer, rule.list_id, moment, day, lon, lat, chance.choice((5, 8, 12, 20)),
        outcome, "patrol", kind, rule.lines if outcome == "visited" else 0, failed, verdicts, "",
        day + timedelta(days=rule.days), path,
    )  # fmt: skip


def _above(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[0] + "/"
