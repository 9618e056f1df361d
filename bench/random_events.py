"""
A hundred thousand events at random while consumers are killed (kill -9): the recount must be the same.

    python -m bench.random_events EVENTS

Runs on the database DATABASE_URL names, which must be empty; prints one JSON document.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import django

AREAS = 60
COMMAND = [sys.executable, "-m", "gongzhi.config.cli", "figures"]


@dataclass
class Mortals:
    """Two consumers, of which one stands by; a moment after one was seen at work, one of them dies."""

    chance: random.Random
    children: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    deaths: int = 0
    seen: int = 0  # the last news when one died
    dies_at: float | None = None

    def live_on(self, news: int) -> None:
        while len(self.children) < 2:
            self.children.append(subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL))
        now = time.monotonic()
        if self.dies_at is None and news > self.seen:
            self.dies_at = now + self.chance.uniform(0, 4)
        if self.dies_at is not None and now >= self.dies_at:
            self.kill()
            self.seen, self.dies_at = news, None

    def kill(self) -> None:
        victim = self.children.pop(self.chance.randrange(len(self.children)))
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
        self.deaths += 1

    def end(self) -> None:
        for child in self.children:
            child.terminate()
            child.wait()


def main(events: int) -> dict[str, Any]:
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now
    from django.utils import timezone  # noqa: PLC0415

    from gongzhi.catalogue.tests.builders import an_item  # noqa: PLC0415
    from gongzhi.figures import actions, queries  # noqa: PLC0415
    from tests.busy import Busy  # noqa: PLC0415
    from tests.cast import TOWN, a_town  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    cast, chance = a_town(), random.Random(20261123)
    items = [
        cast.item.id,
        *(an_item(code=f"E01{n:02d}", number=f"{n:02d}").id for n in range(2, 6)),
    ]
    busy = Busy(
        chance, areas=[f"{TOWN}{n:03d}/01/" for n in range(AREAS)], units=[unit.id for unit in cast.units.values()],
        items=items, at=timezone.now() - timedelta(hours=20), pace=timedelta(milliseconds=400),
    )  # fmt: skip
    mortals, began = Mortals(chance), time.monotonic()
    while busy.events < events:
        busy.round()
        mortals.live_on(queries.mark().seq)
    written = time.monotonic() - began
    while queries.lag().waiting:
        mortals.live_on(queries.mark().seq)
        time.sleep(0.2)
    mortals.end()
    actions.consume(limit=10_000, at=timezone.now())
    differences = actions.recount()
    news = queries.mark().seq
    return {
        "events": busy.events, "matters": len(busy.matters), "deaths": mortals.deaths, "news": news,
        "differences": [str(each)[:300] for each in differences[:5]], "written": written, "seconds": time.monotonic() - began,
    }  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    django.setup()
    print(json.dumps(main(int(sys.argv[1])), ensure_ascii=False))
