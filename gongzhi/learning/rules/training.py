"""Trains a linear model on texts and says honestly how good it is on later ones it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gongzhi.learning.rules.linear import Guess, Linear, guesses

SEED = 20260101
BINS = (
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.7,
    0.8,
    0.9,
)  # edges of the scores a suggestion is judged by


@dataclass(frozen=True)
class Sample:
    """One settled matter: its features, what it was in the end, and where (only to count villages)."""

    features: Sequence[str]
    code: str
    village: str


@dataclass(frozen=True)
class Bounds:
    """How much is learned: limits on words, classes and work."""

    class_least: int
    word_matters: int
    word_villages: int
    most_words: int
    epochs: int


@dataclass
class ClassReport:
    """How well one class was found among later matters."""

    code: str
    matters: int = 0
    first: int = 0
    among_three: int = 0
    taken_for: dict[str, int] = field(default_factory=dict)  # what was suggested first instead


@dataclass(frozen=True)
class Report:
    """Accuracy on later matters: of all, by class, and by how sure the model was."""

    matters: int
    first: int
    among_three: int
    frequent_first: int  # how often "always the most frequent class" would have been right
    classes: list[ClassReport]
    sure: list[tuple[int, int]]  # by bin of score: suggestions, right ones


def train(samples: Sequence[Sample], bounds: Bounds) -> Linear:
    """Fit one-against-the-rest logistic regression; the same samples give the same model."""
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415 - slow to load, only training needs it
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    kept = _of_frequent_classes(samples, bounds.class_least)
    classes = sorted({sample.code for sample in kept})
    features = _vocabulary(kept, bounds)
    if len(classes) < 2 or not features:
        return _nothing()
    matrix, idf = _matrix(kept, features)
    place = {code: k for k, code in enumerate(classes)}
    labels = np.array([place[sample.code] for sample in kept])
    with threadpool_limits(1):
        fitted = SGDClassifier(
            loss="log_loss", alpha=3e-6, max_iter=bounds.epochs, tol=None, random_state=SEED, average=True
        ).fit(matrix, labels)  # fmt: skip
    return _linear(classes, features, idf, fitted)


def _linear(classes: list[str], features: list[str], idf: Any, fitted: Any) -> Linear:
    weights, bias = fitted.coef_, fitted.intercept_
    if len(classes) == 2:  # one line separates two classes: write it for both
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return Linear(
        tuple(classes), tuple(features), idf, bias.astype(np.float32),
        np.ascontiguousarray(weights.T, dtype=np.float16), {word: row for row, word in enumerate(features)},
    )  # fmt: skip


def _nothing() -> Linear:
    none = np.zeros(0, np.float32)
    return Linear((), (), none, none, np.zeros((0, 0), np.float16))


def _of_frequent_classes(samples: Sequence[Sample], least: int) -> list[Sample]:
    codes, counts = np.unique([sample.code for sample in samples], return_counts=True)
    often = {str(code) for code, count in zip(codes, counts, strict=True) if count >= least}
    return [sample for sample in samples if sample.code in often]


def _vocabulary(samples: Sequence[Sample], bounds: Bounds) -> list[str]:
    """Keep what stands in enough matters of enough villages: nobody's own words become the model's."""
    matters: dict[str, int] = {}
    villages: dict[str, set[str]] = {}
    for sample in samples:
        for word in set(sample.features):
            matters[word] = matters.get(word, 0) + 1
            seen = villages.setdefault(word, set())
            if len(seen) < bounds.word_villages:
                seen.add(sample.village)
    kept = [
        word
        for word, count in matters.items()
        if count >= bounds.word_matters and len(villages[word]) >= bounds.word_villages
    ]
    return sorted(sorted(kept, key=lambda word: (-matters[word], word))[: bounds.most_words])


def _matrix(samples: Sequence[Sample], features: Sequence[str]) -> tuple[Any, Any]:
    """Return the texts as rows of length one, and the rarity of each feature."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only training needs it

    row_of = {word: row for row, word in enumerate(features)}
    columns = [[row_of[word] for word in sample.features if word in row_of] for sample in samples]
    starts = np.concatenate([[0], np.cumsum([len(one) for one in columns])])
    flat = np.fromiter((c for one in columns for c in one), dtype=np.int32, count=int(starts[-1]))
    matrix = csr_matrix(
        (np.ones(len(flat), np.float32), flat, starts), shape=(len(samples), len(features))
    )
    matrix.sum_duplicates()
    matrix.data = (1 + np.log(matrix.data)).astype(np.float32)
    spread = np.bincount(matrix.indices, minlength=len(features))
    idf = (np.log((1 + len(samples)) / (1 + spread)) + 1).astype(np.float32)
    matrix.data *= idf[matrix.indices]
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(matrix.indptr)).astype(np.float32)
    return matrix, idf


def judged(model: Linear, later: Sequence[Sample], *, frequent: str) -> Report:
    """Let the model guess later matters and count how often it was right."""
    classes: dict[str, ClassReport] = {}
    sure = [[0, 0] for _bin in range(len(BINS) + 1)]
    for sample in later:
        found = guesses(model, sample.features, most=3, reasons=0)
        _count(classes.setdefault(sample.code, ClassReport(sample.code)), found)
        if found:
            place = int(np.searchsorted(BINS, found[0].score, side="right"))
            sure[place][0] += 1
            sure[place][1] += found[0].code == sample.code
    rows = sorted(classes.values(), key=lambda row: (-row.matters, row.code))
    return Report(
        len(later), sum(r.first for r in rows), sum(r.among_three for r in rows),
        sum(sample.code == frequent for sample in later), rows, [(a, b) for a, b in sure],
    )  # fmt: skip


def _count(row: ClassReport, found: Sequence[Guess]) -> None:
    codes = [guess.code for guess in found]
    row.matters += 1
    row.first += codes[:1] == [row.code]
    row.among_three += row.code in codes
    if codes and codes[0] != row.code:
        row.taken_for[codes[0]] = row.taken_for.get(codes[0], 0) + 1


def most_frequent(samples: Sequence[Sample]) -> str:
    codes, counts = np.unique([sample.code for sample in samples], return_counts=True)
    return str(codes[np.argmax(counts)]) if len(codes) else ""


def of_ten(sure: Sequence[Sequence[int]], score: float) -> int | None:
    """Return how many of ten held-out suggestions as sure as this one were right; None where too few were seen."""
    place = int(np.searchsorted(BINS, score, side="right"))
    seen, right = sure[place] if place < len(sure) else (0, 0)
    return round(10 * right / seen) if seen >= 10 else None
