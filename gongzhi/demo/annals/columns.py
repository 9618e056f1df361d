"""
Columns of a table as Arrow arrays, and their lines as COPY reads them.

Millions of lines are put together by Arrow, whose one loop over a column costs what Python's takes for a hundredth
of it. Texts never hold a tab, a new line or a backslash: what COPY would read otherwise is refused when a text is kept.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

UNSAFE = frozenset("\\\t\n\r")


class Texts:
    """A list of texts that columns point into by index."""

    def __init__(self, texts: Iterable[str]) -> None:
        kept = list(texts)
        if broken := next((text for text in kept if UNSAFE.intersection(text)), None):
            raise ValueError(f"a text that cannot be copied: {broken!r}")
        self.values = pa.array(kept, pa.string())

    def __len__(self) -> int:
        return len(self.values)

    def take(self, index: Any) -> Any:
        return pc.take(self.values, pa.array(index))

    def as_json(self) -> "Texts":
        """Return the texts as they stand in a JSON document; none of ours needs an escape."""
        written = [json.dumps(text, ensure_ascii=False) for text in self.values.to_pylist()]
        return Texts(written)


def number(values: Any, *, empty: Any = None) -> Any:
    """Return integers as text; null where `empty` says so."""
    return pc.cast(pa.array(values, mask=empty), pa.string())


def decimal(values: Any, *, empty: Any = None) -> Any:
    return pc.cast(pa.array(np.asarray(values, dtype=np.float64), mask=empty), pa.string())


def flag(values: Any, *, empty: Any = None) -> Any:
    return pc.cast(pa.array(np.asarray(values, dtype=np.bool_), mask=empty), pa.string())


def moment(seconds: Any, *, empty: Any = None) -> Any:
    """Return instants (seconds since the epoch) as PostgreSQL reads them."""
    at = pa.array(np.asarray(seconds, dtype=np.int64), mask=empty)
    return pc.cast(pc.cast(at, pa.timestamp("s", "UTC")), pa.string())


def day(numbers: Any) -> Any:
    """Return days (since 1970-01-01) as text."""
    return pc.cast(pc.cast(pa.array(np.asarray(numbers, dtype=np.int32)), pa.date32()), pa.string())


def joined(*parts: Any, by: str = "") -> Any:
    """Put texts together, line by line; a plain text stands in every line."""
    return pc.binary_join_element_wise(*map(_scalar, parts), by)


def lines(columns: Sequence[Any]) -> memoryview:
    """Return the lines of COPY's text format, one for each row of the columns."""
    rows = pc.binary_join_element_wise(
        *map(_scalar, columns), "\t", null_handling="replace", null_replacement="\\N"
    )
    ended = pc.binary_join_element_wise(rows, "\n", "")
    begin, end = ended.offset, ended.offset + len(ended)
    offsets = np.frombuffer(ended.buffers()[1], dtype=np.int32)
    return memoryview(ended.buffers()[2])[int(offsets[begin]) : int(offsets[end])]


def fixed(letters: Any) -> Any:
    """Return texts of one width from a matrix of their bytes, one row a text."""
    count, width = letters.shape
    ends = np.arange(0, (count + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(
        count, pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(letters, dtype=np.uint8))
    )


def _scalar(part: Any) -> Any:
    return pa.scalar(part, pa.string()) if isinstance(part, str) or part is None else part
