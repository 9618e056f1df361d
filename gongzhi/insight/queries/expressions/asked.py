"""A question: by whom (reach), about what (slice), on which tables."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
from ibis.expr.types import Table

from gongzhi.insight.queries.expressions import tables
from gongzhi.insight.queries.expressions.cuts import Patch, is_value, reached, within
from gongzhi.insight.queries.expressions.ready import READY
from gongzhi.insight.rules.dims import IN_SUMS
from gongzhi.insight.rules.slices import Slice, is_whole_months

TOWN = 2  # parts of a town's path


def _table(name: str) -> Table:
    return ibis.table(READY[name](tables.facts()).schema(), name=name)


SUMS, SPOTS, SPANS = _table("sums"), _table("spots"), _table("spans")


@dataclass(frozen=True)
class Asked:
    reach: tuple[Patch, ...]
    by: Slice
    newest: date  # the day the lake was brought up to

    def facts(self, by: Slice | None = None) -> Table:
        return within(reached(tables.facts(), self.reach), by or self.by)

    def uses_sums(self, dims: Sequence[str], by: Slice, known: Collection[str] = IN_SUMS) -> bool:
        """Return whether sums by month and town can answer: whole months, whole towns, and nothing finer."""
        used = {*dims, *(dim for dim, _value in by.where)}
        areas = [by.area, *(patch.area for patch in self.reach)]
        return (
            bool(self.reach)
            and used <= set(known)
            and not (by.inside or by.outside)
            and all(patch.units is None for patch in self.reach)
            and all(area.count("/") in {0, TOWN} for area in areas)
            and is_whole_months(by, newest=self.newest)
        )

    def ready(self, name: str, by: Slice) -> Table:
        """Return kept sums, cut as the facts would be."""
        table: Any = {"sums": SUMS, "spots": SPOTS, "spans": SPANS}[name]
        table = reached(table, self.reach)
        first, last = (day.year * 12 + day.month - 1 for day in (by.since, by.until))
        conditions = [table.month.between(first, last)]
        if by.area:
            conditions.append(table.town == by.area)
        conditions += [is_value(table, dim, value) for dim, value in by.where]
        return table.filter(conditions)
