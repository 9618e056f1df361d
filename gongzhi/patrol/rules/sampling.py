"""
The draw of a sample 双随机: visits and officers by a seed, so that anybody can repeat it.

1. Before the draw the population (visit ids and officer ids, ascending) is frozen. Its mark is
   SHA-256 of "visits:" + ids joined by "," + ";officers:" + ids joined by ",".
2. A secret seed is fixed at the same moment. Published is SHA-256 of seed + ":" + population mark.
3. With the draw the seed is opened. Visits are put in the order of SHA-256("visit:" + seed + ":" + id);
   the first n are the sample.
4. Each drawn visit goes, in that order, to the officer with the fewest so far who did not make the
   visit; among equals to the one with the lowest SHA-256("officer:" + seed + ":" + visit + ":" + officer).

Whoever knows seed and population gets the same sample with a few lines of any language.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    visit_id: int
    officer_id: int


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def population_mark(visit_ids: Iterable[int], officer_ids: Iterable[int]) -> str:
    visits, officers = (",".join(map(str, sorted(ids))) for ids in (visit_ids, officer_ids))
    return _digest(f"visits:{visits};officers:{officers}")


def commitment(seed: str, mark: str) -> str:
    """Return what is published before the draw: it binds the seed without telling it."""
    return _digest(f"{seed}:{mark}")


def drawn_visits(seed: str, visit_ids: Iterable[int], size: int) -> list[int]:
    ordered = sorted(set(visit_ids), key=lambda visit: (_digest(f"visit:{seed}:{visit}"), visit))
    return ordered[:size]


def draw(
    *, seed: str, made_by: Mapping[int, int], officer_ids: Sequence[int], size: int
) -> list[Drawn]:
    """
    Return the sample: `made_by` says whose each visit of the population is.

    A visit only its own officer could re-check is left out; nobody ever re-checks the own work.
    """
    load = dict.fromkeys(sorted(set(officer_ids)), 0)
    drawn: list[Drawn] = []
    for visit in drawn_visits(seed, made_by, len(made_by)):
        if len(drawn) == size:
            break
        free = [officer for officer in load if officer != made_by[visit]]
        if not free:
            continue
        least = min(load[officer] for officer in free)
        chosen = min(
            (officer for officer in free if load[officer] == least),
            key=lambda officer: (_digest(f"officer:{seed}:{visit}:{officer}"), officer),
        )
        load[chosen] += 1
        drawn.append(Drawn(visit, chosen))
    return drawn


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[dict[str, str | int]]:
    """Return the lines on which two visits say different things."""
    return [
        {"n": int(n), "before": before.get(n, ""), "now": now.get(n, "")}
        for n in sorted({*before, *now}, key=int)
        if before.get(n) != now.get(n)
    ]
