"""Counts by dimensions, two times beside each other, and the matters themselves."""

from collections.abc import Sequence

import ibis
from ibis.expr.types import Table

from gongzhi.insight.queries.expressions.asked import Asked
from gongzhi.insight.queries.expressions.cuts import column
from gongzhi.insight.queries.expressions.measures import added, counted
from gongzhi.insight.rules.dims import NONE
from gongzhi.insight.rules.slices import Slice


def tally(
    asked: Asked, dims: Sequence[str], counts: Sequence[str], by: Slice | None = None
) -> Table:
    """Return counts by dimensions: keys as texts in d0, d1 …, "-" where there is none."""
    cut = by or asked.by
    if asked.uses_sums(dims, cut):
        t = asked.ready("sums", cut)
        sums = {name: added(t, name) for name in counts}
    else:
        t = asked.facts(cut)
        sums = {name: counted(t, name) for name in counts}
    if not dims:
        return t.aggregate(**sums)
    keys = {f"d{index}": column(t, dim) for index, dim in enumerate(dims)}
    return as_texts(t.group_by(**keys).aggregate(**sums), len(dims))


def as_texts(t: Table, dims: int) -> Table:
    return t.mutate(
        **{f"d{index}": t[f"d{index}"].cast("string").fill_null(NONE) for index in range(dims)}
    )


def compared(asked: Asked, dims: Sequence[str], counts: Sequence[str], before: Slice) -> Table:
    """Return the counts of the slice (is_now 1) and those of an earlier one (is_now 0)."""
    now = tally(asked, dims, counts).mutate(is_now=ibis.literal(1, "int8"))
    then = tally(asked, dims, counts, before).mutate(is_now=ibis.literal(0, "int8"))
    return now.union(then)


def newest_matters(asked: Asked, *, limit: int) -> Table:
    """Return ids of matters, the newest report first."""
    t = asked.facts().select("matter", "reported_at", "item", "state", "area_path")
    ordered = t.order_by(ibis.desc("reported_at"), ibis.desc("matter"))
    return ordered.limit(limit)
