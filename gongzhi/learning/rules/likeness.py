"""How alike two texts are: the angle between their words, each weighed by its rarity."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt
from statistics import median as middle

from gongzhi.learning.rules.linear import Linear

UNKNOWN = 1.0  # rarity of a word the model has never seen; most are names of places
NAMED = 12  # shared features returned as reasons


def rarity(model: Linear) -> Mapping[str, float]:
    return {feature: float(model.idf[row]) for feature, row in model.row_of.items()}


def weighed(features: Sequence[str], *, rarity: Mapping[str, float]) -> dict[str, float]:
    """Return the features with their weights, of length one together."""
    counted = Counter(features)
    values = {word: (1 + log(n)) * rarity.get(word, UNKNOWN) for word, n in counted.items()}
    length = sqrt(sum(value * value for value in values.values())) or 1.0
    return {word: value / length for word, value in values.items()}


def most_alike(
    asked: Sequence[str],
    pool: Sequence[Sequence[str]],
    *,
    rarity: Mapping[str, float],
    least: float,
    most: int,
) -> list[tuple[int, float, list[str]]]:
    """Return place, likeness (0 to 1) and shared features of the most alike texts; equal ones in the pool's order."""
    mine = weighed(asked, rarity=rarity)
    found = []
    for place, features in enumerate(pool):
        other = weighed(features, rarity=rarity)
        parts = {word: mine[word] * other[word] for word in mine.keys() & other.keys()}
        score = sum(parts.values())
        if score >= least:
            shared = sorted(parts, key=lambda word: (-parts[word], word))[:NAMED]
            found.append((place, min(score, 1.0), shared))
    return sorted(found, key=lambda row: (-row[1], row[0]))[:most]


def median(values: Sequence[float]) -> float | None:
    return middle(values) if values else None
