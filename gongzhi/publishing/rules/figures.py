"""Small numbers point at people: what is below the threshold is told only together with others."""

from collections.abc import Iterable


def protected(counts: Iterable[tuple[str, int]], *, least: int) -> tuple[dict[str, int], int]:
    """
    Return the parts that may be told apart, and the sum of the others.

    If the others together stayed below the threshold, or were one part alone, subtracting from the total would
    tell them: then the smallest of the rest joins them.
    """
    rows = sorted(((name, n) for name, n in counts if n > 0), key=lambda row: (row[1], row[0]))
    small = [row for row in rows if row[1] < least]
    shown = rows[len(small) :]
    while small and shown and (len(small) == 1 or sum(n for _name, n in small) < least):
        small.append(shown.pop(0))
    return dict(shown), sum(n for _name, n in small)
