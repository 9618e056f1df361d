"""The town the stories play in, and the jobs its worker does."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

from django.db import connection, connections
from procrastinate.contrib.django import app

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_user
from tests.cast import Cast, a_town


@dataclass
class Town:
    """The cast, and a new spot for each report: two at one spot would be taken for the same."""

    cast: Cast
    _spots: count = field(default_factory=count)

    def spot(self) -> tuple[float, float]:
        """Return a point of the first grid, some 300 m from all others."""
        number = next(self._spots)
        return round(113.703 + number % 30 * 0.003, 6), round(23.023 + number // 30 * 0.003, 6)


def a_browsable_town() -> Town:
    cast = a_town()
    boss = a_user(username="boss", name="Boss")
    a_posting(user=boss, role="system_admin", unit=cast.units["city"], area_path="441900/")
    accounts.forget()
    return Town(cast)


def do_jobs() -> None:
    """Do everything that waits, as the worker does; every job must succeed at its first try."""
    # The browser's event loop runs in this thread, so the worker's gets one of its own.
    with ThreadPoolExecutor(1) as clerk:
        clerk.submit(asyncio.run, _work()).result(timeout=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM procrastinate_jobs WHERE status = 'failed' OR attempts > 0 AND status = 'todo'")
        assert cursor.fetchall() == []


async def _work() -> None:
    hands = ThreadPoolExecutor(1)
    asyncio.get_running_loop().set_default_executor(hands)
    worker = app.with_connector(app.connector.get_worker_connector())
    async with worker.open_async():
        await worker.run_worker_async(
            wait=False, concurrency=1, listen_notify=False, install_signal_handlers=False
        )
    hands.submit(connections.close_all).result()
