"""Where matters gather, and where they come again."""

import ibis
from ibis.expr.types import Table

from gongzhi.insight.queries.expressions.asked import Asked
from gongzhi.insight.queries.expressions.cuts import around, square
from gongzhi.insight.queries.expressions.measures import condition
from gongzhi.insight.rules.cells import KEPT
from gongzhi.insight.rules.slices import Slice

IN_SPOTS = frozenset({"year", "quarter", "month", "town"})


def spots_in(asked: Asked, by: Slice) -> Table:
    """Return matters reported by H3 cell of resolution 9."""
    if asked.uses_sums((), by, IN_SPOTS):
        t = asked.ready("spots", by)
        return t.group_by("cell").aggregate(n=t.n.sum().cast("int64"))
    t = asked.facts(by)
    t = t.filter(t.cell.notnull())
    return t.group_by("cell").aggregate(n=t.count())


def heat(asked: Asked, before: Slice, *, resolution: int) -> Table:
    """Return for each cell the matters now and in an earlier stretch; cells with none now are there with 0."""
    now, then = spots_in(asked, asked.by), spots_in(asked, before)
    both = now.mutate(now=now.n, before=ibis.literal(0, "int64")).drop("n").union(
        then.mutate(now=ibis.literal(0, "int64"), before=then.n).drop("n")
    )  # fmt: skip
    cell = both.cell if resolution == KEPT else around(both.cell, resolution)
    return both.group_by(block=cell).aggregate(
        now=both.now.sum().cast("int64"), before=both.before.sum().cast("int64")
    )


def spots_in_box(asked: Asked, *, west: float, south: float, east: float, north: float) -> Table:
    """Return matters by cell among those whose own point lies in a box."""
    t = asked.facts()
    t = t.filter(t.lon.between(west, east), t.lat.between(south, north))
    return t.group_by("cell").aggregate(n=t.count())


def repeat_places(asked: Asked, *, least: int, limit: int) -> Table:
    """Return squares of about 50 m where one item was reported at least so often, most often first."""
    t = asked.facts()
    t = t.filter(t.lon.notnull(), t.lat.notnull(), t["item"] != "", t.is_valid)
    grouped = t.group_by(x=square(t.lon), y=square(t.lat), item=t["item"]).aggregate(
        n=t.count(), months=t.month.nunique(), first_on=t.reported_on.min(), last_on=t.reported_on.max(),
        area=t.area_path.max(), lon=t.lon.mean(), lat=t.lat.mean(),
        again=condition(t, "reworked").cast("int8").sum().cast("int64"),
    )  # fmt: skip
    often = grouped.filter(grouped.n >= least)
    return often.order_by(ibis.desc("n"), ibis.desc("last_on"), "x", "y", "item").limit(limit)


def repeat_items(asked: Asked, *, least: int) -> Table:
    """Return for each item its matters, those at places where it came at least so often, and what had to be redone."""
    t = asked.facts()
    t = t.filter(t["item"] != "", t.is_valid)
    t = t.mutate(
        x=square(t.lon).fill_null(-1), y=square(t.lat).fill_null(-1),
        redone=condition(t, "reworked").cast("int64"), undone=condition(t, "reopened").cast("int64"),
        closing=condition(t, "to_close").cast("int64"),
    )  # fmt: skip
    squares = t.group_by("item", "x", "y").aggregate(
        n=t.count(), redone=t.redone.sum(), undone=t.undone.sum(), closing=t.closing.sum()
    )
    is_often = (squares.n >= least) & (squares.x != -1)
    return squares.group_by("item").aggregate(
        n=squares.n.sum().cast("int64"), at_repeats=is_often.ifelse(squares.n, 0).sum().cast("int64"),
        places=is_often.cast("int64").sum().cast("int64"), redone=squares.redone.sum().cast("int64"),
        undone=squares.undone.sum().cast("int64"), closing=squares.closing.sum().cast("int64"),
    )  # fmt: skip
