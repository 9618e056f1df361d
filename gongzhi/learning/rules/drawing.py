"""The lines of a chart as points of a drawing: what came, what was said of it, what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDE, NARROW, HEIGHT = 960, 400, 280
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 14, 30


@dataclass(frozen=True)
class Drawing:
    """Points in the units of the view box; each text is "x,y x,y …" as SVG reads it."""

    came: str
    held_out: str
    ahead: str
    band: str
    grid: list[tuple[float, int]]  # height and value of each line across
    ticks: list[tuple[float, int]]  # place and index of each week's first day
    now_x: float
    columns: list[float]  # left edge of each day, for what is told when pointing at it
    column_width: float
    width: int
    height: int = HEIGHT


def drawn(
    *,
    came: Sequence[float],
    held_out: Sequence[float],
    ahead: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    first_weekday: int,
    width: int = WIDE,
) -> Drawing:
    """Draw days of the past and of the time to come; held-out days end with the past."""
    count = len(came) + len(ahead)
    step = steps_to(max([*came, *held_out, *high, 1]))
    top = step * ceil(max([*came, *held_out, *high, 1]) / step)

    def x(index: float) -> float:
        return round(LEFT + (width - LEFT - RIGHT) * index / max(count - 1, 1), 1)

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top), 1)

    def line(values: Sequence[float], start: int) -> str:
        return " ".join(f"{x(start + n)},{y(value)}" for n, value in enumerate(values))

    start = len(came)
    back = [f"{x(start + n)},{y(low[n])}" for n in range(len(low) - 1, -1, -1)]
    return Drawing(
        came=line(came, 0),
        held_out=line(held_out, len(came) - len(held_out)),
        ahead=line([*came[-1:], *ahead], start - 1 if came else 0),
        band=" ".join([line(high, start), *back]),
        grid=[(y(value), value) for value in range(0, top + 1, step)],
        ticks=[(x(n), n) for n in range(count) if (first_weekday + n) % 7 == 0],
        now_x=x(start - 0.5),
        columns=[x(n - 0.5) for n in range(count)],
        column_width=round(x(1) - x(0), 1),
        width=width,
    )


def steps_to(most: float) -> int:
    """Return a round distance of lines across, so that about four of them are drawn."""
    rough = max(most / 4, 1)
    size = 10 ** int(log10(rough))
    return int(next(step * size for step in (1, 2, 5, 10) if step * size >= rough))
