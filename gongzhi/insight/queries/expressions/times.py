"""Handling times: the time half of the matters took, and nine in ten."""

from collections.abc import Sequence

import ibis
from ibis.expr.types import Table

from gongzhi.insight.queries.expressions.asked import Asked
from gongzhi.insight.queries.expressions.counting import as_texts, tally
from gongzhi.insight.queries.expressions.cuts import column
from gongzhi.insight.queries.expressions.ready import timed
from gongzhi.insight.rules.measures import PERCENTILES

IN_SPANS = frozenset({"year", "quarter", "month", "town"})


def spread(asked: Asked, dims: Sequence[str]) -> Table:
    """Return how many matters took how many tenths of an hour from dispatch to hand-in."""
    if asked.uses_sums(dims, asked.by, IN_SPANS):
        t = asked.ready("spans", asked.by)
        total = t.n.sum().cast("int64")
    else:
        t = timed(asked.facts())
        total = t.count()
    keys = {f"d{index}": column(t, dim) for index, dim in enumerate(dims)}
    return as_texts(t.group_by(**keys, tenths=t.tenths).aggregate(n=total), len(dims))


def percentiles(asked: Asked, dims: Sequence[str]) -> Table:
    """
    Return p50 and p90 of handling hours, and of how many matters they are.

    A percentile is the smallest time that the share of matters did not exceed, to the tenth of an hour.
    """
    keys = [f"d{index}" for index in range(len(dims))]
    t = spread(asked, dims)
    upto = ibis.cumulative_window(group_by=keys or None, order_by=t.tenths)
    t = t.mutate(
        upto=t.n.sum().over(upto), whole=t.n.sum().over(ibis.window(group_by=keys or None))
    )
    sums = {
        name: t.tenths.min(where=t.upto >= t.whole * share) / 10.0
        for name, share in PERCENTILES.items()
    }
    sums["timed"] = t.n.sum().cast("int64")
    return t.group_by(keys).aggregate(**sums) if keys else t.aggregate(**sums)


def pivot(
    asked: Asked, dims: Sequence[str], counts: Sequence[str], *, with_times: bool = False
) -> Table:
    """Return counts by dimensions, on request with p50 and p90 beside them."""
    found = tally(asked, dims, counts or ("reported",))
    if not with_times:
        return found
    times = percentiles(asked, dims)
    if not dims:
        return found.cross_join(times)
    keys = [f"d{index}" for index in range(len(dims))]
    return found.left_join(times, keys).drop(*(f"{key}_right" for key in keys))
