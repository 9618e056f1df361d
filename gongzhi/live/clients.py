"""The one connection that hears when something was published."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import psycopg
from django.db import connection

CHANNEL = "figures"
AGAIN = 2.0  # seconds until a lost connection is tried again
LOOK = 5.0  # seconds after which one looks even when nothing was heard

_log = logging.getLogger(__name__)


async def heard() -> AsyncIterator[None]:
    """Yield at once, whenever something is published, and every few seconds in between; reconnects by itself."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                **_parameters(), autocommit=True
            ) as listening:
                await listening.execute(f"LISTEN {CHANNEL}")
                yield None
                while True:
                    await _next(listening)
                    yield None
        except psycopg.OperationalError as trouble:
            _log.warning("The stream has lost the database and tries again: %s", trouble)
            await asyncio.sleep(AGAIN)


async def _next(listening: "psycopg.AsyncConnection[Any]") -> None:
    """Wait for a publication; several at once are one."""
    async for _notice in listening.notifies(timeout=LOOK, stop_after=1):
        pass
    if listening.closed:
        raise psycopg.OperationalError("the connection was closed")


def _parameters() -> dict[str, Any]:
    found = connection.get_connection_params()
    return {name: found[name] for name in found if name not in {"cursor_factory", "context"}}
