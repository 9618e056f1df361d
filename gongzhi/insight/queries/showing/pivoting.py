"""The free pivot: dimensions by measures, as table, chart and map."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.insight.queries.defined import measures
from gongzhi.insight.queries.lake import Told, ask
from gongzhi.insight.queries.names import Names
from gongzhi.insight.queries.showing.hotspots import cell_name, plain_cells
from gongzhi.insight.queries.showing.parts import (
    Cell,
    Chart,
    Column,
    Shown,
    dim_column,
    matters_url,
    measure_column,
    named,
    of_measure,
    text,
)
from gongzhi.insight.rules.dims import DIMS, NONE
from gongzhi.insight.rules.measures import MEANS, PERCENTILES, RATES, counts_behind, value_of
from gongzhi.insight.rules.pivoting import MOST_ACROSS, MOST_ROWS, Pivot
from gongzhi.insight.rules.slices import Slice

Key = tuple[str, ...]
FEW_BARS = 30
TONES = ("civic", "ok", "warn", "late", "calm")


def pivot(actor: Actor, by: Slice, asked: Pivot) -> Shown:
    told = ask(
        {"ask": "pivot", "by": by.plain(), "dims": list(asked.dims), "counts": list(asked.counts), "times": list(asked.times)},
        actor,
    )  # fmt: skip
    return _Table(by, asked, told).shown()


class _Table:
    """The rows of an answer laid out: keys down, one dimension across."""

    def __init__(self, by: Slice, asked: Pivot, told: Told) -> None:
        self.by, self.asked, self.told, self.names = by, asked, told, Names(on=by.until)
        depth = len(asked.rows)
        self.held: dict[tuple[Key, str], dict[str, Any]] = {}
        for row in told.rows:
            key = tuple(row[f"d{i}"] for i in range(depth))
            self.held[key, row[f"d{depth}"] if asked.across else ""] = row
        self.sums: dict[Key, float] = defaultdict(float)
        for (key, _across), row in self.held.items():
            self.sums[key] += value_of(asked.measures[0], row) or 0
        down = set(self.sums)
        across = {one for _key, one in self.held}
        self.all_down = sorted(down, key=self._rank)
        self.down = self.all_down[:MOST_ROWS]
        self.across = sorted(across, key=self._across_rank)[:MOST_ACROSS]
        self.is_cut = told.is_cut or len(down) > MOST_ROWS or len(across) > MOST_ACROSS

    def value(self, key: Key, across: str, measure: str) -> float | None:
        row = self.held.get((key, across))
        return None if row is None else value_of(measure, row)

    def _rank(self, key: Key) -> tuple[Any, ...]:
        """Time in its order, all else by the first measure over the whole row, most first."""
        if DIMS[self.asked.rows[0]].is_time or self.asked.rows[0] in {"hour", "weekday"}:
            return tuple(_in_order(part) for part in key)
        return (-self.sums[key], *(_in_order(part) for part in key))

    def _across_rank(self, one: str) -> tuple[Any, ...]:
        return _in_order(one)

    def shown(self) -> Shown:
        rows = [self._row(key) for key in self.down]
        notes = (
            [
                _("Only the first {n} rows and {m} columns are shown: narrow the question.").format(
                    n=MOST_ROWS, m=MOST_ACROSS
                )
            ]
            if self.is_cut
            else []
        )
        drawing = self.asked.drawing
        charts = [] if drawing in {"map", "none"} or not self.down else [self._chart(drawing)]
        cells = self._cells() if drawing == "map" else {}
        return Shown(self.told.as_of, self._columns(), rows, charts, (), notes, self.is_cut, cells)

    def _columns(self) -> list[Column]:
        heads = [dim_column(dim) for dim in self.asked.rows]
        for one in self.across:
            for measure in self.asked.measures:
                column = measure_column(measure)
                words = self.names.of(self.asked.across, one) if self.asked.across else ""
                label = (
                    f"{words} {column.label}"
                    if words and len(self.asked.measures) > 1
                    else words or column.label
                )
                heads.append(Column(label, column.kind, column.hint))
        return heads

    def _row(self, key: Key) -> list[Cell]:
        by = self.by
        for dim, value in zip(self.asked.rows, key, strict=True):
            by = by.but(dim, value)
        cells = [
            text(self._name(dim, value))
            if dim in {"cell", "block"}
            else named(self.names, dim, value)
            for dim, value in zip(self.asked.rows, key, strict=True)
        ]
        for one in self.across:
            cut = by.but(self.asked.across, one) if self.asked.across else by
            cells += [
                of_measure(m, self.value(key, one, m), _list_of(cut, m))
                for m in self.asked.measures
            ]
        return cells

    def _name(self, dim: str, value: str) -> str:
        return (
            self.names.of(dim, value)
            if value == NONE
            else f"{cell_name(value, on=self.by.until)} {value}"
        )

    def _chart(self, drawing: str) -> Chart:
        measure = self.asked.measures[0]
        row = measures()[measure]
        unit = {"share": "%", "hours": _("h")}.get(row.kind, _("matters"))
        over_time = bool(self.asked.across) and DIMS[self.asked.across].is_time
        if over_time and self.asked.drawn == "auto":
            drawing, x, series = (
                "line",
                [self.names.of(self.asked.across, one) for one in self.across],
                self._lines(measure),
            )
        else:
            keys = (
                self.down
                if drawing == "line"
                else self.down[: FEW_BARS // min(len(self.across), 3)]
            )
            x, series = [self._words(key) for key in keys], self._series(measure, keys)
        return Chart(
            row.title, drawing, {"x": x, "unit": unit, "series": series, "labels": 14}, is_wide=True
        )

    def _series(self, measure: str, keys: list[Key]) -> list[dict[str, Any]]:
        """One colour for each value across."""
        title = measures()[measure].title
        return [
            {
                "name": self.names.of(self.asked.across, one) if self.asked.across else title,
                "values": [_scaled(self.value(key, one, measure), measure) for key in keys], "tone": TONES[i % len(TONES)],
            }
            for i, one in enumerate(self.across[: len(TONES)])
        ]  # fmt: skip

    def _lines(self, measure: str) -> list[dict[str, Any]]:
        """One line for each of the first rows, over time."""
        return [
            {
                "name": self._words(key), "tone": TONES[i],
                "values": [_scaled(self.value(key, one, measure), measure) for one in self.across],
            }
            for i, key in enumerate(self.down[: len(TONES)])
        ]  # fmt: skip

    def _words(self, key: Key) -> str:
        return " ".join(
            self._short(dim, value) for dim, value in zip(self.asked.rows, key, strict=True)
        )

    def _short(self, dim: str, value: str) -> str:
        return (
            self.names.of(dim, value).split(" ")[-1]
            if dim in {"village", "grid"}
            else self.names.of(dim, value)
        )

    def _cells(self) -> dict[str, Any]:
        measure = self.asked.measures[0]
        values = {
            key[0]: self.value(key, self.across[0], measure) or 0.0
            for key in self.all_down
            if key[0] != NONE
        }
        return plain_cells(
            values, {cell: matters_url(self.by.but(self.asked.rows[0], cell)) for cell in values}
        )


def _in_order(value: str) -> tuple[bool, float, str]:
    """Numbers by size, words by letters, nothing last."""
    return (value == NONE, float(value) if value.isdigit() and len(value) < 12 else 0.0, value)


def _scaled(value: float | None, measure: str) -> float | None:
    """Return a share in per cent, all else as it is."""
    return None if value is None else round(value * (100 if measure in RATES else 1), 1)


def _list_of(by: Slice, measure: str) -> str:
    """Return the list of what a figure counts: of a rate, what stands below the line."""
    if measure in PERCENTILES:
        return matters_url(by.counted("handled"))
    rate = RATES.get(measure) or MEANS.get(measure)
    if rate is None:
        return matters_url(by.counted(*counts_behind((measure,))))
    return matters_url(by.counted(rate.denominator))
