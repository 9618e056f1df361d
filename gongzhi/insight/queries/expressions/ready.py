"""Sums kept ready beside the facts, month by month, so that four years of a city are added up in no time."""

from ibis.expr.types import IntegerValue, Table, Value

from gongzhi.insight.queries.expressions.measures import all_counts, condition


def sums(t: Table) -> Table:
    """Return every count by month, town, department, class and source."""
    keys = ("month", "town", "department_id", "item_class", "source")
    return t.group_by(*keys).aggregate(**all_counts(t))


def spots(t: Table) -> Table:
    """Return the matters reported by month, town and H3 cell."""
    placed = t.filter(t.cell.notnull())
    return placed.group_by("month", "town", "cell").aggregate(n=placed.count())


def spans(t: Table) -> Table:
    """Return the matters handled by month, town and tenths of an hour from dispatch to hand-in."""
    done = timed(t)
    return done.group_by("month", "town", "tenths").aggregate(n=done.count())


def timed(t: Table) -> Table:
    """Keep handled matters, with their handling time in tenths of an hour."""
    done = t.filter(condition(t, "handling_minutes"))
    return done.mutate(tenths=tenths_of(done.handling_hours))


def tenths_of(hours: Value) -> IntegerValue:
    return (hours * 10 + 0.5).floor().cast("int64")


READY = {"sums": sums, "spots": spots, "spans": spans}
