"""How matters go from unit to unit, and what other time limits would mean."""

import ibis
from ibis.expr.types import IntegerValue, Table, Value

from gongzhi.insight.queries.expressions import tables
from gongzhi.insight.queries.expressions.asked import Asked
from gongzhi.insight.queries.expressions.measures import condition
from gongzhi.insight.rules.limits import STEP


def flow(asked: Asked) -> Table:
    """Return how often a unit sent matters back and which unit got them next (0: nobody yet)."""
    chosen = asked.facts().select("matter", "handling_hours")
    hops = tables.hops()
    joined = hops.join(chosen, "matter")
    return joined.group_by(
        from_unit=joined.from_unit.fill_null(0), to_unit=joined.to_unit.fill_null(0)
    ).aggregate(n=joined.count(), matters=joined.matter.nunique())


def bounces(asked: Asked) -> Table:
    """Return how many matters were sent back how often, by item."""
    t = asked.facts()
    t = t.filter(condition(t, "returned"))
    return t.group_by("item").aggregate(
        n=t.count(), times=t.return_count.sum().cast("int64"), hours=t.handling_hours.sum()
    )


def ratios(asked: Asked, *, now: str) -> Table:
    """
    Return handled matters by the time they used over the limit they had, in twentieths rounded up.

    Time is service time of the city's calendar between first dispatch, hand-in and due moment; for urgent matters, time
    by the clock on the wall. Matters whose limit had no service time are left out.
    """
    t = asked.facts()
    owed = condition(t, "to_handle") & t.handle_due_at.notnull()
    t = t.filter(
        owed & (t.handled_at.notnull() | (t.handle_due_at < ibis.literal(now).cast("timestamp")))
    )
    t = with_service_time(t)
    t = t.filter(t.allowed > 0)
    kept = t.mutate(
        ratio=(t.used * STEP / t.allowed).ceil().cast("int64").fill_null(-1),  # -1: not handled yet
        kept=t.handled_in_time.fill_null(False).cast("int64"),  # noqa: FBT003 - a value of SQL
    )
    return kept.group_by("ratio").aggregate(
        n=kept.count(),
        in_time=kept.kept.sum().cast("int64"),
        allowed=kept.allowed.sum().cast("float64"),
    )


def with_service_time(t: Table) -> Table:
    """Add the seconds a matter had for handling, and those it used."""
    for name in ("dispatched_at", "handled_at", "handle_due_at"):
        days = tables.service_days().rename(
            {
                f"{name}_{part}": part
                for part in ("day", "before", "opens", "closes", "reopens", "recloses")
            }
        )
        t = t.left_join(days, t[name].date() == days[f"{name}_day"])
    start = _service(t, "dispatched_at")
    return t.mutate(
        used=t.is_urgent.ifelse(_wall(t, "handled_at"), _service(t, "handled_at") - start),
        allowed=t.is_urgent.ifelse(_wall(t, "handle_due_at"), _service(t, "handle_due_at") - start),
    )


def _service(t: Table, name: str) -> IntegerValue:
    """Return the service time from the calendar's first day to a moment, in seconds."""
    second = _second(t[name])
    part = {p: t[f"{name}_{p}"] for p in ("before", "opens", "closes", "reopens", "recloses")}
    return part["before"] + _inside(second, part["opens"], part["closes"]) + _inside(
        second, part["reopens"], part["recloses"]
    )  # fmt: skip


def _inside(second: Value, opens: Value, closes: Value) -> IntegerValue:
    return ibis.greatest(ibis.least(second, closes) - opens, 0)


def _second(at: Value) -> IntegerValue:
    second = at.second().cast("float64").floor()  # Spark gives parts of a second, too
    return at.hour() * 3600 + at.minute() * 60 + second.cast("int64")


def _wall(t: Table, name: str) -> IntegerValue:
    """Return the seconds from first dispatch to a moment, by the clock on the wall."""
    return _since(t[name]) - _since(t.dispatched_at)


def _since(at: Value) -> IntegerValue:
    return at.truncate("s").epoch_seconds().cast("int64")
