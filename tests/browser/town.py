"""The town the stories play in, and the jobs its worker does."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.tests.builders import a_posting, a_user
from gongzhi.base.actor import ANONYMOUS
from gongzhi.catalogue import queries as catalogue
from gongzhi.incidents import actions as incidents
from gongzhi.incidents.actions import Report
from gongzhi.matters import actions as matters
from gongzhi.notices import actions as notices
from gongzhi.notices.models import QuietHours
from tests.cast import Cast, a_photo, a_town


@dataclass
class Town:
    """The cast, and a new spot for each report: two at one spot would be taken for the same."""

    cast: Cast
    _spots: count = field(default_factory=count)

    def spot(self) -> tuple[float, float]:
        """Return a point of the first grid, some 300 m from all others."""
        number = next(self._spots)
        return round(113.703 + number % 30 * 0.003, 6), round(23.023 + number // 30 * 0.003, 6)

    def a_report(self, *, spot: tuple[float, float] = (), **said: Any) -> matters.Opened:
        """File a report as a resident does, without the pages."""
        lon, lat = spot or self.spot()
        contact = matters.Contact(phone=said.pop("phone", ""))
        report = Report(
            **{"item_id": self.cast.item.id, "lon": lon, "lat": lat, "text": "井盖破了"} | said,
            contact=contact,
        )
        return incidents.report(said=report, actor=ANONYMOUS, at=timezone.now())

    def brought_to(self, state: str, *, standard: int = 0, **said: Any) -> matters.Opened:
        """Return a matter that the cast has brought to the state, one move after the other."""
        opened = self.a_report(**said)
        number = iter(WAY)
        now = opened.matter
        while now.state != state:
            who, move, values = next(number)
            at = timezone.now()
            actor = self.cast.actor(who, at)
            if move == "register":
                standards = catalogue.standards(self.cast.item.id)
                values = {"item": self.cast.item.id, "standard": standards[standard].id}
            photos = [a_photo(actor, at=at)] if move == "hand_in" else []
            now = matters.move(
                matter_id=now.id, move=move, values=values | {"uploads": photos}, actor=actor, at=at
            )
        return replace(opened, matter=now)


WAY = (
    ("omar", "verify", {"is_true": "yes", "note": "属实"}),
    ("mei", "register", {}),
    ("lin", "dispatch", {}),
    ("bo", "accept", {}),
    ("bo", "hand_in", {"note": "已更换井盖"}),
    ("omar", "pass_check", {}),
    ("tan", "close", {}),
)


def a_browsable_town() -> Town:
    cast = a_town()
    notices.load_templates()
    QuietHours.objects.all().delete()  # stories are told at any hour, their messages go out at once
    boss = a_user(username="boss", name="Boss")
    a_posting(user=boss, role="system_admin", unit=cast.units["city"], area_path="")
    accounts.forget()
    return Town(cast)


def do_jobs() -> None:
    """Do everything that waits, as the worker does; every job must succeed at its first try."""
    # The browser's event loop runs in this thread, so the worker's gets one of its own.
    with ThreadPoolExecutor(1) as clerk:
        clerk.submit(asyncio.run, _work()).result(timeout=60)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM procrastinate_jobs WHERE status = 'failed' OR attempts > 0 AND status = 'todo'"
        )
        assert cursor.fetchall() == []


def forget_jobs() -> None:
    """Empty the queue: its tables are no models of ours, so what empties the others leaves them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_periodic_defers CASCADE")


async def _work() -> None:
    hands = ThreadPoolExecutor(1)
    asyncio.get_running_loop().set_default_executor(hands)
    worker = app.with_connector(app.connector.get_worker_connector())
    async with worker.open_async():
        await worker.run_worker_async(
            wait=False, concurrency=1, listen_notify=False, install_signal_handlers=False
        )
    # Jobs ran in our own thread, what they queued in that of asgiref: both keep a connection.
    hands.submit(connections.close_all).result()
    await sync_to_async(connections.close_all)()
