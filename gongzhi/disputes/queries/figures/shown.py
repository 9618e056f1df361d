"""How a count, a rate and a hidden count are told. Plain numbers in, plain numbers out."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

HUNDRED, TENTH = Decimal(100), Decimal("0.1")


def percent(kept: int, asked: int) -> Decimal | None:
    """Return the rate in per cent to one decimal, half up; None where nothing was asked."""
    if not asked:
        return None
    return (HUNDRED * kept / asked).quantize(TENTH, ROUND_HALF_UP)


def hidden_keys(counts: Mapping[str, int], *, below: int, has_total: bool = True) -> set[str]:
    """
    Return which counts of a column must not be told.

    Those above 0 and below the threshold; and, where the total is told too and only one is hidden, the
    smallest of the others, because the hidden one would be the total less the rest.
    """
    small = {key for key, count in counts.items() if 0 < count < below}
    others = {key: count for key, count in counts.items() if key not in small and count}
    if has_total and len(small) == 1 and others:
        small.add(min(others, key=lambda key: (others[key], key)))
    return small


def masked_table(
    rows: Sequence[tuple[str, Mapping[str, int]]], *, columns: Sequence[str], below: int
) -> dict[str, set[str]]:
    """Return, by row, which columns are hidden."""
    hidden: dict[str, set[str]] = {key: set() for key, _counts in rows}
    for column in columns:
        for key in hidden_keys({key: counts[column] for key, counts in rows}, below=below):
            hidden[key].add(column)
    return hidden
