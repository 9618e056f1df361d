"""The lines of a chart of places over time, as points to draw."""

from collections.abc import Sequence
from dataclasses import dataclass

STEP, TOP, NAMES = 24, 34, 190  # pixels: a row, the heading, the room for names on either side
WIDE, NEAREST, FARTHEST = 760, 90, 300  # of all columns; between two


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    rank: int


@dataclass(frozen=True)
class ChartLine:
    name: str
    points: str  # of an SVG polyline
    dots: Sequence[Dot]
    way: str  # up or down since the period before
    left: (
        Dot | None
    )  # where it begins in the first period, and ends in the last: there its name stands
    right: Dot | None


@dataclass(frozen=True)
class BumpChart:
    width: int
    height: int
    columns: Sequence[int]  # x of each period
    lines: Sequence[ChartLine]


def bump_chart(rows: Sequence[tuple[str, Sequence[int | None]]], *, periods: int) -> BumpChart:
    """
    Place every rank: periods from left to right, the first rank on top.

    Equal ranks would lie upon each other: those who share one stand below each other, as in a list.
    """
    gap = min(FARTHEST, max(NEAREST, WIDE // max(1, periods - 1)))
    columns = [NAMES + gap * place for place in range(periods)]
    levels = [_levels([ranks[place] for _name, ranks in rows]) for place in range(periods)]
    lines = [
        line
        for number, (name, ranks) in enumerate(rows)
        if (line := _line(name, ranks, [level.get(number) for level in levels], columns))
    ]
    deepest = max((max(level.values(), default=0) for level in levels), default=0)
    width = (columns[-1] if columns else 0) + NAMES
    return BumpChart(width, TOP + STEP * (deepest + 1), columns, lines)


def _line(
    name: str,
    ranks: Sequence[int | None],
    levels: Sequence[int | None],
    columns: Sequence[int],
) -> ChartLine | None:
    dots = [
        Dot(x, TOP + STEP * level, rank)
        for x, level, rank in zip(columns, levels, ranks, strict=True)
        if level is not None and rank is not None
    ]
    if not dots:
        return None
    points = " ".join(f"{dot.x},{dot.y}" for dot in dots)
    left = dots[0] if len(columns) > 1 and dots[0].x == columns[0] else None
    right = dots[-1] if dots[-1].x == columns[-1] else None
    return ChartLine(
        name, points, dots, _way([rank for rank in ranks[-2:] if rank is not None]), left, right
    )


def _way(last: Sequence[int]) -> str:
    if len(last) < 2 or last[0] == last[1]:
        return ""
    return "up" if last[1] < last[0] else "down"


def _levels(ranks: Sequence[int | None]) -> dict[int, int]:
    """Return the level of each row that has a rank: its place in the list of the period."""
    ordered = sorted((rank, number) for number, rank in enumerate(ranks) if rank is not None)
    return {number: level for level, (_rank, number) in enumerate(ordered)}
