"""How tests come in: as a resident, or signed in as one of the cast."""

import json

from django.db import connection
from django.test import Client

from gongzhi.accounts.tests.builders import PASSWORD
from gongzhi.base import bus
from gongzhi.matters.models import Matter, Reporter
from tests.cast import IN_GRID, Cast

KEY = "a-key-of-a-form-that-was-sent"


def signed_in(name: str) -> Client:
    client = Client()
    client.post("/sign-in", {"username": name, "password": PASSWORD})
    return client


def what_a_resident_sends(cast: Cast, **changes) -> dict:
    return {
        "item": cast.item.id, "lon": IN_GRID[0], "lat": IN_GRID[1], "text": "胜和路口井盖破了", "idempotency_key": KEY,
    } | changes  # fmt: skip


def reported(cast: Cast, **changes) -> tuple[Matter, str]:
    """Send a report through the page; return the matter and the reporter's code."""
    Client().post("/report", what_a_resident_sends(cast, **changes))
    return Matter.objects.latest("id"), Reporter.objects.latest("id").code


def run_reactions() -> None:
    """Do what the worker would: every reaction queued so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'gongzhi.react' ORDER BY id"
        )
        waiting = [row[0] for row in cursor.fetchall()]
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'gongzhi.react'")
    for args in waiting:
        bus.react(**(json.loads(args) if isinstance(args, str) else args))
