"""
A linear model as plain arrays: what it knows, how it scores, and which words led it there.

No pickled object is ever read: a model is a JSON header and one block of numbers, found by its SHA-256.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from mmap import mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"GZLINEAR1\n"
ALIGNED = 64  # bytes; the numbers begin where a processor reads them well
_LENGTH = 8  # bytes of the header's length


@dataclass(frozen=True)
class Linear:
    """One row of weights a feature, one column a class; scores are one-against-the-rest."""

    classes: tuple[str, ...]
    features: tuple[str, ...]
    idf: NDArray[np.float32]
    bias: NDArray[np.float32]
    weights: NDArray[np.float16]  # features × classes
    row_of: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.classes


@dataclass(frozen=True)
class Guess:
    """A class the model thinks of, how sure it is (0 to 1), and the features that speak for it."""

    code: str
    score: float
    because: tuple[str, ...]


class BrokenModel(ValueError):
    """The bytes are not a model of ours."""


def guesses(model: Linear, features: Sequence[str], *, most: int, reasons: int = 6) -> list[Guess]:
    """Return the likeliest classes, the best first; none for a text of which the model knows no word."""
    rows, values = _weighed(model, features)
    if not len(rows):
        return []
    parts = model.weights[rows].astype(np.float32) * values[:, None]
    scores = _shares(parts.sum(axis=0) + model.bias)
    best = np.argsort(-scores, kind="stable")[:most]
    return [
        Guess(model.classes[k], float(scores[k]), _reasons(model, rows, parts[:, k], most=reasons))
        for k in best
    ]


def _weighed(
    model: Linear, features: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return rows and values of a text: 1 + log of the count, by rarity, of length one."""
    counted = Counter(model.row_of[word] for word in features if word in model.row_of)
    rows = np.array(sorted(counted), dtype=np.int64)
    if not len(rows):
        return rows, np.zeros(0, dtype=np.float32)
    counts = np.array([counted[row] for row in rows.tolist()], dtype=np.float32)
    values = (1 + np.log(counts)) * model.idf[rows]
    return rows, (values / np.sqrt((values**2).sum())).astype(np.float32)


def _shares(margins: NDArray[np.float32]) -> NDArray[np.float64]:
    """Turn margins against the rest into shares that add up to one."""
    odds: NDArray[np.float64] = 1 / (1 + np.exp(-margins.astype(np.float64)))
    return odds / max(float(odds.sum()), 1e-12)


def _reasons(
    model: Linear, rows: NDArray[np.int64], parts: NDArray[np.float32], *, most: int
) -> tuple[str, ...]:
    order = np.argsort(-parts, kind="stable")[:most]
    return tuple(model.features[rows[i]] for i in order if parts[i] > 0)


def written(model: Linear, *, about: Mapping[str, Any]) -> bytes:
    """Return the model as bytes: header, padding, numbers (little-endian, half precision)."""
    header = {
        "about": dict(about), "classes": model.classes, "features": model.features,
        "idf": [round(float(v), 5) for v in model.idf], "bias": [round(float(v), 5) for v in model.bias],
    }  # fmt: skip
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    start = MAGIC + len(text).to_bytes(_LENGTH, "little") + text
    padding = b"\0" * (-len(start) % ALIGNED)
    return start + padding + np.ascontiguousarray(model.weights, dtype="<f2").tobytes()


def read(content: bytes | mmap, *, sha256: str = "") -> Linear:
    """Return the model in the bytes; BrokenModel when they are others than the hash says, or no model."""
    raw = memoryview(content).cast("B")
    if sha256 and hashlib.sha256(raw).hexdigest() != sha256:
        raise BrokenModel("the bytes have another hash")
    begin = len(MAGIC) + _LENGTH
    if bytes(raw[: len(MAGIC)]) != MAGIC:
        raise BrokenModel("the bytes are no model")
    length = int.from_bytes(raw[len(MAGIC) : begin], "little")
    header = json.loads(bytes(raw[begin : begin + length]))
    classes, features = tuple(header["classes"]), tuple(header["features"])
    offset = begin + length + (-(begin + length) % ALIGNED)
    numbers = np.frombuffer(raw, dtype="<f2", offset=offset)
    if numbers.size != len(classes) * len(features):
        raise BrokenModel("numbers are missing")
    return Linear(
        classes, features, np.array(header["idf"], np.float32), np.array(header["bias"], np.float32),
        numbers.reshape(len(features), len(classes)), {word: row for row, word in enumerate(features)},
    )  # fmt: skip
