"""
What a process keeps in memory of tables that everybody asks for and that rarely change.

With the tables changes a mark: one row that is compared at most every few seconds. Between two looks
no statement is sent at all. What this process changed itself it knows at once, by `forget`.
"""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection

M = TypeVar("M")
S = TypeVar("S")

LOOK_AGAIN = 3.0  # seconds


class Snapshot(Generic[M, S]):
    """One state of some tables, made by `read` from the mark that `mark` found."""

    def __init__(self, *, mark: Callable[[], M], read: Callable[[M], S]) -> None:
        self._mark, self._read = mark, read
        self._held: tuple[M, S] | None = None
        self._looked_at = 0.0
        self._lock = threading.Lock()

    def current(self, *, look_now: bool = False) -> S:
        """Return the state as of a few seconds ago at the latest."""
        held = self._held
        is_fresh = not look_now and time.monotonic() - self._looked_at < LOOK_AGAIN
        return held[1] if held and is_fresh else self._looked()

    def _looked(self) -> S:
        with self._lock:
            mark, held = self._mark(), self._held
            if held is None or held[0] != mark:
                held = self._held = (mark, self._read(mark))
            # Without a mark, what an open transaction sees may be rolled back unnoticed: look next time too.
            is_certain = mark is not None or not connection.in_atomic_block
            self._looked_at = time.monotonic() if is_certain else 0.0
            return held[1]

    def forget(self) -> None:
        """Read anew at the next question."""
        self._held = None
