"""
Answers a process keeps for a few seconds, so that a hundred open maps cost what one does.

An answer is made once while others wait for it. Its key holds the reach it was made for: nobody is
given what was made for somebody else. Time is part of the key, so nothing has to be thrown away by hand.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, Final, TypeVar

from gongzhi.base.actor import Actor

T = TypeVar("T")
MOST: Final = 400


class Kept:
    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the answer kept under the key, made now if there is none."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                found: T = self._held[key]
                return found
            making = self._locks.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._held:
                    known: T = self._held[key]
                    return known
            try:
                made = make()
            finally:
                with self._lock:
                    self._locks.pop(key, None)
            with self._lock:
                self._held[key] = made
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
            return made

    def forget(self) -> None:
        with self._lock:
            self._held.clear()


kept: Final = Kept()


def reach_key(actor: Actor, capability: str) -> tuple[tuple[str, int], ...]:
    """Return a mark of what the actor reaches with a capability: equal marks see equal rows."""
    return tuple(sorted((grant.area, grant.unit or 0) for grant in actor.grants_for(capability)))


def moment(at: datetime, seconds: int) -> int:
    """Return a number that changes every so many seconds."""
    return int(at.timestamp()) // seconds
