"""The table of what is due, for a million premises at once: computed in the database, in a few statements."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db import connection
from psycopg import sql

from gongzhi.patrol.models import CheckList, Due, Frequency, Plan
from gongzhi.patrol.queries.lists import classes, valid_on
from gongzhi.patrol.rules.lists import fitting

GRADES: Final = range(5)

_RULE: Final = """
    CREATE TEMP TABLE patrol_rule (
        plan_id bigint, "group" varchar(24), kind smallint, klass varchar(20), grade smallint,
        days smallint, list_code varchar(24), area_path varchar(240), valid_from date
    ) ON COMMIT DROP
"""
# The nearest area's plan rules; a class nobody knows counts as none.
_WANTED: Final = """
    CREATE TEMP TABLE patrol_wanted ON COMMIT DROP AS
    SELECT DISTINCT ON (p.id, r."group")
           p.id AS premises_id, r."group", r.plan_id, r.days, r.list_code, p.kind, p.grade,
           k.klass, p.area_path, greatest(r.valid_from, %(on)s) + (p.id %% r.days)::int AS first_on
    FROM {premises} p
    CROSS JOIN LATERAL (
        SELECT CASE WHEN p.details IS NOT NULL AND ARRAY[p.kind || ':' || (p.details->>'class')] <@ %(classes)s
                    THEN p.details->>'class' ELSE '' END AS klass
    ) k
    JOIN patrol_rule r ON r.kind = p.kind AND r.grade = p.grade AND r.klass = k.klass
         {nearest}
    WHERE p.kind = ANY(%(kinds)s) AND p.status <> 3 {within}
    {order}
"""
# Found before anything is written: else the search would read again and again what it has just written.
_MISSING: Final = """
    CREATE TEMP TABLE patrol_missing ON COMMIT DROP AS
    SELECT w.* FROM patrol_wanted w LEFT JOIN patrol_due d
        ON d.premises_id = w.premises_id AND d."group" = w."group"
    WHERE d.id IS NULL
"""
_INSERT: Final = """
    INSERT INTO patrol_due (premises_id, plan_id, "group", list_code, kind, grade, klass, area_path,
                            days, last_on, due_on, nobody_count)
    SELECT w.premises_id, w.plan_id, w."group", w.list_code, w.kind, w.grade, w.klass, w.area_path,
           w.days, v."on", coalesce(v."on" + w.days, w.first_on), 0
    FROM patrol_missing w LEFT JOIN patrol_last v
        ON v.premises_id = w.premises_id AND v."group" = w."group"
"""
# Visits made before the premises came under a plan; on an ordinary morning there are few to ask for.
_LAST: Final = """
    CREATE TEMP TABLE patrol_last ON COMMIT DROP AS
    SELECT w.premises_id, w."group", max(v."on") AS "on"
    FROM patrol_missing w
    JOIN patrol_visit v ON v.premises_id = w.premises_id AND v.outcome = 'visited'
    JOIN patrol_checklist c ON c.id = v.list_id AND c."group" = w."group"
    GROUP BY w.premises_id, w."group"
"""
_UPDATE: Final = """
    UPDATE patrol_due d
    SET plan_id = w.plan_id, list_code = w.list_code, kind = w.kind, grade = w.grade, klass = w.klass,
        area_path = w.area_path, days = w.days,
        due_on = CASE WHEN d.days = w.days THEN d.due_on
                      WHEN d.last_on IS NOT NULL THEN d.last_on + w.days
                      ELSE least(d.due_on, w.first_on) END
    FROM patrol_wanted w
    WHERE d.premises_id = w.premises_id AND d."group" = w."group"
      AND (d.plan_id, d.list_code, d.kind, d.grade, d.klass, d.area_path, d.days)
          IS DISTINCT FROM (w.plan_id, w.list_code, w.kind, w.grade, w.klass, w.area_path, w.days)
"""
_DELETE: Final = """
    DELETE FROM patrol_due d
    WHERE d.area_path LIKE %(below)s AND NOT EXISTS (
        SELECT 1 FROM patrol_wanted w WHERE w.premises_id = d.premises_id AND w."group" = d."group")
"""
# What no plan names any more, or a longer period has put off; lots keep their own day. A second look at
# what failed stays to be done when the premises leave the plan; not when they are gone.
_DROP: Final = """
    UPDATE patrol_task t SET state = 'dropped', done_at = %(at)s
    WHERE t.state = 'open' AND t.area_path LIKE %(below)s AND (
        t.kind = 'patrol' AND NOT EXISTS (
            SELECT 1 FROM patrol_due d WHERE d.premises_id = t.premises_id AND d."group" = t."group"
              AND d.due_on <= %(on)s)
        OR t.kind = 'revisit' AND EXISTS (
            SELECT 1 FROM {premises} p WHERE p.id = t.premises_id AND p.status = 3))
"""


def refresh_due(*, on: date, area_path: str, at: Any) -> int:
    """
    Bring the due table of an area in line with premises and plans; return how many rows it changed.

    Must run in a transaction. What nobody touched is only read, so an ordinary morning writes little.
    """
    rules = list(_rules(on))
    known = [f"{row.kind}:{row.code}" for row in classes(on=on)]
    values = {
        "on": on, "classes": known, "below": f"{area_path}%", "at": at,
        "kinds": sorted({rule[2] for rule in rules}),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_RULE)
        with cursor.copy("COPY patrol_rule FROM STDIN") as copy:
            for rule in rules:
                copy.write_row(rule)
        cursor.execute(_wanted(rules, area_path), values)
        cursor.execute("ANALYZE patrol_wanted")
        # Whole tables meet here; what the planner takes for an empty one may have a million rows since.
        cursor.execute("SET LOCAL enable_nestloop = off")
        for statement in (_MISSING, "ANALYZE patrol_missing", _LAST):
            cursor.execute(statement)
        changed = 0
        for statement in (_INSERT, _UPDATE, _DELETE):
            cursor.execute(statement, values)
            changed += cursor.rowcount
        cursor.execute(sql.SQL(_DROP).format(premises=_premises()), values)
        cursor.execute("RESET enable_nestloop")
        cursor.execute("DROP TABLE patrol_rule, patrol_wanted, patrol_missing, patrol_last")
    return changed


def _wanted(rules: list[tuple[Any, ...]], area_path: str) -> sql.Composed:
    """Compose the statement; only where some area has a plan of its own must the nearest be looked for."""
    has_areas = any(rule[7] for rule in rules)
    return sql.SQL(
        _WANTED if has_areas else _WANTED.replace('DISTINCT ON (p.id, r."group")', "")
    ).format(
        premises=_premises(),
        nearest=sql.SQL("AND p.area_path LIKE r.area_path || '%%'" if has_areas else ""),
        within=sql.SQL("AND p.area_path LIKE %(below)s" if area_path else ""),
        order=sql.SQL(
            'ORDER BY p.id, r."group", length(r.area_path) DESC, r.plan_id' if has_areas else ""
        ),
    )


def _premises() -> sql.Identifier:
    return sql.Identifier(Due._meta.get_field("premises").related_model._meta.db_table)


def _rules(on: date) -> Iterator[tuple[Any, ...]]:
    """Yield plan, class and grade with period and list, each plan spelt out in full: a few thousand rows."""
    plans = list(Plan.objects.filter(valid_on(on)).exclude(state=Plan.State.DRAFT).order_by("pk"))
    lists = list(CheckList.objects.filter(valid_on(on)))
    periods: dict[int, dict[tuple[str, int | None], int]] = {}
    for row in Frequency.objects.filter(plan__in=plans):
        periods.setdefault(row.plan_id, {})[row.klass, row.grade] = row.days
    by_kind: dict[int, list[str]] = {}
    for one in classes(on=on):
        by_kind.setdefault(one.kind, [""]).append(one.code)
    seen: set[tuple[str, str, int, str, int]] = set()
    for plan in plans:
        for klass in by_kind.get(plan.kind, [""]):
            for grade in GRADES:
                days = period(periods.get(plan.pk, {}), klass, grade)
                fits = [one for one in lists if one.group == plan.group]
                chosen = fitting(fits, kind=plan.kind, klass=klass, grade=grade)
                key = (plan.area_path, plan.group, plan.kind, klass, grade)
                if days and chosen and key not in seen:
                    seen.add(key)
                    yield plan.pk, plan.group, plan.kind, klass, grade, days, chosen.code, plan.area_path, plan.valid_from  # fmt: skip


def period(rows: dict[tuple[str, int | None], int], klass: str, grade: int) -> int | None:
    """Return the days of the narrowest row that fits; class counts more than grade."""
    for key in ((klass, grade), (klass, None), ("", grade), ("", None)):
        if key in rows:
            return rows[key]
    return None
