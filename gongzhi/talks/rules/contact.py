"""When a side may be called unreachable: 人民法院在线调解规则 art. 25 (3), with the city's own numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Tried:
    """One attempt on record: how, on which day, and whether the side itself was spoken to."""

    way: str
    on: date
    is_reached: bool


def lacking(tried: Iterable[Tried], norms: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """
    Return what is missing before "cannot be reached" may be the ground: norm → (is, should be).

    Empty when it may. A side that was spoken to is not unreachable: {"reached": …}.
    """
    rows = list(tried)
    reached = sum(row.is_reached for row in rows)
    if reached:
        return {"reached": (reached, 0)}
    counted = {
        "attempts.least": len(rows),
        "attempts.ways": len({row.way for row in rows}),
        "attempts.days": len({row.on for row in rows}),
    }
    return {
        norm: (count, norms[norm]) for norm, count in counted.items() if count < norms.get(norm, 0)
    }
