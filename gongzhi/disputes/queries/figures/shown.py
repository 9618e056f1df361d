"""How a count, a rate and a hidden count are told. Plain numbers in, plain numbers out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDRED, TENTH = Decimal(100), Decimal("0.1")


def percent(kept: int, asked: int) -> Decimal | None:
    """Return the rate in per cent to one decimal, half up; None where nothing was asked."""
    if not asked:
        return None
    return (HUNDRED * kept / asked).quantize(TENTH, ROUND_HALF_UP)


TOTAL = ""  # the key of all together
Counts = Mapping[str, int]


@dataclass(frozen=True)
class AddsUp:
    """Counts that add up in every row: any one of them is known where all the others are told."""

    whole: str
    parts: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        return self.whole, *self.parts


def masked_table(
    table: Mapping[str, Counts],
    sums: Sequence[AddsUp],
    *,
    below: int,
    dearest: Collection[str] = (),
) -> dict[str, set[str]]:
    """
    Return, by row, which counts must not be told; the row of key TOTAL holds all together.

    Hidden are those above 0 and below the threshold, and as many more as keep one from being found by
    subtraction: from the total of its column, or from what adds up with it in its row. What is `dearest` is
    given up last.
    """
    hidden = {key: {name for name, n in counts.items() if 0 < n < below} for key, counts in table.items()}  # fmt: skip
    rows = {key: counts for key, counts in table.items() if key != TOTAL}
    before = -1
    while before != (before := sum(map(len, hidden.values()))):
        for key, counts in table.items():
            for one in sums:
                _hide_in_row(counts, one, hidden[key], dearest)
        for name in table[TOTAL]:
            _hide_in_column(rows, name, hidden)
    return hidden


def _hide_in_row(counts: Counts, one: AddsUp, hidden: set[str], dearest: Collection[str]) -> None:
    if len(hidden & set(one.members)) != 1:
        return
    others = [name for name in one.members if counts[name] and name not in hidden]
    if others:
        hidden.add(min(others, key=lambda name: (name in dearest, counts[name], name)))


def _hide_in_column(rows: Mapping[str, Counts], name: str, hidden: dict[str, set[str]]) -> None:
    alone = [key for key in rows if name in hidden[key]]
    if len(alone) != 1 or name in hidden[TOTAL]:
        return
    others = [key for key, counts in rows.items() if counts[name] and key not in alone]
    hidden[min(others, key=lambda key: (rows[key][name], key)) if others else TOTAL].add(name)
