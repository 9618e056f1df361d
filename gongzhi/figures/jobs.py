"""What figures do by themselves: the consumer's loop, and forgetting old news."""

import logging
import threading
import time

from django.db import DatabaseError, connection
from django.utils import timezone

from gongzhi.figures import actions

AT_ONCE = 2000  # changes taken in one transaction
PACE = 2.0  # seconds between two publications
STANDBY = 5.0  # seconds until a second consumer looks whether the first one still lives
TROUBLE = 3.0

_log = logging.getLogger(__name__)


def follow(stop: threading.Event) -> None:
    """Bring the figures up to the register again and again, until told to stop."""
    while not stop.is_set():
        began = time.monotonic()
        rest = _once()
        stop.wait(max(0.0, rest - (time.monotonic() - began)))


def _once() -> float:
    """Take what is waiting; return how many seconds after its beginning the next time is due."""
    try:
        done = actions.consume(limit=AT_ONCE, at=timezone.now())
    except DatabaseError as trouble:
        # Nothing is lost: the transaction is undone and the queue still holds the changes.
        _log.warning("The figures could not be brought up and are tried again: %s", trouble)
        connection.close()
        return TROUBLE
    if done.is_busy:
        return STANDBY
    return 0.0 if done.changes >= AT_ONCE else PACE


def forget_news(**_ignored: object) -> None:
    actions.forget_news(at=timezone.now())
