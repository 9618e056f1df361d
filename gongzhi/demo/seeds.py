"""Random numbers that depend only on the seed and the words that name their use."""

import random
import zlib

import numpy as np


def _number(seed: int, parts: tuple[object, ...]) -> int:
    return (seed << 32) ^ zlib.crc32("/".join(map(str, parts)).encode())


def generator(seed: int, *parts: object) -> np.random.Generator:
    """Return numpy's generator for one named purpose; two purposes never share a stream."""
    return np.random.default_rng(_number(seed, parts))


def dice(seed: int, *parts: object) -> random.Random:
    """Return the standard library's generator for one named purpose."""
    return random.Random(_number(seed, parts))  # noqa: S311 - invents a city, guards nothing
