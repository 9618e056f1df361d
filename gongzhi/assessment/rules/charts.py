"""The lines of a chart of places over time, as points to draw."""

from collections.abc import Sequence
from dataclasses import dataclass

STEP, GAP, TOP, LEFT, NAMES = 24, 120, 34, 46, 170  # pixels


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
    columns = [LEFT + GAP * place for place in range(periods)]
    levels = [_levels([ranks[place] for _name, ranks in rows]) for place in range(periods)]
    lines = []
    for number, (name, ranks) in enumerate(rows):
        dots = [
            Dot(columns[place], TOP + STEP * levels[place][number], rank)
            for place, rank in enumerate(ranks)
            if rank is not None
        ]
        if dots:
            lines.append(ChartLine(name, " ".join(f"{dot.x},{dot.y}" for dot in dots), dots))
    width = (columns[-1] if columns else LEFT) + NAMES
    return BumpChart(width, TOP + STEP * max(1, len(rows)) + 10, columns, lines)


def _levels(ranks: Sequence[int | None]) -> dict[int, int]:
    """Return the level of each row that has a rank: its place in the list of the period."""
    ordered = sorted((rank, number) for number, rank in enumerate(ranks) if rank is not None)
    return {number: level for level, (_rank, number) in enumerate(ordered)}
